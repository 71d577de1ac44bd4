"""Places on maps: the same in every picture, near where joined, and never on top of each other."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from math import dist

import numpy as np
import pytest

from detente.network.hypergraph import hypergraph_of
from detente.network.layout import GAP, distances, layout, places, spread
from tests.network.arranged import DAY, arranged, pact

PATH = {"ab": ["a", "b"], "bc": ["b", "c"], "cd": ["c", "d"], "de": ["d", "e"]}


def test_steps_lead_through_arrangements() -> None:
    network = hypergraph_of({"abc": ["a", "b", "c"], "cd": ["c", "d"], "xy": ["x", "y"]})
    names = [*network.actors, *network.edges]
    steps = distances(network.incidence)
    to = {name: steps[0][number] for number, name in enumerate(names)}
    assert (to["a"], to["abc"], to["b"], to["cd"], to["d"]) == (0, 1, 2, 3, 4)
    assert to["x"] == to["xy"] == 4  # no further than the furthest that is joined


def test_actors_on_a_line_stand_in_its_order() -> None:
    found = places(hypergraph_of(PATH))
    across = [found[actor][0] for actor in "abcde"]
    assert across == sorted(across)  # the first actor stands left
    gaps = np.diff(across)
    assert np.ptp(gaps) < 0.05


def test_only_stars_have_a_place_of_their_own() -> None:
    found = places(hypergraph_of({"two": ["a", "b"], "three": ["a", "b", "c"]}))
    assert set(found) == {"a", "b", "c", "three"}


def test_the_hub_of_a_star_stands_among_its_parties() -> None:
    found = places(hypergraph_of({"all": ["a", "b", "c", "d", "e"]}))
    middle = np.mean([found[actor] for actor in "abcde"], axis=0)
    assert dist(found["all"], middle) < 0.15


def test_all_lie_within_the_map_and_apart_from_each_other() -> None:
    circle = {f"p{n}": [f"a{n}", f"a{(n + 1) % 9}", f"a{(n + 4) % 9}"] for n in range(9)}
    found = places(hypergraph_of(circle))
    assert len(found) == 18
    assert all(0 <= end <= 1 for place in found.values() for end in place)
    assert min(dist(*pair) for pair in combinations(found.values(), 2)) > 0.7 * GAP


def test_what_is_too_near_is_moved_apart_and_nothing_else() -> None:
    before = np.array([[0.5, 0.5], [0.51, 0.5], [0.0, 0.0]])
    after = spread(before)
    assert dist(after[0], after[1]) == pytest.approx(GAP, rel=1e-3)
    assert after[:2].mean(axis=0) == pytest.approx([0.505, 0.5])
    assert after[2].tolist() == [0, 0]


def test_the_same_seed_gives_the_same_places_whatever_the_order_of_arrangements() -> None:
    one = places(hypergraph_of(PATH, order="abcde"))
    other = places(hypergraph_of(dict(reversed(PATH.items())), order="abcde"))
    assert one == other == places(hypergraph_of(PATH, order="abcde"), seed=0)


def test_every_place_has_few_decimals() -> None:
    found = places(hypergraph_of({"abc": ["a", "b", "c"], **PATH}))
    assert all(round(end, 3) == end for place in found.values() for end in place)


@pytest.mark.parametrize(("parties", "expected"), [({}, {}), ({"ab": ["a", "b"]}, {"a", "b"})])
def test_small_networks(parties: dict[str, list[str]], expected: object) -> None:
    assert set(places(hypergraph_of(parties))) == set(expected)  # type: ignore[call-overload]


def test_actors_of_either_day_have_a_place_whatever_their_layer() -> None:
    case = arranged(
        {
            "old": pact("a b c", to="2010-01-01"),
            "new": pact("c d e", "industry", **{"from": "2020-01-01"}),
        }
    )
    assert set(layout(case, DAY)) == {"c", "d", "e", "new"}
    both = layout(case, date(2000, 1, 1), DAY)
    assert set(both) == {"a", "b", "c", "d", "e", "old", "new"}
