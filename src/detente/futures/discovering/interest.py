"""Which futures are of interest: those in which a claim fails, or a strategy misses its goals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from detente.case.problems import DidYouMean
from detente.errors import CannotAnswer, InputError
from detente.futures.discovering.boxes import Cases
from detente.futures.reading.columns import columns

if TYPE_CHECKING:
    import pandas as pd

    from detente.case.situation import Concept
    from detente.futures.reading.run import Run

__all__ = ["Question", "claim_fails", "strategy_fails"]

MOST = 100_000  # futures looked at, the first of the run; more would sharpen no box


@dataclass(frozen=True, eq=False)
class Question:
    """The futures of a run in which something is determined, and those of interest among them."""

    about: Literal["claim", "strategy"]
    id: str
    interest: Literal["fails", "misses_goals", "regretted"]
    threshold: float | None
    """The regret above which a strategy counts as regretted, in the unit of the utility."""
    view: str
    concept: Concept
    cases: Cases
    futures: NDArray[np.int64]
    """Their indices in the run."""
    undetermined: int
    failed: int
    run: Mapping[str, Any]
    """What the run was asked for: its futures, design and seed."""


def claim_fails(
    run: Run,
    claim: str,
    view: str = "",
    concept: Concept | None = None,
    most: int | None = MOST,
) -> Question:
    """The futures in which a claim does not hold under its commitment.

    Parameters
    ----------
    run
        An ensemble.
    claim
        Its id.
    view
        The expert whose lists count; the case's own if left out.
    concept
        By which the situation settles; the claim's headline if left out.
    most
        How many futures to look at, the first of the run; None: all.

    Raises
    ------
    InputError
        Where there is no such claim, or the run did not test it so.
    """
    from detente.claims.argument import headline

    if claim not in run.situation.claims:
        hint = DidYouMean(claim, tuple(run.situation.claims))
        known = ", ".join(run.situation.claims) or "the case makes none"
        raise InputError(f"no claim `{claim}`: {hint if hint.nearest else known}")
    concept = concept or headline(run.situation.claims[claim])
    run = first_of(run, most)
    frame = asked_for(run.claims, {"claim": claim, "concept": concept, "view": view})
    determined = frame["holds"].notna() & frame["determined"]
    interest = ~frame["holds"].fillna(True).astype(bool)
    found = told(run, frame, determined, interest, view)
    return Question("claim", claim, "fails", None, view, concept, *found)


def strategy_fails(
    run: Run,
    strategy: str,
    view: str = "",
    concept: Concept = "nash",
    regret: float | None = None,
) -> Question:
    """The futures in which a strategy misses a goal, or is regretted more than so much.

    A goal is missed unless it is met in every attainable equilibrium. The regret of a strategy is
    how much more another would bring in the same future, each by its worst attainable equilibrium.

    Parameters
    ----------
    run
        An ensemble.
    strategy
        Its name.
    view
        The expert whose lists count; the case's own if left out.
    concept
        By which the situation settles.
    regret
        Ask for regret above this, in the unit of the focal actor's utility, in place of goals.

    Raises
    ------
    InputError
        Where the run played no such strategy.
    CannotAnswer
        Where the case states no goals and no regret is named, or has no utility in numbers.
    """
    run = first_of(run, MOST)
    frame = asked_for(run.strategies, {"strategy": strategy, "concept": concept, "view": view})
    goals = [str(name) for name in frame.columns if str(name).startswith("goal.")]
    if regret is None and not goals:
        raise CannotAnswer(
            f"strategy `{strategy}`: the case states no goals that it could miss\n"
            "  state some under `goals:`, or name a regret that is too much where the focal actor"
            " has a utility with a unit"
        )
    if regret is None:
        determined = frame["attainable"].fillna(0) > 0
        interest = ~(frame[goals] == "every").all(axis=1)
    else:
        determined, interest = regretted(run, strategy, view, concept, regret)
    kind: Literal["misses_goals", "regretted"] = "misses_goals" if regret is None else "regretted"
    found = told(run, frame, determined, interest, view)
    return Question("strategy", strategy, kind, regret, view, concept, *found)


def first_of(run: Run, most: int | None) -> Run:
    """The run, or as many of its futures as are looked at."""
    return run if most is None or sum(run.counts.values()) <= most else run.head(most)


def asked_for(frame: pd.DataFrame, wanted: dict[str, str]) -> pd.DataFrame:
    """The rows of futures that were evaluated, by future."""
    for column, name in wanted.items():
        known = [str(each) for each in frame[column].unique()]
        if name not in known:
            said = ", ".join(f"`{each}`" if each else "the case's own" for each in known)
            raise InputError(f"{column} `{name}`: the run has {said or 'none'}")
        frame = frame[frame[column] == name]
    return frame[frame["status"] == "ok"].set_index("future")


def regretted(
    run: Run, strategy: str, view: str, concept: Concept, threshold: float
) -> tuple[pd.Series[bool], pd.Series[bool]]:
    """In which futures regret is known, and in which it exceeds the threshold."""
    import pandas as pd

    from detente.futures.choosing.regret import payoffs

    table = payoffs(run, "worst", concept, view)
    own = table.values[table.strategies.index(strategy)]
    excess = pd.Series(table.values.max(axis=0) - own > threshold, index=table.futures)
    known = pd.Series(True, index=table.futures)
    return known, excess


def told(
    run: Run,
    frame: pd.DataFrame,
    determined: pd.Series[bool],
    interest: pd.Series[bool],
    view: str,
) -> tuple[Cases, NDArray[np.int64], int, int, dict[str, Any]]:
    """The determined futures, their indices, how many were left out, and what was asked for."""
    from detente.futures.drawing.draws import concerns
    from detente.futures.drawing.factors import factors

    lists = run.situation.views.get(view, {})
    drawn_for = [each for each in factors(run.situation) if concerns(each, view, lists)]
    known = frame.index[determined.reindex(frame.index, fill_value=False).to_numpy(dtype=bool)]
    drawn = run.futures.loc[known]
    cases = Cases.of(
        columns(drawn, drawn_for),
        interest.reindex(known).to_numpy(dtype=bool),
        drawn["weight"].to_numpy(dtype=float),
    )
    failed = int((run.futures["status"] != "ok").sum())
    asked = {key: run.manifest.get(key) for key in ("futures", "design", "seed")}
    return cases, known.to_numpy(dtype=np.int64), len(frame) - len(known), failed, asked
