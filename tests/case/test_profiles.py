"""Actors taken from profiles, and what the case writes over them."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.case import Situation, load
from detente.case.profiles import SHIPPED, profiles
from detente.errors import CaseError
from detente.futures.running.store import case_files

CASE = """\
detente: 1
id: second
title: A second case
as_of: 2024-04-16
actors: {row: {name: Row}, col: {profile: neighbour}}
options: {row: {arm: {}}}
preferences: {row: [{prefer: not col.arm}]}
"""
NEIGHBOUR = """\
as_of: 2024-01-01
note: As others see it
actor: {name: {en: Neighbour, ko: 이웃}, cow: 2}
sources: {memo: {type: report, title: A memo, issued: 2023}}
options:
  arm: {label: Take up arms, evidence: [{source: memo}]}
  talk: {levels: [none, much], assumption: as a rule}
preferences:
  - {prefer: not row.arm, evidence: [{source: memo, at: p. 1}]}
  - {prefer: row.retreat, assumption: known elsewhere}
  - any_order:
      - {prefer: col.talk == much, assumption: a taste}
      - {prefer: col.arm, when: row.arm, assumption: a fear}
  - any_order: [{prefer: col.arm}, {prefer: storm implies col.arm}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "neighbour.yaml").write_text(NEIGHBOUR, encoding="utf-8")
    return tmp_path


def read(folder: Path, case: str = CASE) -> Situation:
    (folder / "situation.yaml").write_text(case, encoding="utf-8")
    return load(folder)


def refused(folder: Path, case: str = CASE) -> str:
    with pytest.raises(CaseError) as caught:
        read(folder, case)
    return str(caught.value).replace(f"{folder}/", "")


def test_an_actor_is_taken_from_its_profile(folder: Path) -> None:
    profile = NEIGHBOUR.replace(", when: row.arm", "")
    (folder / "profiles" / "neighbour.yaml").write_text(profile, encoding="utf-8")
    case = read(folder)
    assert (case.actors["col"].name, case.actors["col"].cow) == ("Neighbour", 2)
    assert [option.id for option in case.options] == ["row.arm", "col.arm", "col.talk"]
    assert case.sources["memo"].issued == "2023"
    held = case.preferences["col"].statements  # type: ignore[union-attr]
    assert [each.prefer.text for each in held] == ["not row.arm", "col.talk == much", "col.arm"]
    assert held[0].support.evidence[0].at == "p. 1"


def test_statements_about_what_the_case_does_not_know_are_left_out_and_said(folder: Path) -> None:
    profile = NEIGHBOUR.replace(", when: row.arm", "")
    (folder / "profiles" / "neighbour.yaml").write_text(profile, encoding="utf-8")
    said = [each for each in read(folder).warnings if each.check == "profile"]
    assert [(each.message, each.place.line) for each in said] == [
        ("left out of the profile: the case has no `row.retreat`", 10),
        ("left out of the profile: the case has no `storm`", 14),
    ]
    assert all(each.place.file.endswith("neighbour.yaml") for each in said)


def test_what_the_case_writes_prevails(folder: Path) -> None:
    own = CASE.replace("{profile: neighbour}", "{profile: neighbour, name: Mine}")
    own = own.replace("{row: {arm: {}}}", "{row: {arm: {}}, col: {arm: {label: Mine, moves: up}}}")
    own = own.replace("not col.arm}]}", "not col.arm}], col: [{prefer: col.arm}]}")
    case = read(folder, own)
    assert (case.actors["col"].name, case.actors["col"].cow) == ("Mine", 2)
    assert (case.option("col.arm").label, case.option("col.arm").moves) == ("Mine", "up")
    assert case.option("col.talk").levels == ("none", "much")
    assert len(case.preferences["col"].statements) == 1  # type: ignore[union-attr]
    assert not [each for each in case.warnings if each.check == "profile"]


def test_a_fault_is_shown_where_it_stands(folder: Path) -> None:
    assert refused(folder) == (
        "profiles/neighbour.yaml:13:33: preferences.col.2.any_order.2.when: "
        "a condition names uncertainties only, not the option `row.arm`\n"
        "  13 |       - {prefer: col.arm, when: row.arm, assumption: a fear}\n"
        "     |                                 ^^^^^^^\n"
        "1 problem; nothing was computed"
    )


