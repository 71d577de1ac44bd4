"""Points of the unit cube: stratified exactly, reproducible from their index alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.case import load
from detente.case.checks import SOUND
from detente.errors import CannotAnswer, InputError
from detente.futures.drawing.design import BLOCK, SOBOL_BLOCK, Design, combinations, futures_allowed
from tests.case.writing import exchanged, read

SAMPLED = ("lhs", "sobol", "random", "saltelli")


@given(
    kind=st.sampled_from(SAMPLED),
    start=st.integers(0, 1500),
    length=st.integers(0, 600),
    dimensions=st.integers(0, 5),
)
@settings(max_examples=40, deadline=None)
def test_any_part_of_a_design_is_the_same_by_itself(
    kind: str, start: int, length: int, dimensions: int
) -> None:
    design = Design(kind, seed=7)  # type: ignore[arg-type]
    whole = design.cube(dimensions, 0, 2100)
    part = design.cube(dimensions, start, start + length)
    assert part.shape == (length, dimensions)
    assert np.array_equal(part, whole[start : start + length])


@pytest.mark.parametrize("kind", SAMPLED)
def test_points_lie_in_the_cube_and_depend_on_the_seed(kind: str) -> None:
    zero, one, again = (Design(kind, seed).cube(3, 0, 1000) for seed in (0, 1, 0))  # type: ignore[arg-type]
    assert zero.min() >= 0
    assert zero.max() < 1
    assert not np.isclose(zero, one).any(axis=1).all()
    assert np.array_equal(zero, again)


def in_order(cells: np.ndarray) -> list[int]:
    return sorted(cells.astype(int).tolist())


def test_every_latin_block_has_one_point_in_every_stratum() -> None:
    points = Design("lhs", seed=5).cube(4, 0, 3 * BLOCK).reshape(3, BLOCK, 4)
    for block in points:
        for coordinate in block.T:
            assert in_order(coordinate * BLOCK) == list(range(BLOCK))
    assert not np.array_equal(points[0], points[1])


def test_every_sobol_block_is_balanced() -> None:
    points = Design("sobol", seed=5).cube(4, 0, 3 * SOBOL_BLOCK).reshape(3, SOBOL_BLOCK, 4)
    for block in points:
        for coordinate in block.T:
            assert in_order(coordinate * SOBOL_BLOCK) == list(range(SOBOL_BLOCK))
            assert in_order(coordinate[:64] * 64) == list(range(64))
        # The first two coordinates are a (0, 8, 2)-net: a point in every box of area 1/256.
        for cut in (4, 16, 64):
            boxes = np.floor(block[:, 0] * cut) * (SOBOL_BLOCK // cut)
            boxes += np.floor(block[:, 1] * (SOBOL_BLOCK // cut))
            assert in_order(boxes) == list(range(SOBOL_BLOCK))
    assert not np.array_equal(points[0], points[1])


def test_saltelli_rows_exchange_one_coordinate_each() -> None:
    dimensions, pairs = 3, 512
    points = Design("saltelli", seed=2).cube(dimensions, 0, (dimensions + 2) * pairs)
    rows = points.reshape(pairs, dimensions + 2, dimensions)
    a, b = rows[:, 0], rows[:, 1]
    for coordinate in range(dimensions):
        expected = a.copy()
        expected[:, coordinate] = b[:, coordinate]
        assert np.array_equal(rows[:, 2 + coordinate], expected)
    both = np.hstack([a, b])
    for block in (both[:SOBOL_BLOCK], both[SOBOL_BLOCK:]):  # of six dimensions, each balanced
        for column in block.T:
            assert in_order(column * SOBOL_BLOCK) == list(range(SOBOL_BLOCK))
    assert len(np.unique(both.round(9), axis=1).T) == 2 * dimensions


def test_a_factorial_design_has_no_points() -> None:
    with pytest.raises(ValueError, match="combinations"):
        Design("factorial").cube(2, 0, 4)


def test_strange_designs_are_refused() -> None:
    with pytest.raises(InputError, match="no design `best`: one of lhs, sobol, random"):
        Design("best")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="a seed is 0 or above, not -1"):
        Design(seed=-1)


# ---------------------------------------------------------------------------------- what is allowed

EVENTS = (
    "uncertainties: {u: {kind: event, probability: 0.5}, v: {kind: event, probability: [0, 1]}}"
)
NUMBERS = "uncertainties: {u: {kind: event, probability: 0.5}, w: {kind: uniform, range: [0, 1]}}"
TOGETHER = f"{EVENTS}\ncorrelations: [{{between: [u, v], rank: 0.5}}]"


def refusal(folder: Path, kind: str, sections: str, futures: int) -> str:
    situation = read(folder, exchanged(SOUND, sections))
    with pytest.raises((InputError, CannotAnswer)) as refused:
        futures_allowed(Design(kind), situation, futures)  # type: ignore[arg-type]
    return f"{refused.value.exit_code}: {refused.value}"


@pytest.mark.parametrize(
    ("kind", "sections", "futures", "message"),
    [
        ("lhs", EVENTS, 0, "2: at least one future is drawn, not 0"),
        (
            "sobol",
            EVENTS,
            1000,
            (
                "2: a sobol design takes a power of two of futures, not 1,000\n"
                "  --futures 512 or --futures 1024"
            ),
        ),
        (
            "saltelli",
            EVENTS,
            100,
            (
                "2: a saltelli design takes 4 times a power of two of futures, not 100\n"
                "  --futures 64 or --futures 128"
            ),
        ),
        (
            "saltelli",
            EVENTS,
            3,
            "2: a saltelli design takes 4 times a power of two of futures, not 3\n  --futures 4",
        ),
        (
            "factorial",
            EVENTS,
            1000,
            "2: a factorial design of this case has 4 futures, not 1,000\n  --futures 4",
        ),
        (
            "factorial",
            NUMBERS,
            4,
            (
                "3: a factorial design tries every level, and numbers have none: `w`\n"
                "  draw them: --design lhs"
            ),
        ),
        (
            "factorial",
            TOGETHER,
            4,
            (
                "3: a factorial design weighs factors independently, and some are correlated: "
                "`u with v`\n  draw them: --design lhs"
            ),
        ),
        (
            "saltelli",
            TOGETHER,
            4,
            (
                "3: Sobol' indices share out the variance among independent factors, and some are "
                "correlated\n  draw them: --design lhs"
            ),
        ),
    ],
)
def test_numbers_of_futures_that_a_design_does_not_come_in(
    tmp_path: Path, kind: str, sections: str, futures: int, message: str
) -> None:
    assert refusal(tmp_path, kind, sections, futures) == message


def test_too_many_combinations_are_refused_by_the_largest_factors(tmp_path: Path) -> None:
    events = ", ".join(f"e{k}: {{kind: event, probability: 0.5}}" for k in range(19))
    choice = "c: {kind: choice, weights: {a: 1, b: 1, c: 1}}"
    message = refusal(tmp_path, "factorial", f"uncertainties: {{{events}, {choice}}}", 8)
    assert message.startswith(
        "3: 1,572,864 combinations of 20 factors are too many for a factorial design, "
        "at most 1,000,000: `c`, `e0`, `e1`, `e2` and 16 more"
    )


@pytest.mark.parametrize(
    ("kind", "futures"),
    [("lhs", 1), ("random", 7), ("sobol", 1), ("sobol", 4096), ("saltelli", 256)],
)
def test_numbers_of_futures_that_a_design_comes_in(tmp_path: Path, kind: str, futures: int) -> None:
    situation = read(tmp_path, exchanged(SOUND, EVENTS))
    futures_allowed(Design(kind), situation, futures)  # type: ignore[arg-type]


def test_levels_that_never_come_up_are_not_combined(tmp_path: Path) -> None:
    case = exchanged(
        SOUND,
        "uncertainties:\n"
        "  sure: {kind: event, probability: 1}\n"
        "  never: {kind: event, probability: 0}\n"
        "  c: {kind: choice, weights: {a: 1, b: 0, c: 3}}",
    )
    assert combinations(read(tmp_path, case)) == 2


def test_more_futures_than_say_anything_are_refused() -> None:
    with pytest.raises(InputError, match="at most 100,000,000 futures are drawn"):
        futures_allowed(Design(), load("kim/first_strike"), 10**15)
