"""Put the labels of `bench/labels/` beside the texts that they belong to.

The texts are other people's and are not kept here; the labels are: identifiers, places and
names. Ingest papers of your own, then

    .venv/bin/python -m bench.labelled > labelled.jsonl
    .venv/bin/papertally evaluate --gold labelled.jsonl

scores those of the labelled papers that your published warehouse holds. Letters behind the name
choose parts of the labels: `bench.labelled D`.
"""

import json
import sys
from pathlib import Path
from typing import Any, cast

from papertally.settings import load_settings
from papertally.vocabulary.single_papers import text_hash
from papertally.warehouse.published_file import published_connection

LABELS = Path(__file__).parent / "labels" / "random_2026.jsonl"


def one_line(text: str) -> str:
    return " ".join(text.split())


def labelled(labels: list[dict[str, Any]], texts: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return the labels whose text is there, with it, as `papertally evaluate` reads them.

    Raises:
        ValueError: a label does not stand in the text where it says.
    """
    by_hash = {text_hash(title, abstract): (title, abstract) for title, abstract in texts}
    found: list[dict[str, Any]] = []
    for paper in labels:
        if paper["text_hash"] not in by_hash:
            continue
        title, abstract = map(one_line, by_hash[paper["text_hash"]])
        for mention in paper["mentions"]:
            text = title if mention["section"] == "title" else abstract
            if text[mention["start"] : mention["end"]] != mention["surface"]:
                raise ValueError(f"{paper['paper_id']}: {mention} is not in its text")
        found.append(
            {
                "paper_id": paper["paper_id"],
                "title": title,
                "abstract": abstract,
                "mentions": paper["mentions"],
            }
        )
    return found


def main() -> None:
    labels = [
        cast("dict[str, Any]", json.loads(line))
        for line in LABELS.read_text(encoding="utf-8").splitlines()
    ]
    parts = "".join(sys.argv[1:])
    labels = [paper for paper in labels if not parts or paper["part"] in parts]
    with published_connection(load_settings()) as con:
        texts = con.sql(
            "select title, abstract from marts.dim_papers where abstract is not null"
        ).fetchall()
    papers = labelled(labels, cast("list[tuple[str, str]]", texts))
    for paper in papers:
        print(json.dumps(paper, ensure_ascii=False))
    print(f"{len(papers)} of {len(labels)} labelled papers are here.", file=sys.stderr)


if __name__ == "__main__":
    main()
