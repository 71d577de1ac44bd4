"""Stability: of which states, for whom, and through whose sanctions."""

from __future__ import annotations

import pytest

from tests.claims.conftest import STAGE, Judge

# Seoul would join; Beijing would then press, which is worse for Seoul than waiting.
DETERRED = """
preferences:
  rok: [{prefer: prc.press == none}, {prefer: rok.join}]
  prc: [{prefer: "rok.join iff prc.press == words"}, {prefer: "prc.press != trade"}]
"""


@pytest.mark.parametrize(
    ("concept", "stable"), [("nash", 0.0), ("gmr", 1.0), ("smr", 1.0), ("seq", 1.0)]
)
def test_sanctions_keep_an_actor_only_where_the_concept_knows_them(
    judge: Judge, concept: str, stable: float
) -> None:
    result = judge(
        DETERRED,
        f"""
    claims:
      stays:
        says: Seoul waits
        test: {{kind: stability, state: "0000", for: rok, is: stable, concept: {concept}}}
      leaves:
        says: Seoul does not wait
        test: {{kind: stability, state: "0000", for: rok, is: unstable, concept: {concept}}}
    """,
    )
    assert (result["stays"].share, result["leaves"].share) == (stable, 1 - stable)
    assert result["stays"].concepts[0].concept == concept


@pytest.mark.parametrize(("because", "share"), [("prc", 1.0), ("usa", 0.0)])
def test_because_is_whose_freezing_lets_the_actor_go(
    judge: Judge, because: str, share: float
) -> None:
    result = judge(
        DETERRED,
        f"""
    claims:
      c:
        says: Beijing keeps Seoul out
        test:
          {{kind: stability, state: "0000", for: rok, is: stable, concept: seq, because: {because}}}
    """,
    )["c"]
    assert result.share == share


def test_two_who_could_each_keep_it_there_are_neither_the_reason(judge: Judge) -> None:
    result = judge("""
    preferences:
      rok: [{prefer: prc.press == none and not usa.back}, {prefer: rok.join}]
      prc: [{prefer: "rok.join implies prc.press == words"}]
      usa: [{prefer: rok.join implies usa.back}]
    claims:
      prc:
        says: C
        test: {kind: stability, state: "0000", for: rok, is: stable, concept: seq, because: prc}
      anybody:
        says: C
        test: {kind: stability, state: "0000", for: rok, is: stable, concept: seq}
    """)
    assert (result["prc"].share, result["anybody"].share) == (0.0, 1.0)


def test_an_equilibrium_is_stable_for_all(judge: Judge) -> None:
    result = judge("""
    preferences: {rok: [{prefer: rok.join}], prc: [{prefer: prc.press}]}
    claims:
      one: {says: C, test: {kind: stability, state: "1000", for: rok, is: stable}}
      all: {says: C, test: {kind: stability, state: "1000", is: equilibrium}}
      both: {says: C, test: {kind: stability, state: "1010", is: equilibrium}}
    """)
    assert [each.share for each in result.values()] == [1.0, 0.0, 1.0]


def test_an_expression_means_the_states_nearest_to_the_status_quo(judge: Judge) -> None:
    result = judge("""
    preferences: {prc: [{prefer: "rok.join implies prc.press != words"}]}
    claims:
      every: {says: C, test: {kind: stability, state: rok.join or prc.press, for: prc, is: stable}}
      some:
        says: C
        test: {kind: stability, state: rok.join and prc.press, for: prc, is: stable, in: some}
      all:
        says: C
        test: {kind: stability, state: rok.join and prc.press, for: prc, is: stable}
    """)
    assert [each.share for each in result.values()] == [1.0, 1.0, 0.0]


def test_a_state_that_cannot_be_is_untested(judge: Judge) -> None:
    result = judge("""
    preferences: {}
    infeasible: [{when: rok.join}]
    claims: {c: {says: C, test: {kind: stability, state: rok.join, for: rok, is: stable}}}
    """)["c"]
    assert (result.verdict, result.reason) == ("untested", "no feasible state is meant")


# Neither gives way alone; both gain by giving way together, unless Washington then steps in.
TOGETHER = """
preferences:
  rok: [{prefer: prc.press == none and not usa.back}, {prefer: rok.join}]
  prc: [{prefer: not rok.join}, {prefer: prc.press == words}]
  usa: [{prefer: "rok.join iff not usa.back"}]
"""


@pytest.mark.parametrize(
    ("concept", "leaves"), [("nash", 1.0), ("gmr", 0.0), ("smr", 0.0), ("seq", 0.0)]
)
def test_several_who_are_named_would_act_together(
    judge: Judge, concept: str, leaves: float
) -> None:
    result = judge(
        TOGETHER,
        f"""
    claims:
      together:
        says: Both give way
        test:
          kind: stability
          state: "1010"
          for: [rok, prc]
          is: unstable
          concept: {concept}
      alone:
        says: Seoul gives way
        test: {{kind: stability, state: "1010", for: rok, is: unstable, concept: {concept}}}
    """,
    )
    assert (result["together"].share, result["alone"].share) == (leaves, 0.0)


def test_whose_answer_keeps_a_coalition_there(judge: Judge) -> None:
    result = judge(
        TOGETHER,
        """
    claims:
      c:
        says: Washington keeps both from giving way
        test:
          kind: stability
          state: "1010"
          for: [rok, prc]
          is: stable
          concept: seq
          because: usa
    """,
    )["c"]
    assert result.share == 1.0
    assert {(flip.statement, flip.change) for flip in result.flips} == {
        ("rok.1", "dropped"),  # then Seoul never gives way
        ("rok.1", "swapped"),
        ("prc.1", "dropped"),  # nor does Beijing
        ("prc.1", "swapped"),
        ("usa.1", "dropped"),  # nor does Washington step in
    }  # without rok.2 Seoul ends no better off than now, which deters as well


def test_a_claim_about_a_state_hinges_on_statements_too(judge: Judge) -> None:
    result = judge(
        DETERRED,
        """
    claims:
      c:
        says: C
        test: {kind: stability, state: "0000", for: rok, is: stable, concept: seq, because: prc}
    """,
    )["c"]
    hinges = {(flip.statement, flip.change) for flip in result.flips}
    assert hinges == {
        ("rok.1", "dropped"),
        ("rok.1", "swapped"),
        ("rok.2", "dropped"),
        ("prc.1", "dropped"),
    }
    assert result.verdict == "assumed"  # `rok.join` and Beijing's answer are typed-in means


def test_a_larger_stage_is_judged_alike(judge: Judge) -> None:
    """On more states than threads are worth, so that variations run side by side."""
    extra = "usa: {back: {}, " + ", ".join(f"o{k}: {{}}" for k in range(11)) + "}"
    result = judge(
        DETERRED,
        """
        claims:
          c:
            says: C
            test:
              kind: stability
              state: not rok.join
              for: rok
              is: stable
              concept: seq
              because: prc
        """,
        stage=STAGE.replace("usa: {back: {}}", extra),
    )["c"]
    assert (result.share, result.verdict, len(result.flips)) == (1.0, "assumed", 4)
