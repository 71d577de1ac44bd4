"""Semantic checks: what a case may say in correct words and yet not mean.

Each check is a row of `CHECKS`: its name, the question it asks, how grave a finding is, and a case
that fails it (the sections that differ from `SOUND`). The reference page and the tests are made
from this table. `--strict NAME` turns a check's warnings into errors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from detente.case import states
from detente.case.document import Document, Route
from detente.case.expression import Expression
from detente.case.format import Compare, Response
from detente.case.future import nominal
from detente.case.problems import Problem
from detente.case.situation import (
    Levels,
    Option,
    Ranking,
    Situation,
    Statement,
    Statements,
    Support,
    Utility,
)

__all__ = ["CHECKS", "SOUND", "Check", "coverage", "run_checks"]

SOUND = """\
detente: 1
id: sound
title: A case with nothing to remark
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
class Finding:
    """What a check found, and where in the file."""

    route: Route
    message: str
    hint: str | None = None
    key: bool = False


class Draft:
    """A situation under check, with its states worked out once."""

    def __init__(self, situation: Situation, document: Document) -> None:
        self.situation, self.document = situation, document
        self.uncertainties = nominal(situation).values

    @cached_property
    def values(self) -> dict[str, Any]:
        return {**self.uncertainties, **states.axes(self.situation.options)}

    @cached_property
    def feasible(self) -> NDArray[np.bool_]:
        return states.feasible(
            self.situation.options, self.situation.infeasible, self.uncertainties
        )

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of the feasible states; for cases small enough to rank state by state."""
        return frozenset(
            "".join(states.DIGITS[level] for level in state) for state in np.argwhere(self.feasible)
        )

    def statements(self) -> Iterator[tuple[Route, Statement]]:
        """Every preference statement with where it stands."""
        for actor, preference in self.situation.preferences.items():
            if isinstance(preference, Statements):
                for statement in preference.statements:
                    yield statement_route(actor, statement), statement

    def tests(self, *kinds: type[Any]) -> Iterator[tuple[Route, Any]]:
        """Every claim's test of these kinds with where it stands."""
        for id, claim in self.situation.claims.items():
            if isinstance(claim.test, kinds):
                yield ("claims", id, "test"), claim.test

    def commitments(self) -> Iterator[tuple[Route, Levels]]:
        """Everything that is fixed somewhere: strategies, and both sides of tests."""
        for id, strategy in self.situation.strategies.items():
            yield ("strategies", id), strategy.levels
        for route, test in self.tests(Response, Compare):
            for field in ("commit", "under", "against"):
                fixed = getattr(test, field, None)
                if isinstance(fixed, dict):
                    yield (*route, field), self.situation.fixed(fixed)


def statement_route(actor: str, statement: Statement) -> Route:
    place = statement.id.split(".")[1]
    number = place.rstrip("abcdefghijklmnopqrstuvwxyz")
    route: Route = ("preferences", actor, int(number) - 1)
    if number != place:
        route = (*route, "any_order", number_of(place.removeprefix(number)))
    return (*route, "prefer")


def number_of(letters: str) -> int:
    """The index a, b, …, z, aa, … stand for."""
    total = 0
    for character in letters:
        total = total * 26 + ord(character) - ord("a") + 1
    return total - 1


# ----------------------------------------------------------------------------- states and moves


def too_many_states(draft: Draft) -> Iterator[Finding]:
    cells = states.size(draft.situation.options)
    if cells > states.LARGEST:
        yield Finding(
            ("options",),
            f"{cells:,} combinations of levels; at most {states.LARGEST:,} are taken on",
            "drop options or levels, or put two coupled options into one",
            key=True,
        )


def no_feasible_state(draft: Draft) -> Iterator[Finding]:
    if draft.feasible.any():
        return
    alive = np.ones_like(draft.feasible)
    for k, rule in enumerate(draft.situation.infeasible):
        alive &= ~rule.when.on(draft.values)
        if not alive.any():
            others = "" if k == 0 else ", together with those before it"
            yield Finding(("infeasible", k, "when"), f"rules out every state that is left{others}")
            return


