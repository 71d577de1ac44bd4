"""Every measure for every state in every year of a panel, and for every two states."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from detente.errors import CannotAnswer
from detente.network import matrix, similarity
from detente.network.panel import LEVELS

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    import pandas as pd

    from detente.network.panel import Panel

__all__ = ["MEASURES", "SIMILARITIES", "Gap", "Yearly", "alike", "yearly"]

Array = NDArray[np.float64]
Measures = Mapping[str, Callable[[Array], Array]]
Similarities = Mapping[str, Callable[[Array, Sequence[float]], Array]]

ALPHA = 0.005
"""Of Katz: below one over the largest eigenvalue of any network of up to 200 states with weights of
at most 1, so that one number serves all years and they can be compared."""

MEASURES: Measures = {
    "degree": matrix.degree,
    "strength": matrix.strength,
    "eigenvector": matrix.eigenvector,
    "katz": partial(matrix.katz, alpha=ALPHA),
    "betweenness": matrix.betweenness,
    "closeness": matrix.closeness,
    "constraint": matrix.constraint,
    "effective_size": matrix.effective_size,
    "core": matrix.core,
    "indirect_ties": matrix.indirect_ties,
}

ALONE = {"degree": 0.0, "strength": 0.0, "katz": 1.0, "core": 0.0, "indirect_ties": 0.0}
"""What they make of a state without a tie in the layer; the others say nothing of it."""

SIMILARITIES: Similarities = {
    "s": similarity.s_score,
    "tau_b": similarity.tau_b,
    "kappa": similarity.kappa,
    "pi": similarity.pi,
}

UNTIED = "no tie in this layer"
SILENT = {"eigenvector": "in a part of the network that does not lead"}
"""Why a measure the network can carry says nothing of some who have ties."""


@dataclass(frozen=True)
class Gap:
    """Where a measure says nothing, and why."""

    layer: str
    year: int
    measure: str
    actors: tuple[Any, ...]
    why: str


@dataclass(frozen=True, eq=False)
class Yearly:
    """Measures of states by layer and year, in this order, and how they were found."""

    layer: NDArray[np.str_]
    """`(rows,)`."""
    year: NDArray[np.int64]
    """`(rows,)`."""
    actor: NDArray[Any]
    """`(rows,)`: as the panel names them."""
    values: Mapping[str, Array]
    """Measure -> `(rows,)`; NaN where it says nothing."""
    gaps: tuple[Gap, ...]
    """Every NaN, with its reason."""
    method: str = f"one network a layer and year, of the states tied in it; Katz at alpha {ALPHA:g}"
    version: str = field(default_factory=lambda: version("detente"))

    def to_frame(self) -> pd.DataFrame:
        """One row a layer, year and state; a column for each measure."""
        import pandas as pd

        keys = {"layer": self.layer, "year": self.year, "actor": self.actor}
        return pd.DataFrame({**keys, **self.values})


def yearly(
    panel: Panel,
    layers: Iterable[str] | None = None,
    years: Iterable[int] | None = None,
    measures: Measures = MEASURES,
) -> Yearly:
    """The measures of every state in every year.

    The network of a layer and year is that of the states tied in it. Of the others the measures
    that count something say so (`ALONE`), the rest nothing.

    Parameters
    ----------
    layers, years
        Of the panel; all of them if not given.
    measures
        Name -> what it makes of an adjacency array of states that all have a tie.

    Raises
    ------
    InputError
        For a layer or a year that the panel does not have.
    """
    asked = [
        (layer, year)
        for layer in (panel.layers if layers is None else layers)
        for year in (panel.years if years is None else years)
    ]
    with _one_thread():
        blocks = [_block(panel.adjacency(layer, year), measures) for layer, year in asked]
    actors = [panel.actors[panel.members[year]] for _, year in asked]
    sizes = [len(each) for each in actors]
    return Yearly(
        layer=np.repeat(np.array([layer for layer, _ in asked], dtype=np.str_), sizes),
        year=np.repeat(np.array([year for _, year in asked], dtype=np.int64), sizes),
        actor=np.concatenate(actors) if actors else panel.actors[:0],
        values={
            name: np.concatenate([block.values[name] for block in blocks] or [np.empty(0)])
            for name in measures
        },
        gaps=tuple(
            Gap(layer, year, measure, tuple(named[rows].tolist()), why)
            for (layer, year), named, block in zip(asked, actors, blocks, strict=True)
            for measure, rows, why in block.gaps()
        ),
    )


def alike(
    panel: Panel,
    years: Iterable[int] | None = None,
    levels: Mapping[str, int] = LEVELS,
    measures: Similarities = SIMILARITIES,
) -> pd.DataFrame:
    """How alike the portfolios of any two states are: a row a year and pair, the lower code first.

    Parameters
    ----------
    years
        Of the panel; all of them if not given.
    levels
        Layer -> the level of commitment it stands for, above 0.
    measures
        Name -> what it makes of portfolios and the levels there are.

    Raises
    ------
    InputError
        For a layer or a year that the panel does not have.
    """
    import pandas as pd

    scale = sorted({0, *levels.values()})
    frames = []
    with _one_thread():
        for year in panel.years if years is None else years:
            held, actors = panel.portfolios(year, levels), panel.actors[panel.members[year]]
            one, other = np.triu_indices(len(actors), 1)
            scores = {name: of(held, scale)[one, other] for name, of in measures.items()}
            pairs = {"year": year, "first": actors[one], "second": actors[other]}
            frames.append(pd.DataFrame(pairs | scores))
    return pd.concat(frames, ignore_index=True)


def _one_thread() -> AbstractContextManager[object]:
    """Networks of some hundred states are solved sooner than further threads are woken."""
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    limits: AbstractContextManager[object] = threadpool_limits(1)
    return limits


@dataclass(frozen=True, eq=False)
class _Block:
    """The measures of the states of one layer and year."""

    tied: NDArray[np.bool_]
    values: Mapping[str, Array]
    refused: Mapping[str, str]

    def gaps(self) -> Iterator[tuple[str, NDArray[np.bool_], str]]:
        """Each measure with the rows of which it says nothing, and why."""
        for measure, values in self.values.items():
            silent = np.isnan(values)
            why = self.refused.get(measure) or SILENT.get(measure, "not defined for it")
            for rows, reason in ((silent & self.tied, why), (silent & ~self.tied, UNTIED)):
                if rows.any():
                    yield measure, rows, reason


def _block(adjacency: Array, measures: Measures) -> _Block:
    tied: NDArray[np.bool_] = np.logical_or.reduce(adjacency > 0, axis=1)
    network = adjacency[np.ix_(tied, tied)]
    values, refused = {}, {}
    for name, measure in measures.items():
        values[name] = np.where(tied, np.nan, ALONE.get(name, np.nan))
        try:
            values[name][tied] = measure(network) if tied.any() else np.nan
        except CannotAnswer as reason:
            refused[name] = str(reason)
    return _Block(tied, values, refused)
