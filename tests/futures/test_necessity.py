"""Claims that hold in all futures, in some or in none, against the definition and by hand."""

from __future__ import annotations

from itertools import permutations, product
from textwrap import dedent
from typing import TYPE_CHECKING, Protocol

import pytest

from detente.case import load
from detente.case.future import future_of
from detente.claims.evaluation import Evaluator
from detente.errors import InputError
from detente.futures.changing.tried import Tried
from detente.futures.drawing.corners import Corners, exchanges, index_of
from detente.futures.judging.necessity import Example, necessity
from tests.brief.argued import ARGUED
from tests.futures.kept import SMALL

if TYPE_CHECKING:
    from pathlib import Path

    from detente.case.situation import Situation
    from detente.futures.judging.necessity import Necessity

STAGE = """\
options:
  south: {host: {}, talk: {}}
  north: {press: {}, close: {}}
"""


class Case(Protocol):
    def __call__(self, sections: str) -> Situation: ...


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """A case with these sections."""

    def case(sections: str) -> Situation:
        file = tmp_path / "situation.yaml"
        file.write_text(SMALL + STAGE + dedent(sections), encoding="utf-8")
        return load(file)

    return case


def by_id(found: tuple[Necessity, ...]) -> dict[str, Necessity]:
    return {each.claim: each for each in found}


# ------------------------------------------------------------------------------------ enumeration


def test_every_combination_is_tried_where_there_are_few(tmp_path: Path) -> None:
    # The argued case leaves open one event, two statements and the order of two: 16 futures.
    file = tmp_path / "situation.yaml"
    file.write_text(ARGUED, encoding="utf-8")
    situation = load(file)
    evaluator = Evaluator(situation, ())
    answers: dict[str, list[bool | None]] = {}
    for election, hope, answer, order in product(
        (False, True), (False, True), (False, True), permutations(range(2))
    ):
        unheld = {"south.2"} if hope else set()
        unheld |= {"north.1"} if answer else set()
        future = future_of(situation, {"election": election}, unheld, {"south.1": order})
        for asked in evaluator(future).asked:
            holds = asked.holds if asked.is_determined else None
            answers.setdefault(asked.claim, []).append(holds)
    found = by_id(necessity(situation))
    assert set(found) == set(answers)
    for claim, values in answers.items():
        everywhere, somewhere = all(values), any(values)
        expected = "necessary" if everywhere else "possible" if somewhere else "impossible"
        assert found[claim].status == expected
        assert found[claim].is_exhaustive
        assert found[claim].combinations == 16
        assert (found[claim].counterexample is None) == everywhere
        assert (found[claim].example is None) == (not somewhere)


OPEN = """
preferences:
  north:
    - {prefer: "south.host implies north.press", credence: [0.6, 0.9]}
    - {prefer: not north.press}
"""
PRESSES = 'test: {commit: {south.host: yes}, expect: "north.press"}'


def test_a_claim_that_hangs_on_a_doubted_statement_is_possible(case: Case) -> None:
    (found,) = necessity(case(f"{OPEN}\nclaims: {{a: {{says: A, {PRESSES}}}}}"))
    assert found.status == "possible"
    assert found.counterexample == Example({"north.1": "dropped"}, holds=False)
    assert found.example == Example({}, holds=True)
    assert (found.futures, found.holds, found.undetermined) == (2, 1, 0)


def test_what_nobody_reads_is_not_tried(case: Case) -> None:
    spare = "uncertainties:\n  spare: {kind: event, probability: 0.5}\n"
    spare += "  unread: {kind: uniform, range: [0, 1]}"
    (found,) = necessity(case(f"{OPEN}\n{spare}\nclaims: {{a: {{says: A, {PRESSES}}}}}"))
    assert (found.combinations, found.numbers, found.is_exhaustive) == (2, (), True)


def test_what_cannot_happen_is_not_tried(case: Case) -> None:
    sections = """
    uncertainties:
      never: {kind: event, probability: 0}
      rare: {kind: event, probability: [0, 0.01]}
    preferences:
      north:
        - {prefer: north.press, when: not never}
        - {prefer: not north.close, when: not rare}
        - {prefer: north.close, when: rare}
    claims:
      presses: {says: A, test: {commit: {south.host: yes}, expect: north.press}}
      opens: {says: B, test: {commit: {south.host: yes}, expect: not north.close}}
    """
    found = by_id(necessity(case(sections)))
    assert found["presses"].status == "necessary"
    assert found["opens"].status == "possible"
    assert found["opens"].counterexample == Example({"rare": "yes"}, holds=False)


def test_a_claim_that_fails_everywhere_is_impossible(case: Case) -> None:
    test = 'test: {commit: {south.host: no}, expect: "north.press"}'
    (found,) = necessity(case(f"{OPEN}\nclaims: {{a: {{says: A, {test}}}}}"))
    assert found.status == "impossible"
    assert found.counterexample == Example({}, holds=False)
    assert found.example is None


