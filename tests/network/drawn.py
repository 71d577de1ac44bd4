"""Random hypergraphs: small, weighted, often in parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
from hypothesis import strategies as st

from detente.network.hypergraph import hypergraph_of

if TYPE_CHECKING:
    from detente.network.hypergraph import Hypergraph

__all__ = ["cliques", "hypergraphs"]

NAMES = "abcdefghi"


@st.composite
def hypergraphs(draw: st.DrawFn) -> Hypergraph:
    """Up to nine actors in one to eight arrangements of two to five, weighed or not."""
    names = NAMES[: draw(st.integers(3, len(NAMES)))]
    parties = st.sets(st.sampled_from(names), min_size=2, max_size=min(5, len(names)))
    edges = draw(st.lists(parties, min_size=1, max_size=8))
    weight = st.sampled_from([1.0]) | st.sampled_from([0.5, 1.0, 2.0])
    weights = {f"e{place}": draw(weight) for place in range(len(edges))}
    return hypergraph_of(dict(zip(weights, map(sorted, edges), strict=True)), weights)


def cliques(network: Hypergraph) -> nx.Graph:
    """The clique expansion, pair by pair."""
    graph = nx.Graph()
    graph.add_nodes_from(network.actors)
    for edge, weight in zip(network.edges, network.weights, strict=True):
        parties = network.parties(edge)
        for one in parties:
            for other in parties:
                if one < other:
                    before = graph.get_edge_data(one, other, {"weight": 0.0})["weight"]
                    share = float(weight) / (len(parties) - 1)
                    graph.add_edge(one, other, weight=before + share)
    return graph
