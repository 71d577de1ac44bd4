"""Signposts: what could be observed, and which verdicts or recommendation it would turn.

A signpost is one thing that is not known becoming known: an event happens or does not, a number
turns out low or high, a commitment is executed, an actor is seen to hold a statement or not, or to
put one thing first [Dewar2002]. Its effect is the share of futures in which that is so: where a
verdict there is another than over all futures, with the whole sampling interval, the observation
would turn it. What noise could explain is no signpost.

That a statement nobody doubts is shown wrong was tried in the futures in which statements were
varied; of these the share is known, and that it moved by more than two standard errors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from detente.claims.report import plain
from detente.errors import CannotAnswer
from detente.futures.judging.recommended import recommended
from detente.futures.judging.shares import counted
from detente.futures.judging.verdicts import Court, Hearing, plain_verdict
from detente.futures.reading.blocks import FIRST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    import pandas as pd

    from detente.case.situation import Situation
    from detente.futures.changing.answers import Answer
    from detente.futures.choosing.information import Information
    from detente.futures.drawing.factors import Factor
    from detente.futures.judging.shares import Counted, Share
    from detente.futures.reading.blocks import Layout
    from detente.futures.reading.run import Run

__all__ = ["Observation", "Signpost", "Signposts", "Turning", "signposts"]

Kind = Literal["event", "number", "choice", "executed", "held", "order", "statement"]


@dataclass(frozen=True)
class Observation:
    """Something that could be observed."""

    factor: str
    """An uncertainty, a commitment, a statement, or a group of statements in any order."""
    kind: Kind
    """As of the factor; `statement`: one that nobody doubts is not held."""
    level: str
    """What it turns out to be: `yes`, `dropped`, a choice, `lowest quarter`; of an order the
    statement that stands first."""
    says: str | None = None
    """What is not known, in the words of the case."""
    bound: float | None = None
    """Where the lowest quarter of a number ends, or the highest begins."""
    unit: str | None = None
    by: date | None = None
    """When it will be known: the day on which a commitment is due."""


@dataclass(frozen=True)
class Turning:
    """One answer that an observation would turn."""

    claim: str | None
    """None: the recommended strategy."""
    before: Answer
    """`assumed` where a single statement told it; all others by the share alone."""
    after: Answer
    share: Share
    """Over all futures: those in which the claim holds, or nothing beats the recommendation."""
    then: Share
    """The same in the futures in which it is so."""

    @property
    def change(self) -> float:
        """By how much the share moves, or its difference to the contrast where that moves more."""
        shares = (self.share.share, self.then.share), (self.share.difference, self.then.difference)
        return max(abs((then or 0.0) - (now or 0.0)) for now, then in shares)


@dataclass(frozen=True)
class Signpost:
    """Something that could be observed, and all it would turn."""

    observation: Observation
    turns: tuple[Turning, ...]
    """The recommendation first, then claims in the order of the case."""

    @property
    def change(self) -> float:
        """The largest move of a share."""
        return max(turning.change for turning in self.turns)


@dataclass(frozen=True)
class Signposts:
    """What to watch, what turns most first."""

    situation: str
    signposts: tuple[Signpost, ...]
    worth: Information | None
    """What it would be worth to know each factor, where the focal actor has a utility in a
    unit."""
    as_of: date | None
    horizon: str | None
    """Until when what has no date of its own is observed, counted from `as_of`."""
    futures: int
    failed: int
    varied: int
    """Futures in which statements nobody doubts were dropped; with none, no such is found."""
    design: str
    seed: int

    def to_dict(self) -> dict[str, Any]:
        """As JSON knows it."""
        return {
            "format": "detente.signposts/1",
            **{name: plain(getattr(self, name)) for name in ("situation", "horizon")},
            "as_of": self.as_of and self.as_of.isoformat(),
            **{name: getattr(self, name) for name in ("futures", "failed", "varied")},
            "design": self.design,
            "seed": self.seed,
            "signposts": [post_dict(post) for post in self.signposts],
            "worth": self.worth and self.worth.to_dict(),
        }

    def to_frame(self) -> pd.DataFrame:
        """One row an answer that something observed would turn."""
        import pandas as pd

        rows = [
            {**plain(post.observation), **turn_dict(turning)}
            for post in self.signposts
            for turning in post.turns
        ]
        return pd.DataFrame(rows, columns=[*Observation.__dataclass_fields__, *TURN])


TURN = (
    "target", "claim", "before", "after",
    "share", "then", "then_low", "then_high", "difference", "then_difference",
)  # fmt: skip


def post_dict(post: Signpost) -> dict[str, Any]:
    seen = plain(post.observation)
    by = post.observation.by
    turns = [turn_dict(turning) for turning in post.turns]
    return {**seen, "by": by and by.isoformat(), "change": post.change, "turns": turns}


def turn_dict(turning: Turning) -> dict[str, Any]:
    return {
        "target": "recommendation" if turning.claim is None else "claim",
        "claim": turning.claim,
        "before": turning.before,
        "after": turning.after,
        "share": turning.share.share,
        "then": turning.then.share,
        "then_low": turning.then.low,
        "then_high": turning.then.high,
        "difference": turning.share.difference,
        "then_difference": turning.then.difference,
    }


def signposts(run: Run, sums: Counted | None = None) -> Signposts:
    """What to watch: the observations that would turn a verdict or the recommendation.

    Parameters
    ----------
    run
        Its futures.
    sums
        What was counted of it, where that was done before.

    Returns
    -------
    Signposts
        Those that turn most answers first, of as many those that move a share most.

    References
    ----------
    [Dewar2002]
    """
    sums = counted(run) if sums is None else sums
    found: dict[Observation, list[Turning]] = {}
    for observation, turning in (*of_recommendation(run, sums), *of_claims(run.situation, sums)):
        found.setdefault(observation, []).append(turning)
    posts = [Signpost(observation, tuple(turns)) for observation, turns in found.items()]
    return Signposts(
        situation=run.situation.id,
        signposts=ranked(posts),
        worth=worth_of_knowing(run),
        as_of=run.situation.as_of,
        horizon=run.situation.horizon,
        futures=sums.ok,
        failed=sums.failed,
        varied=sums.varied_futures,
        design=str(run.manifest["design"]),
        seed=int(run.manifest["seed"]),
    )


def ranked(posts: Iterable[Signpost]) -> tuple[Signpost, ...]:
    """What turns most answers first; of as many, what moves a share most."""
    return tuple(sorted(posts, key=lambda post: (-len(post.turns), -post.change)))


Found = tuple[Observation, Turning]


def of_recommendation(run: Run, sums: Counted) -> Iterator[Found]:
    """What would turn the recommendation."""
    choice = recommended(run, sums)
    if choice is None or choice.share.share is None:
        return
    before = choice.standing(choice.share)
    for (factor, level), then in choice.turning():
        turning = Turning(None, before, choice.standing(then), choice.share, then)
        yield observed(run.situation, sums.layout, factor, level), turning


def of_claims(situation: Situation, sums: Counted) -> Iterator[Found]:
    """What would turn the verdict of a claim, by the case's own lists."""
    court = Court(situation, sums)
    for place, column in enumerate(sums.layout.headlines):
        hearing = Hearing(court, place)
        if sums.layout.claims[column].view or hearing.share.share is None:
            continue
        for at in hearing.levels():
            if hearing.turns(at):
                seen = observed(situation, sums.layout, at.factor, at.level)
                yield seen, turning_of(hearing, at.share)
        yield from shown_wrong(hearing)


