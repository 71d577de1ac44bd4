"""A model that was told the answer is caught, however the answer was written down."""

from __future__ import annotations

import pytest

from tests.claims.conftest import Judge

CLAIM = """
claims:
  pressed:
    says: If Seoul joins, Beijing presses
    modality: {modality}
    test: {{commit: {{rok.join: yes}}, against: {{rok.join: no}}, expect: prc.press}}
"""
PRESSED = CLAIM.format(modality="certain")


def test_a_claim_that_restates_a_typed_in_means_is_assumed(judge: Judge) -> None:
    told = "preferences: {prc: [{prefer: rok.join implies prc.press, role: means}]}"
    result = judge(told, PRESSED)["pressed"]
    assert (result.verdict, result.open) == ("assumed", False)
    assert (result.share, result.against, result.difference) == (1.0, 0.0, 1.0)
    (flip,) = result.flips
    assert (flip.statement, flip.change, flip.becomes) == ("prc.1", "dropped", "contradicted")


@pytest.mark.parametrize(
    ("modality", "credence"),
    [("possible", 0.2), ("likely", 0.55), ("very_likely", 0.95), ("certain", 1.0)],
)
def test_an_assumed_claim_names_the_credence_its_word_needs(
    judge: Judge, modality: str, credence: float
) -> None:
    told = "preferences: {prc: [{prefer: rok.join implies prc.press, credence: [0.5, 0.9]}]}"
    found = judge(told, CLAIM.format(modality=modality))["pressed"].break_even
    assert found is not None
    assert (found.statement, found.credence, found.stated) == ("prc.1", credence, (0.5, 0.9))


def test_a_denial_that_restates_a_typed_in_means_is_assumed_too(judge: Judge) -> None:
    kept = "preferences: {prc: [{prefer: not rok.join or prc.press == none}, {prefer: prc.press}]}"
    result = judge(kept, CLAIM.format(modality="unlikely"))["pressed"]
    assert result.verdict == "assumed"
    assert result.break_even is not None
    assert (result.break_even.statement, result.break_even.credence) == ("prc.1", 0.55)


def test_the_same_statement_as_the_other_sides_end_tells_nothing(judge: Judge) -> None:
    wish = "{prefer: rok.join implies prc.press, role: end}"
    result = judge(f"preferences: {{rok: [{wish}], prc: [{{prefer: rok.join}}]}}", PRESSED)
    assert (result["pressed"].verdict, result["pressed"].open) == ("contradicted", True)
    assert result["pressed"].flips == ()


def test_what_follows_from_an_end_is_open(judge: Judge) -> None:
    aim = """
    indicators: {gain: {formula: rok.join and prc.press == none}}
    preferences: {prc: [{prefer: not gain, role: end}, {prefer: prc.press == none, role: cost}]}
    """
    result = judge(aim, PRESSED)["pressed"]
    assert (result.verdict, result.open, result.break_even) == ("supported", True, None)
    assert [(flip.statement, flip.change) for flip in result.flips] == [
        ("prc.1", "dropped"),
        ("prc.1", "swapped"),
    ]


@pytest.mark.parametrize("role", ["", ", role: means"])
def test_a_role_that_is_not_written_is_read_off_the_statement(judge: Judge, role: str) -> None:
    told = f"preferences: {{prc: [{{prefer: rok.join implies prc.press{role}}}]}}"
    assert judge(told, PRESSED)["pressed"].verdict == "assumed"


def test_what_follows_from_what_an_instrument_costs_is_open(judge: Judge) -> None:
    result = judge("""
    status_quo: {prc.press: words}
    preferences: {prc: [{prefer: prc.press == none}]}
    claims: {eased: {says: It eases, test: {commit: {rok.join: no}, expect: prc.press == none}}}
    """)["eased"]
    assert (result.verdict, result.open) == ("supported", True)
    assert [flip.statement for flip in result.flips] == ["prc.1"]


# --------------------------------------------------------------------- several statements at once


def test_a_means_written_twice_is_not_open(judge: Judge) -> None:
    told = "{prefer: rok.join implies prc.press}"
    result = judge(f"preferences: {{prc: [{told}, {told}]}}", PRESSED)["pressed"]
    assert (result.verdict, result.flips, result.break_even) == ("supported", (), None)
    assert (result.open, result.told_together) == (False, ("prc.1", "prc.2"))


