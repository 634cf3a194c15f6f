"""The published numbers as Polars frames, for notebooks and for the commands."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TypedDict, Unpack

import duckdb
import polars as pl

from papertally.errors import UsageError
from papertally.reading.query import run_query
from papertally.settings import Settings, load_settings
from papertally.warehouse.published_file import published_connection
from queries import lookup, selection, trends
from queries.selection import Selection


class Filter(TypedDict, total=False):
    """What `Selection` takes; see docs/python.md."""

    source_name: str | None
    since: date | None
    until: date | None
    section: str | None
    match_method: str | None
    is_adoption: bool


class Published:
    """A published corpus, read-only; every call reads the file that is published then."""

    def __init__(self, settings: Settings) -> None:
        """Keep where the file is; nothing is opened yet."""
        self.settings = settings

    def top(
        self, entity_type: str | None = None, limit: int = 20, **chosen: Unpack[Filter]
    ) -> pl.DataFrame:
        """Return the names that most papers mention, with the places that they may hold."""
        with self._reading() as con:
            return selection.top(con, Selection(**chosen), entity_type, limit)

    def trends(
        self,
        trend: str = "rising",
        window_name: str = "twelve_months",
        entity_type: str | None = None,
        limit: int = 20,
    ) -> pl.DataFrame:
        """Return rising, falling or new names of the last complete window, as tested."""
        with self._reading() as con:
            return trends.trends(con, trend, window_name, entity_type, limit)

    def trend(
        self,
        name: str,
        grain: str = "month",
        *,
        with_family: bool = False,
        **chosen: Unpack[Filter],
    ) -> pl.DataFrame:
        """Return counts and shares of one name, period by period."""
        return self.compare(name, grain=grain, with_family=with_family, **chosen)

    def compare(
        self,
        *names: str,
        grain: str = "month",
        with_family: bool = False,
        **chosen: Unpack[Filter],
    ) -> pl.DataFrame:
        """Return counts and shares of several names, period by period."""
        with self._reading() as con:
            ids = [resolve(con, name) for name in names]
            return selection.series(con, ids, grain, Selection(**chosen), with_family=with_family)

    def counts(
        self, *names: str, with_family: bool = False, **chosen: Unpack[Filter]
    ) -> pl.DataFrame:
        """Return counts and shares of names over all papers of the filter."""
        with self._reading() as con:
            ids = [resolve(con, name) for name in names]
            return selection.counts(con, ids, Selection(**chosen), with_family=with_family)

    def evidence(
        self,
        name: str,
        limit: int | None = None,
        *,
        with_family: bool = False,
        **chosen: Unpack[Filter],
    ) -> pl.DataFrame:
        """Return the sentences behind a count, one row a mention."""
        with self._reading() as con:
            return selection.evidence(
                con,
                resolve(con, name),
                Selection(**chosen),
                with_family=with_family,
                limit=limit,
            )

    def partners(self, name: str, other_type: str | None = None, limit: int = 20) -> pl.DataFrame:
        """Return the names that papers mention together with a name, by NPMI."""
        with self._reading() as con:
            return trends.partners(con, resolve(con, name), other_type, limit=limit)

    def sql(self, query: str) -> pl.DataFrame:
        """Return the rows of one reading statement."""
        return run_query(self.settings, query)

    @contextmanager
    def _reading(self) -> Generator[duckdb.DuckDBPyConnection]:
        with published_connection(self.settings) as con:
            yield con


def open_published(home: str | PathLike[str] | None = None) -> Published:
    """Return the corpus published below a folder; PAPERTALLY_HOME or ./warehouse by default."""
    settings = load_settings()
    return Published(replace(settings, home=Path(home).absolute()) if home else settings)


def resolve(con: duckdb.DuckDBPyConnection, name: str) -> str:
    """Return the entity_id that a name means, whatever its case, spaces and hyphens.

    A spelling that one entity of the vocabulary has means that one, even where papers also
    define something of the same name themselves.

    Raises:
        UsageError: no entity is called so, or several are.
    """
    found = lookup.candidates(con, name).to_dicts()
    listed = [row for row in found if row["origin"] == "vocabulary"]
    for rows in (found, listed):
        if len(rows) == 1:
            return str(rows[0]["entity_id"])
    if found:
        raise UsageError(f"{name!r} may be any of these; give the id: {_shown(listed or found)}.")
    close = lookup.suggestions(con, name).to_dicts()
    hint = f" Did you mean: {_shown(close)}?" if close else ""
    raise UsageError(f"No name is spelled {name!r}.{hint}")


def _shown(rows: Sequence[dict[str, object]]) -> str:
    return "; ".join(
        f"{row['entity_id']} ({row['entity_name']}, {row['paper_count']:,} papers)"
        for row in rows[:8]
    )
