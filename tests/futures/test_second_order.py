"""Ranges of shares over intervals of probabilities, where they are known exactly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from detente.case import load
from detente.futures.drawing.design import Design
from detente.futures.drawing.draws import draws
from detente.futures.judging.second_order import Range
from detente.futures.judging.shares import counted
from detente.futures.reading.run import Run
from tests.futures.argued import STAGE, claim

Truth = Callable[[pd.DataFrame], Any]
Ends = tuple[float, float]


def range_of(
    folder: Path, events: Sequence[Ends], holds: Truth, design: str = "lhs", futures: int = 2_000
) -> Range | None:
    """Of a claim that is true where `holds` says so of the events `e0`, `e1`, …"""
    written = {f"e{n}": list(each) for n, each in enumerate(events)}
    unknown = ", ".join(f"{e}: {{kind: event, probability: {p}}}" for e, p in written.items())
    file = folder / "situation.yaml"
    sections = [STAGE, "preferences: {}", f"uncertainties: {{{unknown}}}", claim()]
    file.write_text("\n".join(sections), encoding="utf-8")
    situation = load(file)
    drawn = draws(situation, Design(design), 0, futures)  # type: ignore[arg-type]
    columns = {"status": "ok", "reason": None, "weight": drawn.weights, "varied": False}
    frame = pd.DataFrame({**columns, **drawn.columns}).rename_axis("future")
    truth = holds(frame)
    claims = pd.DataFrame(
        {
            "future": frame.index, "view": "", "claim": "it", "concept": "nash", "status": "ok",
            "holds": truth.astype("boolean"), "against": pd.NA, "determined": True,
        }
    )  # fmt: skip
    asked = {"futures": futures, "design": design, "seed": 0, "concepts": ["nash"]}
    run = Run.from_frames(situation, asked, futures=frame, claims=claims)
    return counted(run).moved.range(0)


def test_a_claim_that_is_an_event_ranges_as_its_probability(tmp_path: Path) -> None:
    found = range_of(tmp_path, [(0.3, 0.9)], lambda f: f.e0)
    assert found is not None
    assert (found.lower, found.upper) == pytest.approx((0.3, 0.9), abs=0.002)
    assert (found.lower_at, found.upper_at) == ({"e0": 0.3}, {"e0": 0.9})


def test_events_that_decide_nothing_do_not_widen_a_range(tmp_path: Path) -> None:
    """Each of eight moves the share of 250 futures a little, as chance has it; all would, a lot."""
    nothing = [(0.2, 0.8)] * 8
    found = range_of(tmp_path, [(0.35, 0.35), *nothing], lambda f: f.e0, "random", 250)
    assert found is not None
    assert found.lower is not None
    assert found.upper is not None
    assert found.upper - found.lower < 0.06


def test_events_that_decide_only_together_are_found_in_a_sample(tmp_path: Path) -> None:
    found = range_of(tmp_path, [(0.1, 0.9)] * 2, lambda f: f.e0 != f.e1, "random", 1_000)
    assert found is not None
    assert (found.lower, found.upper) == pytest.approx((0.18, 0.82), abs=0.1)


def test_events_that_decide_only_together_are_moved_together(tmp_path: Path) -> None:
    """At 0.5 and 0.5 neither event matters; at 0.9 and 0.1 they part in 0.82 of the futures."""
    found = range_of(tmp_path, [(0.1, 0.9)] * 2, lambda f: f.e0 != f.e1, "factorial", 4)
    assert found is not None
    assert (found.lower, found.upper) == pytest.approx((0.18, 0.82))
    assert sorted(found.upper_at.values()) == [0.1, 0.9]
    assert found.effective is None


def test_the_factor_that_moves_the_share_most_is_named_first(tmp_path: Path) -> None:
    found = range_of(tmp_path, [(0.4, 0.6), (0.1, 0.9)], lambda f: f.e0 & f.e1, "factorial", 4)
    assert found is not None
    assert found.lower == pytest.approx(0.04)
    assert list(found.lower_at) == ["e1", "e0"]


def test_of_many_intervals_only_those_count_that_move_the_share(tmp_path: Path) -> None:
    """One event of fourteen decides: noise in the others may not widen the range."""
    found = range_of(tmp_path, [(0.3, 0.7)] * 14, lambda f: f.e3)
    assert found is not None
    assert "e3" in found.lower_at
    assert len(found.lower_at) < 5
    assert (found.lower, found.upper) == pytest.approx((0.3, 0.7), abs=0.05)


def test_more_than_ten_that_matter_are_climbed_to_the_best_corner(tmp_path: Path) -> None:
    """All of twelve events are wanted: 0.95 to the twelfth at the most."""
    found = range_of(
        tmp_path,
        [(0.85, 0.95)] * 12,
        lambda f: pd.Series(np.all(f.filter(like="e").iloc[:, -12:], axis=1), f.index),
        "factorial",
        2**12,
    )
    assert found is not None
    assert found.lower == pytest.approx(0.85**12)
    assert found.upper == pytest.approx(0.95**12)
    assert set(found.upper_at.values()) == {0.95}


def test_a_side_that_was_never_drawn_cannot_be_moved_to(tmp_path: Path) -> None:
    found = range_of(tmp_path, [(0.0, 0.001), (0.4, 0.6)], lambda f: f.e1, futures=100)
    assert found is not None
    assert found.unreached == ("e0",)
    assert set(found.lower_at) == {"e1"}


def test_a_range_from_few_futures_says_that_it_is_thin(tmp_path: Path) -> None:
    found = range_of(tmp_path, [(0.05, 0.95)] * 5, lambda f: f.e0 & f.e1 & f.e2, futures=250)
    assert found is not None
    assert found.thin
    assert found.effective is not None
    assert found.effective < 50


def test_without_an_interval_there_is_no_range(tmp_path: Path) -> None:
    assert range_of(tmp_path, [(0.5, 0.5)], lambda f: f.e0) is None
