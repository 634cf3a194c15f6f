"""Papers: search them by words and filters, or read one with all that was found in it."""

from typing import Final

import streamlit as st

from dashboard import address, paper_view, phrases, warehouse
from dashboard.evidence import paper_title, sql_link
from dashboard.links import link
from dashboard.markup import Markup, element, inward_link, joined, text
from dashboard.warehouse import Snapshot
from queries import names, papers, search
from queries.scope import Scope

_PAGE_SIZE: Final = 20


def main() -> None:
    """Compose the page: of one paper where the address gives one, else the search."""
    snapshot = warehouse.published()
    within = address.scope()
    paper_id = address.param("paper")
    paper = snapshot.read(papers.paper, paper_id) if paper_id else None
    if paper:
        st.set_page_config(page_title=f"{paper.title[:60]} · Papertally")
        paper_view.show(snapshot, within, paper)
        return
    st.title("Papers", anchor=False)
    if paper_id:
        st.html(element("p", text(f"No paper here has the id “{paper_id}”.")))
    _search(snapshot, within)


def _search(snapshot: Snapshot, within: Scope) -> None:
    venues = snapshot.read(papers.venues)
    columns = st.columns([3, 2, 2] if venues else [3, 2], vertical_alignment="bottom")
    with columns[0]:
        words = address.words_in(
            "Words in title or abstract, all of them", "words", placeholder="reasoning benchmark"
        )
    with columns[1]:
        spelled = address.words_in("Naming, in any spelling", "naming", placeholder="GPT-4")
    venue = None
    if venues:
        with columns[2]:
            venue = address.one_in_list("Venue", venues, "venue", nothing="all venues")
    entity_id = snapshot.read(search.resolved, spelled) if spelled else None
    if spelled and entity_id is None:
        st.html(element("p", text(f"No name is spelled like “{spelled}”.")))
        return
    if entity_id:
        label = snapshot.read(names.labels, (entity_id,))[entity_id]
        name = inward_link(link("names", within, name=entity_id), text(label))
        st.html(element("p", joined([text("Papers that name "), name])))
    wanted = papers.Wanted(words, venue, entity_id)
    shown = address.page_number()
    found = snapshot.read(papers.found, within, wanted, _PAGE_SIZE, shown)
    count = found.count
    st.markdown(f"**{phrases.counted(count, 'paper')}**" + (", the newest first" if count else ""))
    if not count:
        st.write("No paper passes; take a word or a filter away.")
        return
    top = st.container()
    address.pages_of(count, _PAGE_SIZE)
    items = joined(element("li", _item(row, within)) for row in found.frame.iter_rows(named=True))
    top.html(element("ul", items, "pt-evidence"))
    st.html(sql_link(papers.listed(within, wanted, 1000).written_out(), within))


def _item(row: dict[str, object], within: Scope) -> Markup:
    when = phrases.day(row["published_on"], str(row["published_precision"]))  # pyright: ignore[reportArgumentType]
    facts = [when, *([str(row["venue"])] if row["venue"] else []), str(row["source_name"])]
    facts.append(phrases.counted(int(str(row["mention_count"])), "mention"))
    url = row["url"]
    start = str(row["abstract_start"] or "")
    more = "…" if len(start) == 240 else ""
    return joined(
        [
            element(
                "p",
                paper_title(
                    str(row["title"]),
                    str(row["paper_id"]),
                    within,
                    None if url is None else str(url),
                ),
            ),
            element("p", text(" · ".join(facts)), "pt-note"),
            element("p", text(start + more), "pt-quiet") if start else Markup(""),
        ]
    )


main()
