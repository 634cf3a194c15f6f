"""A Spark session over the lake: raw tables and vocabulary to read, databases to build in."""

import os
import sys
from pathlib import Path
from typing import Final

from pyspark.sql import SparkSession

from papertally.settings import PROJECT_ROOT, Settings
from papertally.spark.functions import register_functions

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

READ: Final = ("raw", "vocabulary")
BUILT: Final = ("staging", "intermediate", "marts", "quality")


def start(settings: Settings, lake: Path) -> SparkSession:
    """Start a session, or join the one that spark-submit made, and show it the lake.

    What a cluster is like is Spark's own configuration, read from SPARK_CONF_DIR or given to
    spark-submit. Without it the session runs here, on as many cores as PAPERTALLY_THREADS says,
    or as PAPERTALLY_SPARK_MASTER does.
    """
    # executors import the engine from here; on a cluster it comes with --py-files
    paths = (str(PROJECT_ROOT), os.environ.get("PYTHONPATH"))
    os.environ["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    chosen = dict(SETTINGS)
    if "SPARK_CONF_DIR" not in os.environ:
        chosen |= LOCAL
        chosen["spark.master"] = os.environ.get(
            "PAPERTALLY_SPARK_MASTER", f"local[{settings.threads}]"
        )
        chosen["spark.sql.shuffle.partitions"] = str(2 * settings.threads)
        chosen["spark.sql.warehouse.dir"] = str(lake / "building" / "spark")
    builder = SparkSession.builder.appName("papertally")
    for name, value in chosen.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    vocabularies = lake / "building" / "vocabularies"
    vocabularies.mkdir(parents=True, exist_ok=True)
    register_functions(spark, vocabularies.as_uri())
    _show(spark, lake)
    return spark


def _show(spark: SparkSession, lake: Path) -> None:
    for schema in READ:
        spark.sql(f"create database if not exists {schema}")
        for folder in sorted((lake / schema).iterdir()):
            spark.sql(f"create table {schema}.{folder.name} using parquet location '{folder}'")
            if any("=" in part.name for part in folder.iterdir()):
                spark.sql(f"msck repair table {schema}.{folder.name}")
    for schema in BUILT:
        location = lake / "building" / schema
        spark.sql(f"create database if not exists {schema} location '{location}'")
