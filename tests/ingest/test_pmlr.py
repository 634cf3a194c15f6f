"""The posts of PMLR: what one becomes, what is rejected and why."""

import pytest

from ingest.formats import choose_format

POST = """---
title: "A title: with a colon"
abstract: We count
  mentions.
layout: inproceedings
id: bee26a
volume: '315'
author:
- given: A.
  family: Bee
- family: Dee
date: 2026-05-05
container-title: Proceedings of Tests
pdf: https://example.org/bee26a.pdf
---
The page.
"""


def test_a_post_has_all_that_it_states(write, read):
    path = write("2026-05-05-bee26a.md", POST)
    assert choose_format(path).name == "pmlr"
    (record,) = read(path).records
    assert record == record | {
        "source_paper_id": "v315/bee26a",
        "title": "A title: with a colon",
        "abstract": "We count mentions.",
        "authors": "A. Bee; Dee",
        "published": "2026-05-05",
        "published_kind": "proceedings",
        "venue": "Proceedings of Tests",
        "url": "https://example.org/bee26a.pdf",
    }


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        pytest.param('"A title', "A title", "malformed_yaml", id="colon without quotes"),
        pytest.param("We count", "&a [x]\nx: *a", "malformed_yaml", id="alias"),
        pytest.param("We count", "[" * 10_000, "malformed_yaml", id="10,000 deep"),
        pytest.param("We count", "!!python/object/apply:os.system [x]", "malformed_yaml", id="tag"),
        pytest.param("date: 2026-05-05", "date: 2026-13-45", "malformed_yaml", id="no such day"),
        pytest.param("We count", "a\0b", "malformed_yaml", id="NUL"),
        pytest.param("\n---\nThe page.", "", "malformed_yaml", id="no end"),
        pytest.param("We count", "a" * (2 << 20), "malformed_yaml", id="2 MB"),
        pytest.param('"A title: with a colon"', "[a]", "wrong_type", id="a list as title"),
    ],
)
def test_a_broken_post_is_rejected(write, read, old, new, rule):
    parsed = read(write("a.md", POST.replace(old, new)), "pmlr")
    assert (parsed.records, parsed.rules) == ([], [(1, rule)])
