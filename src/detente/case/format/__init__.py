"""The case format: what may stand in `situation.yaml`, field by field.

The text under each field becomes the JSON Schema (`detente schema`), the hover help of editors and
the reference page. Everything is frozen and nothing unknown is let in.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from detente.case.format.aftermath import Aftermath, Forecast, Resolved
from detente.case.format.argument import (
    ClaimEntry,
    Compare,
    Execution,
    Found,
    Modality,
    Position,
    PrecedentTest,
    RecommendationEntry,
    Record,
    Response,
    StabilityTest,
    StrategyEntry,
    Test,
    Trend,
)
from detente.case.format.model import (
    AnyOrder,
    Enactment,
    GoalEntry,
    IndicatorEntry,
    InfeasibleEntry,
    NetworkEntry,
    OptionEntry,
    PreferenceEntry,
    RankingEntry,
    StatementEntry,
    UtilityEntry,
)
from detente.case.format.parts import (
    Day,
    Evidence,
    Name,
    OptionId,
    Part,
    Supported,
    Text,
    Words,
)
from detente.case.format.record import (
    ActorEntry,
    Arrangement,
    Capability,
    Command,
    Commitment,
    DatedEvent,
    LayerEntry,
    Precedent,
    Source,
    Status,
    Step,
    Strength,
    Subordination,
    Task,
    Term,
    Wording,
)
from detente.case.format.uncertainty import Correlation, Uncertainty

__all__ = [
    "ActorEntry", "Aftermath", "AnyOrder", "Arrangement", "Capability", "ClaimEntry",
    "Command", "Commitment", "Compare", "Correlation", "DatedEvent", "Enactment", "Evidence",
    "Execution", "Forecast", "Found", "GoalEntry", "IndicatorEntry", "InfeasibleEntry",
    "LayerEntry", "Modality", "NetworkEntry", "OptionEntry", "Part", "Position", "Precedent",
    "PrecedentTest", "PreferenceEntry", "RankingEntry", "RecommendationEntry", "Record",
    "Resolved", "Response", "SituationFile", "Source", "StabilityTest", "StatementEntry",
    "Status", "Step", "StrategyEntry", "Strength", "Subordination", "Supported", "Task", "Term",
    "Test", "Text", "Trend", "Uncertainty", "UtilityEntry", "Wording",
]  # fmt: skip


class SituationFile(Part):
    """A strategic situation and the argument about it."""

    detente: Literal["1"]
    """Version of the case format: 1."""
    id: Name
    """The case's name."""
    title: Text
    """The question it is about."""
    as_of: Day | None = None
    """Nothing dated later enters the analysis."""
    horizon: Words | None = None
    """What one-way means, and when a forecast is scored: 24 months."""
    focus: Name | None = None
    """The actor whose strategy is being chosen."""
    recommendation: RecommendationEntry | None = None
    """What the argument recommends."""
    notes: tuple[Text, ...] = ()
    """What a reader of the case should know: what was changed, what is doubtful."""
    sources: dict[Name, Source] = {}
    """What evidence points to."""
    actors: Annotated[dict[Name, ActorEntry], Field(min_length=1)]
    """Who is involved."""
    layers: dict[Name, LayerEntry] = {}
    """What the layers of arrangements are called, and what they weigh."""
    arrangements: dict[Name, Arrangement] = {}
    """What they have agreed."""
    commands: dict[Name, Command] = {}
    """Who leads whose forces, and who answers to whom."""
    commitments: dict[Name, Commitment] = {}
    """What was promised, and what became of it."""
    events: dict[Name, DatedEvent] = {}
    """What has happened, by the day."""
    uncertainties: dict[Name, Uncertainty] = {}
    """What nobody knows."""
    correlations: Annotated[tuple[Correlation, ...], Field(max_length=200)] = ()
    """Which of it tends to come together."""
    options: Annotated[dict[Name, dict[Name, OptionEntry]], Field(min_length=1)]
    """What each actor may do."""
    option_order: tuple[OptionId, ...] = ()
    """Every option once, where a state's code does not follow the order of `options`."""
    infeasible: tuple[InfeasibleEntry, ...] = ()
    """States that cannot be."""
    status_quo: dict[OptionId, Words] = {}
    """Where things stand; options not named are at their first level."""
    preferences: dict[Name, PreferenceEntry]
    """What each actor wants, most important first."""
    indicators: dict[Name, IndicatorEntry] = {}
    """Named quantities and truth values."""
    views: dict[Name, dict[Name, PreferenceEntry]] = {}
    """Named experts' own lists for an actor; reported by expert, never pooled."""
    goals: tuple[GoalEntry, ...] = ()
    """What the focal actor counts as good enough."""
    strategies: dict[Name, StrategyEntry] = {}
    """The focal strategies compared."""
    claims: dict[Name, ClaimEntry] = {}
    """What the argument says."""
    tasks: dict[Name, Task] = {}
    """What capabilities are for."""
    capabilities: dict[Name, Capability] = {}
    """Fields and systems."""
    precedents: dict[Name, Precedent] = {}
    """Past cases of the same kind."""
    aftermath: Aftermath | None = None
    """What came after `as_of`: for a back-test only."""
