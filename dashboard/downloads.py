"""Taking numbers and pictures along: CSV, Parquet, PNG, SVG, metadata, Markdown, a citation."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import polars as pl
import streamlit as st

from dashboard.charts.palette import Chart, as_picture
from dashboard.evidence import sql_link
from dashboard.frame import filter_words
from dashboard.warehouse import Snapshot
from papertally.reading.render import OutputFormat, render
from queries import corpus
from queries.scope import Scope
from queries.statements import Statement

_SCALE = 2


@dataclass(frozen=True)
class Exhibit:
    """One chart with what stands beneath it.

    Attributes:
        name: what its files are called.
        title: what the picture is called.
        unit: what the values are.
        frame: the numbers as shown.
        chart: draws the picture, which is asked for when somebody saves it.
        words: the picture in words.
        statement: the query that gives the counts.
    """

    name: str
    title: str
    unit: str
    frame: pl.DataFrame
    chart: Callable[[], Chart]
    words: str
    statement: Statement


def citation(fresh: corpus.Freshness, within: Scope, title: str) -> str:
    """Return one line that says where a number comes from."""
    filters = "; ".join(filter_words(within)) or "all papers of the corpus"
    return (
        f"{title} ({filters}). Papertally {fresh.papertally_version or 'unknown'}, "
        f"snapshot {fresh.snapshot_id or 'unknown'}, run {fresh.run_id or 'unknown'}, "
        f"vocabulary {fresh.vocabulary_key or 'unknown'}."
    )


def bibtex(fresh: corpus.Freshness, within: Scope, title: str) -> str:
    """Return the same as an entry for a bibliography."""
    filters = "; ".join(filter_words(within)) or "all papers of the corpus"
    built = fresh.built_at
    fields = {
        "title": f"{{{_as_tex(title)}}}",
        "author": "{{Papertally}}",
        "year": f"{{{built.year if built else ''}}}",
        "version": f"{{{_as_tex(fresh.papertally_version or 'unknown')}}}",
        "note": f"{{{_as_tex(filters)}. Snapshot {fresh.snapshot_id or 'unknown'}, "
        f"run {fresh.run_id or 'unknown'}, vocabulary {fresh.vocabulary_key or 'unknown'}}}",
    }
    key = f"papertally-{fresh.snapshot_id or 'unknown'}"
    lines = (f"  {name} = {value}," for name, value in fields.items())
    return "\n".join([f"@misc{{{key},", *lines, "}"])


def _as_tex(value: str) -> str:
    """Return a text without what TeX or BibTeX would take for a command."""
    plain = re.sub(r"[{}\\]", "", value)
    return re.sub(r"([#$%&_])", r"\\\1", plain)


def metadata(exhibit: Exhibit, fresh: corpus.Freshness, within: Scope, page: str) -> dict[str, Any]:
    """Return what somebody needs to know of the numbers, and to get them again."""
    return {
        "title": exhibit.title,
        "unit": exhibit.unit,
        "description": exhibit.words,
        "address": page,
        "filters": within.as_params(),
        "citation": citation(fresh, within, exhibit.title),
        "snapshot_id": fresh.snapshot_id,
        "run_id": fresh.run_id,
        "built_at": fresh.built_at and fresh.built_at.isoformat(),
        "papertally_version": fresh.papertally_version,
        "vocabulary_key": fresh.vocabulary_key,
        "columns": {name: str(dtype) for name, dtype in exhibit.frame.schema.items()},
        "row_count": exhibit.frame.height,
        "sql": exhibit.statement.written_out(),
        "notes": (
            "Mentions are counted in titles and abstracts; a mention is not use. Intervals are "
            "95 % Wilson intervals; they cover chance, not errors of matching."
        ),
    }


def markdown(frame: pl.DataFrame) -> str:
    """Return a table as Markdown; what would be markup where it is pasted is escaped."""

    def line(cells: list[str]) -> str:
        return "| " + " | ".join(_as_cell(cell) for cell in cells) + " |"

    rows = [["" if value is None else str(value) for value in row] for row in frame.iter_rows()]
    marks = ["---" if dtype == pl.String else "---:" for dtype in frame.dtypes]
    return "\n".join([line(frame.columns), line(marks), *(line(row) for row in rows)])


def _as_cell(value: str) -> str:
    marks = re.sub(r"([\\|`*_\[\]~$])", r"\\\1", " ".join(value.split()))
    return marks.replace("&", "&amp;").replace("<", "&lt;")


def picture(exhibit: Exhibit, credit: str, kind: str) -> bytes:
    """Return the chart as a PNG or SVG file."""
    spec = as_picture(exhibit.chart(), exhibit.title, credit).to_dict()
    import vl_convert

    if kind == "svg":
        return vl_convert.vegalite_to_svg(spec).encode()
    return vl_convert.vegalite_to_png(spec, scale=_SCALE)


def take_along(
    snapshot: Snapshot, within: Scope, page: str, exhibit: Exhibit, table: pl.DataFrame
) -> None:
    """Show the ways to take an exhibit along; `table` is what is copied as Markdown."""
    fresh = snapshot.read(corpus.freshness)
    credit = citation(fresh, within, exhibit.title)
    with st.container(horizontal=True, gap="small", key=f"take-{exhibit.name}"):
        with st.popover("Download", icon=":material/download:", width="content"):
            for label, suffix, mime in (
                ("Numbers as CSV", "csv", "text/csv"),
                ("Numbers as Parquet", "parquet", "application/vnd.apache.parquet"),
                ("Picture as PNG", "png", "image/png"),
                ("Picture as SVG", "svg", "image/svg+xml"),
                ("Metadata and citation as JSON", "json", "application/json"),
            ):
                st.download_button(
                    label,
                    lambda suffix=suffix: _file(exhibit, fresh, within, page, credit, suffix),
                    file_name=f"{exhibit.name}.{suffix}",
                    mime=mime,
                    on_click="ignore",
                    key=f"{exhibit.name}-{suffix}",
                    width="stretch",
                )
        with st.popover("Copy", icon=":material/content_copy:", width="content"):
            st.caption("The table as Markdown")
            st.code(markdown(table), language="markdown", height=220)
            st.caption("The chart in words")
            st.code(exhibit.words, language=None, wrap_lines=True)
            st.caption("A line to cite")
            st.code(credit, language=None, wrap_lines=True)
            st.caption("The same as BibTeX")
            st.code(bibtex(fresh, within, exhibit.title), language=None, wrap_lines=True)
    st.html(sql_link(exhibit.statement.written_out(), within))


def _file(
    exhibit: Exhibit,
    fresh: corpus.Freshness,
    within: Scope,
    page: str,
    credit: str,
    suffix: str,
) -> bytes:
    if suffix in ("png", "svg"):
        return picture(exhibit, credit, suffix)
    if suffix == "json":
        content = metadata(exhibit, fresh, within, page)
        return json.dumps(content, indent=2, ensure_ascii=False).encode()
    output: OutputFormat = "parquet" if suffix == "parquet" else "csv"
    return render(exhibit.frame, output)
