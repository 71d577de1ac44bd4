"""Actors and states from which nothing moves: single states, arcs beyond options, unseen states."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from detente import load, stability
from detente.conflict.hypergames.hypergame import hypergame
from detente.conflict.influence import influence

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "detente: 1\nid: c\ntitle: t\nactors: {a: {}, b: {}}\noptions: {a: {x: {}}, b: {y: {}}}\n"
UNSURE = HEAD + (
    'preferences: {a: {ranking: ["00", "01", "10", "11"], unknown: [["10", "11"]]}, '
    'b: {ranking: ["11", "10", "01", "00"]}}\n'
)
BEYOND = HEAD + (
    'arcs: {a: {"00": "01"}}\n'
    'preferences: {a: {ranking: ["01", "00", "10", "11"]}, '
    'b: {ranking: ["00", "01", "10", "11"]}}\n'
)
UNSEEN = HEAD + (
    'arcs: {b: {"10": "01"}}\n'
    'preferences: {a: {ranking: ["10", "01", "11", "00"]}, '
    'b: {ranking: ["10", "00", "01", "11"]}}\n'
    "perceptions: {b: {unaware: [a.x], assumption: so}}\n"
)


def case(folder: Path, text: str) -> Path:
    file = folder / "case.yaml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("concept", ["nash_a", "gmr_c", "smr_a", "seq_d", "gmr_strong"])
def test_where_everything_is_frozen_the_one_state_lasts(concept: str, tmp_path: Path) -> None:
    text = UNSURE.replace(', unknown: [["10", "11"]]', "") if "strong" in concept else UNSURE
    frozen = load(case(tmp_path, text), changes=[{"freeze": {"a.x": "no", "b.y": "no"}}])
    assert stability(frozen, [concept]).equilibria(concept) == ["00"]


def test_an_actor_left_out_does_not_move_along_arcs_beyond_its_options(tmp_path: Path) -> None:
    """From 00 only a would leave, for a state that differs in what b does."""
    path = case(tmp_path, BEYOND)
    (a, _) = influence(load(path), kinds=["actor"]).without
    assert a.changes["nash"].appeared.tolist() == [0]
    dropped = load(path, changes=[{"drop_actor": "a"}])
    assert stability(dropped, ["nash"]).equilibria("nash") == ["00"]


def test_nobody_moves_along_an_arc_from_a_state_it_does_not_see(tmp_path: Path) -> None:
    """From 00 a goes to 10, which b does not see and so does not leave for 01."""
    found = hypergame(load(case(tmp_path, UNSEEN)), ["nash"])
    assert found.attained("nash").tolist() == []