def order_names_options_once(draft: Draft) -> Iterator[Finding]:
    written = draft.document.value
    order = written.get("option_order") if isinstance(written, dict) else None
    options = written.get("options", {}) if isinstance(written, dict) else {}
    every = [f"{actor}.{name}" for actor, entries in options.items() for name in entries]  # type: ignore[union-attr]
    if order and sorted(order) != sorted(every):  # type: ignore[type-var]
        missing = sorted(set(every) - set(order))  # type: ignore[arg-type]
        what = f"`{missing[0]}` is missing" if missing else "an option stands twice"
        yield Finding(("option_order",), f"every option must stand here once: {what}", key=True)


def impossible_levels(draft: Draft) -> Iterator[Finding]:
    options = draft.situation.options
    for axis, option in enumerate(options):
        others = tuple(k for k in range(len(options)) if k != axis)
        possible = draft.feasible.any(axis=others)
        if possible.sum() == 1:
            only = option.levels[int(np.argmax(possible))]
            yield Finding(
                option_route(option),
                f"never varies: `{only}` is its only level",
                "leave it out",
                key=True,
            )
        elif not possible.all():
            level = option.levels[int(np.argmin(possible))]
            yield Finding(
                option_route(option), f"its level `{level}` is ruled out in every state", key=True
            )


def option_route(option: Option) -> Route:
    return ("options", *option.id.split("."))


def idle_infeasibility(draft: Draft) -> Iterator[Finding]:
    alive = np.ones_like(draft.feasible)
    for k, rule in enumerate(draft.situation.infeasible):
        ruled_out = np.broadcast_to(rule.when.on(draft.values), alive.shape)
        if not (alive & ruled_out).any():
            yield Finding(
                ("infeasible", k, "when"),
                "rules out nothing that was not ruled out already",
                "drop it",
            )
        alive &= ~ruled_out


def coupled_actors(draft: Draft) -> Iterator[Finding]:
    for k, rule in enumerate(draft.situation.infeasible):
        actors = sorted({id.split(".")[0] for id in rule.when.options})
        if len(actors) > 1:
            yield Finding(
                ("infeasible", k, "when"),
                f"couples options of {' and '.join(actors)}: one can trap the other by construction",
                "make consent an option and membership an indicator",
            )


def infeasible_status_quo(draft: Draft) -> Iterator[Finding]:
    here = tuple(draft.situation.status_quo[option.id] for option in draft.situation.options)
    if not draft.feasible[here]:
        yield Finding(
            ("status_quo",),
            "the status quo is infeasible",
            "give the options it should start from",
            key=True,
        )


# ---------------------------------------------------------------------------------- preferences


def indifferent_actor(draft: Draft) -> Iterator[Finding]:
    for actor, preference in draft.situation.preferences.items():
        if isinstance(preference, Statements) and not preference.statements:
            yield Finding(
                ("options", actor), f"`{actor}` has no preferences: it is indifferent", key=True
            )


def unmentioned_option(draft: Draft) -> Iterator[Finding]:
    preferences = draft.situation.preferences.values()
    if any(isinstance(preference, Ranking) for preference in preferences):
        return  # a ranking speaks about whole states
    mentioned = {
        id
        for preference in preferences
        for expression in formulas(preference)
        for id in expression.options
    }
    for option in draft.situation.options:
        if option.id not in mentioned:
            yield Finding(
                option_route(option), f"nobody's preferences mention `{option.id}`", key=True
            )


def formulas(preference: object) -> Sequence[Expression]:
    if isinstance(preference, Statements):
        return [statement.prefer for statement in preference.statements]
    return [preference.utility] if isinstance(preference, Utility) else []


def idle_statement(draft: Draft) -> Iterator[Finding]:
    for preference in draft.situation.preferences.values():
        if isinstance(preference, Statements):
            yield from idle_in(draft, preference.statements)


def idle_in(draft: Draft, statements: Sequence[Statement]) -> Iterator[Finding]:
    """Statements that never separate two states which those before them leave tied."""
    named = {id for statement in statements for id in statement.prefer.options}
    unnamed = tuple(k for k, option in enumerate(draft.situation.options) if option.id not in named)
    possible = draft.feasible.any(axis=unnamed, keepdims=True)
    classes = np.zeros(int(possible.sum()), dtype=np.int64)
    for statement in statements:
        truth = np.broadcast_to(statement.prefer.on(draft.values), possible.shape)[possible]
        refined = classes * 2 + truth
        present = np.bincount(refined) > 0
        if present.sum() == classes.max() + 1:
            message = "never decides: the statements before it settle every case"
            if truth.all() or not truth.any():
                message = f"never decides: it is {'true' if truth.all() else 'false'} in every feasible state"
            yield Finding(statement_route(statement.actor, statement), message)
        classes = (np.cumsum(present) - 1)[refined]


