"""New names: what papers define and no vocabulary lists; the page proposes and writes nothing."""

from typing import Final

import streamlit as st

from dashboard import address, phrases, warehouse
from dashboard.evidence import marked, sql_link
from dashboard.markup import element, joined, name_link, table, text, type_chip
from dashboard.queries import discovered, names
from dashboard.queries.scope import Scope
from dashboard.warehouse import Snapshot
from papertally.visible import in_line

_PAGE_SIZE: Final = 25
_ALL: Final = "all"


def main() -> None:
    """Compose the page."""
    snapshot = warehouse.published()
    within = address.scope()
    st.title("New names", anchor=False)
    st.caption(
        "Names that papers define themselves and that the vocabulary does not list, those of most "
        "papers first. They are counted in the papers that define them, with origin “discovered”; "
        "listing one makes it count everywhere."
    )
    kind = address.one_of("Type", (_ALL, *names.ENTITY_TYPES), "type", label_visibility="collapsed")
    entity_type = None if kind == _ALL else kind
    if within.origin == "vocabulary":
        st.info("The filter keeps listed names only, and none of them is new.")
        return
    count = snapshot.read(discovered.count, within, entity_type)
    st.markdown(f"**{phrases.counted(count, 'name')}**")
    if not count:
        st.write("No discovered name passes the filters.")
        return
    top = st.container()
    page = address.pages_of(count, _PAGE_SIZE)
    offset = _PAGE_SIZE * (page - 1)
    frame = snapshot.read(discovered.queue, within, entity_type, _PAGE_SIZE, offset)
    top.html(
        table(
            "Names that could be listed",
            ["name", "papers", "seen", "right in", "for example"],
            (
                (
                    joined(
                        [
                            name_link(row["entity_id"], text(row["entity_name"]), within),
                            text(" "),
                            type_chip(row["entity_type"]),
                        ]
                    ),
                    text(phrases.number(row["paper_count"])),
                    text(phrases.span(row["first_mentioned_on"], row["last_mentioned_on"])),
                    text(phrases.percent(row["mean_confidence"])),
                    marked(row["sentence"], row["mark_start"], row["mark_end"]),
                )
                for row in frame.iter_rows(named=True)
            ),
            numeric=(1, 3),
            stacks=True,
        )
    )
    st.html(sql_link(discovered.listed(within, entity_type, 1000).written_out(), within))
    _decide(snapshot, within, entity_type, offset)


def _decide(snapshot: Snapshot, within: Scope, entity_type: str | None, offset: int) -> None:
    st.header("Decide on one", anchor="decide")
    frame = snapshot.read(discovered.queue, within, entity_type, _PAGE_SIZE, offset)
    options = {row["entity_id"]: row for row in frame.iter_rows(named=True)}
    chosen = address.one_in_list(
        "Name",
        list(options),
        "decide",
        nothing="choose a name of this page",
        words=lambda entity_id: (
            f"{in_line(options[entity_id]['entity_name'])} · {options[entity_id]['entity_type']}"
        ),
    )
    if not chosen:
        st.caption("Choose one to get the lines to copy. This page itself writes nothing.")
        return
    row = options[chosen]
    st.html(element("p", text(f"To list {row['entity_name']}, add these rows and build again:")))
    st.code(listing_rows(row["entity_id"], row["entity_name"], row["entity_type"]), language="bash")
    st.html(element("p", text("To refuse it, because it is no name of its own:")))
    st.code(refusal_row(row["entity_name"]), language="bash")


def listing_rows(entity_id: str, name: str, entity_type: str) -> str:
    """Return the commands that add a name to the vocabulary."""
    quoted = _quoted(name)
    return (
        f"printf '%s\\n' {_shell(f'{_quoted(entity_id)},{quoted},{entity_type},,,papers')} "
        ">> seeds/vocabulary_entities.csv\n"
        f"printf '%s\\n' {_shell(f'{quoted},{_quoted(entity_id)},sensitive,safe,papers')} "
        ">> seeds/vocabulary_aliases.csv\n"
        "papertally run"
    )


def refusal_row(name: str) -> str:
    """Return the command that puts a name among those that are not counted."""
    return (
        f"printf '%s\\n' {_shell(_quoted(name) + ',no name of its own')} "
        ">> seeds/vocabulary_stop_names.csv\n"
        "papertally run"
    )


def _quoted(value: str) -> str:
    doubled = value.replace('"', '""')
    return f'"{doubled}"' if any(sign in value for sign in ',"\n') else value


def _shell(value: str) -> str:
    escaped = value.replace("'", "'\\''")
    return f"'{escaped}'"


main()
