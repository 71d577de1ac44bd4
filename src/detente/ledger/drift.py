"""Words against words, and words against the record.

A source drifts where it puts the same commitment at different strength, or binds different parties
to it, in different places. It goes beyond the ledger where its words say more than had come about,
or bind parties that the commitment does not bind.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from detente.case.hindsight import is_known
from detente.ledger.status import PROGRESS, stays

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from detente.case.format import Commitment, Source, Status, Strength, Wording
    from detente.case.situation import Situation

__all__ = ["Beyond", "Drift", "Place", "beyond", "drifts"]

STRENGTHS: tuple[str, ...] = ("vision", *PROGRESS)


@dataclass(frozen=True)
class Place:
    """How one place of a source puts a commitment."""

    at: str | None
    says: str
    strength: Strength
    parties: tuple[str, ...]
    """Whom these words bind."""


@dataclass(frozen=True)
class Drift:
    """A commitment that one source puts differently in different places."""

    commitment: str
    source: str
    places: tuple[Place, ...]
    """In the order of the source."""

    @property
    def course(self) -> Literal["hardens", "softens", "wavers"] | None:
        """Where the strength goes from place to place; none where it stays the same."""
        ranks = [STRENGTHS.index(place.strength) for place in self.places]
        rises = any(earlier < later for earlier, later in pairwise(ranks))
        falls = any(earlier > later for earlier, later in pairwise(ranks))
        if rises and falls:
            return "wavers"
        return "hardens" if rises else "softens" if falls else None

    @property
    def parties_differ(self) -> bool:
        """Whether different places bind different parties."""
        return len({frozenset(place.parties) for place in self.places}) > 1


@dataclass(frozen=True)
class Beyond:
    """Words that say more of a commitment than the ledger does."""

    commitment: str
    source: str
    place: Place
    status: Status | None
    """The furthest stage it had come to; none where there was nothing yet."""
    also_binds: tuple[str, ...]
    """Parties whom these words bind and the commitment does not."""

    @property
    def stronger(self) -> bool:
        """Whether the words are stronger than that stage."""
        return STRENGTHS.index(self.place.strength) > STRENGTHS.index(self.status or "vision")


def drifts(situation: Situation, day: date) -> tuple[Drift, ...]:
    """The commitments that a source puts differently in different places.

    Only sources that had appeared by the day are read. Their places are in the order of the
    source's `paragraphs`, and where these do not list them in the order of the case.
    """
    found = []
    for name, commitment in situation.commitments.items():
        for source, places in by_source(situation, commitment, day).items():
            drift = Drift(name, source, places)
            if drift.course or drift.parties_differ:
                found.append(drift)
    return tuple(found)


def beyond(situation: Situation, day: date) -> tuple[Beyond, ...]:
    """The words that are stronger than what had come about by a day, or bind others.

    They are measured by the furthest stage that the commitment had come to by then. Only sources
    that had appeared by the day are read.
    """
    every = [
        Beyond(name, source, place, furthest(commitment, day), others(place, commitment))
        for name, commitment in situation.commitments.items()
        for source, places in by_source(situation, commitment, day).items()
        for place in places
    ]
    return tuple(each for each in every if each.stronger or each.also_binds)


def others(place: Place, commitment: Commitment) -> tuple[str, ...]:
    return tuple(party for party in place.parties if party not in commitment.parties)


def by_source(
    situation: Situation, commitment: Commitment, day: date
) -> dict[str, tuple[Place, ...]]:
    """Source -> how it puts a commitment, in the order of its places."""
    found: dict[str, list[Place]] = {}
    for wording in commitment.wordings:
        for source, place in places_of(situation, commitment, wording, day):
            found.setdefault(source, []).append(place)
    return {
        source: tuple(sorted(places, key=lambda place: order(situation.sources[source], place)))
        for source, places in found.items()
    }


def places_of(
    situation: Situation, commitment: Commitment, wording: Wording, day: date
) -> Iterator[tuple[str, Place]]:
    """Where the same words stand, in sources that had appeared."""
    parties = wording.parties or commitment.parties
    for evidence in wording.evidence:
        if is_known(situation, (evidence,), day):
            yield evidence.source, Place(evidence.at, wording.says, wording.strength, parties)


def order(source: Source, place: Place) -> int:
    """The number of a place among those its source lists; behind them where it is not listed."""
    listed = source.paragraphs
    return listed.index(place.at) if place.at in listed else len(listed)


def furthest(commitment: Commitment, day: date) -> Status | None:
    """The furthest stage that a commitment has come to by a day."""
    had = {stay.status for stay in stays(commitment, day)}
    return next((status for status in reversed(PROGRESS) if status in had), None)
