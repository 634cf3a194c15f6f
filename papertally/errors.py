"""Errors for people: what was wrong, where, what to do next."""

import errno
from typing import Final

FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
REFUSED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
DAMAGED: Final = ("checksum", "Corrupt", "Could not read", "not a valid DuckDB")
UNCHANGED: Final = "Readers still see what they saw before."

PUBLISH_ANEW: Final = "papertally build && papertally check && papertally publish"
"""What counts the papers that were read once more; `run` without files would add the samples."""


class PapertallyError(Exception):
    """A run that cannot go on. Readers still see what they saw before.

    Attributes:
        exit_code: 1 where data or build failed, 2 where the call has to be changed.
    """

    exit_code = 1


class UsageError(PapertallyError):
    """The call, a setting or a query has to be changed."""

    exit_code = 2


def in_words(error: Exception) -> str | None:
    """Return what the machine refused, and what to do; None for what is a fault of ours."""
    if isinstance(error, OSError):
        where, what = error.filename2 or error.filename or "a file", error.strerror
        if error.errno in FULL:
            return f"{where}: {what}. Make room and run the command again. {UNCHANGED}"
        if error.errno in REFUSED:
            return f"{where}: {what}. Set its permissions and run the command again. {UNCHANGED}"
        return f"{where}: {what}. {UNCHANGED}" if error.errno else None
    if type(error).__module__.lstrip("_").split(".")[0] != "duckdb":
        return None
    if foreign := of_another_version(error):
        return (
            f"The file that is asked cannot be used: {foreign}. Build it anew: papertally build, "
            "then papertally check and papertally publish"
        )
    return f"DuckDB stopped: {error}\n{advice_on(str(error))} {UNCHANGED}"


def of_another_version(error: Exception) -> str | None:
    """Return why a file that lacks what is asked of it lacks that; None for another error.

    Every text that a person can ask with is a parameter, so a table or column that is missing
    is one that this version has.
    """
    if type(error).__name__ not in {"CatalogException", "BinderException"}:
        return None
    said = str(error).splitlines()[0]
    return f"another version of Papertally wrote it, and this one misses something ({said})"


def advice_on(said: str) -> str:
    """Return what to do about a failure that DuckDB reports; empty where only it knows."""
    if "No space left" in said or "File too large" in said:
        return "Make room and run the command again."
    if "Out of Memory" in said:
        return "Set PAPERTALLY_MEMORY_LIMIT, close other programs, and run the command again."
    if "Permission denied" in said or "Read-only file system" in said:
        return "Set the permissions of the file and run the command again."
    if any(words in said for words in DAMAGED):
        return "The file is damaged. Put the published one in its place: papertally restore."
    return ""
