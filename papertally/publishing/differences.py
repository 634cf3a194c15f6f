"""Which counts moved between two published files, and why."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb

from papertally.errors import PapertallyError
from papertally.publishing.snapshots import LAST_RUN, Snapshot
from papertally.warehouse.published_file import attach

PARTS: Final = {
    "inputs_digest": "papers",
    "vocabulary_digest": "vocabulary",
    "code_digest": "code",
    "packages": "package versions",
}
"""Column of `quality.runs` to what it stands for."""

# A change on papers whose text is in both files comes from how mentions are found; the rest
# comes from papers that are new, gone or changed.
MOVED: Final = """
with

shared_papers as (
    select paper_id
    from before.marts.dim_papers as old
    inner join after.marts.dim_papers as new using (paper_id, content_hash)
),

old as (
    select distinct entity_id, paper_id from before.marts.fct_mentions
),

new as (
    select distinct entity_id, paper_id from after.marts.fct_mentions
),

compared as (
    select
        coalesce(new.entity_id, old.entity_id) as entity_id,
        old.paper_id is not null as is_before,
        new.paper_id is not null as is_after,
        coalesce(new.paper_id, old.paper_id) in (from shared_papers) as is_shared
    from old
    full outer join new using (entity_id, paper_id)
),

moved as (
    select
        entity_id,
        count(*) filter (where is_before) as paper_count_before,
        count(*) filter (where is_after) as paper_count_after,
        coalesce(sum(is_after::int - is_before::int) filter (where not is_shared), 0)::bigint
            as change_by_papers,
        coalesce(sum(is_after::int - is_before::int) filter (where is_shared), 0)::bigint
            as change_by_rules,
        count(*) filter (where is_before <> is_after) as pair_count
    from compared
    group by entity_id
)

select
    moved.entity_id,
    coalesce(new.entity_name, old.entity_name) as entity_name,
    coalesce(new.entity_type, old.entity_type) as entity_type,
    moved.paper_count_before,
    moved.paper_count_after,
    moved.change_by_papers,
    moved.change_by_rules
from moved
left join after.marts.dim_entities as new using (entity_id)
left join before.marts.dim_entities as old using (entity_id)
where moved.pair_count > 0
order by
    abs(moved.paper_count_after - moved.paper_count_before) desc,
    moved.pair_count desc,
    moved.entity_id
"""
TOTALS: Final = """
select
    (select count(*) from {side}.marts.dim_papers) as papers,
    (select count(*) from {side}.marts.fct_mentions) as mentions
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """What two snapshots differ in.

    Attributes:
        causes: which of papers, vocabulary, code and package versions are not the same; None
            where one of the files was written before they were recorded.
        totals: papers and mentions, before and after.
        moved: one row an entity whose set of papers is not the same, the largest change first.
            `change_by_papers` comes from papers that are new, gone or have another text,
            `change_by_rules` from papers whose text is in both.
    """

    causes: tuple[str, ...] | None
    totals: dict[str, tuple[int, int]]
    moved: list[dict[str, Any]]


def compare(before: Snapshot, after: Snapshot) -> Difference:
    """Compare two published files, entity by entity.

    Raises:
        PapertallyError: one of the files cannot be read, or has no mentions table.
    """
    with both_attached(before.path, after.path) as con:
        old_totals, new_totals = (
            con.sql(TOTALS.format(side=side)).pl().to_dicts()[0] for side in ("before", "after")
        )
        return Difference(
            causes=_causes(con),
            totals={name: (old_totals[name], new_totals[name]) for name in old_totals},
            moved=con.sql(MOVED).pl().to_dicts(),
        )


def _causes(con: duckdb.DuckDBPyConnection) -> tuple[str, ...] | None:
    rows: list[dict[str, Any]] = []
    for side in ("before", "after"):
        found = con.sql(LAST_RUN.replace("quality.runs", f"{side}.quality.runs")).pl().to_dicts()
        rows.extend(found)
    if len(rows) != 2 or any(row.get("snapshot_id") is None for row in rows):
        return None
    return tuple(cause for part, cause in PARTS.items() if rows[0][part] != rows[1][part])


@contextmanager
def both_attached(before: Path, after: Path) -> Generator[duckdb.DuckDBPyConnection]:
    """Yield a connection with two warehouse files, called `before` and `after`, and no other.

    Raises:
        PapertallyError: one of them cannot be read, or lacks what is asked of it.
    """
    con = duckdb.connect()
    try:
        attach(con, before, "before")
        attach(con, after, "after")
        con.execute("set enable_external_access = false")
        yield con
    except duckdb.Error as error:
        raise PapertallyError(
            f"{before.name} and {after.name} cannot be compared: {error}"
        ) from error
    finally:
        con.close()
