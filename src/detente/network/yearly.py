"""Every measure for every state in every year of a panel, and for every two states."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from itertools import product
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from detente.errors import CannotAnswer, InputError
from detente.network import matrix, similarity
from detente.network.panel import LEVELS

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    import pandas as pd

    from detente.network.panel import Panel

__all__ = ["MEASURES", "SIMILARITIES", "Gap", "Yearly", "alike", "yearly"]

Array = NDArray[np.float64]
Measures = Mapping[str, Callable[[Array], Array]]
Function = TypeVar("Function")

ALPHA = 0.005
"""Of Katz: below one over the largest eigenvalue of any network of up to 200 states with weights of
at most 1, so that one number serves all years and they can be compared."""

MEASURES: Measures = {
    "degree": matrix.degree,
    "strength": matrix.strength,
    "eigenvector": matrix.eigenvector,
    "katz": matrix.katz,
    "betweenness": matrix.betweenness,
    "closeness": matrix.closeness,
    "constraint": matrix.constraint,
    "effective_size": matrix.effective_size,
    "core": matrix.core,
    "indirect_ties": matrix.indirect_ties,
}

ALONE = {"degree": 0.0, "strength": 0.0, "katz": 1.0, "core": 0.0, "indirect_ties": 0.0}
"""What they make of a state without a tie in the layer; the others say nothing of it."""

SIMILARITIES: Mapping[str, Callable[[Array, Sequence[float]], Array]] = {
    "s": similarity.s_score,
    "s_squared": partial(similarity.s_score, disagreement="squared"),
    "tau_b": similarity.tau_b,
    "kappa": similarity.kappa,
    "kappa_linear": partial(similarity.kappa, disagreement="linear"),
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
    parameters: Mapping[str, float]
    method: str = "one network a layer and year, of the states tied in it"
    version: str = field(default_factory=lambda: version("detente"))

    def to_frame(self) -> pd.DataFrame:
        """One row a layer, year and state; a column for each measure."""
        import pandas as pd

        keys = {"layer": self.layer, "year": self.year, "actor": self.actor}
        return pd.DataFrame({**keys, **self.values})


def yearly(
    panel: Panel,
    layers: Iterable[str] = (),
    years: Iterable[int] = (),
    measures: Iterable[str] = tuple(MEASURES),
    *,
    alpha: float = ALPHA,
) -> Yearly:
    """The measures of every state in every year.

    The network of a layer and year is that of the states tied in it. Of the others the measures
    that count something say so (`ALONE`), the rest nothing.

    Parameters
    ----------
    layers, years
        Of the panel; all of them where none is named.
    measures
        Some of `MEASURES`.
    alpha
        What a step is worth to Katz.

    Raises
    ------
    InputError
        For a measure there is none of, and a layer or a year that the panel does not have.
    """
    asked = list(product(tuple(layers) or panel.layers, tuple(years) or panel.years))
    chosen = _chosen(measures, MEASURES)
    if "katz" in chosen:
        chosen["katz"] = partial(matrix.katz, alpha=alpha)
    with _one_thread():
        blocks = [_block(panel.adjacency(layer, year), chosen) for layer, year in asked]
    actors = [panel.actors[panel.members[year]] for _, year in asked]
    sizes = [len(each) for each in actors]
    return Yearly(
        layer=np.repeat(np.array([layer for layer, _ in asked], dtype=np.str_), sizes),
        year=np.repeat(np.array([year for _, year in asked], dtype=np.int64), sizes),
        actor=np.concatenate(actors),
        values={name: np.concatenate([each.values[name] for each in blocks]) for name in chosen},
        gaps=tuple(
            Gap(layer, year, measure, tuple(named[rows].tolist()), why)
            for (layer, year), named, block in zip(asked, actors, blocks, strict=True)
            for measure, rows, why in block.gaps()
        ),
        parameters={"alpha": alpha},
    )


def alike(
    panel: Panel,
    years: Iterable[int] = (),
    levels: Mapping[str, int] = LEVELS,
    measures: Iterable[str] = ("s", "tau_b", "kappa", "pi"),
) -> pd.DataFrame:
    """How alike the portfolios of any two states are: a row a year and pair, the lower code first.

    Parameters
    ----------
    years
        Of the panel; all of them where none is named.
    levels
        Layer -> the level of commitment it stands for, above 0.
    measures
        Some of `SIMILARITIES`.

    Raises
    ------
    InputError
        For a measure there is none of, and a layer or a year that the panel does not have.
    """
    import pandas as pd

    scale = sorted({0, *levels.values()})
    chosen = _chosen(measures, SIMILARITIES)
    frames = []
    with _one_thread():
        for year in tuple(years) or panel.years:
            held, actors = panel.portfolios(year, levels), panel.actors[panel.members[year]]
            one, other = np.triu_indices(len(actors), 1)
            scores = {name: of(held, scale)[one, other] for name, of in chosen.items()}
            pairs = {"year": year, "first": actors[one], "second": actors[other]}
            frames.append(pd.DataFrame(pairs | scores))
    return pd.concat(frames, ignore_index=True)


def _chosen(names: Iterable[str], known: Mapping[str, Function]) -> dict[str, Function]:
    names = tuple(names)
    unknown = [name for name in names if name not in known]
    if unknown:
        raise InputError(f"no measure `{unknown[0]}`: there are {', '.join(known)}")
    return {name: known[name] for name in names}


def _one_thread() -> AbstractContextManager[object]:
    """Networks of some hundred states are solved sooner than further threads are woken."""
    from threadpoolctl import threadpool_limits

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
