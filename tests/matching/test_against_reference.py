"""The engine against a slow reference that shares no code with it.

The reference knows the core rules only: whole words, a plural s, the case rule of each
alias, leftmost and longest. The alphabet keeps the other rules (sizes, hyphens, addresses,
decimals, separator variants) out.
"""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from matching.vocabulary import Alias

LETTERS = "abAB"
SIGNS = " ,(é€"


def is_letter(char):
    return char.isalpha()


def candidates(text, alias):
    """Yield every span of the text that is the alias as a whole word."""
    spelling = alias.alias
    for start in range(len(text)):
        end = start + len(spelling)
        part = text[start:end]
        same = part == spelling if alias.case_rule == "sensitive" else (
            part.lower() == spelling.lower()
        )  # fmt: skip
        if not same or (start and is_letter(text[start - 1])):
            continue
        if end == len(text) or not is_letter(text[end]):
            yield start, end
        elif text[end] == "s" and spelling[-1] != "s" and not is_letter(text[end + 1 : end + 2]):
            yield start, end + 1


def reference(text, aliases):
    """Return (start, end, alias_id) of the mentions: the leftmost longest one at a time."""
    spans = {
        (start, end, alias.alias_id) for alias in aliases for start, end in candidates(text, alias)
    }
    chosen, position = [], 0
    while left := [span for span in spans if span[0] >= position]:
        start = min(span[0] for span in left)
        end = max(span[1] for span in left if span[0] == start)
        chosen += sorted(span for span in left if span[:2] == (start, end))
        position = end
    return chosen


# up to beyond the length at which the scanner marks words as long ones, a plural s included
words = st.text(st.sampled_from(LETTERS + "s"), min_size=1, max_size=6)
spellings = st.lists(words, min_size=1, max_size=3).map(" ".join)
vocabularies = st.lists(
    st.tuples(spellings, st.sampled_from(["sensitive", "insensitive"])),
    min_size=1,
    max_size=6,
    unique=True,
).map(
    lambda drawn: [
        Alias(at, spelling, "dataset", case_rule, "safe")
        for at, (spelling, case_rule) in enumerate(drawn)
    ]
)


@settings(deadline=None, max_examples=500)
@given(
    st.lists(st.text(st.sampled_from(LETTERS + "s" + SIGNS), max_size=25), max_size=3),
    vocabularies,
)
@example(
    ["abab ababs (ababa ababas ab", "ababab abab"],
    [
        Alias(0, "abab", "dataset", "insensitive", "safe"),
        Alias(1, "ababa", "dataset", "insensitive", "safe"),
        Alias(2, "aba", "dataset", "insensitive", "safe"),
        Alias(3, "abab ababs", "dataset", "insensitive", "safe"),
    ],
)
@example(
    ["a b bs", "a bsa"],
    [
        Alias(0, "a b", "dataset", "insensitive", "safe"),
        Alias(1, "a b b", "dataset", "sensitive", "safe"),
        Alias(2, "b", "dataset", "sensitive", "safe"),
    ],
)
def test_the_engine_agrees_with_the_reference(find_all, texts, aliases):
    found = find_all(texts, aliases)
    assert [[(m["start_char"], m["end_char"], m["alias_id"]) for m in row] for row in found] == [
        reference(text, aliases) for text in texts
    ]
