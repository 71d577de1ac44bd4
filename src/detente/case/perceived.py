"""The game as an actor sees it: the situation with its perception in place of what is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from detente.case.future import Future, future_of, unheld
from detente.case.situation import Perception, Statements

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from detente.case.situation import Levels, Preference, Situation, Statement

__all__ = ["Seen", "game_seen", "perceived", "preferences_seen", "statements_seen"]

Held = TypeVar("Held")


@dataclass(frozen=True)
class Seen:
    """A game as somebody sees it."""

    situation: Situation
    """With the preferences that are perceived; its `perceptions` are those ascribed to others."""
    future: Future
    fixed: Levels = field(default_factory=dict)
    """The options nobody is seen to have: they stay at the status quo."""


def perceived(seen: Seen, actor: str) -> Seen:
    """The game as an actor sees it, or as somebody who sees the one given thinks that it does.

    What the perception leaves out is seen as it is, in this very future. Nobody draws what is
    open in a perceived list: a statement counts as held from a credence of one half on, and an
    `any_order` group in the order of the file.

    Parameters
    ----------
    seen
        The situation, or the game as somebody sees it.
    actor
        A decision maker; one without a perception sees the game as it is.
    """
    situation = seen.situation
    perception = situation.perceptions.get(actor, Perception())
    stands = {**situation.status_quo, **situation.frozen}
    unaware = {option: stands[option] for option in perception.unaware}
    game = game_seen(situation, actor)
    return Seen(game, _future(seen.future, game, perception), {**seen.fixed, **unaware})


def game_seen(situation: Situation, actor: str) -> Situation:
    """The situation with the preferences that an actor sees, and what it ascribes to others."""
    perception = situation.perceptions.get(actor, Perception())
    return replace(
        situation,
        preferences={**situation.preferences, **perception.preferences},
        perceptions=perception.perceptions,
        views={},
    )


def preferences_seen(perceptions: Mapping[str, Perception]) -> Iterator[Preference]:
    """Every preference that somebody takes somebody else to have, or to be thought to have."""
    for perception in perceptions.values():
        yield from perception.preferences.values()
        yield from preferences_seen(perception.perceptions)


def statements_seen(situation: Situation) -> Iterator[Statement]:
    """The statements of all of these; the case's own come in `preferences`."""
    for preference in preferences_seen(situation.perceptions):
        if isinstance(preference, Statements):
            yield from preference.statements


def _future(future: Future, game: Situation, perception: Perception) -> Future:
    """The future in which the actors whose preferences are perceived hold what they seem to."""
    fresh, misjudged = future_of(game, future.values, unheld(game)), perception.preferences

    def mixed(before: Mapping[str, Held], now: Mapping[str, Held]) -> dict[str, Held]:
        as_is = {actor: held for actor, held in before.items() if actor not in misjudged}
        return as_is | {actor: held for actor, held in now.items() if actor in misjudged}

    return Future(
        future.values,
        mixed(future.statements, fresh.statements),
        mixed(future.doubted, fresh.doubted),
        mixed(future.unknown, fresh.unknown),
    )
