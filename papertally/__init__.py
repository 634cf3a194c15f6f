"""Papertally: which models, datasets, metrics and methods papers name, with the sentences."""

from os import PathLike
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from papertally.api import Published

__version__ = "0.1.0"


def open(home: "str | PathLike[str] | None" = None) -> "Published":  # noqa: A001 (reads papertally.open)
    """Return the published corpus, read-only, with its numbers as Polars frames.

    Args:
        home: the folder that holds the warehouse; PAPERTALLY_HOME or ./warehouse by default.
    """
    from papertally.api import open_published

    return open_published(home)
