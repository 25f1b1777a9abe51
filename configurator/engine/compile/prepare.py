"""What sweeps read of a diagram again and again, made once and kept in the compiled file."""

from __future__ import annotations

import numpy as np

from configurator.engine.compile.contract import Arrays, contract
from configurator.engine.compile.domains import Ints, Layers
from configurator.engine.diagram import Diagram
from configurator.engine.sweep import Sweeper


def prepare(layers: Layers, diagram: Diagram) -> Arrays:
    """The arrays of a `Sweeper`: the contraction, and which pieces pass over which layers."""
    contracted = contract(diagram)
    example = contracted["piece example"]
    source = np.searchsorted(diagram.first_edge, example, side="right") - 1
    start = diagram.node_layer[source] + 1
    stop = diagram.node_layer[diagram.edge_target[example]]
    skipping = np.flatnonzero(stop > start)
    pairs, pair = np.unique(
        np.stack((start[skipping], stop[skipping]), axis=1), axis=0, return_inverse=True
    )
    arrays = {
        **contracted,
        "skipping": skipping,
        "skip_from": start[skipping],
        "skip_to": stop[skipping],
        "skip_pairs": pairs,
        "skip_pair": pair.reshape(-1),
        **_spans(skipping, start[skipping], stop[skipping]),
    }
    exact = Sweeper(layers, diagram, arrays).counter.exact
    return {**arrays, "exact": np.array(exact, np.int64)}


def _spans(skipping: Ints, start: Ints, stop: Ints) -> Arrays:
    """Pieces which pass over layers, grouped by the power of two below their length: the pieces,
    and the places that they cover.

    Each piece covers two: from where it starts, and up to where it stops."""
    found: Arrays = {}
    lengths = stop - start
    power = 0
    while 1 << power <= lengths.max(initial=0):
        chosen = (lengths >= 1 << power) & (lengths < 2 << power)
        places = np.concatenate((start[chosen], stop[chosen] - (1 << power)))
        pieces = skipping[chosen]
        found[f"span {power} pieces"] = np.concatenate((pieces, pieces))
        found[f"span {power} places"] = places
        power += 1
    return found
