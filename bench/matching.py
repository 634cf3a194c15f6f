"""Matching alone, against its peers and against one bare pass of the automaton.

    python -m bench.matching [FILE.parquet] [SIZE]

Every round measures all of them one after the other on the same texts, in CPU seconds, so that a
busy machine slows all alike; a ratio is the median over the rounds of the ratios within a round.
The peers get the vocabulary as it is listed, without variants, cues, case rules and sentences.
"""

import csv
import itertools
import json
import platform
import re
import sys
import time
from importlib.metadata import version
from pathlib import Path
from statistics import median

import ahocorasick
import ahocorasick_rs
import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import spacy
from flashtext import KeywordProcessor
from flashtext2 import KeywordProcessor as KeywordProcessor2
from spacy.matcher import PhraseMatcher

from matching import compile_vocabulary, find_definitions, find_mentions
from matching.folding import FOLD
from matching.vocabulary import Alias, Cue

ROOT = Path(__file__).resolve().parent.parent
BATCH = 2048
ROUNDS = 5
MANY = 20_000
SYLLABLES = "Ar Bel Cor Dun Es Fal Gor Hel Is Jun Kal Lum Mor Nex Or Pol Qua Rin Sol Tar Ul Vex Wil"
SLOW = 50
"""One text in so many goes to what would take minutes; its seconds are multiplied."""
SQL_JOIN = """
with tokens as (
    select string_split_regex(lower(text), '[^\\w.+-]+') as tokens from texts
), words as (
    select tokens, unnest(tokens) as word, generate_subscripts(tokens, 1) as place from tokens
)
select count(*)
from words inner join spellings on words.word = spellings.words[1]
where list_slice(tokens, place, place + len(spellings.words) - 1) = spellings.words
"""
PACKAGES = (
    "ahocorasick-rs",
    "duckdb",
    "numpy",
    "pyarrow",
    "flashtext",
    "flashtext2",
    "spacy",
    "pyahocorasick",
)


def main():
    files = [Path(word) for word in sys.argv[1:] if not word.isdecimal()]
    sizes = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    titles, abstracts = texts(*(files or [ROOT / "samples" / "papers.jsonl"]), *(sizes or [2_000]))
    size = sum(map(len, abstracts)) / 1e6
    runs = contestants(titles, abstracts)
    seconds = {name: [] for name in runs}
    found = {}
    for _ in range(ROUNDS):
        for name, run in runs.items():
            begin = time.process_time()
            found[name] = run()
            spent = time.process_time() - begin
            seconds[name].append(spent * SLOW if "every" in name else spent)
    rows = [
        {
            "what": name,
            "cpu_seconds": round(median(times), 3),
            "mb_per_second": round(size / median(times), 1),
            "times_ours": round(ratio(times, seconds["find_mentions"]), 2),
            "found": found[name],
        }
        for name, times in seconds.items()
    ]
    print(f"{len(abstracts):,} abstracts, {size:.1f} MB, medians of {ROUNDS} rounds, CPU seconds")
    for row in rows:
        print("{what:34} {cpu_seconds:9.3f} s {mb_per_second:8.1f} MB/s {times_ours:8.2f} x"
              " {found:10,} found".format(**row))  # fmt: skip
    versions = {package: version(package) for package in PACKAGES}
    output = ROOT / "artifacts" / "bench-matching.json"
    output.parent.mkdir(exist_ok=True)
    output.write_text(json.dumps(
        {"python": platform.python_version(), "versions": versions, "rows": rows}, indent=1
    ))  # fmt: skip


def ratio(theirs, ours):
    return median(their / our for their, our in zip(theirs, ours, strict=True))


def texts(source, size):
    if source.suffix == ".parquet":
        rows = pq.read_table(source, columns=["title", "abstract"]).slice(0, size).to_pylist()
    else:
        rows = [json.loads(line) for line in source.read_text().splitlines()[:size]]
    return [row["title"] for row in rows], [row["abstract"] or "" for row in rows]


