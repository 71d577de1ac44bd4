"""Overlays: what they change, and that every fault is shown where it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from detente import load, stability
from detente.case.situation import Statements
from detente.errors import CaseError

if TYPE_CHECKING:
    from pathlib import Path

    from detente.case.situation import Situation

BASE = """\
detente: 1
id: base
title: A base
actors: {row: {name: Row}, col: {name: Col}}
options:
  row: {arm: {levels: [none, some, many]}, talk: {}}
  col: {arm: {}}
status_quo: {row.arm: some}
preferences:
  row:
    - {prefer: not col.arm, role: end}
    - any_order: [{prefer: row.talk, role: means}, {prefer: row.arm >= some, role: means}]
    - {prefer: row.arm == many, credence: 0.7}
  col: [{prefer: not (row.arm == many)}, {prefer: col.arm}]
strategies: {hold: {row.arm: none}}
"""


def laid(folder: Path, changes: str, head: str = "overlay: 1\nbase: base.yaml\n") -> Situation:
    (folder / "base.yaml").write_text(BASE, encoding="utf-8")
    (folder / "over.yaml").write_text(f"{head}changes:\n{changes}", encoding="utf-8")
    return load(folder / "over.yaml")


def statements(situation: Situation, actor: str) -> list[str]:
    preference = situation.preferences[actor]
    assert isinstance(preference, Statements)
    return [each.prefer.text for each in preference.statements]


def test_a_statement_is_named_by_its_id(tmp_path: Path) -> None:
    changes = "  - {set: row.2b, to: row.arm == none}\n  - {drop: row.3}\n"
    assert statements(laid(tmp_path, changes), "row") == [
        "not col.arm",
        "row.talk",
        "row.arm == none",
    ]


def test_changes_see_what_those_before_them_have_made(tmp_path: Path) -> None:
    changes = "  - {drop: col.1}\n  - {set: col.1, to: row.talk}\n"
    assert statements(laid(tmp_path, changes), "col") == ["row.talk"]


def test_an_item_is_added_at_the_end_or_at_a_place(tmp_path: Path) -> None:
    changes = (
        "  - {add: preferences.col, item: {prefer: row.talk}}\n"
        "  - {add: preferences.col, item: {prefer: not col.arm}, at: 1}\n"
    )
    assert statements(laid(tmp_path, changes), "col") == [
        "not col.arm",
        "not (row.arm == many)",
        "col.arm",
        "row.talk",
    ]


def test_fields_sections_and_levels_are_set_by_their_place(tmp_path: Path) -> None:
    changes = (
        "  - {set: preferences.row.3.credence, to: [0.2, 0.4]}\n"
        "  - {set: strategies.hold.row.talk, to: yes}\n"
        "  - {set: status_quo.col.arm, to: yes}\n"
        "  - {set: options.col.wait, to: {label: Wait}}\n"
        "  - {set: goals, to: [{id: calm, test: not col.arm}]}\n"
    )
    found = laid(tmp_path, changes)
    held = found.preferences["row"]
    assert isinstance(held, Statements)
    assert held.statements[3].credence == (0.2, 0.4)
    assert found.strategies["hold"].levels == {"row.arm": 0, "row.talk": 1}
    assert found.status_quo == {"row.arm": 1, "row.talk": 0, "col.arm": 1, "col.wait": 0}
    assert found.option("col.wait").label == "Wait"
    assert list(found.goals) == ["calm"]


def test_name_title_and_note_are_the_overlays_own(tmp_path: Path) -> None:
    head = "overlay: 1\nbase: base.yaml\nid: over\ntitle: Over\nnote: Why this is asked\n"
    found = laid(tmp_path, "  - {drop: row.3}\n", head)
    assert (found.id, found.title, found.notes) == ("over", "Over", ("Why this is asked",))
    plain = laid(tmp_path, "  - {drop: row.3}\n")
    assert (plain.id, plain.title, plain.notes) == ("base", "A base", ())


def test_nobody_moves_what_is_frozen(tmp_path: Path) -> None:
    frozen = laid(tmp_path, "  - {freeze: {row.arm: many}}\n")
    assert frozen.frozen == {"row.arm": 2}
    assert frozen.status_quo["row.arm"] == 2
    found = stability(frozen).to_dict()
    assert found["feasible"] == 4
    assert {code[0] for code in found["stable"]["nash"]["row"]} == {"2"}
    # With its arms frozen Row talks; Col, who cannot have Row disarm, arms.
    assert found["equilibria"]["nash"] == ["211"]


def test_who_is_dropped_stays_where_it_stands(tmp_path: Path) -> None:
    dropped = laid(tmp_path, "  - {freeze: {row.talk: yes}}\n  - {drop_actor: row}\n")
    assert dropped.frozen == {"row.talk": 1, "row.arm": 1}
    assert stability(dropped).to_dict()["equilibria"]["nash"] == ["111"]


def test_overlays_lie_on_overlays(tmp_path: Path) -> None:
    laid(tmp_path, "  - {drop: row.3}\n")
    text = "overlay: 1\nbase: over.yaml\nchanges: [{drop: row.1}]\n"
    (tmp_path / "top.yaml").write_text(text, encoding="utf-8")
    assert statements(load(tmp_path / "top.yaml"), "row") == ["row.talk", "row.arm >= some"]


def test_a_circle_of_overlays_is_refused(tmp_path: Path) -> None:
    text = "overlay: 1\nbase: one.yaml\nchanges: [{drop: row.1}]\n"
    (tmp_path / "one.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CaseError, match="more than 8 overlays lie on each other"):
        load(tmp_path / "one.yaml")


def test_an_overlay_of_a_case_in_the_catalogue(tmp_path: Path) -> None:
    text = "overlay: 1\nbase: fang/prisoners_dilemma\nchanges: [{freeze: {row.defect: no}}]\n"
    (tmp_path / "soft.yaml").write_text(text, encoding="utf-8")
    assert stability(load(tmp_path / "soft.yaml")).equilibria("nash") == ["01"]


FAULTS = {
    "{drop: row.9}": "`row.9` is not there: items count from 1 to 3, not `9`",
    "{set: preferences.roww.1, to: a}": "no `roww`",
    "{drop: strategies.holdd}": "no `holdd`",
    "{drop_actor: third}": "no decision maker `third`",
    "{add: title, item: a}": "`title` is no list",
    "{set: title.short, to: a}": "what it stands in is a text",
    "{set: row.1}": "`to` is missing",
    "{add: preferences.col}": "`item` is missing",
    "{drop: row.1, to: a}": "`drop` does not go with `to`",
    "{drop: row.1, freeze: {row.arm: none}}": "expected one change",
    "{sett: row.1}": "does not say what is changed",
    "{freeze: row.arm}": "`freeze` names no place",
    "{set: [a], to: b}": "`set` names no place",
    "a": "expected a change",
    "{freeze: {row.arm: plenty}}": "`plenty` is not a level of `row.arm`",
    "{set: col.2, to: col.armm}": "unknown name `col.armm`",
}


@pytest.mark.parametrize("change", FAULTS)
def test_a_fault_is_shown_where_it_is_written(change: str, tmp_path: Path) -> None:
    with pytest.raises(CaseError) as caught:
        laid(tmp_path, f"  - {change}\n")
    problem = caught.value.problems[0]
    assert FAULTS[change] in problem.message
    assert problem.place.file.endswith("over.yaml")
    assert problem.place.line == 4


def test_what_is_no_overlay_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="an overlay has no field `basis`"):
        laid(tmp_path, "  - {drop: row.3}\n", "overlay: 1\nbasis: base.yaml\n")
    with pytest.raises(CaseError, match="`base` is missing"):
        laid(tmp_path, "  - {drop: row.3}\n", "overlay: 1\n")
    with pytest.raises(CaseError, match="expected a list of changes"):
        laid(tmp_path, "", "overlay: 1\nbase: base.yaml\n")
    with pytest.raises(CaseError, match="expected 1, the version"):
        laid(tmp_path, "  - {drop: row.3}\n", "overlay: 2\nbase: base.yaml\n")


def test_a_fault_of_the_base_is_shown_in_the_base(tmp_path: Path) -> None:
    laid(tmp_path, "  - {drop: row.3}\n")
    broken = BASE.replace("prefer: not col.arm", "prefer: not col.harm")
    (tmp_path / "base.yaml").write_text(broken, encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        load(tmp_path / "over.yaml")
    assert caught.value.problems[0].place.file.endswith("base.yaml")
    assert caught.value.problems[0].place.line == 11
