"""BibTeX, RIS, CSL-JSON and the posts of PMLR: what lands, what is rejected and why."""

import json
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.formats import FORMATS, choose_format
from ingest.formats.latex import plain_latex

FULL = r"""% made by a manager
@string{neurips = "Advances in Neural Information Processing Systems"}
@InProceedings{mueller20,
  Title     = "A {BERT} of $x_{1}$ for M{\"u}nchen",
  author    = {M{\"u}ller, J{\'o}n and {The BIG Team} and Bee, Jr., A. and C. Dee and others},
  booktitle = neurips # " 33",
  month     = may # "~5",
  year      = 2020,
  url       = {https://example.org/a\_b},
  doi       = {10.1/a\_b},
  abstract  = {We gain 5\% on \textit{GLUE}.},
  keywords  = {a}, keywords = {b},
}
"""
GOOD = "@article{a, title = {Good}, year = 2020}\n"
LAST = "@article{z, title = {Last}, year = 2020}\n"


def test_an_entry_has_all_that_it_states(write, read):
    parsed = read(write("a.bib", FULL))
    (record,) = parsed.records
    assert parsed.rejects == []
    assert record == record | {
        "source_line": 3,
        "source_paper_id": None,
        "title": "A BERT of $x_{1}$ for München",
        "authors": "Jón Müller; The BIG Team; A. Bee Jr.; C. Dee",
        "venue": "Advances in Neural Information Processing Systems 33",
        "published": "2020-05",
        "published_kind": "proceedings",
        "url": "https://example.org/a_b",
        "doi": "10.1/a_b",
        "abstract": "We gain 5% on GLUE.",
    }


@pytest.mark.parametrize(
    ("fields", "arxiv_id", "kind"),
    [
        ("eprint = {2001.00001}, archivePrefix = {arXiv}", "2001.00001", None),
        ("eprint = {cs/0101001}, eprinttype = {arxiv}", "cs/0101001", None),
        ("journal = {arXiv preprint arXiv:2001.00001v2}", "2001.00001v2", None),
        ("journal = {CoRR}, volume = {abs/2001.00001}", "2001.00001", None),
        ("booktitle = {ACL}, eprint = {2001.00001}, archiveprefix = {arXiv}", "2001.00001",
         "proceedings"),
        ("journal = {Nature}, volume = {abs/2001.00001}", None, "proceedings"),
        ("eprint = {12345}, eprinttype = {pubmed}", None, "proceedings"),
    ],
)  # fmt: skip
def test_arxiv_identifiers_are_found_where_tools_write_them(write, read, fields, arxiv_id, kind):
    (record,) = read(write("a.bib", f"@misc{{k, title={{T}}, year={{2020}}, {fields}}}")).records
    assert (record["arxiv_id"], record["published_kind"]) == (arxiv_id, kind)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("year = 2020, month = may", "2020-05"),
        ("year = {2020}, month = {May--June}", "2020"),
        ("year = 2020, month = 5", "2020-05"),
        ("date = {2020-05-06}", "2020-05-06"),
        ("date = {2020-05}, year = 2020", "2020-05"),
        ("year = {to appear}, month = may", "to appear"),
        ("month = may", None),
    ],
)
def test_dates_are_as_fine_as_they_are_stated(write, read, fields, expected):
    (record,) = read(write("a.bib", f"@article{{k, title={{T}}, {fields}}}")).records
    assert record["published"] == expected


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        pytest.param(b"@article{b, title = {Bad", "malformed_bibtex", id="brace never closed"),
        pytest.param(b"@article{b, title = {B}}, year = 1}", "malformed_bibtex", id="a brace more"),
        pytest.param(b'@article{b, title = "B}', "malformed_bibtex", id="quote never closed"),
        pytest.param(b"@article{b, title {B}}", "malformed_bibtex", id="no equals sign"),
        pytest.param(b"@article{b, title = {B}, title = {C}}", "malformed_bibtex", id="two titles"),
        pytest.param(b"@article{b, title = {B\xe9}}", "bad_encoding", id="Latin-1"),
        pytest.param(b"@article{b, year = 2020}", "missing_title", id="no title"),
        pytest.param(b"@article{b}", "missing_title", id="nothing"),
        pytest.param(b"@proceedings{b, title = {B}}", "not_a_paper", id="a volume"),
        pytest.param(b"@string{b}", "malformed_bibtex", id="a string of nothing"),
        pytest.param(
            b"@article{b, title = {" + b"a" * (11 << 20) + b"}}", "malformed_bibtex", id="11 MB"
        ),
    ],
)
def test_the_entries_around_a_broken_one_land(write, read, broken, rule):
    parsed = read(write("a.bib", GOOD.encode() + broken + b"\n" + LAST.encode()))
    assert (parsed.column("title"), parsed.column("source_line")) == (["Good", "Last"], [1, 3])
    assert parsed.rules == [(2, rule)]
    assert len(parsed.rejects[0]["raw_text"]) < 70_000


