"""Strategies of two steps: settle under the first, look at what came of it, and settle again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from detente.conflict.ground import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from detente.case.situation import Concept, Levels, Option, Strategy, Then
    from detente.claims.settling import Settled, Settling
    from detente.conflict.space import Space

    States = NDArray[np.int64]

__all__ = ["branches", "entered", "played"]


def played(settling: Settling, strategy: Strategy, concept: Concept = "nash") -> Settled:
    """Where the situation settles under a strategy.

    From each attainable equilibrium of the first step, the first second step whose condition is
    true there is taken: its options are fixed as well, and play goes on from that state to the
    first equilibria it meets. Where no condition is true, the first step's equilibrium stays.

    Parameters
    ----------
    settling
        The situation in one future.
    strategy
        Options at levels, and what is done then.
    concept
        Of the equilibria.

    Returns
    -------
    Settled
        Nothing is attained if a second step cannot be taken from a state that asks for it.
    """
    first = settling.under(strategy.levels, concept)
    if not strategy.then:
        return first
    return settling.once(
        ("played", strategy.id, concept), lambda: gone_on(settling, first, strategy, concept)
    )


def gone_on(settling: Settling, first: Settled, strategy: Strategy, concept: Concept) -> Settled:
    """What is attained from the equilibria of the first step."""
    ends = [np.empty(0, dtype=np.int64)]
    for then, states in branches(settling, first.attainable, strategy):
        if then is None:
            ends.append(states)
            continue
        levels = {**strategy.levels, **then.levels}
        starts, everywhere = entered(settling, states, then.levels, levels)
        if not everywhere:
            why = f"no feasible state under the second step, taken if {then.when}"
            return ended(settling, first, [], why)
        ends.append(settling.attained(levels, starts, concept))
    return ended(settling, first, ends)


def branches(
    settling: Settling, states: States, strategy: Strategy
) -> Iterator[tuple[Then | None, States]]:
    """Each second step with the states that ask for it, and those that ask for none."""
    for then in strategy.then:
        taken = settling.truth(then.when, settling.space, states)
        yield then, states[taken]
        states = states[~taken]
    yield None, states


def entered(
    settling: Settling, states: States, step: Levels, levels: Levels
) -> tuple[States, bool]:
    """The states in which play goes on from some, and whether it does from all of them.

    They are the same but for the options that are fixed now; where that is infeasible, the
    feasible states that differ from it in fewest other options; none where the step would take
    back what is one-way.
    """
    space = settling.space
    here = np.array(np.unravel_index(states, space.shape))
    can = np.ones(states.size, dtype=np.bool_)
    for option, at in zip(space.options, here, strict=True):
        if option.id in step:
            can &= can_move(option, at, step[option.id])
        at[:] = levels.get(option.id, at)
    entries = np.ravel_multi_index(tuple(here), space.shape)
    direct = can & space.possible.reshape(-1)[entries]
    near = [nearest(space, spelt(space, here[:, k]), levels) for k in np.flatnonzero(can & ~direct)]
    everywhere = bool(can.all()) and all(each.size for each in near)
    direct_entries = space.standing_for(entries[direct], levels)
    return np.unique(np.concatenate([direct_entries, *near])), everywhere


def can_move(option: Option, here: NDArray[np.int64], there: int) -> NDArray[np.bool_]:
    """Where the option's own direction leads from its level to the other."""
    if option.moves == "both":
        return np.ones(here.shape, dtype=np.bool_)
    return here <= there if option.moves == "up" else here >= there


def spelt(space: Space, levels: NDArray[np.int64]) -> Levels:
    return {option.id: int(level) for option, level in zip(space.options, levels, strict=True)}


def ended(
    settling: Settling, first: Settled, ends: list[States], why: str | None = None
) -> Settled:
    """The outcomes of several branches together."""
    states = np.unique(np.concatenate([np.empty(0, dtype=np.int64), *ends]))
    return replace(first, attainable=states, ranks=settling.board.ranks_of(states), why=why)
