"""Measures against published networks, against networkx, and against their literal definitions."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import CannotAnswer, InputError
from detente.network.hypergraph import Hypergraph, hypergraph_of
from detente.network.measures import MEASURES, require_measure
from detente.network.positions import grouped
from tests.network.drawn import cliques, hypergraphs

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from numpy.typing import NDArray


def of_dyads(graph: nx.Graph) -> Hypergraph:
    """Each tie of a graph as an arrangement of two."""
    names = {node: f"{node}" for node in graph}
    return hypergraph_of({f"{a}-{b}": (names[a], names[b]) for a, b in graph.edges})


def told(name: str, network: Hypergraph) -> dict[str, float]:
    return dict(zip(network.actors, MEASURES[name].of(network).tolist(), strict=True))


# ------------------------------------------------------------------------------- published networks


@pytest.mark.parametrize(
    ("measure", "family", "published"),
    [
        ("betweenness", "Medici", 0.5220),
        ("eigenvector", "Medici", 0.4303),
        ("constraint", "Medici", 0.2099),
        ("eigenvector", "Strozzi", 0.3560),
        ("degree", "Medici", 6),
        ("indirect_ties", "Medici", 5),  # Castellani, Ginori, Guadagni, Pazzi, Strozzi
    ],
)
def test_the_medici_stand_where_the_literature_has_them(
    measure: str, family: str, published: float
) -> None:
    network = of_dyads(nx.florentine_families_graph())
    assert told(measure, network)[family] == pytest.approx(published, abs=5e-5)


@pytest.mark.parametrize(
    ("measure", "member", "published"),
    [
        ("betweenness", "0", 0.4376),
        ("betweenness", "33", 0.3041),
        ("eigenvector", "33", 0.3734),
        ("eigenvector", "0", 0.3555),
        ("core", "0", 4),
    ],
)
def test_the_karate_club_is_split_between_its_two_leaders(
    measure: str, member: str, published: float
) -> None:
    network = of_dyads(nx.karate_club_graph())
    assert told(measure, network)[member] == pytest.approx(published, abs=5e-5)


@pytest.fixture(scope="module")
def southern_women() -> Hypergraph:
    """Eighteen women; each event they attended is one edge."""
    graph = nx.davis_southern_women_graph()
    events = [node for node, side in graph.nodes(data="bipartite") if side == 1]
    return hypergraph_of({event: sorted(graph[event]) for event in events})


def test_the_southern_women_are_a_hypergraph_of_events(southern_women: Hypergraph) -> None:
    assert len(southern_women.actors) + len(southern_women.edges) == 32
    assert southern_women.incidence.sum() == 89


def test_scores_of_women_and_events_make_each_other(southern_women: Hypergraph) -> None:
    """Those of the women are those of the graph of two modes, whose length they share."""
    both = nx.eigenvector_centrality_numpy(nx.davis_southern_women_graph())
    expected = np.array([both[woman] for woman in southern_women.actors])
    found = MEASURES["hypergraph_eigenvector"].of(southern_women)
    assert found == pytest.approx(expected / np.linalg.norm(expected), abs=1e-9)


# ------------------------------------------------------------------------------------- definitions


@given(hypergraphs())
def test_an_actor_scores_by_its_arrangements_and_these_by_their_parties(
    network: Hypergraph,
) -> None:
    try:
        found = {a: x for a, x in told("hypergraph_eigenvector", network).items() if x == x}
    except CannotAnswer:
        return
    weights = dict(zip(network.edges, network.weights.tolist(), strict=True))
    score = {e: weights[e] * sum(found.get(a, 0) for a in network.parties(e)) for e in weights}
    back = {a: sum(score[e] for e in weights if a in network.parties(e)) for a in found}
    size = sum(value**2 for value in back.values()) ** 0.5
    assert {a: value / size for a, value in back.items()} == pytest.approx(found, abs=1e-9)


@given(hypergraphs())
def test_cliques_add_up_pair_by_pair_and_to_the_weight_of_ones_arrangements(
    network: Hypergraph,
) -> None:
    graph = cliques(network)
    expected = nx.to_numpy_array(graph, nodelist=network.actors)
    assert network.adjacency == pytest.approx(expected, rel=1e-12)
    assert (network.adjacency == network.adjacency.T).all()
    own = [sum(network.weights[row]) for row in network.incidence]
    assert MEASURES["strength"].of(network) == pytest.approx(own, rel=1e-12)


def triples(graph: nx.Graph, groups: Mapping[str, str], broker: str) -> dict[str, int]:
    """Gould and Fernandez's roles as they define them, on a tie as two arcs: i -> j -> k."""
    counts = dict.fromkeys(
        ["coordinator", "consultant", "gatekeeper", "representative", "liaison"], 0
    )
    for i, k in permutations(set(graph) - {broker}, 2):
        if not (graph.has_edge(i, broker) and graph.has_edge(broker, k)) or graph.has_edge(i, k):
            continue
        a, b, c = groups[i], groups[broker], groups[k]
        if a == b == c:
            counts["coordinator"] += 1
        elif a == c:
            counts["consultant"] += 1
        elif b == c:
            counts["gatekeeper"] += 1
        elif a == b:
            counts["representative"] += 1
        else:
            counts["liaison"] += 1
    return counts


