"""What the corpus is, how fresh it is, and how many papers each period holds."""

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any, cast

import duckdb
import polars as pl

from queries.records import Record, one
from queries.scope import WHOLE, Scope, Values, naming_in, papers_in
from queries.shares import GRAINS, Grain, period, step
from queries.statements import Statement

__all__ = ["GRAINS", "Grain"]


@dataclass(frozen=True)
class Papers:
    """The papers in numbers."""

    paper_count: int
    eligible_paper_count: int
    dated_paper_count: int
    source_count: int
    first_published_on: date | None
    first_published_precision: str | None
    last_published_on: date | None
    last_published_precision: str | None


@dataclass(frozen=True)
class Corpus(Papers):
    """The papers, and what they name, in numbers."""

    named_entity_count: int
    mention_count: int
    naming_paper_count: int


@dataclass(frozen=True)
class Freshness:
    """When the data came in and when the file was built; None where nothing says so."""

    load_count: int
    last_loaded_at: datetime | None
    run_id: str | None
    built_at: datetime | None
    papertally_version: str | None
    snapshot_id: str | None
    vocabulary_key: str | None


def summary(con: duckdb.DuckDBPyConnection, scope: Scope = WHOLE) -> Corpus:
    """Return the size and span of the papers in the scope, and how much they name."""
    if scope.is_whole:
        return _stored(con, Corpus)
    values: Values = {}
    named = Statement(
        f"""
        select
            count(distinct entity_id) as named_entity_count,
            coalesce(sum(mention_count), 0)::bigint as mention_count,
            count(distinct paper_id) as naming_paper_count
        from ({naming_in(scope, values)})
        """,
        values,
    ).run(con)
    return Corpus(**asdict(span(con, scope)), **named.row(0, named=True))


def span(con: duckdb.DuckDBPyConnection, scope: Scope = WHOLE) -> Papers:
    """Return the size and span of the papers in the scope."""
    if not scope.cuts_papers:
        return _stored(con, Papers)
    values: Values = {}
    found = Statement(
        f"""
        select
            count(*) as paper_count,
            count(*) filter (where has_abstract) as eligible_paper_count,
            count(published_on) as dated_paper_count,
            count(distinct source_name) as source_count,
            min(published_on) as first_published_on,
            arg_min(published_precision, published_on) as first_published_precision,
            max(published_on) as last_published_on,
            arg_max(published_precision, published_on) as last_published_precision
        from ({papers_in(scope, values)})
        """,
        values,
    ).run(con)
    return Papers(**found.row(0, named=True))


def _stored(con: duckdb.DuckDBPyConnection, record: type[Record]) -> Record:
    names = ", ".join(field.name for field in fields(cast("Any", record)))
    stored = one(con, f"select {names} from marts.corpus_summary", record)
    assert stored is not None  # an aggregate always has a row  # noqa: S101
    return stored


def freshness(con: duckdb.DuckDBPyConnection) -> Freshness:
    """Return when the corpus was last read and built."""
    found = one(
        con,
        """
        with

        last_run as (
            select * from quality.runs
            order by finished_at desc
            limit 1
        )

        select
            (select count(*) from quality.loads where not is_refused) as load_count,
            (select max(loaded_at) from quality.loads where not is_refused) as last_loaded_at,
            (select run_id from last_run) as run_id,
            (select finished_at from last_run) as built_at,
            (select papertally_version from last_run) as papertally_version,
            (select snapshot_id from last_run) as snapshot_id,
            (select vocabulary_key from last_run) as vocabulary_key
        """,
        Freshness,
    )
    assert found is not None  # scalar subqueries always make a row  # noqa: S101
    return found


def sources(con: duckdb.DuckDBPyConnection, scope: Scope = WHOLE) -> pl.DataFrame:
    """Return one row a source: papers, with abstract, undated, span."""
    values: Values = {}
    return Statement(
        f"""
        select
            source_name,
            count(*) as paper_count,
            count(*) filter (where has_abstract) as eligible_paper_count,
            count(*) - count(published_on) as undated_paper_count,
            count(venue) as venue_paper_count,
            min(published_on) as first_published_on,
            arg_min(published_precision, published_on) as first_published_precision,
            max(published_on) as last_published_on,
            arg_max(published_precision, published_on) as last_published_precision
        from ({papers_in(scope, values)})
        group by source_name
        order by paper_count desc, source_name
        """,
        values,
    ).run(con)


def source_names(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the sources of all papers, the largest first."""
    return sources(con)["source_name"].to_list()


def methods(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the ways in which mentions are found."""
    rows = con.sql("select distinct match_method from marts.fct_mentions order by 1").fetchall()
    return [row[0] for row in rows]


def periods(scope: Scope, grain: Grain) -> Statement:
    """State papers by period, empty periods included; the undated are left out."""
    values: Values = {}
    return Statement(
        f"""
        with

        papers as ({papers_in(scope, values)}),

        counted as (
            select
                {period(grain)} as period,
                count(*) as paper_count,
                count(*) filter (where has_abstract) as eligible_paper_count
            from papers
            where {period(grain)} is not null
            group by all
        ),

        periods as (
            select
                unnest(generate_series(min(period), max(period), {step(grain)}))::date as period
            from counted
        )

        select
            periods.period,
            coalesce(counted.paper_count, 0) as paper_count,
            coalesce(counted.eligible_paper_count, 0) as eligible_paper_count
        from periods
        left join counted on periods.period = counted.period
        order by periods.period
        """,
        values,
    )


def volume(con: duckdb.DuckDBPyConnection, grain: Grain, scope: Scope = WHOLE) -> pl.DataFrame:
    """Return papers by period, empty periods included; the undated are left out."""
    return periods(scope, grain).run(con)


def undated_paper_count(con: duckdb.DuckDBPyConnection, grain: Grain, scope: Scope = WHOLE) -> int:
    """Return how many papers have no date that reaches down to the grain."""
    values: Values = {}
    text = papers_in(scope, values)
    frame = Statement(
        f"select count(*) as n from ({text}) as papers where {period(grain)} is null", values
    ).run(con)
    return int(frame["n"][0])
