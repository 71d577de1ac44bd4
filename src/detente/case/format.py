"""The case format: what may stand in `situation.yaml`, field by field.

The text under each field becomes the JSON Schema (`detente schema`), the hover help of editors and
the reference page. Everything is frozen and nothing unknown is let in.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    Tag,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

__all__ = ["SituationFile", "Text"]

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
OptionId = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*\.[A-Za-z][A-Za-z0-9_]*$")
]
Formula = Annotated[str, StringConstraints(min_length=1)]
"""An expression over options, uncertainties and indicators."""
Finite = Annotated[float, Field(allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1)]


class Text(str):
    """Words shown to people: English, with a Korean version where one was written."""

    __slots__ = ("ko",)
    ko: str | None

    def __new__(cls, en: str, ko: str | None = None) -> Text:
        text = super().__new__(cls, en)
        text.ko = ko
        return text

    @classmethod
    def read(cls, written: Any) -> Text:
        if isinstance(written, str):
            return cls(" ".join(written.split()))
        if not isinstance(written, Mapping):
            raise PydanticCustomError("text", "expected text, or {{en: …, ko: …}}")
        if strange := sorted(set(written) - {"en", "ko"}):
            raise PydanticCustomError(
                "text", "unknown language `{name}`; en and ko are known", {"name": strange[0]}
            )
        if not isinstance(written.get("en"), str) or not isinstance(written.get("ko", ""), str):
            raise PydanticCustomError("text", "expected text in each language, English at least")
        return cls(" ".join(written["en"].split()), written.get("ko"))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.read, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        languages = {"en": {"type": "string"}, "ko": {"type": "string"}}
        translated = {
            "type": "object",
            "properties": languages,
            "required": ["en"],
            "additionalProperties": False,
        }
        return {"anyOf": [{"type": "string"}, translated]}


class Part(BaseModel):
    """A part of a case."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, use_attribute_docstrings=True, populate_by_name=False
    )


class Evidence(Part):
    """A place in a source."""

    source: Name
    """One of `sources`."""
    at: str | None = None
    """The place in it: a paragraph, page or section."""
    quote: str | None = None
    """A few words that stand there exactly once; checked where the source's text is present."""


class Supported(Part):
    """An item that rests on evidence, or says what is assumed instead."""

    evidence: tuple[Evidence, ...] = ()
    """Where it comes from."""
    assumption: Text | None = None
    """Why it is assumed, where there is no evidence."""


class Source(Part):
    """Something evidence can point to; the fields are those of CSL."""

    type: str
    """The CSL type: article, report, webpage, dataset, treaty …"""
    title: Text
    """Its title."""
    author: str | None = None
    """Author or issuing body."""
    issued: str | None = None
    """When it appeared: 2024, 2024-04 or 2024-04-16."""
    publisher: str | None = None
    """Who published it."""
    container_title: str | None = None
    """The journal, newspaper or series it stands in."""
    volume: str | None = None
    """Volume of the journal."""
    page: str | None = None
    """Pages."""
    url: str | None = None
    """Where it can be read."""
    doi: str | None = None
    """Its DOI."""
    accessed: date | None = None
    """When it was read."""
    text: str | None = None
    """A file beside the case with its text; read for quotes, never shipped."""
    note: Text | None = None
    """Anything a reader should know about it."""


class ActorEntry(Supported):
    """A party to the situation; those with options are the decision makers."""

    name: Text | None = None
    """What people call it; the id where nothing is written."""
    cow: int | None = None
    """Correlates of War country code."""
    iso3: str | None = None
    """ISO 3166 country code, three letters."""
    note: Text | None = None
    """Who is meant, where the name does not say: a composite, a role."""


class Arrangement(Supported):
    """A treaty, minilateral, access agreement or body."""

    name: Text
    """What people call it."""
    layer: str | tuple[str, ...]
    """Its domain or domains: defence_treaty, technology, industry, intelligence …"""
    kind: str
    """treaty, minilateral, access, body, declaration …"""
    parties: Annotated[tuple[Name, ...], Field(min_length=2)]
    """Actors; every party of an arrangement is one."""
    from_: date | None = Field(default=None, alias="from")
    """Since when it holds."""
    to: date | None = None
    """When it ended."""
    note: Text | None = None
    """Anything a reader should know about it."""


Status = Literal[
    "considered", "announced", "planned", "in_execution", "delivered", "lapsed", "cancelled", "superseded"
]  # fmt: skip


class Step(Supported):
    """A change in the status of a commitment."""

    on: date
    """The day."""
    status: Status
    """What it became."""


