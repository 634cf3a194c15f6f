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

PROJECT_FILES: Final = (
    "dbt_project.yml",
    "profiles.yml",
    "macros/**/*.*",
    "models/**/*.*",
    "seeds/*.*",
    "tests/dbt/**/*.*",
)
PACKAGES: Final = ("dbt-core", "dbt-adapters", "dbt-duckdb")


def project_digest() -> str:
    """Return the digest of everything that dbt reads of the project, and of dbt itself."""
    versions = "".join(importlib.metadata.version(name) for name in PACKAGES)
    return hashlib.sha256(f"{digest_of_files(PROJECT_FILES)}{versions}".encode()).hexdigest()[:16]


def kept_folder(settings: Settings) -> Path:
    """Return the folder for what dbt finds out about the project as it is now.

    It lies in the clone, so that homes share it; in the home where the clone cannot be written.
    What was kept of the project as it was before is removed.
    """
    parent = PROJECT_ROOT if os.access(PROJECT_ROOT, os.W_OK) else settings.build_dir
    folder = parent / "target" / "kept" / project_digest()
    if not folder.exists() and folder.parent.exists():
        shutil.rmtree(folder.parent, ignore_errors=True)
    return folder
