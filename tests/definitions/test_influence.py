"""Leave-one-out: against the case written anew without the one thing."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from detente import load, stability
from detente.case.future import nominal
from detente.conflict.influence import influence

if TYPE_CHECKING:
    from pathlib import Path

    from detente.case.situation import Situation

CONCEPTS = ("nash", "seq", "sseq")


def changed(kind: str, id: str) -> dict[str, Any]:
    """The one change to the case as it is written."""
    changes: dict[str, dict[str, Any]] = {
        "actor": {"drop_actor": id},
        "option": {"freeze": {id: "no"}},
        "statement": {"drop": id},
    }
    return changes[kind]


def assert_as_written_anew(path: Path | str, situation: Situation) -> int:
    """Every difference is that of the equilibria with and without; how many were compared."""
    whole = stability(situation, CONCEPTS).to_dict()["equilibria"]
    found = influence(situation, CONCEPTS).to_dict()
    assert found["equilibria"] == whole
    for each in found["without"]:
        change = changed(each["kind"], each["id"])
        left = stability(load(path, changes=[change]), CONCEPTS).to_dict()["equilibria"]
        for concept in CONCEPTS:
            before, after = set(whole[concept]), set(left[concept])
            assert each["changes"][concept] == {
                "vanished": sorted(before - after),
                "appeared": sorted(after - before),
            }
    return len(found["without"])


def written(rng: np.random.Generator) -> str:
    """A random case: three actors, conditional statements, some of them doubted."""
    names = ["a.x", "a.y", "b.x", "c.x", "c.y"]
    lines = []
    for actor in "abc":
        lines.append(f"  {actor}:")
        for _ in range(3):
            one, two = rng.choice(names, 2, replace=False)
            form = rng.choice(["{0} implies not {1}", "not {0}", "{0} iff {1}", "{0} and {1}"])
            doubt = ", credence: 0.3" if rng.random() < 0.2 else ""
            lines.append(f'    - {{prefer: "{form.format(one, two)}", role: end{doubt}}}')
    rule = rng.choice(names, 2, replace=False)
    return (
        "detente: 1\nid: drawn\ntitle: Drawn\nactors: {a: {}, b: {}, c: {}}\n"
        f"options: {{a: {{x: {{moves: {rng.choice(['both', 'up'])}}}, y: {{}}}}, b: {{x: {{}}}}, "
        "c: {x: {}, y: {}}}\n"
        f'infeasible: [{{when: "{rule[0]} and {rule[1]}", because: so}}]\n'
        "preferences:\n" + "\n".join(lines) + "\n"
    )


@pytest.mark.filterwarnings("ignore")
def test_random_cases_without_each_thing(tmp_path: Path) -> None:
    rng = np.random.default_rng(11)
    compared = 0
    for place in range(8):
        file = tmp_path / f"drawn{place}.yaml"
        file.write_text(written(rng), encoding="utf-8")
        compared += assert_as_written_anew(file, load(file))
    assert compared > 100


def test_a_published_case_without_each_thing() -> None:
    path = "fraser/cuban_missile_crisis"
    assert assert_as_written_anew(path, load(path)) > 15


def test_a_doubted_statement_is_not_there_to_be_left_out(tmp_path: Path) -> None:
    file = tmp_path / "drawn.yaml"
    file.write_text(written(np.random.default_rng(11)), encoding="utf-8")
    situation = load(file)
    held = {each.id for statements in nominal(situation).statements.values() for each in statements}
    found = influence(situation, kinds=["statement"])
    assert {each.id for each in found.without} == held


def test_an_actor_with_arcs_alone_is_left_out_by_keeping_it_where_it_is(tmp_path: Path) -> None:
    """With nobody to take the state away again, Row's best one lasts."""
    file = tmp_path / "arcs.yaml"
    file.write_text(
        "detente: 1\nid: arcs\ntitle: Arcs\nactors: {row: {}, col: {}}\n"
        "options: {row: {at: {levels: [one, two, three]}}}\n"
        'arcs: {row: {"0": "1"}, col: {"1": "2"}}\n'
        'preferences: {row: {ranking: ["1", "0", "2"]}, col: {ranking: ["2", "1", "0"]}}\n',
        encoding="utf-8",
    )
    (without,) = (
        each for each in influence(load(file), kinds=["actor"]).without if each.id == "col"
    )
    change = without.changes["nash"]
    assert (change.vanished.tolist(), change.appeared.tolist()) == ([], [1])


def test_every_order_of_asking_gives_the_same() -> None:
    situation = load("fraser/cuban_missile_crisis")
    one = influence(situation, ["nash", "seq"], ["option", "actor"])
    other = influence(situation, ["seq", "nash"], ["actor", "option"])
    for left, right in product(one.without, other.without):
        if left.id == right.id:
            for concept in ("nash", "seq"):
                assert (left.changes[concept].vanished == right.changes[concept].vanished).all()
    assert [each.id for each in one.without] == [each.id for each in other.without]
