"""Semantic checks: what a case may say in correct words and yet not mean.

Each check is a row of `CHECKS`: its name, the question it asks, how grave a finding is, and a case
that fails it (the sections that differ from `SOUND`). The reference page and the tests are made
from this table. `--strict NAME` turns a check's warnings into errors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from detente.case.checks import (
    argument,
    evidence,
    feasibility,
    hindsight,
    ledger,
    moves,
    network,
    preferences,
    uncertainty,
)
from detente.case.checks.draft import Draft
from detente.case.checks.evidence import coverage
from detente.case.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from detente.case.checks.draft import Finding
    from detente.case.document import Document
    from detente.case.situation import Situation

__all__ = ["CHECKS", "SOUND", "Check", "coverage", "run_checks"]

SOUND = """\
detente: 1
id: sound
title: A case with nothing to remark
focus: row
sources:
  note: {type: report, title: A note, issued: 2024-01}
actors: {row: {name: Row}, col: {name: Col}}
options:
  row: {arm: {label: Arm, evidence: [{source: note}]}}
  col: {arm: {label: Arm, evidence: [{source: note}]}}
preferences:
  row:
    - {prefer: not col.arm, evidence: [{source: note}]}
    - {prefer: row.arm, assumption: arms are wanted for their own sake}
  col:
    - {prefer: not row.arm, evidence: [{source: note}]}
    - {prefer: col.arm, assumption: arms are wanted for their own sake}
"""


@dataclass(frozen=True)
class Check:
    """One row: a check's name, its question, how grave a finding is, and a case that fails it."""

    name: str
    asks: str
    severity: Literal["error", "warning"]
    find: Callable[[Draft], Iterator[Finding]]
    example: str
    """The sections of `SOUND` that differ."""


