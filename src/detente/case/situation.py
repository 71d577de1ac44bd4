"""A situation: everything the analyst wrote, checked and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from detente.errors import InputError

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from detente.case.expression import Expression
    from detente.case.format import (
        Aftermath,
        Arrangement,
        Capability,
        Command,
        Commitment,
        Correlation,
        DatedEvent,
        Enactment,
        Evidence,
        FuzzyPair,
        LayerEntry,
        NetworkEntry,
        Precedent,
        Source,
        Task,
        Test,
        Uncertainty,
    )
    from detente.case.problems import Problem

__all__ = [
    "Actor",
    "ByType",
    "Claim",
    "Concept",
    "Goal",
    "Indicator",
    "Infeasible",
    "Levels",
    "Moves",
    "NamedState",
    "Option",
    "Perception",
    "Preference",
    "Ranking",
    "Recommendation",
    "Role",
    "Signal",
    "Situation",
    "Stakes",
    "Statement",
    "Statements",
    "Strategy",
    "Support",
    "Then",
    "Utility",
]

Moves = Literal["both", "up", "down"]
Role = Literal["end", "means", "cost"]
Concept = str
"""One of `detente.case.concepts.NAMES`."""

Levels = Mapping[str, int]
"""Options fixed at levels: option id -> index of its level."""


@dataclass(frozen=True)
class Support:
    """What an item rests on: evidence, or an assumption that says why."""

    evidence: tuple[Evidence, ...] = ()
    assumption: str | None = None

    def __bool__(self) -> bool:
        return bool(self.evidence) or self.assumption is not None


@dataclass(frozen=True)
class Actor:
    """A party; those with options are the decision makers."""

    id: str
    name: str
    cow: int | None = None
    iso3: str | None = None
    note: str | None = None
    support: Support = Support()


@dataclass(frozen=True)
class Option:
    """A course of action an actor may take: an axis of the state space."""

    id: str
    """`actor.name`, as expressions call it."""
    actor: str
    levels: tuple[str, ...]
    moves: Moves
    label: str
    level_labels: tuple[str, ...]
    """What each level means in words; the level itself where nothing was written."""
    enacts: Mapping[str, Enactment] = field(default_factory=dict)
    support: Support = Support()


@dataclass(frozen=True)
class Infeasible:
    """States that cannot be: those where `when` is true."""

    when: Expression
    because: str | None
    support: Support = Support()


@dataclass(frozen=True)
class Statement:
    """One preference statement: its actor prefers states where it is true."""

    id: str
    """`actor.4` by its place in the list, `actor.4b` inside an `any_order` group."""
    actor: str
    prefer: Expression
    role: Role
    says: str | None = None
    when: Expression | None = None
    """Over uncertainties only; where false, the statement is dropped."""
    credence: tuple[float, float] | None = None
    unknown: bool = False
    """Whether nobody knows if the actor wants this or its opposite."""
    degree: int = 1
    """How much a difference here matters: 1 mildly, 2 greatly, and so on."""
    group: int | None = None
    """Statements of one `any_order` group share a number: nobody knows their order."""
    support: Support = Support()


@dataclass(frozen=True)
class Statements:
    """Option prioritisation: statements, most important first. None: indifferent."""

    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class Ranking:
    """An explicit weak order over the feasible states, best class first."""

    classes: tuple[tuple[str, ...], ...]
    support: Support = Support()
    degrees: tuple[int, ...] = ()
    """How much better each class is than the next: 1 mildly, 2 greatly; all mildly if empty."""
    unknown: tuple[tuple[str, ...], ...] = ()
    """Groups of states of which nobody knows how the actor compares them."""
    fuzzy: tuple[FuzzyPair, ...] = ()
    """How far a state is preferred to another, where that is not simply by the ranking."""
    threshold: float | None = None
    """How certain a preference must be for the actor to act on it."""

    def place(self, index: int) -> int:
        """Where a class stands in the list as written, which has markers of degree in it."""
        return index + sum(degree - 1 for degree in self.degrees[:index])


@dataclass(frozen=True)
class Utility:
    """A utility in numbers; only its order decides stability."""

    utility: Expression
    support: Support = Support()
    unit: str | None = None
    """What its numbers are in; without one only its order counts."""


Preference = Statements | Ranking | Utility


@dataclass(frozen=True)
class NamedState:
    """What the states are called where an expression is true."""

    when: Expression
    name: str


@dataclass(frozen=True)
class Perception:
    """The game as one actor sees it; what is left out it sees as it is."""

    preferences: Mapping[str, Preference] = field(default_factory=dict)
    """What it takes others to want."""
    unaware: tuple[str, ...] = ()
    """Options it does not know of."""
    perceptions: Mapping[str, Perception] = field(default_factory=dict)
    """How it thinks that others see the game."""
    support: Support = Support()


@dataclass(frozen=True)
class ByType:
    """A number, as an interval, for each type of sender."""

    trustworthy: tuple[float, float]
    untrustworthy: tuple[float, float]


@dataclass(frozen=True)
class Stakes:
    """What trusting comes to, where trust that is kept is worth 1 and mutual distrust 0."""

    betrayed: tuple[float, float]
    exploiting: tuple[float, float]


@dataclass(frozen=True)
class Signal:
    """Something an actor can do to be believed, and what that costs it."""

    id: str
    says: str
    sender: str
    receiver: str
    trust: tuple[float, float]
    """How far the receiver trusts the sender before."""
    gain: ByType
    cost: ByType
    stakes: Stakes | None
    commit: Levels
    """The options by which it is sent."""
    support: Support = Support()


@dataclass(frozen=True)
class Indicator:
    """A named quantity or truth value over the states."""

    id: str
    formula: Expression
    unit: str | None = None
    label: str | None = None
    support: Support = Support()
    network: NetworkEntry | None = None
    """What it measures, where that is what its formula stands for."""


@dataclass(frozen=True)
class Goal:
    """What the focal actor counts as good enough."""

    id: str
    says: str
    test: Expression
    support: Support = Support()


@dataclass(frozen=True)
class Then:
    """A second step of a strategy, from outcomes of the first one in which a condition holds."""

    when: Expression
    levels: Levels
    """What it fixes; what the first step has fixed stays as it is where this does not name it."""


@dataclass(frozen=True)
class Strategy:
    """A focal strategy: some of an actor's options fixed, the rest left to its preferences."""

    id: str
    says: str
    levels: Levels
    support: Support = Support()
    then: tuple[Then, ...] = ()
    """Second steps: from each attainable equilibrium the first whose condition holds is taken."""


