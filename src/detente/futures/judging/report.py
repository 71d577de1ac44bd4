"""What an argument comes to over many futures: the nominal report, and what holds beyond it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from detente.claims.report import ClaimResult, Report, UnderConcept, Verdict, plain
from detente.futures.judging.second_order import Range
from detente.futures.judging.shares import Share

if TYPE_CHECKING:
    from detente.case.situation import Concept
    from detente.claims.report import BreakEven, Flip

__all__ = [
    "AtLevel",
    "ConceptShare",
    "Drawn",
    "EnsembleClaim",
    "EnsembleReport",
    "GoalShare",
    "Judged",
    "OverFutures",
    "StrategyShares",
]

DECIMALS = 9  # of shares in `claims.json`


@dataclass(frozen=True)
class AtLevel:
    """A claim's share in the futures where a factor is at one level."""

    factor: str
    level: str
    share: Share
    """Its interval allows for how many levels were looked at."""


@dataclass(frozen=True)
class Judged:
    """A claim over the futures, by the case's own lists or by an expert's."""

    view: str
    """The expert; empty for the case's own lists."""
    verdict: Verdict
    plain: Verdict
    """By the share alone: supported or contradicted; untested where no future is determined."""
    share: Share
    range: Range | None
    """Over the intervals of probabilities; None where none is stated."""
    flips: tuple[Flip, ...]
    break_even: BreakEven | None
    contingent_on: tuple[AtLevel, ...]
    """Levels of single factors at which the verdict is another, what turns it most first."""
    factors: tuple[AtLevel, ...]
    """Every level of the factors that move the share by more than noise, strongest first."""
    needed: int | None
    """Of something undecided: how many futures in all would settle it, if the share stays."""
    undetermined: int


@dataclass(frozen=True)
class ConceptShare:
    """A claim's share under one concept."""

    share: Share
    undetermined: int


@dataclass(frozen=True)
class OverFutures(UnderConcept):
    """A claim under one concept: in the nominal future, and over the futures."""

    futures: ConceptShare | None = None
    """None where the run did not settle under this concept."""


@dataclass(frozen=True)
class EnsembleClaim(ClaimResult):
    """A claim's verdict over many futures, the nominal one beside it."""

    nominal: ClaimResult | None = None
    judged: Judged | None = None
    """None: it cannot be tested."""
    views: tuple[Judged, ...] = ()
    """The same by each expert's lists; never pooled."""

    def to_dict(self) -> dict[str, Any]:
        """One claim of `claims.json`."""
        nominal = self.nominal
        found = super().to_dict()
        if nominal is not None:
            kept = ("verdict", "share", "against", "difference")
            found["nominal"] = {key: getattr(nominal, key) for key in kept}
        if self.judged is not None:
            found |= judged_dict(self.judged)
            found["views"] = [view_dict(each) for each in self.views]
        return {key: rounded(value) for key, value in found.items()}


@dataclass(frozen=True)
class GoalShare:
    """In which part of the futures a strategy meets a goal."""

    every: Share
    """In every attainable equilibrium."""
    some: Share
    """In at least one."""


@dataclass(frozen=True)
class StrategyShares:
    """A strategy over the futures."""

    view: str
    strategy: str
    concept: Concept
    goals: Mapping[str, GoalShare]
    unbeaten: Share
    """Futures in which no other strategy is better for the focal actor, in its own order."""
    undetermined: int


@dataclass(frozen=True)
class Drawn:
    """How the futures were drawn."""

    design: str
    seed: int
    concepts: tuple[Concept, ...]
    ok: int
    failed: int
    varied: int
    """Futures in which single statements were varied."""
    factors: int


@dataclass(frozen=True)
class EnsembleReport(Report):
    """The argument of a situation, tested over many futures.

    `claims` are `EnsembleClaim`; `strategies` and `settlements` are those of the nominal future.
    """

    drawn: Drawn | None = None
    strategy_shares: tuple[StrategyShares, ...] = ()
    analyses: Mapping[str, Any] = field(default_factory=dict)
    """What else the run shows, by name: `robustness`, `experts`, `discovery`, `sensitivities`,
    `break_evens`, `signposts`, `necessity`; absent where the run cannot carry it."""

    def to_dict(self) -> dict[str, Any]:
        """The contents of `claims.json`: no times, paths or worker counts in it."""
        found = super().to_dict()
        found["drawn"] = self.drawn and plain(self.drawn)
        found["strategy_shares"] = [rounded(plain(each)) for each in self.strategy_shares]
        return found | {name: rounded(as_plain(each)) for name, each in self.analyses.items()}

    def _repr_html_(self) -> str:
        head = (
            "<tr><th>verdict</th><th>share of futures</th><th>place</th><th>claim</th>"
            "<th>hinges on</th></tr>"
        )
        rows = "".join(html_row(each) for each in self.claims)
        title = escape(self.situation.title)
        return f"<table><caption>{title}</caption>{head}{rows}</table>"


def html_row(result: ClaimResult) -> str:
    """One claim in a notebook."""
    shares = [each for each in (result.share, result.low, result.high) if each is not None]
    share = "{:.0%} ({:.0%}–{:.0%})".format(*shares) if len(shares) == 3 else ""
    hinges = " ".join(dict.fromkeys(flip.statement for flip in result.flips))
    cells = (result.verdict, share, result.claim.at, str(result.claim.says), hinges)
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"


def judged_dict(judged: Judged) -> dict[str, Any]:
    """What `claims.json` says of a claim over the futures, beyond what it says of every claim."""
    ranging = judged.range or Range(judged.share.share, judged.share.share)
    share = judged.share
    return {
        "plain": judged.plain,
        "determined": share.futures,
        "difference_low": share.difference_low,
        "difference_high": share.difference_high,
        "lower": ranging.lower,
        "upper": ranging.upper,
        "range": judged.range and plain(judged.range),
        "contingent_on": [level_dict(each) for each in judged.contingent_on],
        "factors": [level_dict(each) for each in judged.factors],
        "needed": judged.needed,
    }


def view_dict(judged: Judged) -> dict[str, Any]:
    """The same of an expert, with what the claim has for the case's own lists."""
    share = judged.share
    return {
        "view": judged.view,
        "verdict": judged.verdict,
        "share": share.share,
        "low": share.low,
        "high": share.high,
        "against": share.against,
        "difference": share.difference,
        "flips": list(dict.fromkeys(flip.statement for flip in judged.flips)),
        "break_even": judged.break_even and plain(judged.break_even),
        "undetermined": judged.undetermined,
        **judged_dict(judged),
    }


def level_dict(at: AtLevel) -> dict[str, Any]:
    share = {key: value for key, value in plain(at.share).items() if key != "ever_differs"}
    return {"factor": at.factor, "level": at.level, **share}


def as_plain(value: Any) -> Any:
    """An analysis as JSON: by its own `to_dict` where it has one."""
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if isinstance(value, Mapping):
        return {str(key): as_plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple) and not hasattr(value, "_fields"):
        return [as_plain(inner) for inner in value]
    return plain(value)


def rounded(value: Any) -> Any:
    """The same with every number cut to the digits that mean something; NaN is None."""
    if isinstance(value, float):
        return round(value, DECIMALS) if value == value else None
    if isinstance(value, Mapping):
        return {key: rounded(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(inner) for inner in value]
    return value
