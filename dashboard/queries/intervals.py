"""Wilson's interval as SQL, for shares that are counted at query time under a filter."""

from typing import Final

Z: Final = 1.959964
"""The same constant as in the macro wilson_interval."""


def wilson_columns(successes: str, trials: str, name: str) -> str:
    """Return the columns of a share and its 95 % interval; null where there are no trials.

    Args:
        successes: SQL for the numerator.
        trials: SQL for the denominator.
        name: of the share; the ends get `_low` and `_high`.
    """
    centre = f"(({successes}) + {Z**2 / 2}) / (({trials}) + {Z**2})"
    spread = (
        f"{Z} * sqrt(({successes}) * (({trials}) - ({successes}))::double / ({trials})"
        f" + {Z**2 / 4}) / (({trials}) + {Z**2})"
    )
    some = f"case when ({trials}) > 0 then"
    return (
        f"{some} ({successes})::double / ({trials}) end as {name},\n"
        f"{some} greatest(0.0, {centre} - {spread}) end as {name}_low,\n"
        f"{some} least(1.0, {centre} + {spread}) end as {name}_high"
    )
