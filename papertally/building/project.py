"""What is known of the dbt project before any warehouse is there, kept under its digest."""

import hashlib
import importlib.metadata
import os
import shutil
from pathlib import Path
from typing import Final

from papertally.building.extraction import digest_of_files
from papertally.settings import PROJECT_ROOT, Settings

PARSED: Final = "parsed.msgpack"
"""The project as dbt parsed it."""

MANIFEST: Final = "manifest.json"
"""The same, for people and other programs."""

TESTS: Final = "tests.json"
"""The SQL of each of its data tests, by their names."""

PARSED_FILES: Final = (
    "dbt_project.yml",
    "profiles.yml",
    "macros/**/*.*",
    "models/**/*.*",
    "seeds/*.yml",
    "tests/dbt/**/*.*",
)
SEED_ROWS: Final = ("seeds/*.csv",)
"""dbt reads these when it runs: a new row of the vocabulary leaves the parsed project as it is."""
PACKAGES: Final = ("dbt-core", "dbt-adapters", "dbt-duckdb")


def project_digest() -> str:
    """Return the digest of everything that dbt reads of the project, and of dbt itself."""
    return f"{_parsed_digest()}{digest_of_files(SEED_ROWS)}"


def _parsed_digest() -> str:
    """Return the digest of all that dbt parses: of seeds that is their names, not their rows."""
    versions = "".join(importlib.metadata.version(name) for name in PACKAGES)
    seeds = "".join(sorted(path.name for glob in SEED_ROWS for path in PROJECT_ROOT.glob(glob)))
    parts = f"{digest_of_files(PARSED_FILES)}{versions}{seeds}"
    return hashlib.sha256(parts.encode()).hexdigest()[:16]


def kept_folder(settings: Settings) -> Path:
    """Return the folder for what dbt finds out about the project as it is now.

    It lies in the clone, so that homes share it; in the home where the clone cannot be written.
    What was kept of the project as it was before is removed.
    """
    parent = PROJECT_ROOT if os.access(PROJECT_ROOT, os.W_OK) else settings.build_dir
    folder = parent / "target" / "kept" / _parsed_digest()
    if not folder.exists() and folder.parent.exists():
        shutil.rmtree(folder.parent, ignore_errors=True)
    return folder
