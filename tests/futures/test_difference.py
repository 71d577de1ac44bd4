"""What changed between two runs, results or cases, and why."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from detente.case import load
from detente.claims import run_claims
from detente.errors import InputError
from detente.futures.changing.difference import Difference, difference
from detente.futures.changing.versions import version_of
from detente.futures.drawing.design import Design
from detente.futures.reading.run import Run, open_run
from tests.futures.hinging import CERTAIN_COST, HINGING, kept_run, written

if TYPE_CHECKING:
    from pathlib import Path

STORMIER = HINGING.replace("probability: [0.2, 0.4]", "probability: [0.5, 0.7]")
PATIENT = HINGING.replace("cost < 0.7", "cost < 0.6")
FUTURES = 1_000


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("runs")
    return {
        "plain": kept_run(folder / "plain", HINGING, FUTURES),
        "stormier": kept_run(folder / "stormier", STORMIER, FUTURES),
        "patient": kept_run(folder / "patient", PATIENT, FUTURES),
        "other_seed": kept_run(folder / "other_seed", HINGING, 250, Design("lhs", 1)),
    }


def changed(found: Difference) -> list[str]:
    return [each.claim for each in found.changed]


def results(folder: Path, case: Path, *, with_copy: bool) -> Path:
    """What `detente run --out` leaves."""
    folder.mkdir()
    report = run_claims(load(case)).to_dict()
    (folder / "claims.json").write_text(json.dumps(report), encoding="utf-8")
    if with_copy:
        shutil.copytree(case, folder / "case")
    return folder


# ---------------------------------------------------------------------------------------- cases


def test_two_versions_of_a_case_are_compared_in_their_nominal_futures(tmp_path: Path) -> None:
    found = difference(written(tmp_path / "a"), written(tmp_path / "b", STORMIER))
    assert changed(found) == ["pressed"]
    pressed = found.changed[0]
    assert pressed.before is not None
    assert pressed.after is not None
    assert (pressed.before.share, pressed.after.share) == (1, 0)
    assert pressed.are_apart
    assert [str(change) for change in found.case or ()] == [
        'uncertainties.storm.probability: ["0.2", "0.4"] -> ["0.5", "0.7"]'
    ]
    assert (found.settings, found.is_paired) == ((), False)


def test_the_recommendation_is_compared_too(tmp_path: Path) -> None:
    found = difference(written(tmp_path / "a"), written(tmp_path / "b", STORMIER))
    assert found.is_other_recommendation
    standings = found.before.recommendation, found.after.recommendation
    assert [each and each.unbeaten for each in standings] == [0, 1]


def test_claims_that_come_and_go_are_said(tmp_path: Path) -> None:
    renamed = HINGING.replace("  quiet: {", "  calm: {")
    found = difference(written(tmp_path / "a"), written(tmp_path / "b", renamed))
    assert [(each.claim, each.before is None, each.after is None) for each in found.changed] == [
        ("calm", True, False),
        ("quiet", False, True),
    ]


def test_nothing_changes_where_nothing_changed(tmp_path: Path) -> None:
    case = written(tmp_path / "a")
    found = difference(case, case)
    assert (found.changed, found.case, found.settings) == ((), (), ())
    assert not found.is_other_recommendation


def test_one_future_has_no_share_that_a_run_could_be_apart_from(
    runs: dict[str, Path], tmp_path: Path
) -> None:
    for pair in (
        (runs["plain"], written(tmp_path / "a")),
        (written(tmp_path / "b"), runs["plain"]),
    ):
        found = difference(*pair)
        assert not found.is_paired
        assert not any(each.are_apart for each in found.claims)
        assert all(each.is_other_verdict for each in found.changed)
        assert [each.name for each in found.settings] == ["futures"]
        numbers = sorted([found.settings[0].before, found.settings[0].after])
        assert numbers == [1, FUTURES]


# -------------------------------------------------------------------------------------- results


def test_results_are_as_good_as_the_case_they_are_of(tmp_path: Path) -> None:
    case = written(tmp_path / "case_a")
    found = difference(results(tmp_path / "a", case, with_copy=False), case)
    assert (found.changed, found.case, found.settings) == ((), None, ())
    kept = results(tmp_path / "b", case, with_copy=True)
    assert difference(kept, case).case == ()
    assert difference(kept / "claims.json", case).changed == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "cannot be read"),
        ("[]", "not the results of a run"),
        ('{"format": "detente.claims/1"}', "not complete"),
        ('{"format": "detente.claims/1", "claims": [1], "futures": 1}', "not complete"),
    ],
)
def test_what_are_no_results_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "claims.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        difference(tmp_path, tmp_path)


def test_a_path_to_nothing_is_refused() -> None:
    with pytest.raises(InputError, match="no such file, folder or case"):
        difference("fang/chicken", "nowhere")


# ----------------------------------------------------------------------------------------- runs


def test_runs_of_the_same_futures_are_compared_future_by_future(runs: dict[str, Path]) -> None:
    found = difference(runs["plain"], runs["stormier"])
    assert found.is_paired
    [pressed] = found.changed
    answers = [
        frame[(frame["claim"] == "pressed")].set_index("future")["holds"].astype(bool)
        for frame in (open_run(runs[name]).claims for name in ("plain", "stormier"))
    ]
    paired = pressed.paired
    assert paired is not None
    assert paired.change == pytest.approx(answers[1].mean() - answers[0].mean())
    assert paired.otherwise == pytest.approx((answers[0] != answers[1]).mean())
    assert paired.futures == FUTURES
    # A storm only ever prevents: 0.7 to 0.4 of the futures without one.
    truth = 0.5 * 0.9 * 0.9 * 5 / 6 * (0.4 - 0.7)
    assert paired.low < truth < paired.high
    assert paired.high < 0


def test_a_future_that_failed_in_one_of_them_is_not_compared(runs: dict[str, Path]) -> None:
    whole = version_of(runs["stormier"])
    assert whole.run is not None
    frames = {name: whole.run.frame(name) for name in ("futures", "claims", "strategies")}
    lost = frames["claims"]["future"] >= FUTURES - 100
    frames["futures"].loc[FUTURES - 100 :, "status"] = "failed"
    frames["claims"].loc[lost, ["holds", "against"]] = pd.NA
    frames["claims"].loc[lost, "determined"] = False
    some = Run.from_frames(whole.run.situation, whole.run.manifest, **frames)
    found = difference(runs["plain"], replace(whole, run=some))
    pressed = next(each for each in found.claims if each.claim == "pressed")
    assert pressed.paired is not None
    assert pressed.paired.futures == FUTURES - 100


def test_what_changed_in_the_copies_of_the_case_is_said(runs: dict[str, Path]) -> None:
    found = difference(runs["plain"], runs["patient"])
    assert [change.place for change in found.case or ()] == ["preferences.prc.6.prefer"]
    # The cost lies between the two limits in a tenth of the futures, each of them drawn alike.
    [pressed] = found.changed
    assert pressed.paired is not None
    assert pressed.paired.otherwise == pytest.approx(-pressed.paired.change)
    costs = open_run(runs["plain"]).futures["cost"]
    assert pressed.paired.otherwise <= ((costs >= 0.6) & (costs < 0.7)).mean()


def test_other_seeds_draw_other_futures(runs: dict[str, Path]) -> None:
    found = difference(runs["plain"], runs["other_seed"])
    assert not found.is_paired
    assert found.case == ()
    assert [(each.name, each.before, each.after) for each in found.settings] == [
        ("futures", 1_000, 250),
        ("seed", 0, 1),
    ]
    assert "pressed" not in changed(found)  # the intervals overlap: it is the same case


def test_weights_of_a_factorial_design_are_never_paired(tmp_path: Path) -> None:
    folders = [
        kept_run(tmp_path / name, case, 24, Design("factorial"))
        for name, case in (
            ("a", CERTAIN_COST),
            ("b", CERTAIN_COST.replace("[0.2, 0.4]", "[0.5, 0.7]")),
        )
    ]
    found = difference(*folders)
    assert not found.is_paired
    [pressed] = found.changed
    assert pressed.after is not None
    assert pressed.after.share == pytest.approx(0.4 * 0.9 * 0.9 * 5 / 6)
    assert difference(folders[0], folders[0]).is_paired


def test_shares_tell_how_far_they_are_apart_in_a_table(runs: dict[str, Path]) -> None:
    found = difference(runs["plain"], runs["stormier"])
    frame = found.to_frame()
    assert list(frame.index) == ["pressed", "quiet"]
    assert frame["apart"].tolist() == [True, False]
    assert np.allclose(frame["change"], frame["share_after"] - frame["share_before"])
    told = found.to_dict()
    assert told["unchanged"] == ["quiet"]
    assert told["claims"][0]["paired"]["futures"] == FUTURES
    json.dumps(told)
