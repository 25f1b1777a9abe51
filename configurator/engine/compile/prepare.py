"""What sweeps read of a diagram again and again, made once and kept in the compiled file."""

from __future__ import annotations

import numpy as np

from configurator.engine.compile.contract import Arrays, contract
from configurator.engine.compile.domains import Ints, Layers
from configurator.engine.diagram import Diagram
from configurator.engine.sweep import Sweeper


def prepare(layers: Layers, diagram: Diagram) -> Arrays:
    """The arrays of a `Sweeper`: the contraction, edges by value, edges that pass over layers."""
    source = diagram.edge_source()
    start, stop = diagram.node_layer[source] + 1, diagram.node_layer[diagram.edge_target]
    skipping = np.flatnonzero(stop > start)
    by_value = np.argsort(diagram.edge_value, kind="stable")
    seen, first = np.unique(diagram.edge_value[by_value], return_index=True)
    pairs, pair = np.unique(
        np.stack((start[skipping], stop[skipping]), axis=1), axis=0, return_inverse=True
    )
    arrays = {
        **contract(diagram),
        "by_value": by_value,
        "values_seen": seen,
        "value_first": first,
        "skipping": skipping,
        "skip_from": start[skipping],
        "skip_to": stop[skipping],
        "skip_pairs": pairs,
        "skip_pair": pair.reshape(-1),
        **_spans(skipping, start[skipping], stop[skipping]),
    }
    exact_below = Sweeper(layers, diagram, arrays).counter.exact_below
    return {**arrays, "exact_below": np.array(exact_below, np.int64)}


def _spans(skipping: Ints, start: Ints, stop: Ints) -> Arrays:
    """Edges which pass over layers, grouped by the power of two below their length: the edges in
    the order of the places that they cover, the places, and the first edge of each place.

    Each edge covers two: from where it starts, and up to where it stops."""
    found: Arrays = {}
    lengths = stop - start
    power = 0
    while 1 << power <= lengths.max(initial=0):
        chosen = (lengths >= 1 << power) & (lengths < 2 << power)
        edges = skipping[chosen]
        places = np.concatenate((start[chosen], stop[chosen] - (1 << power)))
        order = np.argsort(places, kind="stable")
        seen, first = np.unique(places[order], return_index=True)
        found[f"span {power} edges"] = np.concatenate((edges, edges))[order]
        found |= {f"span {power} seen": seen, f"span {power} first": first}
        power += 1
    return found
