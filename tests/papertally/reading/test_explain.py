"""`papertally explain`: the paper as it stands, with every mention and its reason."""

import json
import re
from pathlib import Path

import duckdb

from papertally.reading.explain import RULES, as_text, explain
from papertally.settings import load_settings
from papertally.warehouse.published_file import published_connection
from tests.conftest import run_papertally


def test_a_paper_is_marked_at_every_mention_and_gives_reasons(published_home: Path) -> None:
    with duckdb.connect(published_home / "current.duckdb", read_only=True) as con:
        paper_id, title, abstract, mention_count = con.execute(
            "select paper_id, title, abstract, count(*) from marts.dim_papers"
            " join marts.fct_mentions using (paper_id) group by all order by 4 desc, 1 limit 1"
        ).fetchall()[0]
    done = run_papertally(published_home, "explain", paper_id)
    assert done.returncode == 0, done.stderr
    _, marked_title, marked_abstract = done.stdout.split("\n\n")[:3]
    pattern = r"\[(.*?)\|(?:model|dataset|metric|method)\]"
    assert re.sub(pattern, r"\1", marked_title) == title
    assert re.sub(pattern, r"\1", marked_abstract) == abstract
    assert len(re.findall(pattern, marked_title + marked_abstract)) == mention_count
    as_json = json.loads(run_papertally(published_home, "explain", paper_id, "--json").stdout)
    assert len(as_json["mentions"]) == mention_count
    assert all(row["reason"] for row in as_json["mentions"])
    defined = [row for row in as_json["mentions"] if row["match_method"] == "definition"]
    assert all(row["definition_rule"] in RULES for row in defined)


def test_evidence_is_told_where_there_is_more_than_a_spelling() -> None:
    row = {
        "surface": "QuuxBench",
        "section": "abstract",
        "start_char": 7,
        "end_char": 16,
        "entity_id": "dataset:quuxbench",
        "entity_type": "dataset",
        "is_introduced": False,
        "reason": "Shown by its company.",
        "alias": "QuuxBench",
        "confidence": 0.85,
        "definition_rule": None,
        "parent_id": None,
        "match_method": "discovered",
        "origin": "discovered",
        "score": 0.97,
        "evidence": "after_dataset 4, on_dataset 3",
        "paper_count": 6,
        "paper_score": None,
        "paper_evidence": None,
    }
    paper = {"paper_id": "p", "published_on": None, "source_name": "s", "title": "T"}
    said = as_text(
        {"paper": paper | {"abstract": "We use QuuxBench."}, "mentions": [row], "uncounted": []}
    )
    assert "score of 0.97, in 6 papers: after_dataset 4, on_dataset 3." in said
    version = row | {"match_method": "variant", "parent_id": "dataset:quux", "score": None}
    said = as_text(
        {"paper": paper | {"abstract": "We use QuuxBench."}, "mentions": [version], "uncounted": []}
    )
    assert "An unlisted version of dataset:quux." in said
    alone = row | {"score": None, "paper_score": 0.71, "paper_evidence": "verb_on, shape_camel"}
    said = as_text(
        {"paper": paper | {"abstract": "We use QuuxBench."}, "mentions": [alone], "uncounted": []}
    )
    assert "This paper shows the type with a score of 0.71: verb_on, shape_camel." in said


def test_what_one_paper_shows_is_read_from_the_file(published_home: Path) -> None:
    settings = load_settings({"PAPERTALLY_HOME": str(published_home)})
    with published_connection(settings) as con:
        papers = con.sql(
            "select paper_id from marts.fct_mentions where match_method = 'company'"
            " order by paper_id limit 1"
        ).fetchall()
    mentions = explain(settings, papers[0][0])["mentions"]
    shown = [row for row in mentions if row["match_method"] == "company"]
    assert shown
    assert all(row["paper_score"] >= 0.5 for row in shown)


def test_a_paper_that_is_not_there_is_said(published_home: Path) -> None:
    done = run_papertally(published_home, "explain", "arxiv:0000.00000")
    assert done.returncode == 2
    assert "arxiv:0000.00000" in done.stderr