@dataclass(frozen=True)
class Claim:
    """A sentence of the argument, with its test or the reason why it has none."""

    id: str
    says: str
    modality: str
    test: Test | None
    formulas: Mapping[str, Expression]
    """The expressions of its test: `expect`, `state`."""
    untested: str | None
    rests_on: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    note: str | None = None
    support: Support = Support()

    @property
    def at(self) -> str:
        """Where the sentence stands: the locators of its evidence."""
        return ", ".join(evidence.at for evidence in self.support.evidence if evidence.at)


@dataclass(frozen=True)
class Recommendation:
    """The strategy the argument ends in, and the claims it leans on."""

    strategy: str
    says: str | None = None
    rests_on: tuple[str, ...] = ()
    support: Support = Support()


@dataclass(frozen=True)
class Situation:
    """Who is involved, what each may do and wants, what nobody knows, what is claimed."""

    id: str
    title: str
    actors: Mapping[str, Actor]
    options: tuple[Option, ...]
    """In code order: a state's code has one character per option, in this order."""
    infeasible: tuple[Infeasible, ...]
    status_quo: Levels
    preferences: Mapping[str, Preference]
    """One entry for every decision maker; an actor nothing was written for is indifferent."""
    arcs: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """Actor -> state -> where it can move from there, in place of what its options allow."""
    one_step: tuple[str, ...] = ()
    """Actors that change one option at a time."""
    same: tuple[Infeasible, ...] = ()
    """States that are one."""
    frozen: Levels = field(default_factory=dict)
    """Options that nobody can move."""
    states: tuple[NamedState, ...] = ()
    """What states are called; the first name whose expression is true counts."""
    as_of: date | None = None
    horizon: str | None = None
    focus: str | None = None
    notes: tuple[str, ...] = ()
    recommendation: Recommendation | None = None
    sources: Mapping[str, Source] = field(default_factory=dict)
    layers: Mapping[str, LayerEntry] = field(default_factory=dict)
    arrangements: Mapping[str, Arrangement] = field(default_factory=dict)
    commands: Mapping[str, Command] = field(default_factory=dict)
    commitments: Mapping[str, Commitment] = field(default_factory=dict)
    events: Mapping[str, DatedEvent] = field(default_factory=dict)
    uncertainties: Mapping[str, Uncertainty] = field(default_factory=dict)
    correlations: tuple[Correlation, ...] = ()
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    goals: Mapping[str, Goal] = field(default_factory=dict)
    perceptions: Mapping[str, Perception] = field(default_factory=dict)
    """Actor -> the game as it sees it."""
    signals: Mapping[str, Signal] = field(default_factory=dict)
    views: Mapping[str, Mapping[str, Preference]] = field(default_factory=dict)
    """Named experts' own preferences for an actor: expert -> actor -> preference."""
    strategies: Mapping[str, Strategy] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    tasks: Mapping[str, Task] = field(default_factory=dict)
    capabilities: Mapping[str, Capability] = field(default_factory=dict)
    precedents: Mapping[str, Precedent] = field(default_factory=dict)
    aftermath: Aftermath | None = None
    """What came after `as_of`; `detente.case.hindsight` alone looks at it."""
    warnings: tuple[Problem, ...] = ()
    """What `detente check` found worth saying; nothing here stops an analysis."""
    path: Path | None = None

    def fixed(self, fixed: str | Mapping[str, str] | None) -> Levels:
        """What a test fixes: a strategy by name, or options at levels by name."""
        if fixed is None:
            return {}
        if isinstance(fixed, str):
            return self.strategies[fixed].levels
        return {id: self.option(id).levels.index(level) for id, level in fixed.items()}

    def seen_by(self, expert: str) -> Situation:
        """The situation with an expert's own preferences in place of the case's.

        Parameters
        ----------
        expert
            A name of `views`; the empty name is the case itself.

        Raises
        ------
        InputError
            Where there is no such expert.
        """
        if not expert:
            return self
        if expert not in self.views:
            known = f"one of {', '.join(self.views)}" if self.views else "the case has no `views`"
            raise InputError(f"no expert `{expert}`: {known}")
        return replace(self, preferences={**self.preferences, **self.views[expert]})

    def strategy(self, fixed: str | Mapping[str, str]) -> Strategy:
        """What a test plays: a strategy by name, or options at levels by name."""
        if isinstance(fixed, str):
            return self.strategies[fixed]
        return Strategy("", "", self.fixed(fixed))

    @property
    def decision_makers(self) -> tuple[str, ...]:
        """The actors with options, in the order of the options; then those with arcs alone."""
        return tuple(dict.fromkeys([*(option.actor for option in self.options), *self.arcs]))

    def option(self, option_id: str) -> Option:
        """The option called `actor.name`."""
        return next(option for option in self.options if option.id == option_id)
