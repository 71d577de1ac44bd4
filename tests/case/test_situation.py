"""What a case becomes: texts, options, roles, preferences, the order of codes."""

from __future__ import annotations

import copy
import pickle
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from detente.case import Situation, load, states
from detente.case.checks import SOUND
from detente.case.format import Text
from detente.case.situation import Ranking, Statements, Utility
from detente.errors import InputError
from tests.case.full import FULL
from tests.case.writing import exchanged, read


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Situation:
    return read(tmp_path_factory.mktemp("full"), FULL)


def test_texts_have_one_line_and_keep_their_translation(full: Situation) -> None:
    assert full.title == "Will the rivals keep the peace?"
    assert isinstance(full.title, Text)
    assert full.title.ko == "두 경쟁국"
    assert [str(note) for note in full.notes] == ["A note", "Another"]
    assert pickle.loads(pickle.dumps(full.title)).ko == "두 경쟁국"  # noqa: S301 - our own
    assert Text(" folded\n  over  lines ") == "folded over lines"


def test_what_is_not_written_has_a_name_or_nothing(full: Situation) -> None:
    assert full.actors["third"].name == "third"
    assert full.actors["row"].cow == 2
    assert full.option("row.press").label == "press"
    assert full.option("row.press").level_labels == ("none", "some", "much")
    assert full.option("col.arm").level_labels == ("does not arm", "arms")
    assert full.option("row.arm").enacts["yes"].join == "pact"
    assert full.strategies["press_on"].says == "press on"
    assert full.claims["it_holds"].at == ""
    assert full.claims["it_answers"].at == "III.5"
    assert full.sources["book"].note is None


def test_words_that_other_readers_take_for_something_else_stay_text(tmp_path: Path) -> None:
    case = exchanged(
        SOUND,
        "actors: {NO: {name: no}, on: {name: 12:30}}\n"
        "options: {NO: {y: {levels: [no, yes, on, off]}}, on: {true: {label: 0110}}}\n"
        "preferences: {NO: [{prefer: NO.y == off}], on: [{prefer: on.true}]}\n"
        "status_quo: {NO.y: on}\n"
        "focus: NO\n"
        "horizon: 1_000\n",
    )
    situation = read(tmp_path, case)
    assert situation.actors["NO"].name == "no"
    assert situation.actors["on"].name == "12:30"
    assert situation.option("NO.y").levels == ("no", "yes", "on", "off")
    assert situation.option("on.true").label == "0110"
    assert situation.status_quo == {"NO.y": 2, "on.true": 0}
    assert situation.horizon == "1_000"


def test_numbers_and_dates_are_read_by_the_field_that_takes_them(full: Situation) -> None:
    assert full.as_of == date(2024, 4, 16)
    assert full.arrangements["pact"].from_ == date(2001, 2, 3)
    assert full.arrangements["pact"].layer == ("technology", "industry")
    assert full.arrangements["treaty"].layer == ("defence_treaty",)
    assert full.sources["book"].issued == "1993"
    assert full.sources["book"].volume == "3"
    assert full.claims["it_holds"].tags == ("C1", "2")


def test_files_with_a_mark_and_line_ends_of_windows(tmp_path: Path) -> None:
    (tmp_path / "situation.yaml").write_bytes(
        b"\xef\xbb\xbf" + FULL.replace("\n", "\r\n").encode("utf-8")
    )
    assert load(tmp_path).title == "Will the rivals keep the peace?"


# ------------------------------------------------------------------------------------ preferences


def test_every_decision_maker_has_a_preference_and_nobody_else(full: Situation) -> None:
    assert full.decision_makers == ("row", "col")
    assert list(full.preferences) == ["row", "col"]
    assert isinstance(full.preferences["col"], Utility)


def test_an_actor_nothing_was_written_for_is_indifferent(tmp_path: Path) -> None:
    situation = read(tmp_path, exchanged(SOUND, "preferences: {row: [{prefer: not col.arm}]}"))
    assert situation.preferences["col"] == Statements(())


def test_statements_are_numbered_as_in_the_file(full: Situation) -> None:
    preference = full.preferences["row"]
    assert isinstance(preference, Statements)
    assert [(s.id, s.actor, s.group) for s in preference.statements] == [
        ("row.1", "row", None),
        ("row.2a", "row", 1),
        ("row.2b", "row", 1),
        ("row.3", "row", None),
        ("row.4", "row", None),
    ]
    assert preference.statements[1].credence == (0.4, 0.9)
    assert preference.statements[3].credence == (0.7, 0.7)
    assert str(preference.statements[2].when) == "hidden"
    assert [s.unknown for s in preference.statements] == [False, False, False, False, True]


def test_degrees_stand_between_classes_and_places_count_the_markers(tmp_path: Path) -> None:
    written = 'preferences: {row: {ranking: ["10", "00", much_more, much_more, ["11", "01"]]}}'
    ranking = read(tmp_path, exchanged(SOUND, written)).preferences["row"]
    assert isinstance(ranking, Ranking)
    assert ranking.classes == (("10",), ("00",), ("11", "01"))
    assert ranking.degrees == (1, 3)
    assert [ranking.place(index) for index in range(3)] == [0, 1, 4]


