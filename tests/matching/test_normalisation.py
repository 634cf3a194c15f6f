"""Counts by entity and counts by raw string are two sums over the same mentions."""

from pathlib import Path

import duckdb


def test_the_sums_agree_and_spellings_meet_in_entities(built_file: Path) -> None:
    with duckdb.connect(built_file, read_only=True) as con:
        rows = con.sql(
            """
            with by_surface as (
                select entity_id, surface, count(*) as mentions
                from marts.fct_mentions
                group by entity_id, surface
            )
            select
                entity_id,
                sum(mentions)::integer as mentions,
                count(*) as spellings,
                count(distinct lower(surface)) as folded
            from by_surface
            group by entity_id
            """
        ).fetchall()
        by_entity = dict(
            con.sql("select entity_id, mention_count from marts.entity_counts").fetchall()
        )
        total = con.sql("select count(*), count(distinct mention_id) from marts.fct_mentions")
        (mentions, identities) = total.fetchall()[0]
        strings = con.sql("select count(distinct surface) from marts.fct_mentions").fetchall()
    assert {entity: count for entity, count, *_ in rows} == by_entity
    assert sum(by_entity.values()) == mentions == identities
    assert any(folded > 1 for *_, folded in rows), "one entity under several spellings"
    assert len(rows) < strings[0][0]
