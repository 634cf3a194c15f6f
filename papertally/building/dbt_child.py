"""dbt in a process of its own: `python -m papertally.building.dbt_child KEPT ARGUMENTS…`.

The parsed project and the SQL of its tests depend on the project alone and on no warehouse. Both
are kept in the folder KEPT, which is called after the digest of the project
(`papertally.building.project`).
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import orjson
from dbt.cli import main as dbt_cli
from dbt.contracts.graph import manifest as dbt_manifest
from dbt.parser import manifest as dbt_parser

from matching.worker import without_pandas
from papertally.building.project import MANIFEST, PARSED, TESTS

# dbt ships no types that tell what its commands return
_runner: Any = dbt_cli.dbtRunner
_Manifest: Any = dbt_manifest.Manifest
_parser: Any = dbt_parser

FAILED: Final = 1
BROKEN: Final = 2
"""dbt's exit codes: something that it ran failed, and dbt itself could not run."""


def main(kept: Path, arguments: Sequence[str]) -> int:
    """Run one dbt command and keep what the next can use; return dbt's exit code."""
    without_pandas()
    manifest = _kept_manifest(kept)
    if manifest is None:
        options = list(arguments[arguments.index("--quiet") :])
        parsed = _runner().invoke(["parse", *options])
        if not parsed.success:
            sys.stderr.write(f"{parsed.exception}\n")
            return BROKEN
        manifest = parsed.result
        written = Path(arguments[arguments.index("--target-path") + 1]) / MANIFEST
        _write(kept / MANIFEST, written.read_bytes())
        _write(kept / PARSED, manifest.to_msgpack(_parser.extended_mashumaro_encoder))
    done = _runner(manifest=manifest).invoke(list(arguments))
    if done.exception is not None:
        sys.stderr.write(f"{done.exception}\n")
        return BROKEN
    if not done.success:
        return FAILED
    _keep_tests(kept, manifest, done.result)
    return 0


def _kept_manifest(kept: Path) -> Any:
    """Return the project as it was parsed before; None where nothing is kept that can be read."""
    try:
        content = (kept / PARSED).read_bytes()
        return _Manifest.from_msgpack(content, decoder=_parser.extended_mashumuro_decoder)
    except Exception:  # noqa: BLE001  # whatever is wrong with it: dbt parses anew
        return None


def _keep_tests(kept: Path, manifest: Any, results: Any) -> None:
    """Keep the SQL of the data tests, where this command compiled all of them."""
    tests = {node.unique_id: node for node in manifest.nodes.values() if _is_test(node)}
    compiled = {
        result.node.unique_id: result.node.compiled_code
        for result in getattr(results, "results", ())
        if result.node.unique_id in tests
    }
    if tests and compiled.keys() == tests.keys():
        _write(kept / TESTS, orjson.dumps(compiled))


def _is_test(node: Any) -> bool:
    return node.resource_type == "test"


def _write(path: Path, content: bytes) -> None:
    """Write a file whole, whoever else writes it at the same time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}")
    partial.write_bytes(content)
    partial.replace(path)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
