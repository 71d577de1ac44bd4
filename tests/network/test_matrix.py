"""Every measure on adjacency arrays against networkx or its definition, and where each refuses."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from detente.errors import CannotAnswer
from detente.network import matrix
from tests.network.networks import adjacencies, connected, in_order, of_pairs, other_program

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

COMPLETE = 1 - np.eye(4)
PATH = of_pairs(4, (0, 1), (1, 2), (2, 3))


@given(adjacencies())
def test_degree_and_strength_are_those_of_networkx(adjacency: Array) -> None:
    graph = other_program(adjacency)
    assert matrix.degree(adjacency).tolist() == [graph.degree(node) for node in graph]
    assert matrix.strength(adjacency).tolist() == [graph.degree(n, "weight") for n in graph]


@given(connected())
def test_eigenvector_is_that_of_networkx(adjacency: Array) -> None:
    theirs = nx.eigenvector_centrality_numpy(other_program(adjacency), weight="weight")
    np.testing.assert_allclose(matrix.eigenvector(adjacency), in_order(theirs), atol=1e-9)


@given(adjacencies())
def test_katz_adds_up_walks(adjacency: Array) -> None:
    total, walks = np.ones(len(adjacency)), np.ones(len(adjacency))
    for _ in range(200):
        walks = 0.05 * adjacency @ walks
        total += walks
    np.testing.assert_allclose(matrix.katz(adjacency), total, rtol=1e-9)


@given(connected())
def test_katz_is_that_of_networkx(adjacency: Array) -> None:
    theirs = nx.katz_centrality_numpy(
        other_program(adjacency), 0.02, normalized=False, weight="weight"
    )
    np.testing.assert_allclose(matrix.katz(adjacency, 0.02), in_order(theirs), rtol=1e-9)


@given(connected())
def test_betweenness_and_closeness_are_those_of_networkx(adjacency: Array) -> None:
    graph = other_program(adjacency)
    between, close = nx.betweenness_centrality(graph), nx.closeness_centrality(graph)
    np.testing.assert_allclose(matrix.betweenness(adjacency), in_order(between), atol=1e-12)
    np.testing.assert_allclose(matrix.closeness(adjacency), in_order(close), atol=1e-12)


@given(connected())
def test_constraint_and_effective_size_are_those_of_networkx(adjacency: Array) -> None:
    """Node by node: asked for all nodes at once, networkx gives other effective sizes."""
    graph = other_program(adjacency)
    constraint = nx.constraint(graph, list(graph), weight="weight")
    size = nx.effective_size(graph, list(graph), weight="weight")
    np.testing.assert_allclose(matrix.constraint(adjacency), in_order(constraint), rtol=1e-9)
    np.testing.assert_allclose(matrix.effective_size(adjacency), in_order(size), rtol=1e-9)


@given(connected())
def test_effective_size_without_weights_is_contacts_less_the_mean_ties_among_them(
    adjacency: Array,
) -> None:
    graph = other_program(adjacency)
    for node, size in enumerate(matrix.effective_size((adjacency > 0).astype(np.float64))):
        contacts = graph.subgraph(graph[node])
        assert size == pytest.approx(len(contacts) - 2 * contacts.size() / len(contacts))


@given(adjacencies())
def test_core_is_that_of_networkx(adjacency: Array) -> None:
    theirs = nx.core_number(other_program(adjacency))
    assert matrix.core(adjacency).tolist() == in_order(theirs).tolist()


@given(adjacencies())
def test_indirect_ties_are_the_actors_two_steps_away(adjacency: Array) -> None:
    steps = dict(nx.all_pairs_shortest_path_length(other_program(adjacency)))
    away = [list(steps[node].values()).count(2) for node in range(len(adjacency))]
    assert matrix.indirect_ties(adjacency).tolist() == away


@given(adjacencies())
def test_betweenness_counts_pairs_that_no_path_joins(adjacency: Array) -> None:
    if (adjacency + np.eye(len(adjacency)) > 0).all():
        return
    graph = other_program(adjacency)
    pairs = list(combinations(graph, 2))
    found = np.zeros(len(adjacency))
    for one, other in (pair for pair in pairs if nx.has_path(graph, *pair)):
        paths = list(nx.all_shortest_paths(graph, one, other))
        for path in paths:
            found[path[1:-1]] += 1 / len(paths)
    others = len(adjacency) - 1
    expected = found / (others * (others - 1) / 2)
    np.testing.assert_allclose(matrix.betweenness(adjacency), expected, atol=1e-12)


@pytest.mark.parametrize(
    "measure",
    [
        matrix.eigenvector,
        matrix.betweenness,
        matrix.closeness,
        matrix.constraint,
        matrix.effective_size,
    ],
)
def test_nobody_has_a_position_where_all_are_tied_alike(measure: Callable[[Array], Array]) -> None:
    with pytest.raises(CannotAnswer, match="the network is complete: everybody is tied"):
        measure(COMPLETE)


def test_a_complete_network_still_carries_what_its_weights_tell() -> None:
    weighted = COMPLETE.copy()
    weighted[0, 1] = weighted[1, 0] = 3
    assert matrix.eigenvector(weighted)[0] > matrix.eigenvector(weighted)[2]
    by_hand = (0.6 + 2 * 0.2 / 3) ** 2 + 2 * (0.2 + 0.6 / 5 + 0.2 / 3) ** 2
    assert matrix.constraint(weighted)[0] == pytest.approx(by_hand)
    with pytest.raises(CannotAnswer, match="complete"):
        matrix.betweenness(weighted)


def test_no_distance_joins_two_parts() -> None:
    with pytest.raises(CannotAnswer, match="the network falls into 2 parts that no tie joins"):
        matrix.closeness(of_pairs(4, (0, 1), (2, 3)))


def test_the_eigenvector_speaks_only_of_the_part_that_leads() -> None:
    """Of a path of four beside a pair: golden ratios, and nothing of the pair."""
    beside = np.zeros((6, 6))
    beside[:4, :4] = PATH
    beside[4, 5] = beside[5, 4] = 1
    golden = (1 + 5**0.5) / 2
    expected = np.array([1, golden, golden, 1]) / (2 + 2 * golden**2) ** 0.5
    np.testing.assert_allclose(matrix.eigenvector(beside)[:4], expected, rtol=1e-9)
    assert np.isnan(matrix.eigenvector(beside)[4:]).all()


def test_of_two_parts_alike_neither_leads() -> None:
    with pytest.raises(CannotAnswer, match="neither leads the other"):
        matrix.eigenvector(of_pairs(6, (0, 1), (1, 2), (3, 4), (4, 5)))


def test_without_any_tie_nobody_leads_and_nobody_is_constrained() -> None:
    with pytest.raises(CannotAnswer, match="neither leads the other"):
        matrix.eigenvector(np.zeros((3, 3)))
    assert np.isnan(matrix.constraint(np.zeros((3, 3)))).all()
    assert matrix.katz(np.zeros((3, 3))).tolist() == [1, 1, 1]


def test_katz_refuses_an_infinite_sum() -> None:
    with pytest.raises(CannotAnswer, match=re.escape("alpha is 0.34, not below 0.3333")):
        matrix.katz(COMPLETE, alpha=0.34)


def test_an_actor_without_ties_has_neither_constraint_nor_effective_size() -> None:
    alone = np.zeros((5, 5))
    alone[:4, :4] = PATH
    assert np.isnan(matrix.constraint(alone)).tolist() == [False] * 4 + [True]
    assert np.isnan(matrix.effective_size(alone)).tolist() == [False] * 4 + [True]
