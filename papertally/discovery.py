"""How much each cue says about the type of a name, learned from the names that are known.

The names of the vocabulary are labelled examples of their types, and the names that review
rejected are examples of none. A multinomial logistic regression on how many papers show each cue
gives one weight a cue and type; the models add them up in SQL (`int_names_scored`).
"""

import csv
import importlib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, cast

import duckdb
import numpy as np
from numpy.typing import NDArray

from papertally.settings import PROJECT_ROOT

WEIGHTS: Final = PROJECT_ROOT / "seeds" / "discovery_weights.csv"
TYPES: Final = ("dataset", "method", "metric", "model")
_NONE: Final = len(TYPES)

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

Frequencies = NDArray[np.float64]

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
_SLUG: Final = "trim(regexp_replace(lower(strip_accents({})), '[^a-z0-9.+]+', '-', 'g'), '-')"


def learn_weights(con: duckdb.DuckDBPyConnection, path: Path = WEIGHTS) -> dict[str, int]:
    """Learn the weights from a built warehouse and write them as a seed.

    Returns:
        the number of example names of each type, and of none.
    """
    query = _CUES.format(
        slug_alias=_SLUG.format("alias"),
        slug_stop=_SLUG.format("stop_name"),
        slug_rejected=_SLUG.format("rejected_name"),
    )
    examples: dict[tuple[str, str | None], dict[str, int]] = defaultdict(dict)
    for name, cue, count, entity_type in con.execute(query).fetchall():
        if cue not in _LEFT_OUT:
            examples[name, entity_type][cue] = count
    cues = sorted({cue for counts in examples.values() for cue in counts})
    rows = list(_thinned(examples.values(), cues))
    labels = np.array(
        [_NONE if kind is None else TYPES.index(kind) for _, kind in examples] * len(_THINNING)
    )
    frequencies = np.concatenate(rows)
    is_seen = frequencies[:, cues.index("seen")] > 0
    weights = _fit(np.log1p(frequencies[is_seen]), labels[is_seen])
    _write(path, [*cues, "bias"], weights)
    return {kind or "none": sum(other == kind for _, other in examples) for kind in (*TYPES, None)}


def _thinned(examples: Iterable[dict[str, int]], cues: list[str]) -> Iterable[Frequencies]:
    """Yield the counts of all examples as if only a share of the papers had been read."""
    random = np.random.default_rng(0)
    counts = np.array([[counts.get(cue, 0) for cue in cues] for counts in examples])
    for share in _THINNING:
        thinned = random.binomial(counts, share).astype(np.float64)
        yield np.minimum(thinned, thinned[:, [cues.index("seen")]])


def _fit(features: Frequencies, labels: NDArray[np.int64]) -> Frequencies:
    """Return one row of weights a feature and one for the bias; the class "none" weighs zero."""
    minimize: Any = importlib.import_module("scipy.optimize").minimize

    data = np.column_stack([features, np.ones(len(features))])
    targets = np.eye(_NONE + 1)[labels]

    def loss(flat: Frequencies) -> tuple[float, Frequencies]:
        weights = flat.reshape(data.shape[1], -1)
        scores = data @ weights
        scores -= scores.max(axis=1, keepdims=True)
        odds = np.exp(scores)
        shares = odds / odds.sum(axis=1, keepdims=True)
        penalised = weights.copy()
        penalised[-1] = 0
        value = -np.log(shares[np.arange(len(labels)), labels] + 1e-12).sum()
        gradient = data.T @ (shares - targets) + _PENALTY * penalised
        return float(value + _PENALTY * (penalised**2).sum() / 2), gradient.ravel()

    start = np.zeros(data.shape[1] * (_NONE + 1))
    result = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500})
    weights = cast("Frequencies", result.x).reshape(data.shape[1], -1)
    return weights - weights[:, [_NONE]]


def _write(path: Path, cues: list[str], weights: Frequencies) -> None:
    rows = [
        (cue, kind, f"{weights[index, column]:.3f}")
        for index, cue in enumerate(cues)
        for column, kind in enumerate(TYPES)
    ] + [(cue, kind, f"{weight:.3f}") for (cue, kind), weight in SET_BY_HAND.items()]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("cue", "entity_type", "weight"))
        writer.writerows(sorted(rows))
