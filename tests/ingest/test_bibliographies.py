"""Bibliographies of every kind: real ones land whole, and no heap of words is too much."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st


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
