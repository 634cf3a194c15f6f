"""The functions that the models call, as Arrow functions of a Spark session.

The engine's searches are the same code as in DuckDB. Functions of DuckDB that Spark lacks, or
reads in another way, are asked of DuckDB itself, batch by batch, so both targets agree.
"""

import json
from collections.abc import Callable
from functools import cache
from pathlib import PurePosixPath
from typing import Any, Final

import duckdb
import pyarrow as pa
import pyarrow.fs as pafs
from pyspark.sql import SparkSession
from pyspark.sql.functions import arrow_udf

from ingest.dates import DATE_MACROS
from matching.arrow import COMPANIES, MENTIONS, OCCURRENCES
from matching.companies import find_companies
from matching.engine import find_mentions
from matching.occurrences import find_definitions
from matching.vocabulary import Alias, Cue, Vocabulary, compile_vocabulary, vocabulary_key
from papertally.building.arrow_types import spark_type
from papertally.spark.components import component_labels

LABELS: Final = "array<struct<node:string,label:string>>"

ASKED_OF_DUCKDB: Final = {
    "strip_accents": ("strip_accents(x0)", "string"),
    "nfc_normalize": ("nfc_normalize(x0)", "string"),
    "regexp_escape": ("regexp_escape(x0)", "string"),
    "url_decode": ("try(url_decode(x0))", "string"),
    "stable_number": ("(md5_number_lower(x0) >> 1)::bigint", "int64"),
    "lgamma": ("lgamma(x0)", "double"),
    "raw_iso_date": ("raw.iso_date(x0)", "string"),
    "raw_first_day": ("raw.first_day(x0)", "date"),
    "raw_last_day": ("raw.last_day(x0, x1)", "date"),
}
"""Name in Spark: how DuckDB says it, and its type."""

ArrowFunction = Callable[..., Any]


def register_functions(spark: SparkSession, vocabularies: str) -> None:
    """Register every function that the models call.

    Args:
        spark: the session.
        vocabularies: folder, as a path or URI that every executor reaches, in which compiled
            vocabularies wait for the executors under their keys.
    """

    def compiled(aliases: pa.Array, cues: pa.Array) -> pa.Array:
        return _keep_vocabularies(vocabularies, aliases, cues)

    def mentions(texts: pa.Array, keys: pa.Array) -> pa.Array:
        if not len(texts):
            return find_mentions(texts, compile_vocabulary([], []))
        return find_mentions(texts, _kept_vocabulary(vocabularies, keys[0].as_py()))

    def definitions(titles: pa.Array, abstracts: pa.Array) -> pa.Array:
        return find_definitions(titles, abstracts)

    def companies(texts: pa.Array) -> pa.Array:
        return find_companies(texts)

    def labels(edges: pa.Array) -> pa.Array:
        return component_labels(edges)

    functions: dict[str, tuple[ArrowFunction, str]] = {
        "compile_vocabulary": (compiled, "string"),
        "find_mentions": (mentions, spark_type(MENTIONS)),
        "find_definitions": (definitions, spark_type(OCCURRENCES)),
        "find_companies": (companies, spark_type(COMPANIES)),
        "component_labels": (labels, LABELS),
    }
    for name, (expression, result) in ASKED_OF_DUCKDB.items():
        kind = "bigint" if result == "int64" else result
        functions[name] = (_asks_duckdb(expression, result), kind)
    for name, (function, result) in functions.items():
        spark.udf.register(name, arrow_udf(function, result))


def _keep_vocabularies(folder: str, aliases: pa.Array, cues: pa.Array) -> pa.Array:
    keys: list[str] = []
    for alias_rows, cue_rows in zip(aliases.to_pylist(), cues.to_pylist(), strict=True):
        rows = {"aliases": alias_rows or [], "cues": cue_rows or []}
        key = vocabulary_key(*_listed(rows))
        files, path = pafs.FileSystem.from_uri(folder)
        with files.open_output_stream(str(PurePosixPath(path) / key)) as stream:
            stream.write(json.dumps(rows).encode())
        keys.append(key)
    return pa.array(keys, pa.string())


@cache
def _kept_vocabulary(folder: str, key: str) -> Vocabulary:
    files, path = pafs.FileSystem.from_uri(folder)
    with files.open_input_stream(str(PurePosixPath(path) / key)) as stream:
        return compile_vocabulary(*_listed(json.loads(stream.read())))


def _listed(rows: dict[str, list[dict[str, Any]]]) -> tuple[list[Alias], list[Cue]]:
    return [Alias(**row) for row in rows["aliases"]], [Cue(**row) for row in rows["cues"]]


@cache
def _duckdb() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute("set threads = 1")
    con.execute(DATE_MACROS)
    return con


def _asks_duckdb(expression: str, result: str) -> ArrowFunction:
    kind = pa.date32() if result == "date" else pa.type_for_alias(result)

    def one(x0: pa.Array) -> pa.Array:
        return _asked(expression, {"x0": x0}, kind)

    def two(x0: pa.Array, x1: pa.Array) -> pa.Array:
        return _asked(expression, {"x0": x0, "x1": x1}, kind)

    return two if "x1" in expression else one


def _asked(expression: str, columns: dict[str, pa.Array], kind: pa.DataType) -> pa.Array:
    con = _duckdb()
    con.register("batch", pa.table(columns))
    answer = con.sql(f"select {expression} from batch").to_arrow_table()
    return answer.column(0).combine_chunks().cast(kind)