def end_names_own_instrument(draft: Draft) -> Iterator[Finding]:
    for route, statement in draft.statements():
        own = sorted(
            name for name in statement.prefer.names if name.startswith(f"{statement.actor}.")
        )
        if statement.role == "end" and own:
            yield Finding(
                route,
                f"is called an end, and names the own instrument `{own[0]}`",
                "role: means; a claim that leans on it is then called assumed",
            )


def incomplete_ranking(draft: Draft) -> Iterator[Finding]:
    for actor, ranking in rankings(draft):
        named = [code for tied in ranking.classes for code in tied]
        route: Route = ("preferences", actor, "ranking")
        for k, tied in enumerate(ranking.classes):
            for code in tied:
                if states.code_levels(code, draft.situation.options) is None:
                    yield Finding((*route, k), f"`{code}` is not a state: one character per option")
        twice = (
            sorted({code for code in named if named.count(code) > 1}) if len(named) < 5_000 else []
        )
        if twice:
            yield Finding(route, f"`{twice[0]}` is ranked twice", key=True)
        missing = sorted(draft.codes - set(named))
        if missing:
            more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
            yield Finding(
                route,
                f"leaves out {', '.join(missing[:3])}{more}",
                "rank every feasible state once",
                key=True,
            )


def rankings(draft: Draft) -> Iterator[tuple[str, Ranking]]:
    for actor, preference in draft.situation.preferences.items():
        if isinstance(preference, Ranking):
            yield actor, preference


def ranked_infeasible(draft: Draft) -> Iterator[Finding]:
    for actor, ranking in rankings(draft):
        for k, tied in enumerate(ranking.classes):
            ruled_out = [
                c
                for c in tied
                if states.code_levels(c, draft.situation.options) and c not in draft.codes
            ]
            if ruled_out:
                yield Finding(
                    ("preferences", actor, "ranking", k),
                    f"`{ruled_out[0]}` is infeasible and is left out",
                )


def utility_not_finite(draft: Draft) -> Iterator[Finding]:
    for actor, preference in draft.situation.preferences.items():
        if isinstance(preference, Utility):
            utility = np.broadcast_to(preference.utility.on(draft.values), draft.feasible.shape)
            strange = int((~np.isfinite(utility) & draft.feasible).sum())
            if strange:
                yield Finding(
                    ("preferences", actor, "utility"),
                    f"is not a number in {strange:,} feasible states",
                )


# --------------------------------------------------------------------------------------- claims


def frozen_in_expect(draft: Draft) -> Iterator[Finding]:
    for route, test in draft.tests(Response):
        frozen = draft.situation.fixed(test.commit)
        expect = draft.situation.claims[str(route[1])].formulas["expect"]
        named = sorted(expect.names & set(frozen))
        if named:
            yield Finding(
                (*route, "expect"),
                f"expects something of `{named[0]}`, which the test itself fixes",
                "expect what the others do",
            )


def contradicting_commit(draft: Draft) -> Iterator[Finding]:
    """Levels that a rule rules out by themselves."""
    for route, levels in draft.commitments():
        for k, rule in enumerate(draft.situation.infeasible):
            if rule.when.options <= set(levels) and rule.when.on({**draft.uncertainties, **levels}):
                yield Finding(
                    route,
                    f"is infeasible: `{rule.when}` is ruled out (infeasible {k + 1})",
                    key=True,
                )


def commit_against_moves(draft: Draft) -> Iterator[Finding]:
    for route, levels in draft.commitments():
        for id, level in levels.items():
            option, now = draft.situation.option(id), draft.situation.status_quo[id]
            if (option.moves == "up" and level < now) or (option.moves == "down" and level > now):
                yield Finding(
                    (*route, id),
                    f"`{id}` cannot go back from `{option.levels[now]}` to `{option.levels[level]}`: it only moves {option.moves}",
                    key=True,
                )


def circular_premises(draft: Draft) -> Iterator[Finding]:
    claims = draft.situation.claims
    for start in claims:
        seen, layer = set(), set(claims[start].rests_on)
        while layer:
            seen |= layer
            layer = {premise for claim in layer for premise in claims[claim].rests_on} - seen
        if start in seen:
            yield Finding(
                ("claims", start, "rests_on"),
                "rests on itself, directly or through other claims",
                key=True,
            )