class Commitment(Supported):
    """Something promised, with what became of it."""

    says: Text
    """What was promised."""
    parties: Annotated[tuple[Name, ...], Field(min_length=1)]
    """Who promised it."""
    layer: str
    """Its domain."""
    wording: str | None = None
    """How strongly the source puts it: a vision, considering, planned, announced …"""
    bindingness: Literal["political", "contractual", "treaty"] | None = None
    """What kind of promise it is."""
    announced: date | None = None
    """When it was announced."""
    due: date | None = None
    """When it is due."""
    predecessor: Name | None = None
    """The commitment it follows from."""
    history: tuple[Step, ...] = ()
    """Changes of status, each with its day."""


def interval(written: Any) -> Any:
    """A number stands for the interval that holds it alone."""
    return [written, written] if isinstance(written, str) else written


Probability = Annotated[tuple[Share, Share], BeforeValidator(interval)]
Range = tuple[Finite, Finite]


class Uncertain(Supported):
    """One unknown factor."""

    says: Text | None = None
    """What is not known."""
    unit: str | None = None
    """Unit of the number."""

    @property
    def nominal(self) -> float | bool | int:
        """Its value in the nominal future."""
        raise NotImplementedError


class Ranged(Uncertain):
    range: Range
    """Lowest and highest value."""

    @model_validator(mode="after")
    def is_ascending(self) -> Ranged:
        if not self.range[0] < self.range[1]:
            raise PydanticCustomError("range", "the range must ascend: lowest, then highest")
        return self

    @property
    def nominal(self) -> float:
        return sum(self.range) / 2


class Event(Uncertain):
    """Something that happens or does not."""

    kind: Literal["event"]
    probability: Probability
    """A probability, or an interval of them: nobody knows it better."""

    @property
    def nominal(self) -> bool:
        return sum(self.probability) / 2 >= 0.5


class Uniform(Ranged):
    """Any value of the range, all alike."""

    kind: Literal["uniform"]


class Moded(Ranged):
    mode: Finite
    """The most likely value."""

    @model_validator(mode="after")
    def holds_mode(self) -> Moded:
        if not self.range[0] <= self.mode <= self.range[1]:
            raise PydanticCustomError("range", "the mode must lie in the range")
        return self


class Triangular(Moded):
    """Rising to the mode and falling from it."""

    kind: Literal["triangular"]

    @property
    def nominal(self) -> float:
        return (sum(self.range) + self.mode) / 3


class Pert(Moded):
    """A beta distribution around the mode, as in project planning."""

    kind: Literal["pert"]

    @property
    def nominal(self) -> float:
        return (sum(self.range) + 4 * self.mode) / 6


class Normal(Ranged):
    """A normal distribution cut off at the range."""

    kind: Literal["normal"]
    mean: Finite
    """Mean before cutting off."""
    sd: Annotated[Finite, Field(gt=0)]
    """Standard deviation before cutting off."""

    @property
    def nominal(self) -> float:
        low, high = ((bound - self.mean) / self.sd for bound in self.range)
        inside = (math.erf(high / math.sqrt(2)) - math.erf(low / math.sqrt(2))) / 2
        if inside < 1e-12:  # the range lies far out in one tail: its nearest bound
            return self.range[0] if low > 0 else self.range[1]
        density = (math.exp(-low * low / 2) - math.exp(-high * high / 2)) / math.sqrt(2 * math.pi)
        return self.mean + self.sd * density / inside


class LogUniform(Ranged):
    """Uniform in the logarithm; for magnitudes."""

    kind: Literal["log_uniform"]

    @model_validator(mode="after")
    def is_positive(self) -> LogUniform:
        if self.range[0] <= 0:
            raise PydanticCustomError("range", "a log-uniform range must be above zero")
        return self

    @property
    def nominal(self) -> float:
        low, high = self.range
        return (high - low) / math.log(high / low)


class Choice(Uncertain):
    """One of several named values."""

    kind: Literal["choice"]
    weights: Annotated[dict[Name, Annotated[Finite, Field(ge=0)]], Field(min_length=2)]
    """Each value with its weight."""

    @property
    def nominal(self) -> int:
        weights = list(self.weights.values())
        return weights.index(max(weights))


Uncertainty = Annotated[
    Event | Uniform | Triangular | Pert | Normal | LogUniform | Choice, Field(discriminator="kind")
]  # fmt: skip


class Enactment(Part):
    """What an actor does to an arrangement by taking an option at a level."""

    join: Name | None = None
    """The arrangement it joins."""
    leave: Name | None = None
    """The arrangement it leaves."""


def levels_with_labels(written: Any) -> Any:
    """A list of levels stands for levels whose labels are their names."""
    if isinstance(written, list) and all(isinstance(level, str) for level in written):
        if twice := [level for level in written if written.count(level) > 1]:
            raise PydanticCustomError("levels", "level `{name}` appears twice", {"name": twice[0]})
        return {level: level.replace("_", " ") for level in written}
    return written


