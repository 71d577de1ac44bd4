"""Paths that lead nowhere, files that cannot be read, and sections in files of their own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from detente.case import load
from detente.errors import InputError
from tests.errors.pair import BASE, but

if TYPE_CHECKING:
    from collections.abc import Callable


def refused(path: str) -> str:
    with pytest.raises(InputError) as error:
        load(path)
    assert error.value.exit_code == 2
    return str(error.value)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_path_that_is_not_there_is_never_taken_for_text() -> None:
    assert refused("detente: 1").startswith("detente: 1: no such file, folder or case\n")
    assert refused("") == ".: no situation.yaml in this folder\n  `detente new DIR` starts a case"
    assert refused("a\0b").startswith("a\0b: no such file, folder or case\n")


def test_a_misspelt_case_of_the_catalogue() -> None:
    assert refused("fang/chiken") == (
        "fang/chiken: no such file, folder or case\n  did you mean `fang/chicken`?"
    )


def test_a_folder_without_a_case_even_if_it_is_called_yaml(here: Path) -> None:
    (here / "x.yaml").mkdir()
    assert refused("x.yaml") == (
        "x.yaml: no situation.yaml in this folder\n  `detente new DIR` starts a case"
    )
    (here / "x.yaml" / "situation.yaml").mkdir()
    assert "no situation.yaml in this folder" in refused("x.yaml")


def test_a_file_of_another_kind(here: Path) -> None:
    (here / "case.txt").write_text(BASE)
    assert refused("case.txt") == (
        "case.txt: not a case\n"
        "  a case is a folder, a situation.yaml or a .gmcr file; `detente new DIR` starts a case"
    )


def test_a_file_that_may_not_be_read(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    (here / "situation.yaml").write_text(BASE)
    monkeypatch.setattr(Path, "open", locked)
    assert refused("situation.yaml") == "situation.yaml: cannot be read: Permission denied"


def test_a_path_too_long_for_the_system() -> None:
    assert refused("x" * 5_000 + ".yaml").endswith(": cannot be read: File name too long")


def test_a_mark_of_byte_order_does_not_shift_the_caret(here: Path) -> None:
    text = BASE.replace("detente: 1", "detente: 2")
    (here / "situation.yaml").write_text(text, encoding="utf-8-sig")
    assert refused("situation.yaml").startswith(
        "situation.yaml:1:10: detente: expected 1, got `2`\n  1 | detente: 2\n    |          ^"
    )


def test_a_case_may_have_the_name_of_a_section(here: Path) -> None:
    (here / "goals.yaml").write_text(BASE)
    assert load("goals.yaml").id == "pair"


def test_text_in_another_encoding(here: Path) -> None:
    (here / "situation.yaml").write_bytes("detente: 1\nid: 한국\n".encode("cp949"))
    assert refused("situation.yaml") == (
        "situation.yaml:2:5: not UTF-8 text\n"
        "  save the file as UTF-8\n"
        "1 problem; nothing was computed"
    )


def test_an_unknown_check_to_be_strict_about() -> None:
    with pytest.raises(InputError) as error:
        load("fang/chicken", strict=["unsuported"])
    assert str(error.value) == "unknown check `unsuported`\n  did you mean `unsupported`?"


def test_a_warning_that_is_asked_to_be_an_error(here: Path) -> None:
    (here / "situation.yaml").write_text(BASE)
    warned = {warning.check for warning in load("situation.yaml").warnings}
    assert warned == {"unmentioned_option", "unsupported"}
    with pytest.raises(InputError) as error:
        load("situation.yaml", strict=["unsupported"])
    assert (
        str(error.value)
        == """\
situation.yaml:5:1: options: 2 of 2 carry neither evidence nor an assumption
  5 | options: {row: {arm: }, col: {arm: }}
    | ^^^^^^^  `evidence: [{source: …, at: …}]` or `assumption: why`
