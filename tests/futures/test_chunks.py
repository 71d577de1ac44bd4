"""The table of a chunk: every future once, evaluated by its definition, whatever the chunks."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest

from detente.case import load
from detente.claims.evaluation import Evaluated, Evaluator
from detente.futures.drawing.design import Design
from detente.futures.drawing.draws import draws
from detente.futures.running import chunks
from detente.futures.running.chunks import Job
from detente.futures.running.local import Failure
from tests.futures.kept import written

if TYPE_CHECKING:
    from detente.case.future import Future
    from detente.case.situation import Situation

DESIGN = Design(seed=3)
ANSWERS = ("claim", "concept", "holds", "against", "is_determined")
RANKED = ("strategy", "concept", "attainable", "best", "worst", "utility_best", "utility_worst")
TURNED = ("claim", "statement", "change", "swapped_with", "holds", "against", "is_determined")


@pytest.fixture(scope="module")
def situation(tmp_path_factory: pytest.TempPathFactory) -> Situation:
    return load(written(tmp_path_factory.mktemp("case")))


def one_by_one(situation: Situation, index: int, varied: bool) -> dict[str, Any]:
    """What a row says by definition: each view's evaluation of this future, in turn."""
    drawn = draws(situation, DESIGN, index, index + 1)
    row: dict[str, Any] = {name: [] for name in ("claims", "strategies", "outcomes", "turned")}
    for view in ("", "expert"):
        evaluate = Evaluator(situation.seen_by(view))
        found = evaluate(drawn.future(0, view), vary=varied)
        row["claims"] += [(view, *(getattr(a, name) for name in ANSWERS)) for a in found.asked]
        row["strategies"] += [
            (view, *(getattr(p, name) for name in RANKED), dict(p.goals)) for p in found.played
        ]
        row["outcomes"] += [
            (view, p.strategy, p.concept, code) for p in found.played for code in p.outcomes
        ]
        row["turned"] += [(view, *(getattr(t, name) for name in TURNED)) for t in found.turned]
    return row


def test_every_row_is_what_its_future_comes_to(situation: Situation) -> None:
    found = Job(situation, DESIGN, varied=4)(0, 30).to_pylist()
    assert [row["index"] for row in found] == list(range(30))
    for row in found:
        expected = one_by_one(situation, row["index"], row["varied"])
        nested = {name: [tuple(each.values()) for each in row[name]] for name in expected}
        assert nested == expected
        assert (row["status"], row["reason"], row["varied"]) == ("ok", None, row["index"] < 4)
    assert any(row["turned"] for row in found[:4])
    assert len({str(row["claims"]) for row in found}) > 1


def test_a_row_says_everything_that_was_drawn(situation: Situation) -> None:
    drawn = draws(situation, DESIGN, 100, 110)
    rows = Job(situation, DESIGN)(100, 110).to_pylist()
    for place, row in enumerate(rows):
        draw = row["draw"]
        assert draw["war"] == drawn.columns["war"][place]
        assert draw["cost"] == drawn.columns["cost"][place]
        assert draw["path"] == ("left", "right")[drawn.columns["path"][place]]
        assert draw["a.1"] == ("a>b", "b>a")[drawn.columns["a.1"][place]]
        assert draw["b.2"] == drawn.columns["b.2"][place]
        assert list(draw) == [factor.name for factor in drawn.factors]


@pytest.mark.parametrize("cuts", [[0, 40], [0, 1, 2, 17, 40], [0, 10, 20, 30, 40]])
def test_any_division_into_chunks_makes_the_same_table(
    situation: Situation, cuts: list[int]
) -> None:
    whole = Job(situation, DESIGN, varied=12)(0, 40)
    job = Job(situation, DESIGN, varied=12)
    parts = pa.concat_tables(job(*cut) for cut in pairwise(cuts))
    assert parts.combine_chunks().equals(whole.combine_chunks())


def test_futures_that_cannot_be_told_apart_are_evaluated_once(
    situation: Situation, monkeypatch: pytest.MonkeyPatch
) -> None:
    evaluated: list[Future] = []

    class Counting(Evaluator):
        def __call__(self, future: Future, *, vary: bool = False) -> Evaluated:
            evaluated.append(future)
            return super().__call__(future, vary=vary)

    monkeypatch.setattr(chunks, "Evaluator", Counting)
    Job(situation, DESIGN)(0, 1000)
    # By the case's own lists: two orders of a, whether b.1 counts, whether b.2 is held; by the
    # expert's: two orders of a.
    assert len(evaluated) == 2 * 2 * 2 + 2


def test_a_future_that_raises_says_why_and_is_filled_with_nothing(
    situation: Situation, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Raising(Evaluator):
        def __call__(self, future: Future, *, vary: bool = False) -> Evaluated:
            raise ZeroDivisionError(f"no such thing\nas this: {object()}")

    monkeypatch.setattr(chunks, "Evaluator", Raising)
    rows = Job(situation, DESIGN)(0, 20).to_pylist()
    assert len(rows) == 20
    for row in rows:
        assert row["status"] == "failed"
        assert row["reason"] == "ZeroDivisionError: no such thing as this: <object object>"
        assert row["claims"] is row["strategies"] is row["outcomes"] is row["turned"] is None
        assert row["draw"]["cost"] is not None


def test_only_what_raises_fails(situation: Situation, monkeypatch: pytest.MonkeyPatch) -> None:
    class Once(Evaluator):
        def __call__(self, future: Future, *, vary: bool = False) -> Evaluated:
            if future.values["war"]:
                raise MemoryError
            return super().__call__(future, vary=vary)

    plain = Job(situation, Design("random", 1))(0, 8).to_pylist()
    monkeypatch.setattr(chunks, "Evaluator", Once)
    # Each by itself: two futures that come to the same may differ in what raised here.
    rows = [Job(situation, Design("random", 1))(i, i + 1).to_pylist()[0] for i in range(8)]
    for row, expected in zip(rows, plain, strict=True):
        if expected["draw"]["war"]:
            assert (row["status"], row["reason"]) == ("failed", "MemoryError")
        else:
            assert row == expected
    assert len({row["status"] for row in rows}) == 2


def test_a_future_that_is_left_out_takes_those_with_it_that_come_to_the_same(
    situation: Situation,
) -> None:
    plain = Job(situation, DESIGN)(50, 80).to_pylist()
    why = Failure("timed_out", "not done after 1 s")
    begun: list[int] = []
    rows = Job(situation, DESIGN)(50, 80, {57: why, 10: why}, begun.append).to_pylist()
    rows_alike, inverse = draws(situation, DESIGN, 50, 80).distinct()
    expert_alike, expert = draws(situation, DESIGN, 50, 80).distinct("expert")
    for place, row in enumerate(rows):
        if inverse[place] == inverse[7] or expert[place] == expert[7]:
            assert (row["status"], row["reason"], row["claims"]) == (*why, None)
        else:
            assert row == plain[place]
    assert {row["status"] for row in rows} == {"ok", "timed_out"}
    assert len(begun) == len(rows_alike) - 1 + len(expert_alike) - 1


def test_a_case_in_which_nothing_is_drawn_is_tabled_too() -> None:
    rows = Job(load("fang/prisoners_dilemma"), DESIGN)(0, 3).to_pylist()
    assert [row["status"] for row in rows] == ["ok"] * 3
    assert [row["draw"] for row in rows] == [{"nothing": None}] * 3
