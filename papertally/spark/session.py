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

RAW: Final = ("papers", "loads", "load_verdicts", "rejected_papers")
SCHEMAS: Final = ("staging", "intermediate", "marts", "quality")


def start(settings: Settings, lake: Path) -> SparkSession:
    """Start a session, or join the one that spark-submit made, and show it the lake.

    The master and everything else about a cluster come from Spark's own configuration
    (`SPARK_CONF_DIR`, `spark-submit`); without one it runs here, on as many cores as
    PAPERTALLY_THREADS says.
    """
    os.environ["PYTHONPATH"] = os.pathsep.join(
        part for part in (str(PROJECT_ROOT), os.environ.get("PYTHONPATH")) if part
    )
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("papertally")
    if "SPARK_CONF_DIR" not in os.environ and "SPARK_MASTER" not in os.environ:
        builder = builder.master(os.environ.get("PAPERTALLY_SPARK_MASTER", f"local[{settings.threads}]"))
        builder = builder.config("spark.ui.enabled", "false")
        builder = builder.config("spark.driver.bindAddress", "127.0.0.1")
        builder = builder.config("spark.driver.host", "127.0.0.1")
        builder = builder.config("spark.driver.memory", "3g")
        builder = builder.config("spark.sql.shuffle.partitions", str(2 * settings.threads))
        builder = builder.config("spark.sql.warehouse.dir", str(lake / "spark"))
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    vocabularies = lake / "compiled"
    vocabularies.mkdir(parents=True, exist_ok=True)
    register_functions(spark, vocabularies.as_uri())
    _show(spark, lake)
    return spark


def _show(spark: SparkSession, lake: Path) -> None:
    for schema in ("raw", "vocabulary"):
        spark.sql(f"create database if not exists {schema}")
        for folder in sorted((lake / schema).iterdir()):
            spark.sql(f"create table {schema}.{folder.name} using parquet location '{folder}'")
            if any(part.name.count("=") for part in folder.iterdir()):
                spark.sql(f"msck repair table {schema}.{folder.name}")
    for schema in SCHEMAS:
        spark.sql(f"create database if not exists {schema} location '{lake / schema}'")
