"""Verdicts over many futures, against every combination written out."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from detente.case import load
from detente.claims import run_claims
from detente.futures.drawing.design import Design, combinations
from detente.futures.judging.assembly import claims_of
from detente.futures.judging.shares import counted
from detente.futures.judging.verdicts import Court
from detente.futures.reading.run import Run, run_of
from detente.futures.running.driver import Means, Settings, ensemble
from tests.claims.cases import Case, random_case
from tests.futures.oracle import Ensemble

FEWEST, MOST = 4, 48  # futures: more than one is unknown, and yet few are to be written out


def cases_from(seed: int, count: int) -> list[Case]:
    """Random cases with something not known in them."""
    rng, found = Random(seed), list[Case]()
    while len(found) < count:
        case = random_case(rng)
        every = Ensemble(case)
        if FEWEST <= len(every.futures) <= MOST and all(j.case.feasible() for j in every.plain):
            found.append(case)
    return found


CASES = cases_from(seed=11, count=6)


def run(case: Case, folder: Path, design: str, futures: int | None = None, varied: int = 0) -> Run:
    file = folder / "situation.yaml"
    file.write_text(json.dumps(case.written()), encoding="utf-8")
    situation = load(file)
    count = combinations(situation) if futures is None else futures
    settings = Settings(Design(design), varied=varied or count)  # type: ignore[arg-type]
    return run_of(ensemble(situation, count, folder / design, settings, Means(workers=0)))


@pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
def test_a_factorial_run_is_exactly_what_all_combinations_come_to(
    case: Case, tmp_path: Path
) -> None:
    every, kept = Ensemble(case), run(case, tmp_path, "factorial")
    results = claims_of(kept, counted(kept), run_claims(kept.situation))
    assert kept.counts["ok"] == len(every.futures)
    for result in results:
        claim = case.claims[result.claim.id]
        sides = every.asked(claim, every.plain)
        exact = every.shares(claim, sides)
        shares = (result.share, result.against, result.difference)
        assert shares == pytest.approx((exact.share, exact.against, exact.difference), abs=1e-9)
        assert (result.low, result.high) == (result.share, result.share)
        assert result.undetermined == exact.undetermined
        said = result.to_dict()
        lower, upper = every.range(claim, sides)
        assert (said["lower"], said["upper"]) == pytest.approx((lower, upper), abs=1e-8)
        assert result.verdict == every.verdict(claim), result.claim.id


@pytest.mark.parametrize("design", ["lhs", "random"])
def test_intervals_of_a_sample_hold_the_exact_shares(design: str, tmp_path: Path) -> None:
    case = CASES[3]
    every, kept = Ensemble(case), run(case, tmp_path, design, futures=1_100, varied=1)
    court = Court(kept.situation, counted(kept))
    for column, head in enumerate(court.counted.layout.headlines):
        claim = case.claims[court.counted.layout.claims[head].name]
        found, exact = (
            court.hearing(column).share,
            every.shares(claim, every.asked(claim, every.plain)),
        )
        assert exact.share is not None
        assert found.low is not None
        assert found.high is not None
        assert found.low <= exact.share <= found.high
        assert found.high - found.low < 0.07
