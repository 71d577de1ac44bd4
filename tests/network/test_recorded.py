"""The published table of the recorded arrangements of April 2024, to its three decimals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from detente.network.changes import changes
from detente.network.hypergraph import hypergraph
from detente.network.positions import positions
from tests.network.arranged import ARGUED, DAY, recorded

if TYPE_CHECKING:
    from pathlib import Path

    from detente.case.situation import Situation


@pytest.fixture(scope="module")
def situation(shared: Path) -> Situation:
    return recorded(shared)


def row(situation: Situation, layer: str, measure: str, added: tuple[str, ...] = ()) -> list[float]:
    found = positions(situation, layers=[layer], changes=changes(added), measures=[measure])
    values = [found.layers[layer].value(measure, actor) for actor in ARGUED]
    return [round(value, 3) for value in values if value is not None]


@pytest.mark.parametrize(
    ("layer", "measure", "published"),
    [
        ("defence_treaty", "hyperdegree", [5, 1, 1, 1, 1]),
        ("defence_treaty", "betweenness", [0.5, 0, 0, 0, 0]),
        ("other", "hyperdegree", [10, 11, 11, 7, 5]),
        ("other", "eigenvector", [0.483, 0.508, 0.484, 0.414, 0.215]),
        ("other", "betweenness", [0.053, 0.091, 0.143, 0, 0.087]),
        ("all", "hyperdegree", [15, 12, 12, 8, 6]),
        ("all", "eigenvector", [0.551, 0.473, 0.452, 0.408, 0.203]),
    ],
)
def test_positions_are_those_published(
    situation: Situation, layer: str, measure: str, published: list[float]
) -> None:
    assert row(situation, layer, measure) == published


@pytest.mark.parametrize(
    ("added", "published"),
    [
        ("AUKUSP2K", [0.552, 0.450, 0.457, 0.419, 0.233]),
        ("AUKUSP2J", [0.547, 0.482, 0.461, 0.381, 0.238]),
    ],
)
def test_positions_with_a_project_are_those_published(
    situation: Situation, added: str, published: list[float]
) -> None:
    assert row(situation, "all", "eigenvector", (added,)) == published


def test_seoul_loses_by_staying_out_in_the_normalised_measure_only(situation: Situation) -> None:
    assert (row(situation, "all", "strength")[3], row(situation, "all", "katz")[3]) == (8, 1.902)
    tokyo_in = ("AUKUSP2J",)
    assert row(situation, "all", "strength", tokyo_in)[3] == 8
    assert row(situation, "all", "katz", tokyo_in)[3] == 1.977


@pytest.mark.parametrize(
    ("added", "actor", "new"), [("AUKUSP2K", "ROK", 1), ("AUKUSP2J", "JPN", 0)]
)
def test_a_project_brings_as_many_new_partners(
    situation: Situation, added: str, actor: str, new: int
) -> None:
    place = ARGUED.index(actor)
    before, after = (row(situation, "all", "degree", each) for each in ((), (added,)))
    assert after[place] - before[place] == new


@pytest.mark.parametrize("layer", ["all", "defence_treaty", "other"])
def test_strength_is_hyperdegree(situation: Situation, layer: str) -> None:
    found = positions(situation, layers=[layer], measures=["strength", "hyperdegree"]).layers[layer]
    assert np.allclose(found.values["strength"], found.values["hyperdegree"], rtol=1e-12)


def test_there_are_as_many_arrangements_and_actors_as_published(situation: Situation) -> None:
    networks = [hypergraph(situation, DAY, layer) for layer in ("defence_treaty", "other", "all")]
    assert [len(network.edges) for network in networks] == [6, 20, 26]
    assert [len(network.actors) for network in networks] == [9, 14, 15]
