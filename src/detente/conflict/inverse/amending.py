"""The cheapest change to all that the analyst wrote, of one actor or of several together.

Under Nash, GMR and SMR no actor's stability depends on what the others want: the cheapest change
that makes an equilibrium is the cheapest of every actor, and what breaks one is the cheapest of
any. Under SEQ, SSEQ and SIM a change to one actor's statements also changes which of its answers
the others fear. There, changes of all actors are tried together: all of one edit, then all of
two, for as long as there are not too many.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, islice, product
from math import prod
from typing import TYPE_CHECKING, NamedTuple

from detente.case.build import role_by_content
from detente.case.situation import Statement
from detente.case.situation import Statements as Written
from detente.conflict.columns import statements_of
from detente.conflict.inverse.cheapest import MOST_EDITS, SHOWN, Change, cheapest
from detente.conflict.inverse.conditions import conditions, stable_at
from detente.conflict.inverse.edits import edited, edits_to, first_layer, number_of_edits
from detente.conflict.preferences import truths

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.case.expression import Expression
    from detente.case.future import Future
    from detente.case.situation import Situation
    from detente.conflict.inverse.conditions import Conditions
    from detente.conflict.inverse.edits import Edit
    from detente.conflict.model import Conflict

__all__ = ["Wish", "candidates"]

MOST_TRIED = 3_000  # changes of several actors
FEWEST_TRIED = 25
MOST_RANKED = 2**24  # states, in all of them
IMPLIED = {"seq": "gmr", "sseq": "smr", "sim": None}
"""Concepts under which the others' preferences count -> one that follows, and needs none."""
AS_IT_IS, NONE = Change(0, 0, ((),), 1), Change(None, None)


def candidates(
    situation: Situation, future: Future, actor: str, added: Sequence[Expression]
) -> tuple[Statement, ...]:
    """What could be added to an actor's list: what is written and doubted, and what is asked for.

    The role of what is asked for is read off its content.
    """
    own = frozenset(option.id for option in situation.options if option.actor == actor)
    asked = (
        Statement(f"added.{number}", actor, each, role_by_content(each, own), says=each.text)
        for number, each in enumerate(added, start=1)
    )
    return (*(each.statement for each in future.doubted.get(actor, ())), *asked)


class Amendment(NamedTuple):
    """A list that edits of one actor lead to."""

    edits: tuple[Edit, ...]
    held: tuple[Statement, ...]


Amendments = Mapping[str, Amendment]


@dataclass(frozen=True, eq=False)
class Wish:
    """What is asked: which change makes one state stable under a concept, or breaks it."""

    situation: Situation
    future: Future
    model: Conflict
    state: int
    concept: str
    breaking: bool = False
    added: tuple[Expression, ...] = ()

    def change_of(self, asked: Conditions) -> Change:
        """The cheapest change of one actor, the others' statements as they are."""
        ranks = self.model.ranks_of(asked.actor)
        if asked.hold(ranks <= ranks[self.state]) is not self.breaking:
            return AS_IT_IS
        if not isinstance(self.situation.preferences[asked.actor], Written):
            return NONE
        known = statements_of(
            self.model.space,
            self.future.statements[asked.actor],
            self.candidates(asked.actor),
            self.future.values,
            asked,
        )
        return cheapest(known, asked, breaking=self.breaking)

    def candidates(self, actor: str) -> tuple[Statement, ...]:
        """What could be added to an actor's list."""
        return candidates(self.situation, self.future, actor, self.added)

    def change_of_all(self, changes: Mapping[str, Change]) -> Change:
        """The cheapest change of all actors that makes an equilibrium, or breaks it.

        Parameters
        ----------
        changes
            Actor -> its own cheapest change, for every decision maker.
        """
        if self.concept in IMPLIED:
            return Together(self, changes).change()
        return of_any([*changes.values()]) if self.breaking else of_all([*changes.values()])


def of_any(changes: Sequence[Change]) -> Change:
    """The cheapest of several, where one is enough."""
    found = [change for change in changes if change.cost is not None]
    bounds = [change.at_least for change in changes if change.at_least is not None]
    cost = min((change.cost for change in found if change.cost is not None), default=None)
    cheap = [change for change in found if change.cost == cost]
    ways = sorted((way for each in cheap for way in each.ways), key=told)
    return Change(
        cost, min(bounds, default=None), tuple(ways[:SHOWN]), sum(each.count for each in cheap)
    )


def of_all(changes: Sequence[Change]) -> Change:
    """All of several."""
    if any(change.at_least is None for change in changes):
        return NONE
    at_least = sum(change.at_least or 0 for change in changes)
    if any(change.cost is None for change in changes):
        return Change(None, at_least)
    ways = islice(product(*(change.ways for change in changes)), SHOWN)
    return Change(
        sum(change.cost or 0 for change in changes),
        at_least,
        tuple(sorted((tuple(chain.from_iterable(way)) for way in ways), key=told)),
        prod(change.count for change in changes),
    )


def told(way: Sequence[Edit]) -> int:
    """How many of some edits only tell the model the answer."""
    return sum(edit.tells for edit in way)


# -------------------------------------------------------------- where others' answers are wanted


