"""A chart of names over time, with its table, its evidence and the ways to take it along."""

from dataclasses import dataclass
from typing import Any, Final

import polars as pl
import streamlit as st

from dashboard import address, downloads, phrases
from dashboard.charts.drawing import draw
from dashboard.charts.lines import PICK, lines_chart, lines_words
from dashboard.evidence import evidence_panel
from dashboard.markup import Markup, element, inward_link, joined, table, text
from dashboard.measures import FEW_PAPERS, View, measured, supported
from dashboard.trust import measured_line
from dashboard.warehouse import Snapshot
from queries import corpus, evidence, series
from queries.scope import Scope

SHOWN_COLUMNS: Final = (
    "entity_id", "entity_name", "entity_type", "period", "label", "is_unfinished", "age",
    "value", "low", "high", "papers", "of", "mention_count", "introducing_paper_count",
)  # fmt: skip


@dataclass(frozen=True)
class Trend:
    """What is drawn: which names, how they are counted, how the counts are shown."""

    lines: series.Lines
    view: View
    has_bands: bool
    page: str
    title: str


def show(snapshot: Snapshot, within: Scope, trend: Trend) -> None:
    """Show chart, words beneath it, evidence of what was clicked, table and downloads."""
    summary = snapshot.read(corpus.span, within)
    if not summary.dated_paper_count:
        no_dates(summary)
        return
    statement = series.compared(within, trend.lines)
    counted = snapshot.read(series.lines_of, within, trend.lines)
    frame = measured(counted, trend.view, summary.last_published_on)
    if frame.filter(pl.col("papers") > 0).is_empty():
        st.info(
            "No dated paper that passes the filters names "
            + ("it" if len(trend.lines.entity_ids) == 1 else "any of them")
            + f", or none is dated to the {trend.view.grain}; so there is nothing to draw.",
            icon=":material/event_busy:",
        )
        return
    chosen = _chosen(frame)
    chart = lines_chart(frame, trend.view, has_bands=trend.has_bands, chosen=chosen)
    words = lines_words(frame, trend.view)
    draw(chart, words, "trend", _pick, PICK)
    st.caption(_note(trend, summary, frame))
    kinds: list[str] = frame["entity_type"].unique(maintain_order=True).to_list()
    st.html(measured_line(snapshot, kinds, within))
    if chosen:
        _evidence(snapshot, within, trend, frame, chosen)
    wide = _wide(frame, trend.view)
    exhibit = downloads.Exhibit(
        name=f"papertally-{trend.page}",
        title=trend.title,
        unit=trend.view.unit,
        frame=frame.select(SHOWN_COLUMNS),
        chart=lambda: lines_chart(frame, trend.view, has_bands=trend.has_bands),
        words=words,
        statement=statement,
    )
    downloads.take_along(snapshot, within, address.here(trend.page), exhibit, wide)
    with st.expander("The same numbers as a table", expanded=len(trend.lines.entity_ids) > 1):
        st.html(_table(frame, trend))


def no_dates(summary: corpus.Papers) -> None:
    """Say why nothing can be shown over time."""
    st.info(
        "No paper passes the filters, so nothing can be shown over time."
        if not summary.paper_count
        else "No paper here has a date, so no trend can be drawn. "
        "Dates are never guessed: read a source that states them.",
        icon=":material/event_busy:",
    )


def _pick() -> None:
    state: Any = st.session_state["trend"]
    points: list[dict[str, str]] = state["selection"].get(PICK) or []
    if points:
        address.write(of=points[0]["entity_id"], at=points[0]["at"], page=None)


def _chosen(frame: pl.DataFrame) -> tuple[str, str] | None:
    of, at = address.param("of"), address.param("at")
    if of and at and frame.filter((pl.col("entity_id") == of) & (pl.col("at") == at)).height:
        return of, at
    return None


