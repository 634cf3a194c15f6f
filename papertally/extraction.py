"""What decides which mentions are found, as one digest."""

import hashlib
from collections.abc import Iterable
from typing import Final

from papertally.settings import PROJECT_ROOT

DECIDING_FILES: Final = (
    "seeds/*.csv",
    "matching/*.py",
    "models/intermediate/*.sql",
    "dbt_project.yml",
)
"""`dbt_project.yml` holds the thresholds that the models apply."""


def vocabulary_key() -> str:
    """Return a digest of the vocabulary and of the rules that apply it.

    Equal keys on equal texts give equal mentions; scores are kept under this key.
    """
    return digest_of_files(DECIDING_FILES)


def digest_of_files(patterns: Iterable[str]) -> str:
    """Return one digest of the names and contents of the project's files that fit a pattern."""
    digest = hashlib.sha256()
    for path in sorted({path for glob in patterns for path in PROJECT_ROOT.glob(glob)}):
        digest.update(f"{path.relative_to(PROJECT_ROOT)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
