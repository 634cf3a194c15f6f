"""What is known of one name: in a sentence, and as a list of terms."""

from collections.abc import Callable
from dataclasses import replace

import polars as pl

from dashboard import phrases
from dashboard.evidence import paper_title
from dashboard.links import link
from dashboard.markup import Markup, element, inward_link, joined, name_link, text, type_chip
from dashboard.warehouse import Snapshot
from queries import families, name_history, names
from queries.scope import Scope

_SHOWN_SPELLINGS = 8
_SHOWN_RELATIVES = 12


def heading(name: names.Name) -> Markup:
    """Return the name with its type, and whether it was listed or discovered."""
    origin = (
        "listed in the vocabulary" if name.origin == "vocabulary" else "discovered in the papers"
    )
    return element(
        "div",
        joined(
            [
                element("h1", text(name.entity_name)),
                type_chip(name.entity_type),
                element("span", text(origin), "pt-note"),
            ]
        ),
        "pt-heading",
    )


def description(snapshot: Snapshot, name: names.Name, within: Scope) -> Markup:
    """Return the name in one sentence, made of facts only."""
    ancestors = snapshot.read(families.ancestors, name.entity_id)
    first = snapshot.read(names.first_paper, name.entity_id, within)
    article = "A" if name.entity_type != "metric" else "A measure, that is a"
    parts = [text(f"{article} {name.entity_type}")]
    if not ancestors.is_empty():
        top = ancestors.row(0, named=True)
        parts += [
            text(" of the family "),
            name_link(top["entity_id"], text(top["entity_name"]), within),
        ]
    if name.introduced_year:
        parts.append(text(f", introduced in {name.introduced_year}"))
    count = phrases.counted(name.paper_count, "paper")
    parts.append(text(f". {count} here {'names' if name.paper_count == 1 else 'name'} it"))
    if first:
        when = phrases.day(first.published_on, first.published_precision)
        parts.append(text(f", the first of {when}"))
    return element("p", joined([*parts, text(".")]), "pt-lead")


def facts(snapshot: Snapshot, name: names.Name, within: Scope) -> Markup:
    """Return the facts as a list of terms."""
    first = snapshot.read(names.first_paper, name.entity_id, within)
    introduced_by = (
        snapshot.read(names.paper, name.introduced_by_paper_id)
        if name.introduced_by_paper_id
        else None
    )
    entries = [
        ("First mention", _paper(first, within, "no dated paper names it")),
        ("Introduced by", _paper(introduced_by, within, "no paper of this corpus")),
    ]
    entries.append(("Change", _changes(snapshot, name)))
    entries.append(("Trend", _trend(snapshot, name)))
    tree = _tree(snapshot, name, within)
    if tree:
        entries.append(("Family", tree))
    entries.append(("Spelled", _spellings(snapshot, name, within)))
    sources = snapshot.read(name_history.sources, name.entity_id, within)
    if not sources.is_empty():
        entries.append(("Sources", _sources(sources, name, within)))
    venues = snapshot.read(name_history.venues, name.entity_id, within)
    if not venues.is_empty():
        entries.append(("Venues", _venues(venues, name, within)))
    terms = joined(
        joined([element("dt", text(term)), element("dd", content)]) for term, content in entries
    )
    return element("div", element("dl", terms), "pt-facts")


def _paper(paper: names.PaperReference | None, within: Scope, otherwise: str) -> Markup:
    if paper is None:
        return element("span", text(otherwise), "pt-quiet")
    when = phrases.day(paper.published_on, paper.published_precision)
    return joined([text(f"{when}, "), paper_title(paper.title, paper.paper_id, within, paper.url)])


def _changes(snapshot: Snapshot, name: names.Name) -> Markup:
    """Return the changes of share that the tests found."""
    asked = snapshot.read(name_history.changes, name.entity_id)
    changes = asked.filter(pl.col("is_change"))
    if changes.is_empty():
        why = "not tested: too few dated papers name it"
        return element("span", text("none beyond chance" if len(asked) else why), "pt-quiet")
    items = (
        joined(
            [
                text(
                    f"{phrases.percent(row['before_share'])} before "
                    f"{phrases.day(row['period_start'], row['period'])}, "
                    f"{phrases.percent(row['after_share'])} from then on "
                ),
                element("span", text(f"q {phrases.tiny(row['q_value'])}"), "pt-note"),
            ]
        )
        for row in changes.iter_rows(named=True)
    )
    return joined(
        [
            element("ul", joined(element("li", item) for item in items), "pt-plain"),
            _untouched(),
        ]
    )


