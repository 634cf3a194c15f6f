"""`papertally explain`: the paper as it stands, with every mention and its reason."""

import json
import re
from pathlib import Path

import duckdb

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


def test_a_paper_that_is_not_there_is_said(published_home: Path) -> None:
    done = run_papertally(published_home, "explain", "arxiv:0000.00000")
    assert done.returncode == 2
    assert "arxiv:0000.00000" in done.stderr