def shown_wrong(hearing: Hearing) -> Iterator[Found]:
    """The statements nobody doubts whose absence turns a claim."""
    for varied in hearing.varied:
        if varied.change == "dropped" and varied.statement.credence is None:
            says = varied.statement.says or str(varied.statement.prefer)
            seen = Observation(varied.statement.id, "statement", "dropped", says)
            yield seen, turning_of(hearing, varied.share)


def turning_of(hearing: Hearing, then: Share) -> Turning:
    before = "assumed" if hearing.told else hearing.plain
    after = plain_verdict(hearing.claim, then)
    return Turning(hearing.claim.id, before, after, hearing.share, then)


def observed(situation: Situation, layout: Layout, name: str, level: str) -> Observation:
    """A level of a factor as something that could be observed."""
    factor = next(each for each in layout.factors if each.name == name)
    commitment = situation.commitments.get(name) if factor.kind == "executed" else None
    return Observation(
        name,
        factor.kind,
        f"{name}{level.removesuffix(FIRST)}" if factor.kind == "order" else level,
        says_of(situation, factor, level),
        bound_of(layout, factor, level),
        factor.unit,
        commitment.due if commitment else None,
    )


def says_of(situation: Situation, factor: Factor, level: str) -> str | None:
    """What is not known; of an order, what the statement that stands first says."""
    if factor.kind != "order":
        return factor.says
    actor = factor.name.split(".")[0]
    wanted = factor.name + level.removesuffix(FIRST)
    statements = getattr(situation.preferences[actor], "statements", ())
    first = next(each for each in statements if each.id == wanted)
    return first.says or str(first.prefer)


def bound_of(layout: Layout, factor: Factor, level: str) -> float | None:
    """Where a quarter of a number ends or begins."""
    if factor.name not in layout.edges:
        return None
    return layout.edges[factor.name][0 if level.startswith("lowest") else 1]


def worth_of_knowing(run: Run) -> Information | None:
    """Expected values of partial perfect information; None where there is an order only."""
    from detente.futures.choosing.information import information
    from detente.futures.choosing.regret import payoffs

    try:
        return information(run, payoffs(run))
    except CannotAnswer:
        return None
