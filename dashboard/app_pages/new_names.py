"""New names: the queue for review, what papers define, what is new; the page writes nothing."""

import shlex
from typing import Any, Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import address, new_names, phrases, warehouse
from dashboard.evidence import sql_link
from dashboard.markup import element, text
from dashboard.warehouse import Snapshot
from papertally.errors import PUBLISH_ANEW
from papertally.visible import in_line
from queries import card, discovered, ranking, review_queue
from queries.scope import Scope

_PAGE_SIZE: Final = 20
_ALL: Final = "all"
_LISTS: Final = {
    "company": "known by their company",
    "definition": "defined by papers",
    "first": "first named lately",
}


def main() -> None:
    """Compose the page."""
    snapshot = warehouse.published()
    within = address.scope()
    st.title("New names", anchor=False)
    which = address.one_of("List", tuple(_LISTS), "list", words=_LISTS)
    kind = address.one_of(
        "Type", (_ALL, *ranking.ENTITY_TYPES), "type", label_visibility="collapsed"
    )
    entity_type = None if kind == _ALL else kind
    if which == "company":
        _company(snapshot, within, entity_type)
    elif which == "definition":
        _definition(snapshot, within, entity_type)
    else:
        _first(snapshot, within, entity_type)


def _company(snapshot: Snapshot, within: Scope, entity_type: str | None) -> None:
    st.caption(
        "Names that no list holds and whose company, in this and other papers, shows a type. The "
        "score is the share of the odds that the cues give to the type; from 0.9 on a name counts "
        "unless papers define it as different things. Names that do not count come first, the "
        "surest of most papers at the top. Scored when the file was built, over the whole corpus: "
        "of the filters only the least number of papers applies here."
    )
    count, counted = snapshot.read(review_queue.count, entity_type, within.least)
    st.markdown(
        f"**{phrases.counted(count, 'name')}**, "
        f"{phrases.number(count - counted)} of them in no count before review"
    )
    if not count:
        st.write("Nothing waits for review: no name here has company enough.")
        return
    top, offset = _page_of(count)
    frame = snapshot.read(review_queue.queue, entity_type, within.least, _PAGE_SIZE, offset)
    known = tuple(value for value in frame["entity_id"].to_list() if value)
    trends = snapshot.read(review_queue.by_quarter, known)
    top.html(new_names.queue(frame, trends, within))
    statement = review_queue.listed(entity_type, within.least, 1000)
    st.html(sql_link(statement.written_out(), within))
    _decide(frame.to_dicts(), "name_key")


def _definition(snapshot: Snapshot, within: Scope, entity_type: str | None) -> None:
    st.caption(
        "Names that papers define themselves and that the vocabulary does not list, those of most "
        "papers first. They are counted in the papers that define them, with origin “discovered”; "
        "listing one makes it count everywhere."
    )
    if within.origin == "vocabulary":
        st.info("The filter keeps listed names only, and none of them is new.")
        return
    count = snapshot.read(discovered.count, within, entity_type)
    st.markdown(f"**{phrases.counted(count, 'name')}**")
    if not count:
        st.write("No discovered name passes the filters.")
        return
    top, offset = _page_of(count)
    frame = snapshot.read(discovered.queue, within, entity_type, _PAGE_SIZE, offset)
    top.html(new_names.defined(frame, within))
    st.html(sql_link(discovered.listed(within, entity_type, 1000).written_out(), within))
    _decide(frame.to_dicts(), "entity_id")


def _page_of(count: int) -> tuple[DeltaGenerator, int]:
    """Show the numbers of a list's pages; return the place above, and where the page begins."""
    top = st.container()
    return top, _PAGE_SIZE * (address.pages_of(count, _PAGE_SIZE) - 1)


def _first(snapshot: Snapshot, within: Scope, entity_type: str | None) -> None:
    window_name = snapshot.read(card.window)
    if window_name is None:
        st.info(
            "No name is first in a window of time here: these papers do not cover two such "
            "windows whole. Read a source that states dates.",
            icon=":material/event_busy:",
        )
        return
    statement = card.trending(card.NEW, window_name, entity_type, 60)
    frame = snapshot.read(card.moving, card.NEW, window_name, entity_type, 60)
    if frame.is_empty():
        st.write("No name of two papers or more is new in the last window.")
        return
    row = frame.row(0, named=True)
    st.caption(
        "Names that no paper mentioned before "
        f"{phrases.span(row['current_start_on'], row['current_end_on'])}, those of most papers "
        "first. They have no share before, so no growth is stated. Counted when the file was "
        "built, over the whole corpus: the filters do not change this list."
    )
    st.html(new_names.first_named(frame, within))
    st.html(sql_link(statement.written_out(), within))


def _decide(rows: list[dict[str, Any]], key: str) -> None:
    st.header("Decide on one", anchor="decide")
    options = {row[key]: row for row in rows}
    chosen = address.one_in_list(
        "Name",
        list(options),
        "decide",
        nothing="choose a name of this page",
        words=lambda value: (
            f"{in_line(options[value]['entity_name'])} · {options[value]['entity_type']}"
        ),
    )
    if not chosen:
        st.caption("Choose one to get the lines to copy. This page itself writes nothing.")
        return
    row = options[chosen]
    st.html(element("p", text(f"To list {row['entity_name']}, so that it counts everywhere:")))
    st.code(accepting(row["entity_name"], row["entity_type"]), language="bash", wrap_lines=True)
    st.html(element("p", text("To list it as a spelling of a name that is known, add its id:")))
    st.code(
        accepting(row["entity_name"], row["entity_type"], f"{row['entity_type']}:…"),
        language="bash",
        wrap_lines=True,
    )
    st.html(element("p", text("To refuse it, so that it is not discovered again:")))
    st.code(refusing(row["entity_name"]), language="bash", wrap_lines=True)


def accepting(name: str, entity_type: str, as_entity: str | None = None) -> str:
    """Return the commands that add a name to the vocabulary, and count anew."""
    other = f" --as {shlex.quote(as_entity)}" if as_entity else ""
    command = f"papertally vocabulary accept --type {entity_type}{other} -- {shlex.quote(name)}"
    return f"{command}\n{PUBLISH_ANEW}"


def refusing(name: str) -> str:
    """Return the commands that note a name as no entity, and count anew."""
    return f"papertally vocabulary reject -- {shlex.quote(name)}\n{PUBLISH_ANEW}"


main()
