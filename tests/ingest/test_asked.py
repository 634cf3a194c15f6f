"""What was asked for is kept with what came, where a manifest says so of these bytes."""

import json
from pathlib import Path

import pytest

from ingest.asked import query_of
from ingest.fetch.store import MANIFEST

BODY = "a" * 64


def _noted(**entry: object) -> str:
    return json.dumps({"file": "page.json", "sha256": BODY, "url": "https://one/?q=a", **entry})


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([_noted()], "https://one/?q=a"),
        ([_noted(), _noted(url="https://two/")], "https://two/"),
        (["{half a li", _noted(), "[]"], "https://one/?q=a"),
        ([_noted(file="other.json")], None),
        ([_noted(sha256="b" * 64)], None),
        ([_noted(url=None)], None),
        ([], None),
    ],
)
def test_the_last_line_about_the_bytes_counts(tmp_path: Path, lines, expected):
    (tmp_path / MANIFEST).write_text("\n".join(lines))
    assert query_of(tmp_path / "page.json", BODY) == expected


def test_another_line_that_is_no_text_hides_nothing(tmp_path: Path):
    (tmp_path / MANIFEST).write_bytes(b'{"file": "caf\xe9.json"}\n' + _noted().encode())
    assert query_of(tmp_path / "page.json", BODY) == "https://one/?q=a"


def test_without_a_manifest_nothing_is_known(tmp_path: Path):
    assert query_of(tmp_path / "page.json", BODY) is None
    assert query_of(tmp_path / "gone" / "page.json", BODY) is None
