"""What came after: kept apart from the analysis, and looked up by a back-test only."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from detente.case.format.parts import Day, Name, Part, Supported, Text, Words
from detente.case.format.record import Arrangement, Command, DatedEvent, Precedent, Step

__all__ = ["Aftermath", "Came", "Forecast", "Resolved"]

Came = Literal["came_true", "did_not", "other_cause", "not_yet", "untested"]


class Resolved(Supported):
    """What an event, an execution or a choice turned out to be."""

    is_: Words = Field(alias="is")
    """yes or no; of a choice, one of its values."""
    on: Day | None = None
    """The day on which it was known."""


class Forecast(Supported):
    """What became of a forecast that a claim makes."""

    came: Came
    """came_true; did_not; other_cause: it came, and not by what the claim names; not_yet: the time
    is not over; untested: its condition never came about."""
    on: Day | None = None
    """The day that decided it."""
    says: Text
    """What happened."""


class Aftermath(Part):
    """What is known of the time after `as_of`; no analysis but the back-test reads it."""

    until: Day
    """The day up to which it is known."""
    commitments: dict[Name, Annotated[tuple[Step, ...], Field(min_length=1)]] = {}
    """Further steps in the history of commitments."""
    arrangements: dict[Name, Arrangement] = {}
    """What began since; one that is known already stands here as it is now, whole."""
    commands: dict[Name, Command] = {}
    """The same of commands."""
    resolved: dict[Name, Resolved] = {}
    """What uncertain events, executions and choices turned out to be."""
    events: dict[Name, DatedEvent] = {}
    """What happened."""
    precedents: dict[Name, Precedent] = {}
    """Further cases of the same kinds."""
    forecasts: dict[Name, Forecast] = {}
    """Claim -> what became of what it forecasts."""