def test_several_entries_on_a_line_and_comments_between_entries(write, read):
    content = f"{GOOD.strip()} {LAST.strip()}\nnotes\n@comment{{{GOOD.strip()}}}\n"
    assert read(write("a.bib", content)).column("title") == ["Good", "Last"]


def test_nul_bom_and_deep_braces_are_no_harm(write, read):
    deep = "{" * 10_000 + "x" + "}" * 10_000
    content = f"\ufeff@article{{d, title = {{{deep}}}}}\n@article{{n, title={{a\0b}}}}"
    assert read(write("a", content)).column("title") == ["x", "a\0b"]


def test_a_large_bibliography_is_read_in_bounded_memory(write):
    path = write("a.bib", "")
    text = "a " * 50_000
    with path.open("a") as file:
        for number in range(600):
            file.write(f"@article{{k{number}, title = {{T {number}}}, abstract = {{{text}}}}}\n")
    tracemalloc.start()
    assert sum(batch.records.height for batch in FORMATS["bibtex"].read(path, {})) == 600
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < path.stat().st_size // 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"M{\"u}ller", "Müller"),
        (r"{\'E}t{\'e} \'{\i} \v{S} {\c c} \O{}st \L ukasz \ss", "Été í Š ç Øst Łukasz ß"),
        (r"{C}$^3${KG} and \(a_{b}\)", r"C$^3$KG and \(a_{b}\)"),
        (r"\textbf{b \emph{x}} \unknown{y} \& 5\% a~b", r"b x \unknowny & 5% a b"),
        ("5% of ~7 { and \\", "5% of ~7  and \\"),
        (r"\`e \^e \~n \=a \u{g} \.z \r{a} \H{o} \d{s} \k{e} \b{d}", "è ê ñ ā ğ ż å ő ṣ ę ḏ"),
        (r"\o{} \l{} \ae{} \AE{} \oe{} \OE{} \aa{} \AA{} \i{} \j{}", "ø ł æ Æ œ Œ å Å ı ȷ"),  # noqa: RUF001
        (r"\dh{} \DH{} \th{} \TH{} \dj{} \DJ{} \ng{} \NG{} \S{}", "ð Ð þ Þ đ Đ ŋ Ŋ §"),
        (r"\textquoteleft{}a\textquoteright{} \textendash{} \textemdash{}", "‘a’ – —"),  # noqa: RUF001
        (r"\copyright{} \texttrademark{} \textregistered{} \textdegree{}", "© ™ ® °"),
    ],
)
def test_latex_becomes_text_and_formulas_stay(text, expected):
    assert plain_latex(text) == expected


RIS = """TY  - CONF
TI  - A title
AU  - Müller, Jón
AU  - Bee, A., Jr.
PY  - 2020
DA  - 2020/05//
AB  - One line
and another.
DO  - 10.1/x
UR  - https://arxiv.org/abs/2001.00001
T2  - NeurIPS
ER  -
"""
RIS_LAST = "TY  - GEN\nT1  - Last\nY1  - 2019/03/04/\nER  -\n"


def test_a_reference_has_all_that_it_states(write, read):
    parsed = read(write("a.txt", RIS + "\n" + RIS_LAST))
    assert parsed.rejects == []
    first, last = parsed.records
    assert first == first | {
        "title": "A title",
        "authors": "Jón Müller; A. Bee Jr.",
        "published": "2020-05",
        "published_kind": "proceedings",
        "abstract": "One line and another.",
        "doi": "10.1/x",
        "url": "https://arxiv.org/abs/2001.00001",
        "venue": "NeurIPS",
    }
    assert (last["title"], last["published"], last["published_kind"]) == (
        "Last",
        "2019-03-04",
        None,
    )


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        pytest.param(b"TY  - CONF\nTI  - Bad\n", "malformed_ris", id="no end"),
        pytest.param(b"TI  - Bad\nER  - \n", "malformed_ris", id="no beginning"),
        pytest.param(b"TY  - CONF\nTI  - caf\xe9\nER  - \n", "bad_encoding", id="Latin-1"),
        pytest.param(b"TY  - CONF\nAB  - x\nER  - \n", "missing_title", id="no title"),
        pytest.param(
            b"TY  - CONF\nTI  - " + b"a" * (11 << 20) + b"\n", "malformed_ris", id="11 MB"
        ),
    ],
)
def test_the_references_around_a_broken_one_land(write, read, broken, rule):
    parsed = read(write("a.ris", RIS.encode() + broken + RIS_LAST.encode()))
    assert parsed.column("title") == ["A title", "Last"]
    assert parsed.rules[0] == (13, rule)


