"""Claims of kind `execution`: commitments reach a status by a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.ledger.status import ENDS, reached, status_at

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from detente.case.format import Execution, Status
    from detente.case.situation import Situation

__all__ = ["Executed", "Looked", "executed"]


@dataclass(frozen=True)
class Looked:
    """One commitment on the day that a test asks about, as far as it is known."""

    id: str
    status: Status | None
    """Its last known status by that day."""
    reached: bool | None
    """Whether it has come to what is asked; none where it still may."""


@dataclass(frozen=True)
class Executed:
    """Whether enough commitments, or few enough, reach a status by a day."""

    holds: bool | None
    """None where what is known decides nothing yet."""
    why: str
    rows: tuple[Looked, ...]


def executed(situation: Situation, test: Execution, known_until: date) -> Executed:
    """Whether commitments reach a status by a day, as far as is known.

    A commitment has reached a stage if some step by the day leads to it or past it, whatever came
    afterwards; it has lapsed, been cancelled or superseded if a step says exactly that. What has
    not been reached when knowledge ends may be reached until the day, unless the commitment has
    ended. The answer is given where it does not depend on which of these do reach it.

    Parameters
    ----------
    situation
        Whose commitments are meant.
    test
        Which of them, what they must reach by when, and which share of them must or may.
    known_until
        Steps after this day are not known.
    """
    rows = tuple(looked(situation, name, test, known_until) for name in selected(situation, test))
    if not rows:
        return Executed(None, "no such commitment is known", ())
    return Executed(holds(rows, test), explanation(rows, test, known_until), rows)


def selected(situation: Situation, test: Execution) -> tuple[str, ...]:
    """The commitments that a test is about; those it names whether they are known or not."""
    named = (test.commitment,) if test.commitment else test.commitments
    return tuple(
        name
        for name in named or situation.commitments
        if (each := situation.commitments.get(name)) is None
        or (test.layer in (None, each.layer) and test.party in (None, *each.parties))
    )


def looked(situation: Situation, name: str, test: Execution, known_until: date) -> Looked:
    """What is known of one commitment on the day of the test."""
    commitment = situation.commitments.get(name)
    if commitment is None:  # nothing of it was known yet
        return Looked(name, None, None)
    day = min(test.by, known_until)
    status = status_at(commitment, day)
    if any(reached(commitment, asked, day) for asked in test.status):
        return Looked(name, status, True)
    over = test.by <= known_until or status in ENDS
    return Looked(name, status, False if over else None)


def holds(rows: Sequence[Looked], test: Execution) -> bool | None:
    """The answer, where it is the same however many of those that still may come to it do."""
    have = sum(row.reached is True for row in rows)
    may = sum(row.reached is None for row in rows)
    all_of_them = test.at_least is None and test.at_most is None
    least = 1.0 if all_of_them else test.at_least or 0.0
    most = 1.0 if test.at_most is None else test.at_most
    answers = {least <= number / len(rows) <= most for number in range(have, have + may + 1)}
    return answers.pop() if len(answers) == 1 else None


def explanation(rows: Sequence[Looked], test: Execution, known_until: date) -> str:
    """How many have reached it, and how many still may."""
    have = sum(row.reached is True for row in rows)
    may = sum(row.reached is None for row in rows)
    words = f"{have} of {len(rows)} reached {' or '.join(test.status)} by {test.by}"
    return f"{words}; {may} still may, known until {known_until}" if may else words
