"""Changes to the vocabulary in `seeds/`: names that review accepts or rejects."""

import csv
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Literal, get_args

from papertally.errors import UsageError
from papertally.settings import PROJECT_ROOT
from papertally.visible import FORMULA_STARTS

SEEDS: Final = PROJECT_ROOT / "seeds"
EntityType = Literal["model", "dataset", "metric", "method"]
ENTITY_TYPES: Final = get_args(EntityType)
SOURCE: Final = "review"

_ENTITIES: Final = "vocabulary_entities.csv"
_ALIASES: Final = "vocabulary_aliases.csv"
_REJECTED: Final = "vocabulary_rejected_names.csv"
_SHORT_CAPITALS: Final = re.compile(r"[A-Z]{2,4}")
_PLAIN_WORD: Final = re.compile(r"[A-Za-z][a-z]+")

Row = dict[str, str]


def slug(name: str) -> str:
    """Return the slug of a name, as the macro `entity_slug` makes it."""
    plain = "".join(
        char for char in unicodedata.normalize("NFD", name) if not unicodedata.combining(char)
    )
    return re.sub(r"[^a-z0-9.+]+", "-", plain.lower()).strip("-")


def accept(name: str, entity_type: str, as_entity: str | None = None, seeds: Path = SEEDS) -> Row:
    """Add a name to the vocabulary: as an entity of its own, or as a spelling of another.

    Args:
        name: the spelling.
        entity_type: model, dataset, metric or method.
        as_entity: the entity_id of which it is a spelling; None for a new entity.
        seeds: the folder of the seeds.

    Returns:
        the row of the alias.

    Raises:
        UsageError: type, name or entity do not fit what is there; nothing was changed.
    """
    if entity_type not in ENTITY_TYPES:
        raise UsageError(f"--type {entity_type}: it is one of {', '.join(ENTITY_TYPES)}.")
    if not slug(name) or not name.isprintable() or name != " ".join(name.split()):
        raise UsageError(f"{name!r} is no name: it needs a letter or digit, and single spaces.")
    if name.startswith(FORMULA_STARTS):
        raise UsageError(f"{name!r} begins like a formula, which a spreadsheet would run.")
    entities, aliases = _read(seeds / _ENTITIES), _read(seeds / _ALIASES)
    known = next((row for row in aliases if row["alias"].lower() == name.lower()), None)
    if known:
        raise UsageError(f"{name} is known already: {known['alias']} names {known['entity_id']}.")
    entity_id = as_entity or f"{entity_type}:{slug(name)}"
    entity = next((row for row in entities if row["entity_id"] == entity_id), None)
    if as_entity and not entity:
        raise UsageError(f"--as {as_entity}: there is no such entity in {_ENTITIES}.")
    if as_entity and entity and entity["entity_type"] != entity_type:
        raise UsageError(f"--as {as_entity}: that is a {entity['entity_type']}.")
    if not entity:
        columns = (entity_id, name, entity_type, "", "", SOURCE)
        _append(seeds / _ENTITIES, entities, columns, key=("entity_id",))
    alias = _append(
        seeds / _ALIASES,
        aliases,
        (name, entity_id, *_classes(name), SOURCE),
        key=("entity_id", "alias"),
    )
    rejected = _read(seeds / _REJECTED)
    kept = [row for row in rejected if row["rejected_name"].lower() != name.lower()]
    if len(kept) != len(rejected):
        _write(seeds / _REJECTED, kept)
    return alias


def reject(name: str, reason: str, seeds: Path = SEEDS) -> Row:
    """Note that a name is no entity, so that it is not discovered again.

    Raises:
        UsageError: the vocabulary lists it, or it was rejected before; nothing was changed.
    """
    if not slug(name) or not reason.strip():
        raise UsageError("A rejected name needs a letter or digit, and a reason.")
    for row in _read(seeds / _ALIASES):
        if row["alias"].lower() == name.lower():
            raise UsageError(
                f"{name} is a spelling of {row['entity_id']}; remove it in {_ALIASES}."
            )
    rejected = _read(seeds / _REJECTED)
    if any(row["rejected_name"].lower() == name.lower() for row in rejected):
        raise UsageError(f"{name} was rejected already.")
    return _append(seeds / _REJECTED, rejected, (name, reason.strip()), key=("rejected_name",))


def _classes(name: str) -> tuple[str, str]:
    """Return the case rule and ambiguity class that are safe for a spelling of this shape."""
    if _PLAIN_WORD.fullmatch(name):
        return "sensitive", "never_alone"
    if _SHORT_CAPITALS.fullmatch(name):
        return "sensitive", "needs_context"
    return ("sensitive" if name.isupper() and len(name) < 6 else "insensitive"), "safe"


def _append(path: Path, rows: list[Row], values: Iterable[str], key: tuple[str, ...]) -> Row:
    """Put a row in its place in a sorted file."""
    added = dict(zip(rows[0], values, strict=True))
    rank = _rank(added, key)
    place = next((i for i, row in enumerate(rows) if _rank(row, key) > rank), len(rows))
    _write(path, [*rows[:place], added, *rows[place:]])
    return added


def _rank(row: Row, key: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(row[column].lower() for column in key)


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
