"""What if: changes on the command line and overlays, shown beside the case as it was."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from detente import load, stability
from detente.conflict.compared import compared

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

CRISIS = "fraser/cuban_missile_crisis"


def test_a_frozen_option_is_shown_with_what_came_and_went(run: Run) -> None:
    said = run("stability", "fang/prisoners_dilemma", "--freeze", "row.defect=no").output
    assert "2 feasible states" in said
    assert "Beside the case as it was" in said
    assert "−11" in said
    assert "+01" in said


def test_the_json_of_a_changed_case_says_what_differs(run: Run) -> None:
    asked = ("stability", "fang/prisoners_dilemma", "--drop-actor", "row", "--json")
    found = json.loads(run(*asked, "--concept", "nash").output)
    assert found["equilibria"] == {"nash": ["01"]}
    assert found["compared"] == {"nash": {"vanished": ["11"], "appeared": ["01"], "kept": 0}}


def test_the_json_of_an_unchanged_case_does_not(run: Run) -> None:
    assert "compared" not in json.loads(run("stability", CRISIS, "--json").output)


def test_a_statement_is_dropped_or_rewritten_by_its_id(run: Run) -> None:
    dropped = run("stability", CRISIS, "--drop", "us.3", "--json", "--equilibria").stdout
    changes = [{"drop": "us.3"}]
    assert (
        json.loads(dropped)["equilibria"]
        == stability(load(CRISIS, changes=changes)).to_dict(stable=False)["equilibria"]
    )
    rewritten = run(
        "stability", CRISIS, "--set", "us.3=us.blockade == no", "--json", "--equilibria"
    )
    anew = load(CRISIS, changes=[{"set": "us.3", "to": "us.blockade == no"}])
    found = json.loads(rewritten.stdout)
    assert found["equilibria"] == stability(anew).to_dict(stable=False)["equilibria"]
    assert found["equilibria"] != stability(load(CRISIS)).to_dict(stable=False)["equilibria"]


def test_an_overlay_is_shown_beside_its_base(run: Run, tmp_path: Path) -> None:
    text = "overlay: 1\nbase: fang/prisoners_dilemma\nchanges: [{freeze: {row.defect: no}}]\n"
    (tmp_path / "overlay.yaml").write_text(text, encoding="utf-8")
    assert "−11" in run("stability", str(tmp_path)).output


def test_faults_of_the_changes_are_said_in_their_terms(run: Run) -> None:
    wrong = run("stability", CRISIS, "--drop", "us.33")
    assert wrong.exit_code == 2
    assert "`us.33` is not there" in wrong.stderr
    wrong = run("stability", CRISIS, "--freeze", "us.blockade")
    assert wrong.exit_code == 2
    assert "is not of the form OPTION=LEVEL" in wrong.stderr


def test_states_are_compared_by_the_options_that_both_cases_have(tmp_path: Path) -> None:
    """An option that is new and moves nothing doubles the equilibria, and none comes or goes."""
    text = (
        "overlay: 1\nbase: fang/chicken\nchanges:\n"
        "  - {set: options.row.wave, to: {}}\n"
        "  - {set: preferences.row, to: [{prefer: not column.drive_on}, {prefer: row.drive_on}]}\n"
        "  - {set: preferences.column, to: [{prefer: not row.drive_on}]}\n"
    )
    (tmp_path / "wave.yaml").write_text(text, encoding="utf-8")
    wider = load(tmp_path / "wave.yaml")
    narrow = load(
        "fang/chicken",
        changes=[
            {"set": f"preferences.{actor}", "to": [{"prefer": wish} for wish in wishes]}
            for actor, wishes in {
                "row": ["not column.drive_on", "row.drive_on"],
                "column": ["not row.drive_on"],
            }.items()
        ],
    )
    before, after = (stability(each, ["nash"]) for each in (narrow, wider))
    change = compared(before, after)["nash"]
    assert (change.vanished, change.appeared) == ((), ())
    assert change.kept == 2 * len(before.equilibria("nash")) > 0


def test_what_matters_is_written_as_a_figure(run: Run, tmp_path: Path) -> None:
    found = run("influence", CRISIS, "--concept", "nash,seq", "--out", str(tmp_path))
    assert found.exit_code == 0
    assert "Without one statement" in found.output
    specification = json.loads((tmp_path / "influence.vl.json").read_text(encoding="utf-8"))
    assert specification["title"]["text"] == "What the equilibria depend on"


def test_what_matters_as_json(run: Run) -> None:
    found = json.loads(run("influence", CRISIS, "--of", "actors", "--json").output)
    assert found["format"] == "detente.influence/1"
    assert [each["id"] for each in found["without"]] == ["us", "ussr"]
