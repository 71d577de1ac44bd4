"""Each semantic check finds what it asks about, and only that."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from detente.case import states
from detente.case.checks import CHECKS, SOUND, Check, coverage
from detente.errors import CaseError
from tests.case.full import FULL
from tests.case.writing import exchanged, found, read

if TYPE_CHECKING:
    from detente.case.problems import Problem


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def messages(problems: list[Problem], check: str) -> list[str]:
    return [
        f"{problem.place.line}:{problem.place.column} {problem.message}"
        for problem in problems
        if problem.check == check
    ]


def test_a_sound_case_draws_no_remark(folder: Path) -> None:
    assert read(folder, SOUND).warnings == ()
    assert read(folder, FULL).warnings == ()


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_every_check_fails_on_its_example(folder: Path, check: Check) -> None:
    problems = found(folder, check.example)
    assert check.name in {problem.check for problem in problems}
    assert {p.severity for p in problems if p.check == check.name} == {check.severity}
    if check.severity == "warning":  # a case to be warned of can still be used
        assert read(folder, exchanged(SOUND, check.example)).warnings == tuple(problems)


def test_names_and_questions_differ() -> None:
    assert len({check.name for check in CHECKS}) == len({check.asks for check in CHECKS})
    assert len({check.name for check in CHECKS}) == len(CHECKS)


# ------------------------------------------------------------------------------------- feasibility


def test_the_rule_that_rules_out_the_last_state_is_named(folder: Path) -> None:
    problems = found(
        folder,
        "infeasible:\n"
        "  - {when: row.arm and col.arm}\n"
        "  - {when: row.arm iff not col.arm}\n"
        "  - {when: not row.arm}",
    )
    assert messages(problems, "no_feasible_state") == [
        "21:12 rules out every state, together with the rules before it"
    ]
    alone = found(folder, "infeasible: [{when: row.arm or not row.arm}]")
    assert messages(alone, "no_feasible_state") == ["18:21 rules out every state"]


def test_levels_that_never_occur(folder: Path) -> None:
    problems = found(
        folder,
        "options: {row: {arm: {levels: [none, some, many]}, tell: {levels: [no]}}, col: {arm: {}}}\n"
        "infeasible: [{when: row.arm == some}, {when: col.arm}]",
    )
    assert messages(problems, "impossible_level") == [
        "8:17 its level `some` never occurs",
        "8:52 never varies: `no` is its only level",
        "8:81 never varies: `no` is its only level",
    ]


def test_what_waits_for_an_event_is_not_called_idle(folder: Path) -> None:
    problems = found(
        folder,
        "uncertainties: {storm: {kind: event, probability: 0.1}}\n"
        "infeasible: [{when: storm and row.arm}, {when: row.arm and storm}]",
    )
    assert messages(problems, "idle_infeasibility") == []
    assert messages(problems, "impossible_level") == []


def test_rules_that_wait_for_an_event_do_not_make_a_level_impossible(folder: Path) -> None:
    problems = found(
        folder,
        "uncertainties: {storm: {kind: event, probability: 0.9}}\n"
        "infeasible: [{when: storm and row.arm}]",
    )
    assert messages(problems, "impossible_level") == []
    assert messages(problems, "infeasible_status_quo") == []


def test_as_many_states_as_can_be_taken_on_are(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(states, "LARGEST", 12)
    options = "options: {{row: {{arm: {{levels: [{}]}}}}, col: {{arm: , tell: }}}}"
    assert messages(found(folder, options.format("a, b, c")), "too_many_states") == []
    assert messages(found(folder, options.format("a, b, c, d")), "too_many_states") == [
        "8:1 16 combinations of levels; at most 12 are taken on"
    ]


def test_actors_are_coupled_through_indicators_too(folder: Path) -> None:
    problems = found(
        folder,
        "indicators: {both: {formula: row.arm and col.arm}}\ninfeasible: [{when: both}]",
    )
    assert messages(problems, "coupled_actors") == [
        "19:21 couples options of col and row: one can trap the other"
    ]


# ------------------------------------------------------------------------------------- preferences


def idle(folder: Path, statements: str, more: str = "") -> list[str]:
    sections = f"preferences:\n  row:\n{statements}\n  col: [{{prefer: col.arm}}]\n{more}"
    return [
        message.partition(" ")[2] for message in messages(found(folder, sections), "idle_statement")
    ]


SETTLED = "never decides: the statements before it settle every case"


def test_a_statement_that_those_before_it_settle(folder: Path) -> None:
    lines = ["not col.arm", "row.arm", "row.arm and not col.arm"]
    assert idle(folder, "\n".join(f"    - {{prefer: {line}}}" for line in lines)) == [SETTLED]
    assert idle(folder, "\n".join(f"    - {{prefer: {line}}}" for line in lines[::-1])) == []


def test_a_statement_that_is_the_same_in_every_feasible_state(folder: Path) -> None:
    statements = "    - {prefer: not (row.arm and col.arm)}\n    - {prefer: row.arm and col.arm}"
    assert idle(folder, statements, "infeasible: [{when: row.arm and col.arm}]") == [
        "never decides: it is true in every feasible state",
        "never decides: it is false in every feasible state",
    ]


def test_a_statement_that_decides_where_another_is_not_held_is_not_idle(folder: Path) -> None:
    for doubt in ("credence: 0.9", "when: storm"):
        statements = f"    - {{prefer: row.arm, {doubt}}}\n    - {{prefer: not row.arm}}"
        storm = "uncertainties: {storm: {kind: event, probability: 0.9}}"
        assert idle(folder, statements, storm) == []
        assert idle(folder, statements.replace(f", {doubt}", ""), storm) == [SETTLED]


def test_a_statement_that_decides_under_some_order_is_not_idle(folder: Path) -> None:
    group = (
        "    - any_order:\n"
        "        - {prefer: row.arm}\n"
        "        - {prefer: row.arm or col.arm}\n"
        "        - {prefer: row.arm and col.arm}\n"
    )
    assert idle(folder, group) == []
    after = group + "    - {prefer: row.arm iff col.arm}"
    assert idle(folder, after) == [SETTLED]
    assert idle(folder, "    - {prefer: not row.arm}\n" + group) == [SETTLED]


def test_an_idle_statement_is_found_in_any_group(folder: Path) -> None:
    group = "    - any_order:\n        - {prefer: row.arm}\n        - {prefer: not col.arm}\n"
    sections = f"preferences:\n  row:\n{group}{group}  col: [{{prefer: col.arm}}]"
    assert messages(found(folder, sections), "idle_statement") == [
        f"17:20 {SETTLED}",
        f"18:20 {SETTLED}",
    ]


def test_a_statement_that_depends_on_what_is_not_known_is_not_judged(folder: Path) -> None:
    statements = "    - {prefer: row.arm and storm}\n    - {prefer: row.arm and not storm}"
    assert idle(folder, statements, "uncertainties: {storm: {kind: event, probability: 0.1}}") == []


def test_more_statements_than_bits_in_a_word(folder: Path) -> None:
    levels = ", ".join(f"l{n}" for n in range(36))
    options = f"options: {{row: {{arm: {{levels: [{levels}]}}, too: {{levels: [{levels}]}}}}, col: {{arm: {{}}}}}}"
    lines = [
        f"    - {{prefer: row.{name} >= l{n}}}" for name in ("arm", "too") for n in range(1, 36)
    ]
    assert idle(folder, "\n".join(lines), options) == []
    assert idle(
        folder, "\n".join([*lines, "    - {prefer: row.arm == l7 and row.too != l9}"]), options
    ) == [SETTLED]


def test_views_are_checked_like_preferences(folder: Path) -> None:
    problems = found(
        folder,
        "views:\n  expert:\n    row: [{prefer: row.arm, role: end}, {prefer: not row.arm}]",
    )
    assert messages(problems, "own_instrument_as_end") == [
        "20:20 is called an end, and names the own instrument `row.arm`"
    ]
    assert messages(problems, "idle_statement") == [f"20:50 {SETTLED}"]
    problems = found(folder, 'views: {expert: {col: {ranking: ["00", "11", "00"]}}}')
    assert messages(problems, "incomplete_ranking") == [
        "18:24 `00` is ranked twice",
        "18:24 leaves out 01, 10",
    ]


def test_rankings_by_the_states_they_name(folder: Path) -> None:
    problems = found(
        folder,
        "options: {row: {arm: {levels: [a, b, c, d]}}, col: {arm: {}}}\n"
        'preferences: {row: {ranking: ["00", ["1", "42", "0A"], "20"]}, col: [{prefer: col.arm}]}',
    )
    assert messages(problems, "incomplete_ranking") == [
        "9:21 leaves out 01, 10, 11 and 3 more",
        "9:37 `1` is not the code of a state",
        "9:37 `42` is not the code of a state",
        "9:37 `0A` is not the code of a state",
    ]


def test_utilities_that_are_not_numbers_where_it_matters(folder: Path) -> None:
    utility = "preferences: {row: {utility: 1 / row.arm - 0 / col.arm}, col: [{prefer: col.arm}]}"
    assert messages(found(folder, utility), "utility_not_finite") == [
        "11:30 is not a number in 3 feasible states"
    ]
    feasible = f"{utility}\nstatus_quo: {{row.arm: yes, col.arm: yes}}\ninfeasible: [{{when: not row.arm or not col.arm}}]"
    assert messages(found(folder, feasible), "utility_not_finite") == []


def test_a_ranking_speaks_about_every_option(folder: Path) -> None:
    ranking = 'preferences: {row: {ranking: ["00", "01", "10", "11"]}, col: [{prefer: col.arm}]}'
    assert messages(found(folder, ranking), "unmentioned_option") == []
    utility = "preferences: {row: {utility: 2 * col.arm}, col: [{prefer: col.arm}]}"
    assert messages(found(folder, utility), "unmentioned_option") == [
        "9:9 nobody's preferences mention `row.arm`"
    ]


# -------------------------------------------------------------------------------------- argument


def test_commitments_of_every_kind_are_held_against_the_rules(folder: Path) -> None:
    sections = (
        "options: {row: {arm: {moves: down}, tell: {}}, col: {arm: {}}}\n"
        "infeasible: [{when: row.arm and row.tell}]\n"
        "goals: [{id: calm, test: not row.arm}]\n"
        "strategies: {wait: {row.arm: no}}\n"
        "claims:\n"
        "  a: {says: A, test: {commit: {row.arm: yes, row.tell: yes}, expect: col.arm}}\n"
        "  b: {says: B, test: {commit: wait, against: {row.tell: yes, row.arm: yes}, expect: col.arm}}\n"
        "  c: {says: C, test: {kind: compare, under: {row.arm: yes, row.tell: yes}, against: wait,\n"
        "                      of: calm, is: better}}\n"
    )
    problems = found(folder, sections)
    ruled_out = "is infeasible: `row.arm and row.tell` is ruled out"
    assert messages(problems, "contradicting_commit") == [
        f"20:23 {ruled_out}",
        f"21:37 {ruled_out}",
        f"22:38 {ruled_out}",
    ]
    one_way = "`row.arm` moves only down: not from `no` to `yes`"
    assert messages(problems, "commit_against_moves") == [
        f"20:32 {one_way}",
        f"21:62 {one_way}",
        f"22:46 {one_way}",
    ]


def test_a_commitment_infeasible_only_with_other_options_is_left_to_the_claims(
    folder: Path,
) -> None:
    sections = (
        "options: {row: {arm: {}, tell: {}}, col: {arm: {}}}\n"
        "infeasible: [{when: row.arm and row.tell}]\n"
        "claims: {a: {says: A, test: {commit: {row.arm: yes}, expect: col.arm}}}"
    )
    assert messages(found(folder, sections), "contradicting_commit") == []


def test_what_a_claim_expects_of_options_it_fixes(folder: Path) -> None:
    sections = (
        "indicators: {both: {formula: row.arm and col.arm}}\n"
        "claims:\n"
        "  a: {says: A, test: {commit: {row.arm: yes}, expect: col.arm or row.arm}}\n"
        "  b: {says: B, test: {commit: {row.arm: yes}, expect: both}}\n"
        "  c: {says: C, test: {commit: {row.arm: yes}, against: {col.arm: no}, expect: col.arm}}"
    )
    assert messages(found(folder, sections), "frozen_in_expect") == [
        "20:55 expects something of `row.arm`, which the test itself fixes"
    ]


def test_codes_of_claims(folder: Path) -> None:
    def unknown(state: str) -> list[str]:
        claim = f"{{says: A, test: {{kind: stability, state: {state}, is: equilibrium}}}}"
        rules = "infeasible: [{when: row.arm and col.arm}]"
        problems = found(folder, f"{rules}\nclaims: {{a: {claim}}}")
        return [message.partition(" ")[2] for message in messages(problems, "unknown_state")]

    assert unknown("01") == []
    assert unknown("11") == ["`11` is infeasible"]
    assert unknown("02") == ["`02` is not the code of a state"]
    assert unknown("0110") == ["`0110` is not the code of a state"]
    assert unknown("row.arm and col.arm") == []  # an expression; the claim says what follows


def test_whose_strategies(folder: Path) -> None:
    strategies = "strategies: {arm: {row.arm: yes}, both: {col.arm: yes, row.arm: no}}"
    assert messages(found(folder, strategies), "foreign_option") == [
        "18:42 `col.arm` is not for `row` to choose"
    ]
    problems = found(folder, f"{strategies}\nfocus:")
    assert messages(problems, "nobody_in_focus") == ["18:1 whose strategies are these?"]
    assert messages(problems, "foreign_option") == ["18:56 `row.arm` is not for `col` to choose"]


def test_every_circle_of_premises_is_named_once(folder: Path) -> None:
    rests = {"e": "a", "a": "f, b", "b": "c", "c": "a", "d": "d", "f": ""}
    lines = [f"  {name}: {{says: A, untested: b, rests_on: [{on}]}}" for name, on in rests.items()]
    assert messages(found(folder, "\n".join(["claims:", *lines])), "circular_premises") == [
        "20:29 rests on itself: a → b → c → a",
        "23:29 rests on itself: d → d",
    ]


def test_because_needs_a_concept_that_knows_sanctions(folder: Path) -> None:
    claim = (
        "{kind: stability, state: not row.arm, for: row, is: stable, because: col, concept: seq}"
    )
    problems = found(folder, f"claims: {{a: {{says: A, test: {claim}}}}}")
    assert messages(problems, "sanctions_under_nash") == []


# --------------------------------------------------------------------------------------- evidence

QUOTED = """\
sources: {note: {type: report, title: A note, text: texts/note.txt}}
actors:
  row: {evidence: [{source: note, quote: the quick fox}]}
  col: {evidence: [{source: note, at: p. 3}]}
