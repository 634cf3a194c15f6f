"""Where a gate draws its lines, and why there.

A share is judged only from a number of papers on: below it one odd paper would decide, and a
single paper, or three without abstracts, is a corpus like any other. A measure that is not judged
is null in its profile, and Great Expectations passes over nulls.
"""

from typing import Final

# -- landed batch

MIN_READ_TO_JUDGE_REJECTS: Final = 10
"""Records read; in a smaller file two bad lines would already be a large share."""
MAX_REJECTED_SHARE: Final = 0.5
"""More bad records than good ones means a wrong format or column map, not a few bad records."""

MIN_PAPERS_TO_JUDGE: Final = 20
"""Papers; the four known corpora keep far from every limit below from about this many on."""
MAX_TOP_TITLE_SHARE: Final = 0.5
"""In the known corpora no title holds 1 %; half means that a constant stands in its place."""
MAX_TOP_ABSTRACT_SHARE: Final = 0.5
"""Likewise for abstracts: "No abstract available" is no abstract."""
MAX_MISSING_ABSTRACT_SHARE: Final = 0.5
"""The ACL Anthology lacks 41 %; above half, counts rest mostly on titles, so say it."""

MIN_ABSTRACTS_TO_JUDGE_LENGTH: Final = 50
"""Abstracts; lengths repeat by chance in a short list."""
MAX_TOP_ABSTRACT_LENGTH_SHARE: Final = 0.5
"""In the known corpora at most 3 % share one length; where half do, they were cut there."""

MAX_ODD_DATE_SHARE: Final = 0.01
"""Of dated papers. One mistyped year is a paper's fault, 1 % is a wrongly read column."""
EARLIEST_DATE: Final = "1900-01-01"
"""Before every field that Papertally counts; epoch mistakes (1601, 0001) lie below it."""
MAX_UNREADABLE_DATE_SHARE: Final = 0.05
"""Of stated dates. They become null, which is honest but usually a date format to be mapped."""

WARN_DUPLICATE_TEXT_SHARE: Final = 0.05
"""Rows that repeat another's title and abstract; the known corpora reach 0.8 %."""
MAX_DUPLICATE_TEXT_SHARE: Final = 0.5
"""Most of the batch is there twice: a file appended to itself, or a broken join."""

MEAN_TITLE_LENGTH: Final = (10, 300)
"""Characters; the known corpora lie at 69 to 84. Outside, another column was read as the title."""
MEAN_ABSTRACT_LENGTH: Final = (80, 6_000)
"""Characters; they lie at 980 to 1,390. Below are one-liners, above are full texts."""
MAX_ODD_TITLE_SHARE: Final = 0.2
"""Titles with control or replacement characters: a fifth means a wrong encoding."""

# -- marts

MIN_PAPERS_TO_JUDGE_CATCH_ALL: Final = 200
"""Papers; a small corpus may well be about one model."""
WARN_NAMED_SHARE: Final = 0.25
"""The most named entity of the known corpora is in 16 % of papers."""
MAX_NAMED_SHARE: Final = 0.9
"""Such a name is an everyday word that slipped into the vocabulary; 60 % may be a topic."""

MIN_PAPERS_TO_JUDGE_MATCHING: Final = 50
"""Papers with an abstract; fewer may name nothing that the vocabulary lists."""
WARN_NAMING_PAPER_SHARE: Final = 0.2
"""70 % of the papers of 2024 to 2026 name something."""
MAX_MEAN_MENTIONS: Final = 60
"""Mentions a paper; recent papers hold 2.6. Above, matching runs wild or full texts were landed."""
MIN_PAPERS_TO_EXPECT_ALL_TYPES: Final = 500
"""Papers; from here on a type without a mention means that its vocabulary is not in use."""
MAX_FUTURE_PAPER_SHARE: Final = MAX_ODD_DATE_SHARE
"""The same line as at landing, so that what was let in there does not stop a publication here."""
MAX_SHARE_ERROR: Final = 1e-9
"""Shares are divisions of two counts; only the last bits may differ."""
MAX_INTERVAL_ERROR: Final = 1e-6
"""Wilson's interval is computed with rounded constants; where the share is 0 its ends may cross."""

# -- marts against the published file

MIN_PAPER_RATIO: Final = 0.5
"""Landed rows are never removed, so papers only go where identities merge; half is a loss."""
WARN_PAPER_RATIO: Final = 0.99
"""Merging works that were counted twice takes a few; more wants a look."""
MENTION_RATIO: Final = (1 / 3, 3.0)
"""Widening the vocabulary by half moved it by a fifth; three times is another kind of counting."""
WARN_MENTION_RATIO: Final = (0.7, 1.3)
"""The vocabulary or the rules changed a lot: somebody should know that they did."""
MIN_PAPERS_TO_JUDGE_NAME_CHANGE: Final = 20
"""Papers; a rarer name may double with one alias."""
NAME_RATIO: Final = (0.5, 2.0)
"""On the same texts; a name that halves or doubles there is matched otherwise than before."""
