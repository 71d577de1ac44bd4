"""The ledger as of a day: what was promised, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from detente.case.hindsight import informed
from detente.errors import InputError
from detente.ledger.drift import Beyond, Drift, beyond, drifts
from detente.ledger.durations import Duration, durations
from detente.ledger.shares import Share, shares
from detente.ledger.status import ENDS, Stay, stays

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import pandas as pd

    from detente.case.format import Commitment, Status
    from detente.case.situation import Situation

__all__ = ["Assessment", "Row", "Span", "assess", "slippage"]


@dataclass(frozen=True)
class Row:
    """A commitment on the day of the assessment."""

    id: str
    says: str
    parties: tuple[str, ...]
    layer: str
    bindingness: str | None
    announced: date | None
    due: date | None
    status: Status | None
    """None where there was nothing yet."""
    since: date | None
    """Since when it has this status."""
    slippage: int | None
    """Days from the day on which it was due to the one on which it was delivered (negative: early);
    of what is overdue, to the last day that is known. None where it is not due yet, has no due date
    or has ended."""
    predecessor: str | None
    successors: tuple[str, ...]

    @property
    def overdue(self) -> bool:
        """Whether it should have been delivered and is not."""
        return self.slippage is not None and self.status != "delivered"


@dataclass(frozen=True)
class Span:
    """A time during which a commitment had a status: a bar of a timeline."""

    id: str
    label: str
    layer: str
    status: Status
    start: date
    end: date
    """The day of the next step, or the last one that is known."""


@dataclass(frozen=True, eq=False)
class Assessment:
    """The commitments of a situation as of a day."""

    situation: str
    """The situation's id."""
    as_of: date
    known_until: date
    """The last day of which it is known what happened, or that of the assessment if earlier."""
    rows: tuple[Row, ...]
    """One for each commitment, in the order of the case."""
    spans: tuple[Span, ...]
    shares: tuple[Share, ...]
    durations: tuple[Duration, ...]
    drifts: tuple[Drift, ...]
    beyond: tuple[Beyond, ...]
    method: str = "status: last step by the day; durations: Kaplan-Meier, 95 % log-log intervals"
    version: str = field(default_factory=lambda: version("detente"))

    @property
    def chains(self) -> tuple[tuple[str, ...], ...]:
        """Commitments that follow from each other, the first one first; one chain for each last."""
        before = {row.id: row.predecessor for row in self.rows}
        lasts = [row.id for row in self.rows if row.predecessor and not row.successors]
        return tuple(chain(last, before) for last in lasts)

    def to_dict(self) -> dict[str, Any]:
        """What `detente assess --json` prints."""
        from detente.ledger.written import as_dict

        return as_dict(self)

    def to_frame(self) -> pd.DataFrame:
        """One row for each commitment; names of parties and successors are separated by blanks."""
        import pandas as pd

        days = ("announced", "due", "since")
        frame = pd.DataFrame(
            [
                {**vars(row), "overdue": row.overdue, "parties": " ".join(row.parties),
                 "successors": " ".join(row.successors)}
                for row in self.rows
            ],
            columns=[*Row.__annotations__, "overdue"],
        )  # fmt: skip
        types: dict[str, Any] = dict.fromkeys(days, "datetime64[s]")
        return frame.astype({**types, "slippage": "Int64"}).set_index("id")

    def _repr_html_(self) -> str:
        return self.to_frame().to_html(na_rep="")


def assess(situation: Situation, day: date | None = None) -> Assessment:
    """What was promised and what became of it, as of a day.

    Parameters
    ----------
    situation
        Whose commitments are read. For a day after the one the case is written for, what its
        `aftermath` tells of them is read too.
    day
        The day; that of the case if left out.

    Raises
    ------
    InputError
        Where neither the call nor the case says as of when.

    References
    ----------
    [KaplanMeier1958]

    Examples
    --------
    >>> from datetime import date
    >>> from detente.case import load
    >>> found = assess(load("kim/indo_pacific_2024"), date(2024, 4, 16))
    >>> next(row.status for row in found.rows if row.id == "i06_tomahawk")
    'in_execution'
    """
    day = day or situation.as_of
    if day is None:
        raise InputError(f"{situation.id} has no `as_of`: as of when?\n  give a day: --as-of DATE")
    if situation.aftermath and situation.as_of and day > situation.as_of:
        situation = informed(situation)
    until = min(day, situation.as_of or day)
    stayed = {name: stays(each, day) for name, each in situation.commitments.items()}
    rows = tuple(row(situation, name, stayed[name], until) for name in stayed)
    return Assessment(
        situation.id,
        day,
        until,
        rows,
        spans(situation.commitments, stayed, until),
        shares(rows, tuple(situation.actors)),
        durations(stayed.values(), until),
        drifts(situation, day),
        beyond(situation, day),
    )


def row(situation: Situation, name: str, stayed: Sequence[Stay], until: date) -> Row:
    """One commitment with the status it has."""
    commitment = situation.commitments[name]
    last = stayed[-1] if stayed else None
    return Row(
        name,
        commitment.says,
        commitment.parties,
        commitment.layer,
        commitment.bindingness,
        commitment.announced,
        commitment.due,
        last.status if last else None,
        last.start if last else None,
        slippage(commitment.due, last, until),
        commitment.predecessor,
        tuple(id for id, each in situation.commitments.items() if each.predecessor == name),
    )


def slippage(due: date | None, last: Stay | None, until: date) -> int | None:
    """How long after its due date something was delivered, or is overdue as far as known [days]."""
    if due is None or last is None or last.status in ENDS:
        return None
    if last.status == "delivered":
        return (last.start - due).days
    return (until - due).days if until > due else None


def spans(
    commitments: Mapping[str, Commitment], stayed: Mapping[str, Sequence[Stay]], until: date
) -> tuple[Span, ...]:
    """The bars of a timeline; a stay that was over on the day it began has none."""
    return tuple(
        Span(
            name, each.says, each.layer, stay.status, stay.start, stay.end or max(until, stay.start)
        )
        for name, each in commitments.items()
        for stay in stayed[name]
        if stay.start != stay.end
    )


def chain(last: str, before: Mapping[str, str | None]) -> tuple[str, ...]:
    """A commitment and all it follows from, the first one first."""
    found: list[str] = []
    at: str | None = last
    while at is not None and at not in found:
        found.append(at)
        at = before.get(at)
    return tuple(reversed(found))
