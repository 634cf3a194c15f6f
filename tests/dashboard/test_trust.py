"""What stands beside a number: how right it is, where it leads, how it is cited."""

import re

import polars as pl

from dashboard import downloads, phrases, trust
from queries import corpus, names, ranking, scores
from queries.scope import WHOLE
from tests.dashboard.conftest import shown


def test_precision_and_recall_stand_beside_a_chart(app, con, published_home):
    test = app(published_home, "names", name="model:transformer")
    row = trust.preferred(scores.latest(con)).filter(pl.col("entity_type") == "model")
    assert f"models precision {phrases.percent(row['precision'][0])}" in shown(test)
    assert "quality#scores" in shown(test)


def test_scores_of_few_labels_are_not_shown_and_other_labels_come_first():
    class Kept:
        def __init__(self, frame):
            self.frame = frame

        def read(self, *_):
            return self.frame

    row = {
        "label_set": "labels", "match_rule": "strict", "entity_type": "model", "scored_at": 2,
        "label_count": 500, "precision": 0.9, "precision_low": 0.8, "precision_high": 0.95,
        "recall": 0.7, "recall_low": 0.6, "recall_high": 0.8,
    }  # fmt: skip
    other = row | {"label_set": "theirs", "scored_at": 1, "precision": 0.5}
    few = row | {"label_count": 20}
    for rows, words in (
        ([row], "models precision 90.0 % (80\N{EN DASH}95 %), recall 70.0 %"),
        ([row], ", 500 labels"),
        ([row, other], "precision 50.0 %"),
        ([few], "models not measured, 20 labels"),
        ([], "models not measured"),
    ):
        frame = (
            pl.DataFrame(rows, schema=list(row), orient="row")
            if rows
            else pl.DataFrame(schema=dict.fromkeys(row, pl.String))
        )
        line = trust.measured_line(Kept(frame), ["model"], WHOLE)
        assert words in line
        assert ("expect less elsewhere" in line) == (bool(rows) and other not in rows)


def test_the_number_of_papers_leads_to_as_many(app, con, published_home):
    name = ranking.top(con, "model", limit=1)["entity_id"][0]
    found = names.name(con, name, WHOLE)
    assert f'href="papers?naming={name}">{found.paper_count}<' in shown(
        app(published_home, "names", name=name)
    )
    listed = app(published_home, "papers", naming=name)
    said = " ".join(block.value for block in listed.markdown)
    assert f"**{phrases.counted(found.paper_count, 'paper')}**" in said


def test_a_citation_is_bibtex_that_bibtex_reads(con):
    from bibtexparser import parse_string

    entry = downloads.bibtex(corpus.freshness(con), WHOLE, "A_b & {c} 100 % \\x")
    (read,) = parse_string(entry).entries
    assert read.entry_type == "misc"
    assert read["title"] == r"A\_b \& c 100 \% x"
    assert re.search(r"Snapshot \w+, run ", read["note"])
