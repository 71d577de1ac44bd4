"""The argument as a graph: which claims lean on which, and what gives way under them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from detente.claims.argument import premises
from detente.claims.verdict import WORDS, meets

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.claims.report import ClaimResult, Report, Verdict

__all__ = ["GIVES_WAY", "Argument", "Node", "Weakening", "argument"]

GIVES_WAY = ("contradicted", "assumed", "contingent")
"""Verdicts of a premise on which nothing should be built as if it held."""
BY_STRENGTH = (
    "certain", "almost_certain", "very_likely", "likely", "possible",
    "impossible", "almost_no_chance", "very_unlikely", "unlikely",
)  # fmt: skip
"""Words that affirm and words that deny, each from the strongest to the weakest."""


@dataclass(frozen=True)
class Node:
    """A claim in the argument."""

    claim: str
    verdict: Verdict
    level: int
    """0 of a claim that rests on nothing; else one above the highest it rests on."""
    rests_on: tuple[str, ...]
    """What it names as its premises."""
    carries: tuple[str, ...]
    """The claims that name it as theirs."""
    failing: tuple[str, ...]
    """What gives way below it, directly or through others."""
    untested: tuple[str, ...]
    """What is untested below it."""
    under_recommendation: bool
    """Whether the recommendation rests on it, directly or through others."""


@dataclass(frozen=True)
class Weakening:
    """A sentence that says more than the model bears out."""

    claim: str
    says: str
    """The author's word."""
    bears: str | None
    """The strongest weaker word that would be borne out; None where none would."""
    why: str
    """`share`, `no_difference`, `assumed`, `contingent`, or `premise` where only what it rests on
    gives way."""


@dataclass(frozen=True)
class Argument:
    """Claims that lean on others, and sentences to weaken."""

    nodes: Mapping[str, Node]
    """By claim, in the order of the case; every claim that rests on another or carries one, and
    what the recommendation rests on."""
    direct: tuple[str, ...]
    """What the recommendation names as its premises."""
    weaken: tuple[Weakening, ...]

    def to_dict(self) -> dict[str, Any]:
        """What `detente argument --json` prints."""
        return {
            "format": "detente.argument/1",
            "recommendation": list(self.direct),
            "claims": [
                {
                    "id": node.claim,
                    "verdict": node.verdict,
                    "level": node.level,
                    "rests_on": list(node.rests_on),
                    "carries": list(node.carries),
                    "failing": list(node.failing),
                    "untested": list(node.untested),
                    "under_recommendation": node.under_recommendation,
                }
                for node in self.nodes.values()
            ],
            "weaken": [
                {"claim": each.claim, "says": each.says, "bears": each.bears, "why": each.why}
                for each in self.weaken
            ],
        }


def argument(report: Report) -> Argument:
    """The argument as a graph, with the verdicts of a report.

    Parameters
    ----------
    report
        Of one future or of many.

    Examples
    --------
    >>> import detente
    >>> found = argument(detente.run("hipel/elmira"))
    >>> found.nodes, found.weaken
    ({}, ())
    """
    results = {result.claim.id: result for result in report.claims}
    recommended = report.situation.recommendation
    direct = recommended.rests_on if recommended else ()
    below = {
        claim: premises(report.situation, result.claim.rests_on)
        for claim, result in results.items()
    }
    under = {*premises(report.situation, direct)}
    carries: dict[str, list[str]] = {claim: [] for claim in results}
    for claim, result in results.items():
        for premise in result.claim.rests_on:
            carries[premise].append(claim)
    nodes = {
        claim: Node(
            claim,
            result.verdict,
            level(claim, results),
            result.claim.rests_on,
            tuple(carries[claim]),
            tuple(each for each in below[claim] if results[each].verdict in GIVES_WAY),
            tuple(each for each in below[claim] if results[each].verdict == "untested"),
            claim in under,
        )
        for claim, result in results.items()
        if result.claim.rests_on or carries[claim] or claim in under
    }
    found = (weakening(result, below[claim], results) for claim, result in results.items())
    return Argument(nodes, direct, tuple(each for each in found if each))


def level(claim: str, results: Mapping[str, ClaimResult]) -> int:
    """How many steps lead down from a claim at most; no claim rests on itself."""
    return max((1 + level(each, results) for each in results[claim].claim.rests_on), default=0)


def weakening(
    result: ClaimResult, below: Iterable[str], results: Mapping[str, ClaimResult]
) -> Weakening | None:
    """What a sentence claims too much, if it does."""
    said = result.claim.modality
    if result.verdict in ("assumed", "contingent"):
        return Weakening(result.claim.id, said, None, result.verdict)
    if result.verdict == "contradicted":
        why = "no_difference" if is_no_difference(result) else "share"
        return Weakening(result.claim.id, said, weaker(result), why)
    if any(results[each].verdict == "contradicted" for each in below):
        return Weakening(result.claim.id, said, None, "premise")
    return None


def is_no_difference(result: ClaimResult) -> bool:
    """Whether it is the contrast alone that speaks against a claim."""
    share, difference = result.share, result.difference
    return (
        share is not None
        and WORDS[result.claim.modality].met_by(share)
        and difference is not None
        and not meets(result.claim.modality, share, difference)
    )


def weaker(result: ClaimResult) -> str | None:
    """The strongest word weaker than the author's, in the same direction, that is borne out."""
    said, share = result.claim.modality, result.share
    if share is None:
        return None
    after = BY_STRENGTH[BY_STRENGTH.index(said) + 1 :]
    alike = (word for word in after if WORDS[word].sign == WORDS[said].sign)
    return next((word for word in alike if meets(word, share, result.difference)), None)
