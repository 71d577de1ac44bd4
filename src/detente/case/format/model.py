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
    Supported,
    Text,
    Words,
    fault,
)

__all__ = [
    "AnyOrder", "Enactment", "GoalEntry", "IndicatorEntry", "InfeasibleEntry", "NetworkEntry",
    "OptionEntry", "PreferenceEntry", "RankingEntry", "StatementEntry", "UtilityEntry",
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
    says: Text | None = None
    """The statement in words."""


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


class RankingEntry(Supported):
    """An explicit order of the states."""

    ranking: Annotated[tuple[Listed, ...], Field(min_length=1)]
    """State codes, best first; a nested list is a tie. Every feasible state stands in it once."""


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
