"""A report on a corpus or on one name: one HTML file that loads nothing from anywhere."""

import re
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import Any

import duckdb
import polars as pl

from papertally.api import resolve
from papertally.report.charts import share_chart, volume_chart
from papertally.settings import PROJECT_ROOT, Settings
from papertally.warehouse.published_file import current_file, read_only_connection
from queries import corpus, selection, trends

TEMPLATE = PROJECT_ROOT / "papertally" / "report" / "page.html"
TYPES = ("model", "dataset", "metric", "method")
STEPS = {
    "read": "records read", "rejected": "rejected, for a rule that they broke",
    "known": "known before", "landed": "landed", "refused": "in loads that the gate refused",
    "accepted": "accepted", "merged": "other records of the same paper", "papers": "papers",
    "title_only": "without an abstract", "eligible": "with an abstract: eligible for shares",
    "silent": "of them naming nothing that is known", "naming": "of them naming something",
}  # fmt: skip
EVIDENCE_SHOWN = 100


def write_report(settings: Settings, folder: Path, name: str | None) -> Path:
    """Write the report and return its path.

    Raises:
        UsageError: the name is unknown or ambiguous.
        PapertallyError: nothing is published.
    """
    version = current_file(settings)  # once: a publication may happen meanwhile
    with read_only_connection(version) as con:
        if name is None:
            title, body, filename = "The corpus", corpus_body(con), "index.html"
        else:
            entity_id = resolve(con, name)
            title, body = name_body(con, entity_id)
            filename = f"{re.sub(r'[^a-z0-9.+-]+', '-', entity_id.lower())}.html"
        fresh = corpus.freshness(con)
    page = Template(TEMPLATE.read_text()).substitute(
        title=escape(title),
        body=body,
        footer=escape(
            f"Snapshot {version.stem}, built {fresh.built_at} UTC by"
            f" Papertally {fresh.papertally_version}, vocabulary {fresh.vocabulary_key}."
            " Counted are mentions in titles and abstracts; a mention is not use. Shares are of"
            " papers with an abstract, with 95 % Wilson intervals: they cover chance, not the"
            " choice of the corpus."
        ),
    )
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / filename
    path.write_text(page)
    return path


def corpus_body(con: duckdb.DuckDBPyConnection) -> str:
    """Return the sections of the report on the corpus."""
    facts = corpus.summary(con)
    parts = [
        _facts(
            ("papers", f"{facts.paper_count:,}"),
            ("with an abstract", f"{facts.eligible_paper_count:,}"),
            ("dated", f"{facts.dated_paper_count:,}"),
            ("from", _day(facts.first_published_on)),
            ("to", _day(facts.last_published_on)),
            ("names", f"{facts.named_entity_count:,}"),
            ("mentions", f"{facts.mention_count:,}"),
        ),
        "<h2>Papers by quarter</h2>",
        _quarters(con),
    ]
    for entity_type in TYPES:
        parts += [
            f"<h2>Most named {entity_type}s</h2>",
            _names(selection.top(con, entity_type=entity_type, limit=10)),
        ]
    for trend in ("rising", "falling"):
        parts += [f"<h2>{trend.title()}</h2>", _trend(trends.trends(con, trend, limit=12))]
    new = trends.trends(con, "new", limit=12)
    rows = (
        (row["entity_name"], row["entity_type"], f"{row['current_paper_count']:,}")
        for row in new.to_dicts()
    )
    parts += [
        "<h2>New</h2>",
        _table(("name", "type", "papers"), rows, "No name is new in the window."),
        "<h2>From read to counted</h2>",
        _table(
            ("step", "count"),
            (
                (STEPS[row["flow_step"]], f"{row['step_count']:,}")
                for row in trends.flow(con).to_dicts()
            ),
        ),
        "<h2>Sources</h2>",
        _table(
            ("source", "papers", "with abstract", "dated", "from", "to"),
            (
                (
                    row["source_name"], f"{row['paper_count']:,}",
                    f"{row['eligible_paper_count']:,}",
                    f"{row['paper_count'] - row['undated_paper_count']:,}",
                    _day(row["first_published_on"]), _day(row["last_published_on"]),
                )
                for row in corpus.sources(con).to_dicts()
            ),
        ),
    ]  # fmt: skip
    return "\n".join(parts)


