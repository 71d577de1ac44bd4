"""The nominal future: the middle of everything that is not known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from detente.case import nominal
from detente.case.checks import SOUND
from detente.case.future import future_of
from tests.case.full import FULL
from tests.case.writing import exchanged, read

rng = np.random.default_rng(0)
DRAWS = 400_000


def truncated_normal(mean: float, sd: float, low: float, high: float) -> float:
    draws = rng.normal(mean, sd, DRAWS)
    return float(draws[(draws >= low) & (draws <= high)].mean())


def nominal_of(folder: Path, uncertainty: str) -> float | bool | int:
    case = exchanged(SOUND, f"uncertainties: {{u: {{{uncertainty}}}}}")
    return nominal(read(folder, case)).values["u"]


@pytest.mark.parametrize(
    ("uncertainty", "value"),
    [
        ("kind: event, probability: 0.5", True),
        ("kind: event, probability: [0.2, 0.79]", False),
        ("kind: event, probability: [0.2, 0.8]", True),
        ("kind: choice, weights: {a: 1, b: 3, c: 3}", 1),
        ("kind: uniform, range: [1, 4]", 2.5),
        ("kind: triangular, range: [0, 1], mode: 0.2", 0.4),
        ("kind: pert, range: [0, 12], mode: 3", 4.0),
        ("kind: normal, range: [-1, 3], mean: 1, sd: 2", 1.0),
    ],
)
def test_the_nominal_value_by_hand(tmp_path: Path, uncertainty: str, value: float) -> None:
    assert nominal_of(tmp_path, uncertainty) == pytest.approx(value, abs=1e-12)


@pytest.mark.parametrize(
    ("uncertainty", "mean"),
    [
        ("kind: triangular, range: [1, 9], mode: 8", rng.triangular(1, 8, 9, DRAWS).mean()),
        (
            "kind: pert, range: [1, 10], mode: 2",
            1 + 9 * rng.beta(1 + 4 / 9, 1 + 4 * 8 / 9, DRAWS).mean(),
        ),
        ("kind: normal, range: [0, 2], mean: -0.5, sd: 1", truncated_normal(-0.5, 1, 0, 2)),
        (
            "kind: log_uniform, range: [0.1, 100]",
            np.exp(rng.uniform(np.log(0.1), np.log(100), DRAWS)).mean(),
        ),
    ],
)
def test_the_nominal_value_is_the_mean_of_many_draws(
    tmp_path: Path, uncertainty: str, mean: float
) -> None:
    assert nominal_of(tmp_path, uncertainty) == pytest.approx(mean, rel=0.01)


@pytest.mark.parametrize(
    ("uncertainty", "value"),
    [
        ("kind: normal, range: [5, 6], mean: -100, sd: 1", 5),
        ("kind: normal, range: [5, 6], mean: 100, sd: 1", 6),
        ("kind: uniform, range: [-1e308, 1.5e308]", 2.5e307),
        ("kind: log_uniform, range: [1e-300, 1e300]", 1e300 / (600 * np.log(10))),
    ],
)
def test_extreme_ranges_stay_finite(tmp_path: Path, uncertainty: str, value: float) -> None:
    assert nominal_of(tmp_path, uncertainty) == pytest.approx(value)


def test_statements_that_are_held_keep_the_order_of_the_file(tmp_path: Path) -> None:
    future = nominal(read(tmp_path, FULL))
    # hidden does not happen and mood is calm, so that 2b and 3 do not count
    assert [statement.id for statement in future.statements["row"]] == ["row.1", "row.2a"]
    case = FULL.replace("probability: [0.2, 0.6]", "probability: [0.4, 0.6]")
    case = case.replace("calm_mood: 2", "calm_mood: 0.5").replace("[0.4, 0.9]", "[0.4, 0.59]")
    future = nominal(read(tmp_path, case))
    assert [statement.id for statement in future.statements["row"]] == ["row.1", "row.2b", "row.3"]
    even = nominal(read(tmp_path, FULL.replace("[0.4, 0.9]", "[0.4, 0.6]")))
    assert [statement.id for statement in even.statements["row"]] == ["row.1", "row.2a"]
    assert "col" not in future.statements  # it has a utility


@pytest.mark.parametrize(("executed", "is_kept"), [("[0.2, 0.7]", False), ("[0.3, 0.7]", True)])
def test_a_commitment_is_kept_from_a_midpoint_of_one_half_on(
    tmp_path: Path, executed: str, is_kept: bool
) -> None:
    case = FULL.replace("executed: [0.2, 0.7]", f"executed: {executed}")
    assert nominal(read(tmp_path, case)).values["visit"] is is_kept


def test_a_commitment_is_named_like_an_event(tmp_path: Path) -> None:
    case = FULL.replace("when: hidden", "when: visit and not hidden")
    held = nominal(read(tmp_path, case.replace("[0.2, 0.7]", "0.9"))).statements["row"]
    assert "row.2b" in {statement.id for statement in held}
    held = nominal(read(tmp_path, case)).statements["row"]
    assert "row.2b" not in {statement.id for statement in held}


def test_statements_in_an_order_that_is_drawn(tmp_path: Path) -> None:
    group = "any_order: [{prefer: col.arm}, {prefer: row.arm}, {prefer: not col.arm}]"
    lists = f"row: [{{prefer: row.arm}}, {{{group}}}], col: [{{prefer: col.arm}}]"
    situation = read(tmp_path, exchanged(SOUND, f"preferences: {{{lists}}}"))
    future = future_of(situation, {}, unheld={"row.2c"}, orders={"row.2": (2, 0, 1)})
    assert [each.id for each in future.statements["row"]] == ["row.1", "row.2a", "row.2b"]
    assert [(each.statement.id, each.place) for each in future.doubted["row"]] == [("row.2c", 1)]
    assert [each.id for each in future.statements["col"]] == ["col.1"]
