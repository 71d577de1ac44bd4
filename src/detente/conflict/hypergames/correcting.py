"""What it is worth to correct a perception: which equilibria vanish, and which appear.

A perception is corrected piece by piece: an actor is shown what another really wants, learns of an
option, or learns how another sees the game. Each piece is taken away by itself, then all of one
actor's, then everybody's; the hypergame before is held against the one after.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from detente.conflict.hypergames.hypergame import Hypergame, hypergame, own_game

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from detente.case.situation import Perception, Signal

__all__ = ["Correction", "Piece", "believed", "corrected", "corrections", "pieces"]

Mask = NDArray[np.bool_]
States = NDArray[np.int64]


@dataclass(frozen=True)
class Piece:
    """Something that an actor does not see as it is."""

    actor: str
    """Who sees it so."""
    kind: Literal["preferences", "option", "perception"]
    about: str
    """The actor whose preferences it mistakes, the option it does not know of, or the actor whose
    own perception it ascribes to it."""


@dataclass(frozen=True, eq=False)
class Correction:
    """What changes when pieces of perceptions are corrected."""

    pieces: tuple[Piece, ...]
    before: Hypergame
    after: Hypergame

    def vanish(self, concept: str) -> Mask:
        """`(states,)`: the hypergame equilibria that are none any more."""
        return np.asarray(self.before.settled(concept) & ~self.after.settled(concept))

    def appear(self, concept: str) -> Mask:
        """`(states,)`: the hypergame equilibria that were none."""
        return np.asarray(self.after.settled(concept) & ~self.before.settled(concept))

    def no_longer_attained(self, concept: str) -> States:
        """Where play from the status quo led before, and does not lead any more."""
        lost = np.setdiff1d(self.before.attained(concept), self.after.attained(concept))
        return lost.astype(np.int64)

    def newly_attained(self, concept: str) -> States:
        """Where play from the status quo leads now, and did not lead before."""
        won = np.setdiff1d(self.after.attained(concept), self.before.attained(concept))
        return won.astype(np.int64)

    def no_longer_expected(self, actor: str, concept: str) -> Mask:
        """`(states,)`: what an actor expected, and does not expect any more."""
        before, after = self.before.games[actor], self.after.games[actor]
        return np.asarray(before.expected(concept) & ~after.expected(concept))

    def newly_expected(self, actor: str, concept: str) -> Mask:
        """`(states,)`: what an actor expects now, and did not expect before."""
        before, after = self.before.games[actor], self.after.games[actor]
        return np.asarray(after.expected(concept) & ~before.expected(concept))


def pieces(perceptions: Mapping[str, Perception]) -> Iterator[Piece]:
    """Everything that anybody does not see as it is, in the order of the case."""
    for actor, perception in perceptions.items():
        yield from (Piece(actor, "preferences", other) for other in perception.preferences)
        yield from (Piece(actor, "option", option) for option in perception.unaware)
        yield from (Piece(actor, "perception", other) for other in perception.perceptions)


def corrections(found: Hypergame) -> tuple[Correction, ...]:
    """Each piece corrected by itself; all of each actor's, where it has several; all there are."""
    every = tuple(pieces(found.known.situation.perceptions))
    by_actor = (tuple(group) for _, group in groupby(every, lambda piece: piece.actor))
    sets = dict.fromkeys([*((piece,) for piece in every), *by_actor, every])
    return tuple(Correction(chosen, found, corrected(found, chosen)) for chosen in sets if chosen)


def corrected(found: Hypergame, chosen: Collection[Piece]) -> Hypergame:
    """The hypergame in which these pieces are seen as they are."""
    situation = found.known.situation
    seen = {
        actor: left(perception, {piece for piece in chosen if piece.actor == actor})
        for actor, perception in situation.perceptions.items()
    }
    known = replace(found.known, situation=replace(situation, perceptions=seen))
    fresh = {
        actor: own_game(known, actor, found.real, found.concepts)
        for actor in dict.fromkeys(piece.actor for piece in chosen)
    }
    return replace(found, known=known, games={**found.games, **fresh})


def believed(found: Hypergame, signal: Signal) -> Correction | None:
    """What changes where a signal is believed: its receiver sees what its sender really wants.

    The options by which it is sent are fixed before and after, so that what they rule out by
    themselves is no effect of belief. None where the receiver sees its sender as it is.
    """
    known, piece = found.known, Piece(signal.receiver, "preferences", signal.sender)
    if piece not in pieces(known.situation.perceptions):
        return None
    levels = {**known.fixed, **signal.commit}
    sent = hypergame(known.situation, found.concepts, future=known.future, levels=levels)
    return Correction((piece,), sent, corrected(sent, [piece]))


def left(perception: Perception, chosen: Collection[Piece]) -> Perception:
    """A perception without some of its pieces."""
    gone = {(piece.kind, piece.about) for piece in chosen}

    def kept(kind: str, all_of_them: Iterable[str]) -> list[str]:
        return [about for about in all_of_them if (kind, about) not in gone]

    return replace(
        perception,
        preferences={
            other: perception.preferences[other]
            for other in kept("preferences", perception.preferences)
        },
        unaware=tuple(kept("option", perception.unaware)),
        perceptions={
            other: perception.perceptions[other]
            for other in kept("perception", perception.perceptions)
        },
    )
