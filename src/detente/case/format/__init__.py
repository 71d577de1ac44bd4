"""The case format: what may stand in `situation.yaml`, field by field.

The text under each field becomes the JSON Schema (`detente schema`), the hover help of editors and
the reference page. Everything is frozen and nothing unknown is let in.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

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
    SignalTest,
    StabilityTest,
    StrategyEntry,
    Test,
    Trend,
)
from detente.case.format.model import (
    MARKER,
    AnyOrder,
    Enactment,
    FuzzyPair,
    GoalEntry,
    IndicatorEntry,
    InfeasibleEntry,
    NamedState,
    NetworkEntry,
    OptionEntry,
    PreferenceEntry,
    RankingEntry,
    StatementEntry,
    UtilityEntry,
)
from detente.case.format.parts import (
    Code,
    Day,
    Evidence,
    Name,
    Names,
    OptionId,
    Part,
    Supported,
    Text,
    Words,
    listed,
)
from detente.case.format.perception import (
    ByType,
    PerceptionEntry,
    SeenEntry,
    SignalEntry,
    Stakes,
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
    "MARKER", "ActorEntry", "Aftermath", "AnyOrder", "Arrangement", "ByType", "Capability",
    "ClaimEntry", "Command", "Commitment", "Compare", "Correlation", "DatedEvent", "Enactment",
    "Evidence", "Execution", "Forecast", "Found", "FuzzyPair", "GoalEntry", "IndicatorEntry",
    "InfeasibleEntry", "LayerEntry", "Modality", "NamedState", "NetworkEntry", "OptionEntry",
    "Part", "PerceptionEntry", "Position", "Precedent", "PrecedentTest", "PreferenceEntry",
    "RankingEntry", "RecommendationEntry", "Record", "Resolved", "Response", "SeenEntry",
    "SignalEntry", "SignalTest", "SituationFile", "Source", "StabilityTest", "Stakes",
    "StatementEntry", "Status", "Step", "StrategyEntry", "Strength", "Subordination",
    "Supported", "Task", "Term", "Test", "Text", "Trend", "Uncertainty", "UtilityEntry",
    "Wording",
]  # fmt: skip


Codes = Annotated[
    tuple[Code, ...], BeforeValidator(listed, json_schema_input_type=Code | tuple[Code, ...])
]
"""One code of a state, or several."""


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
    arcs: dict[Name, dict[Code, Codes]] = {}
    """Actor -> code of a state -> the codes of those it can move to: in place of what its options
    allow."""
    one_step: Annotated[Names, BeforeValidator(listed, json_schema_input_type=Name | Names)] = ()
    """Actors that change one of their options at a time."""
    frozen: dict[OptionId, Words] = {}
    """Options that nobody can move, and the levels at which they stand."""
    infeasible: tuple[InfeasibleEntry, ...] = ()
    """States that cannot be."""
    same_when: tuple[InfeasibleEntry, ...] = ()
    """States that are one: those where an expression is true count as the first of their codes."""
    states: tuple[NamedState, ...] = ()
    """What states are called."""
    status_quo: dict[OptionId, Words] = {}
    """Where things stand; options not named are at their first level."""
    preferences: dict[Name, PreferenceEntry]
    """What each actor wants, most important first."""
    indicators: dict[Name, IndicatorEntry] = {}
    """Named quantities and truth values."""
    perceptions: dict[Name, PerceptionEntry] = {}
    """How an actor sees the game, where that is not how it is."""
    signals: dict[Name, SignalEntry] = {}
    """What actors can do to be believed."""
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
