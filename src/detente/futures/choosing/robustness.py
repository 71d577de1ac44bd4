"""Robustness of strategies by orders alone: which goals are met how often, and who is never worse.

An order says which of two outcomes is better within one future, and nothing else. So shares of
futures are counted, and strategies are compared within the same future by the focal actor's own
ranks; ranks are never added, averaged or compared between futures.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.errors import CannotAnswer, InputError
from detente.futures.drawing.factors import factors
from detente.futures.judging.intervals import Intervals, Tally
from detente.futures.reading.blocks import block_size

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from detente.case.situation import Concept
    from detente.futures.reading.run import Run

__all__ = ["By", "Compared", "GoalShare", "Robustness", "Standing", "played", "robustness"]

By = Literal["outcomes", "worst", "best"]
Numbers = NDArray[np.float64]
Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class GoalShare:
    """Of the determined futures, those in which a strategy meets a goal: Starr's criterion."""

    strategy: str
    goal: str | None
    """None: all goals together."""
    every: float | None
    """Met in every attainable equilibrium; None where no future is determined."""
    low: float | None
    high: float | None
    """95 % interval of `every`."""
    some: float | None
    """Met in some, or in every; all goals together: each in some, perhaps not in the same."""
    determined: int
    """Futures in which the strategy attains an equilibrium."""
    undetermined: int


@dataclass(frozen=True)
class Compared:
    """One strategy beside another, future by future; parts of the futures that determine both."""

    strategy: str
    other: str
    better: float | None
    """No outcome is worse than any of the other's, and some is better than some of them."""
    as_good: float | None
    """All outcomes of both are equally good."""
    worse: float | None
    not_comparable: float | None
    """Some outcome of each is better than some of the other's."""
    determined: int
    dominates: bool
    """Better or as good in every one of these futures, and better in some."""

    @property
    def strictly(self) -> bool:
        """Whether it is better in every one."""
        return self.dominates and self.better == 1.0


@dataclass(frozen=True)
class Standing:
    """One strategy among all; parts of the futures that determine every strategy."""

    strategy: str
    best: float | None
    """At least as good as every other, all at once."""
    unbeaten: float | None
    """No other is better."""
    necessarily_best: bool
    """Best in every one of these futures."""
    possibly_best: bool
    """Unbeaten in some."""
    dominated_by: tuple[str, ...]


@dataclass(frozen=True)
class Robustness:
    """What orders allow to say about strategies over many futures."""

    concept: str
    view: str
    """The expert whose lists count; empty for the case's own."""
    by: By
    goals: tuple[GoalShare, ...]
    compared: tuple[Compared, ...]
    """Every ordered pair; none where there is no focal actor."""
    standings: tuple[Standing, ...]
    futures: int
    """Evaluated."""
    all_determined: int
    """Futures in which every strategy attains an equilibrium."""
    failed: int

    def to_frame(self) -> pd.DataFrame:
        """Strategies x goals: the part of futures in which each is met in every equilibrium."""
        import pandas as pd

        rows = [(each.strategy, each.goal or "all goals", each.every) for each in self.goals]
        frame = pd.DataFrame(rows, columns=["strategy", "goal", "every"])
        order = {name: list(dict.fromkeys(frame[name])) for name in ("strategy", "goal")}
        wide = frame.pivot(index="strategy", columns="goal", values="every")
        return wide.reindex(index=order["strategy"], columns=order["goal"])

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        from detente.claims.report import plain

        found: dict[str, Any] = plain(self)
        return found


def robustness(
    run: Run, concept: Concept = "nash", view: str = "", by: By = "outcomes"
) -> Robustness:
    """How strategies fare over the futures of a run, by orders alone.

    Parameters
    ----------
    run
        An ensemble.
    concept
        By which the situation settles.
    view
        The expert whose lists count; the case's own if left out.
    by
        What is compared within a future: all attainable outcomes, the worst ones, the best ones.

    Raises
    ------
    CannotAnswer
        Where no strategies were played.
    InputError
        Where the run knows no such concept or expert.

    References
    ----------
    [Starr1963], the domain criterion; [KonczakLang2005], necessary and possible winners.
    """
    frame, failed = played(run, concept, view)
    ranks = ranked(frame, run.futures["weight"], by)
    has_focus = bool(ranks.is_determined.any())
    pairs = tuple(compared(ranks)) if has_focus else ()
    return Robustness(
        concept=concept,
        view=view,
        by=by,
        goals=tuple(goal_shares(run, frame)),
        compared=pairs,
        standings=tuple(standings(ranks, pairs)) if has_focus else (),
        futures=frame["future"].nunique(),
        all_determined=int((wide(frame, "attainable") > 0).all(axis=1).sum()),
        failed=failed,
    )


