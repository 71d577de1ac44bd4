"""What is on record: sources, actors, arrangements, commitments, capabilities, precedents."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from detente.case.format.parts import (
    Country,
    Day,
    Issued,
    Listed,
    Name,
    Names,
    Part,
    Probability,
    Supported,
    Text,
    Whole,
    Words,
    distinct,
    fault,
)

__all__ = [
    "ActorEntry", "Arrangement", "Capability", "Commitment", "Precedent", "Source", "Status",
    "Step",
]  # fmt: skip


class Source(Part):
    """Something evidence can point to; the fields are those of CSL."""

    type: Words
    """The CSL type: article, report, webpage, dataset, treaty …"""
    title: Text
    """Its title."""
    author: Words | None = None
    """Author or issuing body."""
    issued: Issued | None = None
    """When it appeared: 2024, 2024-04 or 2024-04-16."""
    publisher: Words | None = None
    """Who published it."""
    container_title: Words | None = None
    """The journal, newspaper or series it stands in."""
    volume: Words | None = None
    """Volume of the journal."""
    page: Words | None = None
    """Pages."""
    url: Words | None = None
    """Where it can be read."""
    doi: Words | None = None
    """Its DOI."""
    accessed: Day | None = None
    """When it was read."""
    text: Words | None = None
    """A file in the case's folder with its text; read for quotes, never shipped."""
    note: Text | None = None
    """Anything a reader should know about it."""


class ActorEntry(Supported):
    """A party to the situation; those with options are the decision makers."""

    name: Text | None = None
    """What people call it; the id where nothing is written."""
    cow: Whole | None = None
    """Correlates of War country code."""
    iso3: Country | None = None
    """ISO 3166 country code, three letters."""
    note: Text | None = None
    """Who is meant, where the name does not say: a composite, a role."""


class Arrangement(Supported):
    """A treaty, minilateral, access agreement or body."""

    name: Text
    """What people call it."""
    layer: Listed
    """Its domain or domains: defence_treaty, technology, industry, intelligence …"""
    kind: Words
    """treaty, minilateral, access, body, declaration …"""
    parties: Annotated[tuple[Name, ...], Field(min_length=2), AfterValidator(distinct)]
    """Actors; every party of an arrangement is one."""
    from_: Day | None = Field(default=None, alias="from")
    """Since when it holds."""
    to: Day | None = None
    """When it ended."""
    note: Text | None = None
    """Anything a reader should know about it."""

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Arrangement:
        """Refuse an end before the beginning."""
        in_time(self.from_, self.to, "`to` lies before `from`")
        return self


Status = Literal[
    "considered", "announced", "planned", "in_execution", "delivered", "lapsed", "cancelled",
    "superseded",
]  # fmt: skip


class Step(Supported):
    """A change in the status of a commitment."""

    on: Day
    """The day."""
    status: Status
    """What it became."""


class Commitment(Supported):
    """Something promised, with what became of it."""

    says: Text
    """What was promised."""
    parties: Annotated[tuple[Name, ...], Field(min_length=1), AfterValidator(distinct)]
    """Who promised it."""
    layer: Words
    """Its domain."""
    wording: Words | None = None
    """How strongly the source puts it: a vision, considering, planned, announced …"""
    bindingness: Literal["political", "contractual", "treaty"] | None = None
    """What kind of promise it is."""
    announced: Day | None = None
    """When it was announced."""
    due: Day | None = None
    """When it is due."""
    executed: Probability | None = None
    """How probable it is that it is kept: expressions then name the commitment like an event."""
    predecessor: Name | None = None
    """The commitment it follows from."""
    history: tuple[Step, ...] = ()
    """Changes of status, each with its day, in the order of time."""

    @model_validator(mode="after")
    def is_in_order_of_time(self) -> Commitment:
        """Refuse a history that goes back in time, or a promise due before it was made."""
        in_time(self.announced, self.due, "`due` lies before `announced`")
        for earlier, later in zip(self.history, self.history[1:], strict=False):
            in_time(earlier.on, later.on, "`history` goes back in time")
        return self


def in_time(earlier: date | None, later: date | None, message: str) -> None:
    if earlier and later and later < earlier:
        raise fault(message)


class Capability(Supported):
    """A field, task or system: who has, seeks or shares it, through which arrangement."""

    label: Text
    """What it is."""
    arrangements: Names = ()
    """Through which it is shared."""
    actors: Names = ()
    """Who has or seeks it."""
    tasks: tuple[Words, ...] = ()
    """What it serves."""


class Precedent(Supported):
    """A past case of the same kind, for base rates."""

    kind: Name
    """The kind: coercion_of_ally …"""
    actor: Name | None = None
    """Who acted."""
    target: Name | None = None
    """Upon whom."""
    on: Day
    """When."""
    outcome: Words
    """What came of it."""
    size: Words | None = None
    """How much."""
