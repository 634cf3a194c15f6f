"""One paper with its mentions marked, and for each of them why it counts."""

from typing import Any

import duckdb

from papertally.errors import UsageError
from papertally.settings import Settings
from papertally.visible import in_line
from papertally.warehouse.published_file import published_connection

PAPER = """
select paper_id, title, abstract, published_on, source_name, url
from marts.dim_papers
where paper_id = $wanted or contains(lower(title), lower($wanted))
order by paper_id = $wanted desc, paper_id
limit 2
"""
MENTIONS = """
select
    mentions.section,
    mentions.start_char,
    mentions.end_char,
    mentions.surface,
    mentions.entity_type,
    mentions.entity_id,
    mentions.alias,
    mentions.match_method,
    mentions.definition_rule,
    mentions.confidence,
    mentions.is_introduced,
    methods.description as reason,
    entities.parent_id,
    entities.origin,
    discovered.score,
    discovered.evidence,
    discovered.paper_count,
    weighed.score as paper_score,
    (
        select string_agg(weights.cue, ', ' order by weights.weight desc, weights.cue)
        from vocabulary.discovery_weights as weights
        where
            weights.scope = 'paper'
            and weights.entity_type = weighed.entity_type
            and weights.weight > 0.3
            and list_contains(weighed.cues, weights.cue)
    ) as paper_evidence
from marts.fct_mentions as mentions
inner join marts.dim_entities as entities on mentions.entity_id = entities.entity_id
left join vocabulary.match_methods as methods on mentions.match_method = methods.match_method
left join quality.discovered_names as discovered
    on
        mentions.match_method = 'discovered'
        and mentions.entity_id = concat(discovered.entity_type, ':', discovered.name_key)
left join intermediate.int_names_weighed as weighed
    on
        mentions.match_method = 'company'
        and mentions.paper_id = weighed.paper_id
        and mentions.alias = weighed.name
where mentions.paper_id = $paper_id
order by mentions.section desc, mentions.start_char
"""
RULES = {
    "title": "the title opens with it",
    "proposed": "it stands behind a word of proposing or calling",
    "described": "the paper says what it is",
    "abbreviation": "the paper spells it out",
    "context": "a noun of its type stands behind it",
}
"""What each definition_rule saw."""

UNCOUNTED = """
select section, start_char, surface, entity_id, ambiguity
from quality.ambiguous_mentions
where paper_id = $paper_id
order by section desc, start_char
"""


def explain(settings: Settings, wanted: str) -> dict[str, Any]:
    """Return a paper with its mentions and the strings that were left uncounted.

    Args:
        settings: where the published file is.
        wanted: a paper_id, or part of a title.

    Raises:
        UsageError: no paper fits, or more than one title does.
    """
    with published_connection(settings) as con:
        papers = _rows(con, PAPER, wanted=wanted)
        if not papers:
            raise UsageError(f"No paper has the id {wanted!r}, or a title that holds it.")
        if len(papers) > 1 and papers[0]["paper_id"] != wanted:
            titles = "; ".join(f"{paper['paper_id']}: {paper['title']}" for paper in papers)
            raise UsageError(f"More than one title holds {wanted!r}; give the id. {titles}")
        paper = papers[0]
        key = paper["paper_id"]
        return {
            "paper": paper,
            "mentions": _rows(con, MENTIONS, paper_id=key),
            "uncounted": _rows(con, UNCOUNTED, paper_id=key),
        }


def marked(text: str, mentions: list[dict[str, Any]]) -> str:
    """Return the text with [surface|type] in place of each mention, by its offsets."""
    parts: list[str] = []
    place = 0
    for mention in sorted(mentions, key=lambda row: row["start_char"]):
        start, end = mention["start_char"], mention["end_char"]
        parts += [text[place:start], f"[{text[start:end]}|{mention['entity_type']}]"]
        place = end
    return "".join([*parts, text[place:]])


def as_text(explained: dict[str, Any]) -> str:
    """Return the explanation for a person to read."""
    paper = explained["paper"]
    facts = (paper["paper_id"], paper["published_on"] or "undated", paper["source_name"])
    lines = ["  ".join(in_line(fact) for fact in facts)]
    for section in ("title", "abstract"):
        here = [row for row in explained["mentions"] if row["section"] == section]
        text = marked(paper[section] or "(no abstract)", here)
        lines += ["", text.replace("\n", "\n  ")]  # its lines are none of ours
    lines += ["", f"{len(explained['mentions'])} mentions"]
    for row in explained["mentions"]:
        introduced = ", introduced here" if row["is_introduced"] else ""
        lines.append(
            f"- {in_line(row['surface'])} ({row['section']} {row['start_char']}):"
            f" {in_line(row['entity_id'])}{introduced}. {row['reason']}"
            f" Recognised: {in_line(row['alias'])}.{in_line(_evidence(row))}"
            f" Right in {row['confidence']:.0%} of such cases."
        )
    if explained["uncounted"]:
        lines += ["", "Left uncounted, for want of evidence:"]
        lines += [
            f"- {in_line(row['surface'])} ({row['section']} {row['start_char']}): may be"
            f" {in_line(row['entity_id'])}, {row['ambiguity'].replace('_', ' ')}"
            for row in explained["uncounted"]
        ]
    return "\n".join(lines)


def _evidence(row: dict[str, Any]) -> str:
    """Return what decided this mention beyond its way of being found."""
    said = ""
    if row["definition_rule"]:
        said += f" Rule: {row['definition_rule']} ({RULES[row['definition_rule']]})."
    if row["parent_id"] and row["match_method"] == "variant" and row["origin"] == "discovered":
        said += f" An unlisted version of {row['parent_id']}."
    if row["score"] is not None:
        said += (
            f" Its company shows the type with a score of {row['score']:.2f}, in"
            f" {row['paper_count']} papers: {row['evidence'] or 'many weak cues'}."
        )
    if row["paper_score"] is not None:
        said += (
            f" This paper shows the type with a score of {row['paper_score']:.2f}:"
            f" {row['paper_evidence'] or 'many weak cues'}."
        )
    return said


def _rows(con: duckdb.DuckDBPyConnection, query: str, **values: str) -> list[dict[str, Any]]:
    return con.sql(query, params=values).pl().to_dicts()
