"""The listing text: papers in pairs of lines under a newsletter header."""

import pytest

from ingest.errors import UnreadableFile

HEADER = (
    "Get trending papers in your email inbox once a day!\n"
    "Get trending papers in your email inbox!\n"
)
TWO_PAPERS = HEADER + "SubscribeFirst\nIts text\nSecond\nOther text\n"


def pairs(parsed):
    return [(row["source_line"], row["title"], row["abstract"]) for row in parsed.records]


def test_the_founding_listing_is_read_line_for_line(shared, read):
    path = shared / "seed" / "trending-papers.txt"
    lines = path.read_bytes().decode().removesuffix("\n").split("\n")
    lines[2] = lines[2].removeprefix("Subscribe")
    parsed = read(path)
    assert parsed.rejects == []
    assert len(parsed.records) == 119
    assert pairs(parsed) == [(at + 1, lines[at], lines[at + 1]) for at in range(2, len(lines), 2)]
    assert parsed.records[0]["title"].startswith("Mixout: ")
    assert set(parsed.column("published")) == {None}  # it has no dates, and none is invented


def test_latex_and_odd_quotes_of_the_founding_listing_are_verbatim(shared, read):
    original = (shared / "seed" / "trending-papers.txt").read_text(encoding="utf-8")
    parsed = read(shared / "seed" / "trending-papers.txt")
    text = "\n".join(parsed.column("title") + parsed.column("abstract"))
    for odd in ("\\", "{", '"', "'", "\u2019", "\u201c", "%", "~"):
        assert text.count(odd) == original.count(odd), odd
    assert "\\" in text
    assert '"mixout"' in parsed.records[0]["abstract"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(TWO_PAPERS, id="plain"),
        pytest.param(TWO_PAPERS.removesuffix("\n"), id="no final newline"),
        pytest.param(TWO_PAPERS.replace("\n", "\r\n"), id="CRLF"),
        pytest.param("\ufeff" + TWO_PAPERS, id="BOM"),
    ],
)
def test_every_shape_of_line_end_gives_the_same_papers(write, read, content):
    parsed = read(write("listing.txt", content))
    assert pairs(parsed) == [(3, "First", "Its text"), (5, "Second", "Other text")]
    assert parsed.rejects == []


def test_blank_lines_do_not_shift_titles_against_abstracts(write, read):
    content = HEADER + "\n\nSubscribeFirst\n\nIts text\n \t\nSecond\nOther text\n\n"
    parsed = read(write("listing.txt", content))
    assert pairs(parsed) == [(5, "First", "Its text"), (9, "Second", "Other text")]


def test_a_last_title_without_text_is_rejected_and_the_others_land(write, read):
    parsed = read(write("listing.txt", TWO_PAPERS + "Third\n"))
    assert len(parsed.records) == 2
    (reject,) = parsed.rejects
    assert (reject["source_line"], reject["rule"]) == (7, "missing_abstract")
    assert reject["raw_text"] == "Third"


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        pytest.param(b"Bad \xff title\nBad text\n", 5, id="in a title"),
        pytest.param(b"Bad title\nBad \xff text\n", 6, id="in an abstract"),
    ],
)
def test_a_bad_byte_costs_one_paper(write, read, broken, line):
    content = HEADER.encode() + b"SubscribeFirst\nIts text\n" + broken + b"Last\nLast text\n"
    parsed = read(write("listing.txt", content))
    assert parsed.column("title") == ["First", "Last"]
    (reject,) = parsed.rejects
    assert (reject["source_line"], reject["rule"]) == (line, "bad_encoding")
    assert r"Bad \xff" in reject["raw_text"]
    assert "\n" in reject["raw_text"], "both lines of the paper are shown"


def test_only_the_button_glued_to_the_first_title_is_taken_off(write, read):
    content = HEADER + "SubscribeSubscribe to me\nSubscribe is a word\nSubscribe\nText\n"
    assert pairs(read(write("listing.txt", content))) == [
        (3, "Subscribe to me", "Subscribe is a word"),
        (5, "Subscribe", "Text"),
    ]


def test_a_first_title_without_the_button_stays_whole(write, read):
    assert pairs(read(write("listing.txt", HEADER + "First\nText\n"))) == [(3, "First", "Text")]


def test_what_a_listing_cannot_know_is_null(write, read):
    record = read(write("listing.txt", TWO_PAPERS)).records[0]
    for name in ("source_paper_id", "published", "venue", "url", "upvotes"):
        assert record[name] is None


def test_unicode_line_separators_end_no_line(write, read):
    content = HEADER + "SubscribeA\u2028B\nC\x0bD\u0085E\n"
    assert pairs(read(write("listing.txt", content))) == [(3, "A\u2028B", "C\x0bD\u0085E")]


def test_a_forced_listing_without_its_header_is_read_where_its_lines_are_pairs(write, read):
    content = "First\nA text that is longer than its title\nSecond\nAnother text as long as that\n"
    parsed = read(write("a.txt", content), "listing")
    assert parsed.column("title") == ["First", "Second"]


def test_other_lines_are_no_listing(write, read):
    with pytest.raises(UnreadableFile, match=r"a\.txt: it has no newsletter header"):
        read(
            write("a.txt", "machine translation\nspeech\nimage classification\nparsing\n"),
            "listing",
        )