"""


def test_quotes_are_looked_up_where_the_text_is_there(folder: Path) -> None:
    assert messages(found(folder, QUOTED), "misquoted") == []
    (folder / "texts").mkdir()
    text = folder / "texts" / "note.txt"
    text.write_text("Here the\n  quick fox jumps.\n")
    assert messages(found(folder, QUOTED), "misquoted") == []
    text.write_text("Here the slow fox jumps.\n")
    assert messages(found(folder, QUOTED), "misquoted") == [
        "7:42 this quote does not stand in the text of `note`"
    ]
    text.write_text("The quick fox; the quick fox, the quick\tfox.\n")
    assert messages(found(folder, QUOTED), "misquoted") == [
        "7:42 this quote stands 2 times in the text of `note`"
    ]


@pytest.mark.parametrize(
    "elsewhere", ["../note.txt", "/etc/hostname", "texts/../../note.txt", '"a\\0b"']
)
def test_texts_are_read_from_the_case_folder_only(folder: Path, elsewhere: str) -> None:
    (folder.parent / "note.txt").write_text("nothing of the kind")
    problems = found(folder, QUOTED.replace("texts/note.txt", elsewhere))
    assert messages(problems, "text_elsewhere") == ["5:53 is not a path within the case's folder"]
    assert messages(problems, "misquoted") == []


def test_a_text_that_cannot_be_read_is_as_good_as_absent(folder: Path) -> None:
    (folder / "texts" / "note.txt").mkdir(parents=True)
    assert messages(found(folder, QUOTED), "misquoted") == []
    (folder / "round.txt").symlink_to("round.txt")
    problems = found(folder, QUOTED.replace("texts/note.txt", "round.txt"))
    assert messages(problems, "misquoted") == []


def test_a_link_out_of_the_case_folder_is_not_followed(folder: Path) -> None:
    (folder / "inside.txt").symlink_to("/etc/hostname")
    problems = found(folder, QUOTED.replace("texts/note.txt", "inside.txt"))
    assert messages(problems, "text_elsewhere") == ["5:53 is not a path within the case's folder"]


def test_what_came_later_than_the_case(folder: Path) -> None:
    sections = (
        "as_of: 2024-01-15\n"
        "sources:\n"
        "  note: {type: report, title: A note, issued: 2024-01}\n"
        "  late: {type: report, title: A note, issued: 2024-01-16}\n"
        "  year: {type: report, title: A note, issued: 2025}\n"
        "  none: {type: report, title: A note}\n"
        "  same: {type: report, title: A note, issued: 2024-01-15}\n"
        "actors:\n"
        "  row: {evidence: [{source: note}, {source: late}, {source: year}, {source: none},\n"
        "                   {source: same}]}\n"
        "  col: {}\n"
        "arrangements:\n"
        "  old: {name: O, layer: l, kind: k, parties: [row, col], from: 2024-01-15, to: 2030-01-01}\n"
        "  new: {name: N, layer: l, kind: k, parties: [row, col], from: 2024-01-16}\n"
        "commitments:\n"
        "  a: {says: A, parties: [row], layer: l, announced: 2024-02-01, due: 2026-01-01,\n"
        "      history: [{on: 2024-01-02, status: planned}, {on: 2024-05-01, status: delivered}]}\n"
        "precedents: {p: {kind: k, on: 2024-06-01, outcome: o}}"
    )
    problems = found(folder, sections)
    assert [message.partition(" ")[2] for message in messages(problems, "dated_later")] == [
        "`late` appeared in 2024-01-16, after 2024-01-15",
        "`year` appeared in 2025, after 2024-01-15",
        "2024-01-16 is after 2024-01-15",
        "2024-02-01 is after 2024-01-15",
        "2024-05-01 is after 2024-01-15",
        "2024-06-01 is after 2024-01-15",
    ]


def test_coverage_counts_every_kind_of_preference(folder: Path) -> None:
    sections = (
        "preferences:\n"
        '  row: {ranking: ["00", "01", "10", "11"], assumption: a guess}\n'
        "  col: {utility: col.arm}\n"
        "infeasible: []\n"
        "claims:\n"
        "  a: {says: A, untested: b}\n"
        "  b: {says: B, untested: b, evidence: [{source: note}]}\n"
    )
    situation = read(folder, exchanged(SOUND, sections))
    assert coverage(situation) == {"options": (2, 2), "preferences": (1, 2), "claims": (1, 2)}
    assert [warning.message for warning in situation.warnings] == [
        "1 of 2 carry neither evidence nor an assumption",
        "1 of 2 carry neither evidence nor an assumption",
    ]


def test_more_options_or_work_than_can_be_taken_on(folder: Path) -> None:
    single = ", ".join(f"o{n}: {{levels: [no]}}" for n in range(63))
    options = f"options: {{row: {{{single}, arm: }}, col: {{arm: }}}}"
    assert messages(found(folder, options), "too_many_states") == [
        "8:1 65 options; at most 64 are taken on"
    ]
    names = ", ".join(f"o{n}: " for n in range(23))
    rules = ", ".join(["{when: row.o1 and row.o2}"] * 64)
    too_much = (
        f"options: {{row: {{{names}, arm: }}, col: {{arm: }}}}\n"
        f"infeasible: [{rules}]\n"
        "views: {expert: {row: [{prefer: row.arm}]}}"
    )
    assert messages(found(folder, too_much), "too_many_states") == [
        "8:1 33,554,432 states are too many for 64 infeasibilities and 1 views"
    ]


# ---------------------------------------------------------------- several futures, several steps


WEATHER = (
    "uncertainties: {storm: {kind: event, probability: 0.8, assumption: a}}\n"
    "infeasible: [{when: %s, assumption: a}]"
)


def test_what_is_ruled_out_in_one_future_only_is_no_error(folder: Path) -> None:
    problems = found(folder, WEATHER % "storm")
    assert [(p.check, p.severity, p.message) for p in problems] == [
        (
            "no_nominal_state",
            "warning",
            "rule out every state in the nominal future: it will be refused",
        )
    ]
    assert found(folder, WEATHER % "not storm") == []
    assert (
        messages(found(folder, WEATHER % "storm or not row.arm or row.arm"), "no_feasible_state")
        == []
    )


def test_a_commitment_ruled_out_in_some_futures_is_no_error(folder: Path) -> None:
    rules = WEATHER % "storm and row.arm" + "\nstrategies: {go: {row.arm: yes}}"
    assert messages(found(folder, rules), "contradicting_commit") == []


def test_a_ranking_holds_the_states_of_every_future(folder: Path) -> None:
    ranking = "preferences: {row: {ranking: [%s], assumption: a}, col: [{prefer: col.arm, assumption: a}]}"
    rules = WEATHER % "storm and row.arm and col.arm" + "\n"
    short = found(folder, rules + ranking % '"10", "00", "01"')
    assert [p.message for p in short if p.check == "incomplete_ranking"] == ["leaves out 11"]
    whole = found(folder, rules + ranking % '"10", "00", "01", "11"')
    assert messages(whole, "incomplete_ranking") == messages(whole, "ranked_infeasible") == []


def test_both_steps_of_a_strategy_are_checked(folder: Path) -> None:
    problems = found(
        folder,
        "options: {row: {arm: {moves: up}, tell: {}}, col: {arm: {}}}\n"
        "infeasible: [{when: row.arm and row.tell}]\n"
        "strategies:\n"
        "  both: {commit: {row.arm: yes}, then: [{if: col.arm, commit: {row.tell: yes}}]}\n"
        "  back: {commit: {row.arm: yes}, then: [{if: col.arm, commit: {row.arm: no}}]}\n"
        "  fine: {commit: {row.tell: yes}, then: [{if: col.arm, commit: {row.tell: no}}]}\n",
    )
    at = {p.check: (p.at, p.message) for p in problems if p.check not in ("unsupported",)}
    assert at["contradicting_commit"] == (
        "strategies.both.then.1.commit",
        "is infeasible: `row.arm and row.tell` is ruled out",
    )
    assert at["commit_against_moves"] == (
        "strategies.back.then.1.commit.row.arm",
        "`row.arm` moves only up: not from `yes` to `no`",
    )
    assert len(messages(problems, "contradicting_commit")) == 1
    assert len(messages(problems, "commit_against_moves")) == 1
    steps = "{commit: {row.arm: yes}, then: [{if: col.arm, commit: {col.arm: no}}]}"
    theirs = found(folder, f"strategies: {{theirs: {steps}}}")
    assert messages(theirs, "foreign_option") == ["18:77 `col.arm` is not for `row` to choose"]


def test_correlations_that_cannot_hold_name_who_is_at_odds(folder: Path) -> None:
    numbers = ", ".join(
        f"{name}: {{kind: uniform, range: [0, 1], assumption: a}}" for name in "abcd"
    )
    pairs = [("a", "b", 0.9), ("b", "c", 0.9), ("c", "d", 0.1)]
    wanted = ", ".join(f"{{between: [{one}, {two}], rank: {rank}}}" for one, two, rank in pairs[:2])
    case = f"uncertainties: {{{numbers}}}\ncorrelations: [%s]"
    assert messages(found(folder, case % wanted), "impossible_correlations") == [
        "19:1 no variables correlate like `a`, `b`, `c` all do"
    ]
    # Named, the third pair can make room for the other two.
    third = f"{wanted}, {{between: [a, c], rank: 0.8}}"
    assert messages(found(folder, case % third), "impossible_correlations") == []
    # Two in opposite directions to a third cannot come together themselves.
    signs = (
        "{between: [a, b], rank: 0.9}, {between: [b, c], rank: -0.9}, {between: [a, c], rank: 0.9}"
    )
    assert len(messages(found(folder, case % signs), "impossible_correlations")) == 1
    twice = "{between: [a, b], rank: 0.1}, {between: [b, a], rank: 0.2}"
    assert messages(found(folder, case % twice), "repeated_correlation") == [
        "19:56 `b` and `a` stand together twice"
    ]


# ----------------------------------------------------------------------------- network, aftermath


def test_no_arrangement_is_in_the_combination_of_layers(folder: Path) -> None:
    pact = "{name: P, layer: %s, kind: k, parties: [row, col], assumption: a}"
    problems = found(
        folder,
        "as_of: 2024-04-16\n"
        f"arrangements: {{one: {pact % '[sea, all]'}, two: {pact % 'overall'}}}\n"
        f"aftermath: {{until: 2025-01-01, arrangements: {{three: {pact % 'all'}}}}}",
    )
    assert [problem.message for problem in problems if problem.check == "layer_called_all"] == [
        "`all` is the combination of all layers"
    ] * 2


def test_steps_of_the_aftermath_are_read_in_order_of_time(folder: Path) -> None:
    problems = found(
        folder,
        "as_of: 2024-04-16\n"
        "commitments:\n"
        "  a: {says: A, parties: [row], layer: l, assumption: a,\n"
        "      history: [{on: 2023-01-01, status: announced}, {on: 2024-06-01, status: planned}]}\n"
        "  b: {says: B, parties: [row], layer: l, assumption: a}\n"
        "aftermath:\n"
        "  until: 2025-12-31\n"
        "  commitments:\n"
        "    a: [{on: 2024-06-01, status: delivered}, {on: 2024-05-01, status: lapsed}]\n"
        "    b: [{on: 2025-02-01, status: planned}, {on: 2025-01-01, status: lapsed}]\n",
    )
    assert [(p.at, p.message) for p in problems if p.check == "back_in_time"] == [
        ("aftermath.commitments.a.2.on", "2024-05-01 is before 2024-06-01, when it was delivered"),
        ("aftermath.commitments.b.2.on", "2025-01-01 is before 2025-02-01, when it was planned"),
    ]


GROUP = "preferences: {row: [{any_order: [%s]}], col: [{prefer: col.arm}]}"
GREAT, MILD = "{prefer: not col.arm, much_more: yes}", "{prefer: row.arm}"
PAIR, BACK = "{better: '10', than: '00', degree: 0.8}", "{better: '00', than: '10', degree: 0.3}"
FUZZY = (
    'preferences: {row: {ranking: ["10", "00", "11", "01"], threshold: 0.4, fuzzy: [%s]}, '
    "col: [{prefer: col.arm}]}"
)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            GROUP % f"{GREAT}, {MILD}",
            "matters much more than a statement before it, or that may be",
        ),
        (
            GROUP % f"{MILD}, {GREAT}",
            "matters much more than a statement before it, or that may be",
        ),
        (FUZZY % f"{PAIR}, {BACK}", "says twice how these two compare"),
        (FUZZY % f"{PAIR}, {PAIR}", "says twice how these two compare"),
        (FUZZY % "{better: '10', than: '10', degree: 1}", "compares a state with itself"),
    ],
)
def test_degrees_and_pairs_that_contradict_each_other(
    written: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(CaseError, match=said):
        read(tmp_path, exchanged(SOUND, written))


def test_a_group_of_one_degree_is_sound(tmp_path: Path) -> None:
    great = "{prefer: row.arm, much_more: yes}"
    assert read(tmp_path, exchanged(SOUND, GROUP % f"{GREAT}, {great}")).preferences
