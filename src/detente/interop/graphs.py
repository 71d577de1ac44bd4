"""A network in the files of other programs: GraphML, GEXF, and tables as CSV or Parquet.

A network comes as plain arrays: who is party to what, and what each arrangement weighs. Either
actors are linked pair by pair, an arrangement of k parties giving each pair 1/(k - 1) of its
weight, so that an actor's strength is the sum of the weights of its arrangements; or, in two modes,
actors are linked to arrangements, which keeps a treaty of five one treaty.
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    import networkx as nx
    import pandas as pd
    from numpy.typing import NDArray

    Attributes = Mapping[str, Mapping[str, object]]

__all__ = ["Incidence", "edge_table", "graph", "node_table", "two_mode_graph", "write_graph"]

NONE_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Incidence(Protocol):
    """A weighted hypergraph as arrays."""

    @property
    def actors(self) -> Sequence[str]:
        """The parties, one for each row."""

    @property
    def edges(self) -> Sequence[str]:
        """The arrangements, one for each column."""

    @property
    def incidence(self) -> NDArray[np.bool_]:
        """(actors, edges) bool: who is party to what."""

    @property
    def weights(self) -> NDArray[np.float64]:
        """(edges,) float64: what each arrangement weighs."""


def write_graph(
    network: Incidence,
    path: Path,
    attributes: Attributes | None = None,
    *,
    two_mode: bool = False,
) -> tuple[Path, ...]:
    """Write a network to the file or files that the ending of `path` asks for.

    Parameters
    ----------
    network
        Who is party to what.
    path
        `.graphml` or `.gexf` make one file; `.csv` and `.parquet` make two, `NAME-nodes` and
        `NAME-edges`. What stands there is replaced.
    attributes
        Of actors, and in two modes also of arrangements: id -> name -> number, text or None. None
        is left out of GraphML and GEXF and empty in a table.
    two_mode
        Link actors to arrangements instead of to each other.

    Returns
    -------
    tuple of Path
        The files written.

    Raises
    ------
    InputError
        If the ending is none of these, or a file cannot be written.
    """
    known = attributes or {}
    writers: dict[str, Callable[[nx.Graph, Path], tuple[Path, ...]]] = {
        ".graphml": write_graphml, ".gexf": write_gexf, ".csv": write_tables,
        ".parquet": write_tables,
    }  # fmt: skip
    if path.suffix not in writers:
        raise InputError(f"{path}: unknown ending `{path.suffix}`\n  one of {', '.join(writers)}")
    drawn = two_mode_graph(network, known) if two_mode else graph(network, known)
    try:
        return writers[path.suffix](drawn, path)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from None


def graph(network: Incidence, attributes: Attributes | None = None) -> nx.Graph:
    """Actors linked pair by pair, with `weight` and the `arrangements` that link them.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> import numpy as np
    >>> pact = SimpleNamespace(
    ...     actors=("aus", "gbr", "usa"),
    ...     edges=("aukus",),
    ...     incidence=np.ones((3, 1), bool),
    ...     weights=np.ones(1),
    ... )
    >>> linked = graph(pact)
    >>> dict(linked.degree(weight="weight"))
    {'aus': 1.0, 'gbr': 1.0, 'usa': 1.0}
    >>> linked["aus"]["usa"]
    {'weight': 0.5, 'arrangements': 'aukus'}
    """
    import networkx as nx

    drawn = nx.Graph()
    add_nodes(drawn, network.actors, "actor", attributes or {})
    for column, edge in enumerate(network.edges):
        parties = parties_of(network, column)
        for one, other in combinations(parties, 2):
            weight = float(network.weights[column]) / (len(parties) - 1)
            before = drawn.get_edge_data(one, other, {"weight": 0.0, "arrangements": ""})
            through = f"{before['arrangements']} {edge}".strip()
            drawn.add_edge(one, other, weight=before["weight"] + weight, arrangements=through)
    return drawn


def two_mode_graph(network: Incidence, attributes: Attributes | None = None) -> nx.Graph:
    """Actors linked to the arrangements they are party to.

    An arrangement's node is called `arrangement:` and its id, as an actor may have the same id.
    """
    import networkx as nx

    drawn = nx.Graph()
    add_nodes(drawn, network.actors, "actor", attributes or {})
    add_nodes(drawn, network.edges, "arrangement", attributes or {}, "arrangement:")
    for column, edge in enumerate(network.edges):
        for party in parties_of(network, column):
            drawn.add_edge(party, f"arrangement:{edge}", weight=float(network.weights[column]))
    return drawn


def parties_of(network: Incidence, column: int) -> list[str]:
    return [network.actors[int(row)] for row in np.flatnonzero(network.incidence[:, column])]


def add_nodes(
    drawn: nx.Graph, ids: Sequence[str], kind: str, attributes: Attributes, prefix: str = ""
) -> None:
    for id in ids:
        drawn.add_node(f"{prefix}{id}", kind=kind, **attributes.get(id, {}))


def node_table(drawn: nx.Graph) -> pd.DataFrame:
    """One row for each node, with its attributes."""
    import pandas as pd

    return pd.DataFrame([{"id": node, **known} for node, known in drawn.nodes(data=True)])


def edge_table(drawn: nx.Graph) -> pd.DataFrame:
    """One row for each link: `source`, `target`, `weight` and, between actors, `arrangements`."""
    import pandas as pd

    rows = [{"source": a, "target": b, **known} for a, b, known in drawn.edges(data=True)]
    return pd.DataFrame(rows, columns=None if rows else ["source", "target", "weight"])


# ------------------------------------------------------------------------------------------- files


def write_graphml(drawn: nx.Graph, path: Path) -> tuple[Path, ...]:
    import networkx as nx

    nx.write_graphml_xml(for_xml(drawn), path)
    return (path,)


def write_gexf(drawn: nx.Graph, path: Path) -> tuple[Path, ...]:
    import networkx as nx

    text = "\n".join(nx.generate_gexf(for_xml(drawn)))
    undated = re.sub(r' lastmodifieddate="[^"]*"', "", text)  # the same network, the same file
    path.write_text(f"<?xml version='1.0' encoding='utf-8'?>\n{undated}\n", encoding="utf-8")
    return (path,)


def write_tables(drawn: nx.Graph, path: Path) -> tuple[Path, ...]:
    tables = {"nodes": node_table(drawn), "edges": edge_table(drawn)}
    written = tuple(path.with_name(f"{path.stem}-{kind}{path.suffix}") for kind in tables)
    for table, file in zip(tables.values(), written, strict=True):
        if path.suffix == ".csv":
            table.to_csv(file, index=False)
        else:
            table.to_parquet(file, index=False)
    return written


def for_xml(drawn: nx.Graph) -> nx.Graph:
    """The same graph with what these formats can hold: no None, no character XML forbids."""
    import networkx as nx

    cleaned = nx.Graph()
    cleaned.add_nodes_from((node, held(known)) for node, known in drawn.nodes(data=True))
    cleaned.add_edges_from((a, b, held(known)) for a, b, known in drawn.edges(data=True))
    return cleaned


def held(known: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: NONE_IN_XML.sub("", value) if isinstance(value, str) else value
        for name, value in known.items()
        if value is not None
    }