def test_a_reference_that_is_cut_says_so(write, read):
    parsed = read(write("a.ris", RIS + RIS_LAST[:20]))
    assert (parsed.column("title"), parsed.rules) == (["A title"], [(13, "malformed_ris")])


CSL = {
    "id": "a",
    "type": "paper-conference",
    "title": "T",
    "author": [{"family": "Müller", "given": "Jón"}, {"literal": "The Team"}],
    "issued": {"date-parts": [[2020, 5]]},
    "DOI": "10.1/x",
    "container-title": "NeurIPS",
    "URL": "https://example.org",
    "abstract": "We count.",
}


def test_a_citation_has_all_that_it_states(write, read):
    path = write("a.json", json.dumps([CSL, {"type": "article", "title": "U"}], indent=1))
    assert choose_format(path).name == "csl-json"
    first, second = read(path).records
    assert first == first | {
        "title": "T",
        "authors": "Jón Müller; The Team",
        "published": "2020-05",
        "published_kind": "proceedings",
        "doi": "10.1/x",
        "venue": "NeurIPS",
        "url": "https://example.org",
        "source_paper_id": None,
    }
    assert (second["published"], second["published_kind"]) == (None, None)


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        ({"date-parts": [["2020"]]}, "2020"),
        ({"date-parts": [[2020, 5, 6], [2020, 5, 9]]}, "2020-05-06"),
        ({"raw": "2020-05"}, "2020-05"),
        ({"date-parts": [[]]}, None),
        ({"date-parts": 7}, None),
        ({}, None),
    ],
)
def test_dates_in_parts(write, read, issued, expected):
    (record,) = read(write("a.json", json.dumps([CSL | {"issued": issued}])), "csl-json").records
    assert record["published"] == expected


@pytest.mark.parametrize("wrong", [{"issued": 7}, {"author": ["A"]}, {"title": ["T"]}])
def test_citations_of_wrong_types_are_rejected(write, read, wrong):
    parsed = read(write("a.json", json.dumps([CSL | wrong, CSL])), "csl-json")
    assert (len(parsed.records), parsed.rules) == (1, [(1, "wrong_type")])


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


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("acl_anthology_bib/acl2022_from_paperlists_bibtex_field.bib", 1031),
        ("acl_anthology_bib/P19-1007.bib", 1),
        ("pmlr_posts_md/v315_first_post.md", 1),
    ],
)
def test_real_bibliographies_land_whole(shared, read, name, expected):
    parsed = read(shared / "raw_samples" / name)
    assert (len(parsed.records), parsed.rejects) == (expected, [])
    for field in ("title", "authors", "published", "published_kind", "venue", "url"):
        assert None not in parsed.column(field)


WORDS = st.sampled_from(
    ["@article{", "@string{a = {b}}\n", "\n", "}", "{", '"', "=", ",", "title", "#", "(", ")", "@",
     "TY  - JOUR\n", "TI  - T\n", "ER  - \n", "AU  - A, B, C, D\n", "PY  - 2020/13/99\n", "$",
     "---\n", "title: T\n", "- ", ": ", "[", '{"type":"book","title":"T","issued":', "&a", "*a",
     "\0", "ä", "\ud800"]
)  # fmt: skip


@pytest.mark.parametrize("name", ["bibtex", "ris", "pmlr", "csl-json"])
@settings(max_examples=80, deadline=None)
@given(words=st.lists(WORDS, max_size=15))
def test_any_heap_of_words_is_read_or_rejected(write, read_as, name, words):
    content = ("x" + "".join(words)).encode(errors="surrogatepass")
    for row in read_as(write("a", content), name).records:
        assert row["title"].strip()