def test_a_means_split_into_two_of_which_either_is_enough_is_not_open(judge: Judge) -> None:
    result = judge(
        """
    preferences:
      prc:
        - {prefer: rok.join implies prc.press >= words}
        - {prefer: rok.join implies prc.press == trade}
    """,
        PRESSED,
    )["pressed"]
    assert (result.verdict, result.flips) == ("supported", ())
    assert (result.open, result.told_together) == (False, ("prc.1", "prc.2"))


def test_a_means_split_by_cases_is_found_by_the_case_that_occurs(judge: Judge) -> None:
    result = judge(
        """
    preferences:
      prc:
        - {prefer: rok.join and not usa.back implies prc.press}
        - {prefer: rok.join and usa.back implies prc.press}
    """,
        PRESSED,
    )["pressed"]
    assert (result.verdict, result.told_together) == ("assumed", ())


def test_an_end_that_suffices_by_itself_keeps_a_test_open(judge: Judge) -> None:
    result = judge(
        """
    indicators: {gain: {formula: rok.join and prc.press == none}}
    preferences:
      prc:
        - {prefer: not gain, role: end}
        - {prefer: rok.join implies prc.press}
        - {prefer: rok.join implies prc.press >= words}
    """,
        PRESSED,
    )["pressed"]
    assert (result.verdict, result.open, result.told_together) == ("supported", True, ())


def test_only_means_about_what_is_asked_are_dropped_together(judge: Judge) -> None:
    told, aside = "{prefer: rok.join implies prc.press}", "{prefer: usa.back implies rok.hedge}"
    result = judge(
        f"""
    preferences:
      rok: [{aside}, {aside}]
      prc: [{told}, {{prefer: not rok.join}}, {told}]
    """,
        PRESSED,
    )["pressed"]
    assert (result.verdict, result.told_together) == ("supported", ("prc.1", "prc.3"))


def test_each_actor_is_asked_for_itself(judge: Judge) -> None:
    result = judge("""
    preferences:
      prc: [{prefer: rok.join implies prc.press}, {prefer: rok.join implies prc.press}]
      usa: [{prefer: rok.join implies usa.back}, {prefer: rok.join implies usa.back}]
    claims:
      either:
        says: If Seoul joins, somebody answers
        test: {commit: {rok.join: yes}, expect: prc.press or usa.back}
      both:
        says: If Seoul joins, both answer
        test: {commit: {rok.join: yes}, expect: prc.press and usa.back}
    """)
    assert (result["either"].open, result["either"].told_together) == (True, ())
    assert result["both"].told_together == ("prc.1", "prc.2", "usa.1", "usa.2")


def test_a_taste_said_through_an_indicator_counts_with_the_others(judge: Judge) -> None:
    result = judge(
        """
    indicators: {opposed: {formula: rok.join implies prc.press}}
    preferences: {prc: [{prefer: opposed, role: means}, {prefer: opposed, role: means}]}
    """,
        PRESSED,
    )["pressed"]
    assert result.told_together == ("prc.1", "prc.2")


def test_orders_and_states_are_asked_about_as_wholes_and_goals_by_what_they_name(
    judge: Judge,
) -> None:
    result = judge("""
    preferences: {rok: [{prefer: rok.join}, {prefer: rok.hedge}, {prefer: rok.join}]}
    goals: [{id: joined, test: rok.join}]
    strategies: {join: {rok.join: yes}, wait: {rok.join: no}, free: {rok.hedge: no}}
    claims:
      best:
        says: Joining is best
        test: {kind: compare, under: join, against: wait, of: best(rok), is: better}
      goal:
        says: Left to itself it joins
        test: {kind: compare, under: free, against: wait, of: joined, is: better}
      state:
        says: Seoul would not wait
        test: {kind: stability, state: "0000", for: rok, is: unstable}
    """)
    assert {each.verdict for each in result.values()} == {"supported"}
    told = {id: each.told_together for id, each in result.items()}
    assert told["best"] == told["state"] == ("rok.1", "rok.2", "rok.3")
    assert told["goal"] == ("rok.1", "rok.3")
    assert not any(each.open for each in result.values())
