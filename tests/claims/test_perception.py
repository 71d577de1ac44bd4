"""Claims about the game as an actor sees it, and what they hinge on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from detente.case import load
from detente.case.expression import Names, expression
from detente.case.format import StabilityTest
from detente.case.situation import (
    Actor,
    Claim,
    Perception,
    Preference,
    Situation,
    Statement,
    Statements,
)
from detente.claims import run_claims
from detente.claims.settling import Settling
from detente.claims.stability import outcome
from tests.claims.conftest import Judge
from tests.definitions.hypergames import drawn
from tests.strategies import option

if TYPE_CHECKING:
    from collections.abc import Iterator

FEARED = "docs/how-to/perceived"


def claim(id: str, **test: object) -> Claim:
    return Claim(id, id, "certain", StabilityTest(kind="stability", **test), {}, None)


@pytest.mark.parametrize("concept", ["nash", "gmr", "smr", "seq"])
def test_a_claim_is_judged_in_the_game_that_is_seen(concept: str) -> None:
    rng = np.random.default_rng(11)
    determined = 0
    for _ in range(12):
        each = drawn(rng)
        settling, spelt = Settling(each.situation), each.spelt
        for seer in each.situation.perceptions:
            for whom in spelt.actors:
                game = spelt.thought[seer, whom]
                stable = game.stable_states(concept, whom)
                for s in spelt.real.feasible:
                    test = {"state": "".join(map(str, s)), "for": whom, "is": "stable"}
                    found = outcome(claim("c", **test, seen_by=seer), settling, concept)
                    if s in spelt.games[seer].feasible:
                        assert found.holds == (s in stable)
                        determined += 1
                    else:
                        assert (found.holds, found.why) == (
                            None,
                            f"`{seer}` perceives no state that is meant",
                        )
    assert determined > 200


def test_an_equilibrium_that_is_seen_is_one_that_is_expected() -> None:
    rng = np.random.default_rng(12)
    for _ in range(15):
        each = drawn(rng)
        settling, spelt = Settling(each.situation), each.spelt
        for seer in each.situation.perceptions:
            for s in spelt.games[seer].feasible:
                test = {"state": "".join(map(str, s)), "is": "equilibrium", "seen_by": seer}
                found = outcome(claim("c", **test), settling, "seq")
                assert found.holds == (s in spelt.expected("seq", seer))


# ------------------------------------------------------------------------------------- hinges

AXES = (option("a", "x"), option("a", "w"), option("b", "y"), option("c", "z"))
NAMES = Names({axis.id: axis.levels for axis in AXES}, {})
WANTS = (
    "a.x", "not a.x", "b.y", "not b.y", "c.z", "a.x iff b.y", "a.w implies c.z", "not a.w",
    "b.y and not c.z", "c.z implies a.x", "not (a.x and b.y)",
)  # fmt: skip


def wanted(rng: np.random.Generator, actor: str, seers: str = "") -> Statements:
    texts = rng.choice(WANTS, rng.integers(1, 4), replace=False)
    return Statements(
        tuple(
            Statement(
                f"{seers}{actor}.{place}",
                actor,
                expression(str(text), NAMES),
                str(rng.choice(["end", "means"])),  # type: ignore[arg-type]
            )
            for place, text in enumerate(texts, start=1)
        )
    )


def argued(rng: np.random.Generator) -> Situation:
    """Three actors, of whom one misjudges another, and thinks it misjudged by it."""
    state = "".join(map(str, rng.integers(0, 2, 4)))
    seen = {"state": state, "concept": "seq", "seen_by": "a"}
    inner = Perception({"a": wanted(rng, "a", "a:b:")})
    return Situation(
        id="argued",
        title="argued",
        actors={name: Actor(name, name) for name in "abc"},
        options=AXES,
        infeasible=(),
        status_quo=dict.fromkeys([axis.id for axis in AXES], 0),
        preferences={actor: wanted(rng, actor) for actor in "abc"},
        perceptions={"a": Perception({"b": wanted(rng, "b", "a:")}, (), {"b": inner})},
        claims={
            each.id: each
            for each in (
                claim("own", **seen, **{"for": "a", "is": "stable"}),
                claim("other", **seen, **{"for": "b", "is": "stable"}),
                claim("all", **seen, **{"is": "equilibrium"}),
                claim("real", state=state, concept="seq", **{"is": "equilibrium"}),
            )
        },
    )


def dropped(situation: Situation) -> Iterator[tuple[str, Situation]]:
    """Every statement of every list, and the situation without it."""
    (seer,) = situation.perceptions
    sees = situation.perceptions[seer]
    for actor, held in situation.preferences.items():
        for id, rest in without(held):
            yield id, replace(situation, preferences={**situation.preferences, actor: rest})
    for id, rest in without(sees.preferences["b"]):
        view = replace(sees, preferences={"b": rest})
        yield id, replace(situation, perceptions={seer: view})
    for id, rest in without(sees.perceptions["b"].preferences["a"]):
        view = replace(sees, perceptions={"b": Perception({"a": rest})})
        yield id, replace(situation, perceptions={seer: view})


def without(held: Preference) -> Iterator[tuple[str, Statements]]:
    assert isinstance(held, Statements)
    for statement in held.statements:
        rest = tuple(each for each in held.statements if each is not statement)
        yield statement.id, Statements(rest)


def test_statements_that_others_are_taken_to_hold_are_load_bearing_like_all_others() -> None:
    """Against the same claims in the situation from which the statement was taken out."""
    rng = np.random.default_rng(13)
    through_eyes = 0
    for _ in range(15):
        situation = argued(rng)
        results = {each.claim.id: each for each in run_claims(situation).claims}
        plain = answers(situation)
        flips: dict[str, set[str]] = {id: set() for id in results}
        for statement, rest in dropped(situation):
            for id, holds in answers(rest).items():
                if holds != plain[id]:
                    flips[id].add(statement)
        means = {id for id, statement in every(situation).items() if statement.role == "means"}
        for id, result in results.items():
            found = [flip.statement for flip in result.flips if flip.change == "dropped"]
            assert sorted(found) == sorted(flips[id])
            assert (result.verdict == "assumed") == bool(means & set(found))
            through_eyes += any(":" in statement for statement in found)
    assert through_eyes > 5


def answers(situation: Situation) -> dict[str, bool | None]:
    settling = Settling(situation)
    return {id: outcome(each, settling, "seq").holds for id, each in situation.claims.items()}


def every(situation: Situation) -> dict[str, Statement]:
    from detente.brief.words import statements_by_id

    return statements_by_id(situation)


def test_what_an_actor_is_told_to_fear_is_assumed() -> None:
    results = {each.claim.id: each for each in run_claims(load(FEARED)).claims}
    fear = results["north_stays_armed"]
    assert (fear.verdict, fear.share, fear.open) == ("assumed", 1.0, False)
    assert [flip.statement for flip in fear.flips] == ["north:south.1"]
    assert fear.break_even is not None
    assert fear.break_even.statement == "north:south.1"
    assert (results["really_it_need_not"].share, results["really_it_need_not"].open) == (1.0, True)


def test_a_fear_told_twice_is_told_together(judge: Judge) -> None:
    result = judge("""
    preferences:
      rok: [{prefer: prc.press == none, role: end}, {prefer: rok.join, role: end}]
      prc: []
    perceptions:
      rok:
        preferences:
          prc:
            - {prefer: "rok.join implies prc.press == trade", role: means}
            - {prefer: "not rok.join or prc.press == trade", role: means}
            - {prefer: prc.press == none, role: cost}
    claims:
      c:
        says: C
        test: {kind: stability, state: "0000", for: rok, is: stable, concept: seq, seen_by: rok}
    """)["c"]
    assert result.share == 1.0
    assert result.told_together == ("rok:prc.1", "rok:prc.2")
    assert not result.open


# ------------------------------------------------------------------------------------- signals


SIGNALS = """
preferences: {rok: [], prc: []}
signals:
  words: {sender: rok, receiver: prc, trust: 0.3,
          gain: {trustworthy: 1, untrustworthy: 0.5}, cost: {trustworthy: 0, untrustworthy: 0}}
  costly: {sender: rok, receiver: prc, trust: 0.3,
           gain: {trustworthy: 1, untrustworthy: 0.5}, cost: {trustworthy: 0.6, untrustworthy: 0.6}}
  maybe: {sender: rok, receiver: prc, trust: 0.3, gain: {trustworthy: 1, untrustworthy: 0.5},
          cost: {trustworthy: 0.6, untrustworthy: [0.4, 0.6]}}
"""


@pytest.mark.parametrize(
    ("signal", "is_", "verdict", "share"),
    [
        ("words", "pooling", "assumed", 1.0),
        ("words", "separating", "contradicted", 0.0),
        ("costly", "separating", "assumed", 1.0),
        ("costly", "pooling", "contradicted", 0.0),
        ("maybe", "separating", "contingent", None),
        ("maybe", "pooling", "contingent", None),
    ],
)
def test_what_was_typed_in_confirms_nothing(
    judge: Judge, signal: str, is_: str, verdict: str, share: float | None
) -> None:
    result = judge(
        SIGNALS,
        f"claims: {{c: {{says: C, test: {{kind: signal, signal: {signal}, is: {is_}}}}}}}",
    )["c"]
    assert (result.kind, result.verdict, result.share) == ("signal", verdict, share)
    assert not result.open
    assert result.reason


def test_words_that_deny_ask_for_the_reverse(judge: Judge) -> None:
    result = judge(
        SIGNALS,
        "claims: {c: {says: C, modality: unlikely, "
        "test: {kind: signal, signal: words, is: separating}}}",
    )["c"]
    assert (result.verdict, result.share) == ("assumed", 0.0)
