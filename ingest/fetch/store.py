"""Raw responses on disk: whole or not there, with a manifest that says where each came from."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from ingest.fetch.errors import FetchError

MANIFEST: Final = "manifest.jsonl"
PARTIAL: Final = ".partial"
EMPTY: Final = ".empty"
"""Behind the name of a response without records, so that `*.json` finds only what can be read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One response, as its line in the manifest says.

    Attributes:
        file: its name within the folder.
        url: what was asked, without secrets.
        fetched_at: when it came.
        checked_at: when the provider last said that it is unchanged, or when it came.
        etag: what the provider called this state of it.
        last_modified: likewise.
    """

    file: str
    url: str
    fetched_at: str
    checked_at: str
    sha256: str
    byte_count: int
    record_count: int
    content_type: str
    etag: str | None
    last_modified: str | None

    @property
    def checked(self) -> datetime:
        """When the response was last known to be current."""
        return datetime.fromisoformat(self.checked_at)


class Store:
    """The responses of one provider.

    The manifest is only ever appended to, and the last line about a file counts. A response
    counts when its line is there and its bytes have the hash that the line states, so neither a
    kill nor a damaged disk makes half a response look whole.
    """

    def __init__(self, folder: Path, suffix: str) -> None:
        self.folder = folder
        self._suffix = suffix
        self._entries: dict[str, Entry] = {}
        self._read_manifest()

    def path(self, entry: Entry) -> Path:
        """Return where a response lies."""
        return self.folder / entry.file

    def find(self, listing: str, number: int, url: str) -> tuple[Entry, bytes] | None:
        """Return the response to a request and its bytes, if it is here, whole and undamaged."""
        entry = self._entries.get(_key(listing, number))
        if entry is None or entry.url != url:
            return None
        try:
            body = self.path(entry).read_bytes()
        except OSError:
            return None
        return (entry, body) if hashlib.sha256(body).hexdigest() == entry.sha256 else None

    def keep(self, listing: str, number: int, body: bytes, entry: Entry) -> Entry:
        """Write a response, then its line in the manifest; `entry` lacks what the bytes say.

        Raises:
            FetchError: the disk refuses.
        """
        name = _key(listing, number) + self._suffix + ("" if entry.record_count else EMPTY)
        entry = replace(
            entry, file=name, sha256=hashlib.sha256(body).hexdigest(), byte_count=len(body)
        )
        target = self.path(entry)
        partial = target.with_name(name + PARTIAL)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with partial.open("wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(target)
            self._append(entry)
        except OSError as error:
            raise FetchError(f"{target}: cannot be written ({error.strerror}).") from error
        known = self._entries.get(_key(listing, number))
        if known is not None and known.file != name:  # it was empty and is no longer, or back
            self.path(known).unlink(missing_ok=True)
        self._entries[_key(listing, number)] = entry
        return entry

    def confirm(self, entry: Entry, checked_at: str) -> Entry:
        """Note that the provider said: unchanged."""
        entry = replace(entry, checked_at=checked_at)
        self._append(entry)
        self._entries[_key_of(entry.file)] = entry
        return entry

    def end(self, listing: str, count: int) -> None:
        """Remove what an earlier, longer state of the listing left behind its last response."""
        number = count + 1
        while (entry := self._entries.pop(_key(listing, number), None)) is not None:
            self.path(entry).unlink(missing_ok=True)
            number += 1

    def clean(self) -> None:
        """Remove what a killed fetch left half written."""
        for partial in self.folder.glob(f"*{PARTIAL}"):
            partial.unlink()
        manifest = self.folder / MANIFEST
        if manifest.exists() and not manifest.read_bytes().endswith(b"\n"):
            with manifest.open("ab") as file:
                file.write(b"\n")

    def _append(self, entry: Entry) -> None:
        with (self.folder / MANIFEST).open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(entry)) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def _read_manifest(self) -> None:
        path = self.folder / MANIFEST
        if not path.exists():
            return
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                entry = Entry(**json.loads(line))
            except (ValueError, TypeError):
                continue  # cut short by a kill; its response is asked for again
            if Path(entry.file).name != entry.file:
                continue  # not of our writing: what it names would be read, and removed, elsewhere
            self._entries[_key_of(entry.file)] = entry


def _key(listing: str, number: int) -> str:
    return f"{listing}.{number:04}"


def _key_of(file: str) -> str:
    listing, number = file.removesuffix(EMPTY).rsplit(".", 2)[:2]
    return f"{listing}.{number}"
