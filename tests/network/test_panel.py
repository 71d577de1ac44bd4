"""Tables of dyads over years: networks, measures and similarities, and the tables refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from detente.errors import InputError
from detente.network.panel import LEVELS, Panel, panel
from detente.network.similarity import s_score
from detente.network.yearly import MEASURES, alike, yearly

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CASE = (2, 20, 200, 365, 710, 731, 732, 740, 750, 840, 900, 920)
"""USA CAN GBR RUS CHN PRK ROK JPN IND PHL AUS NZL."""

SHORT = {
    "consul": "consultation",
    "neutral": "neutrality",
    "nonagg": "nonaggression",
    "defense": "defense",
    "offense": "offense",
}

# A path a-b-c-d in 1950 and a triangle a-b-c in 1951; trade by weight; e is never tied.
TABLE = pd.DataFrame(
    [
        ("a", "b", 1950, 1, 5),
        ("b", "a", 1950, 0, 2),
        ("b", "c", 1950, 1, 0),
        ("d", "c", 1950, 1, 0),
        ("a", "b", 1951, 1, 0),
        ("b", "c", 1951, 1, 0),
        ("a", "c", 1951, 1, 0),
    ],
    columns=["state1", "state2", "year", "defense", "trade"],
).astype({"defense": "Int8"})  # as a reader has it that knows of missing values
MEMBERS = pd.DataFrame({"state": ["e", "d", "e"], "year": [1950, 1951, 1951]})


@pytest.fixture
def small() -> Panel:
    return panel(TABLE, ["defense", "trade"], members=MEMBERS)


@pytest.fixture(scope="module")
def dyads(shared: Path) -> pd.DataFrame:
    """The dyad-years of four years."""
    names = {f"atop_{short}": long for short, long in SHORT.items()}
    table = pd.read_csv(shared / "data" / "atop_alliance.csv.gz")
    table = table.rename(columns={"ccode1": "state1", "ccode2": "state2", **names})
    return table[table["year"].isin([1914, 1955, 1990, 2018])]


@pytest.fixture(scope="module")
def atop(dyads: pd.DataFrame) -> Panel:
    return panel(dyads, list(LEVELS))


def test_states_are_tied_if_either_says_so_by_the_larger_weight(small: Panel) -> None:
    assert small.actors[small.members[1950]].tolist() == ["a", "b", "c", "d", "e"]
    tied = small.adjacency("defense", 1950)
    assert [tuple(pair) for pair in np.argwhere(np.triu(tied))] == [(0, 1), (1, 2), (2, 3)]
    assert small.adjacency("trade", 1950)[0, 1] == small.adjacency("trade", 1950)[1, 0] == 5
    assert (tied == tied.T).all()


def test_every_state_has_a_row_in_every_year_and_layer(small: Panel) -> None:
    frame = yearly(small).to_frame()
    rows = frame.groupby(["layer", "year"])["actor"].agg("".join)
    assert rows.to_dict() == dict.fromkeys(
        [(layer, year) for layer in ("defense", "trade") for year in (1950, 1951)], "abcde"
    )


def test_a_path_of_four_beside_one_who_is_tied_to_nobody(small: Panel) -> None:
    frame = yearly(small, ["defense"], [1950]).to_frame().set_index("actor")
    assert frame["degree"].tolist() == [1, 2, 2, 1, 0]
    assert frame["indirect_ties"].tolist() == [1, 1, 1, 1, 0]
    assert frame["core"].tolist() == [1, 1, 1, 1, 0]
    assert frame["betweenness"].tolist() == pytest.approx([0, 2 / 3, 2 / 3, 0, np.nan], nan_ok=True)
    assert frame["closeness"].tolist() == pytest.approx(
        [1 / 2, 3 / 4, 3 / 4, 1 / 2, np.nan], nan_ok=True
    )
    assert frame.loc["e", "katz"] == 1


def test_a_complete_network_and_an_empty_one_say_so(small: Panel) -> None:
    found = yearly(small, years=[1951], measures=["betweenness"])
    assert np.isnan(found.values["betweenness"]).all()
    assert {(gap.layer, gap.actors, gap.why) for gap in found.gaps} == {
        ("defense", ("a", "b", "c"), "the network is complete: everybody is tied to everybody"),
        ("defense", ("d", "e"), "no tie in this layer"),
        ("trade", ("a", "b", "c", "d", "e"), "no tie in this layer"),
    }


def test_every_gap_has_one_reason_and_every_reason_a_gap(atop: Panel) -> None:
    found = yearly(atop)
    frame = found.to_frame().melt(["layer", "year", "actor"], list(MEASURES), "measure")
    silent = frame[frame["value"].isna()]
    explained = [
        (gap.layer, gap.year, actor, gap.measure) for gap in found.gaps for actor in gap.actors
    ]
    keys = silent[["layer", "year", "actor", "measure"]].itertuples(index=False, name=None)
    assert sorted(explained) == sorted(keys)
    assert len(explained) == len(set(explained))


def steps_to_two(graph: nx.Graph[int]) -> dict[int, int]:
    """Of each node, how many are two steps away."""
    steps = nx.all_pairs_shortest_path_length(graph, cutoff=2)
    return {node: list(far.values()).count(2) for node, far in steps}


THEIRS: dict[str, Callable[[nx.Graph[int]], Any]] = {
    "degree": lambda graph: dict(graph.degree),
    "strength": lambda graph: dict(graph.degree(weight="weight")),
    "eigenvector": nx.eigenvector_centrality_numpy,
    "katz": lambda graph: nx.katz_centrality_numpy(graph, 0.005, normalized=False),
    "betweenness": nx.betweenness_centrality,
    "closeness": nx.closeness_centrality,
    "constraint": nx.constraint,
    "effective_size": lambda graph: nx.effective_size(graph, list(graph)),
    "core": nx.core_number,
    "indirect_ties": steps_to_two,
}
"""The same measures by networkx."""


def graph_of(dyads: pd.DataFrame, layer: str, year: int) -> nx.Graph[int]:
    rows = dyads[(dyads["year"] == year) & (dyads[layer] == 1)]
    return nx.from_pandas_edgelist(rows, "state1", "state2")


@pytest.mark.parametrize("layer", ["defense", "nonaggression"])
def test_measures_of_1955_are_those_of_networkx(
    dyads: pd.DataFrame, atop: Panel, layer: str
) -> None:
    graph = graph_of(dyads, layer, 1955)
    frame = yearly(atop, [layer], [1955]).to_frame().set_index("actor")
    assert nx.is_connected(graph)
    assert set(THEIRS) == set(MEASURES)
    for measure, theirs in THEIRS.items():
        expected = pd.Series(theirs(graph))
        ours = frame.loc[expected.index, measure]
        np.testing.assert_allclose(ours, expected, rtol=0, atol=1e-9, err_msg=measure)


def test_a_network_in_parts_carries_only_some_measures(dyads: pd.DataFrame, atop: Panel) -> None:
    """The defence pacts of 1914, three parts: no distance between them, one eigenvector."""
    graph = graph_of(dyads, "defense", 1914)
    frame = yearly(atop, ["defense"], [1914]).to_frame().set_index("actor")
    parts = [graph.subgraph(part) for part in nx.connected_components(graph)]
    leading = max(parts, key=lambda part: max(nx.adjacency_spectrum(part).real))
    expected = pd.Series(nx.eigenvector_centrality_numpy(leading))
    ours = frame["eigenvector"].dropna()
    assert (len(parts), set(ours.index)) == (3, set(leading))
    np.testing.assert_allclose(ours[expected.index], expected, atol=1e-9)
    assert frame["closeness"].isna().all()
    for measure in sorted(set(THEIRS) - {"eigenvector", "closeness"}):
        expected = pd.Series(THEIRS[measure](graph))
        ours = frame.loc[expected.index, measure]
        np.testing.assert_allclose(ours, expected, rtol=0, atol=1e-9, err_msg=measure)


def test_pledges_of_non_aggression_tell_twelve_states_of_the_case_nothing_apart(
    dyads: pd.DataFrame,
) -> None:
    """All 66 pairs have one: the layer is complete. Of defence there are 8, of consultation 12."""
    among = dyads[dyads["state1"].isin(CASE) & dyads["state2"].isin(CASE) & (dyads["year"] == 2018)]
    case = panel(among, list(LEVELS))
    told = ("nonaggression", "defense", "consultation")
    pairs = [np.count_nonzero(np.triu(case.adjacency(layer, 2018))) for layer in told]
    assert pairs == [66, 8, 12]
    found = yearly(case, ["nonaggression"])
    refused = {gap.measure: gap.why for gap in found.gaps}
    assert set(refused) == {
        "eigenvector", "betweenness", "closeness", "constraint", "effective_size"
    }  # fmt: skip
    assert all(why.startswith("the network is complete") for why in refused.values())


def test_portfolios_hold_the_highest_level_and_the_highest_towards_oneself(
    dyads: pd.DataFrame, atop: Panel
) -> None:
    held = atop.portfolios(1914)
    states = atop.actors[atop.members[1914]].tolist()
    rows = dyads[dyads["year"] == 1914]
    expected = np.diag(np.full(len(states), 3.0))
    for row in rows.to_dict("records"):
        level = max(LEVELS[layer] * row[layer] for layer in LEVELS)
        one, other = states.index(row["state1"]), states.index(row["state2"])
        expected[one, other] = max(expected[one, other], level)
        expected[other, one] = max(expected[other, one], level)
    np.testing.assert_array_equal(held, expected)


def test_similarity_of_all_pairs_of_a_year(atop: Panel) -> None:
    frame = alike(atop, [1914, 1990])
    sizes = {year: len(atop.members[year]) for year in (1914, 1990)}
    rows = frame.groupby("year").size().to_dict()
    assert rows == {year: size * (size - 1) / 2 for year, size in sizes.items()}
    states = atop.actors[atop.members[1914]].tolist()
    germany, russia = states.index(255), states.index(365)
    pair = frame[(frame["year"] == 1914) & (frame["first"] == 255) & (frame["second"] == 365)]
    assert list(frame) == ["year", "first", "second", "s", "tau_b", "kappa", "pi"]
    assert pair["s"].item() == s_score(atop.portfolios(1914))[germany, russia]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"state1": "b"}, "a state with itself: row 1"),
        ({"year": 0}, "no state, or no year: row 1"),
        ({"state2": None}, "no state, or no year: row 1"),
        ({"defense": -9}, "a weight that is negative or missing: row 1"),
        ({"defense": None}, "a weight that is negative or missing: row 1"),
        ({"state1": "a", "state2": "b"}, "a dyad-year that stands twice: row 0, 1"),
    ],
)
def test_bad_rows_are_named_and_never_merged(row: dict[str, Any], message: str) -> None:
    good = dict(zip(TABLE.columns, TABLE.iloc[0], strict=True))
    bad = {**good, "state1": "c", **row}
    with pytest.raises(InputError) as error:
        panel(pd.DataFrame([good, bad]).astype({"defense": "Int8"}), ["defense"])
    assert str(error.value) == f"{message}\n  mend the table, or leave them out"


def test_a_weight_is_finite() -> None:
    with pytest.raises(InputError, match="a weight that is negative or missing: row 1"):
        panel(TABLE.assign(trade=[1, np.inf, 1, 1, 1, 1, 1]), ["trade"])


def test_a_table_without_rows_is_none() -> None:
    with pytest.raises(InputError, match="no dyad-year in the table"):
        panel(TABLE[:0], ["defense"])


def test_many_bad_rows_are_counted() -> None:
    bad = pd.concat([TABLE] * 2, ignore_index=True)
    with pytest.raises(InputError, match="stands twice: row 0, 1, 2, 3, 4 and 9 more"):
        panel(bad, ["defense"])


def test_unknown_columns_layers_and_years_are_refused(small: Panel) -> None:
    with pytest.raises(InputError, match="no column `offense`: there are state1, state2, year"):
        panel(TABLE, ["offense"])
    with pytest.raises(InputError, match="no column `state`: there are state1, state2, year"):
        panel(TABLE, ["defense"], members=TABLE)
    with pytest.raises(InputError, match="no measure `fame`: there are degree, strength"):
        yearly(small, measures=["fame"])
    with pytest.raises(InputError, match="no layer `offense` in the panel: it has defense, trade"):
        yearly(small, ["offense"])
    with pytest.raises(
        InputError, match=re.escape("no year 1949 in the panel: it has 1950 to 1951")
    ):
        yearly(small, years=[1949])