CIRCLE = """
preferences:
  south:
    - {prefer: "south.talk iff north.press", credence: [0.2, 0.4]}
  north:
    - {prefer: "north.press iff not south.talk"}
claims: {a: {says: A, test: {commit: {south.host: no}, expect: "south.talk or not south.talk"}}}
"""


def test_a_future_that_settles_nowhere_is_a_counterexample(case: Case) -> None:
    # One matches, the other mismatches: with both statements held nothing is stable.
    (found,) = necessity(case(CIRCLE))
    assert found.status == "possible"
    assert found.counterexample == Example({"south.1": "held"}, holds=None)
    assert found.undetermined == 1


def test_a_future_without_a_feasible_state_is_a_counterexample(case: Case) -> None:
    sections = """
    uncertainties: {shut: {kind: event, probability: 0.1}}
    infeasible: [{when: shut}]
    preferences: {north: [{prefer: north.press}]}
    claims: {a: {says: A, test: {commit: {south.host: no}, expect: not south.host}}}
    """
    (found,) = necessity(case(sections))
    assert found.counterexample == Example({"shut": "yes"}, holds=None)


def test_a_future_in_which_it_fails_is_shown_before_one_that_settles_nowhere(case: Case) -> None:
    # It fails where both events are turned, and settles nowhere where one is.
    sections = """
    uncertainties:
      one: {kind: event, probability: 0.1}
      two: {kind: event, probability: 0.1}
    preferences:
      south:
        - {prefer: "south.talk iff north.press", when: one and not two}
      north:
        - {prefer: north.close, when: not (one and two)}
        - {prefer: not north.close}
        - {prefer: "north.press iff not south.talk"}
    claims: {a: {says: A, test: {commit: {south.host: no}, expect: north.close}}}
    """
    (found,) = necessity(case(sections))
    assert found.undetermined == 1
    assert found.counterexample == Example({"one": "yes", "two": "yes"}, holds=False)


def test_of_futures_that_come_to_the_same_the_nearest_is_shown(case: Case) -> None:
    # If either event is turned the statement does not count, whatever the other one is.
    sections = """
    uncertainties:
      firm: {kind: event, probability: 0.9}
      ready: {kind: event, probability: 0.9}
    preferences:
      north:
        - {prefer: north.press, when: firm and ready}
        - {prefer: not north.press}
    claims: {a: {says: A, test: {commit: {south.host: yes}, expect: north.press}}}
    """
    (found,) = necessity(case(sections))
    assert (found.futures, found.combinations) == (2, 4)
    assert found.counterexample is not None
    assert len(found.counterexample.differs) == 1


def test_a_claim_of_cause_needs_both_of_its_sides(case: Case) -> None:
    # Without hosting nothing settles, so that nothing can be said of a difference.
    sections = """
    preferences:
      south: [{prefer: south.host or (south.talk iff north.press)}]
      north: [{prefer: south.host or (north.press iff not south.talk)}]
    claims:
      plain: {says: A, test: {commit: {south.host: yes}, expect: south.host}}
      cause:
        says: B
        test: {commit: {south.host: yes}, against: {south.host: no}, expect: south.host}
    """
    found = by_id(necessity(case(sections)))
    assert found["plain"].status == "necessary"
    assert found["cause"].status == "undetermined"


def test_a_claim_determined_nowhere_is_neither(case: Case) -> None:
    (found,) = necessity(case(CIRCLE.replace("credence: [0.2, 0.4]", "credence: 1")))
    assert found.status == "undetermined"
    assert found.example is None


def test_the_counterexample_differs_in_as_few_factors_as_can_be(case: Case) -> None:
    # North presses unless two things happen at once, or a third alone.
    sections = """
    uncertainties:
      one: {kind: event, probability: 0.1}
      two: {kind: event, probability: 0.1}
      three: {kind: choice, weights: {low: 8, high: 1}}
    preferences:
      north:
        - {prefer: not north.press, when: one and two}
        - {prefer: not north.close, when: three == high or (one and two)}
        - {prefer: north.press}
        - {prefer: north.close}
    claims:
      presses: {says: A, test: {commit: {south.host: yes}, expect: north.press}}
      closes: {says: B, test: {commit: {south.host: yes}, expect: north.close}}
    """
    found = by_id(necessity(case(sections)))
    assert found["presses"].counterexample == Example({"one": "yes", "two": "yes"}, holds=False)
    assert found["closes"].counterexample == Example({"three": "high"}, holds=False)


def test_orders_count_as_they_are_written(case: Case) -> None:
    sections = """
    preferences:
      north:
        - any_order:
            - {prefer: north.press}
            - {prefer: not north.press and not north.close}
            - {prefer: north.close}
    claims: {a: {says: A, test: {commit: {south.host: yes}, expect: north.press}}}
    """
    (found,) = necessity(case(sections))
    # Only with the second one first does it not press: b>a>c and b>c>a.
    assert (found.combinations, found.holds, found.futures) == (6, 4, 6)
    assert found.counterexample is not None
    assert found.counterexample.differs in ({"north.1": "b>a>c"}, {"north.1": "b>c>a"})


# ----------------------------------------------------------------------------------------- search

