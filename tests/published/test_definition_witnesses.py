"""Small verdicts on which programs have differed from the definitions.

Both hang on a legal sequence in which an actor moves again after another has moved
[FangHipelKilgour1993], ch. 3. The models and verdicts are read from the shared folder.
"""

import json
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from detente.case import load
from detente.conflict.model import Conflict, conflict
from detente.conflict.witness import Witness, witness


@pytest.fixture(scope="module")
def witnesses(shared: Path) -> dict[str, Any]:
    file = json.loads((shared / "cases" / "definition_witnesses.json").read_text())
    return {entry["id"]: entry for entry in file["witnesses"]}


def test_sequential_sanction_in_which_one_actor_moves_twice(
    witnesses: dict[str, Any], tmp_path: Path
) -> None:
    entry = witnesses["seq_repeat_mover"]
    states = {int(state): bits for state, bits in entry["states"].items()}
    model = graph_model(tmp_path, entry["options"], states, strict(entry["preferences"]))
    verdict = witness(model, "D2", model.space.index(code(states[2])), "seq")
    assert verdict.stable is entry["definition"] is True
    assert sanction(model, verdict, states) == [("D1", 4), ("D0", 3), ("D1", 5)]


@pytest.mark.parametrize("concept", ["gmr", "smr"])
def test_garrison_state_six_holds_for_the_canadian_opposition(
    concept: str, witnesses: dict[str, Any], shared: Path, tmp_path: Path
) -> None:
    entry = witnesses["gmr_repeat_mover_garrison"]
    published = json.loads((shared / "cases" / entry["model"]).read_text())
    states = {state["id"]: state["bits"] for state in published["states"]}
    owned: dict[str, list[int]] = {}
    for option in published["options"]:
        owned.setdefault(option["dm"].replace(" ", "_"), []).append(option["id"])
    orders = {dm.replace(" ", "_"): order for dm, order in published["preferences"].items()}
    model = graph_model(tmp_path, owned, states, orders)
    verdict = witness(model, "Canadian_Opposition", model.space.index(code(states[6])), concept)
    assert verdict.stable is entry["definition"] is True
    assert sanction(model, verdict, states) == [
        ("US_Support", 1),
        ("US_Opposition", 4),
        ("US_Support", 3),
    ]


def code(bits: str) -> str:
    return bits.replace("Y", "1").replace("N", "0")


def strict(orders: Mapping[str, Sequence[int]]) -> dict[str, list[list[int]]]:
    return {actor: [[state] for state in order] for actor, order in orders.items()}


def sanction(model: Conflict, verdict: Witness, states: Mapping[int, str]) -> list[tuple[str, int]]:
    """The answer to the only improvement, in published state numbers."""
    (response,) = verdict.responses
    assert response.sanction is not None
    numbers = {code(bits): state for state, bits in states.items()}
    return [(step.actor, numbers[model.space.code(step.state)]) for step in response.sanction]


def graph_model(
    folder: Path,
    owned: Mapping[str, Sequence[int]],
    states: Mapping[int, str],
    orders: Mapping[str, Sequence[Sequence[int]]],
) -> Conflict:
    """Binary options by owner, feasible states by number, orders of them: as a case on disk."""
    ids = {k: f"{actor}.o{k}" for actor, numbers in owned.items() for k in numbers}
    names = [ids[k] for k in range(len(ids))]
    ruled_out = {"".join(bits) for bits in product("YN", repeat=len(ids))} - set(states.values())
    case = {
        "detente": 1,
        "id": "witness",
        "title": "witness",
        "actors": {actor: {"name": actor} for actor in owned},
        "options": {
            actor: {f"o{k}": {"label": f"option {k}"} for k in numbers}
            for actor, numbers in owned.items()
        },
        "infeasible": [{"when": conjunction(names, bits)} for bits in sorted(ruled_out)],
        "preferences": {
            actor: {"ranking": [[code(states[state]) for state in tied] for tied in order]}
            for actor, order in orders.items()
        },
    }
    (folder / "situation.yaml").write_text(yaml.safe_dump(case, sort_keys=False))
    return conflict(load(folder))


def conjunction(names: Sequence[str], bits: str) -> str:
    return " and ".join(
        name if bit == "Y" else f"not {name}" for name, bit in zip(names, bits, strict=True)
    )
