"""The search box: any spelling in, the names that it can mean out."""

import polars as pl
import streamlit as st

from dashboard import phrases
from dashboard.markup import Markup, element, joined, name_link, text, type_chip
from dashboard.queries import search
from dashboard.warehouse import Snapshot


def search_box(snapshot: Snapshot) -> bool:
    """Show the box and the names that match; return whether anything was searched for."""
    words = st.text_input(
        "Search by any spelling",
        key="q",
        type="search",
        live=True,
        bind="query-params",
        max_chars=100,
        placeholder="gpt4, ImageNet, BLEU, LoRA …",
    )
    words = (words or "").strip()
    if not words:
        return False
    found = snapshot.read(search.containing, words)
    if found.is_empty():
        close = snapshot.read(search.close_to, words)
        st.html(
            element(
                "p",
                text(
                    f"No spelling contains “{words}”."
                    + (" Close to it:" if not close.is_empty() else "")
                ),
            )
        )
        found = close
    if not found.is_empty():
        st.html(hits(found))
    return True


def hits(found: pl.DataFrame) -> Markup:
    """Return the results as links with type and paper count."""
    items: list[Markup] = []
    for row in found.iter_rows(named=True):
        spelled = row["matched_spelling"]
        items.append(
            joined(
                [
                    name_link(row["entity_id"], text(row["entity_name"])),
                    type_chip(row["entity_type"]),
                    element("span", text(f"spelled {spelled}"), "pt-note")
                    if spelled.casefold() != row["entity_name"].casefold()
                    else Markup(""),
                    element("span", text(phrases.counted(row["paper_count"], "paper")), "pt-quiet"),
                ]
            )
        )
    return element("ul", joined(element("li", item) for item in items), "pt-hits")
