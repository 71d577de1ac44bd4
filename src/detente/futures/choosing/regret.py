"""Robustness of strategies by a utility in numbers: regret and its relatives, side by side.

Differences between utilities mean something only where the focal actor has a `utility` with a
`unit`; anybody else has an order, of which only `detente.futures.choosing.robustness`
speaks.
Each measure is one choice of each of McPhail's three steps `[McPhail2018]`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from detente.case.situation import Utility
from detente.errors import CannotAnswer, InputError
from detente.futures.choosing import steps
from detente.futures.choosing.robustness import played, weight_of, wide

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from detente.case.situation import Concept, Situation
    from detente.futures.reading.run import Run

__all__ = [
    "Agreement",
    "Measure",
    "Measured",
    "Payoffs",
    "Score",
    "measured",
    "measures",
    "payoffs",
    "unit_of",
]

DIGITS = 12  # two utilities that agree in so many are the same


@dataclass(frozen=True)
class Measure:
    """A measure of robustness, as its three steps."""

    id: str
    says: str
    transform: steps.Transform
    subset: steps.Subset
    aggregate: steps.Aggregate = steps.mean
    is_loss: bool = False
    """Whether less is better, as of regrets."""
    is_in_unit: bool = True
    """Whether it comes in the unit of the utility."""

    def of(self, table: steps.Table) -> NDArray[np.float64]:
        """`(strategies,)`: what each strategy scores; a loss is positive."""
        scores = self.aggregate(self.subset(self.transform(table)))
        return 0.0 - scores if self.is_loss else scores


def measures(
    *, pessimism: float = 0.5, tail: float = 0.1, threshold: float | None = None
) -> tuple[Measure, ...]:
    """The named measures.

    Parameters
    ----------
    pessimism
        Hurwicz' weight of the worst future.
    tail
        The part of the futures that counts as the tail of regret.
    threshold
        What is good enough, in the unit of the utility; without it Starr's criterion is left out.

    Raises
    ------
    InputError
        Where a weight or part is none.

    References
    ----------
    [McPhail2018], section 3; maximin [Wald1950], regret [Savage1951], [Hurwicz1951],
    [Starr1963], the mean of a tail [RockafellarUryasev2000].
    """
    if not 0 <= pessimism <= 1:
        raise InputError(f"pessimism {pessimism:g}: a weight between 0 and 1 is wanted")
    if not 0 < tail < 1:
        raise InputError(f"tail {tail:g}: a part between 0 and 1 is wanted")
    kept = f"{1 - tail:.0%}"
    named = (
        Measure(
            "expected_value",
            "mean over the futures, by their weights",
            steps.identity,
            steps.all_futures,
        ),
        Measure("laplace", "mean over the futures, all alike", steps.identity, steps.all_alike),
        Measure("maximin", "in its worst future", steps.identity, steps.worst),
        Measure("maximax", "in its best future", steps.identity, steps.best),
        Measure(
            "hurwicz",
            f"{pessimism:g} of its worst future and {1 - pessimism:g} of its best",
            steps.identity,
            steps.worst_and_best(pessimism),
        ),
        Measure(
            "minimax_regret",
            "largest regret in any future",
            steps.from_best_strategy,
            steps.worst,
            is_loss=True,
        ),
        Measure(
            "quantile_regret",
            f"regret that is not exceeded in {kept} of futures",
            steps.from_best_strategy,
            steps.reached_in(1 - tail),
            is_loss=True,
        ),
        Measure(
            "cvar_regret",
            f"mean regret in the {tail:.0%} of futures in which it is largest",
            steps.from_best_strategy,
            steps.worst_part(tail),
            is_loss=True,
        ),
        Measure(
            "undesirable_deviations",
            "mean shortfall from its own median in the worse half of futures",
            steps.from_own_median,
            steps.worst_part(0.5),
            is_loss=True,
        ),
        Measure(
            "mean_variance",
            "(mean + 1) / (standard deviation + 1)",
            steps.identity,
            steps.all_futures,
            steps.mean_variance,
            is_in_unit=False,
        ),
    )
    if threshold is None:
        return named
    says = f"share of futures in which it brings {threshold:g} or more (Starr)"
    enough = steps.reaches(threshold)
    return (*named, Measure("satisficing", says, enough, steps.all_futures, is_in_unit=False))


# -------------------------------------------------------------------------------------- payoffs


@dataclass(frozen=True, eq=False)
class Payoffs:
    """What each strategy brings the focal actor in each future."""

    strategies: tuple[str, ...]
    futures: NDArray[np.int64]
    """The futures in which every strategy is determined."""
    values: NDArray[np.float64]
    """`(strategies, futures)`, in the unit of the utility."""
    weights: NDArray[np.float64]
    """`(futures,)`, in sum 1."""
    unit: str
    outcome: Literal["worst", "best"] = "worst"
    """Which of the attainable equilibria stands for a strategy."""
    concept: str = "nash"
    view: str = ""
    undetermined: int = 0
    """Futures left out because some strategy attains nothing."""
    failed: int = 0

    @property
    def table(self) -> steps.Table:
        """As the three steps take it."""
        return steps.Table(self.values, np.broadcast_to(self.weights, self.values.shape))


def payoffs(
    run: Run,
    outcome: Literal["worst", "best"] = "worst",
    concept: Concept = "nash",
    view: str = "",
) -> Payoffs:
    """What each strategy brings in each future in which all of them are determined.

    Regret compares strategies within one future, so a future counts only if every strategy attains
    an equilibrium in it; the others are counted, not filled in.

    Parameters
    ----------
    run
        An ensemble.
    outcome
        Which attainable equilibrium stands for a strategy: the focal actor's worst or its best.
    concept
        By which the situation settles.
    view
        The expert whose lists count; the case's own if left out.

    Raises
    ------
    CannotAnswer
        Where the focal actor has an order only, or no future is determined.
    """
    unit = unit_of(run.situation, view)
    frame, failed = played(run, concept, view)
    values = wide(frame, f"utility_{outcome}").astype(np.float64)
    weights = weight_of(values.index, run.futures["weight"])
    counted = values.notna().all(axis=1).to_numpy(bool)
    if not counted.any():
        raise CannotAnswer(
            "no future in which every strategy attains an equilibrium: nothing can be compared\n"
            "  try another concept, or fewer strategies"
        )
    return Payoffs(
        strategies=tuple(map(str, values.columns)),
        futures=values.index[counted].to_numpy(np.int64),
        values=np.ascontiguousarray(values[counted].to_numpy().T),
        weights=weights[counted] / weights[counted].sum(),
        unit=unit,
        outcome=outcome,
        concept=concept,
        view=view,
        undetermined=int((~counted).sum()),
        failed=failed,
    )


def unit_of(situation: Situation, view: str = "", asked: str = "regret") -> str:
    """The unit of the focal actor's utility.

    Parameters
    ----------
    situation
        What the analyst wrote.
    view
        The expert whose lists count; the case's own if left out.
    asked
        What the unit is needed for.

    Raises
    ------
    CannotAnswer
        Where it has an order only: differences between ranks mean nothing.
    """
    focus = situation.focus
    if focus is None:
        raise CannotAnswer(f"{asked}: the case names no `focus`, so nobody's utility is asked for")
    preference = situation.seen_by(view).preferences.get(focus)
    if isinstance(preference, Utility) and preference.unit:
        return preference.unit
    why = (
        f"the utility of `{focus}` has no `unit`, so only its order counts"
        if isinstance(preference, Utility)
        else f"`{focus}` has an order, not a utility, and a difference between ranks means nothing"
    )
    raise CannotAnswer(
        f"{asked}: {why}\n"
        "  `detente robustness` without --measure gives what orders allow: the share of futures in"
        " which goals\n  are met, and which strategies are better within the same future; or give"
        f" `{focus}` a `utility` with its `unit`"
    )


# -------------------------------------------------------------------------------------- measured


@dataclass(frozen=True)
class Score:
    """What every strategy scores by one measure."""

    measure: str
    says: str
    unit: str | None
    """None where it is a pure number."""
    less_is_better: bool
    values: Mapping[str, float | None]
    """Strategy -> its score; None where the measure is not defined."""
    leads: tuple[str, ...]
    """The strategies that score best."""


@dataclass(frozen=True)
class Agreement:
    """How alike two measures order the strategies: Kendall's tau-b."""

    measure: str
    other: str
    tau: float | None
    """From -1, reversed, to 1, the same; None where one of them tells no two strategies apart."""


