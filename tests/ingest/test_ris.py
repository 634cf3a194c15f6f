"""RIS: what a reference becomes, what is rejected and why."""

import pytest

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