def test_an_unknown_profile_is_answered_with_the_nearest(folder: Path) -> None:
    said = refused(folder, CASE.replace("neighbour", "neigbour"))
    assert "actors.col.profile: no profile `neigbour`" in said
    assert "did you mean `neighbour`?" in said


def test_a_profile_holds_nothing_else(folder: Path) -> None:
    (folder / "profiles" / "neighbour.yaml").write_text("optoins: {arm: {}}\n", encoding="utf-8")
    said = refused(folder)
    assert "neighbour.yaml:1:1: optoins: a profile has no field `optoins`" in said
    assert "did you mean `options`?" in said


@pytest.mark.parametrize(
    "field", ["actor: [1]", "options: 3", "sources: memo", "preferences: text"]
)
def test_what_a_profile_holds_has_names(folder: Path, field: str) -> None:
    (folder / "profiles" / "neighbour.yaml").write_text(f"{field}\n", encoding="utf-8")
    name = field.partition(":")[0]
    assert f"neighbour.yaml:1:{len(name) + 3}: {name}: expected entries" in refused(folder)
    (folder / "profiles" / "neighbour.yaml").write_text(f"{name}:\n", encoding="utf-8")
    read(folder, CASE.replace("col.arm", "row.arm"))  # nothing in it is no fault


def test_a_profile_is_no_path(folder: Path) -> None:
    (folder / "evil.yaml").write_text("actor: {name: Evil}\n", encoding="utf-8")
    assert "a name of letters" in refused(folder, CASE.replace("neighbour", "../evil"))


def test_a_profile_of_a_later_day_is_remarked_upon(folder: Path) -> None:
    profile = NEIGHBOUR.replace(", when: row.arm", "").replace("2024-01-01", "2025-01-01")
    (folder / "profiles" / "neighbour.yaml").write_text(profile, encoding="utf-8")
    said = [each.message for each in read(folder).warnings if each.check == "profile"]
    assert "the profile is as of 2025-01-01, after 2024-04-16" in said


def test_another_work_of_the_same_name_is_remarked_upon(folder: Path) -> None:
    profile = NEIGHBOUR.replace(", when: row.arm", "")
    (folder / "profiles" / "neighbour.yaml").write_text(profile, encoding="utf-8")
    same = "sources: {memo: {type: report, title: A memo, issued: 2023-05}}\n"
    other = "sources: {memo: {type: report, title: A speech}}\n"
    for sources, remarks in ((same, []), (other, ["memo"])):
        said = [each.message for each in read(folder, CASE + sources).warnings]
        named = [word for word in remarks if any(f"another work `{word}`" in each for each in said)]
        assert named == remarks
        assert len([each for each in said if "another work" in each]) == len(remarks)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("as_of: last spring", "as_of: expected a day like 2024-04-16"),
        ("actor: {profile: other}", "actor: a profile takes nothing from another one"),
    ],
)
def test_what_a_profile_says_of_itself_is_checked(folder: Path, line: str, message: str) -> None:
    (folder / "profiles" / "neighbour.yaml").write_text(f"{line}\n", encoding="utf-8")
    assert message in refused(folder)


def test_a_run_keeps_the_profiles_it_was_made_from(folder: Path) -> None:
    read_folder = folder / "situation.yaml"
    read_folder.write_text(CASE, encoding="utf-8")
    assert set(case_files(read_folder)) == {"situation.yaml", "profiles/neighbour.yaml"}


def test_a_second_case_reuses_a_profile_that_ships(tmp_path: Path) -> None:
    case = CASE.replace("neighbour", "russia_2024").replace("col.arm", "col.dprk_ties").replace(
        "col:", "rus:"
    ).replace("col.", "rus.")  # fmt: skip
    found = read(tmp_path, case)
    assert found.actors["rus"].iso3 == "RUS"
    assert found.option("rus.dprk_ties").levels == ("arms_trade", "treaty")
    assert found.sources["ap2024moscow"].issued == "2024-01-21"


def test_every_profile_that_ships_is_used_by_a_case(tmp_path: Path) -> None:
    used = {
        each.stem
        for each in SHIPPED.glob("*.yaml")
        if f"profile: {each.stem}"
        in (SHIPPED.parent / "kim/indo_pacific_2024/actors.yaml").read_text()
    }
    assert used == set(profiles(tmp_path)) != set()
