"""Indicators that measure the network, against the same recomputed by hand in every state."""

from __future__ import annotations

import pickle
from itertools import product
from pathlib import Path
from random import Random
from textwrap import dedent
from typing import TYPE_CHECKING, Any, get_args

import numpy as np
import pytest
import yaml

import detente
from detente.case import load as read
from detente.case.format.parts import Measure
from detente.case.hindsight import informed
from detente.errors import CannotAnswer, CaseError, InputError
from detente.loading import measured
from detente.network.measures import MEASURES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from detente.case.situation import Situation

ACTORS = ("aa", "bb", "cc", "dd", "ee")
LEVELS = ("l0", "l1", "l2")
LAYERS = ("one", "two")


# ---------------------------------------------------------------------------------- small cases


def small(random: Random) -> dict[str, Any]:
    """A case with a few arrangements, and options whose actors join or leave some of them."""
    arrangements = {
        f"t{n}": {
            "name": "T", "kind": "treaty", "layer": random.sample(LAYERS, random.randint(1, 2)),
            "parties": random.sample(ACTORS, random.randint(2, 4)), "from": "2000-01-01",
            **random.choice([{}, {}, {"to": "2010-01-01"}]),
        }
        for n in range(random.randint(2, 5))
    }  # fmt: skip
    options: dict[str, Any] = {actor: {} for actor in ACTORS[:3]}
    for actor, name in (("aa", "x"), ("bb", "y"), ("bb", "z"), ("cc", "w")):
        levels = list(LEVELS[: random.randint(2, 3)])
        enacts = {
            level: {random.choice(["join", "leave"]): random.choice(list(arrangements))}
            for level in levels
            if random.random() < 0.6
        }
        options[actor][name] = {"levels": levels, "enacts": enacts}
    return {
        "detente": 1, "id": "small", "title": "Small", "as_of": "2020-01-01",
        "actors": {actor: {} for actor in ACTORS},
        "arrangements": arrangements,
        "layers": {"one": {"weight": random.choice([1, 2, 0.5])}, "two": {"weight": 1}},
        "options": options,
    }  # fmt: skip


def loaded(folder: Path, case: Mapping[str, Any]) -> Situation:
    (folder / "situation.yaml").write_text(yaml.safe_dump(case, sort_keys=False), encoding="utf-8")
    return detente.load(folder)


# --------------------------------------------------------------------------------------- by hand


def parties_by_hand(case: Mapping[str, Any], levels: Mapping[str, str]) -> dict[str, set[str]]:
    """Arrangement in force -> its parties, once each option has done what it does."""
    parties = {id: set(each["parties"]) for id, each in case["arrangements"].items()}
    for option, level in levels.items():
        actor, name = option.split(".")
        for verb, id in case["options"][actor][name]["enacts"].get(level, {}).items():
            parties[id] = parties[id] | {actor} if verb == "join" else parties[id] - {actor}
    ended = {id for id, each in case["arrangements"].items() if "to" in each}
    return {id: found for id, found in parties.items() if id not in ended and len(found) > 1}


def weight_by_hand(case: Mapping[str, Any], id: str, layer: str) -> float:
    own = case["arrangements"][id]["layer"]
    if layer != "all":
        return float(layer in own)
    return max(float(case["layers"][each]["weight"]) for each in own)


def by_hand(
    case: Mapping[str, Any], levels: Mapping[str, str], measure: str, actor: str, layer: str
) -> float:
    parties = {
        id: found
        for id, found in parties_by_hand(case, levels).items()
        if weight_by_hand(case, id, layer)
    }
    if measure == "hyperdegree":
        return float(sum(actor in found for found in parties.values()))
    if measure == "strength":
        return sum(weight_by_hand(case, i, layer) for i, found in parties.items() if actor in found)
    ties = {(one, other): 0.0 for one in ACTORS for other in ACTORS}
    for id, found in parties.items():
        for one, other in product(found, found):
            if one != other:
                ties[one, other] += weight_by_hand(case, id, layer) / (len(found) - 1)
    walks = dict.fromkeys(ACTORS, 1.0)  # Katz: 1 + alpha * (the sum over neighbours), repeated
    for _ in range(80):
        walks = {
            one: 1 + 0.05 * sum(ties[one, other] * walks[other] for other in ACTORS)
            for one in ACTORS
        }
    return walks[actor]


# ----------------------------------------------------------------------------------------- tests


