"""Works of one title: what joins two of them, and what keeps them apart."""

from itertools import pairwise
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
    Pair("an author's number is no name", "title_author", ADA, {"authors": "Ada Byron II"}),
    Pair("an initial", "title_author", ADA, {"authors": "A. Byron"}),
    Pair("initials are no names", "different_author", {"authors": "A. Li"}, {"authors": "A. Wei"}),
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
    Pair("... and a text", "title_text", TEXT | {"paper_id": "short"}, TEXT, "Counts IV"),
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
        "... in one year",
        "title_text",
        own(13) | TEXT | year(2020),
        own(14) | TEXT | year(2020),
        "A title that tells enough of a text",
    ),
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
    "two of one source by way of a third": [
        year(2020) | {"source": "listing", "paper_id": "first"},
        year(2020) | {"source": "listing", "paper_id": "second"},
        year(2020) | {"source": "proceedings", "paper_id": "both"},
    ],
    "two years by way of a third": [
        year(2020) | {"source": "preprints", "paper_id": "early"},
        year(2021) | {"source": "proceedings", "paper_id": "later"},
        year(2022) | {"source": "listing", "paper_id": "late"},
    ],
    "two kinds of evidence": [
        ADA | {"source": "listing", "doi": "10.1000/two"},
        ADA | TEXT | {"source": "proceedings", "paper_id": "evidence"},
        TEXT | {"source": "preprints", "paper_id": "text"},
    ],
    "as many as are compared": [
        ADA | year(2020) | {"source": "preprints", "paper_id": f"many-{number}"}
        for number in range(20)
    ],
    "one more than are compared": [
        ADA | year(2020) | {"source": "preprints", "paper_id": f"more-{number}"}
        for number in range(21)
    ],
}

KINDS = ("arxiv", "doi", "acl", "openreview", "source", "none")  # from the best to the worst


class Stated(NamedTuple):
    """An identifier of a kind, as a record states it, and the paper that it is then."""

    fields: Fields
    paper_id: str


def stated(kind: str, number: int) -> Stated:
    return {
        "arxiv": Stated({"arxiv_id": f"2003.0030{number}"}, f"arxiv:2003.0030{number}"),
        "doi": Stated({"doi": f"10.1000/e{number}"}, f"doi:10.1000/e{number}"),
        "acl": Stated({"acl_id": f"P18-110{number}"}, f"acl:P18-110{number}"),
        "openreview": Stated({"openreview_id": f"ghi{number}"}, f"openreview:ghi{number}"),
        "source": Stated({"source": "listing", "paper_id": f"o{number}"}, f"listing:o{number}"),
        "none": Stated({}, ""),
    }[kind]


BETTER = [
    (f"{better} before {worse}", stated(better, place), stated(worse, place + 5))
    for place, (better, worse) in enumerate(pairwise(KINDS))
]


def title_of(about: str) -> str:
    return f"A title that tells enough about {about}"


@pytest.fixture(scope="module")
def links(identity: Any) -> Any:
    """Every example in one warehouse; returns the outcome of each pair of a title's works."""
    groups = [(pair.title or title_of(pair.about), [pair.one, pair.other]) for pair in PAIRS]
    groups += [
        (title_of(about), [ADA | better.fields, ADA | worse.fields])
        for about, better, worse in BETTER
    ]
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

    return links


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
        (
            "two of one source by way of a third",
            ["other_works_contradict", "other_works_contradict", "same_source"],
        ),
        ("two years by way of a third", ["joined", "title_year", "title_year"]),
        ("as many as are compared", ["title_author"] * (20 * 19 // 2)),
        ("one more than are compared", ["common_title"] * 20),  # each with the first alone
    ],
)
def test_what_third_works_say(links, about, outcomes):
    assert sorted(outcome for _, _, outcome in links(title_of(about))) == outcomes


@pytest.mark.parametrize(("about", "better", "worse"), BETTER, ids=lambda value: str(value)[:20])
def test_a_joined_paper_is_called_by_its_better_identity(identity, links, about, better, worse):
    assert [outcome for _, _, outcome in links(title_of(about))] == ["title_author"]
    identifiers = identity.con.execute(
        "select identifier_kind, link_method from marts.paper_identifiers where paper_id = ?",
        [better.paper_id],
    ).fetchall()
    best, *other = about.split(" before ")
    expected = {best: "identifier"} | {kind: "title_author" for kind in other if kind != "none"}
    assert dict(identifiers) == expected


def test_an_identifier_is_linked_by_the_best_evidence(identity, links):
    about = "two kinds of evidence"
    outcomes = sorted(outcome for _, _, outcome in links(title_of(about)))
    assert outcomes == ["joined", "title_author", "title_text"]
    linked = identity.con.execute(
        "select identifier, link_method from marts.paper_identifiers where paper_id = ?",
        ["doi:10.1000/two"],
    ).fetchall()
    assert dict(linked) == {
        "10.1000/two": "identifier",
        "proceedings:evidence": "title_author",
        "preprints:text": "title_text",
    }