def name_body(con: duckdb.DuckDBPyConnection, entity_id: str) -> tuple[str, str]:
    """Return the title and the sections of the report on one name."""
    total = selection.counts(con, [entity_id]).row(0, named=True)
    # from the first mention on: before it there is nothing to see but wide intervals of few papers
    series = selection.series(con, [entity_id], "quarter").filter(
        pl.col("period").is_not_null(), pl.col("paper_count").cum_sum() > 0
    )
    changes = trends.change_points(con, entity_id).filter(pl.col("is_change"))
    evidence = selection.evidence(con, entity_id, limit=EVIDENCE_SHOWN)
    adopting = total["paper_count"] - total["introducing_paper_count"]
    parts = [
        _facts(
            ("type", str(total["entity_type"])),
            ("papers", f"{total['paper_count']:,}"),
            ("that do not introduce it", f"{adopting:,}"),
            ("mentions", f"{total['mention_count']:,}"),
            ("share of papers", _share(total)),
            ("first mentioned", _day(total["first_mentioned_on"])),
        ),
        "<h2>Share of papers by quarter</h2>",
        share_chart(series) if len(series) else _empty(),
    ]
    parts += [
        f"<p>The share by {escape(row['period'])} changed most clearly at"
        f" {_day(row['period_start'])}: {row['before_share']:.2%} before,"
        f" {row['after_share']:.2%} from then on (q = {row['q_value']:.1g}).</p>"
        for row in changes.to_dicts()
    ]
    partners = trends.partners(con, entity_id, limit=15).to_dicts()
    parts += [
        "<h2>Named together with</h2>",
        _table(
            ("name", "type", "papers with both", "times chance", "NPMI"),
            (
                (
                    row["entity_name"], row["other_entity_type"],
                    f"{row['pair_paper_count']:,}", f"{row['lift']:.1f}", f"{row['npmi']:.2f}",
                )
                for row in partners
            ),
            "No name stands beside it in five papers or more.",
        ),
        f"<h2>Sentences ({len(evidence):,} newest of {total['mention_count']:,})</h2>",
        *(_sentence(row) for row in evidence.to_dicts()),
    ]  # fmt: skip
    return str(total["entity_name"]), "\n".join(parts)


def _quarters(con: duckdb.DuckDBPyConnection) -> str:
    volume = con.sql(
        """
        select published_quarter as period, paper_count, is_complete
        from marts.corpus_quarter_counts
        where published_quarter is not null
        order by published_quarter
        """
    ).pl()
    return volume_chart(volume) if len(volume) else _empty()


def _empty() -> str:
    return (
        "<p class='note'>These papers have no date that reaches down to a quarter, so there is no"
        " time to draw. Ingest a source with dates to see this.</p>"
    )


def _facts(*facts: tuple[str, str]) -> str:
    inner = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(text)}</dd></div>" for name, text in facts
    )
    return f"<dl>{inner}</dl>"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], empty: str = "Nothing.") -> str:
    shown = list(rows)
    body = "".join(
        f"<tr>{''.join(_cell('td', str(cell), cell) for cell in row)}</tr>" for row in shown
    )
    if not body:
        return f"<p class='note'>{escape(empty)}</p>"
    top = "".join(
        _cell("th scope='col'", name, cell) for name, cell in zip(head, shown[0], strict=True)
    )
    return (
        "<div class='scroll' tabindex='0' role='region' aria-label='table'>"
        f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cell(tag: str, words: str, value: str) -> str:
    """Return a cell; numbers stand to the right, and so do the heads above them."""
    style = " class='n'" if re.match(r"[-+<]?\d", value) else ""
    return f"<{tag}{style}>{escape(words)}</{tag.split(maxsplit=1)[0]}>"


def _names(frame: pl.DataFrame) -> str:
    rows = (
        (
            f"{row['place_low']}-{row['place_high']}"
            if row["place_low"] != row["place_high"]
            else str(row["place"]),
            row["entity_name"], f"{row['paper_count']:,}", f"{row['mention_count']:,}", _share(row),
        )
        for row in frame.to_dicts()
    )  # fmt: skip
    return _table(("place", "name", "papers", "mentions", "share of papers"), rows)


def _trend(frame: pl.DataFrame) -> str:
    rows = (
        (
            row["entity_name"], row["entity_type"], f"{row['before_paper_count']:,}",
            f"{row['current_paper_count']:,}",
            _change(row),
            f"{row['q_value']:.1g}",
        )
        for row in frame.to_dicts()
    )  # fmt: skip
    head = ("name", "type", "papers before", "papers now", "change of share", "q")
    table = _table(head, rows, "No change is larger than chance explains.")
    if not len(frame):
        return table
    first = frame.row(0, named=True)
    return (
        f"<p class='note'>{_day(first['current_start_on'])} to {_day(first['current_end_on'])}"
        f" against the twelve months before; {first['tested_count']:,} names tested, at most 5 % of"
        f" the alarms are expected to be false.</p>{table}"
    )


def _change(row: dict[str, Any]) -> str:
    change, low, high = (100 * row[f"share_change{end}"] for end in ("", "_low", "_high"))
    return f"{change:+.2f} points ({low:+.2f} to {high:+.2f})"


def _sentence(row: dict[str, Any]) -> str:
    text, start, end = row["sentence"], row["mark_start"], row["mark_end"]
    marked = f"{escape(text[:start])}<mark>{escape(text[start:end])}</mark>{escape(text[end:])}"
    title = escape(row["title"])
    # only plain web addresses become links: a corpus may hold any text there
    if re.fullmatch(r"https?://[^\s\"'<>]+", row["url"] or ""):
        title = f'<a href="{escape(row["url"])}" rel="noreferrer">{title}</a>'
    source = f"<p class='note'>{_day(row['published_on'])} · {title}</p>"
    return f"<article><p>{marked}</p>{source}</article>"


def _share(row: dict[str, Any]) -> str:
    if row["paper_share"] is None:
        return "-"
    low, high = row["paper_share_low"], row["paper_share_high"]
    return f"{row['paper_share']:.2%} ({low:.2%} to {high:.2%})"


def _day(day: object) -> str:
    return "-" if day is None else str(day)
