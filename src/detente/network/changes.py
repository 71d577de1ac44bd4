"""Counterfactual changes of a network: arrangements, or parties of them, that count or do not.

A change is written `aukus_pillar2` or `aukus_pillar2:jpn`. The first counts or leaves out an
arrangement whatever its own dates; the second has a party in or out of it whatever the dates of
that party. Where no date of theirs is in the way, nothing changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from detente.case.situation import Situation

__all__ = ["Change", "changes", "require_actors", "require_known", "suggested"]


@dataclass(frozen=True)
class Change:
    """An arrangement that counts or is left out; with an actor, that party of it only."""

    arrangement: str
    actor: str | None = None
    inside: bool = True

    def __str__(self) -> str:
        written = f"{self.arrangement}:{self.actor}" if self.actor else self.arrangement
        return f"{'with' if self.inside else 'without'} {written}"


def changes(counted: Iterable[str] = (), left_out: Iterable[str] = ()) -> tuple[Change, ...]:
    """Changes as they are written: `with` these, `without` those; a later one prevails.

    Raises
    ------
    InputError
        For what is not written as an arrangement's id, or that and an actor's.

    Examples
    --------
    >>> [str(each) for each in changes(["aukus_pillar2:jpn"], ["quad"])]
    ['with aukus_pillar2:jpn', 'without quad']
    """
    return (
        *(_change(written, inside=True) for written in counted),
        *(_change(written, inside=False) for written in left_out),
    )


def require_known(situation: Situation, changed: Iterable[Change]) -> None:
    """Refuse a change of what the case does not know.

    Raises
    ------
    InputError
        For an unknown arrangement or actor.
    """
    for change in changed:
        if change.arrangement not in situation.arrangements:
            cure = suggested(change.arrangement, situation.arrangements)
            raise InputError(f"no arrangement `{change.arrangement}`: {cure}")
        if change.actor is not None:
            require_actors(situation, change.actor)


def require_actors(situation: Situation, *actors: str) -> None:
    """Refuse an actor that the case does not know.

    Raises
    ------
    InputError
        For an unknown actor.
    """
    for actor in actors:
        if actor not in situation.actors:
            raise InputError(f"no actor `{actor}`: {suggested(actor, situation.actors)}")


def suggested(name: str, known: Collection[str]) -> str:
    """What may have been meant."""
    near = get_close_matches(name, known, n=1)
    if near:
        return f"did you mean `{near[0]}`?"
    return f"one of {', '.join(known)}" if known else "the case has none"


def _change(written: str, *, inside: bool) -> Change:
    arrangement, colon, actor = written.partition(":")
    if not arrangement or (colon and not actor):
        raise InputError(
            f"`{written}` does not say which arrangement or party\n  write ID or ID:ACTOR"
        )
    return Change(arrangement, actor or None, inside)
