"""A Spark session over the lake: raw tables and vocabulary to read, databases to build in."""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from pyspark.sql import SparkSession

from papertally.settings import PROJECT_ROOT, Settings
from papertally.spark.functions import register_functions
from papertally.spark.store import Store
from papertally.warehouse.lake import write_vocabulary

SETTINGS: Final = {
    # tables are plain Parquet folders that anything can read
    "spark.sql.sources.default": "parquet",
    "spark.sql.legacy.createHiveTableByDefault": "false",
    "spark.sql.catalogImplementation": "in-memory",
    # the meaning of SQL: errors instead of nulls, one time zone
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    # rows that an executor hands to the engine at once
    "spark.sql.execution.arrow.maxRecordsPerBatch": "4096",
    "spark.ui.showConsoleProgress": "false",
}

LOCAL: Final = {
    "spark.ui.enabled": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "3g",
}
"""For a session on this machine, which needs no port that others reach."""

BUILDING: Final = "building"
VOCABULARIES: Final = f"{BUILDING}/vocabularies"
READ: Final = ("raw", "vocabulary")
BUILT: Final = ("staging", "intermediate", "marts", "quality")
FINISHED: Final = ("marts", "quality")
"""What readers of the lake are given; the marts of the last build stay until those of this one
are whole."""


def start(settings: Settings, lake: str) -> tuple[SparkSession, Store]:
    """Start a session, or join the one that spark-submit made, and show it the lake.

    What a cluster is like is Spark's own configuration, read from SPARK_CONF_DIR or given to
    spark-submit. Without it the session runs here, on as many cores as PAPERTALLY_THREADS says,
    or as PAPERTALLY_SPARK_MASTER does.
    """
    # executors import the engine from here; on a cluster it comes with --py-files
    paths = (str(PROJECT_ROOT), os.environ.get("PYTHONPATH"))
    os.environ["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    chosen = SETTINGS | {"spark.sql.warehouse.dir": f"{lake}/building/spark"}
    if "SPARK_CONF_DIR" not in os.environ:
        chosen |= LOCAL
        chosen["spark.master"] = os.environ.get(
            "PAPERTALLY_SPARK_MASTER", f"local[{settings.threads}]"
        )
        chosen["spark.sql.shuffle.partitions"] = str(2 * settings.threads)
    builder = SparkSession.builder.appName("papertally")
    for name, value in chosen.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    store = Store(spark, lake)
    store.remove(BUILDING)
    store.make(VOCABULARIES)
    register_functions(spark, store.address(VOCABULARIES))
    with TemporaryDirectory() as folder:
        write_vocabulary(Path(folder))
        store.put(f"{folder}/vocabulary", "vocabulary")
    _show(spark, store)
    return spark, store


def finish(store: Store) -> None:
    """Put what readers of the lake are given in its place; the other layers go."""
    for layer in FINISHED:
        store.move(f"{BUILDING}/{layer}", layer)
    store.remove(BUILDING)


def _show(spark: SparkSession, store: Store) -> None:
    for schema in READ:
        spark.sql(f"create database if not exists {schema}")
        for table in store.folders(schema):
            folder = store.address(f"{schema}/{table}")
            spark.sql(f"create table {schema}.{table} using parquet location '{folder}'")
            if any("=" in part for part in store.folders(f"{schema}/{table}")):
                spark.sql(f"msck repair table {schema}.{table}")
    for schema in BUILT:
        location = store.address(f"{BUILDING}/{schema}")
        spark.sql(f"create database if not exists {schema} location '{location}'")