@given(hypergraphs(), st.lists(st.sampled_from("xyz"), min_size=9, max_size=9))
def test_brokerage_is_what_counting_triples_gives(network: Hypergraph, drawn: list[str]) -> None:
    groups = dict(zip(network.actors, drawn, strict=False))
    network, graph = grouped(network, groups), cliques(network)
    found = {role: told(f"brokerage_{role}", network) for role in
             ("coordinator", "consultant", "gatekeeper", "liaison")}  # fmt: skip
    for actor in network.actors:
        expected = triples(graph, groups, actor)
        assert found["coordinator"][actor] * 2 == expected["coordinator"]
        assert found["consultant"][actor] * 2 == expected["consultant"]
        assert found["gatekeeper"][actor] == expected["gatekeeper"] == expected["representative"]
        assert found["liaison"][actor] * 2 == expected["liaison"]


@given(hypergraphs())
def test_without_groups_all_brokers_are_liaisons(network: Hypergraph) -> None:
    graph, found = cliques(network), told("brokerage_liaison", network)
    for actor in network.actors:
        open_pairs = triples(graph, {each: each for each in network.actors}, actor)
        assert found[actor] * 2 == sum(open_pairs.values())
    with pytest.raises(CannotAnswer, match="no groups are stated"):
        MEASURES["brokerage_coordinator"].of(network)


# ---------------------------------------------------------------------------------------- networkx


KNOWN: dict[str, Callable[[nx.Graph], Mapping[Hashable, float]]] = {
    "strength": lambda graph: dict(graph.degree(weight="weight")),
    "katz": lambda graph: nx.katz_centrality_numpy(
        graph, alpha=0.05, weight="weight", normalized=False
    ),
    "betweenness": nx.betweenness_centrality,
    "pairs_between": lambda graph: nx.betweenness_centrality(graph, normalized=False),
    "constraint": lambda graph: nx.constraint(graph, weight="weight"),
}


@given(hypergraphs())
def test_measures_are_those_of_networkx_on_the_cliques(network: Hypergraph) -> None:
    graph = cliques(network)
    for measure, of in KNOWN.items():
        try:
            found = told(measure, network)
        except CannotAnswer:
            continue
        expected = of(graph)
        assert found == pytest.approx({actor: expected[actor] for actor in found}, abs=1e-9)


# ---------------------------------------------------------------------- what a network cannot carry

PLACE = ("eigenvector", "betweenness", "closeness", "constraint", "effective_size")


@pytest.mark.parametrize("measure", PLACE)
def test_nobody_has_a_place_where_pledges_join_every_pair(measure: str) -> None:
    """As non-aggression pledges join all 66 pairs of the states of the case."""
    network = of_dyads(nx.complete_graph(12))
    assert len(network.edges) == 66
    with pytest.raises(CannotAnswer, match="the network is complete"):
        MEASURES[measure].of(network)


def test_parties_to_everything_are_alike_as_a_hypergraph() -> None:
    with pytest.raises(CannotAnswer, match="everybody is a party to everything"):
        MEASURES["hypergraph_eigenvector"].of(hypergraph_of({"one": "abc", "two": "abc"}))


def test_two_dyads_apart_lead_neither_of_them() -> None:
    with pytest.raises(CannotAnswer, match="neither leads the other"):
        MEASURES["hypergraph_eigenvector"].of(hypergraph_of({"one": "ab", "two": "cd"}))


def test_a_large_treaty_leads_as_a_hyperedge_what_it_does_not_as_pairs() -> None:
    """Taken apart into pairs of 1/4 a treaty of five has the eigenvalue of one of two."""
    network = hypergraph_of({"five": "abcde", "two": "fg"})
    with pytest.raises(CannotAnswer, match="neither leads the other"):
        MEASURES["eigenvector"].of(network)
    found = told("hypergraph_eigenvector", network)
    assert found["a"] == pytest.approx(5**-0.5)
    assert np.isnan(found["f"])


def test_an_unknown_measure_is_refused() -> None:
    with pytest.raises(InputError, match="no measure `between`: did you mean `betweenness`"):
        require_measure("between")


def every_value(network: Hypergraph) -> list[NDArray[np.float64]]:
    return [measure.of(network) for measure in MEASURES.values() if not measure.grouped]


def test_every_measure_answers_for_every_actor() -> None:
    network = of_dyads(nx.florentine_families_graph())
    assert {len(values) for values in every_value(network)} == {15}
    assert all(np.isfinite(values).all() for values in every_value(network))
