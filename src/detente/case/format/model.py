"""What may be done and what is wanted: options, infeasible states, preferences, goals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from detente.case.format.parts import (
    Formula,
    Listed,
    Measure,
    Name,
    Part,
    Probability,
    Share,
    Supported,
    Text,
    Words,
    fault,
    number,
    whole,
)

__all__ = [
    "MARKER", "AnyOrder", "Enactment", "FuzzyPair", "GoalEntry", "IndicatorEntry",
    "InfeasibleEntry", "NamedState", "NetworkEntry", "OptionEntry", "PreferenceEntry",
    "RankingEntry", "StatementEntry", "UtilityEntry",
]  # fmt: skip


class Enactment(Part):
    """What an actor does to an arrangement by taking an option at a level."""

    join: Name | None = None
    """The arrangement it joins."""
    leave: Name | None = None
    """The arrangement it leaves."""


def levels_with_labels(written: Any) -> Any:
    """A list of levels stands for levels whose labels are their names."""
    if not isinstance(written, list) or not all(isinstance(level, str) for level in written):
        return written
    for level, times in Counter(written).items():
        if times > 1:
            raise fault(f"level `{level}` stands twice")
    return {level: level.replace("_", " ") for level in written}


class OptionEntry(Supported):
    """A course of action."""

    label: Text | None = None
    """What it means in words; the name where nothing is written."""
    levels: Annotated[
        dict[Name, Text],
        Field(min_length=1, max_length=36),
        BeforeValidator(levels_with_labels, json_schema_input_type=list[Name] | dict[Name, Text]),
    ] = {"no": Text("no"), "yes": Text("yes")}
    """Its levels in order, the first one meaning "not done"; a list, or each with its meaning."""
    moves: Literal["both", "up", "down"] = "both"
    """Whether it can be taken back within the horizon: `up` only rises, `down` only falls."""
    enacts: dict[Name, Enactment] = {}
    """Which arrangement its actor joins or leaves at which level."""


class InfeasibleEntry(Supported):
    """States that cannot be."""

    when: Formula
    """An expression; where it is true the state is ruled out."""
    because: Text | None = None
    """Why."""


class NamedState(Part):
    """What states are called."""

    when: Formula
    """An expression; the first name whose expression is true counts."""
    name: Text
    """The name."""


YesNo = Literal["yes", "no"] | bool


def degree(written: Any) -> Any:
    """`yes` is degree 2, `no` degree 1."""
    spelt = {"yes": "2", "true": "2", "no": "1", "false": "1"}
    return spelt.get(written, written) if isinstance(written, str) else written


def truth(written: Any) -> bool:
    if written not in ("yes", "true", "no", "false"):
        raise fault("expected `yes` or `no`")
    return written in ("yes", "true")


Degree = Annotated[
    int,
    Field(ge=1, le=9),
    BeforeValidator(whole),
    BeforeValidator(degree, json_schema_input_type=YesNo | int),
]


class StatementEntry(Supported):
    """A preference statement: the actor prefers the states where it is true."""

    prefer: Formula
    """An expression over options, uncertainties and indicators."""
    role: Literal["end", "means", "cost"] | None = None
    """end: a state of the world; means: a taste for using an own instrument; cost: of one. Where
    nothing is written: end if it names none of the actor's own options, cost if it depends on no
    others and holds while they stay at their first level, else means."""
    when: Formula | None = None
    """An expression over uncertainties; the statement counts only in futures where it is true."""
    credence: Probability | None = None
    """How far it is believed that the statement is held: a number or an interval in [0, 1]."""
    unknown: Annotated[bool, BeforeValidator(truth, json_schema_input_type=YesNo)] = False
    """`yes`: nobody knows whether the actor wants this or its opposite. Two states that differ here
    first cannot be compared; concepts named with `_a` to `_d` take that into account."""
    much_more: Degree = 1
    """`yes`: states that differ here first differ greatly, which is degree 2; or a higher degree.
    Such statements stand before all that matter less; concepts named `_strong` and `_weak` count
    them."""
    says: Text | None = None
    """The statement in words."""

    @model_validator(mode="after")
    def is_sure_of_what_it_says(self) -> StatementEntry:
        """Refuse what is not known and yet believed, or not known and yet weighed."""
        if self.unknown and self.credence is not None:
            raise fault("write either `unknown` or `credence`, not both")
        if self.unknown and self.much_more > 1:
            raise fault("write either `unknown` or `much_more`, not both")
        return self


class AnyOrder(Part):
    """Statements whose order among each other nobody knows."""

    any_order: Annotated[tuple[StatementEntry, ...], Field(min_length=2)]
    """The statements, in the order the nominal future keeps."""


def statement_kind(written: Any) -> str:
    return "any_order" if isinstance(written, Mapping) and "any_order" in written else "statement"


StatementItem = Annotated[
    Annotated[AnyOrder, Tag("any_order")] | Annotated[StatementEntry, Tag("statement")],
    Discriminator(statement_kind),
]


class FuzzyPair(Part):
    """How far one state is preferred to another."""

    better: Words
    """The code of a state."""
    than: Words
    """The code of the other."""
    degree: Share
    """From 0 to 1; the other way round it is 1 less this."""


MARKER = ("much_more",)
"""Stands between classes of a ranking."""


class RankingEntry(Supported):
    """An explicit order of the states."""

    ranking: Annotated[tuple[Listed, ...], Field(min_length=1)]
    """State codes, best first; a nested list is a tie. Every feasible state stands in it once.
    `much_more` between two of them: all before it are much better than all after it; twice in a
    row is one degree more."""
    unknown: tuple[Annotated[tuple[Words, ...], Field(min_length=2)], ...] = ()
    """Groups of states of which nobody knows how the actor compares them with each other."""
    fuzzy: tuple[FuzzyPair, ...] = ()
    """How far a state is preferred to another; of other pairs the ranking decides."""
    threshold: Annotated[float, Field(gt=0, le=1), BeforeValidator(number)] | None = None
    """How much more certain than its opposite a preference must be for the actor to act on it."""

    @model_validator(mode="after")
    def is_of_one_kind(self) -> RankingEntry:
        """Refuse a marker between no classes, and degrees mixed with what is not known."""
        if MARKER in (self.ranking[0], self.ranking[-1]):
            raise fault("`much_more` stands between two classes")
        if bool(self.fuzzy) != (self.threshold is not None):
            raise fault("`fuzzy` and `threshold` go together")
        if sum(map(bool, (self.unknown, self.fuzzy, MARKER in self.ranking))) > 1:
            raise fault("`unknown`, `fuzzy` and `much_more` do not go together")
        return self


class UtilityEntry(Supported):
    """A utility over options and indicators; its order decides stability."""

    utility: Formula
    """An expression; larger is better."""
    unit: Words | None = None
    """What it is counted in; averages, regret and the worth of knowing mean something only then."""


def preference_kind(written: Any) -> str | None:
    if isinstance(written, list):
        return "statements"
    if isinstance(written, Mapping):
        return "ranking" if "ranking" in written else "utility"
    return None


PreferenceEntry = Annotated[
    Annotated[tuple[StatementItem, ...], Tag("statements")]
    | Annotated[RankingEntry, Tag("ranking")]
    | Annotated[UtilityEntry, Tag("utility")],
    Discriminator(
        preference_kind,
        custom_error_type="expected",
        custom_error_message="expected {what}",
        custom_error_context={"what": "a list of statements, or `ranking:` or `utility:`"},
    ),
]


class NetworkEntry(Part):
    """A measure of an actor's place in the network, as what options enact changes it."""

    measure: Measure
    """The measure."""
    actor: Name
    """Whose place."""
    layer: Words = "all"
    """The layer; `all` counts an arrangement once."""


class IndicatorEntry(Supported):
    """A named quantity or truth value over the states."""

    formula: Formula | None = None
    """An expression; in place of `network`."""
    network: NetworkEntry | None = None
    """What it measures in the network as of the case's day; in place of `formula`."""
    unit: Words | None = None
    """Unit of the quantity."""
    label: Text | None = None
    """What it means in words."""

    @model_validator(mode="after")
    def is_of_one_kind(self) -> IndicatorEntry:
        """Refuse an indicator that is both a formula and a measure, or neither."""
        if (self.formula is None) == (self.network is None):
            raise fault("expected either `formula: …` or `network: {measure: …, actor: …}`")
        return self


class GoalEntry(Supported):
    """What the focal actor counts as good enough."""

    id: Name
    """Its name."""
    says: Text | None = None
    """The goal in words."""
    test: Formula
    """An expression that is true where the goal is met."""
