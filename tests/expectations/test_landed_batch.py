"""The gate on the landed batch: what it stops, what it lets pass, and which load it blames."""

from collections.abc import Callable

import duckdb
import pytest

from expectations.results import GateResult

Check = Callable[..., GateResult]
Land = Callable[..., str]

DEFECTS = {
    "row lost": ("delete from raw.papers where source_line = 7", "landed_rows_match_manifest"),
    "half the batch lost": (
        "delete from raw.papers where source_line > 50",
        "landed_rows_match_manifest",
    ),
    "counts do not add up": (
        "update raw.loads set read_count = read_count + 1",
        "every_record_is_accounted_for",
    ),
    "manifest row missing": ("delete from raw.loads", "load_is_in_manifest_once"),
    "manifest row twice": ("insert into raw.loads from raw.loads", "load_is_in_manifest_once"),
    "records landed twice": ("insert into raw.papers from raw.papers", "no_record_landed_twice"),
    "one blank title": (
        "update raw.papers set title = chr(160) || ' ' where source_line = 3",
        "titles_are_not_blank",
    ),
    "one title for most": (
        "update raw.papers set title = 'Untitled' where source_line <= 60",
        "titles_differ",
    ),
    "one abstract for most": (
        "update raw.papers set abstract = 'No abstract available.' where source_line <= 60",
        "abstracts_differ",
    ),
    "abstracts cut": (
        "update raw.papers set abstract = left(abstract, 150)",
        "abstracts_are_whole",
    ),
    "mostly rejected": (
        "update raw.loads set read_count = 300, rejected_count = 200",
        "most_records_are_usable",
    ),
    "dates in the future": (
        "update raw.papers set published = '2999-01-01' where source_line <= 5",
        "dates_are_past",
    ),
    "dates of the epoch": ("update raw.papers set published = '1601-01-01'", "dates_are_modern"),
    "batch appended to itself": (
        """insert into raw.papers by name
           select papers.* replace (md5_number(source_line || '#' || n)::uhugeint as record_hash)
           from raw.papers as papers cross join range(2) as copies (n);
           update raw.loads set read_count = 300, landed_count = 300""",
        "texts_are_not_mostly_duplicates",
    ),
}  # fmt: skip

WARNINGS = {
    "no abstracts": ("update raw.papers set abstract = null", "most_abstracts_landed"),
    "blank abstracts": ("update raw.papers set abstract = ' '", "most_abstracts_landed"),
    "most abstracts missing": (
        "update raw.papers set abstract = null where source_line <= 60",
        "most_abstracts_landed",
    ),
    "some duplicates": (
        "update raw.papers set title = 'The same', abstract = 'The same.' where source_line <= 10",
        "texts_are_rarely_duplicates",
    ),
    "one date in the future": (
        "update raw.papers set published = '2999' where source_line = 5",
        "no_date_is_in_the_future",
    ),
    "one date before 1900": (
        "update raw.papers set published = '1899-12-31' where source_line = 5",
        "no_date_is_before_1900",
    ),
    "dates in words": (
        "update raw.papers set published = '5. V. 2024' where source_line <= 10",
        "dates_are_readable",
    ),
    "wrong encoding": (
        "update raw.papers set title = title || chr(65533) where source_line <= 30",
        "titles_are_readable",
    ),
    "titles are numbers": (
        "update raw.papers set title = source_line::varchar",
        "titles_have_usual_length",
    ),
    "abstracts are one-liners": (
        "update raw.papers set abstract = left(abstract, 20 + source_line % 9)",
        "abstracts_have_usual_length",
    ),
}

HARMLESS = {
    "nothing changed": "checkpoint",
    "41 % without abstract": "update raw.papers set abstract = null where source_line <= 41",
    "no dates": "update raw.papers set published = null",
    "years and months": """update raw.papers
        set published = left(published, 4 + 3 * (source_line % 2))""",
    "published tomorrow": "update raw.papers set published = (current_date + 1)::varchar",
    "another script": "update raw.papers set title = '关于学习的第' || source_line || '个问题'",
    "wrapped titles": "update raw.papers set title = replace(title, ' of ', chr(10) || chr(9))",
    "bad lines": "update raw.loads set read_count = 140, rejected_count = 40",
    "landed before": """delete from raw.papers;
        update raw.loads set landed_count = 0, known_count = 100""",
    "earlier load was refused": """insert into raw.papers
        select * replace ('refused' as load_id) from raw.papers;
        insert into raw.load_verdicts
        values ('refused', false, 'titles_differ', now()::timestamp)""",
}


