"""No name leads out of its folder, and no secret into a file or a message."""

import json
import zipfile
from pathlib import Path

import pytest

from ingest.fetch.errors import FetchUsage
from ingest.fetch.settings import load_fetch_settings
from ingest.fetch.store import MANIFEST, Store
from ingest.formats.archives import find_member
from papertally.errors import UsageError
from papertally.pipeline.inputs import find_inputs
from papertally.publishing.snapshots import find_snapshot
from papertally.reading.export import export
from papertally.report.page import write_report
from papertally.settings import Settings, load_settings
from tests.trust.conftest import SECRETS

NAMES = ["../../x", "/etc/passwd", "..", "a/../../b", "current.duckdb/../../x", "*", "\x00"]


@pytest.fixture
def settings(published_home: Path) -> Settings:
    return load_settings({"PAPERTALLY_HOME": str(published_home)})


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_looks_like_a_path_is_no_path(settings, tmp_path, name):
    with pytest.raises(UsageError):
        find_snapshot(settings, name)
    with pytest.raises(UsageError):
        export(settings, tmp_path / "out", [name], "csv")
    with pytest.raises(UsageError):
        write_report(settings, tmp_path / "out", name)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == []


def test_members_of_an_archive_are_names_and_are_written_nowhere(tmp_path):
    paper = json.dumps({"paper_id": "1", "title": "T", "abstract": "BERT"}) + "\n"
    outer = tmp_path / "outer"
    outer.mkdir()
    with zipfile.ZipFile(outer / "papers.zip", "w") as archive:
        for member in ("../../escaped.jsonl", "/abs.jsonl", "..\\windows.jsonl"):
            archive.writestr(member, paper)
    inputs, _ = find_inputs([outer / "papers.zip"], None, "../../x")
    read = [find_member(source.path) for source in inputs]
    assert [member and member[0].read().decode() for member in read] == [paper] * 3
    assert len(inputs) == 3
    assert [path for path in tmp_path.rglob("*") if path.suffix == ".jsonl"] == []
    assert {path.name for path in tmp_path.iterdir()} == {"outer"}
    assert {path.name for path in outer.iterdir()} == {"papers.zip"}


def test_a_manifest_cannot_name_a_file_elsewhere(tmp_path):
    precious = tmp_path / "precious.0001.json"
    precious.write_text("keep")
    folder = tmp_path / "provider"
    folder.mkdir()
    entry = dict.fromkeys(("url", "fetched_at", "checked_at", "sha256", "content_type"), "x")
    numbers = {"byte_count": 1, "record_count": 1, "etag": None, "last_modified": None}
    line = json.dumps(entry | numbers | {"file": "../precious.0001.json"})
    (folder / MANIFEST).write_text(line + "\n")
    store = Store(folder, ".json")
    store.end("../precious", 0)  # the listing is shorter now: what lies behind it goes
    assert precious.read_text() == "keep"


def test_no_file_of_a_run_holds_a_secret(hostile_home):
    planted = [value.encode() for value in (*SECRETS.values(), "password-5b1f", "planted-5b1f")]
    held = [
        (path.name, secret)
        for path in hostile_home.rglob("*")
        if path.is_file()
        for secret in planted
        if secret in path.read_bytes()
    ]
    assert held == []


def test_settings_show_no_secret():
    shown = repr(load_fetch_settings(SECRETS))
    assert "5b1f" not in shown
    with pytest.raises(FetchUsage) as refused:
        load_fetch_settings({"PAPERTALLY_HF_URL": "http://someone:planted-5b1f@127.0.0.1"})
    assert "5b1f" not in str(refused.value)
