"""How long all measures for every state in every year take, beside plain loops in networkx."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeVar

import networkx as nx

from detente.errors import InputError
from detente.interop.atop import read_atop
from detente.network.panel import LEVELS, panel
from detente.network.yearly import MEASURES, alike, yearly

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["show"]

FILE = Path(__file__).parents[2] / "shared" / "data" / "atop_alliance.csv.gz"
YEARS = range(1946, 2019)
SAMPLED = YEARS[4::12]  # of networkx: 1950, 1962, …, 2010

Result = TypeVar("Result")


def two_steps_away(graph: nx.Graph[int]) -> dict[int, int]:
    """How many others each node is tied to through somebody only."""
    far = nx.all_pairs_shortest_path_length(graph, cutoff=2)
    return {node: list(steps.values()).count(2) for node, steps in far}


THEIRS: Mapping[str, Callable[[nx.Graph[int]], object]] = {
    "degree": lambda graph: dict(graph.degree),
    "strength": lambda graph: dict(graph.degree(weight="weight")),
    "eigenvector": lambda graph: nx.eigenvector_centrality(graph, max_iter=10_000),
    "katz": lambda graph: nx.katz_centrality_numpy(graph, 0.005, normalized=False),
    "betweenness": nx.betweenness_centrality,
    "closeness": nx.closeness_centrality,
    "constraint": nx.constraint,  # for all nodes at once: node by node takes minutes
    "effective_size": nx.effective_size,
    "core": nx.core_number,
    "indirect_ties": two_steps_away,
}


def show() -> None:
    """A line each for reading ATOP, for measures and similarities, and for networkx."""
    print(f"\nATOP, {len(LEVELS)} layers, {YEARS[0]} to {YEARS[-1]}, once each\n")
    try:
        reading, table = taken(lambda: read_atop(FILE))
    except InputError as error:
        print(f"{'':>10}  not measured, {error}")
        return
    dyads = table.frame
    print(f"{reading:>8.2f} s  {len(dyads):,} directed dyad-years read and checked")
    building, atop = taken(lambda: panel(dyads, list(LEVELS)))
    measuring, found = taken(lambda: yearly(atop, years=YEARS))
    rows = f"{len(found.year):,} rows, one a layer, year and state"
    print(f"{building + measuring:>8.2f} s  {len(MEASURES)} measures of every state: {rows}")
    comparing, pairs = taken(lambda: alike(atop, YEARS))
    print(f"{comparing:>8.2f} s  S, tau-b, kappa and pi of {len(pairs):,} pairs of states a year")
    ours, _ = taken(lambda: yearly(panel(sampled(dyads), list(LEVELS))))
    theirs, _ = taken(lambda: by_networkx(sampled(dyads)))
    whole = theirs * len(YEARS) / len(SAMPLED)
    print(
        f"{theirs:>8.2f} s  networkx {nx.__version__}, {len(SAMPLED)} years: {said(theirs / ours)}"
    )
    print(f"{whole:>8.2f} s  … scaled to all {len(YEARS)}")


def taken(run: Callable[[], Result]) -> tuple[float, Result]:
    """How long it takes [s], and what comes of it."""
    begin = perf_counter()
    result = run()
    return perf_counter() - begin, result


def said(ratio: float) -> str:
    """How much longer it took than ours of the same years."""
    return f"{ratio:,.0f} times what ours takes for them"


def sampled(dyads: pd.DataFrame) -> pd.DataFrame:
    """The rows of the years that networkx is given."""
    return dyads[dyads["year"].isin(SAMPLED)]


def by_networkx(dyads: pd.DataFrame) -> list[dict[str, Any]]:
    """The same measures, one graph after the other."""
    found = []
    for layer in LEVELS:
        for _, rows in dyads[dyads[layer] == 1].groupby("year"):
            graph = nx.from_pandas_edgelist(rows, "state1", "state2")
            found.append({name: of(graph) for name, of in THEIRS.items()})
    return found
