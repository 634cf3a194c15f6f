"""How much each cue of one paper says about a name that only this paper shows.

Two kinds of examples teach it. Names whose type is known, each in each paper that writes it: of the
vocabulary, rejected by review, and defined with their type. They are many, but they are not what
the weights are for. So the weights start from them and are moved to fit the names of the second
kind: names that no list decides about, judged one by one in their papers.
"""

import csv
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import duckdb
import numpy as np

from papertally.errors import UsageError
from papertally.vocabulary.regression import Floats, fitted
from papertally.vocabulary.weights import NONE, SLUG, TYPES, WEIGHTS, by_cue, write_weights

_PAPERS: Final = 10_000
"""Papers, drawn by hash, whose known names are examples."""
_RAREST: Final = 5
"""A cue seen with fewer examples gets no weight."""
_KNOWN_PENALTY: Final = 3.0
_JUDGED_PENALTY: Final = 2.0

Name = tuple[str, str]
"""A paper and a name in it."""

_KNOWN: Final = f"""
with papers as (
    select paper_id from intermediate.int_papers_deduplicated order by md5(paper_id) limit $papers
), found as (
    select paper_id, name from intermediate.int_names_found
    union
    select paper_id, name from intermediate.int_definitions_found where entity_type is null
), names as (
    select paper_id, name, {SLUG.format("name")} as name_key
    from found semi join papers using (paper_id)
), listed as (
    select {SLUG.format("alias")} as name_key, entity_type, ambiguity = 'safe' as is_safe
    from intermediate.int_vocabulary_aliases
), refused as (
    select {SLUG.format("stop_name")} as name_key from vocabulary.vocabulary_stop_names
    union select {SLUG.format("rejected_name")} from vocabulary.vocabulary_rejected_names
), safe as (
    select name_key, min(entity_type) as entity_type from listed
    group by name_key having count(distinct entity_type) = 1 and bool_and(is_safe)
), defined as (
    select paper_id, name, min(entity_type) as entity_type from intermediate.int_definitions_found
    where rule in ('title', 'proposed', 'described') and entity_type is not null
    group by all
)
select names.paper_id, names.name,
    case when refused.name_key is null then coalesce(safe.entity_type, defined.entity_type) end
from names
left join refused using (name_key)
left join safe using (name_key)
left join listed using (name_key)
left join defined on names.paper_id = defined.paper_id and names.name = defined.name
where refused.name_key is not null or safe.name_key is not null
    or (defined.name is not null and listed.name_key is null)
group by all
"""
_CUES: Final = """
select paper_id, name, list(cue order by cue) from intermediate.int_cues_gathered
where paper_id in (select unnest($papers))
group by all
"""
_TEXTS: Final = (
    "select paper_id, title, abstract from intermediate.int_papers_deduplicated"
    " where abstract is not null"
)


def learn_paper_weights(
    con: duckdb.DuckDBPyConnection, judged: Path, path: Path = WEIGHTS
) -> dict[str, int]:
    """Learn the weights from a built warehouse and judged names, and write them into the seed.

    Args:
        con: a built warehouse.
        judged: CSV with text_hash, name and entity_type, which is empty for what names nothing.
        path: the seed.

    Returns:
        the number of examples of each kind.

    Raises:
        UsageError: none of the judged papers is in the warehouse.
    """
    rows = con.execute(_KNOWN, {"papers": _PAPERS}).fetchall()
    known = {(paper, name): kind for paper, name, kind in rows}
    read = judged_names(con, judged)
    if not read:
        raise UsageError(f"{judged}: the build file holds none of these papers.")
    cues = cues_of(con, {paper for paper, _ in (*known, *read)})
    columns = _columns(cues[name] for name in (*known, *read) if name in cues)
    start = _fit(known, cues, columns, _KNOWN_PENALTY, None)
    weights = _fit(read, cues, columns, _JUDGED_PENALTY, start)
    write_weights(path, "paper", by_cue(columns, weights))
    return {"known names": len(known), "judged names": len(read)}


def judged_names(con: duckdb.DuckDBPyConnection, path: Path) -> dict[Name, str | None]:
    """Return the judged names of those papers that the warehouse holds."""
    papers: dict[str, list[str]] = defaultdict(list)
    for paper, title, abstract in con.execute(_TEXTS).fetchall():
        papers[text_hash(title, abstract)].append(paper)
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (paper, row["name"]): row["entity_type"] or None
            for row in csv.DictReader(file)
            for paper in papers.get(row["text_hash"], [])
        }


def text_hash(title: str, abstract: str) -> str:
    """Return what judged names know a text by; runs of white space count as one space."""
    text = f"{' '.join(title.split())}\n{' '.join(abstract.split())}"
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def cues_of(con: duckdb.DuckDBPyConnection, papers: set[str]) -> dict[Name, list[str]]:
    """Return what papers show about their names."""
    rows = con.execute(_CUES, {"papers": sorted(papers)}).fetchall()
    return {(paper, name): cues for paper, name, cues in rows}


def features(cues: list[list[str]], columns: list[str]) -> Floats:
    """Return one row an example: which of the cues it has."""
    place = {cue: at for at, cue in enumerate(columns)}
    found = np.zeros((len(cues), len(columns)))
    for row, names in enumerate(cues):
        found[row, [place[cue] for cue in names if cue in place]] = 1
    return found


def _columns(examples: Iterable[list[str]]) -> list[str]:
    counts = Counter(cue for cues in examples for cue in cues)
    return sorted(cue for cue, count in counts.items() if count >= _RAREST)


def _fit(
    examples: dict[Name, str | None],
    cues: dict[Name, list[str]],
    columns: list[str],
    penalty: float,
    start: Floats | None,
) -> Floats:
    shown = sorted(name for name in examples if name in cues)
    kinds = [examples[name] for name in shown]
    labels = np.array([NONE if kind is None else TYPES.index(kind) for kind in kinds])
    found = features([cues[name] for name in shown], columns)
    return fitted(found, labels, penalty=penalty, start=start)
