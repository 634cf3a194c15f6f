"""Works of one title: what joins two of them, and what keeps them apart."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

Fields = dict[str, Any]
ADA, LI = {"authors": "Ada Byron; Li Wei"}, {"authors": "Li Wei"}
TEXT = {"abstract": "We count what papers name."}


class Pair(NamedTuple):
    """Two records of one title in two sources, and what becomes of them."""

    about: str
    outcome: str
    one: Fields
    other: Fields
    title: str = ""


def own(number: int) -> Fields:
    """A record by its source's own identifier, in a source that both records are in."""
    return {"source": "listing", "paper_id": f"own-{number}"}


def year(number: int) -> Fields:
    return {"published": str(number)}


PAIRS = (
    Pair("one author in two orders", "title_author", ADA, {"authors": "Byron, Ada"}),
    Pair("one author with accents", "title_author", ADA, {"authors": "Ada Byrón"}),
    Pair("an author's suffix is no name", "title_author", ADA, {"authors": "Ada Byron Jr"}),
    Pair("an initial is no name", "title_author", ADA, {"authors": "A. Byron"}),
    Pair("one author, years apart", "title_author", ADA | year(2010), ADA | year(2020)),
    Pair("another first author", "different_author", ADA, LI),
    Pair("another first author in one year", "different_author", ADA | year(2020), LI | year(2020)),
    Pair("names that meet are no other author", "nothing_else_known", LI, {"authors": "Wei Li"}),
    Pair("names that meet", "title_year", LI | year(2020), {"authors": "Wei Li"} | year(2020)),
    Pair("a year apart", "title_year", year(2020), year(2021)),
    Pair("a year apart, the other way", "title_year", year(2021), year(2020)),
    Pair("two years apart", "different_year", year(2020), year(2022)),
    Pair("nothing else", "nothing_else_known", {}, TEXT),
    Pair("the year of arXiv", "title_year", {"arxiv_id": "2003.00101"}, year(2021)),
    Pair("not the year of arXiv", "different_year", {"arxiv_id": "2003.00102"}, year(2022)),
    Pair("a short title alone", "short_title", year(2020), year(2020), "Counts I"),
    Pair("a short title of an author", "short_title", ADA, ADA, "Counts II"),
    Pair("... and a year", "title_author", ADA | year(2020), ADA | year(2021), "Counts III"),
    Pair("... and a text", "title_text", TEXT | {"paper_id": "text"}, TEXT, "Counts IV"),
    Pair("just short", "short_title", year(2020), year(2020), "Nineteen " + "x" * 11),
    Pair("just long enough", "title_year", year(2020), year(2020), "Twenty " + "x" * 14),
    Pair("one text", "title_text", TEXT | {"paper_id": "one text"}, TEXT),
    Pair("one text of two", "title_text", ADA | TEXT | {"paper_id": "text of two"}, LI | TEXT),
    Pair(
        "half of the words",
        "title_text",
        ADA | {"abstract": "One, two: three"},
        LI | {"abstract": "one two three four five six"},
    ),
    Pair(
        "less than half of the words",
        "different_author",
        ADA | {"abstract": "one two three"},
        LI | {"abstract": "one two three four five six seven"},
    ),
    Pair("one source", "same_source", own(1) | year(2020), own(2) | year(2020)),
    Pair("one source, one author", "same_source", own(3) | ADA, own(4) | ADA),
    Pair("... in one year", "title_author", own(5) | ADA | year(2020), own(6) | ADA | year(2020)),
    Pair(
        "... with a short title",
        "same_source",
        own(7) | ADA | year(2020),
        own(8) | ADA | year(2020),
        "Counts V",
    ),
    Pair("one source, one text", "title_text", own(9) | TEXT, own(10) | TEXT),
    Pair(
        "one source that gives no identifiers",
        "title_year",
        own(11) | year(2020),
        {"source": "listing"} | year(2020),
    ),
    Pair(
        "two arXiv papers",
        "different_arxiv",
        ADA | TEXT | {"arxiv_id": "2003.00103"},
        ADA | TEXT | {"arxiv_id": "2003.00104"},
    ),
    Pair("two DOIs", "different_doi", ADA | {"doi": "10.1000/a"}, ADA | {"doi": "10.1000/b"}),
    Pair(
        "two of the anthology",
        "different_acl",
        ADA | {"acl_id": "P18-1001"},
        ADA | {"acl_id": "P18-1002"},
    ),
    Pair(
        "two of OpenReview",
        "different_openreview",
        ADA | {"openreview_id": "abc"},
        ADA | {"openreview_id": "def"},
    ),
    Pair(
        "identifiers of two kinds",
        "title_author",
        ADA | {"doi": "10.1000/c"},
        ADA | {"arxiv_id": "2003.00105"},
    ),
)

