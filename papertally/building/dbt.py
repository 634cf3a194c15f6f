"""dbt as a subprocess, so that its hold on the build file ends with it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

import duckdb

from papertally.building.project import TESTS, kept_folder
from papertally.errors import PapertallyError, advice_on
from papertally.settings import PROJECT_ROOT, Settings
from papertally.warehouse.build_file import build_connection

SHOWN_ROWS: Final = 5
PARSE_FAILED: Final = 2
FAILED: Final = frozenset({"error", "fail", "runtime error"})


def run_dbt(settings: Settings, arguments: Sequence[str], lock: int | None = None) -> None:
    """Run one dbt command on the build file, silent unless it fails.

    Args:
        settings: where the build file is.
        arguments: what follows `dbt`, for example ["build"].
        lock: descriptor of the pipeline lock, shared with the child.

    Raises:
        PapertallyError: dbt failed; the message names each failed node with its rows.
    """
    target, kept = settings.build_dir / "dbt", kept_folder(settings)
    command = [
        *(sys.executable, "-m", "papertally.building.dbt_child", str(kept)),
        *arguments,
        "--quiet",
        *("--log-path", str(target / "logs"), "--log-level-file", "info"),
        *("--target-path", str(target)),
        *("--project-dir", str(PROJECT_ROOT), "--profiles-dir", str(PROJECT_ROOT)),
    ]
    environment = os.environ | {
        "PAPERTALLY_BUILD_FILE": str(settings.build_file),
        "PAPERTALLY_TEMP": str(settings.build_dir / "temp"),
        "PAPERTALLY_THREADS": str(settings.threads),
        "PAPERTALLY_MEMORY_LIMIT": settings.memory_limit,
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    results, parsed = target / "run_results.json", target / "partial_parse.msgpack"
    results.unlink(missing_ok=True)

    def call() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=PROJECT_ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            pass_fds=() if lock is None else (lock,),
        )

    done = call()
    if done.returncode == PARSE_FAILED and (parsed.exists() or kept.exists()):
        # what dbt kept of an older version of the project can mislead it: parse all of it anew
        parsed.unlink(missing_ok=True)
        shutil.rmtree(kept, ignore_errors=True)
        done = call()
    if done.returncode == 0:
        return
    failures = _failures(settings) if results.exists() else []
    said = "\n".join(failures) or (done.stdout + done.stderr).strip()[-3000:]
    raise PapertallyError(
        f"dbt {arguments[0]} failed (exit code {done.returncode}):\n{said}\n"
        f"Its log: {target / 'logs' / 'dbt.log'}{_remedy(said)}"
    )


def _remedy(said: str) -> str:
    return f"\n{advice}" if (advice := advice_on(said)) else ""


def build_and_test(settings: Settings, lock: int | None = None) -> dict[str, int]:
    """Build every model and run every data test on the result.

    dbt spends thirty times as long on starting a small query as the query takes. So once it has
    compiled the tests of a project, they are asked here, in one go; what they ask is the same.

    Returns:
        The number of rows that each test found, none, by its unique_id.

    Raises:
        PapertallyError: a model or a test failed; the message names each with its rows.
    """
    tests = kept_folder(settings) / TESTS
    if not tests.exists():
        run_dbt(settings, ["build", "--exclude-resource-type", "unit_test"], lock)
        return {
            result["unique_id"]: int(result["failures"] or 0)
            for result in _results(settings)
            if result["unique_id"].startswith("test.")
        }
    queries = cast("dict[str, str]", json.loads(tests.read_text()))
    run_dbt(settings, ["build", "--exclude-resource-type", "unit_test", "test"], lock)
    with build_connection(settings) as con:
        failed = failed_tests(con, queries)
    if failed:
        raise PapertallyError("\n".join(["dbt's tests failed:", *failed]))
    return dict.fromkeys(queries, 0)


def failed_tests(con: duckdb.DuckDBPyConnection, queries: Mapping[str, str]) -> list[str]:
    """Return a paragraph for each data test that finds rows, with the first of them."""
    failed: list[str] = []
    for name, query in queries.items():
        ((count,),) = con.execute(f"select count(*) from ({query})").fetchall()
        if count:
            failed.append(f"- {name}: {count:,} rows\n{con.sql(query).limit(SHOWN_ROWS)}")
    return failed


def _results(settings: Settings) -> list[dict[str, Any]]:
    results = json.loads((settings.build_dir / "dbt" / "run_results.json").read_text())
    return cast("list[dict[str, Any]]", results["results"])


def _failures(settings: Settings) -> list[str]:
    """Return a paragraph for each failed node, with the rows that a failed test found."""
    said: list[str] = []
    for result in _results(settings):
        if result["status"] not in FAILED:
            continue
        said.append(f"- {result['unique_id']}: {(result['message'] or '').strip()}")
        query = result.get("compiled_code")
        if result["unique_id"].startswith("test.") and result["status"] == "fail" and query:
            said.append(_rows(settings, query))
    return said


def _rows(settings: Settings, query: str) -> str:
    try:
        with duckdb.connect(settings.build_file, read_only=True) as con:
            return str(con.sql(query).limit(SHOWN_ROWS))
    except duckdb.Error as error:
        return f"  (the rows cannot be shown: {error})"
