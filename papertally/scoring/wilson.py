"""The same interval as the macro wilson_interval, for figures that Python computes."""

from math import sqrt
from typing import Final

Z: Final = 1.959964


def wilson_interval(successes: float, trials: float) -> tuple[float, float] | None:
    """Return the 95 % score interval of a share; None where there are no trials.

    Source: E. B. Wilson (1927), Probable inference, the law of succession, and statistical
    inference, Journal of the American Statistical Association 22 (158), 209-212.
    """
    if trials <= 0:
        return None
    centre = (successes + Z**2 / 2) / (trials + Z**2)
    spread = Z * sqrt(successes * (trials - successes) / trials + Z**2 / 4) / (trials + Z**2)
    return max(0.0, centre - spread), min(1.0, centre + spread)
