"""BibTeX: what an entry becomes, what is rejected and why."""

import tracemalloc

import pytest

from ingest.formats import FORMATS
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
