"""`detente capabilities`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run
from tests.network.test_crosswalk import CASE


def test_paths_that_come_to_the_same_stand_together(run: Run, tmp_path: Path) -> None:
    twice = CASE + "  again: {row.join: yes}\n"
    (tmp_path / "situation.yaml").write_text(twice, encoding="utf-8")
    shown = run("capabilities", tmp_path)
    assert shown.exit_code == 0
    assert "  watch: Watch\n    club  radar, sonar\n    late  radar\n" in shown.stdout
    assert "  enter, again\n    with club:row: radar, sonar in addition\n" in shown.stdout
    assert "no longer ships" in shown.stdout
    assert "tasks in addition: watch" in shown.stdout


def test_long_labels_leave_room_for_what_serves_the_task(run: Run, tmp_path: Path) -> None:
    long = CASE.replace("label: Watch", f"label: {'Watch the sky ' * 8}")
    (tmp_path / "situation.yaml").write_text(long, encoding="utf-8")
    assert "    club  radar, sonar\n    late  radar\n" in run("capabilities", tmp_path).stdout


def test_one_json_document_for_a_day(run: Run, tmp_path: Path) -> None:
    (tmp_path / "situation.yaml").write_text(CASE, encoding="utf-8")
    found = json.loads(run("capabilities", tmp_path, "--as-of", "2025-06-01", "--json").stdout)
    assert (found["format"], found["as_of"]) == ("detente.capabilities/1", "2025-06-01")
    assert found["paths"][0]["reached"] == ["radar", "ships", "own"]


def test_a_day_that_is_none_is_refused(run: Run, tmp_path: Path) -> None:
    failed = run("capabilities", tmp_path, "--as-of", "16.4.2024")
    assert failed.exit_code == 2
    assert "`16.4.2024` is no day like 2024-04-16" in failed.stderr
