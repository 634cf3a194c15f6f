"""What the search box finds: any spelling in, the names that it can mean out."""

import polars as pl
import streamlit as st

from dashboard import phrases
from dashboard.markup import Markup, element, joined, name_link, text, type_chip
from dashboard.warehouse import Snapshot
from queries import search
from queries.scope import Scope


def search_box(snapshot: Snapshot, within: Scope, words: str) -> None:
    """Show the names that the words can mean."""
    found = snapshot.read(search.containing, words, scope=within)
    if found.is_empty():
        found = snapshot.read(search.close_to, words, scope=within)
        close = " Close to it:" if not found.is_empty() else ""
        st.html(element("p", text(f"No spelling contains “{words}”.{close}")))
    if not found.is_empty():
        with st.container(border=True, key="pt-found"):
            st.html(hits(found, within))
            if len(found) == search.MOST_HITS:
                st.caption(f"The first {search.MOST_HITS}; type more to narrow them down.")


def hits(found: pl.DataFrame, within: Scope) -> Markup:
    """Return the results as links with type and paper count."""
    items: list[Markup] = []
    for row in found.iter_rows(named=True):
        spelled = row["matched_spelling"]
        items.append(
            joined(
                [
                    name_link(row["entity_id"], text(row["entity_name"]), within),
                    type_chip(row["entity_type"]),
                    element("span", text(f"spelled {spelled}"), "pt-note")
                    if spelled.casefold() != row["entity_name"].casefold()
                    else Markup(""),
                    element("span", text(phrases.counted(row["paper_count"], "paper")), "pt-quiet"),
                ]
            )
        )
    return element("ul", joined(element("li", item) for item in items), "pt-hits")
