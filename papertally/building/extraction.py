"""What decides which mentions are found, as one digest."""

import hashlib
import importlib.metadata
from collections.abc import Iterable
from functools import cache
from typing import Final

from papertally.settings import PROJECT_ROOT

DECIDING_FILES: Final = (
    "seeds/*.csv",
    "matching/*.py",
    "models/intermediate/*.sql",
    "dbt_project.yml",
)
"""`dbt_project.yml` holds the thresholds that the models apply."""

ENGINE_FILES: Final = (
    "matching/*.py",
    "macros/compile_vocabulary.sql",
    "macros/kept.sql",
    "macros/listed_vocabulary.sql",
    "macros/matched_papers.sql",
    "macros/stable_number.sql",
)
DECIDING_PACKAGES: Final = ("ahocorasick-rs", "duckdb", "numpy", "pyarrow")
"""Packages whose version may change what is found or how it is counted."""


def vocabulary_key() -> str:
    """Return a digest of the vocabulary and of the rules that apply it.

    Equal keys on equal texts give equal mentions; scores are kept under this key.
    """
    return digest_of_files(DECIDING_FILES)


@cache
def engine_key() -> str:
    """Return a digest of the engine alone: what rows that were matched before are still worth."""
    versions = "".join(importlib.metadata.version(name) for name in DECIDING_PACKAGES)
    return f"{digest_of_files(ENGINE_FILES)}{hashlib.sha256(versions.encode()).hexdigest()[:8]}"


def digest_of_files(patterns: Iterable[str]) -> str:
    """Return one digest of the names and contents of the project's files that fit a pattern."""
    digest = hashlib.sha256()
    for path in sorted({path for glob in patterns for path in PROJECT_ROOT.glob(glob)}):
        digest.update(f"{path.relative_to(PROJECT_ROOT)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