GROUPS = {
    "two arXiv papers by way of a third": [
        ADA | {"arxiv_id": "2003.00201"},
        ADA | {"source": "proceedings", "paper_id": "third"},
        ADA | {"arxiv_id": "2003.00202", "source": "listing"},
    ],
    "two authors by way of a third": [
        ADA | year(2020) | {"source": "preprints", "paper_id": "ada"},
        year(2020) | {"source": "proceedings", "paper_id": "nobody"},
        LI | year(2020) | {"source": "listing", "paper_id": "li"},
    ],
    "two years by way of a third": [
        year(2020) | {"source": "preprints", "paper_id": "early"},
        year(2021) | {"source": "proceedings", "paper_id": "later"},
        year(2022) | {"source": "listing", "paper_id": "late"},
    ],
    "of every kind of identifier": [
        ADA | TEXT | {"source": "proceedings"},
        ADA | {"source": "preprints", "paper_id": "kinds"},
        ADA | {"source": "a", "openreview_id": "ghi"},
        ADA | {"source": "b", "acl_id": "P18-1003"},
        ADA | {"source": "c", "doi": "10.1000/d"},
        ADA | {"source": "d", "arxiv_id": "2003.00203"},
    ],
    "written by too many": [
        year(2020) | {"source": "preprints", "paper_id": f"many-{number}"} for number in range(21)
    ],
}


def title_of(about: str) -> str:
    return f"A title that tells enough about {about}"


@pytest.fixture(scope="module")
def links(identity: Any) -> Iterator[Any]:
    """Every example in one warehouse; returns the outcome of each pair of a title's works."""
    groups = [(pair.title or title_of(pair.about), [pair.one, pair.other]) for pair in PAIRS]
    groups += [(title_of(about), records) for about, records in GROUPS.items()]
    files: dict[str, list[Fields]] = {}
    for title, records in groups:
        for record, usual in zip(records, ("preprints", "proceedings") * 20, strict=False):
            fields = {"title": title, "abstract": None} | record
            files.setdefault(fields.pop("source", usual), []).append(fields)
    identity.works(list(files.items()), threads=1)

    def links(title: str) -> list[tuple[str, str, str]]:
        return identity.con.execute(
            """
            select work_key, other_work_key, coalesce(refusal_reason, link_method, 'joined')
            from quality.title_links
            where title = ?
            order by all
            """,
            [title],
        ).fetchall()

    yield links


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.title} {pair.about}".strip())
def test_two_works_of_a_title(links, pair):
    assert [outcome for _, _, outcome in links(pair.title or title_of(pair.about))] == [
        pair.outcome
    ]


@pytest.mark.parametrize(
    ("about", "outcomes"),
    [
        (
            "two arXiv papers by way of a third",
            ["different_arxiv", "other_works_contradict", "other_works_contradict"],
        ),
        (
            "two authors by way of a third",
            ["different_author", "other_works_contradict", "other_works_contradict"],
        ),
        ("two years by way of a third", ["joined", "title_year", "title_year"]),
        ("written by too many", ["common_title"] * 20),  # each with the first alone
    ],
)
def test_what_third_works_say(links, about, outcomes):
    assert sorted(outcome for _, _, outcome in links(title_of(about))) == outcomes


def test_a_joined_paper_is_called_by_its_best_identity(links, identity):
    assert len(links(title_of("of every kind of identifier"))) == 15
    rows = identity.con.execute(
        """
        select identifiers.identifier_kind, identifiers.paper_id, identifiers.link_method
        from marts.paper_identifiers as identifiers
        inner join marts.dim_papers as papers on identifiers.paper_id = papers.paper_id
        where papers.title = ?
        order by all
        """,
        [title_of("of every kind of identifier")],
    ).fetchall()
    assert rows == [
        ("acl", "arxiv:2003.00203", "title_author"),
        ("arxiv", "arxiv:2003.00203", "identifier"),
        ("doi", "arxiv:2003.00203", "title_author"),
        ("openreview", "arxiv:2003.00203", "title_author"),
        ("source", "arxiv:2003.00203", "title_author"),
    ]
