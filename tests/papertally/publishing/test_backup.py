"""Backups, the way back from them, and files of other versions."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from ingest.tables import ADDED_COLUMNS
from papertally.cli import main
from papertally.errors import PapertallyError, UsageError
from papertally.publishing.backup import back_up, restore
from papertally.settings import Settings, load_settings
from papertally.warehouse.build_file import build_connection
from papertally.warehouse.layout import LAYOUT, layout_of
from papertally.warehouse.published_file import published_file
from tests.conftest import ROOT, run_papertally


@pytest.fixture
def settings(home_copy: Path) -> Settings:
    return load_settings({"PAPERTALLY_HOME": str(home_copy)})


@pytest.fixture
def backup(settings: Settings, tmp_path: Path) -> Path:
    back_up(settings, tmp_path / "backup")
    return tmp_path / "backup"


def rows(path: Path, table: str) -> list[tuple[object, ...]]:
    with duckdb.connect(path, read_only=True) as con:
        return con.sql(f"from {table} order by all").fetchall()


def test_a_backup_goes_into_a_new_home(settings: Settings, backup: Path, tmp_path: Path) -> None:
    done = run_papertally(tmp_path / "other home", "restore", str(backup))
    assert done.returncode == 0, done.stderr
    other = load_settings({"PAPERTALLY_HOME": str(tmp_path / "other home")})
    for table in ("raw.papers", "raw.loads", "marts.fct_mentions", "quality.runs"):
        assert rows(other.build_file, table) == rows(settings.build_file, table)
        assert rows(other.current.resolve(), table) == rows(settings.current.resolve(), table)
    actions = [json.loads(line)["action"] for line in other.publications.read_text().splitlines()]
    assert actions == ["publish", "restore"]
    with build_connection(other) as con:  # it can be worked on
        con.execute("delete from raw.rejected_papers")


def test_a_backup_mends_a_damaged_home_and_keeps_what_was_there(
    settings: Settings, backup: Path
) -> None:
    wanted = rows(settings.build_file, "raw.papers")
    published = published_file(settings)
    assert published is not None
    settings.build_file.write_bytes(b"damaged")
    published.chmod(0o644)
    published.write_bytes(b"damaged too")
    settings.current.unlink()
    aside = restore(settings, backup)
    assert aside is not None
    assert (aside / "warehouse.duckdb").read_bytes() == b"damaged"
    assert rows(settings.build_file, "raw.papers") == wanted
    assert rows(settings.current.resolve(), "raw.papers") == wanted
    assert not settings.checked_marker.exists()


@pytest.mark.parametrize("fault", ["flipped", "cut", "missing", "manifest"])
def test_a_damaged_backup_is_refused_before_anything_is_touched(
    settings: Settings, backup: Path, fault: str
) -> None:
    path = backup / ("backup.json" if fault == "manifest" else "build/warehouse.duckdb")
    content = bytearray(path.read_bytes())
    path.unlink()
    if fault != "missing":
        if fault == "flipped":
            content[-5000] ^= 1
        path.write_bytes(content if fault == "flipped" else content[:-1000])
    before = settings.build_file.read_bytes(), settings.publications.read_bytes()
    files = sorted(settings.home.rglob("*"))
    with pytest.raises(PapertallyError, match=r" is damaged;| is missing;|no whole backup"):
        restore(settings, backup)
    assert (settings.build_file.read_bytes(), settings.publications.read_bytes()) == before
    assert sorted(settings.home.rglob("*")) == files


def test_a_backup_names_no_file_outside_the_home(settings: Settings, backup: Path) -> None:
    manifest = json.loads((backup / "backup.json").read_text())
    (backup / "evil").write_text("x")
    for name in ("../evil", "versions/../../evil.duckdb", "/evil", "evil"):
        text = json.dumps(manifest | {"files": {name: "x"}, "current": None})
        (backup / "backup.json").write_text(text)
        with pytest.raises(UsageError, match="no part of a backup"):
            restore(settings, backup)


def test_a_folder_with_something_in_it_is_not_written_to(settings: Settings, backup: Path) -> None:
    with pytest.raises(UsageError, match="not empty"):
        back_up(settings, backup)


def test_raw_tables_of_an_earlier_version_are_copied_before_they_change(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with duckdb.connect(settings.build_file) as con:
        con.execute("drop schema staging cascade")
        for column in ADDED_COLUMNS:
            con.execute(f"alter table raw.papers drop column {column}")
        con.execute("comment on table raw.papers is null")
        assert layout_of(con) == 1
    wanted = rows(settings.build_file, "raw.papers")
    with build_connection(settings) as con:
        assert layout_of(con) == LAYOUT
        assert con.sql("select count(*), count(authors) from raw.papers").fetchall() == [(224, 0)]
    said = capsys.readouterr().err
    kept = Path(said.split("it is kept: ")[1].strip())
    assert rows(kept, "raw.papers") == wanted
    with build_connection(settings):
        assert capsys.readouterr().err == ""


def test_a_file_of_a_newer_version_is_left_alone(settings: Settings, backup: Path) -> None:
    with duckdb.connect(settings.build_file) as con:
        con.execute(f"comment on table raw.papers is 'Papertally, layout {LAYOUT + 1}'")
    before = settings.build_file.read_bytes()
    for command in (["ingest"], ["build"]):
        done = run_papertally(settings.home, *command)
        assert done.returncode == 1
        assert "written by a newer Papertally" in done.stderr
    assert settings.build_file.read_bytes() == before
    shutil.rmtree(backup)
    with pytest.raises(PapertallyError, match="newer Papertally"):
        back_up(settings, backup)


def test_a_published_file_of_an_earlier_version_is_said_and_can_be_asked(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = settings.current.resolve()
    file.chmod(0o644)
    with duckdb.connect(file) as con:
        for table in ("corpus_quarter_counts", "corpus_month_counts"):
            con.execute(f"alter table marts.{table} drop is_complete")
    monkeypatch.setenv("PAPERTALLY_HOME", str(settings.home))
    for arguments, code, words in (
        (["compare", "BERT"], 1, "another version of Papertally wrote it"),
        (["status"], 0, str(file)),
        (["query", "select count(*) from marts.dim_papers"], 0, "224"),
    ):
        monkeypatch.setattr("sys.argv", ["papertally", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == code
        assert words in "".join(capsys.readouterr())
    page = AppTest.from_file(ROOT / "dashboard" / "streamlit_app.py", default_timeout=60)
    page.session_state["months"] = True  # the part of the Overview that reads what is missing
    page.run()
    assert page.title[-1].value == "The published file is of another version"
    assert not page.exception
