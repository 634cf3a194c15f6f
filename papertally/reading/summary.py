"""What a person wants to see after a run."""

from collections.abc import Sequence
from typing import Any

import duckdb
import polars as pl
from rich.console import Console
from rich.table import Column, Table

from ingest.errors import InputError
from papertally.settings import Settings
from papertally.visible import cell
from papertally.warehouse.published_file import published_connection

TOP = 10
TOP_NAMES = f"""
select
    entity_type,
    entity_name,
    paper_count,
    mention_count,
    paper_share,
    paper_share_low,
    paper_share_high
from marts.entity_counts
qualify row_number() over (
    partition by entity_type order by paper_count desc, mention_count desc, entity_name
) <= {TOP}
order by entity_type, paper_count desc, mention_count desc, entity_name
"""
LOADS = """
select source_file, format_name, read_count, landed_count, known_count, rejected_count
from quality.loads
where not is_refused
order by loaded_at, source_file
"""
REJECTED = """
select source_file, source_line, rejection_rule, rejection_detail
from quality.rejected_papers
order by source_file, source_line
"""
SCORES = """
select label_set, entity_type, match_rule, "precision", recall, f1, f1_low, f1_high, label_count
from quality.extraction_scores
where match_rule = 'strict'
"""
SHOWN_REJECTS = 10


def summarise(settings: Settings, unusable: Sequence[InputError] = ()) -> dict[str, Any]:
    """Return what the published file says of its loads, rejects, names and scores.

    Args:
        settings: where the published file is.
        unusable: of files that were to be landed in the same call.
    """
    with published_connection(settings) as con:
        return {
            "loads": _rows(con, LOADS),
            "not_landed": [str(error) for error in unusable],
            "rejected": _rows(con, REJECTED),
            "top_names": _rows(con, TOP_NAMES),
            "scores": _rows(con, SCORES),
            "papers": _rows(con, "select count(*) as n from marts.dim_papers")[0]["n"],
            "mentions": _rows(con, "select count(*) as n from marts.fct_mentions")[0]["n"],
        }


def print_summary(console: Console, summary: dict[str, Any], settings: Settings) -> None:
    """Print the summary as tables; names and paths are untrusted text and are never markup."""
    loads = Table(
        "file", "format", *(_right(name) for name in ("read", "landed", "known", "rejected"))
    )
    for row in summary["loads"]:
        figures = (row[f"{name}_count"] for name in ("read", "landed", "known", "rejected"))
        loads.add_row(cell(row["source_file"]), row["format_name"], *(f"{n:,}" for n in figures))
    loads.title = "Papers (read = landed + already known + rejected)"
    console.print(loads)
    for error in summary["not_landed"]:
        console.print(cell(f"  not landed: {error}"))
    for row in summary["rejected"][:SHOWN_REJECTS]:
        console.print(
            cell(
                f"  rejected {row['source_file']}:{row['source_line']}"
                f" {row['rejection_rule']}: {row['rejection_detail']}"
            )
        )
    if (more := len(summary["rejected"]) - SHOWN_REJECTS) > 0:
        console.print(f"  … and {more:,} more; see quality.rejected_papers")
    for entity_type in ("model", "dataset", "metric", "method"):
        names = [row for row in summary["top_names"] if row["entity_type"] == entity_type]
        table = Table(
            f"most-named {entity_type}s",
            _right("papers"),
            _right("mentions"),
            _right("share of papers (95 %)"),
        )
        for row in names:
            low, high = row["paper_share_low"] or 0, row["paper_share_high"] or 0
            share = f"{row['paper_share'] or 0:.1%} ({low:.1%} to {high:.1%})"
            table.add_row(
                cell(row["entity_name"]),
                f"{row['paper_count']:,}",
                f"{row['mention_count']:,}",
                share,
            )
        if names:
            console.print(table)
    for row in summary["scores"]:
        if row["entity_type"] == "all" and row["f1"] is not None:
            console.print(
                f"Measured on {row['label_set']} ({row['label_count']:,} labels, strict):"
                f" precision {row['precision']:.2f}, recall {row['recall']:.2f}, F1 {row['f1']:.2f}"
                f" ({row['f1_low']:.2f} to {row['f1_high']:.2f})"
            )
    console.print(f"{summary['papers']:,} papers, {summary['mentions']:,} mentions.")
    console.print(cell(f"Warehouse: {settings.current}"))
    console.print("Dashboard: make dashboard  (or: papertally dashboard)")


def _right(name: str) -> Column:
    return Column(name, justify="right")


def _rows(con: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    frame: pl.DataFrame = con.sql(query).pl()
    return frame.to_dicts()
