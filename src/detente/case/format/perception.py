"""How actors see each other, and what would change it: perceptions and signals."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from detente.case.format.model import PreferenceEntry
from detente.case.format.parts import (
    Interval,
    Name,
    OptionId,
    Part,
    Probability,
    Supported,
    Text,
    Words,
    distinct,
)

__all__ = ["ByType", "PerceptionEntry", "SeenEntry", "SignalEntry", "Stakes"]


class SeenEntry(Supported):
    """The game as one actor sees it, or thinks that another does."""

    preferences: dict[Name, PreferenceEntry] = {}
    """What it takes others to want; those left out it sees as they are."""
    unaware: Annotated[tuple[OptionId, ...], AfterValidator(distinct)] = ()
    """Options that it does not know of: in its game they stay at the status quo."""


class PerceptionEntry(SeenEntry):
    """The game as one actor sees it."""

    perceptions: dict[Name, SeenEntry] = {}
    """How it thinks that others see the game; those left out it takes to see it as it does."""


class ByType(Part):
    """A number for each type of sender: whether it can be trusted or not."""

    trustworthy: Interval
    """Of a sender that would keep to what it says; a number or an interval."""
    untrustworthy: Interval
    """Of one that would not."""


class Stakes(Part):
    """What trusting comes to, where trust that is kept is worth 1 and mutual distrust 0."""

    betrayed: Interval
    """What being betrayed costs the receiver."""
    exploiting: Interval
    """What exploiting the sender's trust is worth to the receiver: less than 1."""


class SignalEntry(Supported):
    """Something an actor can do to be believed, and what that costs it."""

    says: Text | None = None
    """The signal in words."""
    sender: Name
    """Who sends it."""
    receiver: Name
    """Whose view of the sender it may change."""
    trust: Probability
    """How far the receiver trusts the sender before: a number or an interval in [0, 1]."""
    gain: ByType
    """What being believed is worth to each type."""
    cost: ByType
    """What sending costs each type; nothing, where it is mere words."""
    stakes: Stakes | None = None
    """What trusting comes to for the receiver."""
    commit: dict[OptionId, Words] = {}
    """The options by which it is sent, at which levels."""