@dataclass(frozen=True)
class Measured:
    """Strategies by every measure."""

    scores: tuple[Score, ...]
    agreements: tuple[Agreement, ...]
    futures: int
    """Compared."""
    undetermined: int
    failed: int
    unit: str
    outcome: Literal["worst", "best"]
    concept: str
    view: str
    perfect_information: float
    """What it would be worth to know the future before choosing, in the unit."""

    @property
    def leads(self) -> Mapping[str, tuple[str, ...]]:
        """Strategy -> the measures by which it scores best."""
        strategies = dict.fromkeys(each for score in self.scores for each in score.values)
        return {
            strategy: tuple(score.measure for score in self.scores if strategy in score.leads)
            for strategy in strategies
        }

    @property
    def disagree(self) -> bool:
        """Whether no single strategy scores best by every measure."""
        defined = [set(score.leads) for score in self.scores if score.leads]
        return bool(defined) and not set.intersection(*defined)

    def to_frame(self) -> pd.DataFrame:
        """Strategies x measures."""
        import pandas as pd

        columns = {score.measure: pd.Series(score.values, dtype=float) for score in self.scores}
        return pd.DataFrame(columns).rename_axis("strategy")

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        from detente.claims.report import plain

        return {**plain(self), "leads": plain(self.leads), "disagree": self.disagree}