def _trend(snapshot: Snapshot, name: names.Name) -> Markup:
    """Return whether the share rises or falls now, by the longest window that was tested."""
    rows = snapshot.read(name_history.tested, name.entity_id)
    if rows.is_empty():
        return element("span", text("not tested: too little of it is dated"), "pt-quiet")
    row = rows.row(0, named=True)
    when = phrases.span(row["current_start_on"], row["current_end_on"])
    if row["trend"] == "new":
        said = f"new: no paper named it before {when}"
    elif row["trend"] == "sparse":
        said = f"too few papers to test, {when}"
    else:
        said = (
            f"{row['trend']}: {phrases.percent(row['before_share'])} to "
            f"{phrases.percent(row['current_share'])}, {when} against the time before"
        )
    note = "" if row["q_value"] is None else f" q {phrases.tiny(row['q_value'])}"
    return joined([text(said), element("span", text(note), "pt-note"), _untouched()])


def _untouched() -> Markup:
    return element("p", text("Tested on the whole corpus; no filter applies."), "pt-note")


def _tree(snapshot: Snapshot, name: names.Name, within: Scope) -> Markup:
    """Return the line above the name, the name, and what lies directly below it, as a tree."""
    ancestors = snapshot.read(families.ancestors, name.entity_id)
    children = snapshot.read(families.children, name.entity_id)
    if ancestors.is_empty() and children.is_empty():
        return Markup("")

    def member(row: dict[str, object]) -> Markup:
        label = name_link(str(row["entity_id"]), text(row["entity_name"]), within)
        note = element("span", text(f" {phrases.number(int(str(row['paper_count'])))}"), "pt-note")
        return joined([label, note])

    below = [element("li", member(row)) for row in children.iter_rows(named=True)]
    if len(below) > _SHOWN_RELATIVES:
        rest = element("ul", joined(below[_SHOWN_RELATIVES:]))
        more = element("summary", text(f"{len(below) - _SHOWN_RELATIVES} more"))
        below = [*below[:_SHOWN_RELATIVES], element("li", element("details", joined([more, rest])))]
    whole = joined(
        [
            element("strong", text(name.entity_name)),
            element("ul", joined(below)) if below else Markup(""),
        ]
    )
    for row in reversed(ancestors.to_dicts()):
        whole = joined([member(row), element("ul", element("li", whole))])
    note = element("p", text("Papers of each by itself, never summed up, no filter."), "pt-note")
    compare = [name.entity_id, *children["entity_id"].head(7).to_list()]
    ways = (
        element(
            "p",
            inward_link(link("compare", within, name=compare), text("Compare them")),
            "pt-note",
        )
        if len(compare) > 1
        else Markup("")
    )
    return joined([element("ul", element("li", whole), "pt-tree"), note, ways])


def _spellings(snapshot: Snapshot, name: names.Name, within: Scope) -> Markup:
    frame = snapshot.read(names.spellings, name.entity_id, within)
    if frame.is_empty():
        return element("span", text("nowhere here"), "pt-quiet")

    def listed(part: pl.DataFrame) -> Markup:
        return joined(
            (
                joined(
                    [
                        inward_link(
                            link("names", within, name=name.entity_id, spelling=row["spelling"])
                            + "#evidence",
                            text(row["spelling"]),
                        ),
                        element(
                            "span", text(f" {phrases.number(row['mention_count'])}"), "pt-note"
                        ),
                    ]
                )
                for row in part.iter_rows(named=True)
            ),
            " · ",
        )

    shown = listed(frame.head(_SHOWN_SPELLINGS))
    rest = frame.slice(_SHOWN_SPELLINGS)
    if rest.is_empty():
        return shown
    summary = element("summary", text(f"{len(rest)} more"))
    return joined([shown, element("details", joined([summary, listed(rest)]))])


def _sources(frame: pl.DataFrame, name: names.Name, within: Scope) -> Markup:
    return _places(
        frame,
        "source_name",
        lambda source: link("names", replace(within, source=(source,)), name=name.entity_id),
    )


def _venues(frame: pl.DataFrame, name: names.Name, within: Scope) -> Markup:
    return _places(
        frame, "venue", lambda venue: link("names", within, name=name.entity_id, venue=venue)
    )


def _places(frame: pl.DataFrame, column: str, address: Callable[[str], str]) -> Markup:
    """Return a list of where papers name it, each leading to the sentences there."""
    rows = (
        joined(
            [
                inward_link(address(row[column]) + "#evidence", text(row[column])),
                element(
                    "span",
                    text(
                        f" {phrases.counted(row['paper_count'], 'paper')}, "
                        f"{phrases.percent(row['paper_share'])} of those there"
                    ),
                    "pt-note",
                ),
            ]
        )
        for row in frame.iter_rows(named=True)
    )
    return element("ul", joined(element("li", row) for row in rows), "pt-plain")
