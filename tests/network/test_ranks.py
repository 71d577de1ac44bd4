"""Ranks and the ranges they take, against ranks counted and networks built anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings

from detente.errors import CannotAnswer, InputError
from detente.network.changes import changes
from detente.network.hypergraph import Hypergraph, hypergraph_of
from detente.network.measures import MEASURES
from detente.network.positions import positions
from detente.network.ranks import Rank, Resampling, ranked, ranks_of, robust_ranks
from tests.network.arranged import ARGUED, DAY, arranged, pact, recorded
from tests.network.drawn import hypergraphs

if TYPE_CHECKING:
    from pathlib import Path

FEW = Resampling(draws=5)


def counted(values: dict[str, float]) -> dict[str, int]:
    """One and how many have more, by more than what computing twice may differ."""
    return {
        actor: 1 + sum(other > value + 1e-9 for other in values.values())
        for actor, value in values.items()
    }


@given(hypergraphs())
@settings(max_examples=50)
def test_ranges_are_those_of_networks_built_anew(network: Hypergraph) -> None:
    katz = MEASURES["katz"].of
    weights = dict(zip(network.edges, network.weights.tolist(), strict=True))

    def values(left_out: str | None) -> dict[str, float]:
        rest = {each: network.parties(each) for each in network.edges if each != left_out}
        version = hypergraph_of(rest, weights)
        own = dict(zip(version.actors, katz(version).tolist(), strict=True)) if rest else {}
        return {actor: own.get(actor, 1.0) for actor in network.actors}

    versions = [counted(values(edge)) for edge in (None, *network.edges)]
    found = ranks_of(network, ["katz"], FEW).ranks["katz"]
    for actor in network.actors:
        own = [version[actor] for version in versions]
        assert (found[actor].rank, found[actor].left_out) == (own[0], (min(own), max(own)))


@given(hypergraphs())
@settings(max_examples=25)
def test_measures_said_not_to_weigh_do_not(network: Hypergraph) -> None:
    other = network.weighing(Resampling(draws=1, spread=9).weights(network)[0])
    for measure in MEASURES.values():
        if measure.weighted or measure.grouped:
            continue
        try:
            values = measure.of(network)
        except CannotAnswer:
            continue
        assert (measure.of(other) == values).all()


def test_nine_tenths_of_the_draws_lie_between_the_ranks_of_resampling() -> None:
    network = hypergraph_of({"one": "abc", "two": "bd", "three": "ce", "four": "de"})
    found = ranks_of(network, ["katz"]).ranks["katz"]
    katz = MEASURES["katz"].of
    versions = [network, *map(network.weighing, Resampling().weights(network))]
    drawn = [counted(dict(zip("abcde", katz(each).tolist(), strict=True))) for each in versions]
    assert len(drawn) == 201
    for actor in network.actors:
        in_order = sorted(version[actor] for version in drawn)
        assert found[actor].resampled == (in_order[10], in_order[190])


def test_equals_share_the_better_rank_and_the_unknown_has_none() -> None:
    values = np.array([3.0, 7.0, 3.0 + 1e-12, np.nan, 1.0])
    assert ranked(values).tolist() == [2, 1, 2, 0, 4]
    assert ranked(values, least_first=True).tolist() == [2, 4, 2, 0, 1]


def test_a_hub_is_first_whatever_is_left_out_and_its_spokes_are_not_sure() -> None:
    star = hypergraph_of({"one": "ha", "two": "hb", "three": "hc"})
    found = ranks_of(star, ["strength"], Resampling(draws=200, spread=2)).ranks["strength"]
    assert found["h"] == Rank(1, (1, 1), (1, 1))
    assert found["a"] == Rank(2, (2, 4), (2, 4))


def test_weights_that_do_not_spread_leave_ranks_as_they_are() -> None:
    star = hypergraph_of({"one": "ha", "two": "hb", "three": "hc"})
    found = ranks_of(star, ["strength"], Resampling(spread=1)).ranks["strength"]
    assert {rank.resampled for rank in found.values()} == {(1, 1), (2, 2)}


def test_without_draws_only_what_is_left_out_spreads_ranks() -> None:
    star = hypergraph_of({"one": "ha", "two": "hb", "three": "hc"})
    found = ranks_of(star, ["strength"], Resampling(draws=0)).ranks["strength"]
    assert found["a"] == Rank(2, (2, 4), (2, 2))


def test_drawn_weights_lie_within_the_spread_and_repeat_by_seed() -> None:
    network = hypergraph_of({"one": "ab", "two": "bc"}, {"one": 3.0})
    drawn = Resampling(draws=500, spread=4, seed=0).weights(network)
    factors = drawn / [3.0, 1.0]
    assert factors.shape == (500, 2)
    assert factors.min() > 0.25
    assert factors.max() < 4
    assert np.median(factors) == pytest.approx(1, abs=0.15)
    again, others = (Resampling(500, 4, seed).weights(network) for seed in (0, 1))
    assert (drawn == again).all()
    assert (drawn != others).all()


def test_without_what_makes_it_incomplete_a_measure_cannot_be_told() -> None:
    path = hypergraph_of({"one": "ab", "two": "bc"})
    assert ranks_of(path, ["betweenness"], FEW).untold == {"betweenness": ("one", "two")}


def test_a_measure_the_network_cannot_carry_has_no_ranks() -> None:
    dyad = hypergraph_of({"one": "ab"})
    with pytest.raises(CannotAnswer):
        MEASURES["betweenness"].of(dyad)
    assert ranks_of(dyad, ["betweenness", "strength"], FEW).ranks.keys() == {"strength"}


def test_leaving_out_by_name_is_leaving_out_by_change(shared: Path) -> None:
    situation = recorded(shared)
    found = robust_ranks(situation, DAY, "other", ["strength"], resampling=FEW)
    for actor in ARGUED:
        ranks = []
        for edge in found.network.edges:
            version = positions(situation, DAY, ["other"], changes((), [edge])).layers["other"]
            own = {each: version.value("strength", each) or 0.0 for each in found.network.actors}
            ranks.append(counted(own)[actor])
        ranks.append(found.ranks["strength"][actor].rank)
        assert found.ranks["strength"][actor].left_out == (min(ranks), max(ranks))


@pytest.mark.parametrize(("draws", "spread"), [(-1, 2.0), (10, 0.5), (10, float("inf"))])
def test_a_resampling_that_cannot_be_is_refused(draws: int, spread: float) -> None:
    with pytest.raises(InputError, match="no fewer than 0 draws, with a spread of 1 or more"):
        Resampling(draws, spread)


def test_an_unknown_measure_is_refused() -> None:
    with pytest.raises(InputError, match="no measure `power`"):
        robust_ranks(arranged({"one": pact("a b")}), DAY, measures=["power"])
