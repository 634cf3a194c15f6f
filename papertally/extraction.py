"""What decides which mentions are found, as one digest."""

import hashlib
from typing import Final

from papertally.settings import PROJECT_ROOT

DECIDING_FILES: Final = ("seeds/*.csv", "matching/*.py", "models/intermediate/*.sql")


def vocabulary_key() -> str:
    """Return a digest of the vocabulary and of the rules that apply it.

    Equal keys on equal texts give equal mentions; scores are kept under this key.
    """
    digest = hashlib.sha256()
    for pattern in DECIDING_FILES:
        for path in sorted(PROJECT_ROOT.glob(pattern)):
            digest.update(f"{path.name}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
