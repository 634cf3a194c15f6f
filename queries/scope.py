"""The global filters: which papers, and which of their mentions, every page speaks of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from string import ascii_lowercase
from typing import Final, Literal, get_args

Section = Literal["title", "abstract"]
Origin = Literal["vocabulary", "discovered"]
Values = dict[str, object]

SECTIONS: Final[tuple[Section, ...]] = get_args(Section)
ORIGINS: Final[tuple[Origin, ...]] = get_args(Origin)

_MOST: Final = 1_000_000
_MOST_VALUES: Final = 100
_OF_PAPER: Final = (
    *(
        "entity_type",
        "origin",
        "source_name",
        "published_on",
        "published_month",
        "published_quarter",
    ),
    *("published_year", "has_abstract", "is_introduced"),
)


@dataclass(frozen=True)
class Scope:
    """What is looked at; each field has the name of its parameter in the address.

    Attributes:
        source: sources whose papers count; empty is all.
        since: first day of publication that counts; papers without a date then do not.
        until: last day of publication that counts, likewise.
        section: where a mention has to stand.
        origin: how the entity came to be known.
        method: ways of matching that count; empty is all.
        least: papers that must name an entity before a list shows it.
    """

    source: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    section: Section | None = None
    origin: Origin | None = None
    method: tuple[str, ...] = ()
    least: int = 1

    @property
    def cuts_papers(self) -> bool:
        """Whether some papers are left out."""
        return bool(self.source or self.since or self.until)

    @property
    def cuts_mentions(self) -> bool:
        """Whether some mentions are left out of the papers that are in."""
        return bool(self.section or self.origin or self.method)

    @property
    def is_whole(self) -> bool:
        """Whether every mention of every paper counts, so that stored counts hold."""
        return not (self.cuts_papers or self.cuts_mentions)

    def as_params(self) -> dict[str, list[str]]:
        """Return the fields that are not at their default, as parameters of an address."""
        params: dict[str, list[str]] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value != field.default:
                several = field.name in ("source", "method")
                params[field.name] = [str(item) for item in (value if several else (value,))]
        return params


NAMES: Final = tuple(field.name for field in fields(Scope))


def from_params(params: Mapping[str, Sequence[str]]) -> Scope:
    """Return the scope that an address states; what makes no sense there is left out."""

    def last(name: str) -> str:
        return (params.get(name) or [""])[-1]

    def day(name: str) -> date | None:
        try:
            return date.fromisoformat(last(name))
        except ValueError:
            return None

    def several(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for value in params.get(name, ()) if value))[:_MOST_VALUES]

    section, origin, least = last("section"), last("origin"), last("least")
    return Scope(
        source=several("source"),
        since=day("since"),
        until=day("until"),
        section=section if section in SECTIONS else None,
        origin=origin if origin in ORIGINS else None,
        method=several("method"),
        least=min(max(int(least), 1), _MOST) if least.isascii() and least.isdecimal() else 1,
    )


def papers_in(scope: Scope, values: Values) -> str:
    """Return a select of the scope's papers; adds the values that it binds."""
    conditions = paper_conditions(scope, values, "papers")
    return (
        "select paper_id, published_on, published_precision, has_abstract, source_name, venue "
        f"from marts.dim_papers as papers where true{conditions}"
    )


def paper_conditions(scope: Scope, values: Values, papers: str) -> str:
    """Return conditions on papers, each led by `and`; adds the values that they bind."""
    conditions: list[str] = []
    if scope.source:
        conditions.append(f"{papers}.source_name in ({_places('source', scope.source, values)})")
    if scope.since:
        conditions.append(f"{papers}.published_on >= $since")
        values["since"] = scope.since
    if scope.until:
        conditions.append(f"{papers}.published_on <= $until")
        values["until"] = scope.until
    return "".join(f" and {condition}" for condition in conditions)


def mention_conditions(scope: Scope, values: Values, mentions: str = "mentions") -> str:
    """Return conditions on mentions, each led by `and`; adds the values that they bind."""
    conditions: list[str] = []
    if scope.section:
        conditions.append(f"{mentions}.section = $section")
        values["section"] = scope.section
    if scope.method:
        conditions.append(f"{mentions}.match_method in ({_places('method', scope.method, values)})")
    if scope.origin:
        conditions.append(
            f"{mentions}.entity_id in (select entity_id from marts.dim_entities "
            "where origin = $origin)"
        )
        values["origin"] = scope.origin
    return "".join(f" and {condition}" for condition in conditions)


def _places(name: str, several: Sequence[str], values: Values) -> str:
    """Return one place a value; lists in one place would be compared value by value."""
    letters = (f"{first}{second}" for first in ascii_lowercase for second in ascii_lowercase)
    places = {f"{name}_{letter}": value for letter, value in zip(letters, several, strict=False)}
    values.update(places)
    return ", ".join(f"${place}" for place in places)


def naming_in(scope: Scope, values: Values, only: str = "") -> str:
    """Return a select of one row an entity and paper of the scope that names it.

    The marts `entity_papers` and `entity_paper_methods` hold these rows with what the filters ask
    of a paper, so that nothing has to be joined.

    Args:
        scope: the filters.
        values: takes up what the text binds.
        only: conditions on `mentions` (its entity_id, entity_type or paper_id), each led by `and`.
    """
    count = {
        None: "mention_count",
        "title": "title_mention_count",
        "abstract": "mention_count - title_mention_count",
    }[scope.section]
    named = f" and {count} > 0" if scope.section else ""
    # Here the origin is a column.
    found = mention_conditions(replace(scope, section=None, origin=None), values)
    if scope.origin:
        found += " and mentions.origin = $origin"
        values["origin"] = scope.origin
    conditions = f"{found}{named}{only}{paper_conditions(scope, values, 'mentions')}"
    mart = "entity_paper_methods" if scope.method else "entity_papers"
    rows = f"""
            select mentions.* replace (({count}) as mention_count)
            from marts.{mart} as mentions
            where true{conditions}"""
    if len(scope.method) < 2:
        return rows
    # What two ways found in one paper is one row.
    same = ", ".join(f"any_value({column}) as {column}" for column in _OF_PAPER)
    return f"""
            select entity_id, paper_id, {same}, sum(mention_count)::bigint as mention_count
            from ({rows})
            group by entity_id, paper_id"""


def texts_of(few: str) -> str:
    """Return a table expression `texts`: the papers of a short list, with their texts.

    Rows are found by their identifiers first and then read by their place in the table, apart
    from the rest of the query: joined, the abstracts of all papers are unpacked for those of
    twenty (at 388,000 papers 350 ms of CPU instead of 70).
    """
    return f"""
        texts as materialized (
            select papers.*
            from marts.dim_papers as papers
            where papers.rowid in (
                select named.rowid from marts.dim_papers as named
                where named.paper_id in (select paper_id from {few})
            )
        )"""


WHOLE: Final = Scope()
