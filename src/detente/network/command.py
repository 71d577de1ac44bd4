"""Command structures on a day: how deep they are, and who can decide without whom.

A command that holds authority decides for itself. One that does not asks the nearest one above it
that does; where none above does, the highest one, and with it whoever leads its forces from
outside the structure. Who leads forces of one actor only can so be told from who needs others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, NamedTuple

from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from detente.case.format import Command, Term
    from detente.case.situation import Situation

__all__ = ["Altered", "Post", "Structure", "altered", "command_structure"]


@dataclass(frozen=True)
class Post:
    """A command in the structure of a day."""

    actors: tuple[str, ...]
    """Whose forces it leads; several make it a combined command."""
    under: tuple[str, ...]
    """Whom it answers to."""
    depth: int
    """How many commands stand above it, along the longest line."""
    authority: bool
    """Whether it decides by itself."""
    asks: tuple[str, ...]
    """Who decides for it: itself where it has authority or nobody is above."""
    needs: tuple[str, ...]
    """The actors whose forces are led by who decides: none of them can be done without."""


@dataclass(frozen=True)
class Structure:
    """Who answers to whom on a day."""

    day: date
    posts: Mapping[str, Post]
    """Command -> its post, in the order of the case."""

    @property
    def depth(self) -> int:
        """Levels of command, one below the other."""
        return 1 + max((post.depth for post in self.posts.values()), default=-1)

    @property
    def combined(self) -> tuple[str, ...]:
        """The commands that lead forces of several actors."""
        return tuple(id for id, post in self.posts.items() if len(post.actors) > 1)

    def alone(self, actor: str) -> tuple[str, ...]:
        """The commands of an actor's forces for which it needs nobody else."""
        return tuple(id for id, post in self._of(actor) if post.needs == (actor,))

    def together(self, actor: str) -> Mapping[str, tuple[str, ...]]:
        """The commands of its forces for which it needs others, with those others."""
        return {
            id: tuple(each for each in post.needs if each != actor)
            for id, post in self._of(actor)
            if post.needs != (actor,)
        }

    def to_dict(self) -> dict[str, object]:
        """What `detente position --json` prints as `commands`."""
        return {
            "day": self.day.isoformat(),
            "depth": self.depth,
            "combined": list(self.combined),
            "posts": {
                id: {
                    "actors": list(post.actors),
                    "under": list(post.under),
                    "depth": post.depth,
                    "authority": post.authority,
                    "asks": list(post.asks),
                    "needs": list(post.needs),
                }
                for id, post in self.posts.items()
            },
        }

    def _of(self, actor: str) -> Iterable[tuple[str, Post]]:
        return ((id, post) for id, post in self.posts.items() if actor in post.actors)


class Altered(NamedTuple):
    """What is different about a command between two days."""

    command: str
    before: Post | None
    """None where it did not exist."""
    after: Post | None
    """None where it no longer exists."""


def command_structure(situation: Situation, day: date) -> Structure:
    """The command structures of a case on a day.

    Parameters
    ----------
    situation
        Whose `commands` are taken.
    day
        A command counts from its `from` until the day before its `to`; a line to one that does not
        exist on the day leads nowhere.

    Raises
    ------
    InputError
        Where on that day a command stands above itself.
    """
    commands = {id: each for id, each in situation.commands.items() if _within(day, each)}
    under = {id: _superiors(each, day, commands) for id, each in commands.items()}
    posts: dict[str, Post] = {}
    for id in _downwards(under, day):
        command, above = commands[id], [posts[superior] for superior in under[id]]
        authority = any(_within(day, term) for term in command.authority)
        asks = (id,) if authority or not above else _union(post.asks for post in above)
        leads = [command.actors if each == id else posts[each].actors for each in asks]
        depth = 1 + max((post.depth for post in above), default=-1)
        posts[id] = Post(command.actors, under[id], depth, authority, asks, _union(leads))
    return Structure(day, {id: posts[id] for id in commands})


def altered(before: Structure, after: Structure) -> tuple[Altered, ...]:
    """The commands that came, went, or stand otherwise on a later day."""
    both = dict.fromkeys([*before.posts, *after.posts])
    found = (Altered(id, before.posts.get(id), after.posts.get(id)) for id in both)
    return tuple(each for each in found if each.before != each.after)


def _superiors(command: Command, day: date, existing: Mapping[str, Command]) -> tuple[str, ...]:
    lines = (line.command for line in command.under if _within(day, line))
    return tuple(dict.fromkeys(id for id in lines if id in existing))


def _downwards(under: Mapping[str, tuple[str, ...]], day: date) -> list[str]:
    """The commands, each after those above it."""
    try:
        return list(TopologicalSorter(under).static_order())
    except CycleError as error:
        circle = " under ".join(reversed(error.args[1]))
        raise InputError(
            f"commands: on {day} one stands above itself: {circle}\n"
            "  give the lines `from` and `to`, or take one of them out"
        ) from None


def _union(parts: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for part in parts for each in part))


def _within(day: date, term: Command | Term) -> bool:
    return (term.from_ is None or term.from_ <= day) and (term.to is None or day < term.to)
