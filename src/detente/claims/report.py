"""What an argument comes to in the futures it was tested in: verdicts, strategies, findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pandas as pd

    from detente.case.situation import Claim, Concept, Situation

__all__ = [
    "BreakEven",
    "Change",
    "ClaimResult",
    "Finding",
    "Flip",
    "GoalMet",
    "Recommended",
    "Report",
    "Settlement",
    "StrategyResult",
    "UnderConcept",
    "Verdict",
]

Change = Literal["dropped", "swapped", "added"]
Verdict = Literal["supported", "contradicted", "assumed", "contingent", "undecided", "untested"]
GoalMet = Literal["every", "some", "none"]


@dataclass(frozen=True)
class Settlement:
    """Where a situation settles under one commitment and one concept."""

    concept: Concept
    attainable: tuple[str, ...]
    """Codes of the equilibria reached from the start; at most `SHOWN` of them."""
    attainable_count: int
    equilibria_count: int
    feasible_count: int

    @property
    def share_of_feasible(self) -> float:
        """The part of the feasible states that are equilibria: near 1, "some" is vacuous."""
        return self.equilibria_count / self.feasible_count if self.feasible_count else 0.0


@dataclass(frozen=True)
class UnderConcept:
    """A claim's test under one stability concept, in one future."""

    concept: Concept
    holds: bool | None
    """None where it is undetermined: nothing is attainable."""
    against: bool | None = None
    """The same under the contrast; None where there is none or it is undetermined."""
    commit: Settlement | None = None
    contrast: Settlement | None = None


@dataclass(frozen=True)
class Flip:
    """A single statement on which a verdict hinges."""

    statement: str
    """Its id: `prc.4`."""
    change: Change
    swapped_with: str | None
    becomes: Verdict
    """The verdict the claim would have."""


@dataclass(frozen=True)
class BreakEven:
    """The credence in a typed-in statement at which the author's word would just be met."""

    statement: str
    credence: float | None
    """None where the claim is undetermined without the statement."""
    stated: tuple[float, float] | None
    """What the case states."""


@dataclass(frozen=True)
class ClaimResult:
    """A claim's verdict and what it rests on."""

    claim: Claim
    kind: str
    """The kind of its test; `none` where it has none."""
    verdict: Verdict
    reason: str | None
    """Why it is untested; where the answer is the same in every future, what was found."""
    open: bool
    """Whether it could go against us by something nobody typed in."""
    share: float | None
    low: float | None
    high: float | None
    """Of the determined futures, those in which it holds, with its interval."""
    against: float | None
    """The same share under the contrast."""
    difference: float | None
    flips: tuple[Flip, ...] = ()
    break_even: BreakEven | None = None
    told_together: tuple[str, ...] = ()
    """Statements of role `means` that flip the verdict if all of an actor's are dropped at once,
    though none does alone; ids."""
    failed_premises: tuple[str, ...] = ()
    """Claims it rests on, directly or through others, that are contradicted."""
    concepts: tuple[UnderConcept, ...] = ()
    """The headline concept first, the others beside it."""
    details: Mapping[str, Any] = field(default_factory=dict)
    """What was found, where the answer is the same in every future."""
    undetermined: int = 0
    failed: int = 0
    futures: int = 1

    def to_dict(self) -> dict[str, Any]:
        """One claim of `claims.json`."""
        claim = self.claim
        return {
            "id": claim.id,
            "says": str(claim.says),
            "at": claim.at,
            "tags": list(claim.tags),
            "modality": claim.modality,
            "kind": self.kind,
            "verdict": self.verdict,
            "reason": self.reason,
            "open": self.open,
            "share": self.share,
            "low": self.low,
            "high": self.high,
            "against": self.against,
            "difference": self.difference,
            "flips": list(dict.fromkeys(flip.statement for flip in self.flips)),
            "hinges": [plain(flip) for flip in self.flips],
            "break_even": self.break_even and plain(self.break_even),
            "told_together": list(self.told_together),
            "rests_on": list(claim.rests_on),
            "failed_premises": list(self.failed_premises),
            "undetermined": self.undetermined,
            "failed": self.failed,
            "futures": self.futures,
            "concepts": [plain(each) for each in self.concepts],
            "details": plain(self.details),
        }


