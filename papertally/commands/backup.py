"""`papertally backup` and `restore`: a copy of everything that cannot be made again, and back."""

from pathlib import Path
from typing import Annotated

import typer

from papertally.settings import load_settings
from papertally.terminal import say


def backup(
    folder: Annotated[Path, typer.Argument(help="A new folder for it.")],
) -> None:
    """Copy the build file, the published files and their history into a new folder."""
    from papertally.lock import pipeline_lock
    from papertally.publishing.backup import back_up

    settings = load_settings()
    with pipeline_lock(settings, "backup", say):
        manifest = back_up(settings, folder.absolute())
    say(f"{len(manifest['files'])} files are backed up. To go back: papertally restore {folder}")


def restore(
    folder: Annotated[
        Path | None,
        typer.Argument(help="A backup; the file that readers see when none is given."),
    ] = None,
) -> None:
    """Bring back what a backup holds; without one, the build file from the published file."""
    from papertally.lock import pipeline_lock
    from papertally.publishing.backup import restore as restore_backup
    from papertally.publishing.backup import restore_build_file

    settings = load_settings()
    with pipeline_lock(settings, "restore", say):
        if folder is None:
            aside = restore_build_file(settings)
        else:
            aside = restore_backup(settings, folder.absolute())
    if aside is not None:
        say(f"The build file that was there is kept in {aside}.")
    say("Restored. What was ingested later is ingested again by: papertally run FILE…")
