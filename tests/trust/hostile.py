"""A corpus that wants to be more than text, and the same papers without what it wants.

Both halves say the same about the same names, so everything that is counted must be equal.
"""

import json
from pathlib import Path

import duckdb

FETCH = "http://198.51.100.7"  # an address for documents: nobody answers there
RUN = "window.__pwned=1"
DECORATIONS = [
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f'"><svg onload={RUN}><style>*{{display:none}}</style>',
    f"</p></mark></table></div><iframe src={FETCH}/frame></iframe>",
    f"<base href={FETCH}/><link rel=stylesheet href={FETCH}/sheet.css>",
    f"![pixel]({FETCH}/pixel.png) [press](javascript:{RUN}) **bold** `code`",
    "# heading\n\n| a | b |\n|---|---|\n\n- item\n\n---\n> quote",
    "&lt;b&gt; &amp;amp; &#60;script&#62; &nbsp; &#x202e;",
    "$x^2$ $$\\int$$ \\input{/etc/passwd} \\href{javascript:alert(1)}{x} {{7*7}} ${7*7}",
    ":material/bolt: :red[red] :rainbow-background[x] :smile: :streamlit:",
    "\u202egnp.exe\u202c \u2066isolated \u200b\u200d\u2060 \ufeff\u061c\u200f",
    "null\x00byte bell\x07 back\x08space form\x0cfeed",
    f"\x1b[2J\x1b[31mred\x1b]0;title\x07 \x1b]8;;{FETCH}/\x1b\\link\x1b]8;;\x1b\\ \x9b5n",
    "=cmd|'/c calc'!A0",
    "+1+1 @sum(1) -2 \t=1 \r=2 \uff1d3",
    "z\u0335\u0321\u0322\u0327\u0328\u0334\u0334" * 40,
]
"""Nothing in them is a name, so none of them may change a count."""
NAMES = {
    "model:bert": f"<img src=x onerror={RUN}> :material/bolt: $x$",
    "dataset:imagenet": f"=cmd|'/c calc'!A0 ![p]({FETCH}/p.png)",
    "metric:bleu": "\x1b[31mBLEU\x1b]0;owned\x07 \u202egnp",
    "method:dropout": f"[x](javascript:{RUN}) :red[red] " + "w" * 3000,
}
"""Names as a careless vocabulary, or a careless yes to a discovered name, could make them."""
HOSTILE_FILE = f"=1+1 <img src=x onerror={RUN}> :red[x] \u202e\x1b[31m ..; $(touch pwned).jsonl"
PLAIN_FILE = "plain.jsonl"
TEXT = "We test BERT on ImageNet and report BLEU {0} with dropout. {0} It beats LSTM on SQuAD."


def write_corpus(folder: Path) -> list[Path]:
    """Write the hostile papers and the plain ones; return both files."""
    folder.mkdir()
    hostile, plain = folder / HOSTILE_FILE, folder / PLAIN_FILE
    hostile.write_text(_lines(DECORATIONS, 1))
    plain.write_text(_lines([""] * len(DECORATIONS), 2))
    return [hostile, plain]


def _lines(decorations: list[str], half: int) -> str:
    papers = [_paper(half, number, text) for number, text in enumerate(decorations)]
    long = [("w" * 100_000, "BERT " + "x" * 1_000_000), ("w", "BERT")]
    title, abstract = long[half - 1]
    size = 10 * len(title)
    papers.append({"paper_id": f"2605.{half}9001", "title": title, "abstract": abstract}
                  | {"published": "2026-05-02", "authors": ["n" * size], "venue": "v" * size}
                  | {"url": "http://127.0.0.1/" + "u" * size})  # fmt: skip
    return "".join(json.dumps(paper) + "\n" for paper in papers)


def _paper(half: int, number: int, decoration: str) -> dict[str, str | list[str]]:
    link = decoration if number % 2 else f"javascript:{RUN}//{number}"
    return {
        "paper_id": f"2605.{half}{number:04}",
        "title": f"{decoration} {'abcdefghijklmnop'[number]} study of the LSTM {decoration}",
        "abstract": TEXT.format(decoration),
        "published": "2026-05-01",
        "authors": [f"{decoration} Ada", f"Bob {decoration}"] if half == 1 else ["Eve"],
        "venue": f"{decoration} venue",
        "url": link if half == 1 else f"http://127.0.0.1/{number}",
    }


def rename(file: Path) -> None:
    """Give entities of a published file hostile names, which no seed of ours has."""
    with duckdb.connect(str(file)) as con:
        for table in ("dim_entities", "entity_counts"):
            for entity_id, name in NAMES.items():
                con.execute(
                    f"update marts.{table} set entity_name = $1 where entity_id = $2",
                    [name, entity_id],
                )
