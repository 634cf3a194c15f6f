"""What dbt's connection gets beyond plain SQL: the raw tables and the matching engine."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, cast

import duckdb
from dbt.adapters.duckdb.credentials import DuckDBCredentials
from dbt.adapters.duckdb.plugins import BasePlugin
from duckdb.func import FunctionNullHandling, PythonUDFType

from ingest.tables import create_raw_tables
from matching.arrow import COMPANIES, MENTIONS, OCCURRENCES, ArrowArray, string_array
from matching.pool import Matcher
from matching.vocabulary import Alias, Cue
from papertally.building.arrow_types import duckdb_type
from papertally.building.built import LAST_BUILD
from papertally.building.extraction import engine_key
from papertally.settings import load_settings
from papertally.warehouse.quality_tables import create_quality_tables

ALIASES: Final = (
    "struct(alias_id bigint, alias varchar, entity_type varchar,"
    " case_rule varchar, ambiguity varchar)[]"
)
CUES: Final = "struct(cue varchar, entity_type varchar, position varchar)[]"

Rows = list[dict[str, Any]]


class Plugin(BasePlugin):
    """Its module is named in profiles.yml; dbt-duckdb looks for this class name in it."""

    def initialize(self, plugin_config: dict[str, Any]) -> None:
        """Make the folder of the build file, so that `dbt build` works in a fresh clone."""
        del plugin_config
        if isinstance(self.creds, DuckDBCredentials) and self.creds.path != ":memory:":
            Path(self.creds.path).parent.mkdir(parents=True, exist_ok=True)

    def configure_connection(self, conn: duckdb.DuckDBPyConnection) -> None:
        """Prepare the database and register the functions that the models call."""
        create_raw_tables(conn)
        create_quality_tables(conn)
        conn.execute(LAST_BUILD)
        register_matching(conn, Matcher(processes=load_settings().threads))


def register_matching(con: duckdb.DuckDBPyConnection, matcher: Matcher) -> None:
    """Register `compile_vocabulary`, `find_mentions` and the two other searches as Arrow functions.

    `compile_vocabulary(aliases, cues)` compiles a vocabulary in this process and returns
    its key; `find_mentions(text, key)` looks for it. Two functions, because the automaton
    must be built once and not once a batch, while the vocabulary stays a table that SQL,
    and a unit test, can supply.
    """

    def compile_from_rows(aliases: ArrowArray, cues: ArrowArray) -> ArrowArray:
        keys: list[str] = []
        rows = zip(aliases.to_pylist(), cues.to_pylist(), strict=True)
        for alias_rows, cue_rows in cast("Iterable[tuple[Rows | None, Rows | None]]", rows):
            listed = [Alias(**row) for row in alias_rows or []]
            keys.append(matcher.compile(listed, [Cue(**row) for row in cue_rows or []]))
        return string_array(keys)

    def find(texts: ArrowArray, keys: ArrowArray) -> ArrowArray:
        return matcher.mentions(texts, keys[0].as_py())

    def may_differ(texts: ArrowArray, old_keys: ArrowArray, new_keys: ArrowArray) -> ArrowArray:
        return matcher.may_differ(texts, old_keys[0].as_py(), new_keys[0].as_py())

    for name, function, parameters, result in (
        ("compile_vocabulary", compile_from_rows, (ALIASES, CUES), "varchar"),
        ("find_mentions", find, ("varchar", "varchar"), duckdb_type(MENTIONS)),
        ("may_differ", may_differ, ("varchar", "varchar", "varchar"), "boolean"),
        ("find_definitions", matcher.definitions, ("varchar", "varchar"), duckdb_type(OCCURRENCES)),
        ("find_companies", matcher.companies, ("varchar",), duckdb_type(COMPANIES)),
    ):
        con.create_function(  # pyright: ignore[reportUnknownMemberType]
            name,
            function,
            [duckdb.sqltype(parameter) for parameter in parameters],
            duckdb.sqltype(result),
            type=PythonUDFType.ARROW,
            null_handling=FunctionNullHandling.SPECIAL,
        )
    con.create_function(  # pyright: ignore[reportUnknownMemberType]
        "engine_key", engine_key, [], duckdb.sqltype("varchar"), side_effects=False
    )
