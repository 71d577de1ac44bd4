"""Ranks, and how much they owe to single arrangements and to the weights of arrangements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from detente.errors import CannotAnswer, InputError
from detente.network.hypergraph import ALL, Hypergraph, hypergraph
from detente.network.measures import MEASURES, TOLERANCE, Measure, require_measure

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from numpy.typing import NDArray

    from detente.case.situation import Situation
    from detente.network.changes import Change

__all__ = ["Rank", "Ranks", "Resampling", "aligned", "ranked", "ranks_of", "robust_ranks"]

MIDDLE = (5, 95)  # of resampled ranks, in percent


@dataclass(frozen=True)
class Resampling:
    """How weights of arrangements are drawn: nobody knows what one counts beside another.

    Each weight is multiplied by a factor of its own, log-uniform from 1/spread to spread. Of no
    draws, only the stated weights are counted.
    """

    draws: int = 200
    spread: float = 2.0
    seed: int = 0

    def __post_init__(self) -> None:
        if self.draws < 0 or not 1 <= self.spread < np.inf:
            raise InputError(
                f"resampling: {self.draws} draws with a spread of {self.spread:g}\n"
                "  no fewer than 0 draws, with a spread of 1 or more"
            )

    def weights(self, network: Hypergraph) -> NDArray[np.float64]:
        """`(draws, edges)`: other weights for the arrangements of a network."""
        reach = np.log(self.spread)
        logs = np.random.default_rng(self.seed).uniform(
            -reach, reach, (self.draws, len(network.edges))
        )
        drawn: NDArray[np.float64] = network.weights * np.exp(logs)
        return drawn


class Rank(NamedTuple):
    """An actor's rank by a measure: 1 is the first; equals share the better rank."""

    rank: int
    left_out: tuple[int, int]
    """The best and the worst one with any single arrangement left out."""
    resampled: tuple[int, int]
    """Between which it lies in the middle nine tenths of other weights."""


@dataclass(frozen=True, eq=False)
class Ranks:
    """The ranks of a layer's actors, by measure, and how robust they are."""

    network: Hypergraph
    resampling: Resampling
    ranks: Mapping[str, Mapping[str, Rank]]
    """Measure -> actor -> its rank; without those of whom the measure says nothing."""
    untold: Mapping[str, tuple[str, ...]]
    """Measure -> arrangements without which it cannot be told."""

    def to_dict(self) -> dict[str, dict[str, dict[str, object]]]:
        """Measure -> actor -> its rank, with the ranges."""
        return {
            measure: {actor: rank._asdict() for actor, rank in by_actor.items()}
            for measure, by_actor in self.ranks.items()
        }


def robust_ranks(
    situation: Situation,
    day: date,
    layer: str = ALL,
    measures: Sequence[str] = ("strength",),
    changes: Sequence[Change] = (),
    resampling: Resampling | None = None,
) -> Ranks:
    """The rank of every actor, as arrangements are left out one by one and weighed otherwise.

    A measure the network cannot carry has no ranks. An actor that a left-out arrangement alone had
    brought in stays among those ranked, with what one has that is a party to nothing.

    Parameters
    ----------
    situation, day, layer, changes
        As for `hypergraph`.
    measures
        Names of `MEASURES`.
    resampling
        How weights are drawn; 200 draws of half to twice each weight if left out.

    Raises
    ------
    InputError
        For an unknown layer, measure, arrangement or actor.

    Examples
    --------
    >>> from datetime import date
    >>> from detente.case import load
    >>> found = robust_ranks(load("kim/indo_pacific_2024"), date(2024, 4, 16), "defence_treaty")
    >>> found.ranks["strength"]["usa"]
    Rank(rank=1, left_out=(1, 1), resampled=(1, 1))
    """
    for measure in measures:
        require_measure(measure)
    return ranks_of(hypergraph(situation, day, layer, changes), measures, resampling)