def vocabulary():
    seeds = {
        name: list(csv.DictReader((ROOT / "seeds" / f"vocabulary_{name}.csv").open()))
        for name in ("entities", "aliases", "cues")
    }
    types = {row["entity_id"]: row["entity_type"] for row in seeds["entities"]}
    aliases = [
        Alias(at, row["alias"], types[row["entity_id"]], row["case_rule"], row["ambiguity"])
        for at, row in enumerate(seeds["aliases"])
    ]
    return aliases, [Cue(row["cue"], row["entity_type"], row["position"]) for row in seeds["cues"]]


def many(aliases):
    """Return the aliases and made-up ones beside them, MANY in all."""
    parts = SYLLABLES.split()
    names = ("".join(name) for name in itertools.product(parts, parts, (*parts, *"23456789")))
    made_up = itertools.islice(names, MANY - len(aliases))
    first = max(alias.alias_id for alias in aliases) + 1
    return [*aliases, *(Alias(first + at, name, "model", "insensitive", "safe")
                        for at, name in enumerate(made_up))]  # fmt: skip


def contestants(titles, abstracts):
    """Return for each contestant a function that runs it and counts what it finds."""
    aliases, cues = vocabulary()
    compiled = compile_vocabulary(aliases, cues)
    twenty_thousand = compile_vocabulary(many(aliases), cues)
    spellings = sorted({alias.alias for alias in aliases})
    title_array, array = pa.array(titles), pa.array(abstracts)
    batches = range(0, len(abstracts), BATCH)

    joined = "".join(abstracts).encode().translate(FOLD)
    bare = ahocorasick_rs.BytesAhoCorasick(
        compiled.patterns, implementation=ahocorasick_rs.Implementation.DFA
    )
    old, new = KeywordProcessor(), KeywordProcessor2(case_sensitive=False)
    walker = ahocorasick.Automaton()
    for spelling in spellings:
        old.add_keyword(spelling)
        new.add_keyword(spelling)
        walker.add_word(spelling.lower(), len(spelling))
    walker.make_automaton()
    choice = re.compile(
        rf"\b(?:{'|'.join(map(re.escape, sorted(spellings, key=len, reverse=True)))})\b", re.I
    )
    con = duckdb.connect(config={"threads": 1})
    con.sql("create table texts as select unnest($texts) as text", params={"texts": abstracts})
    con.sql(
        "create table spellings as select distinct"
        " string_split_regex(lower(spelling), '[^\\w.+-]+') as words"
        " from (select unnest($spellings) as spelling)",
        params={"spellings": spellings},
    )
    nlp = spacy.blank("en")
    phrases = PhraseMatcher(nlp.vocab, attr="LOWER")
    phrases.add("name", list(nlp.pipe(spellings)))

    return {
        "find_mentions": lambda: sum(
            len(find_mentions(array.slice(at, BATCH), compiled).flatten()) for at in batches
        ),
        f"find_mentions, {MANY:,} aliases": lambda: sum(
            len(find_mentions(array.slice(at, BATCH), twenty_thousand).flatten()) for at in batches
        ),
        "floor: one bare automaton pass": lambda: len(
            bare.find_matches_as_indexes(joined, overlapping=True)
        ),
        "flashtext2": lambda: sum(len(new.extract_keywords(text)) for text in abstracts),
        "flashtext": lambda: sum(len(old.extract_keywords(text)) for text in abstracts),
        "pyahocorasick, a loop": lambda: sum(
            1 for text in abstracts for _ in walker.iter(text.lower())
        ),
        f"one compiled re, every {SLOW}th text": lambda: sum(
            1 for text in abstracts[::SLOW] for _ in choice.finditer(text)
        ),
        "SQL: words, then a join": lambda: con.sql(SQL_JOIN).fetchall()[0][0],
        "spaCy PhraseMatcher": lambda: sum(len(phrases(nlp.make_doc(text))) for text in abstracts),
        "find_definitions": lambda: sum(
            len(find_definitions(title_array.slice(at, BATCH), array.slice(at, BATCH)).flatten())
            for at in batches
        ),
    }


if __name__ == "__main__":
    main()