@pytest.mark.parametrize("seed", range(12))
def test_every_state_has_the_number_recomputed_for_it(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    case = small(random)
    asked = {
        f"m{n}": {"measure": measure, "actor": random.choice(ACTORS), "layer": layer}
        for n, (measure, layer) in enumerate(
            product(("hyperdegree", "strength", "katz"), ("all", "one"))
        )
        if layer == "all" or any("one" in each["layer"] for each in case["arrangements"].values())
    }
    case["indicators"] = {name: {"network": entry} for name, entry in asked.items()}
    case["preferences"] = {"aa": [{"prefer": "m0 > 1"}]}
    situation = loaded(tmp_path, case)
    levels = {option.id: option.levels for option in situation.options}
    for state in product(*(range(len(each)) for each in levels.values())):
        here = dict(zip(levels, state, strict=True))
        words = {option: levels[option][level] for option, level in here.items()}
        for name, entry in asked.items():
            found = situation.indicators[name].formula.on(here)
            assert found == pytest.approx(by_hand(case, words, **entry), rel=1e-11), (words, name)


def test_a_measure_depends_on_those_options_only_that_change_its_layer(tmp_path: Path) -> None:
    case = small(Random(1))
    case["arrangements"] = {
        "t0": {"name": "T", "kind": "k", "layer": "one", "parties": ["aa", "bb"]},
        "t1": {"name": "T", "kind": "k", "layer": "two", "parties": ["cc", "dd"]},
    }
    case["options"] = {
        "aa": {"x": {"enacts": {"yes": {"leave": "t0"}}}},
        "bb": {"y": {"enacts": {"yes": {"join": "t1"}}}, "z": {}},
    }
    case["preferences"] = {}
    case["indicators"] = {
        name: {"network": {"measure": "strength", "actor": "aa", "layer": name}}
        for name in ("one", "two", "all")
    }
    indicators = loaded(tmp_path, case).indicators
    assert indicators["one"].formula.options == {"aa.x"}
    assert indicators["two"].formula.options == {"bb.y"}
    assert indicators["all"].formula.options == {"aa.x", "bb.y"}


def typed_in(situation: Situation, name: str) -> str:
    """The same numbers as a formula: each one where its combination of levels holds."""
    table = situation.indicators[name].formula
    axes = [option for option in situation.options if option.id in table.options]
    terms = []
    for state in product(*(range(len(option.levels)) for option in axes)):
        here = dict(zip((option.id for option in axes), state, strict=True))
        where = " and ".join(f"{option.id} == {option.levels[here[option.id]]}" for option in axes)
        number = float(table.on(here))
        terms.append(f"{number!r}*({where})" if where else repr(number))
    return " + ".join(terms)


@pytest.mark.parametrize("seed", range(6))
def test_a_case_settles_as_if_the_numbers_were_typed_in(tmp_path: Path, seed: int) -> None:
    random = Random(100 + seed)
    case = small(random)
    names = {"reach": ("strength", "aa"), "katz_of_bb": ("katz", "bb")}
    case["indicators"] = {
        name: {"network": {"measure": measure, "actor": actor}}
        for name, (measure, actor) in names.items()
    }
    case["preferences"] = {
        "aa": {"utility": "reach - 0.3*(bb.y == l1)"},
        "bb": [{"prefer": "katz_of_bb >= 1.1"}, {"prefer": "reach <= 1"}, {"prefer": "aa.x == l1"}],
        "cc": {"utility": "reach * (cc.w + 1) - katz_of_bb"},
    }
    case["infeasible"] = [{"when": "reach > 2 and bb.z == l1"}]
    situation = loaded(tmp_path, case)
    answer = detente.stability(situation).to_dict()
    case["indicators"] = {name: {"formula": typed_in(situation, name)} for name in names}
    assert detente.stability(loaded(tmp_path, case)).to_dict() == answer


# ------------------------------------------------------------------------------ what cannot be

CASE = """\
detente: 1
id: small
title: Small
as_of: 2024-04-16
actors: {rok: {}, usa: {}, jpn: {}, gbr: {}}
arrangements:
  old: {name: O, layer: treaty, kind: treaty, parties: [rok, usa], from: 1953-10-01}
  new: {name: N, layer: tech, kind: body, parties: [usa, jpn], from: 2021-03-12}
options:
  rok: {join: {enacts: {yes: {join: new}}}}
preferences: {rok: [{prefer: reach >= 2}]}
indicators:
"""


def case_of(folder: Path, indicator: str, text: str = CASE) -> Situation:
    file = folder / "situation.yaml"
    file.write_text(text + f"  reach: {dedent(indicator)}\n", encoding="utf-8")
    return detente.load(file)


REACH = "{network: {measure: strength, actor: rok}}"


def test_a_strength_of_two_is_two(tmp_path: Path) -> None:
    """Three parties tie by halves, whose sum no comparison may find wanting."""
    situation = case_of(tmp_path, REACH)
    assert situation.indicators["reach"].formula.on({"rok.join": [0, 1]}).tolist() == [1, 2]
    assert detente.stability(situation, ["nash"]).equilibria("nash") == ["1"]


def test_it_survives_the_way_to_another_process(tmp_path: Path) -> None:
    situation = case_of(tmp_path, REACH)
    again = pickle.loads(pickle.dumps(situation))  # noqa: S301 - its own
    assert again.indicators["reach"].formula == situation.indicators["reach"].formula


def test_it_is_measured_anew_where_the_record_is_another(tmp_path: Path) -> None:
    later = """\
    aftermath:
      until: 2026-04-16
      arrangements:
        late: {name: L, layer: tech, kind: body, parties: [rok, gbr], from: 2025-01-01}
    """
    situation = case_of(tmp_path, REACH, dedent(later) + CASE)
    after = measured(informed(situation))
    assert after.indicators["reach"].formula.on({"rok.join": [0, 1]}).tolist() == [2, 3]
    statement = after.preferences["rok"].statements[0]  # type: ignore[union-attr]
    assert statement.prefer.on({"rok.join": [0, 1]}).tolist() == [True, True]


def test_nobody_joins_what_is_not_there_yet(tmp_path: Path) -> None:
    later = """\
    aftermath:
      until: 2026-04-16
      arrangements:
        late: {name: L, layer: space, kind: body, parties: [usa, gbr], from: 2025-01-01}
    """
    text = dedent(later) + CASE.replace("{join: new}", "{join: late}")
    for layer, then, now in (("all", [1, 1], [1, 2]), ("space", [0, 0], [0, 1])):
        reach = f"{{network: {{measure: strength, actor: rok, layer: {layer}}}}}"
        situation = case_of(tmp_path, reach, text)
        known = measured(informed(situation))
        for each, numbers in ((situation, then), (known, now)):
            formula = each.indicators["reach"].formula
            assert formula.options == {"rok.join"}
            assert formula.on({"rok.join": [0, 1]}).tolist() == numbers


def test_a_measure_the_network_cannot_carry_says_where(tmp_path: Path) -> None:
    with pytest.raises(CannotAnswer) as error:
        case_of(tmp_path, "{network: {measure: constraint, actor: jpn, layer: tech}}")
    assert str(error.value) == (
        "indicators.reach: constraint in the network as it is: "
        "the network is complete: everybody is tied to everybody, and alike"
    )


def test_an_actor_of_whom_it_says_nothing_is_named(tmp_path: Path) -> None:
    """Where jpn and gbr meet through usa, an absent actor is infinitely far."""
    third = "  more: {name: M, layer: tech, kind: body, parties: [usa, gbr]}\noptions:\n"
    with pytest.raises(CannotAnswer) as error:
        case_of(
            tmp_path,
            "{network: {measure: closeness, actor: rok, layer: tech}}",
            CASE.replace("options:\n", third),
        )
    assert str(error.value) == (
        "indicators.reach: closeness says nothing of rok in the network as it is"
    )


def test_too_many_combinations_are_refused(tmp_path: Path) -> None:
    many = ", ".join(f"o{n}: {{enacts: {{yes: {{join: new}}}}}}" for n in range(10))
    with pytest.raises(InputError, match="2,048 combinations of levels change the layer `all`"):
        case_of(tmp_path, REACH, CASE.replace("{join: {", f"{{{many}, join: {{"))


@pytest.mark.parametrize(
    ("indicator", "message"),
    [
        ("{network: {measure: strenght, actor: rok}}", "did you mean `strength`"),
        ("{network: {measure: strength, actor: rock}}", "unknown actor `rock`"),
        ("{network: {measure: strength, actor: rok, layer: tek}}", "unknown layer `tek`"),
        ("{network: {measure: strength}}", "`actor` is missing"),
        ("{}", "expected either `formula: …` or `network:"),
        ("{formula: rok.join, network: {measure: strength, actor: rok}}", "expected either"),
    ],
)
def test_a_wrong_indicator_says_what_is_wrong(tmp_path: Path, indicator: str, message: str) -> None:
    with pytest.raises((CaseError, InputError)) as error:
        case_of(tmp_path, indicator)
    assert message in str(error.value)


def test_a_case_may_ask_for_every_measure_that_needs_no_groups() -> None:
    assert list(get_args(Measure)) == [
        name for name, measure in MEASURES.items() if not measure.grouped
    ]


def test_a_number_of_the_network_is_no_truth(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="a number where a truth value is asked for"):
        case_of(tmp_path, REACH, CASE.replace("reach >= 2", "reach"))


def test_the_case_by_itself_measures_nothing(tmp_path: Path) -> None:
    case_of(tmp_path, REACH)
    with pytest.raises(CannotAnswer, match=r"nothing has measured `reach`: `detente\.load` does"):
        read(tmp_path)


def test_broadcasts_over_the_axes_of_its_options(tmp_path: Path) -> None:
    situation = case_of(tmp_path, REACH)
    here = {"rok.join": np.array([[0], [1]]), "other": np.zeros((1, 3))}
    assert situation.indicators["reach"].formula.on(here).tolist() == [[1.0], [2.0]]
