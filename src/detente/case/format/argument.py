"""What the argument says: strategies, claims with their tests, the recommendation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    model_validator,
)

from detente.case.concepts import CORE, NAMES, known
from detente.case.format.parts import (
    CHANGE,
    OPTION,
    Day,
    Finite,
    Formula,
    Measure,
    Name,
    Names,
    OptionId,
    Part,
    Range,
    Share,
    Supported,
    Text,
    Words,
    ascending,
    distinct,
    fault,
    listed,
)
from detente.case.format.record import Status

__all__ = [
    "ClaimEntry", "Compare", "Execution", "Found", "Modality", "Position", "PrecedentTest",
    "RecommendationEntry", "Record", "Response", "SignalTest", "StabilityTest", "StrategyEntry",
    "Test", "ThenEntry", "Trend",
]  # fmt: skip


def known_concept(name: str) -> str:
    """A concept's name; refuse what is none."""
    if not known(name):
        raise fault(f"no concept `{name}`: nash, gmr, smr, seq, sseq, sim, fh_seq, seq_a, …")
    return name


ConceptName = Annotated[
    str, AfterValidator(known_concept), Field(json_schema_extra={"enum": list(NAMES)})
]
LEVELS = "."
"""The field for a strategy's options, which are written beside its other fields."""


def options_as_properties(schema: dict[str, Any]) -> None:
    levels = schema["properties"].pop(LEVELS)
    schema["patternProperties"] = {OPTION: {"type": "string", "description": levels["description"]}}


class ThenEntry(Part):
    """A second step, taken from where the first one has led."""

    if_: Formula = Field(alias="if")
    """An expression over what has come of the first step; the first that is true is taken."""
    commit: Annotated[dict[OptionId, Words], Field(min_length=1)]
    """The options it fixes, at which levels; those of the first step stay where they are."""


class StrategyEntry(Supported):
    """A focal strategy: options at levels, `rok.path: project`; the rest follows preferences."""

    model_config = ConfigDict(json_schema_extra=options_as_properties)

    says: Text | None = None
    """The strategy in words."""
    levels: dict[OptionId, Words] = Field(default={}, alias=LEVELS)
    """The level at which it fixes this option."""
    commit: dict[OptionId, Words] = {}
    """The first step of several: options at levels, in place of those beside it."""
    then: tuple[ThenEntry, ...] = ()
    """What is done next, depending on what has come of the first step."""

    @model_validator(mode="before")
    @classmethod
    def set_levels_apart(cls, written: Any) -> Any:
        """Tell the keys that are options, which have a dot, from the fields."""
        if not isinstance(written, Mapping):
            return written
        fields = {key: value for key, value in written.items() if "." not in key}
        options = {key: value for key, value in written.items() if "." in key}
        return {**fields, LEVELS: options}

    @model_validator(mode="after")
    def has_one_first_step(self) -> StrategyEntry:
        """Refuse options at levels in two places, and a second step without a first one."""
        if self.levels and self.commit:
            raise fault("options stand either under `commit` or beside it, not both")
        if self.then and not self.commit:
            raise fault("`then` needs `commit`: a second step without a first one")
        return self


def fixed_kind(written: Any) -> str:
    return "strategy" if isinstance(written, str) else "levels"


Fixed = Annotated[
    Annotated[Name, Tag("strategy")] | Annotated[dict[OptionId, Words], Tag("levels")],
    Discriminator(fixed_kind),
]
"""A named strategy, or options at levels."""


class Response(Part):
    """Settle the situation under a commitment and ask about the attainable equilibria."""

    kind: Literal["response"] = "response"
    """The kind that is meant where none is written."""
    commit: Fixed
    """Options at levels, or a strategy; nobody can move them. Fix only what the claim names."""
    against: Fixed | None = None
    """The contrast, settled in the same future; a claim of cause needs one."""
    expect: Formula
    """What is expected of the attainable equilibria."""
    in_: Literal["every", "some"] = Field(default="every", alias="in")
    """Whether it must hold in every attainable equilibrium or in some."""
    concept: ConceptName = "nash"
    """The headline concept; the others stand beside it."""


