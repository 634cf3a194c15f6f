"""How much each cue says about the type of a name, learned from the names that are known.

The names of the vocabulary are labelled examples of their types, and the names that review
rejected are examples of none. A multinomial logistic regression on how many papers show each cue
gives one weight a cue and type; the models add them up in SQL (`int_names_scored`).
"""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import duckdb
import numpy as np

from papertally.vocabulary.regression import Floats, fitted
from papertally.vocabulary.weights import NONE, SLUG, TYPES, WEIGHTS, by_cue, write_weights

SET_BY_HAND: Final = {
    ("defined_dataset", "dataset"): 2.0,
    ("defined_method", "method"): 1.5,
    ("defined_metric", "metric"): 2.0,
    ("defined_model", "model"): 2.0,
    ("defined_untyped", "method"): 1.0,
}
"""Known names are old, and papers seldom define them: examples cannot teach these weights."""

_LEFT_OUT: Final = ("abbreviated",)
"""What papers abbreviate is a class or a task as often as a name."""

_THINNING: Final = (1.0, 0.25, 0.06)
"""Shares of the papers under which each name is an example, so that rare names are, too."""

_PENALTY: Final = 1.0

_CUES: Final = """
select cues.name_key, cues.cue, cues.paper_count, labels.entity_type
from intermediate.int_name_cues as cues
inner join (
    select name_key, min(entity_type) as entity_type
    from (
        select {slug_alias} as name_key, entity_type, ambiguity
        from intermediate.int_vocabulary_aliases
        union all
        select {slug_stop}, null, 'safe' from vocabulary.vocabulary_stop_names
        union all
        select {slug_rejected}, null, 'safe' from vocabulary.vocabulary_rejected_names
    )
    group by name_key
    having count(distinct entity_type) <= 1 and bool_and(ambiguity = 'safe')
) as labels on cues.name_key = labels.name_key
where cues.cue not like 'defined_%'
order by all
"""


def learn_weights(con: duckdb.DuckDBPyConnection, path: Path = WEIGHTS) -> dict[str, int]:
    """Learn the weights from a built warehouse and write them as a seed.

    Returns:
        the number of example names of each type, and of none.
    """
    query = _CUES.format(
        slug_alias=SLUG.format("alias"),
        slug_stop=SLUG.format("stop_name"),
        slug_rejected=SLUG.format("rejected_name"),
    )
    examples: dict[tuple[str, str | None], dict[str, int]] = defaultdict(dict)
    for name, cue, count, entity_type in con.execute(query).fetchall():
        if cue not in _LEFT_OUT:
            examples[name, entity_type][cue] = count
    cues = sorted({cue for counts in examples.values() for cue in counts})
    rows = list(_thinned(examples.values(), cues))
    labels = np.array(
        [NONE if kind is None else TYPES.index(kind) for _, kind in examples] * len(_THINNING)
    )
    frequencies = np.concatenate(rows)
    is_seen = frequencies[:, cues.index("seen")] > 0
    weights = fitted(np.log1p(frequencies[is_seen]), labels[is_seen], penalty=_PENALTY)
    by_hand = [(cue, kind, weight) for (cue, kind), weight in SET_BY_HAND.items()]
    write_weights(path, "corpus", [*by_cue(cues, weights), *by_hand])
    return {kind or "none": sum(other == kind for _, other in examples) for kind in (*TYPES, None)}


def _thinned(examples: Iterable[dict[str, int]], cues: list[str]) -> Iterable[Floats]:
    """Yield the counts of all examples as if only a share of the papers had been read."""
    random = np.random.default_rng(0)
    counts = np.array([[counts.get(cue, 0) for cue in cues] for counts in examples])
    for share in _THINNING:
        thinned = random.binomial(counts, share).astype(np.float64)
        yield np.minimum(thinned, thinned[:, [cues.index("seen")]])