def played(run: Run, concept: str, view: str) -> tuple[pd.DataFrame, int]:
    """The strategies in the futures that were evaluated, and how many futures were not.

    Parameters
    ----------
    run
        An ensemble.
    concept, view
        Whose rows are wanted.

    Raises
    ------
    CannotAnswer
        Where no strategies were played, or every future failed.
    InputError
        Where the run knows no such concept or expert.
    """
    frame = run.strategies
    if frame.empty:
        raise CannotAnswer(
            "no strategies: the case names none, and no `focus` whose options could be tried\n"
            "  name them under `strategies`, and the actor who chooses under `focus`"
        )
    for column, wanted in (("concept", concept), ("view", view)):
        known = list(frame[column].unique())
        if wanted not in known:
            said = ", ".join(f"`{each}`" if each else "the case's own" for each in known)
            raise InputError(f"{column} `{wanted}`: the run has {said}")
    failed = int((run.futures["status"] != "ok").sum())
    of_it = (frame["concept"] == concept) & (frame["view"] == view) & (frame["status"] == "ok")
    weightless = run.futures.index[run.futures["weight"] <= 0]
    found = frame[of_it & ~frame["future"].isin(weightless)]
    if found.empty:
        raise CannotAnswer(f"no future was evaluated: {failed:,} failed; `detente status` says why")
    return found, failed


