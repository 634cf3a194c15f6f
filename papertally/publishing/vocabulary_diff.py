"""What changed between two warehouses: which counts moved, by which sentences."""

from pathlib import Path
from typing import Any, Final

from papertally.errors import UsageError
from papertally.publishing.differences import both_attached
from papertally.settings import Settings
from papertally.warehouse.history import versions

_COUNTS: Final = """
select
    coalesce(was.entity_id, is_now.entity_id) as entity_id,
    coalesce(was.paper_count, 0) as papers_before,
    coalesce(is_now.paper_count, 0) as papers_after,
    coalesce(was.mention_count, 0) as mentions_before,
    coalesce(is_now.mention_count, 0) as mentions_after
from before.marts.entity_counts as was
full outer join after.marts.entity_counts as is_now on was.entity_id = is_now.entity_id
where (papers_before, mentions_before) is distinct from (papers_after, mentions_after)
order by abs(papers_after - papers_before) desc, entity_id
"""
_SENTENCES: Final = """
select
    mentions.entity_id,
    mentions.paper_id,
    mentions.surface,
    mentions.match_method,
    substr(
        case mentions.section when 'title' then papers.title else papers.abstract end,
        mentions.sentence_start + 1,
        mentions.sentence_end - mentions.sentence_start
    ) as sentence
from {here}.marts.fct_mentions as mentions
inner join {here}.marts.dim_papers as papers on mentions.paper_id = papers.paper_id
left join {there}.marts.fct_mentions as others
    on
        mentions.paper_id = others.paper_id
        and mentions.section = others.section
        and mentions.start_char = others.start_char
        and mentions.entity_id = others.entity_id
where others.paper_id is null and mentions.entity_id in (select unnest($entities))
qualify row_number() over (
    partition by mentions.entity_id order by mentions.paper_id, mentions.start_char
) <= $limit
order by mentions.entity_id, mentions.paper_id, mentions.start_char
"""


def find_file(settings: Settings, name: str) -> Path:
    """Return the warehouse that a person means: a path, "build", "current", or a version's name.

    Raises:
        UsageError: there is none of that name.
    """
    named = {"build": settings.build_file, **{path.stem: path for path in versions(settings)}}
    path = named.get(name, settings.home / "current.duckdb" if name == "current" else Path(name))
    if not path.is_file():
        known = ", ".join(["build", "current", *(key for key in named if key != "build")])
        raise UsageError(f"There is no warehouse {name!r}. Give a path or one of: {known}.")
    return path.resolve()


def differences(
    before: Path, after: Path, entity_limit: int = 20, sentence_limit: int = 2
) -> dict[str, Any]:
    """Return the counts that differ, the largest first, with sentences gained and lost.

    Args:
        before: a published file or a build file.
        after: another one.
        entity_limit: entities to give sentences for.
        sentence_limit: sentences an entity, gained and lost each.
    """
    if before == after:
        raise UsageError(f"Both are {before}: there is nothing to compare.")
    with both_attached(before, after) as con:
        counts = con.sql(_COUNTS).pl().to_dicts()
        values = {
            "entities": [row["entity_id"] for row in counts[:entity_limit]],
            "limit": sentence_limit,
        }
        gained, lost = (
            con.sql(_SENTENCES.format(here=here, there=there), params=values).pl().to_dicts()
            for here, there in (("after", "before"), ("before", "after"))
        )
    return {
        "moved": len(counts),
        "mentions_gained": sum(row["mentions_after"] - row["mentions_before"] for row in counts),
        "counts": counts[:entity_limit],
        "gained": gained,
        "lost": lost,
    }


def as_text(difference: dict[str, Any]) -> str:
    """Return the differences for a person to read."""
    lines = [
        f"{difference['moved']:,} counts moved; {difference['mentions_gained']:+,} mentions in all."
    ]
    for row in difference["counts"]:
        lines.append(
            f"{row['entity_id']}: papers {row['papers_before']:,} to {row['papers_after']:,},"
            f" mentions {row['mentions_before']:,} to {row['mentions_after']:,}"
        )
        for sign, kind in (("+", "gained"), ("-", "lost")):
            lines += [
                f"  {sign} {found['paper_id']} [{found['surface']}]"
                f" {' '.join(found['sentence'].split())}"
                for found in difference[kind]
                if found["entity_id"] == row["entity_id"]
            ]
    return "\n".join(lines)
