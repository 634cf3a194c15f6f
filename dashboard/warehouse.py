"""The published file: where it is, one shared read-only connection, and cached queries on it.

Every rerun resolves the pointer anew, and the caches are keyed on the versioned file it leads to,
so a new publication is followed without a restart.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

import duckdb
import streamlit as st

from papertally.errors import of_another_version

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

POINTER: Final = "current.duckdb"

# What the pages read; a file without these was not published by this version.
_RELATIONS: Final = (
    "marts.corpus_flow",
    "marts.corpus_month_counts",
    "marts.corpus_quarter_counts",
    "marts.corpus_source_counts",
    "marts.corpus_year_counts",
    "marts.dim_entities",
    "marts.dim_papers",
    "marts.entity_change_points",
    "marts.entity_counts",
    "marts.entity_month_counts",
    "marts.entity_paper_methods",
    "marts.entity_papers",
    "marts.entity_quarter_counts",
    "marts.entity_source_counts",
    "marts.entity_spellings",
    "marts.entity_trends",
    "marts.entity_year_counts",
    "marts.fct_mentions",
    "marts.paper_identifiers",
    "marts.paper_provenance",
    "quality.ambiguous_mentions",
    "quality.check_results",
    "quality.dbt_tests",
    "quality.discovered_name_examples",
    "quality.discovered_names",
    "quality.extraction_errors",
    "quality.extraction_scores",
    "quality.loads",
    "quality.rejected_papers",
    "quality.runs",
    "quality.title_links",
    "quality.unread_dates",
)


class UnavailableError(Exception):
    """There is no published file to read, or it cannot be read."""

    def __init__(self, pointer: Path, reason: str, *, is_of_another_version: bool = False) -> None:
        """Keep the pointer that was followed and why it led nowhere (empty: nothing there)."""
        super().__init__(f"{pointer}: {reason or 'not there'}")
        self.pointer = pointer
        self.reason = reason
        self.is_of_another_version = is_of_another_version


@dataclass(frozen=True)
class Snapshot:
    """One published file; a page asks everything of the same one."""

    path: Path

    def read(
        self,
        query: Callable[Concatenate[duckdb.DuckDBPyConnection, Arguments], Result],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        """Return the query's result on this file, from the cache where it was asked before."""
        name = f"{query.__module__}.{query.__qualname__}"
        return _read(str(self.path), name, args, tuple(sorted(kwargs.items())), query)


def home() -> Path:
    """Return the folder that holds everything Papertally writes."""
    return Path(os.environ.get("PAPERTALLY_HOME") or "warehouse")


def published_path() -> Path:
    """Return where the file is that is published now; raise UnavailableError for none."""
    pointer = home() / POINTER
    try:
        return pointer.resolve(strict=True)
    except FileNotFoundError:
        reason = "the pointer leads to a file that is gone" if pointer.is_symlink() else ""
        raise UnavailableError(pointer, reason) from None
    except (OSError, RuntimeError) as error:
        raise UnavailableError(pointer, str(error)) from error


def published() -> Snapshot:
    """Return the file that is published now; raise UnavailableError where it cannot be read."""
    path = published_path()
    try:
        _connection(str(path))
    except duckdb.Error as error:
        raise unreadable(error) from error
    return Snapshot(path)


def unreadable(error: duckdb.Error) -> UnavailableError:
    """Return why the published file cannot be read, in words."""
    other = of_another_version(error)
    return UnavailableError(
        home() / POINTER,
        other or str(error).splitlines()[0],
        is_of_another_version=other is not None,
    )


def open_read_only(path: str) -> duckdb.DuckDBPyConnection:
    """Open a published file and check that the tables that the pages read are in it."""
    con = duckdb.connect(path, read_only=True)
    try:
        for relation in _RELATIONS:
            con.execute(f"select 1 from {relation} limit 0")
    except duckdb.Error:
        con.close()
        raise
    return con


def _close(con: duckdb.DuckDBPyConnection) -> None:
    con.close()


# The file before the current one stays open for the reruns that are still reading it.
@st.cache_resource(max_entries=2, show_spinner=False, on_release=_close)
def _connection(path: str) -> duckdb.DuckDBPyConnection:
    return open_read_only(path)


@st.cache_data(max_entries=1000, show_spinner=False)
def _read(
    path: str,
    name: str,  # noqa: ARG001 (stands for the query in the cache's key)
    args: tuple[Any, ...],
    kwargs: tuple[tuple[str, Any], ...],
    _query: Callable[..., Any],
) -> Any:
    # One cursor a query: a connection that threads share returns wrong results.
    with _connection(path).cursor() as cursor:
        return _query(cursor, *args, **dict(kwargs))
