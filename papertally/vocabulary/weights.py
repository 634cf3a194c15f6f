"""The seed of weights: what each cue says about the type of a name, over many papers or in one."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal

from papertally.settings import PROJECT_ROOT
from papertally.vocabulary.regression import Floats

WEIGHTS: Final = PROJECT_ROOT / "seeds" / "discovery_weights.csv"
TYPES: Final = ("dataset", "method", "metric", "model")
NONE: Final = len(TYPES)
"""The class of what names nothing; it weighs zero."""

SLUG: Final = "trim(regexp_replace(lower(strip_accents({})), '[^a-z0-9.+]+', '-', 'g'), '-')"
"""As the macro entity_slug."""

Scope = Literal["corpus", "paper"]


def by_cue(cues: Sequence[str], weights: Floats) -> list[tuple[str, str, float]]:
    """Return cue, type and weight of a regression on these cues; the bias is a cue of its own."""
    return [
        (cue, kind, float(weights[at, column]))
        for at, cue in enumerate((*cues, "bias"))
        for column, kind in enumerate(TYPES)
    ]


def write_weights(path: Path, scope: Scope, weights: list[tuple[str, str, float]]) -> None:
    """Replace the weights of one scope, and leave those of the other as they are."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    others = [tuple(row) for row in list(csv.reader(text.splitlines()))[1:] if row[0] != scope]
    rows = [(scope, cue, kind, f"{weight:.3f}") for cue, kind, weight in weights]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("scope", "cue", "entity_type", "weight"))
        writer.writerows(sorted([*others, *rows]))
