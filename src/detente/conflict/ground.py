"""What all futures of a situation have in common: worked out once, and kept while it is used."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from detente.case.perceived import game_seen
from detente.case.situation import Ranking, Statements
from detente.conflict.board import Board, Layout, layout
from detente.conflict.graph_board import GraphBoard
from detente.conflict.preferences import Truths, ranks, truths
from detente.conflict.space import Space, states_of
from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from numpy.typing import NDArray

    from detente.case.expression import Expression
    from detente.case.future import Future
    from detente.case.situation import Levels, Preference, Situation

__all__ = ["Ground", "nearest"]

Result = TypeVar("Result")

MOST_BYTES = 2**26  # of ranks and starts that are kept for further futures


class Ground:
    """The states of a situation and whatever else few of its uncertainties change.

    Parameters
    ----------
    situation
        What the analyst wrote.
    """

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self._named = {
            actor: named(situation, preference)
            for actor, preference in situation.preferences.items()
        }
        self._layouts = Kept(most=4)
        self._scales = Kept(most_bytes=MOST_BYTES)
        self._states = Kept(most_bytes=MOST_BYTES)
        self._seen = Kept()

    def seen(self, actor: str) -> Ground:
        """The same of the game as an actor sees it."""
        return self._seen.once(actor, lambda: Ground(game_seen(self.situation, actor)))

    def layout(self, future: Future) -> Layout:
        """How the states that are feasible in a future are laid out."""
        return self._layouts.once(self._rules(future), lambda: self._lay_out(future))

    def _rules(self, future: Future) -> Hashable:
        rules = (rule.when for rule in (*self.situation.infeasible, *self.situation.same))
        return tuple(read(rule, future) for rule in rules)

    def _lay_out(self, future: Future) -> Layout:
        states = states_of(self.situation, future.values)
        return layout(states.holding(self.situation.frozen), self._named)

    def board(self, future: Future) -> Board:
        """The graph model of the situation in one future.

        Raises
        ------
        InputError
            Where the state space is too large or empty, or a preference does not order it.
        """
        laid_out = self.layout(future)
        scales = [self.scale(actor, future) for actor in laid_out.space.actors]
        board = Board if laid_out.space.transitive else GraphBoard
        return board(laid_out, np.concatenate(scales))

    def scale(self, actor: str, future: Future) -> NDArray[np.int32]:
        """How an actor ranks the combinations of the options that it cares about."""
        preference = self.situation.preferences[actor]
        if isinstance(preference, Statements):
            held = future.statements[actor]
            says: Hashable = tuple(read(statement.prefer, future) for statement in held)
        elif isinstance(preference, Ranking):
            says = None
        else:
            says = read(preference.utility, future)
        key = (actor, self._rules(future), says)
        return self._scales.once(key, lambda: self._scale(actor, preference, future))

    def _scale(self, actor: str, preference: Preference, future: Future) -> NDArray[np.int32]:
        laid_out = self.layout(future)
        try:
            return ranks(self.scale_space(actor, future), preference, actor, future)
        except InputError:
            ranks(laid_out.space, preference, actor, future)  # to say it of a whole state
            raise

    def scale_space(self, actor: str, future: Future) -> Space:
        """The combinations of levels that an actor's scale ranks."""
        laid_out = self.layout(future)
        return laid_out.scales[laid_out.space.actors.index(actor)]

    def truths(self, actor: str, future: Future) -> Truths:
        """Which of the statements an actor holds are true where on its scale."""
        here = self.scale_space(actor, future)
        return truths(here, future.statements[actor], future.values)

    def starts(self, levels: Levels, future: Future) -> NDArray[np.int64]:
        """The feasible states with these levels that differ from the status quo least."""
        key = (self._rules(future), frozenset(levels.items()))
        return self._states.once(
            key, lambda: nearest(self.layout(future).space, self.situation.status_quo, levels)
        )

    def meant(self, wanted: Expression, future: Future) -> NDArray[np.int64]:
        """The feasible states where an expression is true that differ from the status quo least."""
        key = (self._rules(future), read(wanted, future))
        return self._states.once(key, lambda: self._meant(wanted, future))

    def _meant(self, wanted: Expression, future: Future) -> NDArray[np.int64]:
        states = self.layout(future).space
        truth = wanted.on({**future.values, **states.axes()})
        return nearest(states, self.situation.status_quo, {}, np.broadcast_to(truth, states.shape))


def named(situation: Situation, preference: Preference) -> frozenset[str]:
    """The options that a preference names; a ranking names all."""
    if isinstance(preference, Ranking):
        return frozenset(option.id for option in situation.options)
    return frozenset(option for each in spoken(preference) for option in each.options)


def spoken(preference: Preference) -> Iterator[Expression]:
    if isinstance(preference, Statements):
        yield from (statement.prefer for statement in preference.statements)
    elif not isinstance(preference, Ranking):
        yield preference.utility


def read(expression: Expression, future: Future) -> tuple[str, tuple[Any, ...]]:
    """What decides an expression's value in each state: its text, and what it names of a future."""
    values = future.values
    return expression.text, tuple(values[name] for name in sorted(expression.uncertainties))


def nearest(
    states: Space,
    here: Levels,
    levels: Levels,
    wanted: NDArray[np.bool_] | None = None,
) -> NDArray[np.int64]:
    """The feasible (and wanted) states that differ from one combination in fewest options.

    Parameters
    ----------
    states
        All states, nothing fixed.
    here
        Option id -> index of its level: what they are to be near to.
    levels
        What they have to have.
    wanted
        `shape`, bool; all if left out.

    Returns
    -------
    ndarray
        All of them if several are as near; none if none is feasible.
    """
    cut = states.slices(levels)
    candidates = states.possible[cut]
    if wanted is not None:
        candidates = candidates & states.spread(wanted.reshape(-1)).reshape(states.shape)[cut]
    distance = np.zeros(1, dtype=np.int8)
    for axis, (option, along) in enumerate(states.axes().items()):
        part = [slice(None)] * len(cut)
        part[axis] = cut[axis]
        distance = distance + (along[tuple(part)] != here[option]).astype(np.int8)
    distances = np.where(candidates, distance, np.int8(127)).reshape(-1)
    least = distances.min(initial=np.int8(127))
    found = np.flatnonzero((distances == least) & candidates.reshape(-1))
    places = np.unravel_index(found, candidates.shape)
    moved = (place + (part.start or 0) for place, part in zip(places, cut, strict=True))
    near = np.asarray(np.ravel_multi_index(tuple(moved), states.shape), dtype=np.int64)
    return np.unique(states.standing_for(near, levels))


class Kept:
    """Results by what they were worked out from; those longest unused are forgotten first."""

    def __init__(self, most: int | None = None, most_bytes: int | None = None) -> None:
        self._most, self._most_bytes, self._bytes = most, most_bytes, 0
        self._found: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def once(self, key: Hashable, work: Callable[[], Result]) -> Result:
        """What is kept for a key, worked out where nothing is."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]  # type: ignore[no-any-return]
        found = work()
        with self._lock:
            self._keep(key, found)
        return found

    def _keep(self, key: Hashable, found: Any) -> None:
        if key in self._found:  # by another thread, meanwhile
            return
        self._found[key] = found
        self._bytes += getattr(found, "nbytes", 0)
        while len(self._found) > 1 and self._is_full():
            _, dropped = self._found.popitem(last=False)
            self._bytes -= getattr(dropped, "nbytes", 0)

    def _is_full(self) -> bool:
        too_many = self._most is not None and len(self._found) > self._most
        return too_many or (self._most_bytes is not None and self._bytes > self._most_bytes)
