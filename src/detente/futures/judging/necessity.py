"""Necessary and possible: whether a claim holds however the open questions come out.

A claim is *necessary* in the model if it holds in every combination of orders, held and dropped
statements, events, executions and choices; *possible* if in some; *impossible* if in none. Shares
play no part in it: a combination counts, however rare.

Where there are few combinations they are enumerated, those that no evaluation can tell apart once.
Otherwise futures are sampled, and a counter-example is searched for around those where single
statements turn the claim most often; then "none was found" is all that is said. Numbers are
sampled always: no claim is called necessary while a number that is read could be otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from detente.errors import InputError
from detente.futures.changing.tried import Tried
from detente.futures.drawing.corners import Corners
from detente.futures.drawing.design import Design

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from detente.case.situation import Concept, Situation
    from detente.futures.drawing.corners import Corner

__all__ = ["Example", "Necessity", "Status", "necessity"]

Status = Literal[
    "necessary", "possible", "impossible", "no_counterexample", "no_example", "undetermined"
]

MOST_COMBINATIONS = 200_000  # that are told apart before it is known how many differ
PROBED = 4  # futures in which every statement is varied, to see where a claim is nearly lost
WORTH_PROBING = 25  # futures tried for each of these, which costs about as much as so many


@dataclass(frozen=True)
class Example:
    """A future in which a claim holds, or does not, as near to the nominal one as was found."""

    differs: Mapping[str, str | float]
    """Factor -> what it comes to, where that is not what the nominal future has."""
    holds: bool | None
    """None: nothing is attainable."""


@dataclass(frozen=True)
class Necessity:
    """Whether a claim holds in all futures, in some, or in none."""

    claim: str
    concept: str
    status: Status
    is_exhaustive: bool
    """Whether every combination was tried, and no number is read."""
    futures: int
    """Tried; futures that no evaluation can tell apart count once."""
    holds: int
    undetermined: int
    combinations: int
    """Of levels, of the factors that are read."""
    numbers: tuple[str, ...]
    """Factors that are read and can only be sampled."""
    seed: int
    counterexample: Example | None = None
    """Why it is not necessary; one that fails rather than one that is undetermined."""
    example: Example | None = None
    """Why it is possible."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        from detente.claims.report import plain

        found: dict[str, Any] = plain(self)
        return found


def necessity(
    situation: Situation,
    concept: Concept | None = None,
    *,
    limit: int = 500,
    seed: int = 0,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[Necessity, ...]:
    """For each claim that can be tested: whether it must hold, may hold, or cannot.

    Parameters
    ----------
    situation
        What the analyst wrote; of an expert's lists, `situation.seen_by(expert)`.
    concept
        By which claims are settled; each claim's headline concept if left out.
    limit
        The most futures that are evaluated, but for bringing counter-examples near.
    seed
        Of the sample; an enumeration has none.
    progress
        Told what is being worked on.

    Raises
    ------
    InputError
        Where the limit is not above zero.

    References
    ----------
    [KonczakLang2005], of orders that are known in part.
    """
    if limit < 1:
        raise InputError(f"limit {limit}: at least one future is evaluated")
    corners = Corners(situation)
    tried = Tried(corners, concept)
    is_exhaustive = enumerated(corners, tried, limit)
    if not is_exhaustive:
        for stage, found in searched(corners, tried, limit, seed):
            progress(stage)
            for corner in found:
                if len(tried) >= limit or not tried.open:
                    break
                tried.ask(corner, tried.open)
        progress("bringing counter-examples near")
        for claim in tried.claims:
            for answer in (True, False, None):
                tried.bring_near(claim, answer)
    return tuple(told(claim, tried, seed, is_exhaustive) for claim in tried.claims)


def enumerated(corners: Corners, tried: Tried, limit: int) -> bool:
    """Try every combination, where there are few enough that differ; whether that was done."""
    if corners.numbers or corners.combinations > MOST_COMBINATIONS:
        return False
    every = corners.every()
    # The nearest first: of futures that come to the same, the nearest to the nominal one is kept.
    distances = (every != np.array(corners.nominal)).sum(axis=1)
    by_distance = every[np.argsort(distances, kind="stable")]
    rows, _ = corners.draws(by_distance).distinct()
    if len(rows) > limit:
        return False
    for corner in by_distance[rows].tolist():
        tried.ask(tuple(corner), tried.claims)
    return True


def searched(
    corners: Corners, tried: Tried, limit: int, seed: int
) -> Iterator[tuple[str, Iterable[Corner]]]:
    """Futures to try, stage by stage."""
    cube = Design("lhs", seed).cube(len(corners.factors), 0, limit)
    sample: list[Corner] = [tuple(row) for row in corners.sample(cube).tolist()]
    half = limit // 2
    yield "the nominal future and its neighbours", around([corners.nominal], corners)
    yield "a sample of futures", sample[:half]
    probed = [corners.nominal, *sample][: min(PROBED, limit // WORTH_PROBING)]
    yield "futures near to a counter-example", around(tried.nearly_lost(probed), corners)
    yield "more of the sample", sample[half:]


def around(starts: Iterable[Corner], corners: Corners) -> Iterator[Corner]:
    """Each of these futures and those that differ from it in one factor."""
    for start in starts:
        yield start
        yield from corners.neighbours(start)


def told(claim: str, tried: Tried, seed: int, is_exhaustive: bool) -> Necessity:
    """What is said of a claim."""
    corners = tried.corners
    values = list(tried.answers(claim).values())
    return Necessity(
        claim=claim,
        concept=tried.concept_of(claim),
        status=status(values, is_exhaustive),
        is_exhaustive=is_exhaustive,
        futures=len(values),
        holds=values.count(True),
        undetermined=values.count(None),
        combinations=corners.combinations,
        numbers=corners.numbers,
        seed=seed,
        counterexample=example(tried, claim, (False, None)),
        example=example(tried, claim, (True,)),
    )


def status(answers: Sequence[bool | None], is_exhaustive: bool) -> Status:
    """What the answers in the futures tried come to."""
    if not any(answer is not None for answer in answers):
        return "undetermined"
    if all(answers):
        return "necessary" if is_exhaustive else "no_counterexample"
    if any(answers):
        return "possible"
    return "impossible" if is_exhaustive else "no_example"


def example(tried: Tried, claim: str, wanted: Sequence[bool | None]) -> Example | None:
    """The future nearest to the nominal one with the first of these answers that occurs."""
    for answer in wanted:
        found = tried.nearest(claim, answer)
        if found is not None:
            return Example(tried.corners.told(found), answer)
    return None
