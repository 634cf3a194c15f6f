"""Which nodes of a graph hang together: the Spark side of the macro `component_labels`."""

from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

LABEL: Final = pa.struct([pa.field("node", pa.string()), pa.field("label", pa.string())])


def component_labels(graphs: Any) -> Any:
    """Return every node with the least node of its component.

    Args:
        graphs: n lists of structs of two strings, node and neighbour; null is a graph without
            edges.

    Returns:
        n lists of LABEL structs, in no order.
    """
    found = [_labels(graph) for graph in graphs]
    return pa.array(found, type=pa.list_(LABEL))


def _labels(graph: Any) -> list[dict[str, str]]:
    edges = graph.values
    if edges is None or not len(edges):
        return []
    ends = pa.chunked_array([edges.field("node"), edges.field("neighbour")]).combine_chunks()
    nodes = pc.unique(ends).sort()  # by their bytes, as both databases do
    count = len(nodes)
    places = pc.index_in(ends, nodes).to_numpy()
    joined = coo_array(
        (np.ones(len(edges), dtype=np.int8), (places[: len(edges)], places[len(edges) :])),
        shape=(count, count),
    )
    _, component = connected_components(joined, directed=False)
    least = np.full(int(component.max()) + 1, count, dtype=np.int64)
    np.minimum.at(least, component, np.arange(count))
    names = nodes.to_pylist()
    return [
        {"node": name, "label": names[least[part]]}
        for name, part in zip(names, component, strict=True)
    ]
