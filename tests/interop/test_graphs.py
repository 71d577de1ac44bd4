"""Networks in the files of other programs, read back by those programs."""

from dataclasses import dataclass
from pathlib import Path

import igraph
import networkx as nx
import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from detente.errors import InputError
from detente.interop.graphs import edge_table, graph, node_table, two_mode_graph, write_graph


@dataclass(frozen=True)
class Pacts:
    actors: tuple[str, ...]
    edges: tuple[str, ...]
    incidence: NDArray[np.bool_]
    weights: NDArray[np.float64]


PACTS = Pacts(
    ("aus", "gbr", "usa", "jpn", "che"),
    ("aukus", "treaty"),
    np.array([[1, 0], [1, 0], [1, 1], [0, 1], [0, 0]], bool),
    np.array([1.0, 3.0]),
)
STRENGTH = {"aus": 1.0, "gbr": 1.0, "usa": 4.0, "jpn": 3.0, "che": 0.0}
KNOWN: dict[str, dict[str, object]] = {
    "usa": {"label": "United States", "katz": 2.5},
    "jpn": {"label": "日本", "katz": None},
}


def test_strength_is_the_weighted_number_of_arrangements() -> None:
    assert dict(graph(PACTS).degree(weight="weight")) == STRENGTH


def test_two_arrangements_of_a_pair_add_up() -> None:
    both = Pacts(("a", "b"), ("x", "y"), np.ones((2, 2), bool), np.array([1.0, 0.5]))
    assert graph(both)["a"]["b"] == {"weight": 1.5, "arrangements": "x y"}


def test_two_modes_keep_a_treaty_of_three_one_treaty() -> None:
    drawn = two_mode_graph(PACTS)
    assert set(drawn["arrangement:aukus"]) == {"aus", "gbr", "usa"}
    assert drawn.number_of_edges() == 5


def test_an_actor_may_be_called_like_an_arrangement() -> None:
    same = Pacts(("nato", "usa"), ("nato",), np.ones((2, 1), bool), np.ones(1))
    assert two_mode_graph(same).number_of_nodes() == 3


@pytest.mark.parametrize("ending", ["graphml", "gexf"])
@pytest.mark.parametrize("two_mode", [False, True])
def test_networkx_reads_what_is_written(ending: str, two_mode: bool, tmp_path: Path) -> None:
    file = tmp_path / f"pacts.{ending}"
    assert write_graph(PACTS, file, KNOWN, two_mode=two_mode) == (file,)
    read = getattr(nx, f"read_{ending}")(file)
    expected = two_mode_graph(PACTS) if two_mode else graph(PACTS)
    assert set(read.nodes) == set(expected.nodes)
    weights = {frozenset(pair[:2]): pair[2]["weight"] for pair in expected.edges(data=True)}
    assert {frozenset(pair[:2]): pair[2]["weight"] for pair in read.edges(data=True)} == weights
    assert read.nodes["usa"]["katz"] == 2.5
    assert "katz" not in read.nodes["jpn"]


def test_igraph_reads_the_same_strengths(tmp_path: Path) -> None:
    write_graph(PACTS, tmp_path / "pacts.graphml", KNOWN)
    read = igraph.Graph.Read_GraphML(str(tmp_path / "pacts.graphml"))
    assert dict(zip(read.vs["id"], read.strength(weights="weight"), strict=True)) == STRENGTH


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_tables_hold_every_node_and_link(ending: str, tmp_path: Path) -> None:
    written = write_graph(PACTS, tmp_path / f"pacts.{ending}", KNOWN)
    assert [file.name for file in written] == [f"pacts-nodes.{ending}", f"pacts-edges.{ending}"]
    nodes, edges = (getattr(pd, f"read_{ending}")(file) for file in written)
    assert nodes["id"].tolist() == list(PACTS.actors)
    assert nodes["label"].tolist()[2:4] == ["United States", "日本"]
    assert edges.set_index(["source", "target"])["weight"].to_dict() == {
        ("aus", "gbr"): 0.5, ("aus", "usa"): 0.5, ("gbr", "usa"): 0.5, ("usa", "jpn"): 3.0,
    }  # fmt: skip


def test_a_network_without_arrangements_has_tables_without_links() -> None:
    none = Pacts(("a", "b"), (), np.zeros((2, 0), bool), np.zeros(0))
    assert len(node_table(graph(none))) == 2
    assert edge_table(graph(none)).columns.tolist() == ["source", "target", "weight"]


@pytest.mark.parametrize("ending", ["graphml", "gexf"])
def test_the_same_network_makes_the_same_well_formed_file(ending: str, tmp_path: Path) -> None:
    hostile: dict[str, dict[str, object]] = {"usa": {"label": 'a\x00b\x1b<&">\ufffe'}}
    for name in ("one", "two"):
        write_graph(PACTS, tmp_path / f"{name}.{ending}", hostile)
    one, two = ((tmp_path / f"{name}.{ending}").read_bytes() for name in ("one", "two"))
    assert one == two
    assert b"lastmodified" not in one
    read = getattr(nx, f"read_{ending}")(tmp_path / f"one.{ending}")
    assert 'ab<&">' in read.nodes["usa"].values()


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"unknown ending `\.dot`"):
        write_graph(PACTS, tmp_path / "pacts.dot")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        write_graph(PACTS, tmp_path / "none" / "pacts.graphml")
