"""`papertally build --target spark`: the lake's raw layer in, the marts as Parquet out."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import duckdb

from papertally.building.dbt import FAILED
from papertally.errors import PapertallyError, UsageError
from papertally.settings import PROJECT_ROOT, Settings
from papertally.warehouse.lake import write_raw, write_vocabulary

NEEDED: Final = ("pyspark", "dbt.adapters.spark", "sqlglot")
FINISHED: Final = ("marts", "quality")
"""What readers of the lake are given; the other layers go when the build has ended."""


def build_on_spark(settings: Settings, lake: Path) -> None:
    """Build and test every model on Spark.

    The raw layer is written to the lake from the build file, where there is one; elsewhere, as
    on a cluster, it is what the lake holds. The marts of the last build stay readable until
    those of this one are whole.

    Raises:
        UsageError: Spark is not installed, or there is no raw layer.
        PapertallyError: a model or a test failed; the message names each.
    """
    missing = [name for name in NEEDED if not _is_installed(name)]
    if missing:
        raise UsageError(f"Spark is not installed ({', '.join(missing)}). Run: make spark")
    lake = lake.absolute()
    if settings.build_file.exists():
        with duckdb.connect(settings.build_file, read_only=True) as con:
            write_raw(con, lake)
    elif not (lake / "raw" / "papers").is_dir():
        raise UsageError(f"No raw layer in {lake / 'raw'} and no build file to write it from.")
    write_vocabulary(lake)
    building = lake / "building"
    shutil.rmtree(building, ignore_errors=True)
    target = building / "dbt"
    done = subprocess.run(
        [
            *(sys.executable, "-m", "papertally.spark.child", str(lake)),
            *("--quiet", "--log-path", str(target / "logs"), "build", "--target", "spark"),
            # what is of DuckDB alone: seeds come with the lake, unit tests test the same SQL there
            *("--exclude-resource-type", "seed", "--exclude-resource-type", "unit_test"),
            *("--exclude", "source:quality"),
            *("--target-path", str(target)),
            *("--project-dir", str(PROJECT_ROOT), "--profiles-dir", str(PROJECT_ROOT)),
        ],
        cwd=PROJECT_ROOT,
        env=os.environ
        | {"PAPERTALLY_THREADS": str(settings.threads), "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        said = _failures(target / "run_results.json") or [(done.stdout + done.stderr)[-3000:]]
        raise PapertallyError("dbt on Spark failed:\n" + "\n".join(said))
    for layer in FINISHED:
        shutil.rmtree(lake / layer, ignore_errors=True)
        (building / layer).rename(lake / layer)
    shutil.rmtree(building)


def _failures(results: Path) -> list[str]:
    if not results.exists():
        return []
    return [
        f"- {result['unique_id']}: {(result['message'] or '').strip()[:500]}"
        for result in json.loads(results.read_text())["results"]
        if result["status"] in FAILED
    ]


def _is_installed(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False
