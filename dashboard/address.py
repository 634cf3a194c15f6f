"""The address of the page is where its state lives: filters and choices are read from it.

Widgets that bind themselves to the address lose it when the page changes, so the address is kept
here: before a widget is drawn it gets the value that the address states, and when it is changed
the new value is written to the address first.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final, TypeVar

import streamlit as st

from dashboard.links import Param, address, query_params, texts
from queries.scope import WHOLE, Scope, from_params

Option = TypeVar("Option", bound=str)

_PAGE: Final = "page"


def params() -> dict[str, list[str]]:
    """Return all parameters of the address."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def param(name: str) -> str | None:
    """Return one parameter; None where it is absent or empty."""
    return st.query_params.get(name) or None


def scope() -> Scope:
    """Return the global filters that the address states."""
    return from_params(params())


def here(page: str, /, **changes: Param) -> str:
    """Return the address of this page with some parameters set anew, or gone where None."""
    kept = {name: values for name, values in params().items() if name not in changes}
    return address(page, kept | query_params(WHOLE, **changes))


def write(**changes: Param) -> None:
    """Put values into the address; None and empty ones take the parameter out of it."""
    for name, value in changes.items():
        values = texts(value)
        if not values:
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = values if len(values) > 1 else values[0]


def one_of(
    label: str,
    options: Sequence[Option],
    name: str,
    *,
    default: Option | None = None,
    words: Mapping[str, str] | None = None,
    **look: Any,
) -> Option:
    """Show a choice of a few as buttons; return what is chosen."""
    first = default or options[0]
    stated = param(name)
    chosen = next((option for option in options if option == stated), first)
    st.session_state[_key(name)] = chosen
    st.segmented_control(
        label,
        options,
        key=_key(name),
        required=True,
        format_func=lambda option: (words or {}).get(str(option), str(option)),
        on_change=_store,
        args=(name, first),
        **look,
    )
    return chosen


def one_in_list(
    label: str,
    options: Sequence[str],
    name: str,
    *,
    nothing: str,
    words: Callable[[str], str] = str,
    **look: Any,
) -> str | None:
    """Show a choice of many as a list; return what is chosen, None for none of them."""
    stated = param(name)
    st.session_state[_key(name)] = stated if stated in options else None
    return st.selectbox(
        label,
        options,
        key=_key(name),
        index=None,
        placeholder=nothing,
        format_func=words,
        on_change=_store,
        args=(name, None),
        **look,
    )


def several_of(
    label: str,
    options: Sequence[str],
    name: str,
    words: Callable[[str], str] = str,
    **look: Any,
) -> list[str]:
    """Show a choice of several; return what is chosen, in the order of the address."""
    stated = [value for value in st.query_params.get_all(name) if value in options]
    st.session_state[_key(name)] = stated
    st.multiselect(
        label,
        options,
        key=_key(name),
        format_func=words,
        on_change=_store,
        args=(name, None),
        **look,
    )
    return stated


def is_on(label: str, name: str, **look: Any) -> bool:
    """Show a switch; return whether it is on."""
    st.session_state[_key(name)] = param(name) == "1"
    return st.toggle(label, key=_key(name), on_change=_store, args=(name, None), **look)


def whole_number(label: str, name: str, *, least: int, most: int, default: int, **look: Any) -> int:
    """Show a whole number to set; return it."""
    stated = param(name) or ""
    value = int(stated) if stated.isascii() and stated.isdecimal() else default
    number = min(max(value, least), most)
    st.session_state[_key(name)] = number
    st.number_input(
        label,
        min_value=least,
        max_value=most,
        step=1,
        key=_key(name),
        on_change=_store,
        args=(name, default),
        **look,
    )
    return number


def a_day(label: str, name: str, value: date | None, **look: Any) -> None:
    """Show a day to set."""
    st.session_state[_key(name)] = value
    st.date_input(
        label,
        value=None,
        key=_key(name),
        format="YYYY-MM-DD",
        min_value=date(1900, 1, 1),
        max_value=date(2100, 12, 31),
        on_change=_store,
        args=(name, None),
        **look,
    )


def words_in(label: str, name: str, **look: Any) -> str:
    """Show a line to search by; return its words."""
    st.session_state[_key(name)] = (param(name) or "")[:100]
    typed = st.text_input(
        label,
        key=_key(name),
        type="search",
        max_chars=100,
        on_change=_store,
        args=(name, ""),
        **look,
    )
    return (typed or "").strip()


def page_number() -> int:
    """Return the page of a list that the address states, 1 where it states none."""
    stated = param(_PAGE) or ""
    return max(int(stated[:9]), 1) if stated.isascii() and stated.isdecimal() else 1


def pages_of(item_count: int, page_size: int) -> int:
    """Show the numbers of the pages of a list, where it has several; return the one to show."""
    page_count = math.ceil(item_count / page_size)
    if page_count <= 1:
        return 1
    st.session_state[_key(_PAGE)] = min(page_number(), page_count)
    return st.pagination(
        page_count, key=_key(_PAGE), max_visible_pages=5, on_change=_store, args=(_PAGE, 1)
    )


def _key(name: str) -> str:
    return f"address-{name}"


def _store(name: str, default: object) -> None:
    """Write what a widget was set to into the address; a new choice begins a list anew."""
    value = st.session_state[_key(name)]
    write(**{name: None if value == default else value})
    if name != _PAGE:
        st.query_params.pop(_PAGE, None)
