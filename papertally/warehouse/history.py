"""The history of what readers were pointed to: JSON Lines, only ever appended to."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal, cast

from papertally.settings import Settings

Action = Literal["publish", "rollback", "restore", "found"]
"""`found` stands for a switch that was made, but whose line a killed run did not write."""

PREFIX: Final = "warehouse-"


def now() -> str:
    """Return the time as the history writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def append(settings: Settings, action: Action, version: Path, digest: str | None = None) -> None:
    """Add a line and see that it is on disk; what stands there stays, damaged or not."""
    entry = {
        "at": now(),
        "action": action,
        "version": version.name,
        "digest": digest,
    }
    with settings.publications.open("a+b") as file:
        is_cut = file.seek(0, os.SEEK_END) > 0
        if is_cut:
            file.seek(-1, os.SEEK_END)
            is_cut = file.read(1) != b"\n"
        file.write(b"\n" * is_cut + json.dumps(entry).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def entries(settings: Settings) -> list[dict[str, Any]]:
    """Return the lines that can be read, oldest first; a damaged line is passed over."""
    found: list[dict[str, Any]] = []
    for line in _text(settings).splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if isinstance(entry, dict) and isinstance(cast("Any", entry).get("version"), str):
            found.append(cast("dict[str, Any]", entry))
    return found


def append_missing(settings: Settings, current: Path | None) -> None:
    """Add the line of a switch that a killed run made without writing it."""
    last = entries(settings)[-1:]
    if current is not None and [entry["version"] for entry in last] != [current.name]:
        append(settings, "found", current, digest_of(settings, current.name))


def digest_of(settings: Settings, name: str) -> str | None:
    """Return the digest that a version was published with; None where none was noted."""
    noted = [entry.get("digest") for entry in entries(settings) if entry["version"] == name]
    return next((digest for digest in reversed(noted) if digest), None)


def versions(settings: Settings) -> list[Path]:
    """Return the published files, newest first.

    Their order is that of the history, so that a clock that was set back does not turn it
    around. Files that it does not name come last, by their names.
    """
    text = _text(settings)
    return sorted(
        settings.versions_dir.glob(f"{PREFIX}*.duckdb"),
        key=lambda path: (text.find(path.name), path.name),
        reverse=True,
    )


def _text(settings: Settings) -> str:
    try:
        return settings.publications.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ""
