"""The gate on the marts: what must never be published, and what may be."""

from collections.abc import Callable

import duckdb
import pytest

from expectations.results import GateResult

Check = Callable[..., GateResult]

FIRST = "where mention_id = (select min(mention_id) from marts.fct_mentions)"
SOME_ENTITY = "where entity_id = (select min(entity_id) from marts.fct_mentions)"
# The same paper again under other identities, so that a small corpus is large enough to be judged.
MANY_PAPERS = """insert into marts.dim_papers
    select papers.* replace (papers.paper_id || '#' || n as paper_id)
    from marts.dim_papers as papers
    cross join range(1 + 600 // (select count(*) from marts.dim_papers)) as copies (n)"""

DEFECTS = {
    "mention shifted by one": (
        f"""update marts.fct_mentions
        set start_char = start_char + 1, end_char = end_char + 1 {FIRST}""",
        "surfaces_are_at_their_offsets",
    ),
    "surface normalised": (
        "update marts.fct_mentions set surface = surface || ' '",
        "surfaces_are_at_their_offsets",
    ),
    "mention before the text": (
        f"update marts.fct_mentions set start_char = -1 {FIRST}",
        "sentences_enclose_their_mentions",
    ),
    "mention twice": (
        f"""insert into marts.fct_mentions
        select * replace ('x' as mention_id) from marts.fct_mentions {FIRST}""",
        "mentions_do_not_overlap",
    ),
    "sentence too short": (
        f"update marts.fct_mentions set sentence_end = end_char - 1 {FIRST}",
        "sentences_enclose_their_mentions",
    ),
    "sentence past the text": (
        f"update marts.fct_mentions set sentence_end = 1000000 {FIRST}",
        "sentences_enclose_their_mentions",
    ),
    "mention without its paper": (
        f"update marts.fct_mentions set paper_id = 'none:1' {FIRST}",
        "mentions_have_a_paper",
    ),
    "mention without its entity": (
        f"delete from marts.dim_entities {SOME_ENTITY}",
        "mentions_have_an_entity",
    ),
    "type swapped": (
        f"""update marts.dim_entities
        set entity_type = if(entity_type = 'model', 'method', 'model') {SOME_ENTITY}""",
        "mentions_have_the_type_of_their_entity",
    ),
    "type swapped in the counts": (
        f"update marts.entity_counts set entity_type = 'colour' {SOME_ENTITY}",
        "counted_types_are_listed_types",
    ),
    "fifth type": (
        "update marts.fct_mentions set entity_type = 'task'",
        "types_are_the_four",
    ),
    "confidence 0": (
        f"update marts.fct_mentions set confidence = 0 {FIRST}",
        "confidences_are_shares",
    ),
    "count one too high": (
        f"update marts.entity_counts set mention_count = mention_count + 1 {SOME_ENTITY}",
        "mention_counts_add_up",
    ),
    "entity not counted": (
        f"delete from marts.entity_counts {SOME_ENTITY}",
        "paper_counts_add_up",
    ),
    "papers counted twice in a year": (
        f"""update marts.entity_year_counts
        set share_paper_count = 2 * share_paper_count {SOME_ENTITY}""",
        "share_numerators_add_up",
    ),
    "month missing": (
        ("delete from marts.entity_month_counts where published_month is not distinct from"
        " (select max(published_month) from marts.entity_month_counts)"),
        "periods_hold_every_mention",
    ),
    "year missing in the corpus": (
        ("delete from marts.corpus_year_counts where published_year is not distinct from"
        " (select max(published_year) from marts.corpus_year_counts)"),
        "periods_hold_every_paper",
    ),
    "quarter missing": (
        ("delete from marts.entity_quarter_counts where published_quarter is not distinct from"
        " (select max(published_quarter) from marts.entity_quarter_counts)"),
        "periods_hold_every_mention",
    ),
    "flow leaking": (
        "update marts.corpus_flow set step_count = step_count + 1 where flow_step = 'known'",
        "the_flow_adds_up",
    ),
    "mentions doubled in the narrow table": (
        "insert into marts.entity_papers from marts.entity_papers",
        "summaries_are_the_sums",
    ),
    "abstracts miscounted": (
        "update marts.corpus_month_counts set eligible_paper_count = eligible_paper_count - 1",
        "periods_hold_every_abstract",
    ),
    "share over 1": (
        f"update marts.entity_counts set paper_share = 1.01 {SOME_ENTITY}",
        "shares_are_shares",
    ),
    "share outside its interval": (
        f"""update marts.entity_month_counts
        set paper_share_high = paper_share_low / 2 {SOME_ENTITY}""",
        "shares_lie_in_their_intervals",
    ),
    "share in percent of something else": (
        f"update marts.entity_counts set paper_share = paper_share / 2 {SOME_ENTITY}",
        "shares_are_their_quotients",
    ),
    "denominator of all papers": (
        "update marts.entity_year_counts set eligible_paper_count = eligible_paper_count + 1",
        "denominators_are_papers_with_abstract",
    ),
    "eligible without abstract": (
        "update marts.dim_papers set has_abstract = not has_abstract",
        "eligible_papers_have_abstracts",
    ),
    "mart column renamed": (
        "alter table marts.fct_mentions rename column surface to found_text",
        "columns_are_as_promised",
    ),
    "mart column of another type": (
        "alter table marts.dim_papers alter column published_on type varchar",
        "columns_are_as_promised",
    ),
    "mart missing": ("drop table marts.entity_year_counts", "keys_are_unique"),
    "paper twice": ("insert into marts.dim_papers from marts.dim_papers", "keys_are_unique"),
    "paper lost": (
        """delete from marts.dim_papers
        where paper_id = (select max(paper_id) from marts.dim_papers)""",
        "papers_are_the_identities",
    ),
    "papers from nowhere": (MANY_PAPERS, "papers_were_landed"),
    "landed records ignored": (
        "update marts.dim_papers set record_count = 0",
        "papers_hold_every_record",
    ),
    "records without identity": (
        "delete from intermediate.int_papers_identified",
        "every_record_is_identified",
    ),
    "no papers": ("delete from marts.dim_papers", "there_are_papers"),
    "no mentions": (
        f"{MANY_PAPERS}; delete from marts.fct_mentions",
        "papers_name_something",
    ),
    "mentions flooding": (
        f"""{MANY_PAPERS};
        insert into marts.fct_mentions
        select mention.*
        from marts.dim_papers as papers
        cross join range(100) as copies (n)
        cross join (from marts.fct_mentions {FIRST}) as mention""",
        "mentions_are_not_flooding",
    ),
    "catch-all alias": (
        f"""{MANY_PAPERS};
        insert into marts.fct_mentions
        select mention.* replace (papers.paper_id as paper_id)
        from marts.dim_papers as papers
        cross join (from marts.fct_mentions {FIRST}) as mention""",
        "no_name_is_a_catch_all",
    ),
    "future months": (
        "update marts.dim_papers set published_on = date '2999-01-01', published_precision = 'day'",
        "months_are_past",
    ),
}  # fmt: skip