MANY = 12
PLANTED = "\n".join(
    [
        "uncertainties:",
        *(f"  u{each}: {{kind: event, probability: 0.1}}" for each in range(MANY)),
        "preferences:",
        "  north:",
        *(f"    - {{prefer: not north.close, when: u{each}}}" for each in range(3, MANY)),
        "    - {prefer: not north.press, when: u0 and u1 and u2}",
        "    - {prefer: north.press}",
        "claims:",
        "  presses: {says: A, test: {commit: {south.host: yes}, expect: north.press}}",
        "  hosts: {says: B, test: {commit: {south.host: yes}, expect: south.host}}",
    ]
)


def test_a_counterexample_that_was_planted_is_found_and_brought_near(case: Case) -> None:
    found = by_id(necessity(case(PLANTED), limit=100, seed=0))
    presses, hosts = found["presses"], found["hosts"]
    assert presses.status == "possible"
    assert presses.counterexample == Example({"u0": "yes", "u1": "yes", "u2": "yes"}, holds=False)
    assert not presses.is_exhaustive
    assert hosts.status == "no_counterexample"
    assert hosts.futures == 100
    assert hosts.combinations == 2**MANY


def test_search_starts_where_a_single_statement_turns_the_claim(case: Case) -> None:
    # With the event two statements say the same; without it one that is dropped is missed.
    sections = """
    uncertainties: {backed: {kind: event, probability: 0.9}}
    preferences:
      north: [{prefer: north.press, when: backed}, {prefer: north.press}, {prefer: not north.press}]
    claims: {a: {says: A, test: {commit: {south.host: yes}, expect: north.press}}}
    """
    tried = Tried(Corners(case(sections)), None)
    assert list(tried.nearly_lost([(1,), (0,)])) == [(0,), (1,)]


def test_the_search_is_the_same_for_the_same_seed(case: Case) -> None:
    situation = case(PLANTED)
    assert necessity(situation, limit=40, seed=3) == necessity(situation, limit=40, seed=3)


def test_a_claim_with_numbers_is_never_called_necessary(case: Case) -> None:
    sections = """
    uncertainties: {cost: {kind: uniform, range: [0, 10]}}
    preferences:
      north:
        - {prefer: not north.press, when: cost > 9.9}
        - {prefer: north.press, when: cost >= 0}
        - {prefer: north.close, when: cost > 11}
        - {prefer: not north.close}
    claims:
      presses: {says: A, test: {commit: {south.host: yes}, expect: north.press}}
      opens: {says: B, test: {commit: {south.host: yes}, expect: not north.close}}
      closes: {says: C, test: {commit: {south.host: yes}, expect: north.close}}
    """
    found = by_id(necessity(case(sections), limit=10))
    # The end of the range is tried whatever is drawn.
    assert found["presses"].status == "possible"
    assert found["presses"].counterexample is not None
    assert found["presses"].counterexample.differs["cost"] == pytest.approx(10)
    assert found["opens"].status == "no_counterexample"
    assert found["closes"].status == "no_example"
    assert found["opens"].numbers == ("cost",)


def test_another_concept_can_be_asked_for(case: Case) -> None:
    situation = case(f"{OPEN}\nclaims: {{a: {{says: A, {PRESSES}}}}}")
    (found,) = necessity(situation, "seq")
    assert found.concept == "seq"
    assert found.status == "possible"


def test_at_least_one_future_is_evaluated(case: Case) -> None:
    with pytest.raises(InputError, match="limit 0"):
        necessity(case(f"{OPEN}\nclaims: {{a: {{says: A, {PRESSES}}}}}"), limit=0)


# ---------------------------------------------------------------------------------------- corners


@pytest.mark.parametrize("count", [2, 3, 4])
def test_orders_are_numbered_as_itertools_lists_them(count: int) -> None:
    every = list(permutations(range(count)))
    assert [index_of(order) for order in every] == list(range(len(every)))
    for index, order in enumerate(every):
        swapped = [
            (*order[:place], order[place + 1], order[place], *order[place + 2 :])
            for place in range(count - 1)
        ]
        assert list(exchanges(index, count)) == [every.index(each) for each in swapped]


def test_neighbours_differ_in_one_factor(case: Case) -> None:
    sections = """
    uncertainties:
      pick: {kind: choice, weights: {a: 1, b: 2, c: 0}}
      cost: {kind: uniform, range: [2, 4]}
    preferences:
      north:
        - {prefer: north.press, when: pick == a or cost > 3}
        - any_order: [{prefer: north.close}, {prefer: not north.press, credence: 0.3}]
    """
    corners = Corners(case(sections))
    assert [factor.name for factor in corners.factors] == ["pick", "cost", "north.2", "north.2b"]
    assert corners.nominal == (1, 3.0, 0, 0)
    around = [corners.told(corner) for corner in corners.neighbours(corners.nominal)]
    assert around == [
        {"pick": "a"},
        {"cost": 2.0},
        {"cost": pytest.approx(4.0)},
        {"north.2": "b>a"},
        {"north.2b": "held"},
    ]
