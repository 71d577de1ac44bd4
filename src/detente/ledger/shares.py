"""How much of what was promised is carried out, by who promised it, where and with whom."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from detente.ledger.status import EXECUTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from detente.ledger.assessment import Row

__all__ = ["Share", "shares"]

By = Literal["all", "party", "layer", "counterpart"]


@dataclass(frozen=True)
class Share:
    """Of some commitments, how many are carried out."""

    by: By
    of: tuple[str, ...]
    """The party, the layer, or the two parties; empty of all commitments."""
    commitments: int
    """How many there are."""
    executed: int
    """How many of them are in execution or delivered."""
    delivered: int

    @property
    def share_executed(self) -> float:
        """The share that is in execution or delivered."""
        return self.executed / self.commitments

    @property
    def share_delivered(self) -> float:
        """The share that is delivered."""
        return self.delivered / self.commitments


def shares(rows: Sequence[Row], actors: Sequence[str]) -> tuple[Share, ...]:
    """Shares of all commitments, by party, by layer and by pair of parties.

    A commitment counts from its first step on, also when it has lapsed or been cancelled. One that
    has been superseded is left out where its successor is in the ledger and stands for it.

    Parameters
    ----------
    rows
        The commitments on a day.
    actors
        In which order parties and pairs of them are listed.
    """
    counted = [row for row in rows if row.status and not is_replaced(row)]
    groups: dict[tuple[By, tuple[str, ...]], list[Row]] = {}
    for row in counted:
        for group in groups_of(row, actors):
            groups.setdefault(group, []).append(row)
    return tuple(share(*group, groups[group]) for group in ordered(groups, actors))


def is_replaced(row: Row) -> bool:
    return row.status == "superseded" and bool(row.successors)


def groups_of(row: Row, actors: Sequence[str]) -> Iterator[tuple[By, tuple[str, ...]]]:
    """What a commitment counts for."""
    parties = sorted(row.parties, key=actors.index)
    yield "all", ()
    for party in parties:
        yield "party", (party,)
    yield "layer", (row.layer,)
    for pair in combinations(parties, 2):
        yield "counterpart", pair


def ordered(
    groups: Iterable[tuple[By, tuple[str, ...]]], actors: Sequence[str]
) -> list[tuple[By, tuple[str, ...]]]:
    """All, then parties, layers and pairs; layers stay in the order of the ledger."""
    order: Mapping[By, int] = {"all": 0, "party": 1, "layer": 2, "counterpart": 3}

    def place(group: tuple[By, tuple[str, ...]]) -> tuple[int, list[int]]:
        by, of = group
        return order[by], [] if by == "layer" else [actors.index(actor) for actor in of]

    return sorted(groups, key=place)


def share(by: By, of: tuple[str, ...], rows: Sequence[Row]) -> Share:
    executed = sum(row.status in EXECUTED for row in rows)
    return Share(by, of, len(rows), executed, sum(row.status == "delivered" for row in rows))
