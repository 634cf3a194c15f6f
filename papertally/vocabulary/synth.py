"""Made-up papers with known mentions for benchmarks; the same seed gives the same papers.

Offsets of mentions count from the first character that is not white space.
"""

import csv
import json
import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final

from papertally.settings import PROJECT_ROOT

FORMATS: Final = ("jsonl", "kaggle", "parquet")
_BATCH: Final = 50_000
_FIRST_DAY: Final = date(2015, 1, 1)
_DAYS: Final = 4_000

_PLAIN_WORDS: Final = (
    "the of and to in a for that is with on by this which are we as from can these an has be "
    "however more between results show study large learning training data several strong simple "
    "over approach many tasks under two while problem long where based structure across analysis "
    "recent improves information different general proposed space local new prior scale time "
    "function number work domain quality features settings complex given often both without "
    "through demonstrate across extensive efficient robust high global representation search"
)
_FRAMES: Final = (
    "We evaluate {} on several tasks.",
    "Results with {} show clear gains.",
    "It improves over {} under the same budget.",
    "Compared with {}, the cost is lower.",
)
_SYLLABLES: Final = "Ar Bel Cor Dun Es Fal Gor Hel Is Jun Kal Lum Mor Nex Or Pol"


def write_papers(count: int, file_format: str, path: Path, seed: int = 0) -> Path:
    """Write made-up papers, and beside them their mentions; return where the mentions are.

    Args:
        count: how many papers.
        file_format: one of FORMATS; kaggle is the shape of the arXiv snapshot.
        path: the file to write.
        seed: decides all that is made up.
    """
    labels = path.with_name(f"{path.stem}.labels.jsonl")
    papers = _papers(count, random.Random(seed))  # noqa: S311  # nothing here is a secret
    with labels.open("w", encoding="utf-8") as labelled:
        records = _labelled(papers, labelled.write)
        if file_format == "parquet":
            _write_parquet(records, path)
        else:
            shape = _as_kaggle if file_format == "kaggle" else dict[str, Any]
            with path.open("w", encoding="utf-8") as out:
                out.writelines(json.dumps(shape(record)) + "\n" for record in records)
    return labels


def _labelled(papers: Iterable[dict[str, Any]], write: Any) -> Iterator[dict[str, Any]]:
    for paper in papers:
        mentions = paper.pop("mentions")
        write(json.dumps({"paper_id": paper["paper_id"], "mentions": mentions}) + "\n")
        yield paper


def _papers(count: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    names, words = _safe_names(), _PLAIN_WORDS.split()
    for number in range(count):
        day = _FIRST_DAY + timedelta(days=number * _DAYS // count)
        own = "".join(chance.sample(_SYLLABLES.split(), 3)) + "Net"
        title = f"{own}: {' '.join(chance.choices(words, k=6))}"
        text = _Text(f"We propose {own}, a new model. ")
        text.mentions += [_mention("title", 0, own, "model")]
        text.mentions += [_mention("abstract", len("We propose "), own, "model")]
        length = min(2_400, max(300, int(chance.gauss(1_250, 380))))
        while len(text.text) < length:
            if chance.random() < 0.22:
                text.add_name(chance.choice(_FRAMES), *chance.choice(names))
            else:
                sentence = " ".join(chance.choices(words, k=chance.randint(10, 26)))
                text.text += f"{sentence.capitalize()}. "
        yield {
            "paper_id": f"{day:%y%m}.{number % 100_000:05d}" if count <= 100_000 else f"s{number}",
            "title": title,
            "abstract": text.text.rstrip(),
            "published": day.isoformat(),
            "mentions": text.mentions,
        }


class _Text:
    """An abstract in the making, with the mentions in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.mentions: list[dict[str, Any]] = []

    def add_name(self, frame: str, name: str, entity_type: str) -> None:
        before, after = frame.split("{}")
        start = len(self.text) + len(before)
        self.mentions.append(_mention("abstract", start, name, entity_type))
        self.text += f"{before}{name}{after} "


def _mention(section: str, start: int, surface: str, entity_type: str) -> dict[str, Any]:
    end = start + len(surface)
    return {"section": section, "start": start, "end": end, "surface": surface, "type": entity_type}


def _safe_names() -> list[tuple[str, str]]:
    """Return the spellings of the vocabulary that need no evidence, with their types."""
    seeds = PROJECT_ROOT / "seeds"
    with (seeds / "vocabulary_entities.csv").open(encoding="utf-8") as entities:
        types = {row["entity_id"]: row["entity_type"] for row in csv.DictReader(entities)}
    with (seeds / "vocabulary_aliases.csv").open(encoding="utf-8") as aliases:
        return [
            (row["alias"], types[row["entity_id"]])
            for row in csv.DictReader(aliases)
            if row["ambiguity"] == "safe"
        ]


def _as_kaggle(record: dict[str, Any]) -> dict[str, Any]:
    day = date.fromisoformat(record["published"])
    return {
        "id": record["paper_id"],
        "title": record["title"],
        "abstract": f"  {record['abstract']}\n",
        "categories": "cs.LG",
        "versions": [{"version": "v1", "created": f"{day:%a, %d %b %Y} 00:00:00 GMT"}],
        "update_date": record["published"],
    }


def _write_parquet(records: Iterator[dict[str, Any]], path: Path) -> None:
    import polars as pl

    parts: list[pl.DataFrame] = []
    while rows := list(islice(records, _BATCH)):
        parts.append(pl.DataFrame(rows))
    pl.concat(parts).write_parquet(path)
