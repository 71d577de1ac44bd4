"""The cheapest change to a list of statements, against trying all lists that edits lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest

from detente.case.expression import Names, expression
from detente.case.future import nominal
from detente.case.situation import Actor, Situation, Statement, Statements
from detente.conflict.columns import Statements as ColumnsOf
from detente.conflict.columns import clauses_of, statements_of
from detente.conflict.inverse import amending, cheapest
from detente.conflict.inverse.amending import Wish
from detente.conflict.inverse.cheapest import Change
from detente.conflict.inverse.conditions import Conditions, conditions
from tests.definitions.test_inverse import drawn_condition
from tests.definitions.wished import CONCEPTS, Wished, option_form, stable
from tests.strategies import drawn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from detente.conflict.inverse.edits import Edit
    from tests.oracle import Oracle, State

List = tuple[Statement, ...]
FARTHEST = 2  # edits tried


class Listed(NamedTuple):
    """Actors who want what their statements say, as Detente has them and literally."""

    situation: Situation
    wished: Wished
    added: tuple[Statement, ...]

    def stable(self, concept: str, lists: Mapping[str, List], i: str) -> bool:
        oracle = self.wished.oracle
        for actor, held in lists.items():
            oracle = self.wished._replace(oracle=oracle).ranked(actor, self.worth(held))
        return stable(oracle, concept, i, self.wished.state)

    def worth(self, held: List) -> dict[State, int]:
        """The textbook score of every state."""
        return {
            s: sum(2 ** (len(held) - j) for j, each in enumerate(held, 1) if self.true(each, s))
            for s in self.wished.states
        }

    def true(self, statement: Statement, state: State) -> bool:
        levels = dict(zip((each.id for each in self.situation.options), state, strict=True))
        return bool(statement.prefer.on(levels))

    def held(self, i: str) -> List:
        preference = self.situation.preferences[i]
        assert isinstance(preference, Statements)
        return preference.statements


def listed(rng: np.random.Generator, most: int, statements: int) -> Listed:
    """Up to four actors with lists of statements of one or two literals."""
    wished = option_form(rng, most)
    options = wished.conflict.space.options
    names = Names({option.id: option.levels for option in options})

    def literal() -> str:
        option = options[int(rng.integers(len(options)))]
        return f"{option.id} {rng.choice(['==', '!='])} {rng.choice(option.levels)}"

    def statement(i: str, place: int) -> Statement:
        text = literal()
        if rng.random() < 0.6:
            text += f" {rng.choice(['and', 'or', 'implies'])} {literal()}"
        role = rng.choice(["end", "means", "cost"])
        return Statement(f"{i}.{place}", i, expression(text, names), role)

    actors = wished.oracle.actors
    lists = {
        i: Statements(tuple(statement(i, k) for k in range(int(rng.integers(1, statements + 1)))))
        for i in actors
    }
    situation = Situation(
        "drawn", "", {i: Actor(i, i) for i in actors}, options, (), {}, lists
    )  # fmt: skip
    added = tuple(statement("added", k) for k in range(int(rng.integers(3))))
    spelt = Listed(situation, wished, added)
    model = wished.conflict
    for i in actors:
        ranks = np.full(model.space.size, -1, dtype=np.int32)
        for s, worth in spelt.worth(spelt.held(i)).items():
            ranks[wished.flat(s)] = worth
        model = model.with_ranks(i, ranks)
    again = drawn(model)
    return spelt._replace(wished=wished._replace(conflict=model, oracle=again.oracle))


def one_edit(held: List, added: Sequence[Statement]) -> Iterator[List]:
    for place in range(len(held)):
        yield held[:place] + held[place + 1 :]
    for one in range(len(held)):
        for other in range(one + 1, len(held)):
            swapped = list(held)
            swapped[one], swapped[other] = held[other], held[one]
            yield tuple(swapped)
    for each in added:
        if each not in held:
            for place in range(len(held) + 1):
                yield (*held[:place], each, *held[place:])


def fewest(
    start: List, added: Sequence[Statement], does: Callable[[List], bool]
) -> tuple[int, int]:
    """How many edits it takes, and how many lists they lead to that do; -1 beyond `FARTHEST`."""
    layer = {start}
    seen = set(layer)
    for cost in range(FARTHEST + 1):
        if count := sum(map(does, layer)):
            return cost, count
        layer = {after for held in layer for after in one_edit(held, added)} - seen
        seen |= layer
    return -1, 0


def applied(held: List, way: Sequence[Edit]) -> List:
    """What edits make of a list, one by one."""
    left = list(held)
    for edit in way:
        if edit.change == "added":
            assert edit.place is not None
            left.insert(edit.place - 1, edit.statements[0])
        elif edit.change == "swapped":
            one, other = map(left.index, edit.statements)
            left[one], left[other] = left[other], left[one]
        else:
            left.remove(edit.statements[0])
    return tuple(left)


def own_change(spelt: Listed, i: str, concept: str, breaking: bool) -> Change:
    wished = spelt.wished
    asked = conditions(wished.conflict, i, wished.target, concept)
    known = statements_of(wished.conflict.space, spelt.held(i), spelt.added, {}, asked)
    return cheapest.cheapest(known, asked, breaking=breaking)


def test_conditions_on_columns_are_those_on_states() -> None:
    """Conditions and columns drawn at random; whatever is left out of them goes without saying."""
    rng, both = np.random.default_rng(12), set()
    for _ in range(300):
        states = int(rng.integers(3, 9))
        asked = tuple(drawn_condition(rng, states) for _ in range(rng.integers(1, 6)))
        columns = rng.integers(0, states, states)
        nothing = np.zeros((1, 1), dtype=np.uint64)
        known = ColumnsOf(0, (), nothing, nothing, np.arange(states), columns)
        clauses = clauses_of(Conditions("a", "smr", states, asked), known)
        better = rng.random(states) < rng.choice([0.3, 0.6])
        words = np.array([[sum(1 << k for k in range(states) if better[k])]], dtype=np.uint64)
        found = all(bool(clause.met(words)[0]) for clause in clauses)
        assert found == all(each.holds(~better[columns]) for each in asked)
        both.add(found)
    assert both == {True, False}


@pytest.mark.parametrize("breaking", [False, True])
def test_the_cheapest_change_of_one_actor_is_the_cheapest_of_all_lists(breaking: bool) -> None:
    rng, costs = np.random.default_rng(11), set()
    for _ in range(30):
        spelt = listed(rng, 10, 4)
        i = str(rng.choice(spelt.wished.oracle.actors))
        concept = str(rng.choice(CONCEPTS))

        def does(held: List) -> bool:
            return spelt.stable(concept, {i: held}, i) is not breaking  # noqa: B023 - used at once

        cost, count = fewest(spelt.held(i), spelt.added, does)
        found = own_change(spelt, i, concept, breaking)
        costs.add(cost)
        if cost < 0:
            assert found.cost is None or found.cost > FARTHEST
            assert found.at_least is None or found.at_least > FARTHEST
        else:
            assert (found.cost, found.at_least, found.count) == (cost, cost, count)
            assert all(does(applied(spelt.held(i), way)) for way in found.ways)
            assert all(len(way) == cost for way in found.ways)
    assert {0, 1} < costs


def test_too_many_lists_leave_bounds_on_both_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    """The truth lies between them, and the change that is shown does what is wished for."""
    monkeypatch.setattr(cheapest, "MOST_LISTS", 3)
    rng, gaps = np.random.default_rng(2), 0
    for _ in range(35):
        spelt, breaking = listed(rng, 16, 6), bool(rng.random() < 0.2)
        i = str(rng.choice(spelt.wished.oracle.actors))

        def does(held: List) -> bool:
            return spelt.stable("nash", {i: held}, i) is not breaking  # noqa: B023 - used at once

        cost, _ = fewest(spelt.held(i), spelt.added, does)
        found = own_change(spelt, i, "nash", breaking)
        gaps += not found.exact
        assert all(does(applied(spelt.held(i), way)) for way in found.ways)
        if cost >= 0:
            assert found.at_least is not None
            assert found.at_least <= cost
            assert found.cost is None or found.cost >= cost
    assert gaps


def test_the_cheapest_change_of_all_is_the_cheapest_of_all_lists(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Also where a change to one actor's statements changes whose answers another one fears."""
    monkeypatch.setattr(amending, "MOST_TRIED", 100_000)
    rng, seen = np.random.default_rng(11), set()
    for _ in range(70):
        breaking, concept = bool(rng.random() < 0.5), str(rng.choice(CONCEPTS))
        spelt = listed(rng, int(rng.choice([6, 8, 12])), 3)
        if breaking and (settled := equilibria(spelt.wished.oracle, concept)):
            state = settled[int(rng.integers(len(settled)))]
            spelt = spelt._replace(wished=spelt.wished._replace(state=state))
        start = {i: spelt.held(i) for i in spelt.wished.oracle.actors}

        def does(lists: Mapping[str, List]) -> bool:
            kept = (spelt.stable(concept, lists, i) for i in lists)  # noqa: B023 - used at once
            return all(kept) is not breaking  # noqa: B023

        cost, found = fewest_together(start, does), together(spelt, concept, breaking)
        if cost < 0:
            assert found.cost is None or found.cost > FARTHEST
        else:
            assert (found.cost, found.at_least) == (cost, cost)
        for way in found.ways:
            assert found.cost == len(way)
            edits = {i: [edit for edit in way if edit.actor == i] for i in start}
            assert does({i: applied(held, edits[i]) for i, held in start.items()})
        seen.add((concept in ("seq", "sseq", "sim"), breaking, cost))
    both = (True, False)
    assert {(answers, breaking, 1) for answers in both for breaking in both} <= seen


def equilibria(oracle: Oracle, concept: str) -> list[State]:
    states = sorted(oracle.feasible)
    return [s for s in states if all(stable(oracle, concept, i, s) for i in oracle.actors)]


def fewest_together(start: Mapping[str, List], does: Callable[[Mapping[str, List]], bool]) -> int:
    layer = [dict(start)]
    for cost in range(FARTHEST + 1):
        if any(map(does, layer)):
            return cost
        layer = [
            {**lists, i: after}
            for lists in layer
            for i, held in lists.items()
            for after in one_edit(held, ())
        ]
    return -1


def together(spelt: Listed, concept: str, breaking: bool) -> Change:
    wished, situation = spelt.wished, spelt.situation
    future = nominal(situation)
    wish = Wish(situation, future, wished.conflict, wished.target, concept, breaking)
    changes = {
        i: wish.change_of(conditions(wished.conflict, i, wished.target, concept))
        for i in wished.oracle.actors
    }
    return wish.change_of_all(changes)
