"""What a situation's stability says and how it is handed on."""

from __future__ import annotations

import numpy as np
import pytest

from detente.case.expression import Names, expression
from detente.case.future import Future
from detente.case.situation import (
    Actor,
    Infeasible,
    Ranking,
    Situation,
    Statement,
    Statements,
    Utility,
)
from detente.conflict.concepts.registry import BY_ACTOR
from detente.conflict.model import Conflict, conflict
from detente.conflict.space import space
from detente.conflict.stability import CONCEPTS, Stability, stability, stable_states
from detente.conflict.threads import side_by_side
from detente.errors import InputError
from tests.strategies import Drawn, drawn, option

AXES = (option("a", "x"), option("b", "y", 3), option("c", "z"))
NAMES = Names({axis.id: axis.levels for axis in AXES}, {"storm": ()})


def situation(id: str = "test") -> Situation:
    """Each kind of preference once, and one infeasible state: 111."""
    held = Statement("c.1", "c", expression("c.z iff a.x", NAMES), "end")
    return Situation(
        id=id,
        title="Three actors",
        actors={name: Actor(name, name) for name in "abc"},
        options=AXES,
        infeasible=(Infeasible(expression("a.x and b.y == l1 and c.z", NAMES), None),),
        status_quo={"a.x": 0, "b.y": 0, "c.z": 0},
        preferences={
            "a": Ranking(
                (
                    ("121",),
                    ("000", "100"),
                    ("001", "010", "011", "020", "021"),
                    ("101", "110", "120"),
                )
            ),
            "b": Utility(expression("b.y - 2*a.x", NAMES)),
            "c": Statements((held,)),
        },
    )


def spelt_out() -> Drawn:
    return drawn(conflict(situation()))


def test_a_situation_is_settled_by_the_definitions() -> None:
    found, spelt = stability(situation()), spelt_out()
    assert found.concepts == tuple(CONCEPTS)
    for concept in CONCEPTS:
        expected = sorted("".join(map(str, at)) for at in spelt.oracle.equilibria(concept))
        assert found.equilibria(concept) == expected


def test_the_future_decides_which_statements_are_held() -> None:
    storm = Statement("c.1", "c", expression("storm iff c.z", NAMES), "end")
    plain = conflict(situation(), Future({}, {"c": ()}))
    assert set(plain.ranks_of("c").tolist()) == {-1, 0}
    for blows in (False, True):
        ranks = conflict(situation(), Future({"storm": blows}, {"c": (storm,)})).ranks_of("c")
        assert ranks[:2].tolist() == [not blows, blows]


def test_the_contract_of_the_json() -> None:
    found = stability(situation(), ["nash", "seq"])
    spelt = spelt_out()
    result = found.to_dict()
    assert list(result) == [
        "format", "situation", "actors", "options", "feasible", "stable", "equilibria",
    ]  # fmt: skip
    assert result["format"] == "detente.stability/1"
    assert result["situation"] == "test"
    assert result["actors"] == ["a", "b", "c"]
    assert result["options"][1] == {"id": "b.y", "actor": "b", "levels": ["l0", "l1", "l2"]}
    assert result["feasible"] == 11
    assert set(result["stable"]) == set(result["equilibria"]) == {"nash", "seq"}
    for concept, by_actor in result["stable"].items():
        for actor, codes in by_actor.items():
            states = spelt.oracle.stable_states(concept, actor)
            assert codes == sorted("".join(map(str, at)) for at in states)
    assert "stable" not in found.to_dict(stable=False)
    assert found.to_dict(stable=False)["equilibria"] == result["equilibria"]


def test_the_result_says_how_it_was_found() -> None:
    found = stability(situation(), ["smr"])
    assert found.situation == "test"
    assert found.concepts == ("smr",)
    assert [axis.id for axis in found.options] == ["a.x", "b.y", "c.z"]
    assert "legal sequences" in found.method
    assert found.version


def test_the_table_has_a_row_for_each_concept_and_feasible_state() -> None:
    found = stability(situation(), ["nash", "seq"])
    frame = found.to_frame()
    assert list(frame.columns) == ["a", "b", "c", "equilibrium"]
    assert list(frame.index.names) == ["concept", "state"]
    assert len(frame) == 2 * 11
    assert "111" not in frame.index.get_level_values("state")
    for concept in ("nash", "seq"):
        settled = frame.loc[concept]
        assert settled.index[settled["equilibrium"]].tolist() == found.equilibria(concept)
        row = found.stable[concept][1][found.space.mask]
        assert settled["b"].tolist() == row.tolist()


def test_a_notebook_shows_the_equilibria_and_escapes_what_people_wrote() -> None:
    shown = stability(situation("<script>"), ["gmr"])._repr_html_()
    assert "&lt;script&gt;: 11 feasible states" in shown
    assert "<script>" not in shown
    for code in stability(situation(), ["gmr"]).equilibria("gmr"):
        assert code in shown


def test_a_notebook_shows_no_endless_list_and_says_where_there_is_nothing() -> None:
    axes = tuple(option("a", f"x{n}") for n in range(5))
    everything = np.ones((1, 1, 32), dtype=np.bool_)
    found = Stability("test", space(axes, [], {}), {"gmr": everything[0], "nash": ~everything[0]})
    shown = found._repr_html_()
    assert "<td>32</td>" in shown
    assert "10011 …" in shown
    assert "10100" not in shown
    assert "<td>0</td><td>none</td>" in shown


@pytest.mark.parametrize("concepts", [["cournot"], ["nash", "cournot"]])
def test_an_unknown_concept_is_refused(concepts: list[str]) -> None:
    message = "no concept `cournot`: one of nash, gmr, smr, seq, sseq, sim"
    with pytest.raises(InputError, match=message):
        stability(situation(), concepts)
    with pytest.raises(InputError, match="no concept `seq` here: one of nash"):
        stability(situation(), ["nash"]).equilibria("seq")


def test_threads_change_nothing() -> None:
    axes = tuple(option("abc"[n % 3], f"x{n}", moves=("both", "up")[n % 2]) for n in range(14))
    everywhere = space(axes, [], {})
    rng = np.random.default_rng(7)
    rows = tuple(rng.integers(0, 50, (3, everywhere.size), dtype=np.int32))
    threaded = stable_states(Conflict(everywhere, rows))
    alone = Conflict(everywhere, rows)
    for concept, found in threaded.items():
        for actor, row in zip(alone.actors, found, strict=True):
            assert np.array_equal(BY_ACTOR[concept](alone, actor), row)


@pytest.mark.parametrize("states", [1, 2**20])
def test_results_come_back_in_the_order_of_the_items(states: int) -> None:
    assert side_by_side(str, range(50), states) == [str(n) for n in range(50)]
