"""How little must change: every switch of a small argument is known by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from detente.case import load
from detente.claims.verdict import WORDS
from detente.futures.changing.breakeven import BreakEvens, break_evens
from detente.futures.changing.tipping import Line, Sums, tipping_point, tippings
from tests.futures.drawn import run_where
from tests.futures.hinging import (
    ANGRY,
    BASE,
    HINGING,
    PRESSED,
    STORM,
    counted_out,
    written,
)
from tests.futures.hinging import (
    WORDS as CONTENT,
)

if TYPE_CHECKING:
    from pathlib import Path

    from detente.futures.changing.breakeven import Switch
    from detente.futures.reading.run import Run


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> BreakEvens:
    return break_evens(load(written(tmp_path_factory.mktemp("case"))))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return counted_out(tmp_path_factory.mktemp("exact"))


def switches(found: BreakEvens, claim: str | None) -> dict[str, Switch]:
    return {each.tried.factor: each for each in found.switches if each.claim == claim}


def altered(folder: Path, old: str, new: str) -> BreakEvens:
    assert HINGING.count(old) == 1
    return break_evens(load(written(folder, HINGING.replace(old, new))))


# -------------------------------------------------------------------------------------- numbers


def test_a_number_moves_as_little_as_flips_a_verdict(found: BreakEvens) -> None:
    switch = switches(found, "pressed")["cost"]
    # From 0.5, the upper end of (0.2, 0.7) is nearer than the lower one.
    assert switch.value == pytest.approx(0.7, abs=found.tolerance)
    assert float(switch.value) >= 0.7
    assert switch.distance == pytest.approx(0.2, abs=found.tolerance)
    assert (switch.before, switch.after) == ("supported", "contradicted")
    assert switch.tried.nominal == 0.5
    assert switch.tried.stated == (0, 1)


def test_a_number_may_move_down(tmp_path: Path) -> None:
    switch = switches(altered(tmp_path, "cost > 0.2", "cost > 0.45"), "pressed")["cost"]
    assert switch.value == pytest.approx(0.45, abs=1e-6)
    assert float(switch.value) <= 0.45


def test_a_number_may_decide_whether_a_statement_counts(tmp_path: Path) -> None:
    switch = switches(altered(tmp_path, "when: storm", "when: cost > 0.65"), "pressed")["cost"]
    assert switch.value == pytest.approx(0.65, abs=1e-6)


def test_the_order_of_a_utility_is_seen_to_change(tmp_path: Path) -> None:
    case = HINGING[: HINGING.index("  prc:\n    - {prefer")] + (
        '  prc: {utility: "prc.press * (0.62 - cost)"}\n' + HINGING[HINGING.index("strategies:") :]
    )
    found = break_evens(load(written(tmp_path, case)))
    # More pressure is better below 0.62 and worse above: an equilibrium without any comes up.
    assert switches(found, "quiet")["cost"].value == pytest.approx(0.62, abs=1e-6)


def test_what_comes_and_goes_between_two_steps_is_seen_with_finer_ones(tmp_path: Path) -> None:
    window = HINGING.replace("cost > 0.2 and cost < 0.7", "not (cost > 0.601 and cost < 0.604)")
    situation = load(written(tmp_path, window))
    assert "cost" in {each.factor for each in break_evens(situation, steps=100).firm}
    finer = switches(break_evens(situation, steps=1_000), "pressed")["cost"]
    assert finer.value == pytest.approx(0.601, abs=1e-6)


def test_nothing_within_the_stated_range_is_an_answer(found: BreakEvens) -> None:
    assert {each.factor for each in found.firm} == {"idle", "prc.1 > prc.6"}
    assert not switches(found, "quiet")


def test_futures_that_cannot_be_evaluated_flip_nothing(tmp_path: Path) -> None:
    case = HINGING[: HINGING.index("  prc:\n    - {prefer")] + (
        '  prc: {utility: "prc.press * log(1 - cost)"}\n' + HINGING[HINGING.index("strategies:") :]
    )
    found = break_evens(load(written(tmp_path, case)))  # at cost 1 the utility is no number
    assert "cost" in {each.factor for each in found.firm}


# ---------------------------------------------------------------------- events, choices, statements


@pytest.mark.parametrize(
    ("factor", "kind", "nominal", "value"),
    [
        ("storm", "event", "no", "yes"),
        ("base", "executed", "no", "yes"),
        ("mood", "choice", "calm", "angry"),  # `sour` changes nothing
        ("prc.5", "credence", "dropped", "held"),
        ("prc.6 > prc.7", "swap", "prc.6 > prc.7", "prc.7 > prc.6"),
    ],
)
def test_the_other_outcome_flips_the_verdict_and_saves_the_recommendation(
    found: BreakEvens, factor: str, kind: str, nominal: str, value: str
) -> None:
    switch = switches(found, "pressed")[factor]
    assert (switch.tried.kind, switch.tried.nominal, switch.value) == (kind, nominal, value)
    assert switch.after == "contradicted"
    saved = switches(found, None)[factor]
    assert (saved.before, saved.after, saved.better) == ("beaten", "stands", ())


def test_of_several_values_of_a_choice_the_first_is_said(tmp_path: Path) -> None:
    found = altered(tmp_path, "{calm: 3, sour: 2, angry: 1}", "{calm: 1, sour: 2, angry: 3}")
    switch = switches(found, "pressed")["mood"]  # calm and sour would both do
    assert (switch.tried.nominal, switch.value, switch.after) == ("angry", "calm", "supported")


def test_a_recommendation_turns_with_the_order_of_its_own_actor(found: BreakEvens) -> None:
    assert switches(found, None)["rok.1 > rok.2"].after == "stands"
    assert "rok.1 > rok.2" not in switches(found, "pressed")


def test_a_beaten_recommendation_names_what_beats_it(tmp_path: Path) -> None:
    found = altered(tmp_path, "probability: [0.2, 0.4]", "probability: [0.6, 0.8]")
    switch = switches(found, None)["storm"]  # in the storm of this nominal future it stands
    assert (switch.value, switch.before, switch.after) == ("no", "stands", "beaten")
    assert switch.better == ("stay",)


def test_tables_hold_every_switch_and_everything_firm(found: BreakEvens) -> None:
    frame = found.to_frame()
    assert len(frame) == len(found.switches) + len(found.firm)
    assert set(frame.loc[frame["target"].isna(), "factor"]) == {"idle", "prc.1 > prc.6"}
    told = found.to_dict()
    assert told["switches"][0]["factor"] == "cost"
    assert [each["target"] for each in told["switches"][:2]] == ["recommendation", "claim"]


# ------------------------------------------------------------------------------ probabilities


@pytest.mark.parametrize(
    ("word", "drawn", "expected"),
    [
        ("possible", 0.1, (0.2, True)),
        ("likely", 0.9, (0.55, False)),
        ("unlikely", 0.1, (0.45, False)),
        ("certain", 0.5, (1.0, True)),
        ("impossible", 0.5, (0.0, True)),
        ("certain", 1.0, (1.0, False)),
    ],
)
def test_a_claim_that_holds_where_something_happens_tips_at_what_its_word_requires(
    word: str, drawn: float, expected: tuple[float, bool]
) -> None:
    point = tipping_point(Sums(Line(0, 1), Line(1, 1)), WORDS[word], drawn)
    assert point is not None
    assert point == pytest.approx(expected)


def test_undetermined_futures_weigh_nothing() -> None:
    # Holds and is determined in a fifth of the futures without, fails in all of those with it:
    # at q the share is 0.2 (1 - q) / (0.2 (1 - q) + q), which is 0.55 where q = 0.09 / 0.64.
    sums = Sums(Line(0.2, 0), Line(0.2, 1))
    point = tipping_point(sums, WORDS["likely"], 0.01)
    assert point is not None
    assert point[0] == pytest.approx(0.09 / 0.64)


def test_a_contrast_must_make_a_difference() -> None:
    # Always at least half, and the contrast is as high from one half on.
    sums = Sums(Line(0.5, 0.7), Line(1, 1), Line(0.4, 0.8))
    assert tipping_point(sums, WORDS["possible"], 0.2) == pytest.approx((0.5, False))
    assert tipping_point(Sums(Line(0.5, 0.7), Line(1, 1)), WORDS["possible"], 0.2) is None


def test_shares_tip_where_theory_says(run: Run) -> None:
    tips = {(each.factor, each.level): each for each in tippings(run) if each.claim == "pressed"}
    expected = {
        ("storm", "yes"): STORM,
        ("base", "yes"): BASE,
        ("prc.5", "held"): CONTENT,
        ("mood", "angry"): ANGRY,
    }
    assert set(tips) == set(expected)
    for key, drawn in expected.items():
        # The share is (1 - q) times what it is without this factor, and must be above 0.2.
        without = PRESSED / (1 - drawn)
        assert tips[key].probability == pytest.approx(1 - 0.2 / without)
        assert tips[key].never == pytest.approx(without)
        assert tips[key].always == 0
        assert tips[key].drawn == pytest.approx(drawn)
        assert (tips[key].before, tips[key].after) == ("supported", "contradicted")


def test_a_probability_is_held_against_what_is_stated(run: Run) -> None:
    tips = {each.factor: each for each in tippings(run) if each.claim is None}
    # Nothing beats joining in 1 - PRESSED of the futures: it is beaten from 0.5 down.
    storm = 1 - 0.5 * (1 - STORM) / PRESSED
    assert tips["storm"].probability == pytest.approx(storm)
    assert 0.2 < storm < 0.4
    assert tips["storm"].is_stated is True
    assert (tips["storm"].before, tips["storm"].after) == ("stands", "beaten")
    assert tips["base"].is_stated is (0.05 <= 1 - 0.5 * (1 - BASE) / PRESSED <= 0.15)
    assert tips["mood"].is_stated is None


def test_a_factor_that_only_seems_to_move_a_share_has_no_tipping_point() -> None:
    drawn = run_where(lambda futures: futures["cost"] < 0.55)
    run = replace(drawn, manifest={**drawn.manifest, "concepts": ["nash"], "varied": 0})
    holds = run.claims.set_index("future")["holds"].astype(float)
    shares = [holds[run.futures["war"] == happens].mean() for happens in (False, True)]
    assert min(shares) < 0.55 < max(shares)  # a line through these two would have a root
    assert tippings(run) == ()


def test_break_evens_of_a_run_are_those_of_its_case_and_its_probabilities(run: Run) -> None:
    found = break_evens(run.situation, run)
    assert found.tippings == tippings(run)
    assert found.futures == 24
    assert found.switches == break_evens(run.situation).switches
    assert len(found.tippings_to_frame()) == len(found.tippings)
