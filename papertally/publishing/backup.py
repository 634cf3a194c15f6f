"""A backup of everything that cannot be made again, and the way back from it."""

import json
import os
from pathlib import Path
from typing import Any, Final

import duckdb

from papertally import __version__
from papertally.errors import PapertallyError, UsageError
from papertally.files import READ_ONLY, copy_whole, digest, sync_folder, write_whole
from papertally.publishing.publish import clean_up, mark_unchecked, point_to
from papertally.settings import Settings
from papertally.warehouse import history
from papertally.warehouse.build_file import build_connection
from papertally.warehouse.layout import refuse_newer
from papertally.warehouse.published_file import current_file, published_file

MANIFEST: Final = "backup.json"
BUILD: Final = "build/warehouse.duckdb"
WRITABLE: Final = 0o644


def back_up(settings: Settings, folder: Path) -> dict[str, Any]:
    """Copy the build file, the published files and the history into a new folder.

    The manifest is written last, so a folder without one is no backup.

    Raises:
        UsageError: there is something in the folder already, or nothing to back up.
    """
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty. Name a new folder for each backup.")
    if not settings.build_file.exists() and not history.versions(settings):
        raise UsageError(f"There is nothing to back up in {settings.home}.")
    sources: dict[str, Path] = {}
    if settings.build_file.exists():
        with build_connection(settings) as con:
            con.execute("checkpoint")
        sources[BUILD] = settings.build_file
    sources |= {f"versions/{path.name}": path for path in history.versions(settings)}
    if settings.publications.exists():
        sources[settings.publications.name] = settings.publications
    digests: dict[str, str | None] = {}
    for name, path in sources.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        digests[name] = copy_whole(path, folder / name, mode=READ_ONLY)
    current = published_file(settings)
    manifest = {
        "papertally_version": __version__,
        "made_at": history.now(),
        "current": f"versions/{current.name}" if current else None,
        "files": digests,
    }
    text = f"{json.dumps(manifest, indent=2)}\n"
    write_whole(folder / MANIFEST, lambda path: path.write_text(text))
    return manifest


def restore(settings: Settings, folder: Path) -> Path | None:
    """Bring a home to what a backup holds; return the folder of what was set aside, if any.

    Every file is checked before the first is touched. A build file that is replaced is set
    aside; published files and the history of the home stay.

    Raises:
        UsageError: the folder is no backup.
        PapertallyError: the backup is damaged, or newer than this program.
    """
    manifest = _manifest(folder)
    digests: dict[str, str] = manifest["files"]
    for name, expected in digests.items():
        path = folder / name
        if not path.is_file() or digest(path) != expected:
            state = "damaged" if path.is_file() else "missing"
            raise PapertallyError(f"{path} is {state}; nothing was restored. Use another backup.")
        if name.endswith(".duckdb"):
            _refuse_unusable(path)
    clean_up(settings)
    settings.versions_dir.mkdir(parents=True, exist_ok=True)
    for name, expected in digests.items():
        target = settings.home / name
        if name.startswith("versions/") and not (target.exists() and digest(target) == expected):
            copy_whole(folder / name, target, expected)
        elif name == settings.publications.name and not target.exists():
            copy_whole(folder / name, target, expected, WRITABLE)
    aside = None
    if BUILD in digests:
        aside = _replace_build_file(settings, folder / BUILD, digests[BUILD])
    if manifest["current"]:
        version = settings.home / manifest["current"]
        point_to(settings, version, "restore", digests[manifest["current"]])
    return aside


def restore_build_file(settings: Settings) -> Path | None:
    """Put the published file in the place of the build file; return what was set aside.

    Raises:
        PapertallyError: nothing is published, or the published file is damaged too.
    """
    source = current_file(settings)
    noted = history.digest_of(settings, source.name)
    if noted and digest(source) != noted:
        raise PapertallyError(
            f"{source} is damaged too; nothing was restored. Point readers to an older one "
            "(papertally rollback) and try again, or use a backup: papertally restore FOLDER"
        )
    _refuse_unusable(source)
    return _replace_build_file(settings, source, noted)


def _replace_build_file(settings: Settings, source: Path, expected: str | None) -> Path | None:
    """Copy a file to the place of the build file; what was there is kept under another name."""
    build_file, wal = settings.build_file, Path(f"{settings.build_file}.wal")
    settings.build_dir.mkdir(parents=True, exist_ok=True)
    mark_unchecked(settings)
    ready = build_file.with_name("restored.partial.duckdb")
    if copy_whole(source, ready, expected, WRITABLE) is None:
        raise PapertallyError(f"{source} changed while it was copied; nothing was restored.")
    aside = None
    if build_file.exists() or wal.exists():
        aside = settings.build_dir / f"set-aside-{history.now().replace(':', '')}"
        aside.mkdir(exist_ok=True)
        for path in (build_file, wal):
            if path.exists():
                _keep_as(path, aside / path.name)
        wal.unlink(missing_ok=True)
    ready.replace(build_file)
    sync_folder(settings.build_dir)
    return aside


def _keep_as(path: Path, other: Path) -> None:
    """Give a file a second name, so that it is there whatever happens to the first."""
    try:
        os.link(path, other)
    except OSError:  # a file system without hard links
        copy_whole(path, other, mode=WRITABLE)


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_text())
        names, _ = dict(manifest["files"]), manifest["current"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{folder} is no whole backup: its {MANIFEST} cannot be read ({error}). "
            "Name a folder that papertally backup wrote."
        ) from None
    known = {BUILD, "publications.jsonl"}
    if manifest["current"] not in {None, *manifest["files"]}:
        raise UsageError(f"{folder} does not hold the file that it calls current.")
    if not all(
        name in known or (name == f"versions/{Path(name).name}" and name.endswith(".duckdb"))
        for name in names
    ):
        raise UsageError(f"{folder} names files that are no part of a backup.")
    return manifest


def _refuse_unusable(path: Path) -> None:
    try:
        with duckdb.connect(path, read_only=True) as con:
            refuse_newer(con, path)
    except duckdb.Error as error:
        raise PapertallyError(f"{path} cannot be read: {error} Nothing was restored.") from error