def test_perceptions_and_signals_keep_their_levels_and_intervals(full: Situation) -> None:
    seen = full.perceptions["col"]
    row = seen.preferences["row"]
    assert isinstance(row, Statements)
    assert [(s.id, s.degree) for s in row.statements] == [
        ("col:row.1", 2),
        ("col:row.2", 1),
    ]
    assert seen.unaware == ("row.press",)
    assert seen.perceptions["row"].unaware == ("col.wait",)
    assert isinstance(seen.perceptions["row"].preferences["col"], Utility)
    signal = full.signals["disarm"]
    assert (signal.sender, signal.receiver, signal.trust) == ("row", "col", (0.2, 0.5))
    assert signal.gain.untrustworthy == (0.4, 0.6)
    assert signal.commit == {"row.arm": 0}


def test_moves_may_be_written_one_by_one(full: Situation) -> None:
    assert full.arcs == {"col": {"0000": ("0001",), "0001": ("0000", "0010")}}
    assert full.one_step == ("row",)
    assert [str(rule.when) for rule in full.same] == [
        "row.arm and row.press == some and col.arm and col.wait"
    ]
    assert [(str(named.when), named.name) for named in full.states] == [("tense", "A crisis")]


@pytest.mark.parametrize("section", ["preferences: {row: %s, col: []}", "views: {e: {row: %s}}"])
def test_a_utility_is_a_number_even_if_it_is_an_option_alone(tmp_path: Path, section: str) -> None:
    options = "options: {row: {arm: }, col: {arm: {levels: [none, some, much]}}}"
    situation = read(tmp_path, exchanged(SOUND, f"{options}\n{section % '{utility: col.arm}'}"))
    (view,) = situation.views.values() or [situation.preferences]
    assert isinstance(view["row"], Utility)
    assert view["row"].utility.on({"col.arm": np.arange(3)}).tolist() == [0.0, 1.0, 2.0]


def test_groups_of_more_than_26_statements(tmp_path: Path) -> None:
    many = ", ".join(["{prefer: not col.arm}"] * 55)
    case = exchanged(SOUND, f"preferences: {{row: [{{any_order: [{many}]}}], col: []}}")
    preference = read(tmp_path, case).preferences["row"]
    assert isinstance(preference, Statements)
    names = [statement.id for statement in preference.statements]
    assert [names[n] for n in (0, 25, 26, 51, 52, 54)] == [
        "row.1a", "row.1z", "row.1aa", "row.1az", "row.1ba", "row.1bc",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("prefer", "role"),
    [
        ("not col.arm", "end"),
        ("tense", "means"),  # it depends on row.arm, though it does not name it
        ("not row.arm", "cost"),
        ("row.press <= none and not row.arm", "cost"),
        ("row.arm", "means"),
        ("row.press == some", "means"),
        ("col.arm implies row.arm", "means"),
        ("not row.arm or hidden", "means"),
        ("not row.arm and not tense", "means"),
    ],
)
def test_the_role_of_a_statement_that_declares_none(tmp_path: Path, prefer: str, role: str) -> None:
    case = exchanged(
        SOUND,
        "options: {row: {arm: , press: {levels: [none, some]}}, col: {arm: }}\n"
        "uncertainties: {hidden: {kind: event, probability: 0.5}}\n"
        "indicators: {tense: {formula: row.arm and col.arm}}\n"
        f"preferences: {{row: [{{prefer: {prefer}}}, {{prefer: {prefer}, role: end}}], col: []}}",
    )
    preference = read(tmp_path, case).preferences["row"]
    assert isinstance(preference, Statements)
    assert [statement.role for statement in preference.statements] == [role, "end"]


def test_rankings_are_classes_of_codes(full: Situation) -> None:
    view = full.views["expert_a"]["col"]
    assert isinstance(view, Ranking)
    assert view.classes[:3] == (("1010",), ("0000", "0001"), ("0010",))


# ----------------------------------------------------------------------------------- states, codes


def test_codes_follow_the_file_or_the_order_that_is_given(tmp_path: Path) -> None:
    case = exchanged(SOUND, "options: {row: {arm: , tell: }, col: {arm: }}")
    assert [option.id for option in read(tmp_path, case).options] == [
        "row.arm", "row.tell", "col.arm",
    ]  # fmt: skip
    case = exchanged(case, "option_order: [row.tell, col.arm, row.arm]")
    situation = read(tmp_path, case)
    assert [option.id for option in situation.options] == ["row.tell", "col.arm", "row.arm"]
    assert situation.decision_makers == ("row", "col")


def test_the_states_as_arrays(full: Situation) -> None:
    assert states.size(full.options) == 24
    axes = states.axes(full.options)
    assert {option: axis.shape for option, axis in axes.items()} == {
        "row.arm": (2, 1, 1, 1),
        "row.press": (1, 3, 1, 1),
        "col.arm": (1, 1, 2, 1),
        "col.wait": (1, 1, 1, 2),
    }
    feasible = states.feasible(full.options, full.infeasible, {})
    assert np.argwhere(~feasible).tolist() == [[1, 2, a, w] for a in (0, 1) for w in (0, 1)]