@dataclass(frozen=True)
class StrategyResult:
    """What the others do about a strategy, and what it brings the focal actor."""

    strategy: str
    settlements: tuple[Settlement, ...]
    """By concept, Nash first."""
    goals: Mapping[str, GoalMet | None]
    """Whether each goal is met in every, some or no attainable Nash equilibrium."""
    responses: Mapping[str, tuple[str, ...]]
    """Option id -> the levels it takes in the attainable Nash equilibria; options not fixed."""
    best: int | None
    worst: int | None
    """The focal actor's rank of its best and worst attainable Nash equilibrium."""


@dataclass(frozen=True)
class Finding:
    """Something the computation shows that nobody typed in."""

    kind: Literal[
        "open_supported",
        "open_contradicted",
        "no_difference",
        "concepts_part",
        "not_best",
        "unbeaten",
        "goal_missed",
        "nominal_only",
        "futures_only",
        "nearly_constant",
    ]
    claim: str | None = None
    strategy: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Recommended:
    """The recommendation, what it rests on, and which of that gives way."""

    strategy: str
    rests_on: tuple[str, ...]
    """Claims, directly or through others."""
    gives_way: tuple[str, ...]
    """Those of them that are contradicted, assumed or contingent."""
    untested: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """The argument of a situation, tested."""

    situation: Situation
    claims: tuple[ClaimResult, ...]
    strategies: tuple[StrategyResult, ...]
    settlements: tuple[Settlement, ...]
    """Free play from the status quo, by concept."""
    findings: tuple[Finding, ...]
    recommendation: Recommended | None
    futures: int
    seed: int | None
    version: str

    def to_dict(self) -> dict[str, Any]:
        """The contents of `claims.json`: no times, paths or worker counts in it."""
        return {
            "format": "detente.claims/1",
            "situation": self.situation.id,
            "version": self.version,
            "futures": self.futures,
            "seed": self.seed,
            "recommendation": self.recommendation and plain(self.recommendation),
            "claims": [result.to_dict() for result in self.claims],
            "strategies": [plain(strategy) for strategy in self.strategies],
            "settlements": [plain(settlement) for settlement in self.settlements],
            "findings": [plain(finding) for finding in self.findings],
        }

    def to_frame(self) -> pd.DataFrame:
        """One row a claim, by its id."""
        import pandas as pd

        rows = [result.to_dict() for result in self.claims]
        nested = ("concepts", "hinges", "break_even", "details")
        frame = pd.DataFrame(
            [{key: value for key, value in row.items() if key not in nested} for row in rows]
        )
        return frame.set_index("id") if rows else frame

    def _repr_html_(self) -> str:
        head = "<tr><th>verdict</th><th>place</th><th>claim</th><th>hinges on</th></tr>"
        rows = "".join(html_row(result) for result in self.claims)
        title = escape(self.situation.title)
        return f"<table><caption>{title}</caption>{head}{rows}</table>"


def html_row(result: ClaimResult) -> str:
    """One claim in a notebook."""
    hinges = " ".join(dict.fromkeys(flip.statement for flip in result.flips))
    cells = (result.verdict, result.claim.at, result.claim.says, hinges)
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"


def plain(value: Any) -> Any:
    """Frozen results as the dicts, lists and strings that JSON knows."""
    if isinstance(value, Settlement):
        return {**fields_of(value), "share_of_feasible": round(value.share_of_feasible, 6)}
    if is_dataclass(value) and not isinstance(value, type):
        return fields_of(value)
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [plain(inner) for inner in value]
    return str(value) if isinstance(value, str) else value


def fields_of(value: Any) -> dict[str, Any]:
    return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
