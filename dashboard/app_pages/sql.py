"""SQL: any question to the published file, read-only and within limits; the query is the address.

The query runs in a process of its own. Choosing anything else on the page ends it.
"""

import time
from typing import Final

import polars as pl
import streamlit as st

from dashboard import address, warehouse
from dashboard.links import link
from dashboard.markup import Markup, element, inward_link, joined, table, text
from dashboard.phrases import counted, number
from dashboard.sql_examples import EXAMPLES
from dashboard.warehouse import Snapshot
from papertally.errors import UsageError
from papertally.reading.query import LONGEST, PAGE_LIMITS, Answer, Running, render
from queries import schema
from queries.scope import Scope

_BOX: Final = "sql-text"


def main() -> None:
    """Compose the page."""
    snapshot = warehouse.published()
    within = address.scope()
    st.title("Ask in SQL", anchor=False)
    st.caption(
        "One statement that reads, in DuckDB's SQL, on the published file. It may take "
        f"{PAGE_LIMITS.seconds:g} seconds and {PAGE_LIMITS.memory_mb} MB, and shows "
        f"{number(PAGE_LIMITS.rows or 0)} rows. The filters above do not change a query: what "
        "stands in it is what is asked. The same from the terminal, without a limit of rows: "
        "`papertally query`."
    )
    left, right = st.columns([3, 2], gap="large")
    with left:
        sql = address.param("sql") or ""
        st.session_state[_BOX] = sql or next(iter(EXAMPLES.values()))
        st.text_area("Query", key=_BOX, height=220, max_chars=LONGEST, on_change=_store)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button("Run", type="primary", icon=":material/play_arrow:", on_click=_store)
            st.caption("Ctrl+Enter applies the text and runs it.")
        if sql:
            _run(snapshot, sql)
        else:
            st.caption("Run it, or begin with an example.")
    with right:
        _examples(within)
        _browser(snapshot)


def _store() -> None:
    address.write(sql=st.session_state[_BOX].strip())


def _run(snapshot: Snapshot, sql: str) -> None:
    key = (str(snapshot.path), sql)
    kept = st.session_state.get("sql-answer")
    if kept and kept[0] == key:
        _show(kept[1])
        return
    try:
        answer = _awaited(Running(snapshot.path, sql, PAGE_LIMITS))
    except UsageError as error:
        st.error("The query was not answered.", icon=":material/block:")
        st.code(str(error), language=None, wrap_lines=True)
        return
    st.session_state["sql-answer"] = (key, answer)
    _show(answer)


def _awaited(running: Running) -> Answer:
    """Return the answer; a click on anything ends the wait, and with it the query."""
    place = st.empty()
    try:
        while not running.is_done():
            time.sleep(0.05)
            if running.seconds > 0.8:  # each message is where Streamlit can break off
                with place.container(horizontal=True, vertical_alignment="center"):
                    st.caption(f"Running for {running.seconds:.0f} s …")
                    st.button("Cancel", key=f"cancel-{running.seconds:.2f}", on_click=_cancel)
        place.empty()
        return running.answer()
    finally:
        running.end()


def _cancel() -> None:
    address.write(sql=None)


def _show(answer: Answer) -> None:
    frame = answer.frame
    rows = counted(len(frame), "row")
    more = " There are more; add a limit, or use `papertally query`." if answer.is_cut else ""
    st.caption(f"{rows} in {answer.seconds:.1f} s.{more}")
    if frame.is_empty():
        st.html(table("The answer", frame.columns, [], ()))
        return
    if len(frame) <= 50:
        st.html(_table(frame))
    else:
        st.dataframe(  # pyright: ignore[reportUnknownMemberType]
            frame, hide_index=True, alt=f"The answer: {rows}", height=420
        )
    with st.container(horizontal=True):
        for label, suffix, mime in (
            ("CSV", "csv", "text/csv"),
            ("Parquet", "parquet", "application/vnd.apache.parquet"),
        ):
            st.download_button(
                label,
                lambda suffix=suffix: render(frame, suffix),  # pyright: ignore[reportArgumentType]
                file_name=f"papertally-query.{suffix}",
                mime=mime,
                on_click="ignore",
                icon=":material/download:",
            )


def _table(frame: pl.DataFrame) -> str:
    numeric = [place for place, kind in enumerate(frame.dtypes) if kind.is_numeric()]
    rows = (
        [
            element("span", text("null"), "pt-quiet")
            if value is None
            else text(str(value)[:400] + ("…" if len(str(value)) > 400 else ""))
            for value in row
        ]
        for row in frame.iter_rows()
    )
    return table("The answer", frame.columns, rows, numeric)


def _examples(within: Scope) -> None:
    st.subheader("Examples", anchor=False)
    st.html(
        element(
            "ul",
            joined(
                element("li", inward_link(link("sql", within, sql=sql), text(title)))
                for title, sql in EXAMPLES.items()
            ),
            "pt-plain",
        )
    )


def _browser(snapshot: Snapshot) -> None:
    st.subheader("Tables", anchor=False)
    columns = snapshot.read(schema.columns)
    parts: list[Markup] = []
    for row in snapshot.read(schema.tables).iter_rows(named=True):
        of_table = columns.filter(pl.col("table_name") == row["table_name"])
        fields = joined(
            joined(
                [
                    element("dt", text(f"{field['column_name']}  {field['data_type'].lower()}")),
                    element("dd", text(field["description"] or "")),
                ]
            )
            for field in of_table.iter_rows(named=True)
        )
        name = text(f"{row['table_name']} ")
        size = element("span", text(counted(row["row_count"], "row")), "pt-note")
        about = element("p", text(row["description"] or ""), "pt-note")
        parts.append(
            element(
                "details",
                joined([element("summary", joined([name, size])), about, element("dl", fields)]),
                "pt-schema",
            )
        )
    st.html(joined(parts))


main()
