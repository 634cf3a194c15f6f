"""Snapshots: what identifies a published file, what moved between two, and the way back."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from ingest.formats import choose_format
from ingest.land import land_file
from ingest.tables import create_raw_tables
from papertally.building import extraction
from papertally.errors import UsageError
from papertally.publishing.differences import compare
from papertally.publishing.snapshots import Snapshot, find_snapshot, list_snapshots, snapshot_parts
from papertally.settings import load_settings
from tests.conftest import run_papertally

Change = Callable[[str], Snapshot]


@pytest.fixture
def changed(published_home: Path, tmp_path: Path) -> Change:
    """Return a snapshot of a copy of the published file on which a statement was run."""

    def changed(statement: str) -> Snapshot:
        path = tmp_path / f"warehouse-{len(list(tmp_path.iterdir()))}.duckdb"
        shutil.copyfile(published_home / "current.duckdb", path)
        path.chmod(0o644)
        with duckdb.connect(path) as con:
            con.execute(statement)
        return Snapshot(path, False, None, None, None, None, None)

    return changed


def test_a_publication_has_an_id_that_its_history_names(published_home: Path) -> None:
    (kept,) = list_snapshots(load_settings({"PAPERTALLY_HOME": str(published_home)}))
    assert kept.is_current
    assert kept.paper_count == 224
    assert kept.snapshot_id
    (line,) = (published_home / "publications.jsonl").read_text().splitlines()
    assert json.loads(line)["version"] == kept.path.name


def test_the_id_depends_on_records_and_not_on_their_order(tmp_path: Path) -> None:
    files: list[Path] = []
    for name, title in (("one", "BERT"), ("other", "GPT-4")):
        path = tmp_path / f"{name}.jsonl"
        path.write_text(json.dumps({"title": title, "abstract": "A text."}) + "\n")
        files.append(path)

    def digest(paths: list[Path]) -> str:
        with duckdb.connect() as con:
            create_raw_tables(con)
            for path in paths:
                land_file(
                    con,
                    path,
                    choose_format(path),
                    source_name="papers",
                    loaded_by="test",
                    columns={},
                )
            return snapshot_parts(con).inputs_digest

    assert digest(files) == digest(files[::-1]) == digest([*files, files[0]])
    assert digest(files) != digest(files[:1])


def test_thresholds_and_names_are_part_of_every_digest(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    project = tmp_path / "project"
    shutil.copytree(extraction.PROJECT_ROOT / "seeds", project / "seeds")
    settings = shutil.copyfile(
        extraction.PROJECT_ROOT / "dbt_project.yml", project / "dbt_project.yml"
    )
    monkeypatch.setattr(extraction, "PROJECT_ROOT", project)

    with duckdb.connect() as con:
        create_raw_tables(con)
        before, key = snapshot_parts(con), extraction.vocabulary_key()
        settings.write_text(settings.read_text().replace("discovery_threshold: 0.9", "x: 0.5"))
        other_rules = snapshot_parts(con)
        assert extraction.vocabulary_key() != key
        with (project / "seeds" / "vocabulary_aliases.csv").open("a") as seed:
            seed.write("Berty,model:bert,sensitive,safe,test\n")
        other_names = snapshot_parts(con)
    assert before.code_digest != other_rules.code_digest
    assert other_rules.vocabulary_digest != other_names.vocabulary_digest
    assert len({parts.snapshot_id for parts in (before, other_rules, other_names)}) == 3


def test_a_count_that_rules_moved_is_told_from_one_that_papers_moved(changed: Change) -> None:
    before = changed("select 1")
    rules = changed("delete from marts.fct_mentions where entity_id = 'dataset:imagenet'")
    (row,) = compare(before, rules).moved
    assert (row["entity_name"], row["paper_count_after"]) == ("ImageNet", 0)
    assert (row["change_by_papers"], row["change_by_rules"]) == (0, -row["paper_count_before"])

    paper = "(select min(paper_id) from marts.fct_mentions)"
    papers = changed(
        f"delete from marts.dim_papers where paper_id = {paper};"
        f"delete from marts.fct_mentions where paper_id = {paper}"
    )
    difference = compare(before, papers)
    assert difference.moved
    assert {row["change_by_papers"] for row in difference.moved} == {-1}
    assert {row["change_by_rules"] for row in difference.moved} == {0}
    assert difference.totals["papers"] == (224, 223)


def test_equal_files_differ_in_nothing(changed: Change) -> None:
    difference = compare(changed("select 1"), changed("select 1"))
    assert difference.moved == []
    assert difference.causes == ()


def test_causes_are_named(changed: Change) -> None:
    before = changed("select 1")
    after = changed("update quality.runs set vocabulary_digest = 'x', inputs_digest = 'y'")
    assert compare(before, after).causes == ("papers", "vocabulary")
    unrecorded = changed("update quality.runs set snapshot_id = null")
    assert compare(before, unrecorded).causes is None


def test_rollback_and_publish_move_readers_back_and_forth(home_copy: Path) -> None:
    first = (home_copy / "current.duckdb").resolve()
    assert run_papertally(home_copy, "rollback").returncode == 2
    assert run_papertally(home_copy, "check").returncode == 0
    assert run_papertally(home_copy, "publish").returncode == 0
    second = (home_copy / "current.duckdb").resolve()
    assert second != first
    assert run_papertally(home_copy, "rollback").returncode == 0
    assert (home_copy / "current.duckdb").resolve() == first
    assert second.is_file()
    assert run_papertally(home_copy, "rollback", second.stem).returncode == 0
    assert (home_copy / "current.duckdb").resolve() == second
    history = (home_copy / "publications.jsonl").read_text().splitlines()
    actions = [json.loads(line)["action"] for line in history]
    assert actions == ["publish", "publish", "rollback", "rollback"]


def test_a_name_that_fits_none_is_said_with_those_that_are_kept(published_home: Path) -> None:
    settings = load_settings({"PAPERTALLY_HOME": str(published_home)})
    (kept,) = list_snapshots(settings)
    with pytest.raises(UsageError, match=str(kept.snapshot_id)):
        find_snapshot(settings, "nothing-like-it")
    assert find_snapshot(settings, str(kept.snapshot_id)[:8]) == kept
