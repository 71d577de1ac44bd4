"""Which statements count in the nominal future, and what a verdict hinges on."""

from __future__ import annotations

import pytest

from tests.claims.conftest import Judge

CLAIM = """
claims: {c: {says: C, test: {commit: {rok.join: yes}, expect: prc.press == words}}}
"""


def flips(judge: Judge, *sections: str) -> list[tuple[str, str, str | None]]:
    result = judge(*sections, CLAIM)["c"]
    return [(flip.statement, flip.change, flip.swapped_with) for flip in result.flips]


def test_statements_are_named_by_their_place_and_swapped_with_the_next(judge: Judge) -> None:
    assert flips(judge, """
    preferences:
      usa: [{prefer: rok.join}]
      prc: [{prefer: "prc.press != trade"}, {prefer: prc.press}, {prefer: prc.press == none}]
    """) == [
        ("prc.1", "dropped", None),
        ("prc.2", "dropped", None),
        ("prc.2", "swapped", "prc.3"),
    ]  # fmt: skip


def test_a_group_without_an_order_keeps_that_of_the_file(judge: Judge) -> None:
    assert flips(
        judge,
        """
    preferences:
      prc:
        - any_order: [{prefer: prc.press == words}, {prefer: prc.press == none}]
        - {prefer: usa.back}
    """,
    ) == [("prc.1a", "dropped", None), ("prc.1a", "swapped", "prc.1b")]


@pytest.mark.parametrize(("chance", "held"), [("0.5", True), ("[0.4, 0.5]", False)])
def test_a_statement_counts_where_its_condition_is_held(
    judge: Judge, chance: str, held: bool
) -> None:
    assert flips(
        judge,
        f"""
    uncertainties: {{crisis: {{kind: event, probability: {chance}}}}}
    preferences:
      prc: [{{prefer: prc.press == none, when: not crisis}}, {{prefer: prc.press == words}}]
    """,
    ) == (
        [("prc.2", "dropped", None)]
        if held
        else [("prc.1", "dropped", None), ("prc.1", "swapped", "prc.2")]
    )


@pytest.mark.parametrize(("credence", "held"), [("0.5", True), ("[0.2, 0.7]", False)])
def test_a_statement_believed_less_than_not_is_not_held(
    judge: Judge, credence: str, held: bool
) -> None:
    result = judge(
        f"""
        preferences:
          prc:
            - {{prefer: usa.back}}
            - {{prefer: prc.press == words, credence: {credence}}}
            - {{prefer: prc.press == none}}
        """,
        CLAIM,
    )["c"]
    assert (result.share, result.verdict) == (float(held), "assumed")
    assert result.break_even is not None
    assert (result.break_even.statement, result.break_even.credence) == ("prc.2", 1.0)
    changes = [(flip.statement, flip.change, flip.swapped_with) for flip in result.flips]
    if held:
        assert changes == [("prc.2", "dropped", None), ("prc.2", "swapped", "prc.3")]
    else:
        assert changes == [("prc.2", "added", None)]


def test_a_doubted_statement_whose_condition_is_false_is_not_tried(judge: Judge) -> None:
    unheld = "{prefer: prc.press == words, when: crisis, credence: 0.1}"
    assert (
        flips(
            judge,
            "uncertainties: {crisis: {kind: event, probability: 0.1}}",
            f"preferences: {{prc: [{unheld}]}}",
        )
        == []
    )


def test_neighbours_are_those_that_are_held(judge: Judge) -> None:
    assert flips(
        judge,
        """
    preferences:
      prc:
        - {prefer: prc.press == words}
        - {prefer: usa.back, credence: 0.1}
        - {prefer: prc.press == none}
    """,
    ) == [("prc.1", "dropped", None), ("prc.1", "swapped", "prc.3")]


def test_rankings_and_utilities_have_no_statements_to_drop(judge: Judge) -> None:
    codes = [
        f"{join}{hedge}{press}{back}"
        for press in "102"
        for join in "01"
        for hedge in "01"
        for back in "01"
    ]
    result = judge(
        f"""
    preferences:
      prc: {{ranking: {codes}}}
      usa: {{utility: usa.back - rok.join}}
    """.replace("'", '"'),
        CLAIM,
    )["c"]
    assert (result.share, result.verdict, result.open, result.flips) == (1.0, "supported", True, ())


def test_an_actor_without_preferences_stays_where_it_is(judge: Judge) -> None:
    result = judge("preferences: {}", CLAIM)["c"]
    assert (result.share, result.verdict, result.flips) == (0.0, "contradicted", ())


def test_a_verdict_that_would_not_be_determined_has_flipped(judge: Judge) -> None:
    result = judge("""
    preferences:
      rok: [{prefer: rok.hedge, role: end}, {prefer: "rok.hedge iff prc.press == words"}]
      prc: [{prefer: "prc.press != trade"}, {prefer: "prc.press == words iff not rok.hedge"}]
    claims: {c: {says: C, test: {commit: {rok.join: yes}, expect: rok.hedge}}}
    """)["c"]
    assert ("rok.1", "dropped", "untested") in [
        (flip.statement, flip.change, flip.becomes) for flip in result.flips
    ]


def test_an_answer_that_would_not_be_determined_has_no_break_even(judge: Judge) -> None:
    result = judge("""
    preferences:
      rok: [{prefer: rok.hedge, role: means}, {prefer: "rok.hedge iff prc.press == words"}]
      prc: [{prefer: "prc.press != trade"}, {prefer: "prc.press == words iff not rok.hedge"}]
    claims: {c: {says: C, test: {commit: {rok.join: yes}, expect: rok.hedge}}}
    """)["c"]
    assert result.verdict == "assumed"
    assert result.break_even is not None
    assert (result.break_even.statement, result.break_even.credence) == ("rok.1", None)


# ---------------------------------------------------------------------- concepts side by side

# Beijing would gain by pressing, and Seoul would then hedge, which Beijing likes least.
FORESEEN = """
preferences:
  prc: [{prefer: not rok.hedge}, {prefer: prc.press == words}]
  rok: [{prefer: prc.press iff rok.hedge}]
"""


def test_concepts_stand_side_by_side_and_the_headline_comes_first(judge: Judge) -> None:
    (result,) = judge(FORESEEN, CLAIM).values()
    assert [(each.concept, each.holds) for each in result.concepts] == [
        ("nash", True), ("seq", False), ("smr", False), ("gmr", False),
    ]  # fmt: skip
    assert result.share == 1.0


def test_a_claim_may_name_its_headline_concept(judge: Judge) -> None:
    seq = CLAIM.replace("expect", "concept: seq, expect")
    result = judge(FORESEEN, seq)["c"]
    assert (result.share, result.verdict) == (0.0, "assumed")
    assert [each.concept for each in result.concepts] == ["seq", "nash", "smr", "gmr"]
    assert {flip.statement for flip in result.flips} == {"prc.1", "rok.1"}


def test_each_concept_says_how_much_it_keeps(judge: Judge) -> None:
    (result,) = judge("preferences: {prc: [{prefer: prc.press == words}]}", CLAIM).values()
    for each in result.concepts:
        assert each.commit is not None
        assert (each.commit.attainable, each.commit.attainable_count) == (("1010",), 1)
        assert (each.commit.equilibria_count, each.commit.feasible_count) == (4, 12)
        assert each.commit.share_of_feasible == pytest.approx(1 / 3)
