"""Unknown, strong and fuzzy preference, against the definitions pair by pair."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest

import detente
from detente.conflict.concepts.deterrence import Reading, relations, rows
from detente.conflict.concepts.unknown import TYPES
from detente.conflict.model import conflict
from detente.conflict.relation import Beyond
from detente.conflict.stability import stable_states
from detente.conflict.verdict import Response
from detente.conflict.witness import witness
from detente.errors import CannotAnswer, InputError
from tests.definitions.related import Related, situations
from tests.definitions.test_graph_form import spelt
from tests.oracle import State

CORE = ("nash", "gmr", "smr", "seq")
NAMES = {
    "unknown": tuple(map("_".join, product(CORE, "abcd"))),
    "strong": tuple(map("".join, product(("gmr", "smr", "seq"), ("_strong", "_weak"), ("", "3")))),
    "fuzzy": tuple(f"{base}_fuzzy" for base in CORE),
}


def agree(each: Related, name: str) -> None:
    """Detente finds what the definition does."""
    rows = stable_states(each.conflict, [name])[name]
    for i, row in zip(each.conflict.actors, rows, strict=True):
        literal = {s for s in each.oracle.feasible if each.oracle.under(name, i, s)}
        assert set(spelt(each.conflict, np.flatnonzero(row))) == literal, (name, i)


@pytest.mark.parametrize("beyond_ranks", NAMES)
def test_stable_states_are_those_of_the_definition(beyond_ranks: str) -> None:
    for each, rng in situations(beyond_ranks, 200):
        agree(each, str(rng.choice(NAMES[beyond_ranks])))


@pytest.mark.parametrize("beyond_ranks", NAMES)
def test_what_is_fixed_leaves_the_relation_between_the_rest(beyond_ranks: str) -> None:
    for each, rng in situations(beyond_ranks, 40):
        axis = int(rng.integers(len(each.spelt.options)))
        level = int(rng.choice([s[axis] for s in each.spelt.feasible]))
        agree(each.fixed(axis, level), str(rng.choice(NAMES[beyond_ranks])))


def test_each_type_of_the_unknown_allows_more_than_the_one_before() -> None:
    for each, _ in situations("unknown", 40):
        stable = stable_states(each.conflict, NAMES["unknown"])
        for base, (less, more) in product(CORE, (("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"))):
            assert not np.any(stable[f"{base}_{less}"] & ~stable[f"{base}_{more}"])
        for kind in "abcd":
            assert not np.any(stable[f"nash_{kind}"] & ~stable[f"smr_{kind}"])
            assert not np.any(stable[f"smr_{kind}"] & ~stable[f"gmr_{kind}"])
            assert not np.any(stable[f"nash_{kind}"] & ~stable[f"seq_{kind}"])
            assert not np.any(stable[f"seq_{kind}"] & ~stable[f"gmr_{kind}"])
        assert np.array_equal(stable["nash_a"], stable["nash_c"])
        assert np.array_equal(stable["nash_b"], stable["nash_d"])


def test_a_loop_that_changes_nothing_is_no_answer(tmp_path: Path) -> None:
    """South and East can lead back to 100, of which North does not know whether it is worse."""
    (tmp_path / "situation.yaml").write_text(LOOP)
    game = conflict(detente.load(tmp_path))
    start = game.space.index("000")
    for name in ("gmr_c", "smr_c"):
        assert not stable_states(game, [name])[name][0, start]
        assert witness(game, "north", start, name).responses[0].sanction is None


def test_what_takes_hours_or_too_much_memory_is_refused_with_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "situation.yaml").write_text(LOOP)
    game = conflict(detente.load(tmp_path))  # 3 actors with 8 moves each; 4 groups and 2 others
    monkeypatch.setattr("detente.conflict.concepts.deterrence.MOST_STEPS", 1439)
    with pytest.raises(CannotAnswer, match="`north` look different from 4 groups of states, for "):
        stable_states(game, ["gmr_c"])
    monkeypatch.setattr("detente.conflict.concepts.deterrence.MOST_STEPS", 1440)
    stable_states(game, ["gmr_c"])
    monkeypatch.setattr("detente.conflict.concepts.deterrence.MOST_ARCS", 23)
    with pytest.raises(CannotAnswer, match="24 moves have to be followed backwards"):
        stable_states(game, ["gmr_c"])


LOOP = """
detente: 1
id: loop
title: A way back
actors: {north: {name: North}, south: {name: South}, east: {name: East}}
options: {north: {x: {label: x}}, south: {y: {label: y}}, east: {z: {label: z}}}
preferences: {north: [{prefer: south.y or east.z}, {prefer: north.x, unknown: yes}]}
"""


def test_types_a_and_d_bound_what_turns_out_when_the_unknown_is_known() -> None:
    for each, rng in situations("unknown", 60):
        bounds = stable_states(each.conflict, NAMES["unknown"])
        turned_out = stable_states(each.settled(rng), CORE)
        for base in CORE:
            assert not np.any(turned_out[base] & ~bounds[f"{base}_d"])
            assert base == "seq" or not np.any(bounds[f"{base}_a"] & ~turned_out[base])


def test_stable_is_strongly_or_weakly_and_ever_less_strongly_the_higher_the_degree() -> None:
    for each, _ in situations("strong", 40):
        stable = stable_states(each.conflict, (*CORE, *NAMES["strong"]))
        for base in CORE[1:]:
            strong, weak = stable[f"{base}_strong"], stable[f"{base}_weak"]
            assert np.array_equal(strong | weak, stable[base])
            assert not np.any(strong & weak)
            assert not np.any(stable[f"{base}_strong3"] & ~strong)
            assert not np.any(stable["nash"] & ~strong)


@pytest.mark.parametrize("beyond_ranks", ["unknown", "fuzzy"])
def test_without_anything_beyond_ranks_the_concepts_are_the_plain_ones(beyond_ranks: str) -> None:
    for each, _ in situations("strong", 40):
        plain = replace(each.conflict, beyond=Beyond())
        classical = stable_states(plain, CORE)
        related = relations(plain, {})
        readings = TYPES.values() if beyond_ranks == "unknown" else [Reading()]
        for base, reading in product(CORE, readings):
            assert np.array_equal(rows(plain, base, related, reading), classical[base])
        for name in NAMES[beyond_ranks]:
            assert np.array_equal(
                stable_states(plain, [name])[name], classical[name.partition("_")[0]]
            )


@pytest.mark.parametrize(
    ("name", "beyond_ranks"),
    [
        ("seq_strong", "unknown"),
        ("seq_fuzzy", "unknown"),
        ("seq_a", "fuzzy"),
        ("smr_weak", "fuzzy"),
    ],
)
def test_a_kind_refuses_what_it_would_pass_over(name: str, beyond_ranks: str) -> None:
    each = next(
        each
        for each, _ in situations(beyond_ranks, 40)
        if getattr(each.conflict.beyond, beyond_ranks)
    )
    with pytest.raises(CannotAnswer, match=f"`{name}` is not defined where preferences are"):
        stable_states(each.conflict, [name])


@pytest.mark.parametrize("beyond_ranks", NAMES)
def test_witnesses_check_out(beyond_ranks: str) -> None:
    explained = [name for name in NAMES[beyond_ranks] if "weak" not in name]
    for each, rng in situations(beyond_ranks, 60):
        name, state = str(rng.choice(explained)), one_of(rng, each)
        here = spelt(each.conflict, np.array([state]))[0]
        for i in each.conflict.actors:
            found = witness(each.conflict, i, state, name, most=1000)
            assert found.stable == each.oracle.under(name, i, here)
            wanted = {spelt(each.conflict, np.array([r.improvement]))[0] for r in found.responses}
            assert wanted == set(each.oracle.wanted(name, i, here))
            for response in found.responses:
                checks_out(each, name, i, here, response)


def one_of(rng: np.random.Generator, each: Related) -> int:
    return int(rng.choice(np.flatnonzero(each.conflict.space.mask)))


def checks_out(each: Related, name: str, i: str, here: State, response: Response) -> None:
    """Its sequence is legal and ends where it says; where it has none, there is none."""
    base, _, kind = name.partition("_")
    oracle = each.oracle
    (s1,) = spelt(each.conflict, np.array([response.improvement]))
    assert (response.sanction is not None) == oracle.is_answered(base, kind, i, here, s1)
    state, last = s1, i
    for mover, after in response.sanction or response.escaped or ():
        (end,) = spelt(each.conflict, np.array([after]))
        assert mover != last
        assert end in oracle.moves(mover, state)
        assert base != "seq" or oracle.credible(kind, mover, state, end)
        if mover == i:  # it escapes
            assert oracle.deters(kind, i, here, state)
            assert not oracle.deters(kind, i, here, end)
        state, last = end, mover
    if response.sanction is not None:
        assert state != s1
        assert oracle.deters(kind, i, here, state)


def test_weak_stability_has_no_ground_of_its_own() -> None:
    each, rng = next(situations("strong", 1))
    with pytest.raises(InputError, match="it is `gmr` without `gmr_strong3`"):
        witness(each.conflict, each.conflict.actors[0], one_of(rng, each), "gmr_weak3")
