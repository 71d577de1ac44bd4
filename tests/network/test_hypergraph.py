"""Which arrangements are in force on a day, with whom, and what a change makes of them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from detente.case.format import LayerEntry
from detente.case.situation import Situation
from detente.errors import InputError
from detente.network.changes import Change, changes
from detente.network.hypergraph import Hypergraph, hypergraph, hypergraph_of, layers
from tests.network.arranged import arranged, pact
from tests.network.drawn import hypergraphs

DAY = date(2024, 4, 16)


def parties(network: Hypergraph) -> dict[str, str]:
    return {edge: " ".join(network.parties(edge)) for edge in network.edges}


def on(situation: Situation, *written: str, day: date = DAY, layer: str = "all") -> dict[str, str]:
    """Arrangement -> parties, with changes `+pact`, `-pact:actor`."""
    changed = [changes([each[1:]] if each[0] == "+" else [], [each[1:]] if each[0] == "-" else [])
               for each in written]  # fmt: skip
    return parties(hypergraph(situation, day, layer, [one for each in changed for one in each]))


@pytest.fixture
def situation() -> Situation:
    return arranged(
        {
            "ended": pact("a b", to="2020-01-01"),
            "old": pact("a b c", joined={"c": "2010-01-01"}, left={"b": "2022-01-01"}),
            "coming": pact("b d", ["technology", "industry"], **{"from": "2025-07-16"}),
        }
    )


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2009-12-31", {"ended": "a b", "old": "a b"}),
        ("2010-01-01", {"ended": "a b", "old": "a b c"}),
        ("2019-12-31", {"ended": "a b", "old": "a b c"}),
        ("2020-01-01", {"old": "a b c"}),
        ("2021-12-31", {"old": "a b c"}),
        ("2022-01-01", {"old": "a c"}),
        ("2025-07-16", {"old": "a c", "coming": "b d"}),
    ],
)
def test_arrangements_begin_and_end_and_parties_come_and_go_on_their_days(
    situation: Situation, day: str, expected: dict[str, str]
) -> None:
    assert on(situation, day=date.fromisoformat(day)) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (["+coming"], {"old": "a c", "coming": "b d"}),
        (["+ended"], {"ended": "a b", "old": "a c"}),
        (["-old"], {}),
        (["+old:d"], {"old": "a c d"}),
        (["+old:b"], {"old": "a b c"}),
        (["-old:c"], {}),  # one is left, who agrees with nobody
        (["+coming:a"], {"old": "a c"}),  # joins what is not in force
        (["+coming", "+coming:a"], {"old": "a c", "coming": "a b d"}),
        (["-old", "+old"], {"old": "a c"}),
    ],
)
def test_a_change_overrules_the_dates_of_what_it_names_only(
    situation: Situation, written: list[str], expected: dict[str, str]
) -> None:
    assert on(situation, *written) == expected


def test_an_arrangement_of_two_layers_counts_once_in_all(situation: Situation) -> None:
    assert layers(situation) == ("all", "treaty", "technology", "industry")
    expected = {"coming": "b d"}
    assert on(situation, "+coming", layer="technology") == expected
    assert on(situation, "+coming", layer="industry") == expected
    assert on(situation, "+coming", "-old") == expected


def test_layers_are_combined_by_their_stated_weights_and_apart_weigh_one() -> None:
    stated = {"treaty": {"weight": "3"}, "economy": {"weight": "0"}, "access": {"weight": "0.5"}}
    situation = arranged(
        {
            "ally": pact("a b"),
            "trade": pact("a c", "economy"),
            "both": pact("a d", ["economy", "access"]),
            "unstated": pact("a e", "technology"),
        },
        layers={name: LayerEntry.model_validate(entry) for name, entry in stated.items()},
    )
    found = hypergraph(situation, DAY)
    assert dict(zip(found.edges, found.weights, strict=True)) == {
        "ally": 3,
        "both": 0.5,
        "unstated": 1,
    }
    assert "c" not in found.actors
    assert hypergraph(situation, DAY, "economy").weights.tolist() == [1, 1]
    assert layers(situation)[:4] == ("all", "treaty", "economy", "access")


def test_actors_stand_in_the_order_of_the_case_and_only_those_present(situation: Situation) -> None:
    turned = arranged(situation.arrangements, ["d", "c", "b", "a"])
    assert hypergraph(turned, DAY).actors == ("c", "a")
    assert hypergraph(turned, date(2025, 8, 1)).actors == ("d", "c", "b", "a")


@given(hypergraphs())
def test_leaving_out_is_as_if_it_had_never_been(network: Hypergraph) -> None:
    weights = dict(zip(network.edges, network.weights.tolist(), strict=True))
    for edge in network.edges:
        rest = {each: network.parties(each) for each in network.edges if each != edge}
        expected = hypergraph_of(rest, weights, network.actors)
        found = network.without(edge)
        assert (found.actors, found.edges) == (expected.actors, expected.edges)
        assert (found.incidence == expected.incidence).all()
        assert (found.weights == expected.weights).all()


@pytest.mark.parametrize(
    ("layer", "change", "said"),
    [
        ("treatys", None, "no layer `treatys`: did you mean `treaty`?"),
        ("all", Change("cominng"), "no arrangement `cominng`: did you mean `coming`?"),
        ("all", Change("old", "x"), "no actor `x`: one of a, b, c, d"),
    ],
)
def test_an_unknown_name_is_refused(
    situation: Situation, layer: str, change: Change | None, said: str
) -> None:
    with pytest.raises(InputError) as caught:
        hypergraph(situation, DAY, layer, [change] if change else [])
    assert str(caught.value) == said


def test_a_case_without_arrangements_has_an_empty_network() -> None:
    found = hypergraph(arranged({}), DAY)
    assert (found.actors, found.edges, found.adjacency.shape) == ((), (), (0, 0))
