"""`detente sources`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.case.test_sourcing import CASE
from tests.cli.conftest import Run


def test_it_shows_what_rests_on_what(run: Run, tmp_path: Path) -> None:
    (tmp_path / "situation.yaml").write_text(CASE, encoding="utf-8")
    shown = run("sources", tmp_path)
    assert shown.exit_code == 0
    for words in (
        "memo    6 items: actors.row, commitments.pledge",
        "unread  nothing cites it",
        "memo: 2 of 3 places cited",
        "nothing cites p. 2",
        "Neither evidence nor an assumption: 1 item",
        "many: the argument says 20",
        "14 to 16  memo",
        "“A memo.” 2024. January.",
    ):
        assert words in shown.stdout


def test_one_json_document(run: Run, tmp_path: Path) -> None:
    (tmp_path / "situation.yaml").write_text(CASE, encoding="utf-8")
    assert json.loads(run("sources", tmp_path, "--json").stdout)["format"] == "detente.sources/1"


def test_files_for_reference_managers(run: Run, tmp_path: Path) -> None:
    csl, bib = tmp_path / "a.json", tmp_path / "a.bib"
    assert run("sources", "hipel/elmira", "--csl", csl, "--bibtex", bib).exit_code == 0
    assert [item["id"] for item in json.loads(csl.read_text("utf-8"))] == [
        "hipel1993",
        "kilgour2001",
    ]
    assert bib.read_text("utf-8").count("\n  author = ") == 2


def test_only_the_references(run: Run) -> None:
    shown = run("sources", "hipel/elmira", "--references").stdout
    assert shown.strip().startswith("References\n  Hipel, Keith W., Liping Fang")


def test_a_file_that_cannot_be_written_is_said(run: Run, tmp_path: Path) -> None:
    failed = run("sources", "hipel/elmira", "--csl", tmp_path / "no" / "a.json")
    assert failed.exit_code == 2
    assert "a.json: cannot be written: No such file or directory" in failed.stderr
