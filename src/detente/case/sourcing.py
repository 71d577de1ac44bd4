"""What in a case rests on which source, on one source only, or on an assumption."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from detente.case.format import Record
from detente.case.situation import Statements, Support

if TYPE_CHECKING:
    from detente.case.format import Evidence
    from detente.case.situation import Perception, Preference, Situation

__all__ = ["Conflict", "Item", "SourceUse", "Sourcing", "items", "sourcing"]

AFTERMATH = ("arrangements", "commands", "resolved", "events", "precedents", "forecasts")


@dataclass(frozen=True)
class Item:
    """Something in a case that can rest on evidence."""

    place: str
    """Where it stands: `claims.china_opposes`, `preferences.prc.4`."""
    says: str
    support: Support

    @property
    def sources(self) -> tuple[str, ...]:
        """What it rests on, each once."""
        return tuple(dict.fromkeys(each.source for each in self.support.evidence))


@dataclass(frozen=True)
class SourceUse:
    """A source, what rests on it, and what of it nothing cites."""

    source: str
    cited_by: tuple[str, ...]
    """The places of the items that rest on it."""
    locators: Mapping[str, tuple[str, ...]]
    """Place in the source -> the items that point there; empty for the source as a whole."""
    uncited: tuple[str, ...]
    """Of its paragraphs, where the case lists them, those that nothing points to."""


@dataclass(frozen=True)
class Conflict:
    """A number for which sources give different values."""

    claim: str
    stated: tuple[float, float]
    """What the argument says, as an interval."""
    found: tuple[tuple[tuple[float, float], tuple[str, ...]], ...]
    """Each value found, as an interval, with its sources."""


@dataclass(frozen=True)
class Sourcing:
    """What a case rests on."""

    situation: str
    sources: tuple[SourceUse, ...]
    on_one_source: tuple[Item, ...]
    """Preference statements and claims that a single source carries."""
    assumed: tuple[Item, ...]
    """What says why it is assumed, and cites nothing."""
    unsupported: tuple[Item, ...]
    """What says neither."""
    conflicts: tuple[Conflict, ...]

    def to_dict(self) -> dict[str, Any]:
        """What `detente sources --json` prints."""
        return {
            "format": "detente.sources/1",
            "situation": self.situation,
            "sources": [
                {
                    "id": use.source,
                    "cited_by": list(use.cited_by),
                    "locators": {at: list(places) for at, places in use.locators.items()},
                    "uncited": list(use.uncited),
                }
                for use in self.sources
            ],
            "on_one_source": {item.place: item.sources[0] for item in self.on_one_source},
            "assumed": {item.place: str(item.support.assumption) for item in self.assumed},
            "unsupported": [item.place for item in self.unsupported],
            "conflicts": [
                {
                    "claim": each.claim,
                    "stated": list(each.stated),
                    "found": [
                        {"value": list(value), "sources": list(sources)}
                        for value, sources in each.found
                    ],
                }
                for each in self.conflicts
            ],
        }


def sourcing(situation: Situation) -> Sourcing:
    """What rests on each source, on one source only, on an assumption, and where sources part.

    Examples
    --------
    >>> from detente.case import load
    >>> found = sourcing(load("hipel/elmira"))
    >>> [(use.source, len(use.cited_by)) for use in found.sources]
    [('hipel1993', 9), ('kilgour2001', 3)]
    """
    found = tuple(items(situation))
    return Sourcing(
        situation.id,
        tuple(use_of(source, situation, found) for source in situation.sources),
        tuple(
            item
            for item in found
            if item.place.startswith(("preferences.", "claims."))
            and len(item.sources) == 1
            and item.support.assumption is None
        ),
        tuple(item for item in found if item.support.assumption and not item.sources),
        tuple(item for item in found if not item.support),
        tuple(conflicts(situation)),
    )


def use_of(source: str, situation: Situation, found: Iterable[Item]) -> SourceUse:
    """Who cites a source, and where in it."""
    cited_by: dict[str, None] = {}
    locators: dict[str, dict[str, None]] = {}
    for item in found:
        for evidence in item.support.evidence:
            if evidence.source == source:
                cited_by[item.place] = None
                locators.setdefault(evidence.at or "", {})[item.place] = None
    paragraphs = situation.sources[source].paragraphs
    return SourceUse(
        source,
        tuple(cited_by),
        {at: tuple(places) for at, places in locators.items()},
        tuple(each for each in paragraphs if each not in locators),
    )


def conflicts(situation: Situation) -> Iterator[Conflict]:
    """Numbers of the record for which two sources give values that do not overlap."""
    for claim in situation.claims.values():
        if not isinstance(claim.test, Record) or claim.test.stated is None:
            continue
        found = [
            (bounds(each.value), tuple(evidence.source for evidence in each.evidence))
            for each in claim.test.found
        ]
        if max(low for (low, _), _ in found) > min(high for (_, high), _ in found):
            yield Conflict(claim.id, bounds(claim.test.stated), tuple(found))


def bounds(value: float | tuple[float, float]) -> tuple[float, float]:
    """A number as the interval that holds it alone."""
    return value if isinstance(value, tuple) else (value, value)


# ---------------------------------------------------------------------------------------- items


def items(situation: Situation) -> Iterator[Item]:
    """Everything in a case that can rest on evidence, section by section."""
    yield from named("actors", situation.actors, lambda each: each.name)
    yield from named("layers", situation.layers, lambda each: each.label)
    yield from named("arrangements", situation.arrangements, lambda each: each.name)
    yield from named("commands", situation.commands, lambda each: each.name)
    yield from of_commitments(situation)
    yield from named("events", situation.events, lambda each: each.says)
    yield from named("uncertainties", situation.uncertainties, lambda each: each.says)
    for place, pair in enumerate(situation.correlations, start=1):
        yield Item(f"correlations.{place}", " and ".join(pair.between), support_of(pair))
    for option in situation.options:
        yield Item(f"options.{option.id}", option.label, option.support)
    for place, rule in enumerate(situation.infeasible, start=1):
        yield Item(f"infeasible.{place}", str(rule.when), rule.support)
    for place, rule in enumerate(situation.same, start=1):
        yield Item(f"same_when.{place}", str(rule.when), rule.support)
    yield from of_preferences(situation)
    for actor, perception in situation.perceptions.items():
        yield from of_perception(f"perceptions.{actor}", perception)
    yield from named("signals", situation.signals, lambda each: each.says)
    yield from named("indicators", situation.indicators, lambda each: each.label)
    yield from named("goals", situation.goals, lambda each: each.says)
    yield from named("strategies", situation.strategies, lambda each: each.says)
    yield from of_claims(situation)
    yield from named("tasks", situation.tasks, lambda each: each.label)
    yield from named("capabilities", situation.capabilities, lambda each: each.label)
    yield from named("precedents", situation.precedents, lambda each: each.says)
    if situation.recommendation:
        said = situation.recommendation.says or situation.recommendation.strategy
        yield Item("recommendation", said, situation.recommendation.support)
    yield from of_aftermath(situation)


def named(section: str, entries: Mapping[str, Any], says: Any) -> Iterator[Item]:
    """The items of a section by their names."""
    for name, entry in entries.items():
        yield Item(f"{section}.{name}", says(entry) or name, support_of(entry))


def of_commitments(situation: Situation) -> Iterator[Item]:
    """Commitments, each with its wordings and the steps of its history."""
    for name, commitment in situation.commitments.items():
        place = f"commitments.{name}"
        cited = [commitment, *commitment.wordings, *commitment.history]
        evidence = tuple(each for part in cited for each in part.evidence)
        yield Item(place, commitment.says, Support(evidence, commitment.assumption))


def of_preferences(situation: Situation) -> Iterator[Item]:
    """The statements of every actor, and of every expert for it."""
    for actor, preference in situation.preferences.items():
        yield from stated("preferences", actor, preference)
    for expert, own in situation.views.items():
        for actor, preference in own.items():
            yield from stated(f"views.{expert}", actor, preference)


def of_perception(place: str, perception: Perception) -> Iterator[Item]:
    """How an actor sees the game, statement by statement."""
    yield Item(place, "perception", perception.support)
    for actor, preference in perception.preferences.items():
        yield from stated(f"{place}.preferences", actor, preference)
    for other, within in perception.perceptions.items():
        yield from of_perception(f"{place}.perceptions.{other}", within)


def of_claims(situation: Situation) -> Iterator[Item]:
    """Claims, each with what the record has for the number it states."""
    for name, claim in situation.claims.items():
        found = claim.test.found if isinstance(claim.test, Record) else ()
        evidence = tuple(evidence for each in found for evidence in each.evidence)
        support = Support((*claim.support.evidence, *evidence), claim.support.assumption)
        yield Item(f"claims.{name}", claim.says, support)


def stated(section: str, actor: str, preference: Preference) -> Iterator[Item]:
    if isinstance(preference, Statements):
        for each in preference.statements:
            yield Item(f"{section}.{each.id}", each.says or each.prefer.text, each.support)
    else:
        yield Item(f"{section}.{actor}", type(preference).__name__.lower(), preference.support)


def of_aftermath(situation: Situation) -> Iterator[Item]:
    """What came later."""
    after = situation.aftermath
    if after is None:
        return
    for section in AFTERMATH:
        for name, entry in getattr(after, section).items():
            said = getattr(entry, "says", None) or getattr(entry, "name", None) or name
            yield Item(f"aftermath.{section}.{name}", said, support_of(entry))
    for name, steps in after.commitments.items():
        evidence = tuple(each for step in steps for each in step.evidence)
        assumptions = [step.assumption for step in steps if step.assumption]
        assumption = assumptions[0] if assumptions else None
        yield Item(f"aftermath.commitments.{name}", name, Support(evidence, assumption))


def support_of(entry: Any) -> Support:
    """What an item rests on, be it as written or as read."""
    if isinstance(support := getattr(entry, "support", None), Support):
        return support
    evidence: tuple[Evidence, ...] = entry.evidence
    return Support(evidence, entry.assumption)
