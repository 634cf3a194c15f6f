"""The sentences behind a count: one row a mention, so that the list is as long as the number."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import duckdb
import polars as pl

from queries.records import scalar
from queries.scope import WHOLE, Scope, Values, mention_conditions, naming_in, texts_of
from queries.series import OF_MEMBERS, Lines, members
from queries.shares import Grain, step
from queries.statements import Statement

UNDATED: Final = "undated"


@dataclass(frozen=True)
class Wanted:
    """Which mentions are wanted; a field at its default leaves none out.

    Attributes:
        entity_ids: the names.
        with_variants: whether all that lies below a name in its family is the name.
        is_adoption: whether papers that introduce the name are left out.
        is_eligible: whether only papers with an abstract count, as in a share.
        grain: how long the period `at` is.
        at: first day of a period, as text, or UNDATED.
        span: periods up to `at` that are in, itself included; 0 is all of them.
        spelling: what stands in the text.
        beside: another name that the paper has to mention too.
        venue: where the paper was published.
        paper_id: the one paper.
    """

    entity_ids: tuple[str, ...]
    with_variants: bool = False
    is_adoption: bool = False
    is_eligible: bool = False
    grain: Grain = "year"
    at: str | None = None
    span: int = 1
    spelling: str | None = None
    beside: str | None = None
    venue: str | None = None
    paper_id: str | None = None


@dataclass(frozen=True)
class Found:
    """How long a list is, in mentions and in papers."""

    mention_count: int
    paper_count: int


def naming(scope: Scope, wanted: Wanted, values: Values) -> str:
    """Return table expressions that end in `naming`: the wanted rows an entity and paper."""
    values["entity_ids"] = list(wanted.entity_ids)
    lines = Lines(wanted.entity_ids, wanted.grain, wanted.with_variants)
    return f"""
        {members(lines)},

        within as (
            select *
            from ({naming_in(scope, values, OF_MEMBERS)}) as papers
            where true{_conditions(wanted, scope, values)}
        ),

        naming as (
            select * from within
            {_ADOPTION if wanted.is_adoption else ""}
        )"""


def matching(scope: Scope, wanted: Wanted, values: Values) -> str:
    """Return table expressions that end in `matching`: the wanted mentions with their dates."""
    spelled = ""
    if wanted.spelling:
        spelled = " and mentions.surface = $spelling"
        values["spelling"] = wanted.spelling
    return f"""
        {naming(scope, wanted, values)},

        matching as (
            select mentions.*, naming.published_on
            from marts.fct_mentions as mentions
            inner join naming
                on
                    mentions.entity_id = naming.entity_id
                    and mentions.paper_id = naming.paper_id
            where
                mentions.entity_id in (select entity_id from members)
                {mention_conditions(scope, values)}{spelled}
        )"""


def found(con: duckdb.DuckDBPyConnection, scope: Scope, wanted: Wanted) -> Found:
    """Return how many mentions, and in how many papers, are wanted."""
    values: Values = {}
    # Only a spelling needs the mentions themselves.
    if wanted.spelling:
        counted, number = matching(scope, wanted, values), "count(*)"
    else:
        counted, number = naming(scope, wanted, values), "coalesce(sum(mention_count), 0)::bigint"
    rows = Statement(
        f"""
        with recursive
        {counted}

        select
            {number} as mention_count,
            count(distinct paper_id) as paper_count
        from {"matching" if wanted.spelling else "naming"}
        """,
        values,
    ).run(con)
    return Found(**rows.row(0, named=True))


def listed(scope: Scope, wanted: Wanted, limit: int = 20, offset: int = 0) -> Statement:
    """State one row a mention with its sentence, the newest paper first, the undated last.

    `mark_start` and `mark_end` are the mention's place in the sentence.
    """
    values: Values = {"limit": limit, "offset": offset}
    # The texts are joined after the page is cut: sorting must not carry abstracts.
    return Statement(
        f"""
        with recursive
        {matching(scope, wanted, values)},

        page as materialized (
            select * from matching
            order by {NEWEST_FIRST.format("matching")}
            limit $limit offset $offset
        ),

        {texts_of("page")},

        marks as (
            select
                paper_id,
                list([start_char, end_char] order by start_char) as abstract_marks
            from matching
            where section = 'abstract' and paper_id in (select paper_id from page)
            group by paper_id
        )

        select
            page.mention_id,
            page.paper_id,
            page.entity_id,
            page.section,
            page.start_char,
            page.end_char,
            page.surface,
            page.match_method,
            page.confidence,
            page.is_introduced,
            {SENTENCE.format("page")},
            papers.title,
            papers.abstract,
            coalesce(marks.abstract_marks, []) as abstract_marks,
            papers.url,
            papers.published_on,
            papers.published_precision,
            papers.source_name
        from page
        inner join texts as papers on page.paper_id = papers.paper_id
        left join marks on page.paper_id = marks.paper_id
        order by {NEWEST_FIRST.format("page")}
        """,
        values,
    )


def mentions(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    wanted: Wanted,
    limit: int = 20,
    offset: int = 0,
) -> pl.DataFrame:
    """Return one row a mention with its sentence."""
    return listed(scope, wanted, limit, offset).run(con)


def years(con: duckdb.DuckDBPyConnection, entity_id: str, scope: Scope = WHOLE) -> pl.DataFrame:
    """Return the years in which papers mention the name, the newest first, the undated last."""
    values: Values = {}
    return Statement(
        f"""
        with
        {naming(scope, Wanted((entity_id,)), values)}

        select
            coalesce(year(published_on)::varchar, '{UNDATED}') as year,
            sum(mention_count)::bigint as mention_count,
            count(*) as paper_count
        from naming
        group by 1
        order by year(max(published_on)) desc nulls last
        """,
        values,
    ).run(con)


def is_known(con: duckdb.DuckDBPyConnection, entity_id: str) -> bool:
    """Tell whether there is such a name."""
    sql = "select count(*) > 0 from marts.dim_entities where entity_id = $1"
    return bool(scalar(con, sql, [entity_id]))


def _conditions(wanted: Wanted, scope: Scope, values: Values) -> str:
    conditions: list[str] = []
    own = f"papers.published_{wanted.grain}"
    if wanted.is_eligible:
        conditions.append("papers.has_abstract")
    if wanted.at == UNDATED:
        conditions.append(f"{own} is null")
    elif wanted.at:
        conditions.append(f"{own} <= $at")
        values["at"] = date.fromisoformat(wanted.at)
        if wanted.span:
            conditions.append(f"{own} > $at - {wanted.span} * {step(wanted.grain)}")
    if wanted.venue:
        conditions.append(
            "papers.paper_id in (select paper_id from marts.dim_papers where venue = $venue)"
        )
        values["venue"] = wanted.venue
    if wanted.paper_id:
        conditions.append("papers.paper_id = $paper_id")
        values["paper_id"] = wanted.paper_id
    if wanted.beside:
        beside = naming_in(scope, values, " and mentions.entity_id = $beside")
        conditions.append(f"papers.paper_id in (select paper_id from ({beside}))")
        values["beside"] = wanted.beside
    return "".join(f" and {condition}" for condition in conditions)


# A paper that introduces any member of a line counts as introducing the line.
_ADOPTION: Final = """
            where paper_id not in (select paper_id from within where is_introduced)"""

SENTENCE: Final = """substr(
                case {0}.section when 'title' then papers.title else papers.abstract end,
                {0}.sentence_start + 1,
                {0}.sentence_end - {0}.sentence_start
            ) as sentence,
            {0}.start_char - {0}.sentence_start as mark_start,
            {0}.end_char - {0}.sentence_start as mark_end"""
"""The sentence of a mention, and its place there: of a table of mentions, beside its `papers`."""

NEWEST_FIRST: Final = (
    "{0}.published_on desc nulls last, {0}.paper_id, {0}.section desc, {0}.start_char"
)