class StabilityTest(Part):
    """Ask whether a state holds for an actor, or for all."""

    kind: Literal["stability"]
    """Tells a test of stability from the other kinds."""
    state: Words
    """A code, or an expression: the states where it holds that differ least from the status quo."""
    for_: Annotated[Names, BeforeValidator(listed, json_schema_input_type=Name | Names)] = Field(
        default=(), alias="for"
    )
    """The actor, or several that would act together; not needed for `equilibrium`."""
    is_: Literal["stable", "unstable", "equilibrium"] = Field(alias="is")
    """What is claimed."""
    in_: Literal["every", "some"] = Field(default="every", alias="in")
    """Whether every such state is meant or some, where several are as near."""
    concept: ConceptName = "nash"
    """The stability concept."""
    because: Name | None = None
    """Only through this actor's sanctions: with its options frozen it is no longer stable."""
    seen_by: Name | None = None
    """Judged in the game as this actor sees it; one of `perceptions`."""

    @model_validator(mode="after")
    def names_whom(self) -> StabilityTest:
        """Refuse stability for nobody, and a reason that cannot be one."""
        if not self.for_ and self.is_ != "equilibrium":
            raise fault("`for` is missing: stable for whom?")
        if self.because in self.for_:
            raise fault("`because` names the actor itself: nobody sanctions its own moves")
        if len(self.for_) > 1 and self.concept not in CORE:
            raise fault(f"coalitions are judged under {', '.join(CORE)} alone")
        return self


class Compare(Part):
    """Compare two strategies within the same future."""

    kind: Literal["compare"]
    """Tells a comparison from the other kinds."""
    under: Fixed
    """A strategy, or options at levels."""
    against: Fixed
    """The strategy it is compared with."""
    of: Words
    """A goal, or `best(actor)`, `worst(actor)`: the best or worst attainable outcome to it."""
    is_: Literal["better", "worse", "equal"] = Field(alias="is")
    """What is claimed."""
    concept: ConceptName = "nash"
    """The headline concept; the others stand beside it."""


ChangeId = Annotated[str, StringConstraints(pattern=CHANGE)]
Changes = Annotated[
    tuple[ChangeId, ...],
    BeforeValidator(listed, json_schema_input_type=ChangeId | tuple[ChangeId, ...]),
]
"""Arrangements, or parties of them: `aukus`, `aukus:jpn`."""


class Position(Part):
    """A measure of an actor's place in the alliance network, at one date against another."""

    kind: Literal["position"]
    """Tells a test of position from the other kinds."""
    actor: Name
    """Whose position."""
    measure: Measure
    """The measure."""
    layer: Words = "all"
    """The layer; `all` counts an arrangement once."""
    at: Day | None = None
    """The date; that of the case where nothing is written."""
    against: Day | None = None
    """The date it is compared with; the same one where nothing is written."""
    with_: Changes = Field(default=(), alias="with")
    """Arrangements that count from now on; `aukus:jpn` has a party join one."""
    without: Changes = ()
    """Arrangements left out; `anzus:nzl` has a party leave one."""
    than: Annotated[Names, AfterValidator(distinct)] = ()
    """Actors it is compared with at the same date, with each of them."""
    is_: Literal["higher", "lower", "equal"] = Field(alias="is")
    """What is claimed."""

    @model_validator(mode="after")
    def compares_one_thing(self) -> Position:
        """Refuse a test that compares nothing, and one that compares with two things."""
        changed = bool(self.against or self.with_ or self.without)
        if changed == bool(self.than):
            raise fault("compare either with `than: [actor]` or by `against`, `with`, `without`")
        if self.actor in self.than:
            raise fault(f"`{self.actor}` is compared with itself")
        return self


class Execution(Part):
    """Commitments reach a status by a date."""

    kind: Literal["execution"]
    """Tells a test of execution from the other kinds."""
    commitment: Name | None = None
    """One of `commitments`."""
    commitments: Annotated[Names, AfterValidator(distinct)] = ()
    """Several of them, by name; where neither is written all of `layer` and `party` are meant."""
    layer: Words | None = None
    """Only those of this layer."""
    party: Name | None = None
    """Only those that bind this actor."""
    status: Annotated[
        tuple[Status, ...],
        BeforeValidator(listed, json_schema_input_type=Status | tuple[Status, ...]),
    ]
    """What they must have reached: a status or a later one; or one of several ends."""
    by: Day
    """The day on which it is looked up."""
    at_least: Share | None = None
    """The share of them that must; all of them where neither bound is written."""
    at_most: Share | None = None
    """The share of them that may."""

    @model_validator(mode="after")
    def names_them_once(self) -> Execution:
        """Refuse no status, and one commitment by name with several beside it."""
        if not self.status:
            raise fault("`status` names none")
        if self.commitment and (self.commitments or self.layer or self.party):
            raise fault("write either `commitment` or what selects several, not both")
        least, most = self.at_least, self.at_most
        if least is not None and most is not None and least > most:
            raise fault("`at_most` is less than `at_least`")
        return self


