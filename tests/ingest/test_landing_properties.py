"""What holds for every file: the counts add up, the text survives."""

import csv
import io
import json
import uuid

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

TEXTS = """
select encode(title), encode(abstract)
from raw.papers
where load_id = '{}'
order by source_line
"""

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)

# (line of the file, what has to land from it; None where it has to be rejected)
good = st.builds(
    lambda title, abstract: (
        json.dumps({"title": title, "abstract": abstract}).encode(),
        (title, abstract),
    ),
    st.sampled_from(["T", "U", "t", "T "]),
    st.sampled_from(["A", "B", None]),
)
bad = st.sampled_from(
    [
        (b"broken", None),
        (b"[]", None),
        (b'{"title": ["T"], "abstract": "A"}', None),
        (b'{"title": " ", "abstract": "A"}', None),
        (b'{"title": "T\xff", "abstract": "A"}', None),
        (b'{"title": "\\ud800", "abstract": "A"}', None),
    ]
)
files = st.lists(good | good | bad, min_size=1, max_size=15)


@settings(deadline=None, max_examples=50)
@given(lines=files, blank_lines=st.booleans())
def test_read_is_landed_and_known_and_rejected_always(
    write, common_warehouse, land, rows, lines, blank_lines
):
    con, source = common_warehouse, uuid.uuid4().hex
    lines = [*lines, (as_jsonl([{"title": source, "abstract": "A"}]).encode(), (source, "A"))]
    path = write("a.jsonl", (b"\n\n" if blank_lines else b"\n").join(line for line, _ in lines))
    step = 2 if blank_lines else 1
    numbered = [(1 + step * index, paper) for index, (_, paper) in enumerate(lines)]
    firsts = {paper: number for number, paper in reversed(numbered) if paper}
    good_count = sum(paper is not None for _, paper in numbered)
    bad_lines = [number for number, paper in numbered if paper is None]
    of_file = f"where source_name = '{source}' order by source_line"
    landed = f"select source_line, title, abstract from raw.papers {of_file}"
    rejected = f"select source_line from raw.rejected_papers {of_file}"

    first = land(con, path, source)
    after_first = rows(con, landed), rows(con, rejected)
    second = land(con, path, source)
    after_second = rows(con, landed), rows(con, rejected)

    for load in (first, second):
        assert load.read_count == len(lines)
        assert load.read_count == load.landed_count + load.known_count + load.rejected_count
        assert load.rejected_count == len(bad_lines)
    assert first.landed_count == len(firsts)
    assert (second.landed_count, second.known_count) == (0, good_count)
    assert after_first == (
        sorted((number, *paper) for paper, number in firsts.items()),
        [(number,) for number in bad_lines],
    )
    assert after_second == after_first


def as_jsonl(papers):
    return "".join(json.dumps(dict(paper), ensure_ascii=False) + "\n" for paper in papers)


def as_escaped_jsonl(papers):
    return "".join(json.dumps(dict(paper)) + "\n" for paper in papers)


def as_separated(delimiter):
    def separated(papers):
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
        writer.writerow(["title", "abstract"])
        writer.writerows([paper["title"], paper["abstract"]] for paper in papers)
        return out.getvalue()

    return separated


def as_parquet(papers):
    out = io.BytesIO()
    pl.DataFrame(papers, schema={"title": pl.String, "abstract": pl.String}).write_parquet(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "spell"),
    [
        pytest.param("a.jsonl", as_jsonl, id="jsonl"),
        pytest.param("a.jsonl", as_escaped_jsonl, id="jsonl with escapes"),
        pytest.param("a.csv", as_separated(","), id="csv"),
        pytest.param("a.tsv", as_separated("\t"), id="tsv"),
        pytest.param("a.parquet", as_parquet, id="parquet"),
    ],
)
@settings(deadline=None, max_examples=20)
@given(written=st.lists(st.tuples(texts, texts), min_size=1, max_size=20))
def test_text_survives_byte_for_byte(write, common_warehouse, land, rows, name, spell, written):
    papers = [
        {"title": f"{number}{title}", "abstract": f"{abstract}\0" if number % 2 else abstract}
        for number, (title, abstract) in enumerate(written)
    ]
    load = land(common_warehouse, write(name, spell(papers)), uuid.uuid4().hex)
    landed = rows(common_warehouse, TEXTS.format(load.load_id))
    assert load.landed_count == len(papers)
    assert landed == [
        (paper["title"].encode(), paper["abstract"].encode() or None) for paper in papers
    ]


@settings(deadline=None, max_examples=20)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=60),
        min_size=2,
        max_size=20,
    )
)
def test_a_listing_keeps_every_line(write, common_warehouse, land, rows, written):
    lines = [f"{number}{line}" for number, line in enumerate(written[: len(written) // 2 * 2])]
    header = "Get trending papers in your email inbox once a day!\n"
    path = write("a.txt", f"{header}Subscribe" + "\n".join(lines))
    load = land(common_warehouse, path, uuid.uuid4().hex)
    landed = rows(common_warehouse, TEXTS.format(load.load_id))
    assert [text.decode() for row in landed for text in row] == lines