class OptionEntry(Supported):
    """A course of action."""

    label: Text | None = None
    """What it means in words; the name where nothing is written."""
    levels: Annotated[
        dict[Name, Text], Field(min_length=1, max_length=36), BeforeValidator(levels_with_labels)
    ] = {"no": Text("no"), "yes": Text("yes")}  # fmt: skip
    """Its levels in order, the first one meaning "not done"; a list, or a mapping to their meaning. Default: no, yes."""
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
    """end: a state of the world; means: a taste for using an own instrument; cost: of an own instrument.
    Where nothing is written: end if it names none of the actor's own options, cost if it names no others
    and holds while they stay at their first level, else means."""
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

    ranking: Annotated[tuple[str | tuple[str, ...], ...], Field(min_length=1)]
    """State codes, best first; a nested list is a tie. Every feasible state stands in it once."""


class UtilityEntry(Supported):
    """A utility over options and indicators; its order decides stability."""

    utility: Formula
    """An expression; larger is better."""


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
        custom_error_type="preference",
        custom_error_message="expected a list of statements, or a mapping with `ranking` or `utility`",
    ),
]


class IndicatorEntry(Supported):
    """A named quantity or truth value over the states."""

    formula: Formula
    """An expression."""
    unit: str | None = None
    """Unit of the quantity."""
    label: Text | None = None
    """What it means in words."""


class GoalEntry(Supported):
    """What the focal actor counts as good enough."""

    id: Name
    """Its name."""
    says: Text | None = None
    """The goal in words."""
    test: Formula
    """An expression that is true where the goal is met."""


def levels_apart(written: Any) -> Any:
    """Put the keys that are options (`actor.name`) under `levels`, the field that takes them."""
    if not isinstance(written, Mapping):
        return written
    options = {key: value for key, value in written.items() if "." in key}
    return {**{key: value for key, value in written.items() if "." not in key}, "levels": options}


class StrategyEntry(Supported):
    """A focal strategy: some options at levels; the rest follows the actor's preferences."""

    model_config = ConfigDict(
        json_schema_extra={
            "patternProperties": {r"^[A-Za-z]\w*\.[A-Za-z]\w*$": {"type": "string"}},
        }
    )

    says: Text | None = None
    """The strategy in words."""
    levels: dict[OptionId, str] = {}
    """Written beside `says`: `rok.path: project`."""

    _apart = model_validator(mode="before")(levels_apart)


def fixed_kind(written: Any) -> str:
    return "strategy" if isinstance(written, str) else "levels"


Fixed = Annotated[
    Annotated[Name, Tag("strategy")] | Annotated[dict[OptionId, str], Tag("levels")],
    Discriminator(fixed_kind),
]
"""A named strategy, or options at levels."""

ConceptName = Literal["nash", "gmr", "smr", "seq"]


class Response(Part):
    """Settle the situation under a commitment and ask about the attainable equilibria."""

    kind: Literal["response"] = "response"
    commit: Fixed
    """Options fixed at levels, or the name of a strategy; nobody can move them. Fix only what the claim names."""
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
    state: str
    """A state's code, or an expression: the states where it is true that differ from the status quo in fewest options."""
    for_: Name | None = Field(default=None, alias="for")
    """The actor; not needed for `equilibrium`."""
    is_: Literal["stable", "unstable", "equilibrium"] = Field(alias="is")
    """What is claimed."""
    in_: Literal["every", "some"] = Field(default="every", alias="in")
    """Whether every such state is meant or some, where several are as near."""
    concept: ConceptName = "nash"
    """The stability concept."""
    because: Name | None = None
    """Only through this actor's sanctions: with its options frozen the state is no longer stable."""

    @model_validator(mode="after")
    def names_actor(self) -> StabilityTest:
        if self.for_ is None and self.is_ != "equilibrium":
            raise PydanticCustomError("for", "`for` is missing: stable for whom?")
        return self


class Compare(Part):
    """Compare two strategies within the same future."""

    kind: Literal["compare"]
    under: Fixed
    """A strategy, or options at levels."""
    against: Fixed
    """The strategy it is compared with."""
    of: str
    """A goal, or `best(actor)` or `worst(actor)`: the best or worst attainable outcome in the actor's own order."""
    is_: Literal["better", "worse", "equal"] = Field(alias="is")
    """What is claimed."""
    concept: ConceptName = "nash"
    """The headline concept; the others stand beside it."""