CHECKS: tuple[Check, ...] = (
    Check(
        "too_many_states",
        "Is the state space small enough to be taken on?",
        "error",
        feasibility.too_many_states,
        "options:\n"
        "  row: {a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z}\n"
        "  col: {arm}\n"
        "preferences: {row: [{prefer: not col.arm}], col: [{prefer: col.arm}]}",
    ),
    Check(
        "no_feasible_state",
        "Is any state left, or do the infeasibilities contradict each other?",
        "error",
        feasibility.no_feasible_state,
        "infeasible: [{when: row.arm, because: a}, {when: not row.arm, because: b}]",
    ),
    Check(
        "no_nominal_state",
        "Is any state left in the nominal future?",
        "warning",
        feasibility.no_nominal_state,
        "uncertainties: {storm: {kind: event, probability: 0.6, assumption: the season}}\n"
        "infeasible: [{when: storm, because: nobody acts in a storm, assumption: custom}]",
    ),
    Check(
        "impossible_level",
        "Can every level of every option occur?",
        "warning",
        feasibility.impossible_levels,
        "infeasible: [{when: row.arm, because: it has no arms, assumption: it is watched}]",
    ),
    Check(
        "idle_infeasibility",
        "Does every infeasibility rule out something new?",
        "warning",
        feasibility.idle_infeasibilities,
        "options: {row: {arm: {levels: [none, some, many]}}, col: {arm: {}}}\n"
        "infeasible: [{when: row.arm >= some and row.arm < many}, {when: row.arm == some}]",
    ),
    Check(
        "coupled_actors",
        "Does an infeasibility couple options of two actors?",
        "warning",
        feasibility.coupled_actors,
        "infeasible: [{when: row.arm and col.arm, because: one yields, assumption: custom}]",
    ),
    Check(
        "infeasible_status_quo",
        "Is the status quo feasible?",
        "warning",
        feasibility.infeasible_status_quo,
        "options: {row: {arm: {levels: [none, some, many]}}, col: {arm: {}}}\n"
        "infeasible: [{when: row.arm == none}]",
    ),
    Check(
        "repeated_correlation",
        "Does every pair of factors correlate once?",
        "error",
        uncertainty.repeated_correlations,
        "uncertainties:\n"
        "  rain: {kind: event, probability: 0.4, assumption: the season}\n"
        "  wind: {kind: uniform, range: [0, 9], assumption: the coast}\n"
        "correlations: [{between: [rain, wind], rank: 0.3}, {between: [wind, rain], rank: 0.4}]",
    ),
    Check(
        "impossible_correlations",
        "Can all correlations hold together?",
        "error",
        uncertainty.impossible_correlations,
        "uncertainties:\n"
        "  rain: {kind: event, probability: 0.4, assumption: the season}\n"
        "  wind: {kind: uniform, range: [0, 9], assumption: the coast}\n"
        "  waves: {kind: uniform, range: [0, 5], assumption: the coast}\n"
        "correlations: [{between: [rain, wind], rank: 0.9}, {between: [wind, waves], rank: 0.9}]",
    ),
    Check(
        "indifferent_actor",
        "Does every decision maker have preferences?",
        "warning",
        preferences.indifferent_actors,
        "preferences: {row: [{prefer: not col.arm}, {prefer: row.arm}]}",
    ),
    Check(
        "bystander_with_preferences",
        "Do only actors with options have preferences?",
        "warning",
        preferences.bystanders_with_preferences,
        "actors: {row: {}, col: {}, bystander: {}}\n"
        "preferences:\n"
        "  row: [{prefer: not col.arm}, {prefer: row.arm}]\n"
        "  col: [{prefer: not row.arm}, {prefer: col.arm}]\n"
        "  bystander: [{prefer: not row.arm}]",
    ),
    Check(
        "unmentioned_option",
        "Do somebody's preferences mention every option?",
        "warning",
        preferences.unmentioned_options,
        "preferences: {row: [{prefer: not col.arm}], col: [{prefer: col.arm}]}",
    ),
    Check(
        "idle_statement",
        "Does every preference statement decide something?",
        "warning",
        preferences.idle_statements,
        "preferences:\n"
        "  row:\n"
        "    - {prefer: not col.arm}\n"
        "    - {prefer: row.arm}\n"
        "    - {prefer: row.arm implies col.arm}\n"
        "  col: [{prefer: col.arm}]",
    ),
    Check(
        "own_instrument_as_end",
        "Is a taste for an own instrument called an end?",
        "warning",
        preferences.own_instruments_as_ends,
        "preferences: {row: [{prefer: row.arm, role: end}], col: [{prefer: not row.arm}]}",
    ),
    Check(
        "incomplete_ranking",
        "Does a ranking hold every feasible state once?",
        "error",
        preferences.incomplete_rankings,
        'preferences: {row: {ranking: ["10", "00", "11"]}, col: [{prefer: col.arm}]}',
    ),
    Check(
        "ranked_infeasible",
        "Does a ranking name infeasible states?",
        "warning",
        preferences.ranked_infeasible_states,
        "infeasible: [{when: row.arm and col.arm}]\n"
        'preferences: {row: {ranking: ["10", "00", "11", "01"]}, col: [{prefer: col.arm}]}',
    ),
    Check(
        "utility_not_finite",
        "Is every utility a number in every feasible state?",
        "error",
        preferences.utilities_not_finite,
        "preferences: {row: {utility: log(row.arm)}, col: [{prefer: col.arm}]}",
    ),
    Check(
        "lesser_before_greater",
        "Does what matters much more stand before what matters less?",
        "error",
        preferences.lesser_before_greater,
        "preferences:\n"
        "  row: [{prefer: row.arm}, {prefer: not col.arm, much_more: yes}]\n"
        "  col: [{prefer: col.arm}]",
    ),
    Check(
        "strange_comparison",
        "Do fuzzy and unknown comparisons name two feasible states?",
        "error",
        preferences.compared_states,
        "preferences:\n"
        '  row: {ranking: ["10", "00", "11", "01"], unknown: [["10", "12"]]}\n'
        "  col: [{prefer: col.arm}]",
    ),
    Check(
        "strange_arc",
        "Do arcs lead from one feasible state to another?",
        "error",
        moves.arcs_without_states,
        'arcs: {row: {"00": ["10", "00"]}}',
    ),
    Check(
        "moves_written_twice",
        "Is it said once where an actor can move?",
        "error",
        moves.moves_written_twice,
        'arcs: {row: {"00": ["10"]}}\none_step: [row]',
    ),
    Check(
        "states_told_apart",
        "Are states that are one worth the same to everybody?",
        "warning",
        moves.states_told_apart,
        'same_when: [{when: row.arm, because: "who arms decides for both"}]',
    ),
    Check(
        "view_of_oneself",
        "Are perceptions and signals about somebody else?",
        "error",
        moves.views_of_oneself,
        "perceptions: {row: {preferences: {row: [{prefer: col.arm}]}}}",
    ),
    Check(
        "nobody_in_focus",
        "Is it said whose strategies and goals these are?",
        "warning",
        argument.nobody_in_focus,
        "focus:\ngoals: [{id: calm, test: not (row.arm or col.arm)}]",
    ),
    Check(
        "foreign_option",
        "Does a strategy fix only options of the focal actor?",
        "warning",
        argument.foreign_options,
        "strategies: {both_arm: {row.arm: yes, col.arm: yes}}",
    ),
    Check(
        "contradicting_commit",
        "Is a strategy or commitment infeasible by itself?",
        "error",
        argument.contradicting_commitments,
        "options: {row: {arm: {}, tell: {}}, col: {arm: {}}}\n"
        "infeasible: [{when: row.arm and row.tell}]\n"
        "strategies: {both: {row.arm: yes, row.tell: yes}}",
    ),
    Check(
        "commit_against_moves",
        "Does a strategy or commitment take back what cannot be taken back?",
        "error",
        argument.commitments_against_moves,
        "options: {row: {arm: {moves: up}}, col: {arm: {}}}\n"
        "status_quo: {row.arm: yes}\n"
        "strategies: {disarm: {row.arm: no}}",
    ),
    Check(
        "frozen_in_expect",
        "Does a claim expect something of an option its own test fixes?",
        "warning",
        argument.frozen_expectations,
        "claims: {c: {says: It arms, test: {commit: {row.arm: yes}, expect: row.arm}}}",
    ),
    Check(
        "unknown_state",
        "Is the state of a claim a feasible one?",
        "error",
        argument.unknown_states,
        "claims: {c: {says: It holds, test: {kind: stability, state: 012, is: equilibrium}}}",
    ),
    Check(
        "sanctions_under_nash",
        "Does a claim name a sanctioner under a concept that knows sanctions?",
        "warning",
        argument.sanctions_under_nash,
        "claims:\n"
        "  c:\n"
        "    says: Row does not dare\n"
        "    test: {kind: stability, state: not row.arm, for: row, is: stable, because: col}",
    ),
    Check(
        "circular_premises",
        "Does a claim rest on itself?",
        "error",
        argument.circular_premises,
        "claims:\n"
        "  a: {says: A, untested: normative, rests_on: [b]}\n"
        "  b: {says: B, untested: normative, rests_on: [a]}",
    ),
    Check(
        "text_elsewhere",
        "Do the texts of sources stand in the case's folder?",
        "error",
        evidence.texts_elsewhere,
        "sources: {note: {type: report, title: A note, text: ../note.txt}}",
    ),
    Check(
        "misquoted",
        "Does every quote stand exactly once in the source's text, where that text is present?",
        "error",
        evidence.misquotations,
        "sources: {note: {type: report, title: A note, text: situation.yaml}}\n"
        "actors: {row: {name: Row, evidence: [{source: note, quote: Row}]}, col: {}}",
    ),
    Check(
        "dated_later",
        "Had everything cited or dated happened by the date the case is written as of?",
        "warning",
        evidence.dated_later,
        "as_of: 2023-12-31",
    ),
    Check(
        "circular_predecessors",
        "Does a commitment follow from itself?",
        "error",
        ledger.circular_predecessors,
        "commitments:\n"
        "  a: {says: A, parties: [row], layer: money, predecessor: b, assumption: a}\n"
        "  b: {says: B, parties: [row], layer: money, predecessor: a, assumption: b}",
    ),
    Check(
        "step_after_the_end",
        "Does a commitment's history end where it ends?",
        "warning",
        ledger.steps_after_the_end,
        "commitments:\n"
        "  a:\n"
        "    says: A\n"
        "    parties: [row]\n"
        "    layer: money\n"
        "    assumption: a\n"
        "    history: [{on: 2023-01-01, status: lapsed}, {on: 2023-02-01, status: planned}]",
    ),
    Check(
        "layer_called_all",
        "Is every arrangement in a layer of its own, and not in the combination of them?",
        "error",
        network.layers_called_all,
        "arrangements:\n"
        "  pact: {name: Pact, layer: all, kind: treaty, parties: [row, col], assumption: a}",
    ),
    Check(
        "undated_aftermath",
        "Does the aftermath come after the date the case is written as of?",
        "error",
        hindsight.undated_aftermath,
        "as_of: 2024-04-16\naftermath: {until: 2024-01-31}",
    ),
    Check(
        "known_before",
        "Does the aftermath hold only what came later?",
        "warning",
        hindsight.known_before,
        "as_of: 2024-04-16\n"
        "aftermath:\n"
        "  until: 2025-01-31\n"
        "  events: {summit: {on: 2024-04-10, says: They met, evidence: [{source: note}]}}",
    ),
    Check(
        "back_in_time",
        "Do the aftermath's steps follow those of the commitment's own history?",
        "error",
        hindsight.back_in_time,
        "as_of: 2024-04-16\n"
        "commitments:\n"
        "  a:\n"
        "    says: A\n"
        "    parties: [row]\n"
        "    layer: money\n"
        "    assumption: a\n"
        "    history: [{on: 2024-06-01, status: planned}]\n"
        "aftermath:\n"
        "  until: 2025-01-31\n"
        "  commitments: {a: [{on: 2024-05-01, status: lapsed}]}",
    ),
    Check(
        "not_its_value",
        "Did every resolved uncertainty come out as something it can be?",
        "error",
        hindsight.not_their_values,
        "as_of: 2024-04-16\n"
        "uncertainties: {storm: {kind: event, probability: 0.6, assumption: the season}}\n"
        "aftermath: {until: 2025-01-31, resolved: {storm: {is: mild, assumption: seen}}}",
    ),
    Check(
        "unsupported",
        "What share of the items carries evidence or an assumption?",
        "warning",
        evidence.unsupported_items,
        "options: {row: {arm: {}}, col: {arm: {}}}",
    ),
)

FIRST = ("too_many_states", "no_feasible_state")
"""Where one of these fails, the others have no states to work on."""


def run_checks(situation: Situation, document: Document) -> list[Problem]:
    """Every check's findings, as problems of the file."""
    draft = Draft(situation, document)
    problems: list[Problem] = []
    for check in CHECKS:
        problems += [as_problem(check, finding, document) for finding in check.find(draft)]
        if problems and check.name in FIRST:
            break
    return problems


def as_problem(check: Check, finding: Finding, document: Document) -> Problem:
    return Problem(
        document.place(finding.route, key=finding.key),
        finding.message,
        document.named(finding.route),
        finding.hint,
        check.name,
        check.severity,
    )
