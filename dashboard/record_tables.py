"""The tables of records: what was read, rejected and joined by title; dates left unread."""

from typing import Any, Final

import polars as pl

from dashboard import phrases
from dashboard.links import link
from dashboard.markup import Markup, bar, element, inward_link, joined, table, text
from queries.scope import Scope

_LINKED: Final = {
    "title_author": "same title and first author, near years",
    "title_text": "same title, half of all words of the abstracts in both",
    "title_year": "same telling title, near years",
}
_APART: Final = {
    "common_title": "a title of too many works",
    "different_author": "other first authors",
    "same_source": "one source lists both",
    "different_year": "years too far apart",
    "short_title": "the title is too short to tell",
    "nothing_else_known": "nothing else agrees",
    "other_works_contradict": "joining them would make two other works one",
}
_DATES: Final = {
    "unknown_form": "written in a form that is not read",
    "no_such_day": "there is no such day",
    "after_it_was_landed": "lies after the day on which it was read",
}


def completeness(frame: pl.DataFrame) -> Markup:
    """Return how many papers of each source have what, as shares with the number beneath."""

    def part(count: int, whole: int) -> Markup:
        share = count / whole if whole else 0.0
        return joined(
            [
                text(phrases.percent(share if whole else None)),
                element("div", text(phrases.number(count)), "pt-note"),
                bar(share),
            ]
        )

    counts = (
        "eligible_paper_count", "dated_paper_count", "month_dated_paper_count",
        "venue_paper_count", "url_paper_count", "naming_paper_count",
    )  # fmt: skip
    heads = ("abstract", "date", "month", "venue", "link", "name something")
    return table(
        "Completeness by source",
        ["source", "papers", *heads],
        (
            (
                text(row["source_name"]),
                text(phrases.number(row["paper_count"])),
                *(part(row[count], row["paper_count"]) for count in counts),
            )
            for row in frame.iter_rows(named=True)
        ),
        numeric=range(1, 8),
        stacks=True,
    )


def links(frame: pl.DataFrame, within: Scope) -> Markup:
    """Return pairs of like titles and what was made of them."""

    def side(title: str, source_name: str, year: int | None, paper_id: str | None) -> Markup:
        known = inward_link(link("papers", within, paper=paper_id), text(title))
        note = f"{source_name}, {year or 'no year'}"
        return joined([known if paper_id else text(title), element("div", text(note), "pt-note")])

    def verdict(row: dict[str, Any]) -> Markup:
        reason = (
            _LINKED.get(row["link_method"], row["link_method"])
            if row["is_joined"]
            else _apart(row["refusal_reason"])
        )
        return joined(
            [
                text("one work" if row["is_joined"] else "two works"),
                element("div", text(reason), "pt-note"),
            ]
        )

    return table(
        "Works of one title",
        ["one", "other", "taken as", "same words"],
        (
            (
                side(row["title"], row["source_name"], row["stated_year"], row["paper_id"]),
                side(
                    row["other_title"],
                    row["other_source_name"],
                    row["other_stated_year"],
                    row["other_paper_id"],
                ),
                verdict(row),
                text(phrases.percent(row["text_share"])),
            )
            for row in frame.iter_rows(named=True)
        ),
        numeric=(3,),
        stacks=True,
    )


def link_counts(frame: pl.DataFrame) -> Markup:
    """Return how many pairs were joined or kept apart, and on what ground."""
    items = (
        f"{phrases.number(row['pair_count'])} "
        + (
            f"joined: {_LINKED.get(row['link_method'], row['link_method'])}"
            if row["is_joined"]
            else f"kept apart: {_apart(row['refusal_reason'])}"
        )
        for row in frame.iter_rows(named=True)
    )
    return element("ul", joined(element("li", text(item)) for item in items), "pt-plain")


def _apart(reason: str) -> str:
    kind = reason.removeprefix("different_")
    return _APART.get(reason) or f"each has an identifier of its own ({kind})"


def date_problems(frame: pl.DataFrame) -> Markup:
    """Return the dates that could not be read, by problem."""
    return table(
        "Unread dates",
        ["problem", "source", "records", "for example", "where"],
        (
            (
                text(_DATES.get(row["date_problem"], row["date_problem"])),
                text(row["source_name"]),
                text(phrases.number(row["record_count"])),
                element("code", text(row["example"])),
                text(row["place"]),
            )
            for row in frame.iter_rows(named=True)
        ),
        numeric=(2,),
        stacks=True,
    )


def manifest(frame: pl.DataFrame) -> Markup:
    """Return the loads, the newest first."""
    return table(
        "Loads",
        ["source", "read on", "read", "landed", "known", "rejected", "state"],
        (
            (
                joined(
                    [
                        text(row["source_name"]),
                        element(
                            "div",
                            text(
                                f"{row['source_file']} ({row['format_name']}, "
                                f"sha256 {str(row['source_sha256'])[:12]}…)"
                                + (f", asked: {row['source_query']}" if row["source_query"] else "")
                            ),
                            "pt-note",
                        ),
                    ]
                ),
                text(phrases.moment(row["loaded_at"])),
                text(phrases.number(row["read_count"])),
                text(phrases.number(row["landed_count"])),
                text(phrases.number(row["known_count"])),
                text(phrases.number(row["rejected_count"])),
                text(f"✕ refused: {row['refusal_reason']}" if row["is_refused"] else "✓ accepted"),
            )
            for row in frame.iter_rows(named=True)
        ),
        numeric=(2, 3, 4, 5),
        stacks=True,
    )


def rejection_counts(frame: pl.DataFrame) -> Markup:
    """Return how many records each rule rejected."""
    return element(
        "p",
        text(
            " · ".join(
                f"{str(row['rejection_rule']).replace('_', ' ')}: "
                f"{phrases.number(row['record_count'])}"
                for row in frame.iter_rows(named=True)
            )
        ),
    )


def rejected(frame: pl.DataFrame) -> Markup:
    """Return rejected records with the rule and their own text."""
    return table(
        "Rejected records",
        ["rule", "where", "the record as it stands"],
        (
            (
                joined(
                    [
                        text(str(row["rejection_rule"]).replace("_", " ")),
                        element("div", text(row["rejection_detail"] or ""), "pt-note"),
                    ]
                ),
                text(f"{row['source_file']}, line {row['source_line']}"),
                element(
                    "pre",
                    text(row["raw_text"] + ("…" if row["raw_length"] > 2000 else "")),
                    "pt-raw",
                ),
            )
            for row in frame.iter_rows(named=True)
        ),
        stacks=True,
    )
