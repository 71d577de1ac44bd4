"""The strategic form of a situation: everybody chooses once, at the same time, and is paid.

What Gambit and other solvers of cardinal games take. An actor's strategies are the combinations of
its options' levels that are feasible; payoffs are what a utility with a unit says, and otherwise
the places of states in its ranking, 0 for the worst. Such places are no quantities: the pure Nash
equilibria depend on their order alone, anything mixed on a convention.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.case.future import nominal
from detente.case.situation import Utility
from detente.conflict.model import conflict
from detente.errors import CannotAnswer

if TYPE_CHECKING:
    from detente.case.future import Future
    from detente.case.situation import Situation
    from detente.conflict.model import Conflict
    from detente.conflict.space import Space

__all__ = ["StrategicForm", "pure_equilibria", "strategic_form"]

SIGNIFICANT = 12


@dataclass(frozen=True, eq=False)
class StrategicForm:
    """Players, strategies and payoffs."""

    players: tuple[str, ...]
    strategies: tuple[tuple[str, ...], ...]
    """For each player the names of its strategies."""
    payoffs: NDArray[np.float64]
    """`(players, strategies of the first, …, of the last)`"""
    units: tuple[str | None, ...]
    """For each player the unit of its payoffs; None where they are places in a ranking."""
    states: NDArray[np.int64]
    """`(strategies of the first, …)`, the state that each profile is."""
    one_way: tuple[str, ...]
    """Options that cannot be taken back, which the strategic form does not know."""

    def pure(self) -> NDArray[np.int64]:
        """The states that are pure Nash equilibria, sorted."""
        return np.sort(self.states[pure_equilibria(self.payoffs)])


def pure_equilibria(payoffs: NDArray[np.float64]) -> NDArray[np.bool_]:
    """`(strategies of the first, …) bool`: the profiles where nobody gains by another strategy.

    Parameters
    ----------
    payoffs
        `(players, strategies of the first, …, of the last)`.

    References
    ----------
    [Nash1950]

    Examples
    --------
    >>> prisoners = np.array([[[2, 0], [3, 1]], [[2, 3], [0, 1]]])
    >>> np.argwhere(pure_equilibria(prisoners)).tolist()
    [[1, 1]]
    """
    found = np.ones(payoffs.shape[1:], dtype=np.bool_)
    for player, own in enumerate(payoffs):
        found &= own == own.max(axis=player, keepdims=True)
    return found


def strategic_form(situation: Situation, future: Future | None = None) -> StrategicForm:
    """The strategic form of a situation.

    Parameters
    ----------
    situation
        What the analyst wrote.
    future
        The draw of everything unknown; the nominal one if left out.

    Raises
    ------
    CannotAnswer
        Where moves are written out, or a strategy of one actor rules out one of another.

    Examples
    --------
    >>> from detente.case import load
    >>> form = strategic_form(load("fang/prisoners_dilemma"))
    >>> form.players, form.strategies, form.payoffs[0].tolist()
    (('row', 'column'), (('no', 'yes'), ('no', 'yes')), [[2.0, 0.0], [3.0, 1.0]])
    """
    future = nominal(situation) if future is None else future
    model = conflict(situation, future)
    space = model.space
    if not space.transitive:
        raise CannotAnswer(
            "no strategic form: moves are written out one by one, or go one option at a time\n"
            "  leave out `arcs`, `one_step` and `same_when`, and say what cannot be in `infeasible`"
        )
    axes = [[k for k, option in enumerate(space.options) if option.actor == actor]
            for actor in space.actors]  # fmt: skip
    arranged = (
        np.arange(space.size).reshape(space.shape).transpose([k for own in axes for k in own])
    )
    states = arranged.reshape([int(np.prod([space.shape[k] for k in own])) for own in axes])
    kept = []
    for player in range(len(axes)):
        others = tuple(k for k in range(len(axes)) if k != player)
        kept.append(np.flatnonzero(space.mask[states].any(axis=others)))
    states = states[np.ix_(*kept)]
    _refuse_coupled(space, states)
    names = [_names(space, own) for own in axes]
    return StrategicForm(
        space.actors,
        tuple(tuple(name[k] for k in own) for name, own in zip(names, kept, strict=True)),
        np.array([_payoffs(situation, model, future, actor)[states] for actor in space.actors]),
        tuple(_unit(situation, actor) for actor in space.actors),
        states,
        tuple(option.id for option in space.options if option.moves != "both"),
    )


def _refuse_coupled(space: Space, states: NDArray[np.int64]) -> None:
    outside = states[~space.mask[states]]
    if outside.size:
        raise CannotAnswer(
            f"no strategic form: {outside.size:,} of {states.size:,} profiles are infeasible, such "
            f"as {space.code(int(outside[0]))}, though each actor's part in them is not\n"
            "  a game pays every profile: make infeasible only what one actor cannot do by itself"
        )


def _names(space: Space, own: list[int]) -> list[str]:
    """An actor's strategies: the level of its option, or of each of its options."""
    options = [space.options[k] for k in own]
    if len(options) == 1:
        return list(options[0].levels)
    shorts = [option.id.partition(".")[2] for option in options]
    return [
        ", ".join(f"{name}={level}" for name, level in zip(shorts, levels, strict=True))
        for levels in product(*(option.levels for option in options))
    ]


def _unit(situation: Situation, actor: str) -> str | None:
    preference = situation.preferences[actor]
    return preference.unit if isinstance(preference, Utility) else None


def _payoffs(
    situation: Situation, model: Conflict, future: Future, actor: str
) -> NDArray[np.float64]:
    """`(states,)`: a utility in its unit, else the place of each state in the ranking."""
    space, preference = model.space, situation.preferences[actor]
    if isinstance(preference, Utility) and preference.unit:
        values = preference.utility.on({**future.values, **space.axes()})
        full = np.broadcast_to(values, space.shape).reshape(-1).astype(np.float64)
        return np.array([float(f"{value:.{SIGNIFICANT}g}") for value in full])
    ranks = model.ranks_of(actor)
    places = np.zeros(space.size)
    _, places[space.mask] = np.unique(ranks[space.mask], return_inverse=True)
    return places
