"""What an ensemble comes to, literally: every combination of what is not known, with its weight.

Each future is a case of its own in which nothing is unknown, judged by the literal oracle of
claims. It shares no code with the rooms it judges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations, product
from math import prod
from typing import Any

from tests.claims.cases import Case, Claim, Statement, replaced
from tests.claims.oracle import Judge, Sides, named, required, role

Interval = tuple[float, float]
CERTAIN: Mapping[bool, Interval] = {True: (1.0, 1.0), False: (0.0, 0.0)}


@dataclass(frozen=True)
class Factor:
    """One thing that is not known, and its levels."""

    kind: str
    name: str
    levels: tuple[Any, ...]
    probability: Interval | None = None
    """Of the second of two levels."""

    def weight(self, level: Any, ends: Mapping[str, float]) -> float:
        if self.probability is None:
            return 1 / len(self.levels)
        happens = ends.get(self.name, sum(self.probability) / 2)
        return happens if level else 1 - happens


def factors(case: Case) -> list[Factor]:
    """Events, doubted statements and orders."""
    found = [Factor("event", name, (False, True), each) for name, each in case.events.items()]
    for actor, preference in case.preferences.items():
        if not isinstance(preference, tuple):
            continue
        for number, item in enumerate(preference, start=1):
            if isinstance(item, tuple):
                letters = "ab"[: len(item)]
                found.append(Factor("order", f"{actor}.{number}", tuple(permutations(letters))))
        found += [
            Factor("held", name, (False, True), each.credence)
            for name, each in named(actor, preference)
            if each.credence is not None
        ]
    return found


Drawn = Mapping[str, Any]
"""Factor -> level."""


def statements(case: Case, drawn: Drawn, without: str = "", with_: str = "") -> dict[str, Any]:
    """Actor -> its statements in a future, most important first, each by its name."""
    lists = {}
    for actor, preference in case.preferences.items():
        if not isinstance(preference, tuple):
            continue
        known = dict(named(actor, preference))
        order: list[str] = []
        for number, item in enumerate(preference, start=1):
            name = f"{actor}.{number}"
            letters = drawn[name] if isinstance(item, tuple) else ("",)
            order += [name + letter for letter in letters]
        lists[actor] = tuple(
            (name, known[name])
            for name in order
            if name != without
            and (name == with_ or drawn.get(name, True))
            and counts(case, drawn, known[name])
        )
    return lists


def counts(case: Case, drawn: Drawn, statement: Statement) -> bool:
    fixed = certain(case, drawn)
    return statement.when is None or statement.when.true(fixed.here(fixed.states()[0]))


def certain(case: Case, drawn: Drawn) -> Case:
    """The case with its events decided."""
    return replaced(case, events={name: CERTAIN[drawn[name]] for name in case.events})


@dataclass(frozen=True)
class Shares:
    share: float | None
    against: float | None
    difference: float | None
    undetermined: int


class Ensemble:
    """All futures of a case."""

    def __init__(self, case: Case) -> None:
        self.case, self.factors = case, factors(case)
        levels = [each.levels for each in self.factors]
        names = [each.name for each in self.factors]
        every = [dict(zip(names, combination, strict=True)) for combination in product(*levels)]
        self.futures = [drawn for drawn in every if self.weight(drawn, {}) > 0]
        self.plain = [self.judge(drawn) for drawn in self.futures]

    def weight(self, drawn: Drawn, ends: Mapping[str, float]) -> float:
        return prod(each.weight(drawn[each.name], ends) for each in self.factors)

    def judge(self, drawn: Drawn, without: str = "", with_: str = "") -> Judge:
        held = statements(self.case, drawn, without, with_)
        return Judge(certain(self.case, drawn), held)

    def shares(
        self,
        claim: Claim,
        sides: list[Sides],
        kept: Callable[[Drawn], bool] = lambda _: True,
        ends: Mapping[str, float] | None = None,
    ) -> Shares:
        """Over the futures that are kept, at these probabilities."""
        has_contrast = claim.kind == "response" and "against" in claim.fixed
        total = holds = against = 0.0
        undetermined = 0
        for drawn, (here, there) in zip(self.futures, sides, strict=True):
            if not kept(drawn):
                continue
            if here is None or (has_contrast and there is None):
                undetermined += 1
                continue
            weight = self.weight(drawn, ends or {})
            total += weight
            holds += weight * here
            against += weight * bool(there)
        if not total:
            return Shares(None, None, None, undetermined)
        share, other = holds / total, against / total
        if not has_contrast:
            return Shares(share, None, None, undetermined)
        return Shares(share, other, share - other, undetermined)

    def asked(self, claim: Claim, judges: list[Judge]) -> list[Sides]:
        return [judge.ask(claim, claim.concept) for judge in judges]

    # ------------------------------------------------------------------------------ ranges

    def corners(self) -> Iterator[dict[str, float]]:
        open_ = [f for f in self.factors if f.probability and f.probability[0] < f.probability[1]]
        for ends in product((0, 1), repeat=len(open_)):
            yield {
                factor.name: factor.probability[end]
                for factor, end in zip(open_, ends, strict=True)
                if factor.probability
            }

    def range(self, claim: Claim, sides: list[Sides]) -> tuple[float | None, float | None]:
        at = [self.shares(claim, sides, ends=ends).share for ends in self.corners()]
        known = [share for share in at if share is not None]
        return (min(known), max(known)) if known else (None, None)

    def differences(self, claim: Claim, sides: list[Sides]) -> list[float]:
        at = [self.shares(claim, sides, ends=ends).difference for ends in self.corners()]
        return [each for each in at if each is not None]

    # ----------------------------------------------------------------------------- verdicts

    def verdict(self, claim: Claim) -> str:
        sides = self.asked(claim, self.plain)
        plain = word(claim, self.shares(claim, sides))
        if plain == "untested":
            return plain
        if any(other != plain for other in self.without_means(claim, sides)):
            return "assumed"
        is_contingent = any(other != plain for other in self.at_levels(claim, sides))
        return "contingent" if is_contingent or self.straddles(claim, sides) else plain

    def without_means(self, claim: Claim, sides: list[Sides]) -> Iterator[str]:
        """The verdicts with a statement of role means never held, or if doubted, always."""
        drawn = {each.name: each for each in self.factors if each.kind == "held"}
        for actor, preference in self.case.preferences.items():
            for name, each in named(actor, preference) if isinstance(preference, tuple) else ():
                if role(self.case, actor, each) != "means":
                    continue
                factor = drawn.get(name)
                middle = 1.0 if factor is None else factor.weight(True, {})
                if 0 < middle < 1:
                    for held in (False, True):
                        at = self.shares(claim, sides, lambda d, n=name, h=held: d[n] == h)  # type: ignore[misc]
                        yield word(claim, at)
                else:
                    change = {"with_": name} if middle == 0 else {"without": name}
                    judges = [self.judge(d, **change) for d in self.futures]
                    yield word(claim, self.shares(claim, self.asked(claim, judges)))

    def at_levels(self, claim: Claim, sides: list[Sides]) -> Iterator[str]:
        """The verdicts where one factor is at one level; of an order, who is first."""
        for factor in self.factors:
            first = {level[0] if factor.kind == "order" else level for level in factor.levels}
            for level in first:

                def kept(drawn: Drawn, factor: Factor = factor, level: Any = level) -> bool:
                    at = drawn[factor.name]
                    return bool((at[0] if factor.kind == "order" else at) == level)

                there = self.shares(claim, sides, kept)
                if there.share is not None:
                    yield word(claim, there)

    def straddles(self, claim: Claim, sides: list[Sides]) -> bool:
        asks = required(claim.modality)
        shares = [each for each in self.range(claim, sides) if each is not None]
        sign = -1 if denies(claim) else 1
        parts = {each * sign > 1e-12 for each in self.differences(claim, sides)}
        return len({asks(round(each, 12)) for each in shares}) > 1 or len(parts) > 1


def denies(claim: Claim) -> bool:
    return claim.modality in ("unlikely", "very_unlikely", "almost_no_chance", "impossible")


def word(claim: Claim, shares: Shares) -> str:
    """Supported or contradicted by the share alone."""
    if shares.share is None:
        return "untested"
    met = required(claim.modality)(round(shares.share, 12))
    if shares.difference is not None:
        sign = -1 if denies(claim) else 1
        met = met and round(shares.difference, 12) * sign > 0
    return "supported" if met else "contradicted"
