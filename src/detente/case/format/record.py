"""What is on record: sources, actors, arrangements, commands, commitments, capabilities, events."""

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
    Weight,
    Whole,
    Words,
    distinct,
    fault,
)

__all__ = [
    "ActorEntry", "Arrangement", "Capability", "Command", "Commitment", "DatedEvent",
    "LayerEntry", "Precedent", "Source", "Status", "Step", "Strength", "Subordination", "Task",
    "Term", "Wording",
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
    paragraphs: tuple[Words, ...] = ()
    """The places in it that evidence can point to, in its order; shows what nothing cites."""
    note: Text | None = None
    """Anything a reader should know about it."""


class ActorEntry(Supported):
    """A party to the situation; those with options are the decision makers."""

    name: Text | None = None
    """What people call it; the id where nothing is written."""
    profile: Name | None = None
    """A profile that gives what is not written here: `profiles/NAME.yaml`, or one that ships."""
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
    joined: dict[Name, Day] = {}
    """Parties that came later, each with the day from which it is one."""
    left: dict[Name, Day] = {}
    """Parties that went, each with the day from which it is none."""
    note: Text | None = None
    """Anything a reader should know about it."""

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Arrangement:
        """Refuse an end before the beginning, and one who comes or goes and is no party."""
        in_time(self.from_, self.to, "`to` lies before `from`")
        for party in (*self.joined, *self.left):
            if party not in self.parties:
                raise fault(f"`{party}` stands in `joined` or `left` and not in `parties`")
            in_time(self.joined.get(party), self.left.get(party), f"`{party}` left before it came")
        return self


class LayerEntry(Supported):
    """A layer of the network: what it is called, and what it weighs where layers are combined."""

    label: Text | None = None
    """What people call it; its name where nothing is written."""
    weight: Weight = 1.0
    """What an arrangement counts in the layer `all`; of several layers, the largest."""


class Term(Part):
    """A span of time."""

    from_: Day | None = Field(default=None, alias="from")
    """Its first day; from of old where nothing is written."""
    to: Day | None = None
    """The day on which it has ended."""

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Term:
        """Refuse an end before the beginning."""
        in_time(self.from_, self.to, "`to` lies before `from`")
        return self


class Subordination(Term):
    """Whom a command answers to, and when."""

    command: Name
    """One of `commands`."""


class Command(Supported):
    """A headquarters: whose forces it leads, whom it answers to, what it may decide by itself."""

    name: Text
    """What people call it."""
    actors: Annotated[tuple[Name, ...], Field(min_length=1), AfterValidator(distinct)]
    """Whose forces it leads; more than one make it a combined command."""
    from_: Day | None = Field(default=None, alias="from")
    """Since when it exists."""
    to: Day | None = None
    """When it was dissolved."""
    under: tuple[Subordination, ...] = ()
    """Whom it answers to."""
    authority: tuple[Term, ...] = ()
    """When it holds operational authority of its own; else it asks the next one above."""
    note: Text | None = None
    """Anything a reader should know about it."""

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Command:
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


Strength = Literal[
    "vision", "considered", "announced", "planned", "in_execution", "delivered",
]  # fmt: skip


class Wording(Supported):
    """How strongly one place of a source puts a commitment."""

    says: Words
    """Its words, a few at most: prospective, plans to explore, entry …"""
    strength: Strength
    """What the words amount to."""
    parties: Annotated[tuple[Name, ...], AfterValidator(distinct)] = ()
    """Who is bound by these words, where that is not everybody the commitment binds."""


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
    wordings: tuple[Wording, ...] = ()
    """The same in several places, each with its evidence: does the strength drift?"""
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


class Task(Supported):
    """Something capabilities serve: a task of a plan."""

    label: Text
    """What it is."""
    actor: Name | None = None
    """Whose task it is."""


class Capability(Supported):
    """A field or system: who has, seeks or shares it, through which arrangement."""

    label: Text
    """What it is."""
    kind: Words | None = None
    """field, system, doctrine …"""
    arrangements: Names = ()
    """Through which it is shared."""
    actors: Names = ()
    """Who has or seeks it."""
    tasks: Names = ()
    """What it serves: some of `tasks`."""
    note: Text | None = None
    """Anything a reader should know about it."""


class DatedEvent(Supported):
    """Something that happened on a day."""

    on: Day
    """The day."""
    says: Text
    """What happened."""
    actors: Names = ()
    """Who took part, or whom it befell."""
    kind: Words | None = None
    """exercise, sanction, missile_test, summit …"""


class Precedent(Supported):
    """A past case of the same kind, for base rates."""

    kind: Name
    """The kind: coercion_of_ally …"""
    says: Text | None = None
    """What happened."""
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
