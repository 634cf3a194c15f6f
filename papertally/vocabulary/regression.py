"""A multinomial logistic regression whose last class, "none", weighs nothing."""

import importlib
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def fitted(
    features: Floats,
    labels: NDArray[np.int64],
    *,
    penalty: float,
    start: Floats | None = None,
    class_count: int = 5,
) -> Floats:
    """Return one row of weights a feature and one for the bias, a column for each class.

    Args:
        features: one row an example.
        labels: the class of each.
        penalty: how dear it is to move a weight from where it starts; the bias moves freely.
        start: the weights to start from, zero where none are given.
        class_count: how many classes there are.
    """
    minimize: Any = importlib.import_module("scipy.optimize").minimize

    data = np.column_stack([features, np.ones(len(features))])
    targets = np.eye(class_count)[labels]
    origin = np.zeros((data.shape[1], class_count)) if start is None else start

    def loss(flat: Floats) -> tuple[float, Floats]:
        moved = flat.reshape(origin.shape)
        shares = _shares(data @ (origin + moved))
        penalised = moved.copy()
        penalised[-1] = 0
        value = -np.log(shares[np.arange(len(labels)), labels] + 1e-12).sum()
        gradient = data.T @ (shares - targets) + penalty * penalised
        return float(value + penalty * (penalised**2).sum() / 2), gradient.ravel()

    result = minimize(
        loss, np.zeros(origin.size), jac=True, method="L-BFGS-B", options={"maxiter": 500}
    )
    weights = origin + cast("Floats", result.x).reshape(origin.shape)
    return weights - weights[:, [-1]]


def shares(features: Floats, weights: Floats) -> Floats:
    """Return how surely each example is of each class."""
    return _shares(np.column_stack([features, np.ones(len(features))]) @ weights)


def _shares(scores: Floats) -> Floats:
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    return odds / odds.sum(axis=1, keepdims=True)