# ------------------------------------------------------------------------------------- evidence


def quote_not_in_source(draft: Draft) -> Iterator[Finding]:
    folder = draft.situation.path.parent if draft.situation.path else None
    for route, entry in cited(draft.document.value):
        source = draft.situation.sources[entry["source"]]
        if folder is None or source.text is None or "quote" not in entry:
            continue
        file = (folder / source.text).resolve()
        if not file.is_relative_to(folder.resolve()) or not file.is_file():
            continue  # the text is not here, so it cannot be checked
        times = " ".join(file.read_text("utf-8", errors="replace").split()).count(
            " ".join(entry["quote"].split())
        )
        if times != 1:
            found = "does not stand" if times == 0 else f"stands {times} times"
            yield Finding(
                (*route, "quote"), f"this quote {found} in the text of `{entry['source']}`"
            )


def cited(value: Any, route: Route = ()) -> Iterator[tuple[Route, dict[str, Any]]]:
    """Every piece of evidence, wherever it stands."""
    if isinstance(value, dict):
        if len(route) > 1 and route[-2] == "evidence":
            yield route, value
        for key, inner in value.items():
            yield from cited(inner, (*route, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from cited(inner, (*route, index))


def later_evidence(draft: Draft) -> Iterator[Finding]:
    as_of = draft.situation.as_of
    for route, entry in cited(draft.document.value) if as_of else ():
        issued = draft.situation.sources[entry["source"]].issued
        if issued and issued > as_of.isoformat()[: len(issued)]:
            yield Finding(
                (*route, "source"), f"`{entry['source']}` appeared in {issued}, after {as_of}"
            )


def unsupported(draft: Draft) -> Iterator[Finding]:
    for section, (supported, total) in coverage(draft.situation).items():
        if supported < total:
            yield Finding(
                (section,),
                f"{total - supported} of {total} carry neither evidence nor an assumption",
                "`evidence: [{source: …, at: …}]` or `assumption: why`",
                key=True,
            )


def coverage(situation: Situation) -> dict[str, tuple[int, int]]:
    """How many items of each section carry evidence or an assumption, of how many.

    Examples
    --------
    >>> from detente.case import load
    >>> coverage(load("fang1993/prisoners_dilemma"))["preferences"]
    (2, 2)
    """
    preferences: list[Support] = []
    for preference in situation.preferences.values():
        if isinstance(preference, Statements):
            preferences += [statement.support for statement in preference.statements]
        else:
            preferences.append(preference.support)
    sections = {
        "options": [option.support for option in situation.options],
        "infeasible": [rule.support for rule in situation.infeasible],
        "preferences": preferences,
        "claims": [claim.support for claim in situation.claims.values()],
    }
    return {name: (sum(map(bool, items)), len(items)) for name, items in sections.items() if items}


# ---------------------------------------------------------------------------------- the table


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
        "option_order",
        "Does `option_order` name every option once?",
        "error",
        order_names_options_once,
        "option_order: [row.arm]",
    ),
    Check(
        "too_many_states",
        "Is the state space small enough to be taken on?",
        "error",
        too_many_states,
        "options: {row: {" + ", ".join(f"o{k}: {{}}" for k in range(60)) + "}, col: {arm: {}}}\n"
        "preferences: {row: [{prefer: row.o1}], col: [{prefer: col.arm}]}",
    ),
    Check(
        "no_feasible_state",
        "Is any state left, or do the infeasibilities contradict each other?",
        "error",
        no_feasible_state,
        "infeasible: [{when: row.arm, because: a}, {when: not row.arm, because: b}]",
    ),
    Check(
        "impossible_level",
        "Can every level of every option occur?",
        "warning",
        impossible_levels,
        "infeasible: [{when: row.arm, because: it has no arms, assumption: a}]",
    ),
    Check(
        "idle_infeasibility",
        "Does every infeasibility rule out something new?",
        "warning",
        idle_infeasibility,
        "options: {row: {arm: {levels: [none, some, many]}}, col: {arm: {}}}\n"
        "infeasible: [{when: row.arm >= some and row.arm < many}, {when: row.arm == some}]",
    ),
    Check(
        "coupled_actors",
        "Does an infeasibility couple options of two actors?",
        "warning",
        coupled_actors,
        "infeasible: [{when: row.arm and col.arm, because: one of them must yield, assumption: a}]",
    ),
    Check(
        "infeasible_status_quo",
        "Is the status quo feasible?",
        "warning",
        infeasible_status_quo,
        "options: {row: {arm: {levels: [none, some, many]}}, col: {arm: {}}}\n"
        "infeasible: [{when: row.arm == none}]",
    ),
    Check(
        "indifferent_actor",
        "Does every decision maker have preferences?",
        "warning",
        indifferent_actor,
        "preferences: {row: [{prefer: not col.arm}, {prefer: row.arm}]}",
    ),
    Check(
        "unmentioned_option",
        "Do somebody's preferences mention every option?",
        "warning",
        unmentioned_option,
        "preferences: {row: [{prefer: not col.arm}], col: [{prefer: col.arm}]}",
    ),
    Check(
        "idle_statement",
        "Does every preference statement decide something?",
        "warning",
        idle_statement,
        "preferences: {row: [{prefer: not col.arm}, {prefer: col.arm implies row.arm},"
        " {prefer: not (row.arm and not col.arm)}, {prefer: row.arm}], col: [{prefer: col.arm}]}",
    ),
    Check(
        "own_instrument_as_end",
        "Is a taste for an own instrument called an end?",
        "warning",
        end_names_own_instrument,
        "preferences: {row: [{prefer: row.arm, role: end}], col: [{prefer: not row.arm}, {prefer: col.arm}]}",
    ),
    Check(
        "incomplete_ranking",
        "Does a ranking hold every feasible state once?",
        "error",
        incomplete_ranking,
        'preferences: {row: {ranking: ["10", "00", "11"]}, col: [{prefer: col.arm}]}',
    ),
    Check(
        "ranked_infeasible",
        "Does a ranking name infeasible states?",
        "warning",
        ranked_infeasible,
        "infeasible: [{when: row.arm and col.arm}]\n"
        'preferences: {row: {ranking: ["10", "00", "11", "01"]}, col: [{prefer: col.arm}]}',
    ),
    Check(
        "utility_not_finite",
        "Is every utility a number in every feasible state?",
        "error",
        utility_not_finite,
        "preferences: {row: {utility: log(row.arm)}, col: [{prefer: col.arm}]}",
    ),
    Check(
        "frozen_in_expect",
        "Does a claim expect something of an option its own test fixes?",
        "warning",
        frozen_in_expect,
        "claims: {c: {says: It arms, test: {commit: {row.arm: yes}, expect: row.arm}}}",
    ),
    Check(
        "contradicting_commit",
        "Is a strategy or commitment infeasible by itself?",
        "error",
        contradicting_commit,
        "options: {row: {arm: {}, tell: {}}, col: {arm: {}}}\n"
        "infeasible: [{when: row.arm and row.tell}]\n"
        "strategies: {both: {row.arm: yes, row.tell: yes}}",
    ),
    Check(
        "commit_against_moves",
        "Does a strategy or commitment take back what cannot be taken back?",
        "error",
        commit_against_moves,
        "options: {row: {arm: {moves: up}}, col: {arm: {}}}\n"
        "status_quo: {row.arm: yes}\n"
        "strategies: {disarm: {row.arm: no}}",
    ),
    Check(
        "circular_premises",
        "Does a claim rest on itself?",
        "error",
        circular_premises,
        "claims:\n"
        "  a: {says: A, untested: normative, rests_on: [b]}\n"
        "  b: {says: B, untested: normative, rests_on: [a]}",
    ),
    Check(
        "quote_not_in_source",
        "Does every quote stand exactly once in the source's text, where that text is present?",
        "error",
        quote_not_in_source,
        "sources: {note: {type: report, title: A note, text: situation.yaml}}\n"
        "actors: {row: {name: Row, evidence: [{source: note, quote: Row}]}, col: {}}",
    ),
    Check(
        "later_evidence",
        "Did every cited source appear by the cut-off?",
        "warning",
        later_evidence,
        "as_of: 2023-12-31",
    ),
    Check(
        "unsupported",
        "What share of the items carries evidence or an assumption?",
        "warning",
        unsupported,
        "options: {row: {arm: {}}, col: {arm: {}}}",
    ),
)

FIRST = ("option_order", "too_many_states", "no_feasible_state")
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
    place = document.place(finding.route, key=finding.key)
    return Problem(
        place,
        finding.message,
        document.named(finding.route),
        finding.hint,
        check.name,
        check.severity,
    )