def measured(
    table: Payoffs, chosen: tuple[Measure, ...] | None = None, *, tolerance: float = 1e-9
) -> Measured:
    """Every strategy by every measure, and how far the measures agree.

    Parameters
    ----------
    table
        What each strategy brings in each future.
    chosen
        The measures; all named ones if left out.
    tolerance
        Scores that differ by less, relative to the largest, are as good as each other.

    Examples
    --------
    Three strategies whose losses in three futures are 10 5 1, 6 4 6 and 2 6 12:

    >>> losses = np.array([[10, 5, 1], [6, 4, 6], [2, 6, 12.0]])
    >>> weights = np.array([0.3, 0.4, 0.3])
    >>> table = Payoffs(("a", "b", "c"), np.arange(3), -losses, weights, "million USD")
    >>> scores = {score.measure: score for score in measured(table).scores}
    >>> scores["minimax_regret"].values, scores["minimax_regret"].leads
    ({'a': 8.0, 'b': 5.0, 'c': 11.0}, ('b',))
    """
    scores = tuple(
        score(each, table, tolerance) for each in (measures() if chosen is None else chosen)
    )
    best_known = (table.values.max(axis=0) * table.weights).sum()
    return Measured(
        scores=scores,
        agreements=tuple(agreement(*pair) for pair in combinations(scores, 2)),
        futures=len(table.futures),
        undetermined=table.undetermined,
        failed=table.failed,
        unit=table.unit,
        outcome=table.outcome,
        concept=table.concept,
        view=table.view,
        perfect_information=rounded(best_known - steps.mean(table.table).max()) or 0.0,
    )


def score(measure: Measure, table: Payoffs, tolerance: float) -> Score:
    values = [rounded(value) for value in measure.of(table.table)]
    found = dict(zip(table.strategies, values, strict=True))
    return Score(
        measure=measure.id,
        says=measure.says,
        unit=table.unit if measure.is_in_unit else None,
        less_is_better=measure.is_loss,
        values=found,
        leads=leading(found, measure.is_loss, tolerance),
    )


def leading(
    found: Mapping[str, float | None], less_is_better: bool, tolerance: float
) -> tuple[str, ...]:
    """The strategies with the best score; several if they tie."""
    defined = {strategy: value for strategy, value in found.items() if value is not None}
    if not defined:
        return ()
    best = (min if less_is_better else max)(defined.values())
    slack = tolerance * max(map(abs, defined.values()))
    return tuple(each for each, value in defined.items() if abs(value - best) <= slack)


def agreement(one: Score, other: Score) -> Agreement:
    """Kendall's tau-b over the strategies for which both are defined [Kendall1945]."""
    from scipy.stats import kendalltau

    pairs = [
        (here, there)
        for here, there in zip(one.values.values(), other.values.values(), strict=True)
        if here is not None and there is not None
    ]
    if any(len({pair[side] for pair in pairs}) < 2 for side in (0, 1)):
        return Agreement(one.measure, other.measure, None)
    tau = kendalltau(*zip(*pairs, strict=True), variant="b").statistic
    sign = -1 if one.less_is_better != other.less_is_better else 1
    return Agreement(one.measure, other.measure, rounded(sign * tau))


def rounded(value: float) -> float | None:
    """To so many digits that rounding errors are gone; None if it is no number."""
    return None if math.isnan(value) else float(f"{float(value):.{DIGITS}g}") + 0.0
