"""Addresses of pages: which page, under which filters, with which of its own choices."""

from collections.abc import Iterable
from urllib.parse import quote, urlencode

from queries.scope import Scope

Param = str | int | Iterable[str] | None


def texts(value: Param) -> list[str]:
    """Return a parameter's values as texts; none for None, for what is off and what is empty."""
    if value is None or value is False or value == "":
        return []
    if value is True:
        return ["1"]
    return [str(value)] if isinstance(value, str | int) else [str(item) for item in value]


def query_params(within: Scope, /, **others: Param) -> dict[str, list[str]]:
    """Return the parameters of a page under the filters."""
    found = within.as_params()
    for name, value in others.items():
        if values := texts(value):
            found[name] = values
    return found


def address(page: str, params: dict[str, list[str]]) -> str:
    """Return the address of a page with parameters."""
    query = urlencode(params, doseq=True, quote_via=quote, safe=":")
    return f"{page}?{query}" if query else page


def link(page: str, within: Scope, /, **others: Param) -> str:
    """Return the address of a page under the filters, to stand in HTML or in a text."""
    return address(page, query_params(within, **others))
