"""Many draws of preferences over the same moves, settled together.

Who can move where does not depend on what anybody wants. So draws of preferences are one conflict
more: the states once for each draw, along an axis that is nobody's option. Nobody moves from one
draw to another, and the relaxations of `detente.conflict.relaxation` go through all at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.case.concepts import CORE
from detente.case.situation import Option
from detente.conflict.concepts.registry import BY_ACTOR, refuse_unknown, rows
from detente.conflict.model import Conflict, conflict
from detente.conflict.space import Space
from detente.conflict.threads import one_thread, side_by_side
from detente.errors import CannotAnswer, InputError

if TYPE_CHECKING:
    import pandas as pd

    from detente.case.future import Future
    from detente.case.situation import Situation

__all__ = ["Batch", "settled_by_draw", "stability_by_draw"]

TOGETHER = 2**16  # states of all draws that are settled at once: as many as stay in the cache
NOBODY = ""
MOST_VERDICTS = 2**34  # one byte each


@dataclass(frozen=True, eq=False)
class Batch:
    """The stable states in each of many draws of preferences, and how they were found."""

    space: Space
    stable: Mapping[str, NDArray[np.bool_]]
    """Concept -> `(draws, actors, states) bool`; false where infeasible."""
    method: str = "graph model, legal sequences of any length, the same moves in every draw"
    version: str = field(default_factory=lambda: version("detente"))

    @property
    def concepts(self) -> tuple[str, ...]:
        """The concepts asked for."""
        return tuple(self.stable)

    @property
    def draws(self) -> int:
        """How many draws there are."""
        return len(next(iter(self.stable.values())))

    def equilibria(self, concept: str) -> NDArray[np.bool_]:
        """`(draws, states) bool`: the states that are stable for every actor in a draw."""
        if concept not in self.stable:
            raise InputError(f"no concept `{concept}` here: one of {', '.join(self.stable)}")
        settled: NDArray[np.bool_] = np.logical_and.reduce(self.stable[concept], axis=1)
        return settled & self.space.mask

    def shares(self, concept: str) -> NDArray[np.float64]:
        """`(states,)`: the share of the draws in which each state is an equilibrium."""
        shares: NDArray[np.float64] = self.equilibria(concept).mean(axis=0)
        return shares

    def to_frame(self) -> pd.DataFrame:
        """One row for each feasible state: its share of the draws, by concept."""
        import pandas as pd

        states = np.flatnonzero(self.space.mask)
        return pd.DataFrame(
            {concept: self.shares(concept)[states] for concept in self.concepts},
            index=pd.Index(self.space.codes(states), name="state"),
        )


def stability_by_draw(
    situation: Situation,
    ranks: NDArray[np.integer],
    concepts: Sequence[str] = CORE,
    *,
    future: Future | None = None,
) -> Batch:
    """Where a situation settles in each of many draws of its actors' preferences.

    Parameters
    ----------
    situation
        What the analyst wrote; of its preferences nothing is asked.
    ranks
        `(draws, actors, states)`, larger is better, from 0 on. Actors in the order of their
        options, states in that of their codes; what is said of infeasible states is not read.
    concepts
        Any of `detente.case.concepts.NAMES` that ask for ranks alone.
    future
        The draw of whatever decides which states are feasible; the nominal one if left out.

    Raises
    ------
    InputError
        For ranks of another shape, ranks below 0, or an unknown concept.
    CannotAnswer
        Where there would be too many verdicts, or a concept refuses such a conflict.

    References
    ----------
    [FangHipelKilgour1993], ch. 3.

    Examples
    --------
    In how many of all 576 pairs of strict rankings is each state of a two-by-two conflict an
    equilibrium?

    >>> from itertools import permutations, product
    >>> import numpy as np
    >>> from detente.case import load
    >>> ranks = np.array(list(product(permutations(range(4)), repeat=2)))
    >>> found = stability_by_draw(load("fang/prisoners_dilemma"), ranks, ["nash", "seq"])
    >>> found.draws, found.shares("nash").tolist()
    (576, [0.25, 0.25, 0.25, 0.25])
    """
    return settled_by_draw(conflict(situation, future).space, ranks, concepts)


def settled_by_draw(
    space: Space, ranks: NDArray[np.integer], concepts: Sequence[str] = CORE
) -> Batch:
    """As `stability_by_draw`, of states and moves that are there already."""
    refuse_unknown(concepts)
    _refuse(space, ranks, concepts)
    shape = (len(ranks), len(space.actors), space.size)
    stable = {concept: np.empty(shape, np.bool_) for concept in concepts}
    together = max(TOGETHER // space.size, 1)
    repeated = cache(partial(_repeated, space))

    def settle(start: int) -> None:
        part = slice(start, start + together)
        own = np.where(space.mask, ranks[part], -1).astype(np.int32)
        with one_thread():
            for concept, found in stable.items():
                if space.transitive and concept in BY_ACTOR:
                    found[part] = _at_once(repeated(len(own)), own, concept)
                else:
                    found[part] = [rows(Conflict(space, tuple(each)), concept) for each in own]

    side_by_side(settle, range(0, len(ranks), together), len(ranks) * space.size)
    return Batch(space, stable)


def _refuse(space: Space, ranks: NDArray[np.integer], concepts: Sequence[str]) -> None:
    """Refuse what are no ranks of these actors, or too many."""
    if ranks.shape[1:] != (len(space.actors), space.size) or not len(ranks):
        raise InputError(
            f"ranks of shape {ranks.shape}: one number for each draw, each of the "
            f"{len(space.actors)} actors and each of the {space.size:,} states was expected"
        )
    if ranks.min(initial=0, where=space.mask) < 0:
        raise InputError("ranks below 0: rank the worst state 0, better ones higher")
    verdicts = len(concepts) * ranks.size
    if verdicts > MOST_VERDICTS:
        raise CannotAnswer(
            f"{len(ranks):,} draws: the verdicts take {verdicts / 2**30:,.0f} GiB, more than "
            f"{MOST_VERDICTS // 2**30}: settle fewer draws at a time, or freeze options"
        )


def _at_once(repeated: Space, ranks: NDArray[np.int32], concept: str) -> NDArray[np.bool_]:
    """`(draws, actors, states) bool`: the stable states, in one conflict of all these draws."""
    draws, actors, _ = ranks.shape
    found = rows(Conflict(repeated, tuple(ranks.swapaxes(0, 1).reshape(actors, -1))), concept)
    return found.reshape(actors, draws, -1).swapaxes(0, 1)


class _Repeated(Space):
    """The states once for each draw: the first axis is nobody's option."""

    @property
    def actors(self) -> tuple[str, ...]:
        """Those who can move: not nobody."""
        return super().actors[1:]


def _repeated(space: Space, draws: int) -> Space:
    levels = tuple(map(str, range(draws)))
    draw = Option("draw", NOBODY, levels, "both", "draw", levels)
    feasible = np.broadcast_to(space.feasible, (draws, *space.shape))
    return _Repeated((draw, *space.options), np.ascontiguousarray(feasible), (0, *space.origin))
