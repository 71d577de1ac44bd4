"""What a run leaves in its folder."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import detente
import detente.brief.files
from detente.brief.files import write
from detente.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from detente.brief.document import Document
    from detente.claims import Report

FILES = ["brief.html", "brief.md", "claims.json"]


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_three_files_in_a_folder_that_is_made(report: Report, tmp_path: Path) -> None:
    files = write(report, tmp_path / "a" / "b")
    assert [file.name for file in files] == ["claims.json", "brief.html", "brief.md"]
    assert names(tmp_path / "a" / "b") == FILES
    assert json.loads(files[0].read_text()) == report.to_dict()


def test_writing_twice_changes_nothing(report: Report, tmp_path: Path) -> None:
    before = [file.read_bytes() for file in write(report, tmp_path)]
    assert [file.read_bytes() for file in write(report, tmp_path)] == before
    assert names(tmp_path) == FILES


def test_nothing_of_the_machine_is_written(report: Report, tmp_path: Path) -> None:
    for file in write(report, tmp_path):
        assert str(tmp_path) not in file.read_text()
        assert str(report.situation.path) not in file.read_text()


def test_a_file_where_the_folder_should_be(report: Report, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(InputError, match="out: cannot be written: File exists"):
        write(report, tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"


def test_a_full_disk_leaves_what_was_finished_and_no_half_file(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_document: Document) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(detente.brief.files, "to_html", full)
    with pytest.raises(InputError, match="cannot be written: No space left on device"):
        write(report, tmp_path)
    assert names(tmp_path) == ["claims.json"]


def test_a_file_that_cannot_be_put_in_place_leaves_nothing_beside_it(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_file: Path, _target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "claims.json").write_text("as it was")
    monkeypatch.setattr("pathlib.Path.replace", refused)
    with pytest.raises(InputError, match="cannot be written: Permission denied"):
        write(report, tmp_path)
    assert names(tmp_path) == ["claims.json"]
    assert (tmp_path / "claims.json").read_text() == "as it was"


def test_run_writes_where_it_is_told_and_takes_a_situation(report: Report, tmp_path: Path) -> None:
    again = detente.run(report.situation, out=tmp_path / "out")
    assert again.to_dict() == report.to_dict()
    assert names(tmp_path / "out") == FILES


def test_the_package_has_what_it_lists_and_nothing_else() -> None:
    assert {*detente.__all__} <= {*dir(detente)}
    with pytest.raises(AttributeError, match="no attribute 'missing'"):
        detente.missing  # noqa: B018
