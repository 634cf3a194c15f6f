"""What the models decide about hard cases, and about versions that no list has.

All texts go through the matching models once, as dbt compiled them for the published home.
"""

import csv
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from matching.pool import Matcher
from papertally.building.dbt_plugin import register_matching

MODELS = (
    "int_vocabulary_aliases",
    "int_phrases_listed",
    "int_vocabularies_listed",
    "int_papers_matched",
    "int_mentions_found",
    "int_mentions_judged",
    "int_papers_read",
    "int_definitions_found",
    "int_names_found",
    "int_name_cues",
    "int_names_scored",
    "int_names_weighed",
    "int_definitions_resolved",
    "int_discovered_aliases",
    "int_vocabularies_discovered",
    "int_papers_searched",
    "int_discovered_mentions",
    "int_mentions_weighed",
    "int_mentions_resolved",
    "int_entities_discovered",
)
FOLDER = "build/dbt/compiled/papertally/models/intermediate"

with (Path(__file__).parent / "hard_cases.csv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file))

VERSIONS = [
    ("Llama 5", "model:llama-5", "model:llama"),
    ("Llama-5", "model:llama-5", "model:llama"),
    ("GPT-6", "model:gpt-6", "model:gpt"),
    ("GPT6", "model:gpt-6", "model:gpt"),
    ("GPT-6.1", "model:gpt-6.1", "model:gpt"),
    ("GPT-9o", "model:gpt-9o", "model:gpt"),
    ("Qwen4", "model:qwen-4", "model:qwen"),
    ("Qwen4-VL", "model:qwen-4-vl", "model:qwen"),
    ("DeepSeek-V9", "model:deepseek-v9", "model:deepseek"),
    ("Gemini 8.5 Pro", "model:gemini-8.5-pro", "model:gemini"),
    ("Claude Opus 9", "model:claude-opus-9", "model:claude"),
    ("Claude Sonnet 8.5", "model:claude-sonnet-8.5", "model:claude"),
    ("Grok 9", "model:grok-9", "model:grok"),
    ("PanGu-pi", "model:pangu-pi", "model:pangu"),
    ("PanGu-π", "model:pangu-pi", "model:pangu"),
    ("YOLOv30", "model:yolo-v30", "model:yolo"),
    ("Kimi-K9", "model:kimi-k9", "model:kimi"),
    ("Phi-9", "model:phi-9", "model:phi"),
]
LISTED = [
    ("Llama 2", "model:llama-2"),
    ("LLaMA-2", "model:llama-2"),
    ("GPT4", "model:gpt-4"),
    ("Qwen2.5", "model:qwen2.5"),
    ("Qwen 2.5", "model:qwen2.5"),
    ("Wan 2.1", "model:wan2.1"),
    ("BERT", "model:bert"),
    ("mT5", "model:mt5"),
]
SIZES = ["", "-7B", "-70b", "-30B-A3B", "-1.5B-Instruct", "-8x22B-chat", "-7B-it", "-13B-AWQ"]
FRAMES = ["We fine-tune {} on dialogues.", "Scores of {}'s answers rise.", "In ({}), too."]
NO_VERSIONS = [
    ("We ran BERT 3 times.", "BERT"),
    ("It beats GPT 3 times as often.", "GPT-3"),
    ("Llama 7B is small.", "LLaMA"),
    ("ResNet 5 layers deep is enough.", "ResNet"),
]

Decide = Callable[[list[str]], list[list[dict[str, Any]]]]


@pytest.fixture(scope="module")
def decide(published_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Decide]:
    """What the models make of some abstracts: the named spans of each."""
    build = published_home / "build" / "warehouse.duckdb"
    file = Path(shutil.copy(build, tmp_path_factory.mktemp("decisions")))
    with duckdb.connect(file) as con:
        register_matching(con, Matcher(processes=1))
        papers = "intermediate.int_papers_deduplicated"
        con.execute(f"create temp table no_papers as from {papers} limit 0")

        def decide(texts: list[str]) -> list[list[dict[str, Any]]]:
            con.execute(f"create or replace table {papers} as from no_papers")
            con.executemany(
                f"insert into {papers} (paper_id, title, abstract) values (?, 'A study', ?)",
                [(f"{at:04}", text) for at, text in enumerate(texts)],
            )
            for model in MODELS:
                query = (published_home / FOLDER / f"{model}.sql").read_text(encoding="utf-8")
                con.execute(f"create or replace table intermediate.{model} as {query}")
            found = con.sql(
                "select m.*, e.parent_id from intermediate.int_mentions_resolved as m"
                " left join intermediate.int_entities_discovered as e using (entity_id)"
                " where section = 'abstract' order by paper_id, start_char"
            )
            spans: list[list[dict[str, Any]]] = [[] for _ in texts]
            for row in found.pl().to_dicts():
                spans[int(row["paper_id"])].append(row)
            return spans

        yield decide


@pytest.fixture(scope="module")
def decided(decide: Decide) -> list[list[dict[str, Any]]]:
    return decide([case["text"] for case in CASES])


@pytest.mark.parametrize("at", range(len(CASES)), ids=[case["text"] for case in CASES])
def test_hard_cases(decided: list[list[dict[str, Any]]], at: int) -> None:
    case = CASES[at]
    assert case["surface"] in case["text"]
    spans = [span for span in decided[at] if span["surface"] == case["surface"]]
    decisions = {"counted" if span["is_counted"] else "ambiguous" for span in spans} or {"nothing"}
    assert decisions == {case["decision"]}, case["why"]
    if case["decision"] == "counted":
        assert {span["entity_id"] for span in spans} == {case["entity_id"]}, case["why"]


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 60
    assert len({(case["text"], case["surface"]) for case in CASES}) == len(CASES)
    assert {case["decision"] for case in CASES} == {"counted", "ambiguous", "nothing"}
    assert all(
        case["why"] and bool(case["entity_id"]) == (case["decision"] == "counted") for case in CASES
    )


def test_versions_and_sizes_by_rule(decide: Decide) -> None:
    names = [*VERSIONS, *((name, entity, None) for name, entity in LISTED)]
    wanted = [
        (frame.format(name + size), name + size, entity, parent)
        for name, entity, parent in names
        for size in SIZES
        for frame in FRAMES
    ]
    found = decide([text for text, *_ in wanted])
    wrong = [
        (surface, [(span["surface"], span["entity_id"], span["parent_id"]) for span in spans])
        for (_, surface, entity, parent), spans in zip(wanted, found, strict=True)
        if [(s["surface"], s["entity_id"], s["parent_id"]) for s in spans if s["is_counted"]]
        != [(surface, entity, parent)]
    ]
    assert not wrong


def test_a_number_behind_a_name_is_not_always_a_version(decide: Decide) -> None:
    found = decide([text for text, _ in NO_VERSIONS])
    named = [[span["alias"] for span in spans if span["is_counted"]] for spans in found]
    assert [names[0].upper() for names in named] == [name.upper() for _, name in NO_VERSIONS]