class Trend(Part):
    """A sign or threshold of a dynamic model over ranges: model-only."""

    kind: Literal["trend"]
    """Tells a trend from the other kinds."""
    of: Words
    """The quantity."""
    under: Name | None = None
    """The strategy."""
    against: Name | None = None
    """The strategy it is compared with."""
    over: Words | None = None
    """The years: 2024..2034."""
    is_: Literal["higher", "lower", "equal"] = Field(alias="is")
    """What is claimed."""


class PrecedentTest(Part):
    """Hits over trials among past cases of a kind."""

    kind: Literal["precedent"]
    """Tells a base rate from the other kinds."""
    of: Name
    """The kind of precedent."""
    outcome: Words
    """The outcome that counts as a hit."""


def number_kind(written: Any) -> str:
    return "number" if isinstance(written, str | float | int) else "interval"


Number = Annotated[
    Annotated[Annotated[Range, AfterValidator(ascending)], Tag("interval")]
    | Annotated[Finite, Tag("number")],
    Discriminator(number_kind),
]
"""A number, or an interval."""


class Found(Supported):
    """What one source gives for a number that the argument states."""

    value: Number
    """The number, or the interval in which it lies."""


class Record(Part):
    """A statement of fact against the cited evidence."""

    kind: Literal["record"]
    """Tells a matter of record from the other kinds."""
    about: Text
    """The fact."""
    stated: Number | None = None
    """The number that the argument states, or an interval."""
    found: tuple[Found, ...] = ()
    """What the record has for it, by source."""
    is_: Literal["so", "not_so", "partly"] | None = Field(default=None, alias="is")
    """Where it is no number: what the record says, in the eyes of who wrote the case."""

    @model_validator(mode="after")
    def is_looked_up_one_way(self) -> Record:
        """Refuse a number found for none stated, and a number beside a word."""
        if (self.stated is None) != (not self.found):
            raise fault("`stated` and `found` go together")
        if self.found and self.is_:
            raise fault("write either `stated` with `found`, or `is`, not both")
        return self


class SignalTest(Part):
    """Ask whether a signal tells types of senders apart."""

    kind: Literal["signal"]
    """Tells a signal from the other kinds."""
    signal: Name
    """One of `signals`."""
    is_: Literal["separating", "pooling"] = Field(alias="is")
    """What is claimed: only the trustworthy send it; or both do, or neither."""


def test_kind(written: Any) -> str | None:
    kind = written.get("kind", "response") if isinstance(written, Mapping) else "response"
    return kind if isinstance(kind, str) else None


Test = Annotated[
    Annotated[Response, Tag("response")]
    | Annotated[StabilityTest, Tag("stability")]
    | Annotated[Compare, Tag("compare")]
    | Annotated[Position, Tag("position")]
    | Annotated[Execution, Tag("execution")]
    | Annotated[Trend, Tag("trend")]
    | Annotated[PrecedentTest, Tag("precedent")]
    | Annotated[Record, Tag("record")]
    | Annotated[SignalTest, Tag("signal")],
    Discriminator(test_kind),
]

Modality = Literal[
    "possible", "likely", "very_likely", "almost_certain", "certain",
    "unlikely", "very_unlikely", "almost_no_chance", "impossible",
]  # fmt: skip


class ClaimEntry(Supported):
    """A sentence of the argument, with its test or the reason why it has none."""

    says: Text
    """The sentence in words; never the source's own."""
    modality: Modality = "certain"
    """The author's word; a flat assertion is `certain`."""
    rests_on: Names = ()
    """The claims this one leans on; a failed premise marks its conclusion."""
    tags: tuple[Words, ...] = ()
    """Anything to find it by."""
    test: Test | None = None
    """How it is tested."""
    untested: Text | None = None
    """Why it is not tested: in place of `test`."""
    note: Text | None = None
    """What a reader should know: where facts show a premise to be off."""

    @model_validator(mode="after")
    def has_test_or_reason(self) -> ClaimEntry:
        """Refuse a claim with neither, and one with both."""
        if (self.test is None) == (self.untested is None):
            raise fault("expected either `test: …` or `untested: why`")
        return self


class RecommendationEntry(Supported):
    """What the argument recommends."""

    strategy: Name
    """One of `strategies`."""
    says: Text | None = None
    """The recommendation in words."""
    rests_on: Names = ()
    """The claims it leans on."""