def test_codes_of_states(full: Situation) -> None:
    assert states.code((1, 2, 0, 1)) == "1201"
    assert states.code((35, 10)) == "za"
    assert states.code_levels("1201", full.options) == (1, 2, 0, 1)
    for wrong in ("120", "12010", "1301", "12 1", "１201", ""):
        assert states.code_levels(wrong, full.options) is None


@pytest.mark.parametrize(
    ("text", "is_code"),
    [
        ("0110", True),
        ("01", True),
        ("zzzz", True),
        ("zzz", False),
        ("a.x1", False),
        ("01A0", False),
    ],
)
def test_texts_that_can_only_be_codes(text: str, is_code: bool) -> None:
    assert states.looks_like_code(text, 4) is is_code


def test_an_indicator_of_as_many_letters_as_options_is_no_code(tmp_path: Path) -> None:
    claim = "{says: A, test: {kind: stability, state: up, is: equilibrium}}"
    case = f"indicators: {{up: {{formula: row.arm}}}}\nclaims: {{a: {claim}}}"
    formulas = read(tmp_path, exchanged(SOUND, case)).claims["a"].formulas
    assert str(formulas["state"]) == "up"


# ------------------------------------------------------------------------------------ the argument


def test_what_a_test_fixes(full: Situation) -> None:
    assert full.fixed(None) == {}
    assert full.fixed("press_on") == {"row.press": 1, "row.arm": 1}
    assert full.fixed({"row.press": "much"}) == {"row.press": 2}


def test_the_expressions_of_a_claim(full: Situation) -> None:
    assert full.claims["it_answers"].formulas["expect"].options == {"col.arm"}
    assert full.claims["it_holds"].formulas == {}  # its state is a code
    assert full.claims["one_ought"].untested == "normative"


def test_the_recommendation(full: Situation) -> None:
    assert full.recommendation is not None
    assert full.recommendation.strategy == "hold_back"
    assert full.recommendation.rests_on == ("it_answers",)
    assert full.recommendation.support.evidence[0].at == "p. 2"


def test_a_situation_can_be_copied_and_sent_elsewhere(full: Situation) -> None:
    assert pickle.loads(pickle.dumps(full)) == full  # noqa: S301 - our own
    assert copy.deepcopy(full) == full


def test_every_part_is_frozen(full: Situation) -> None:
    for part in (full, full.options[0], full.sources["memo"], full.claims["it_holds"]):
        with pytest.raises((AttributeError, ValueError)):
            part.id = "other"  # type: ignore[union-attr, misc]


# --------------------------------------------------------------------------- experts, second steps


def test_an_experts_lists_stand_in_place_of_the_cases_own(full: Situation) -> None:
    seen = full.seen_by("expert_a")
    assert seen.preferences == {**full.preferences, **full.views["expert_a"]}
    assert list(seen.preferences) == list(full.preferences)
    assert seen.options == full.options
    assert full.seen_by("") is full


def test_an_expert_nobody_knows_is_refused(full: Situation, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no expert `b`: one of expert_a$"):
        full.seen_by("b")
    with pytest.raises(InputError, match=r"no expert `b`: the case has no `views`$"):
        read(tmp_path, SOUND).seen_by("b")


def test_a_strategy_of_two_steps(full: Situation) -> None:
    strategy = full.strategies["press_later"]
    assert strategy.levels == {"row.press": 1}
    (step,) = strategy.then
    assert step.levels == {"row.arm": 1}
    assert step.when.options == {"col.arm"}
    assert step.when.uncertainties == {"visit"}
    assert full.strategies["press_on"].then == ()


def test_a_first_step_is_the_same_written_either_way(tmp_path: Path) -> None:
    steps = read(tmp_path, exchanged(SOUND, "strategies: {a: {row.arm: yes}}")).strategies["a"]
    other = read(tmp_path, exchanged(SOUND, "strategies: {a: {commit: {row.arm: yes}}}"))
    assert other.strategies["a"] == steps


def test_a_utility_says_its_unit(full: Situation) -> None:
    preference = full.preferences["col"]
    assert isinstance(preference, Utility)
    assert preference.unit == "billion"


# --------------------------------------------------------------------------- states that are one


def test_the_first_code_stands_for_states_that_are_one(tmp_path: Path) -> None:
    """Two rules that share a state make one of all their states."""
    situation = read(tmp_path, exchanged(SOUND, "same_when: [{when: row.arm}, {when: col.arm}]"))
    possible = np.ones((2, 2), dtype=np.bool_)
    found = states.representatives(situation.options, possible, situation.same, {})
    assert found.tolist() == [0, 1, 1, 1]


def test_infeasible_states_are_one_with_nothing(tmp_path: Path) -> None:
    situation = read(tmp_path, exchanged(SOUND, "same_when: [{when: row.arm or col.arm}]"))
    possible = np.array([[True, False], [True, True]])
    found = states.representatives(situation.options, possible, situation.same, {})
    assert found.tolist() == [0, 1, 2, 2]