class Position(Part):
    """A measure of an actor's place in the alliance network, at one date against another."""

    kind: Literal["position"]
    actor: Name
    """Whose position."""
    measure: str
    """hyperdegree, strength, katz, betweenness …"""
    layer: str = "all"
    """The layer; `all` counts an arrangement once."""
    at: date | None = None
    """The date."""
    against: date | None = None
    """The date it is compared with."""
    with_: Name | None = Field(default=None, alias="with")
    """An arrangement to add."""
    without: Name | None = None
    """An arrangement to leave out."""
    is_: Literal["higher", "lower", "equal"] = Field(alias="is")
    """What is claimed."""


class Execution(Part):
    """A commitment reaches a status by a date."""

    kind: Literal["execution"]
    commitment: Name
    """One of `commitments`."""
    status: Status
    """The status it must have reached."""
    by: date
    """The day on which it is looked up."""


class Trend(Part):
    """A sign or threshold of a dynamic model over ranges: model-only."""

    kind: Literal["trend"]
    of: str
    """The quantity."""
    under: Name | None = None
    """The strategy."""
    against: Name | None = None
    """The strategy it is compared with."""
    over: str | None = None
    """The years: 2024..2034."""
    is_: Literal["higher", "lower", "equal"] = Field(alias="is")
    """What is claimed."""


class PrecedentTest(Part):
    """Hits over trials among past cases of a kind."""

    kind: Literal["precedent"]
    of: Name
    """The kind of precedent."""
    outcome: str
    """The outcome that counts as a hit."""


class Record(Part):
    """A statement of fact against the cited evidence."""

    kind: Literal["record"]
    about: Text
    """The fact."""


def test_kind(written: Any) -> Any:
    return written.get("kind", "response") if isinstance(written, Mapping) else None


Test = Annotated[
    Annotated[Response, Tag("response")]
    | Annotated[StabilityTest, Tag("stability")]
    | Annotated[Compare, Tag("compare")]
    | Annotated[Position, Tag("position")]
    | Annotated[Execution, Tag("execution")]
    | Annotated[Trend, Tag("trend")]
    | Annotated[PrecedentTest, Tag("precedent")]
    | Annotated[Record, Tag("record")],
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
    rests_on: tuple[Name, ...] = ()
    """The claims this one leans on; a failed premise marks its conclusion."""
    tags: tuple[str, ...] = ()
    """Anything to find it by."""
    test: Test | None = None
    """How it is tested."""
    untested: Text | None = None
    """Why it is not tested: in place of `test`."""
    note: Text | None = None
    """What a reader should know: where facts show a premise to be off."""

    @model_validator(mode="after")
    def has_test_or_reason(self) -> ClaimEntry:
        if (self.test is None) == (self.untested is None):
            raise PydanticCustomError("claim", "expected either `test` or `untested: why`")
        return self


class RecommendationEntry(Supported):
    """What the argument recommends."""

    strategy: Name
    """One of `strategies`."""
    says: Text | None = None
    """The recommendation in words."""
    rests_on: tuple[Name, ...] = ()
    """The claims it leans on."""


class Capability(Supported):
    """A field, task or system: who has, seeks or shares it, through which arrangement."""

    label: Text
    """What it is."""
    arrangements: tuple[Name, ...] = ()
    """Through which it is shared."""
    actors: tuple[Name, ...] = ()
    """Who has or seeks it."""
    tasks: tuple[str, ...] = ()
    """What it serves."""


class Precedent(Supported):
    """A past case of the same kind, for base rates."""

    kind: Name
    """The kind: coercion_of_ally …"""
    actor: Name | None = None
    """Who acted."""
    target: Name | None = None
    """Upon whom."""
    on: date
    """When."""
    outcome: str
    """What came of it."""
    size: str | None = None
    """How much."""


Version = Literal["1"]


class SituationFile(Part):
    """A strategic situation and the argument about it."""

    detente: Version
    """Version of the case format: 1."""
    id: Name
    """The case's name."""
    title: Text
    """The question it is about."""
    as_of: date | None = None
    """Nothing dated later enters the analysis."""
    horizon: str | None = None
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
    arrangements: dict[Name, Arrangement] = {}
    """What they have agreed."""
    commitments: dict[Name, Commitment] = {}
    """What was promised, and what became of it."""
    uncertainties: dict[Name, Uncertainty] = {}
    """What nobody knows."""
    options: Annotated[dict[Name, dict[Name, OptionEntry]], Field(min_length=1)]
    """What each actor may do."""
    option_order: tuple[OptionId, ...] = ()
    """Every option once, where a state's code does not follow the order of `options`."""
    infeasible: tuple[InfeasibleEntry, ...] = ()
    """States that cannot be."""
    status_quo: dict[OptionId, str] = {}
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
    capabilities: dict[Name, Capability] = {}
    """Fields, tasks and systems."""
    precedents: dict[Name, Precedent] = {}
    """Past cases of the same kind."""