class Together:
    """Tries changes of several actors together, under a concept whose answers are improvements."""

    def __init__(self, wish: Wish, changes: Mapping[str, Change]) -> None:
        self.wish, self.changes = wish, changes
        self.tries = max(FEWEST_TRIED, min(MOST_TRIED, MOST_RANKED // wish.model.space.size))

    def change(self) -> Change:
        """The cheapest change, or the bounds of its cost."""
        if self.does({}):
            return AS_IT_IS
        found, at_least = self.from_above(), max(self.from_below(), 1)
        for cost in range(at_least, (found.cost or MOST_EDITS) + 1):
            if self.number_of(cost) > self.tries:
                return replace(found, at_least=cost)
            ways = [way for way in self.all_of(cost) if self.does(way)]
            if ways:
                told_last = sorted((edits_of(way) for way in ways), key=told)
                return Change(cost, cost, tuple(told_last[:SHOWN]), len(ways))
        return replace(found, at_least=None if not self.listed else MOST_EDITS + 1)

    def does(self, amended: Amendments) -> bool:
        """Whether the state is an equilibrium then, or, to break it, is none."""
        wish, model = self.wish, self.amended(amended)
        changed_first = sorted(model.actors, key=lambda actor: actor not in amended)
        stable = all(stable_at(model, each, wish.state, wish.concept) for each in changed_first)
        return stable is not wish.breaking

    @cached_property
    def listed(self) -> tuple[str, ...]:
        """The actors with lists of statements."""
        preferences = self.wish.situation.preferences
        return tuple(each for each in self.changes if isinstance(preferences[each], Written))

    # ----------------------------------------------------------------------------- what bounds it

    def from_below(self) -> int:
        """How many edits it takes at least: as many as the concept that is implied takes."""
        wish = self.wish
        implied = IMPLIED[wish.concept]
        if wish.breaking or implied is None:
            return 1
        weaker = replace(wish, concept=implied)
        asked = [conditions(wish.model, each, wish.state, implied) for each in self.changes]
        return of_all([weaker.change_of(each) for each in asked]).at_least or 1

    def from_above(self) -> Change:
        """Some change that does it, not always the cheapest."""
        if self.wish.breaking:
            return replace(of_any([*self.changes.values()]), at_least=1)
        found = [way for way in (self.one_after_another(), self.beyond_answers()) if way]
        if not found:
            return Change(None, 1)
        least = min(found, key=lambda way: len(edits_of(way)))
        return Change(len(edits_of(least)), 1, (edits_of(least),), 1)

    def one_after_another(self) -> Amendments | None:
        """Mend the statements of whoever would leave, until nobody does."""
        wish, amended = self.wish, dict[str, Amendment]()
        for _ in range(2 * len(self.listed)):
            model = self.amended(amended)
            leaving = [
                each
                for each in model.actors
                if not stable_at(model, each, wish.state, wish.concept)
            ]
            if not leaving:
                return amended
            if leaving[0] not in self.listed:
                return None
            asked = conditions(model, leaving[0], wish.state, wish.concept)
            change = wish.change_of(asked)
            amended[leaving[0]] = self.amendment(leaving[0], change.ways[0])
        return None

    def beyond_answers(self) -> Amendments | None:
        """Let nobody have anything to gain, so that no answers are needed."""
        wish = replace(self.wish, concept="nash")
        asked = [conditions(wish.model, each, wish.state, "nash") for each in self.changes]
        changes = {each.actor: wish.change_of(each) for each in asked}
        if any(change.cost is None for change in changes.values()):
            return None
        return {
            actor: self.amendment(actor, change.ways[0])
            for actor, change in changes.items()
            if change.cost
        }

    def amendment(self, actor: str, edits: tuple[Edit, ...]) -> Amendment:
        """What edits make of an actor's list."""
        held = list(self.wish.future.statements[actor])
        for edit in edits:
            places = [held.index(each) for each in edit.statements if each in held]
            if edit.change == "added":
                held.insert((edit.place or 1) - 1, edit.statements[0])
            elif edit.change == "swapped":
                held[places[0]], held[places[1]] = edit.statements[1], edit.statements[0]
            else:
                del held[places[0]]
        return Amendment(edits, tuple(held))

    def amended(self, amended: Amendments) -> Conflict:
        """The conflict in which these actors hold these lists."""
        model = self.wish.model
        for actor, (_, held) in amended.items():
            ranks = truths(model.space, held, self.wish.future.values).ranks()
            model = model.with_ranks(actor, ranks)
        return model

    # -------------------------------------------------------------------------------- all changes

    def number_of(self, cost: int) -> int:
        """How many changes cost so much, at most."""
        wish = self.wish
        single = sum(
            number_of_edits(len(wish.future.statements[each]), len(wish.candidates(each)))
            for each in self.listed
        )
        return int(single**cost)

    def all_of(self, cost: int) -> Iterator[Amendments]:
        """All changes that cost so much."""
        for shares in product(range(cost + 1), repeat=len(self.listed)):
            if sum(shares) == cost:
                parts = [
                    [(actor, each) for each in self.lists(actor, edits)]
                    for actor, edits in zip(self.listed, shares, strict=True)
                    if edits
                ]
                yield from map(dict, product(*parts))

    def lists(self, actor: str, edits: int) -> list[Amendment]:
        """The lists that exactly so many edits of an actor lead to."""
        held, others = self.wish.future.statements[actor], self.wish.candidates(actor)
        every, nothing = (*held, *others), len(held) + len(others)
        layers = [first_layer(len(held), nothing, nothing)]
        for _ in range(edits):
            layers.append(edited(layers[-1].rows, nothing, range(len(held), nothing)))
        return [
            self.amendment(actor, edits_to(layers, row, actor, every))
            for row in range(len(layers[-1].rows))
        ]


def edits_of(way: Amendments) -> tuple[Edit, ...]:
    """All edits of a change, actor by actor."""
    return tuple(chain.from_iterable(each.edits for each in way.values()))