def _evidence(
    snapshot: Snapshot, within: Scope, trend: Trend, frame: pl.DataFrame, chosen: tuple[str, str]
) -> None:
    of, at = chosen
    row = frame.filter((pl.col("entity_id") == of) & (pl.col("at") == at)).row(0, named=True)
    view = trend.view
    with st.container(border=True, key="pt-picked"):
        when = f"up to {row['label']}" if view.span == 0 else row["label"]
        if view.span > 1:
            when = f"{view.span} {view.grain}s up to {row['label']}"
        share = (
            f" of {phrases.counted(row['of'], 'paper')} with an abstract "
            f"({phrases.percent(row['value'])})"
            if view.measure == "share"
            else ""
        )
        head = f"{row['entity_name']}, {when}: {phrases.counted(row['papers'], 'paper')}{share}"
        close = inward_link(address.here(trend.page, of=None, at=None, page=None), text("close"))
        st.html(
            element(
                "p", joined([element("strong", text(head)), text(" · "), close]), "pt-picked-head"
            )
        )
        evidence_panel(
            snapshot,
            within,
            evidence.Wanted(
                entity_ids=(of,),
                with_variants=trend.lines.with_variants,
                is_adoption=trend.lines.is_adoption,
                is_eligible=view.measure == "share",
                grain=view.grain,
                at=at,
                span=view.span,
            ),
        )


def _note(trend: Trend, summary: corpus.Papers, frame: pl.DataFrame) -> str:
    newest = phrases.day(summary.last_published_on, summary.last_published_precision)
    notes = ["Click a point to read its sentences."]
    if trend.view.measure == "share" and trend.has_bands:
        notes.append("Bands: 95 % Wilson intervals.")
    if frame["is_unfinished"].any():
        notes.append(
            f"{'Dotted line' if trend.view.is_aligned else 'Hatched, with a dotted line'} to a "
            f"hollow point: the {trend.view.grain} goes on after the newest paper ({newest})."
        )
    if supported(frame, trend.view).height < frame.height:
        notes.append(
            f"{trend.view.grain.capitalize()}s of fewer than {FEW_PAPERS} papers with an abstract "
            "stand in the table alone."
        )
    if trend.view.is_log:
        notes.append("A log scale has no place for zeros; they are left out.")
    if trend.lines.with_variants:
        notes.append(
            "Each line takes in all that lies below its name in the family; a paper that names "
            "several of them counts once."
        )
    if trend.lines.is_adoption:
        notes.append("Papers that introduce a name are left out of its line.")
    return " ".join(notes)


def _cell(row: dict[str, Any], view: View) -> str:
    if view.measure != "share":
        return phrases.number(row["papers"])
    return phrases.percent(row["value"])


def _wide(frame: pl.DataFrame, view: View) -> pl.DataFrame:
    key = "age" if view.is_aligned else "label"
    rows = [
        {key: row[key], "name": row["entity_name"], "cell": _cell(row, view)}
        for row in frame.iter_rows(named=True)
    ]
    wide = pl.DataFrame(rows, infer_schema_length=None).pivot(
        "name", index=key, values="cell", aggregate_function="first"
    )
    return wide.sort(key, descending=not view.is_aligned)


def _table(frame: pl.DataFrame, trend: Trend) -> Markup:
    view = trend.view
    key = "age" if view.is_aligned else "label"
    names: list[str] = frame["entity_name"].unique(maintain_order=True).to_list()
    cells = {(row[key], row["entity_name"]): row for row in frame.iter_rows(named=True)}
    keys = sorted({row[0] for row in cells}, reverse=not view.is_aligned)

    def cell(row: dict[str, Any] | None) -> Markup:
        if row is None:
            return text(phrases.UNKNOWN)
        label = text(_cell(row, view))
        if row["papers"]:
            here = address.here(trend.page, of=row["entity_id"], at=row["at"], page=None)
            label = inward_link(here, label)
        if view.measure != "share":
            return label
        papers, of = phrases.number(row["papers"]), phrases.number(row["of"])
        made_of = Markup(f" {papers}/<wbr>{of}")  # numbers break between them, not inside
        return joined([label, element("span", made_of, "pt-note pt-numbers")])

    unfinished: set[Any] = set()
    if not view.is_aligned:
        unfinished = {row[key] for row in cells.values() if row["is_unfinished"]}
    return table(
        trend.title,
        [view.grain, *names],
        (
            (
                text(f"{place} (unfinished)" if place in unfinished else place),
                *(cell(cells.get((place, name))) for name in names),
            )
            for place in keys
        ),
        numeric=range(1, len(names) + 1),
    )