@pytest.mark.parametrize(("plant", "check_name"), DEFECTS.values(), ids=DEFECTS)
def test_defect_is_caught_and_its_load_refused(
    raw: duckdb.DuckDBPyConnection, land: Land, check: Check, plant: str, check_name: str
) -> None:
    load_id = land()
    raw.execute(plant)

    result = check(raw, "landed_batch")

    assert not result.is_passed
    assert check_name in {found.check_name for found in result.failed_critical}
    assert check_name in result.refused_loads[load_id]
    for found in result.failed_critical:
        assert found.failing_count >= 1
        assert all(row["load_id"] == load_id for row in found.failing_rows)
        assert 1 <= len(found.failing_rows) <= 20


@pytest.mark.parametrize(("plant", "check_name"), WARNINGS.values(), ids=WARNINGS)
def test_oddity_is_said_but_stops_nothing(
    raw: duckdb.DuckDBPyConnection, land: Land, check: Check, plant: str, check_name: str
) -> None:
    land()
    raw.execute(plant)

    result = check(raw, "landed_batch")

    assert {found.check_name for found in result.warnings} == {check_name}
    assert result.is_passed
    assert not result.refused_loads


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
def test_harmless_variation_passes(
    raw: duckdb.DuckDBPyConnection, land: Land, check: Check, change: str
) -> None:
    land()
    raw.execute(change)

    result = check(raw, "landed_batch")

    assert not [found for found in result.checks if not found.is_passed]


@pytest.mark.parametrize("paper_count", [1, 2, 3, 19], ids="{} papers".format)
@pytest.mark.parametrize("abstract", ["abstract", "null"], ids=["whole", "without abstracts"])
def test_small_corpus_passes(
    raw: duckdb.DuckDBPyConnection, land: Land, check: Check, paper_count: int, abstract: str
) -> None:
    land(paper_count=paper_count)
    raw.execute(f"update raw.papers set abstract = {abstract}")

    result = check(raw, "landed_batch")

    assert not [found for found in result.checks if not found.is_passed]


def test_only_the_bad_load_is_refused(
    raw: duckdb.DuckDBPyConnection, land: Land, check: Check
) -> None:
    land("good")
    land("bad's")  # a quote must not end the SQL
    raw.execute("update raw.papers set title = 'Untitled' where load_id = 'bad''s'")

    result = check(raw, "landed_batch", load_ids=["good", "bad's"])

    assert list(result.refused_loads) == ["bad's"]
    assert check(raw, "landed_batch", load_ids=["good"]).is_passed


def test_load_that_is_nowhere_is_refused(raw: duckdb.DuckDBPyConnection, check: Check) -> None:
    result = check(raw, "landed_batch", load_ids=["lost"])

    assert "load_is_in_manifest_once" in result.refused_loads["lost"]


def test_no_loads_pass(raw: duckdb.DuckDBPyConnection, check: Check) -> None:
    assert check(raw, "landed_batch", load_ids=[]).is_passed


def test_reason_holds_the_figures(raw: duckdb.DuckDBPyConnection, land: Land, check: Check) -> None:
    load_id = land()
    raw.execute("delete from raw.papers where source_line > 98")

    reason = check(raw, "landed_batch").refused_loads[load_id]

    assert "landed_count 100, paper_count 98" in reason


def test_broken_raw_table_fails_and_refuses_every_load(
    raw: duckdb.DuckDBPyConnection, land: Land, check: Check
) -> None:
    load_id = land()
    raw.execute("alter table raw.papers rename column abstract to summary")

    result = check(raw, "landed_batch")

    assert not any(found.is_passed for found in result.checks)
    assert load_id in result.refused_loads
    assert "abstract" in result.checks[0].observed_value
