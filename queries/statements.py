"""A query with its bound values, which can be run, and shown as SQL that anybody can run."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import duckdb
import polars as pl

from papertally.literals import literal

_PLACE: Final = re.compile(r"\$([a-z_]+)")


@dataclass(frozen=True)
class Statement:
    """SQL with named places, and the values that stand in them."""

    sql: str
    values: Mapping[str, object] = field(default_factory=dict[str, object])

    def run(self, con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
        """Return its rows."""
        # Named places that a statement does not have are an error in DuckDB.
        used = set(_PLACE.findall(self.sql))
        values = {name: value for name, value in self.values.items() if name in used}
        return con.sql(self.sql, params=values or None).pl()

    def written_out(self) -> str:
        """Return the SQL with every value in its place, for readers to run elsewhere."""
        # The layout is tidied first: values hold line breaks of their own.
        lines = [line.rstrip() for line in self.sql.strip("\n").split("\n")]
        indents = [len(line) - len(line.lstrip()) for line in lines if line]
        text = "\n".join(line[min(indents, default=0) :] for line in lines).strip()
        return _PLACE.sub(lambda found: literal(self.values[found[1]]), text)
