"""Situations that are nothing but actors and commitments, and random histories."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from detente.case.format import Commitment, Source
from detente.case.situation import Actor, Situation

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ENDS", "LADDER", "STATUSES", "day", "history", "ledger", "ledgers", "promise"]

LADDER = ["considered", "announced", "planned", "in_execution", "delivered"]
ENDS = ["lapsed", "cancelled", "superseded"]
STATUSES = [*LADDER, *ENDS]
ACTORS = ["aus", "jpn", "usa"]
LAYERS = ["command", "industry"]


def day(number: int) -> date:
    """Day 0, 1, 2 … of the ledgers drawn here."""
    return date(2024, 1, 1) + timedelta(days=number)


def history(*steps: tuple[date | str, str]) -> list[dict[str, str]]:
    return [{"on": str(on), "status": status} for on, status in steps]


def promise(
    parties: str = "usa jpn",
    *,
    layer: str = "command",
    announced: date | str | None = None,
    due: date | str | None = None,
    **fields: Any,
) -> Commitment:
    """A commitment of parties written `a b c`."""
    days = {"announced": announced and str(announced), "due": due and str(due)}
    written = {"says": "A promise", "parties": parties.split(), "layer": layer}
    return Commitment.model_validate(written | days | fields)


def ledger(
    commitments: Mapping[str, Commitment], sources: Mapping[str, Any] | None = None, **fields: Any
) -> Situation:
    """A situation of these commitments."""
    actors = {id: Actor(id, id) for id in ACTORS}
    known = {id: Source.model_validate(each) for id, each in (sources or {}).items()}
    return Situation(
        "promised", "Promised", actors, (), (), {}, {},
        commitments=commitments, sources=known, **fields,
    )  # fmt: skip


@st.composite
def promises(draw: st.DrawFn) -> Commitment:
    """A commitment whose history ends where it ends."""
    days = sorted(draw(st.lists(st.integers(0, 12), max_size=4)))
    steps = []
    for number in days:
        steps.append((day(number), draw(st.sampled_from(STATUSES))))
        if steps[-1][1] in ENDS:
            break
    announced = draw(st.none() | st.integers(0, days[0] if days else 12))
    first = 0 if announced is None else announced
    due = draw(st.none() | st.integers(first, 14))
    return promise(
        " ".join(draw(st.lists(st.sampled_from(ACTORS), min_size=1, unique=True))),
        layer=draw(st.sampled_from(LAYERS)),
        announced=None if announced is None else day(announced),
        due=None if due is None else day(due),
        history=history(*steps),
    )


def ledgers(most: int = 6) -> st.SearchStrategy[dict[str, Commitment]]:
    """Several commitments by name."""
    listed = st.lists(promises(), min_size=1, max_size=most)
    return listed.map(lambda each: {f"c{number}": one for number, one in enumerate(each)})
