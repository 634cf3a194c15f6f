"""The global filters: which papers, and which of their mentions, every page speaks of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Final, Literal, get_args

Section = Literal["title", "abstract"]
Origin = Literal["vocabulary", "discovered"]
Values = dict[str, object]

SECTIONS: Final[tuple[Section, ...]] = get_args(Section)
ORIGINS: Final[tuple[Origin, ...]] = get_args(Origin)

_MOST: Final = 1_000_000


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
        return tuple(dict.fromkeys(value for value in params.get(name, ()) if value))

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
        conditions.append(f"list_contains($source, {papers}.source_name)")
        values["source"] = list(scope.source)
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
        conditions.append(f"list_contains($method, {mentions}.match_method)")
        values["method"] = list(scope.method)
    if scope.origin:
        conditions.append(
            f"{mentions}.entity_id in (select entity_id from marts.dim_entities "
            "where origin = $origin)"
        )
        values["origin"] = scope.origin
    return "".join(f" and {condition}" for condition in conditions)


def naming_in(scope: Scope, values: Values, only: str = "") -> str:
    """Return a select of one row an entity and paper of the scope that names it.

    The mart `entity_papers` holds these rows with what the filters ask of a paper, so nothing has
    to be joined. It does not hold how its mentions were found; a filter on that counts anew.

    Args:
        scope: the filters.
        values: takes up what the text binds.
        only: conditions on `mentions` (its entity_id, entity_type or paper_id), each led by `and`.
    """
    of_paper = paper_conditions(scope, values, "naming")
    if scope.method:
        return f"""
            select naming.* replace (counted.mention_count as mention_count)
            from (
                select mentions.entity_id, mentions.paper_id, count(*) as mention_count
                from marts.fct_mentions as mentions
                where true{mention_conditions(scope, values)}{only}
                group by mentions.entity_id, mentions.paper_id
            ) as counted
            inner join marts.entity_papers as naming
                on
                    counted.entity_id = naming.entity_id
                    and counted.paper_id = naming.paper_id
            where true{of_paper}"""
    count = {
        None: "mention_count",
        "title": "title_mention_count",
        "abstract": "mention_count - title_mention_count",
    }[scope.section]
    without_section = replace(scope, section=None)
    named = f" and {count} > 0" if scope.section else ""
    return f"""
            select mentions.* replace (({count}) as mention_count)
            from marts.entity_papers as mentions
            where true{mention_conditions(without_section, values)}{named}{only}{
        paper_conditions(scope, values, "mentions")
    }"""


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