def ranks_of(
    network: Hypergraph, measures: Sequence[str], resampling: Resampling | None = None
) -> Ranks:
    """The ranks in a network, with their ranges, as `robust_ranks` has them."""
    from threadpoolctl import threadpool_limits

    resampling = resampling or Resampling()
    actors = network.actors
    own = {name: _ranks(MEASURES[name], network, actors) for name in measures}
    told = {name: ranks for name, ranks in own.items() if ranks is not None}
    weighted = [name for name in told if MEASURES[name].weighted]
    with threadpool_limits(1):  # many small networks: threads of linear algebra would only wait
        left_out = _versions(map(network.without, network.edges), list(told), actors)
        drawn = _versions(map(network.weighing, resampling.weights(network)), weighted, actors)
    found: dict[str, dict[str, Rank]] = {}
    untold: dict[str, tuple[str, ...]] = {}
    for name, ranks in told.items():
        others = left_out[name]
        found[name] = _with_ranges(actors, ranks, others, drawn.get(name, ()))
        silent = [edge for edge, each in zip(network.edges, others, strict=True) if each is None]
        if silent:
            untold[name] = tuple(silent)
    return Ranks(network, resampling, found, untold)


def aligned(measure: Measure, network: Hypergraph, actors: Sequence[str]) -> NDArray[np.float64]:
    """`(actors,)`: a measure's values for these actors, also for those who are absent.

    Raises
    ------
    CannotAnswer
        Where the network cannot carry it.
    """
    values = dict(zip(network.actors, measure.of(network), strict=True)) if network.actors else {}
    return np.array([values.get(actor, measure.alone) for actor in actors], dtype=np.float64)


def ranked(values: NDArray[np.float64], *, least_first: bool = False) -> NDArray[np.int64]:
    """`(actors,)`: one and how many are better; zero where there is no value.

    Examples
    --------
    >>> ranked(np.array([2.0, 5.0, 2.0, np.nan])).tolist()
    [2, 1, 2, 0]
    """
    if least_first:
        values = -values
    slack = TOLERANCE * np.nanmax(np.abs(values), initial=0)
    better = (values[None, :] > values[:, None] + slack).sum(axis=1)
    found: NDArray[np.int64] = np.where(np.isnan(values), 0, 1 + better)
    return found


def _ranks(
    measure: Measure, network: Hypergraph, actors: Sequence[str]
) -> NDArray[np.int64] | None:
    try:
        values = aligned(measure, network, actors)
    except CannotAnswer:
        return None
    return ranked(values, least_first=measure.least_first)


def _versions(
    networks: Iterable[Hypergraph], measures: Sequence[str], actors: Sequence[str]
) -> dict[str, list[NDArray[np.int64] | None]]:
    """Measure -> the ranks in each network; one network is held at a time, for they are many."""
    found: dict[str, list[NDArray[np.int64] | None]] = {name: [] for name in measures}
    if found:
        for network in networks:
            for name, ranks in found.items():
                ranks.append(_ranks(MEASURES[name], network, actors))
    return found


def _with_ranges(
    actors: Sequence[str],
    own: NDArray[np.int64],
    left_out: Iterable[NDArray[np.int64] | None],
    drawn: Iterable[NDArray[np.int64] | None],
) -> dict[str, Rank]:
    removed = _told(own, left_out)
    weighed = _told(own, drawn)
    found = {}
    for place, actor in enumerate(actors):
        if not own[place]:
            continue
        single = removed[removed[:, place] > 0, place]
        low, high = np.percentile(weighed[weighed[:, place] > 0, place], MIDDLE, method="nearest")
        found[actor] = Rank(
            int(own[place]), (int(single.min()), int(single.max())), (int(low), int(high))
        )
    return found


def _told(own: NDArray[np.int64], others: Iterable[NDArray[np.int64] | None]) -> NDArray[np.int64]:
    """`(versions, actors)`: the ranks where they can be told, those of the record among them."""
    return np.array([own, *(each for each in others if each is not None)])
