"""What a fetched file answers to: the request that `papertally fetch` noted beside it."""

import json
from pathlib import Path
from typing import cast

from ingest.fetch.store import MANIFEST


def query_of(path: Path, source_sha256: str) -> str | None:
    """Return what was asked of a provider for these bytes; None where no manifest says so."""
    try:
        lines = path.with_name(MANIFEST).read_text(encoding="utf-8", errors="replace").splitlines()
    except (OSError, ValueError):  # none, or a member of an archive
        return None
    for line in reversed(lines):
        try:
            noted: object = json.loads(line)
        except ValueError:
            continue
        if not isinstance(noted, dict):
            continue
        entry = cast("dict[str, object]", noted)
        if (entry.get("file"), entry.get("sha256")) == (path.name, source_sha256):
            return str(entry["url"]) if entry.get("url") else None
    return None
