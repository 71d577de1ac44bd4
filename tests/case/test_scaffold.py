"""The case to start from: written, sound, and true to what its comments promise."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from detente.case import load
from detente.case.scaffold import new_case
from detente.case.schema import situation_schema
from detente.case.situation import Situation, Statements
from detente.claims import run_claims
from detente.errors import InputError
from tests.case.editor import as_edited, faults

PROMISE = re.compile(r"^  # (\w+)(, and open)?\b[^\n]*\n(?:  #[^\n]*\n)*  (\w+):$", re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    new_case(tmp_path / "deep" / "river")
    return tmp_path / "deep" / "river"


@pytest.fixture
def situation(folder: Path) -> Situation:
    return load(folder)


def test_it_writes_a_case_and_its_schema(tmp_path: Path) -> None:
    folder = tmp_path / "river"
    written = new_case(folder)
    assert written == (folder / "situation.yaml", folder / "situation.schema.json")
    assert sorted(folder.iterdir()) == sorted(written)


def test_its_first_line_leads_an_editor_to_the_schema(folder: Path) -> None:
    first = (folder / "situation.yaml").read_text(encoding="utf-8").splitlines()[0]
    schema = folder / first.removeprefix("# yaml-language-server: $schema=")
    assert json.loads(schema.read_text(encoding="utf-8")) == situation_schema()


def test_it_loads_without_a_warning(situation: Situation) -> None:
    assert situation.warnings == ()


def test_an_editor_finds_nothing_wrong_with_it(folder: Path) -> None:
    assert faults(as_edited((folder / "situation.yaml").read_text(encoding="utf-8"))) == []


def test_its_claims_come_out_as_its_comments_promise(folder: Path, situation: Situation) -> None:
    text = (folder / "situation.yaml").read_text(encoding="utf-8")
    promised = {
        claim: (verdict, bool(is_open)) for verdict, is_open, claim in PROMISE.findall(text)
    }
    found = {each.claim.id: (each.verdict, each.open) for each in run_claims(situation).claims}
    assert found == promised
    assert {verdict for verdict, _ in found.values()} == {
        "supported", "contradicted", "assumed", "untested",
    }  # fmt: skip


def test_the_two_claims_it_rests_on_hold_under_different_concepts(situation: Situation) -> None:
    leaves, slows = run_claims(situation).claims[:2]
    for concept in ("nash", "seq"):
        holds = {
            each.claim.id: under.holds
            for each in (leaves, slows)
            for under in each.concepts
            if under.concept == concept
        }
        assert holds == {"lender_leaves": concept == "nash", "filling_slows": concept == "seq"}


def test_its_recommendation_gives_way(situation: Situation) -> None:
    recommended = run_claims(situation).recommendation
    assert recommended is not None
    assert recommended.gives_way == ("filling_slows",)


def test_it_shows_what_a_case_can_say(situation: Situation) -> None:
    statements = [
        statement
        for preference in situation.preferences.values()
        if isinstance(preference, Statements)
        for statement in preference.statements
    ]
    assert {statement.role for statement in statements} == {"end", "means", "cost"}
    assert all(statement.says for statement in statements)
    assert any(statement.group is not None for statement in statements)
    assert any(statement.credence for statement in statements)
    assert any(statement.when for statement in statements)
    assert any(len(option.levels) > 2 for option in situation.options)
    assert any(option.moves == "up" for option in situation.options)
    assert situation.infeasible
    assert situation.indicators
    assert situation.goals


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="not empty"):
        new_case(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["notes.txt"]


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    assert new_case(tmp_path)


def test_a_file_in_the_way_is_an_input_error(tmp_path: Path) -> None:
    file = tmp_path / "river"
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="river: cannot be written"):
        new_case(file)
    assert file.read_text(encoding="utf-8") == "mine"