situation.yaml:6:1: preferences: 2 of 2 carry neither evidence nor an assumption
  6 | preferences: {row: [{prefer: not col.arm}], col: [{prefer: col.arm}]}
    | ^^^^^^^^^^^  `evidence: [{source: …, at: …}]` or `assumption: why`
2 problems; nothing was computed"""
    )


# ----------------------------------------------------------------------------------------- sections


def test_a_section_in_a_file_of_its_own(here: Path) -> None:
    (here / "situation.yaml").write_text(but(options=None))
    (here / "options.yaml").write_text("row: {arm: }\ncol: {arm: {levels: [none, some]}}\n")
    situation = load(here)
    assert [option.id for option in situation.options] == ["row.arm", "col.arm"]
    assert situation.option("col.arm").levels == ("none", "some")


def test_a_fault_in_a_section_is_placed_in_its_file(said: Callable[..., str]) -> None:
    assert (
        said(but(focus="rwo"), goals='- {id: g, test: "not col.amr"}\n')
        == """\
goals.yaml:1:22: goals.1.test: unknown name `col.amr`
  1 | - {id: g, test: "not col.amr"}
    |                      ^^^^^^^  did you mean `col.arm`?
situation.yaml:7:8: focus: unknown decision maker `rwo`
  7 | focus: rwo
    |        ^^^  did you mean `row`?
2 problems; nothing was computed"""
    )


def test_a_section_that_stands_twice(said: Callable[..., str]) -> None:
    assert (
        said(BASE, options="row: {arm: }\n")
        == """\
situation.yaml:5:1: options: stands here and in options.yaml
  5 | options: {row: {arm: }, col: {arm: }}
    | ^^^^^^^  keep one of them
1 problem; nothing was computed"""
    )


def test_a_section_that_repeats_its_name(said: Callable[..., str]) -> None:
    assert (
        said(but(focus="row"), goals="goals:\n  - {id: g, test: not col.amr}\n")
        == """\
goals.yaml:1:1: goals: goals.yaml holds what stands below `goals:`
  1 | goals:
    | ^^^^^  leave out this line
goals.yaml:2:23: goals.1.test: unknown name `col.amr`
  2 |   - {id: g, test: not col.amr}
    |                       ^^^^^^^  did you mean `col.arm`?
2 problems; nothing was computed"""
    )


def test_all_files_that_are_not_yaml_are_named_at_once(said: Callable[..., str]) -> None:
    assert (
        said("id: [", goals="", claims="a: *b\n")
        == """\
claims.yaml:1:4: anchors and aliases are not used in cases
  1 | a: *b
    |    ^  write the value out, or quote text that begins with `&` or `*`
goals.yaml: the file is empty
situation.yaml:1:6: not YAML: did not find expected node content
  1 | id: [
    |      ^
3 problems; nothing was computed"""
    )


def test_a_file_with_nearly_the_name_of_a_section_is_not_silently_left_out(here: Path) -> None:
    (here / "situation.yaml").write_text(BASE)
    for name in ("claim.yaml", "goals.yml", "remarks.yaml", "situation.yml", "notes.txt"):
        (here / name).write_text("a: b\n")
    assert [str(warning) for warning in load("situation.yaml").warnings][:2] == [
        "claim.yaml: warning[unread_file]: is not read\n  did you mean `claims.yaml`?",
        "goals.yml: warning[unread_file]: is not read\n  did you mean `goals.yaml`?",
    ]


def test_of_very_many_faults_the_first_are_shown(said: Callable[..., str]) -> None:
    fields = "".join(f"unknown_{n}: 1\n" for n in range(300))
    message = said(BASE + fields)
    assert message.count("unknown field") == 50
    assert message.endswith("\n… and 250 more\n300 problems; nothing was computed")


def test_a_message_is_one_line_of_bounded_length(said: Callable[..., str]) -> None:
    head = said(BASE + f'"{"x" * 1_000}\\n\\u202e": 1\n').splitlines()[0]
    assert head == f"situation.yaml:7:1: unknown field `{'x' * 265}…"