def wide(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """Futures x strategies, in the order of the case."""
    order = list(frame["strategy"].unique())
    return frame.pivot(index="future", columns="strategy", values=column)[order]


def weight_of(futures: pd.Series[int] | pd.Index[int], weights: pd.Series[float]) -> Numbers:
    """`(futures,)`: what each of them counts."""
    return np.asarray(weights.reindex(futures), dtype=np.float64)


def share(truth: Truths, weights: Numbers) -> float | None:
    """The weighted part in which it is so, exact at none and all; None of nothing."""
    if not truth.size:
        return None
    is_in_all = bool(truth.all())
    if is_in_all or not truth.any():
        return float(is_in_all)
    return float(truth @ weights / weights.sum())


# ----------------------------------------------------------------------------------------- goals


def goal_shares(run: Run, frame: pd.DataFrame) -> Iterator[GoalShare]:
    """Each goal of each strategy, then all goals together where there are several."""
    columns = map(str, frame.columns)
    goals = [name.removeprefix("goal.") for name in columns if name.startswith("goal.")]
    asked = [(goal, [goal]) for goal in goals]
    together = [(None, goals)] if len(goals) > 1 else []
    for strategy, rows in frame.groupby("strategy", sort=False, observed=True):
        determined = rows[rows["attainable"] > 0]
        weights = weight_of(determined["future"], run.futures["weight"])
        for goal, parts in (*asked, *together):
            met = determined[[f"goal.{part}" for part in parts]]
            every = (met == "every").all(axis=1).to_numpy(bool)
            some = met.isin(["every", "some"]).all(axis=1).to_numpy(bool)
            low, high = interval(run, determined["future"].to_numpy(np.int64), every, weights)
            yield GoalShare(
                strategy=str(strategy),
                goal=goal,
                every=share(every, weights),
                low=low,
                high=high,
                some=share(some, weights),
                determined=len(determined),
                undetermined=len(rows) - len(determined),
            )


def interval(
    run: Run, futures: NDArray[np.int64], truth: Truths, weights: Numbers
) -> tuple[float | None, float | None]:
    """95 % interval of the share of futures in which something is so, by the run's design."""
    design = str(run.manifest.get("design", "random"))
    size = block_size(design)
    if not futures.size:
        return None, None
    block = futures // size
    counts = np.bincount(block, weights=weights)
    hits = np.bincount(block, weights=weights * truth, minlength=len(counts))
    whole = np.bincount(run.futures.index.to_numpy(np.int64) // size) >= size
    tally = Tally(
        hits=hits.sum(keepdims=True),
        counts=counts.sum(keepdims=True),
        squares=(hits**2).sum(keepdims=True),
        products=(hits * counts).sum(keepdims=True),
        count_squares=(counts**2).sum(keepdims=True),
        blocks=np.array([(counts > 0).sum()], dtype=np.float64),
        whole=int(whole.sum()),
    )
    clusters = len(factors(run.situation)) + 2 if design == "saltelli" else 1
    low, high = Intervals(design, clusters=clusters).shares(tally)
    return float(low[0]), float(high[0])


# -------------------------------------------------------------------------------------- compared


class Ranks(NamedTuple):
    """The focal actor's ranks of what each strategy attains; compared within a future only."""

    strategies: tuple[str, ...]
    low: Numbers
    """`(strategies, futures)`: of the worst outcome; not a number where nothing is attained."""
    high: Numbers
    """Of the best."""
    weights: Numbers
    """`(futures,)`."""

    @property
    def is_determined(self) -> Truths:
        """`(strategies, futures)`: whether the strategy attains anything."""
        return ~np.isnan(self.low)

    def at_least_as_good(self, one: int, other: int) -> Truths:
        """`(futures,)`: whether no outcome of the one is worse than any of the other's."""
        return np.asarray(self.low[one] >= self.high[other])


def ranked(frame: pd.DataFrame, weights: pd.Series[float], by: By) -> Ranks:
    """The ranks that are compared: of all outcomes, or of the worst or best alone."""
    worst, best = (wide(frame, column).astype(np.float64) for column in ("worst", "best"))
    low, high = {"outcomes": (worst, best), "worst": (worst, worst), "best": (best, best)}[by]
    counted = weight_of(low.index, weights)
    worst_of, best_of = (np.ascontiguousarray(each.to_numpy().T) for each in (low, high))
    return Ranks(tuple(map(str, low.columns)), worst_of, best_of, counted)


def compared(ranks: Ranks) -> Iterator[Compared]:
    """Every strategy beside every other."""
    is_determined = ranks.is_determined
    for one, other in permutations(range(len(ranks.strategies)), 2):
        both = is_determined[one] & is_determined[other]
        here = ranks.at_least_as_good(one, other)[both]
        there = ranks.at_least_as_good(other, one)[both]
        weights = ranks.weights[both]
        better = share(here & ~there, weights)
        yield Compared(
            strategy=ranks.strategies[one],
            other=ranks.strategies[other],
            better=better,
            as_good=share(here & there, weights),
            worse=share(there & ~here, weights),
            not_comparable=share(~here & ~there, weights),
            determined=int(both.sum()),
            dominates=bool(better) and share(here, weights) == 1.0,
        )


def standings(ranks: Ranks, pairs: Sequence[Compared]) -> Iterator[Standing]:
    """Every strategy among all of them."""
    whole = ranks.is_determined.all(axis=0)
    weights = ranks.weights[whole]
    places = range(len(ranks.strategies))
    for one in places:
        others = [other for other in places if other != one]
        here = [ranks.at_least_as_good(one, other)[whole] for other in others]
        there = [ranks.at_least_as_good(other, one)[whole] for other in others]
        every = np.ones(int(whole.sum()), dtype=bool)
        best = share(np.logical_and.reduce([every, *here]), weights)
        beaten = [back & ~forth for forth, back in zip(here, there, strict=True)]
        unbeaten = share(~np.logical_or.reduce([~every, *beaten]), weights)
        strategy = ranks.strategies[one]
        yield Standing(
            strategy=strategy,
            best=best,
            unbeaten=unbeaten,
            necessarily_best=best == 1.0,
            possibly_best=bool(unbeaten),
            dominated_by=tuple(
                pair.strategy for pair in pairs if pair.other == strategy and pair.dominates
            ),
        )
