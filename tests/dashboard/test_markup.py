"""Untrusted text stays text."""

import html
import re
from html.parser import HTMLParser

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.evidence import evidence_list, marked
from dashboard.markup import is_web_address, name_link, outward_link, table, text

HOSTILE = [
    "<script>alert(1)</script>",
    "</mark></p><img src=x onerror=alert(1)>",
    "[click](javascript:alert(1)) **bold** :red[x] $\\alpha$ ~~s~~",
    "\"' onmouseover='alert(1)' x=\"",
    "&lt;b&gt; &amp;amp; &#60;",
    "<!-- --><style>*{display:none}</style>",
    "PanGu-$\u03b1$ and POINT$^{2}$ \U0001d518 e\u0301 \u202e abc",
]


class Tags(HTMLParser):
    """Collects the tags and the text of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend(attrs)

    def handle_data(self, data: str) -> None:
        self.words += data


def parsed(markup: str) -> Tags:
    tags = Tags()
    tags.feed(markup)
    tags.close()
    return tags


@given(st.data())
def test_marking_changes_nothing_but_the_tags(data):
    sentence = data.draw(st.text(min_size=1) | st.sampled_from(HOSTILE))
    start = data.draw(st.integers(0, len(sentence) - 1))
    end = data.draw(st.integers(start + 1, len(sentence)))
    result = marked(sentence, start, end)
    assert html.unescape(re.sub(r"</?mark>", "", result)) == html.unescape(html.escape(sentence))
    assert html.unescape(re.sub(r"</?mark>", "", result)) == sentence
    assert result.count("<") == 2  # the mark's own two tags
    middle = re.search(r"<mark>(.*)</mark>", result, re.DOTALL)
    assert middle is not None
    assert html.unescape(middle[1]) == sentence[start:end]


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2), (0, 6), (9, 11)])
def test_offsets_outside_the_sentence_are_refused(start, end):
    with pytest.raises(ValueError, match="do not lie in a sentence of 5"):
        marked("BERT.", start, end)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_strings_do_not_become_markup(hostile):
    frame = pl.DataFrame(
        {
            "sentence": [hostile],
            "mark_start": [0],
            "mark_end": [3],
            "title": [hostile],
            "paper_id": [hostile],
            "source_name": [hostile],
            "abstract": [hostile],
            "abstract_marks": [[[0, 3]]],
            "url": ["javascript:alert(1)"],
            "published_on": [None],
            "published_precision": [None],
            "section": ["title"],
            "match_method": ["alias"],
            "confidence": [0.9],
            "is_introduced": [False],
        }
    )
    whole = parsed(
        evidence_list(frame) + table(hostile, [hostile], [(text(hostile),)], stacks=True)
    )
    assert set(whole.tags) <= {
        *("ul", "li", "p", "mark", "cite", "div", "table", "caption", "thead", "tbody"),
        *("tr", "th", "td", "span", "a", "details", "summary"),
    }
    assert {name for name, _ in whole.attributes} <= {"class", "tabindex", "data-head", "href"}
    links = [value for name, value in whole.attributes if name == "href"]
    assert all(str(value).startswith("papers?paper=") for value in links)
    assert whole.words.count(hostile[3:]) >= 2


@pytest.mark.parametrize(
    ("url", "is_safe"),
    [
        ("https://arxiv.org/abs/2401.00001", True),
        ("http://example.org/a?b=c&d=e", True),
        ("HTTPS://example.org", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,<script>", False),
        ("//example.org", False),
        ("https://", False),
        ("https://exa mple.org", False),
        ("http://[", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url, is_safe):
    assert is_web_address(url) is is_safe
    assert ("href" in outward_link(url, text("label"))) is is_safe


@given(st.text())
def test_a_link_to_a_name_has_one_attribute_whatever_its_id(entity_id):
    tags = parsed(name_link(entity_id, text(entity_id)))
    assert tags.tags == ["a"]
    assert [name for name, _ in tags.attributes] == ["href"]