HARMLESS = {
    "nothing changed": "checkpoint",
    "rows in another order": "create or replace table marts.fct_mentions as"
    " from marts.fct_mentions order by mention_id desc",
    "another column": "alter table marts.dim_papers add column note varchar",
    "another mart": "create table marts.entity_colours as select 1 as colour_count",
    "entity that nobody names": """insert into marts.dim_entities
        select * replace ('model:nobody' as entity_id, 'model' as entity_type)
        from marts.dim_entities limit 1""",
    "no venues and addresses": "update marts.dim_papers set venue = null, url = null",
    "other confidence": "update marts.fct_mentions set confidence = 1",
    "load refused": """insert into raw.papers
        select * replace ('refused' as load_id) from raw.papers;
        insert into raw.load_verdicts
        values ('refused', false, 'titles_differ', now()::timestamp)""",
}


@pytest.mark.parametrize(("plant", "check_name"), DEFECTS.values(), ids=DEFECTS)
def test_defect_is_caught(
    marts: duckdb.DuckDBPyConnection, check: Check, plant: str, check_name: str
) -> None:
    marts.execute(plant)

    result = check(marts, "marts")

    failed = {found.check_name: found for found in result.failed_critical}
    assert not result.is_passed
    assert check_name in failed
    assert failed[check_name].failing_count >= 1
    assert 1 <= len(failed[check_name].failing_rows) <= 20


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
def test_harmless_variation_passes(
    marts: duckdb.DuckDBPyConnection, check: Check, change: str
) -> None:
    marts.execute(change)

    result = check(marts, "marts")

    assert not result.failed_critical


@pytest.mark.parametrize(
    ("plant", "check_name"),
    [
        (f"{MANY_PAPERS}; delete from marts.fct_mentions where entity_type = 'metric'",
         "all_types_are_named"),
        (f"{MANY_PAPERS}; delete from marts.fct_mentions where mention_id > '08'",
         "many_papers_name_something"),
        (("update marts.dim_papers set published_on = date '2999-01-01'"
         " where paper_id = (select min(paper_id) from marts.dim_papers)"),
         "no_month_is_in_the_future"),
        ((f"{MANY_PAPERS};"
         " update marts.dim_papers set source_name = 'silent' where paper_id like '%#%'"),
         "every_source_names_something"),
    ],
    ids=["a type is not named", "little is named", "one future month", "silent source"],
)  # fmt: skip
def test_oddity_is_a_warning(
    marts: duckdb.DuckDBPyConnection, check: Check, plant: str, check_name: str
) -> None:
    marts.execute(plant)

    result = check(marts, "marts")

    assert check_name in {found.check_name for found in result.warnings}


def test_rows_of_a_moved_mention_are_named(marts: duckdb.DuckDBPyConnection, check: Check) -> None:
    marts.execute(f"update marts.fct_mentions set surface = surface || '!' {FIRST}")
    ((mention_id, surface),) = marts.execute(
        f"select mention_id, surface from marts.fct_mentions {FIRST}"
    ).fetchall()

    result = check(marts, "marts")

    (found,) = [x for x in result.checks if x.check_name == "surfaces_are_at_their_offsets"]
    assert found.failing_count == 1
    assert found.failing_rows[0]["mention_id"] == mention_id
    assert found.failing_rows[0]["surface"] == surface
    assert f"{found.failing_rows[0]['text_there']}!" == surface


def test_missing_marts_fail_without_a_crash(check: Check) -> None:
    with duckdb.connect() as con:
        result = check(con, "marts")

    assert len(result.failed_critical) > 20
    assert "dim_papers" in str([found.observed_value for found in result.failed_critical])
