"""Damaged and lost files: each is named, and there is a way back."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from papertally.errors import PapertallyError
from papertally.pipeline.build import build
from papertally.pipeline.runs import new_run_id
from papertally.publishing.backup import restore_build_file
from papertally.publishing.publish import mark_checked, publish
from papertally.publishing.snapshots import list_snapshots, roll_back
from papertally.reading.query import run_query
from papertally.warehouse.history import versions
from tests.papertally.faults import counts, settings_of


def marts(path: Path) -> list[list[tuple[Any, ...]]]:
    """Return every row of the tables that all others are counted from."""
    with duckdb.connect(path, read_only=True) as con:
        return [
            con.sql(f"from marts.{name} order by all").fetchall()
            for name in ("fct_mentions", "entity_counts", "entity_month_counts")
        ]


def test_a_damaged_build_file_is_named_and_the_published_one_restores_it(home_copy: Path) -> None:
    build_file = home_copy / "build" / "warehouse.duckdb"
    wanted = marts(build_file)
    content = bytearray(build_file.read_bytes())
    content[5000] ^= 1  # in a header, which has a checksum
    settings = settings_of(home_copy)
    for damage in (bytes(content), b""):
        build_file.write_bytes(damage)
        for change in (
            lambda: build(settings, "run"),
            lambda: mark_checked(settings, "r"),
        ):
            with pytest.raises(PapertallyError, match="papertally restore"):
                change()
        assert build_file.read_bytes() == damage
        aside = restore_build_file(settings)
        assert aside is not None
        assert (aside / "warehouse.duckdb").read_bytes() == damage
    build_file.unlink()
    with pytest.raises(PapertallyError, match="papertally restore"):
        mark_checked(settings_of(home_copy), "a-run")
    restore_build_file(settings_of(home_copy))
    assert marts(build_file) == wanted


def test_a_lost_pointer_is_said_and_rollback_sets_it(home_copy: Path) -> None:
    settings = settings_of(home_copy)
    pointer, target = settings.current, settings.current.readlink()
    for wrong in ("versions/gone.duckdb", "current.duckdb", None):
        pointer.unlink()
        if wrong:
            pointer.symlink_to(wrong)
        with pytest.raises(PapertallyError, match="papertally rollback"):
            run_query(settings, "select 1")
        roll_back(settings, "previous")
        assert pointer.readlink() == target


def test_a_damaged_version_is_marked_and_never_rolled_back_to(
    home_copy: Path, pass_gate: Callable[[Path], None]
) -> None:
    settings = settings_of(home_copy)
    for _ in range(2):
        pass_gate(home_copy)
        publish(settings)
    *_, middle, _ = sorted(settings.versions_dir.iterdir())
    middle.chmod(0o644)
    content = bytearray(middle.read_bytes())
    content[len(content) // 2] ^= 1  # it still opens
    middle.write_bytes(content)
    with pytest.raises(PapertallyError, match=f"{middle} is damaged"):
        roll_back(settings, "previous")
    middle.write_bytes(b"nothing of it is left")
    assert [kept.is_readable for kept in list_snapshots(settings)] == [True, False, True]
    roll_back(settings, "previous")
    assert counts(home_copy)[0] == 224


def test_a_damaged_history_stays_as_it_is_and_goes_on(
    home_copy: Path, pass_gate: Callable[[Path], None]
) -> None:
    history = home_copy / "publications.jsonl"
    damaged = history.read_bytes()[:-20] + b"\xff\x00"
    history.write_bytes(damaged)
    pass_gate(home_copy)
    publish(settings_of(home_copy))
    lines = history.read_bytes().split(b"\n")
    assert lines[0] == damaged
    assert [json.loads(line)["action"] for line in lines[1:-1]] == ["found", "publish"]


def test_after_a_clock_that_was_set_back_the_newest_is_still_the_newest(
    home_copy: Path, pass_gate: Callable[[Path], None]
) -> None:
    settings = settings_of(home_copy)
    pass_gate(home_copy)
    publish(settings)
    late = home_copy / "versions" / "warehouse-20990101T000000Z-abcdef.duckdb"
    newest = versions(settings)[0]
    shutil.copyfile(newest, late)
    assert versions(settings)[0] == newest  # the history says so, not the name
    assert f"warehouse-{new_run_id(settings)}" > late.stem
