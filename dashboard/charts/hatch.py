"""Hatching for what is unfinished: a wide rule whose dashes are its stripes."""

from typing import Any, Final

import altair as alt

_STRIPE: Final = [2, 4]


def hatched(width: str, **look: Any) -> dict[str, Any]:
    """Return how a rule looks that fills a place with stripes; `width` is an expression."""
    return {"strokeWidth": alt.ExprRef(width), "strokeDash": _STRIPE, "clip": True, **look}
