"""The 2024 commentary: the case is complete and blind, and its worked example is computed.

The inventory of the commentary numbers its causal claims C01–C44, its feared reactions F01–F10 and
its measures M01–M12. The worked example is C40: could Beijing's coercion keep a willing Seoul out
of AUKUS Pillar 2, and what breaks the lever?
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from math import prod
from pathlib import Path

import pytest

from detente.case import Situation, load, nominal
from detente.case.expression import Names, expression
from detente.case.situation import Infeasible, Statement, Statements
from detente.case.states import axes
from detente.catalogue import folder, overlays
from detente.claims import Report, run_claims
from detente.claims.settling import Settling
from detente.claims.stability import outcome
from detente.conflict.coalitions.coalition import coalition
from detente.conflict.concepts.registry import BY_ACTOR
from detente.conflict.model import Conflict, conflict
from detente.conflict.preferences import truths
from detente.conflict.stability import CONCEPTS, equilibria
from detente.futures.drawing.alike import formulas

CASE = "kim/indo_pacific_2024"
INVENTORY = [
    *(f"C{number:02}" for number in range(1, 45)),
    *(f"F{number:02}" for number in range(1, 11)),
    *(f"M{number:02}" for number in range(1, 13)),
]
LARGEST = 1_000_000
PAGE = Path(__file__).resolve().parents[2] / "docs" / "case-2024.md"


@cache
def situation() -> Situation:
    return load(CASE)


# ------------------------------------------------------------------------------ the case itself


def test_the_case_draws_no_warning() -> None:
    assert situation().warnings == ()


def test_the_state_space_keeps_to_its_limit() -> None:
    assert prod(len(option.levels) for option in situation().options) <= LARGEST


def test_every_item_of_the_inventory_is_tagged_once() -> None:
    tags = Counter(tag for claim in situation().claims.values() for tag in claim.tags)
    companions = tags.pop("companion")
    assert tags == Counter(INVENTORY)
    assert companions == len(situation().claims) - len(INVENTORY)


def test_every_item_of_the_inventory_has_its_paragraph() -> None:
    claims = situation().claims.values()
    assert [claim.id for claim in claims if "companion" not in claim.tags and not claim.at] == []


def test_nothing_cites_a_source_that_appeared_after_the_cut_off() -> None:
    cited = {
        name
        for file in folder(CASE).glob("*.yaml")
        if file.name != "aftermath.yaml"
        for name in re.findall(r"\{source: (\w+)", file.read_text(encoding="utf-8"))
    }
    as_of = str(situation().as_of)
    issued = {name: situation().sources[name].issued for name in cited}
    assert {name: day for name, day in issued.items() if day and day > as_of} == {}


def test_every_source_is_cited_or_is_a_reference_of_the_text() -> None:
    texts = " ".join(file.read_text(encoding="utf-8") for file in folder(CASE).glob("*.yaml"))
    sources = situation().sources.items()
    uncited = {name: each.note for name, each in sources if f"source: {name}" not in texts}
    assert all(note and note.startswith("A reference of the text") for note in uncited.values())


def test_nothing_in_the_ledger_is_dated_after_the_cut_off() -> None:
    as_of = situation().as_of
    assert as_of is not None
    steps = [step.on for each in situation().commitments.values() for step in each.history]
    starts = [each.from_ for each in situation().arrangements.values() if each.from_]
    assert max([*steps, *starts]) <= as_of


def test_no_infeasibility_couples_two_actors() -> None:
    for rule in situation().infeasible:
        assert len({option.split(".")[0] for option in rule.when.options}) == 1


# ------------------------------------------------------------------------------ what is not known


def unknown() -> set[str]:
    """The uncertainties, and the commitments that may not be kept."""
    kept = {name for name, each in situation().commitments.items() if each.executed is not None}
    return {*situation().uncertainties, *kept}


def statements(view: str = "") -> list[Statement]:
    lists = situation().seen_by(view).preferences.values()
    return [each for every in lists if isinstance(every, Statements) for each in every.statements]


def test_there_are_at_least_fifteen_uncertainties_each_with_its_reason() -> None:
    assert len(situation().uncertainties) >= 15
    each = [*situation().uncertainties.values(), *situation().correlations]
    assert all(item.evidence or item.assumption for item in each)


def test_every_unknown_reaches_something_that_is_evaluated() -> None:
    conditions = [each.when for each in statements() if each.when is not None]
    reached = {name for when in conditions for name in when.uncertainties}
    reached |= {name for each in formulas(situation()) for name in each.uncertainties}
    assert reached == unknown()


def test_no_condition_changes_the_nominal_future() -> None:
    """Every wish that waits for something is there, but for those of another government."""
    others = {"us_retrenches", "rok_progressive"}
    now = nominal(situation())
    for each in statements():
        if each.when is not None and not each.when.uncertainties & others:
            assert each.when.on(now.values), each.id
    assert not any(rule.when.uncertainties and in_force(rule) for rule in situation().infeasible)


def in_force(rule: Infeasible) -> bool:
    values = {**nominal(situation()).values, **axes(situation().options)}
    return bool(rule.when.on(values).any())


def test_published_readings_of_beijing_differ_from_the_cases_own() -> None:
    assert len(situation().views) >= 2
    for expert, lists in situation().views.items():
        assert list(lists) == ["prc"]
        assert all(each.support for each in statements(expert) if each.actor == "prc")


def test_the_page_lists_what_is_not_known() -> None:
    section = PAGE.read_text(encoding="utf-8").partition("## What nobody knew")[2]
    rows = re.findall(r"^\| `(\w+)` \| .+ \| (.+) \|$", section, re.M)
    assert {name for name, _ in rows} == unknown()
    by_id = {each.id: each for each in statements()}
    for name, waits in rows:
        for id in re.findall(r"`(\w+\.\w+)`", waits):
            when = by_id[id].when
            assert when is not None
            assert name in when.uncertainties | by_id[id].prefer.uncertainties


# ---------------------------------------------------------------- the worked example: detachment

# Everyone whose consent Seoul needs is willing, and the Peninsula is as tense as Pyongyang's own
# aims make it; Seoul waits.
WAITING = {
    "rok.strike": "yes", "rok.outreach": "messaging", "usa.sponsor": "yes", "auk.open": "yes",
    "jpn.pillar2": "yes", "dprk.posture": "tension", "dprk.nuclear": "yes",
}  # fmt: skip


def code(levels: Mapping[str, str]) -> str:
    """The code of the state that differs from all first levels in these."""
    return "".join(
        str(option.levels.index(levels.get(option.id, option.levels[0])))
        for option in situation().options
    )


@cache
def base(*, way_round: bool) -> Conflict:
    """The nominal conflict, with or without the bilateral and the separate path."""
    names = Names({option.id: option.levels for option in situation().options})
    paths = expression("rok.path == bilateral or rok.path == pillar3", names)
    closed = (*situation().infeasible, Infeasible(paths, "for the sake of argument"))
    return conflict(situation() if way_round else replace(situation(), infeasible=closed))


def held(actor: str) -> list[Statement]:
    return list(nominal(situation()).statements[actor])


def statement(id: str) -> Statement:
    lists = [each for each in situation().preferences.values() if isinstance(each, Statements)]
    return next(each for statements in lists for each in statements.statements if each.id == id)


def reordered(model: Conflict, actor: str, statements: list[Statement]) -> Conflict:
    values = nominal(situation()).values
    return model.with_ranks(actor, truths(model.space, statements, values).ranks())


def variant(*, pays: bool, exposure_first: bool, derisking: bool, way_round: bool) -> Conflict:
    """The nominal conflict with four switches."""
    model = base(way_round=way_round)
    if pays:  # Beijing would rather punish entry economically than spare itself the cost
        others = held("prc")
        cost = others.index(statement("prc.5"))
        model = reordered(model, "prc", [*others[:cost], statement("prc.4"), *others[cost:]])
    if exposure_first:
        technology, exposure, *rest = held("rok")
        model = reordered(model, "rok", [exposure, technology, *rest])
    return model if derisking else model.committed({"rok.derisk": 0})


def is_stable(model: Conflict, concept: str, levels: Mapping[str, str] = WAITING) -> bool:
    return bool(BY_ACTOR[concept](model, "rok")[model.space.index(code(levels))])


def frozen_beijing(model: Conflict) -> Conflict:
    return model.committed({"prc.line": 0, "prc.ease_sanctions": 0, "prc.bloc": 0})


LEVER = {"pays": True, "exposure_first": True, "derisking": False, "way_round": False}


def test_if_nobody_answered_a_willing_seoul_would_enter() -> None:
    assert not is_stable(base(way_round=True), "nash")


@pytest.mark.parametrize("switches", list(itertools.product([False, True], repeat=4)))
def test_the_lever_holds_under_one_of_sixteen_conditions_only(switches: tuple[bool, ...]) -> None:
    chosen = dict(zip(LEVER, switches, strict=True))
    assert is_stable(variant(**chosen), "seq") == (chosen == LEVER)


def test_freezing_beijing_takes_the_lever_away() -> None:
    assert not is_stable(frozen_beijing(variant(**LEVER)), "seq")


def test_no_statement_of_seoul_mentions_beijing_together_with_its_own_path() -> None:
    """What makes C40 a finding: nothing typed in says that coercion keeps Seoul out."""
    for each in held("rok"):
        options = each.prefer.options
        assert not ("prc.line" in options and "rok.path" in options)


# ------------------------------------------------- the doctrine decides what the path should decide

ALONE = {**WAITING, "usa.sponsor": "no", "auk.open": "no"}
DOCTRINES = ("silent", "kmpr_rule")


@cache
def wanting(*, limit: bool) -> Conflict:
    """The nominal conflict; with the doubted wish to limit the doctrine held or not."""
    statements = held("rok")
    if limit:
        place = statements.index(statement("rok.12"))
        statements = [*statements[:place], statement("rok.11"), *statements[place:]]
    return reordered(base(way_round=True), "rok", statements)


@pytest.mark.parametrize("limit", [False, True])
@pytest.mark.parametrize("doctrine", DOCTRINES)
def test_seoul_alone_rests_only_under_the_doctrine_it_wants(limit: bool, doctrine: str) -> None:
    levels = {**ALONE, "rok.doctrine": doctrine}
    assert is_stable(wanting(limit=limit), "nash", levels) == (limit == (doctrine == "kmpr_rule"))


@pytest.mark.parametrize("limit", [False, True])
@pytest.mark.parametrize("doctrine", DOCTRINES)
def test_with_its_doctrine_fixed_seoul_alone_waits(limit: bool, doctrine: str) -> None:
    levels = {**ALONE, "rok.doctrine": doctrine}
    model = wanting(limit=limit).committed({"rok.doctrine": DOCTRINES.index(doctrine)})
    assert all(is_stable(model, concept, levels) for concept in CONCEPTS)


@pytest.mark.parametrize("limit", [False, True])
@pytest.mark.parametrize("doctrine", DOCTRINES)
def test_with_its_doctrine_fixed_others_than_beijing_keep_seoul_waiting(
    limit: bool, doctrine: str
) -> None:
    levels = {**WAITING, "rok.doctrine": doctrine}
    model = wanting(limit=limit).committed({"rok.doctrine": DOCTRINES.index(doctrine)})
    assert is_stable(frozen_beijing(model), "gmr", levels)


# --------------------------------------------------------------------------- where it settles


def test_waiting_is_a_failure_to_move_together() -> None:
    """Waiting and three ways to the technology are all equilibria: consent has to come jointly."""
    model = base(way_round=True)
    settled = model.space.codes(equilibria(model, "nash").nonzero()[0])
    path = next(option for option in situation().options if option.id == "rok.path")
    paths = {path.levels[int(each[situation().options.index(path)])] for each in settled}
    assert paths == {"wait", "bilateral", "pillar3", "project_framed"}


@pytest.mark.parametrize("in_one_breath", [False, True])
def test_a_limit_that_is_taken_back_in_one_breath_takes_no_fear(in_one_breath: bool) -> None:
    """As Pyongyang sees it, a limit reassures if it must be seen to go before forces are used."""
    changes = [{"drop": "one_step"}] if in_one_breath else []
    seen = Settling(load("kim/first_strike", changes=changes)).seen("dprk")
    limit, rule = (seen.space.index(code) for code in ("020", "010"))
    assert seen.stays("rok", limit, "seq") == (not in_one_breath)
    assert not seen.stays("rok", rule, "seq")


# ------------------------------------------------------------------ together, believed, changed


def settled(*levels: str) -> int:
    """The waiting equilibrium, or the one with Seoul in projects."""
    wanted = " and ".join(levels)
    settling = Settling(situation())
    (state,) = (
        state
        for state in settling.under({}).attainable
        if expression(wanted, NAMES).on(by_option(settling, state))
    )
    return int(state)


def by_option(settling: Settling, state: int) -> dict[str, int]:
    code = settling.space.code(int(state))
    return {option.id: int(level) for option, level in zip(situation().options, code, strict=True)}


NAMES = Names({option.id: option.levels for option in situation().options}, {}, {}, {})


def test_waiting_is_left_by_seoul_and_washington_together_and_by_neither_alone() -> None:
    model = conflict(situation())
    waiting = settled("rok.path == wait")
    for members in (["rok"], ["usa"], ["usa", "auk"]):
        assert coalition(model, members, "nash").holds(waiting)
    assert not coalition(model, ["rok", "usa"], "nash").holds(waiting)


def test_nobody_leaves_the_state_in_which_seoul_takes_part() -> None:
    model = conflict(situation())
    joined = settled("rok.path == project_framed")
    for members in (["prc", "dprk", "rus"], ["prc", "dprk"], ["rok", "usa"]):
        assert coalition(model, members, "nash").holds(joined)


@pytest.mark.parametrize("overlay", overlays())
def test_overlays_draw_no_warning_and_change_what_they_say(overlay: str) -> None:
    found = load(overlay)
    assert found.warnings == ()
    assert found.id != situation().id
    added = set(found.claims) - set(situation().claims)
    assert added


def test_weapons_for_ukraine_are_not_kept_back_by_moscow() -> None:
    found = load("kim/indo_pacific_2024/ukraine")
    claim = found.claims["weapons_are_deterred"]
    assert outcome(claim, Settling(found), "seq").holds is False


# ------------------------------------------------------------------------------- what is quoted


@pytest.fixture(scope="module")
def report() -> Report:
    return run_claims(situation())


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def test_the_page_counts_the_verdicts_of_the_run(report: Report, page: str) -> None:
    columns = (
        "assumed", "contradicted", "supported", "contingent", "undecided", "untested", "open",
    )  # fmt: skip
    quoted = re.findall(r"^\| (inventory|companions)" + r" \| (\d+)" * len(columns), page, re.M)
    counts = {"inventory": Counter[str](), "companions": Counter[str]()}
    for result in report.claims:
        part = "companions" if "companion" in result.claim.tags else "inventory"
        counts[part].update([result.verdict, *(["open"] if result.open else [])])
    assert quoted == [
        (part, *(str(count[column]) for column in columns)) for part, count in counts.items()
    ]


def test_the_page_quotes_the_break_evens_of_the_run(report: Report, page: str) -> None:
    row = r"^\| (.+?) \| `(.+?)`, .+ (\d\.\d\d) \| (\d\.\d\d)–(\d\.\d\d) \|$"
    quoted = {
        tag: (statement, *map(float, figures))
        for tags, statement, *figures in re.findall(row, page, re.M)
        for tag in tags.split(", ")
    }
    found = {
        result.claim.tags[0]: (even.statement, even.credence, *(even.stated or ()))
        for result in report.claims
        if (even := result.break_even)
    }
    assert len(quoted) > 0  # or the pattern no longer fits the page
    assert quoted == {tag: found[tag] for tag in quoted}
