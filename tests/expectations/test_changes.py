"""The gate on the marts against the published file: what changes too much, and what may."""

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from expectations.results import GateResult
from papertally.pipeline.verdicts import warn

Check = Callable[..., GateResult]

COMMON = "(select entity_id from marts.entity_counts order by paper_count desc, entity_id limit 1)"
CRITICAL = {
    "most papers gone": (
        "delete from marts.dim_papers where hash(paper_id) % 5 > 0",
        "papers_do_not_vanish",
    ),
    "a source gone silent": (
        "update raw.papers set source_name = 'renamed'",
        "no_source_goes_silent",
    ),
    "matching lost most": (
        "delete from marts.fct_mentions where hash(mention_id) % 5 > 0",
        "matching_stays_in_kind",
    ),
    "discovered names flooding": (
        "insert into marts.fct_mentions select m.* from marts.fct_mentions as m, range(3)",
        "matching_stays_in_kind",
    ),
}
WARNINGS = {
    "some papers gone": (
        "delete from marts.dim_papers where hash(paper_id) % 20 = 0",
        "papers_stay",
    ),
    "matching lost some": (
        "delete from marts.fct_mentions where hash(mention_id) % 2 = 0",
        "matching_stays_level",
    ),
    "a common name lost": (
        f"delete from marts.fct_mentions where entity_id = {COMMON}",
        "no_name_jumps",
    ),
    "a common name in every paper": (
        f"""insert into marts.fct_mentions by name
        select papers.paper_id, {COMMON} as entity_id from marts.dim_papers as papers""",
        "no_name_jumps",
    ),
}
HARMLESS = {
    "nothing changed": "checkpoint",
    "more papers": """insert into marts.dim_papers
        select * replace (paper_id || '#' as paper_id) from marts.dim_papers limit 20""",
    "a rare name lost": """delete from marts.fct_mentions
        where entity_id = (select min(entity_id) from marts.entity_counts where paper_count = 1)""",
    "ten times as many papers, that name nothing": """insert into marts.dim_papers
        select papers.* replace (papers.paper_id || '#' || n as paper_id)
        from marts.dim_papers as papers, range(10) as copies (n)""",
}


@pytest.fixture
def both(marts: duckdb.DuckDBPyConnection, built_file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a copy of the build file to change, with the unchanged one attached."""
    marts.execute(f"attach '{built_file}' as previous (read_only)")
    yield marts
    marts.execute("detach previous")


@pytest.mark.parametrize(("plant", "check_name"), CRITICAL.values(), ids=CRITICAL)
def test_a_loss_since_the_published_file_stops(
    both: duckdb.DuckDBPyConnection, check: Check, plant: str, check_name: str
) -> None:
    both.execute(plant)
    failed = {found.check_name: found for found in check(both, "marts").failed_critical}
    assert failed[check_name].failing_rows


@pytest.mark.parametrize(("plant", "check_name"), WARNINGS.values(), ids=WARNINGS)
def test_a_change_since_the_published_file_is_shown_with_its_rows(
    both: duckdb.DuckDBPyConnection,
    check: Check,
    capsys: pytest.CaptureFixture[str],
    plant: str,
    check_name: str,
) -> None:
    both.execute(plant)
    result = check(both, "marts")
    (warned,) = [found for found in result.warnings if found.check_name == check_name]
    warn(result)
    said = capsys.readouterr().err
    assert f"warning: {check_name}: {warned.description}" in said
    assert f"\n  {warned.failing_rows[0]}" in said


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
def test_an_ordinary_change_is_no_anomaly(
    both: duckdb.DuckDBPyConnection, check: Check, change: str
) -> None:
    both.execute(change)
    result = check(both, "marts")
    judged = {"papers_stay", "matching_stays_level", "no_name_jumps", "no_source_goes_silent"}
    assert {found.check_name for found in result.checks if found.is_passed} >= judged
