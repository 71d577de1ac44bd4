"""`detente breakeven`, `detente signposts`, `detente diff`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.futures.hinging import HINGING, kept_run, written

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return kept_run(tmp_path_factory.mktemp("kept"), HINGING, 500)


def plain(stdout: str) -> list[str]:
    """The lines, each without its indent and without gaps between columns."""
    return [" ".join(line.split()) for line in stdout.splitlines()]


def test_break_evens_of_a_case_say_what_flips_and_what_does_not(run: Run, tmp_path: Path) -> None:
    result = run("breakeven", written(tmp_path / "case"))
    assert result.exit_code == 0, result.stderr
    lines = plain(result.stdout)
    assert lines[1] == (
        "9 things changed one at a time in the nominal future; 7 of them flip an answer"
    )
    text = " ".join(lines)
    then = "recommendation stands; pressed contradicted"
    assert f"cost: 0.5 -> 0.7 % of GDP (20.0% of its range) {then}" in text
    assert f"prc.7 > prc.6 {then}" in text
    firm = lines.index("Nothing within the stated range")
    assert lines[firm + 1] == "idle, 1 pair of neighbouring statements"
    assert "Probabilities" not in result.stdout


def test_break_evens_of_a_run_have_its_probabilities_too(run: Run, kept: Path) -> None:
    result = run("breakeven", kept)
    assert result.exit_code == 0, result.stderr
    lines = plain(result.stdout)
    at = lines.index("Probabilities at which an answer flips, over 500 futures")
    assert lines[at + 1] == "probability of drawn flips at then"
    assert any(line.startswith("storm yes 0.3 ") for line in lines[at:])


def test_break_evens_as_json(run: Run, kept: Path) -> None:
    found = json.loads(run("breakeven", kept, "--steps", "10", "--json").stdout)
    assert found["format"] == "detente.breakeven/1"
    assert found["steps"] == 10
    assert found["futures"] == 500
    assert {each["factor"] for each in found["firm"]} == {"idle", "prc.1 > prc.6"}


def test_signposts_say_what_would_be_seen_and_what_it_turns(run: Run, kept: Path) -> None:
    result = run("signposts", kept)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines()[1] == "500 futures, lhs, seed 0"
    lines = plain(result.stdout)
    at = next(n for n, line in enumerate(lines) if "[storm]" in line and "24 months" in line)
    assert lines[at + 1].startswith("assumed -> contradicted pressed")  # told by prc.6, a means
    assert lines[at + 1].endswith("-> 0% of futures")
    due = [line for line in lines if "[base]" in line]
    assert due
    assert "due 2025-06-30" in due[0]


def test_signposts_as_json(run: Run, kept: Path) -> None:
    found = json.loads(run("signposts", kept, "--json").stdout)
    assert found["format"] == "detente.signposts/1"
    assert (found["futures"], found["worth"]) == (500, None)


def test_signposts_need_a_run(run: Run, tmp_path: Path) -> None:
    result = run("signposts", tmp_path)
    assert result.exit_code == 2
    assert "no run is kept here" in result.stderr


def test_a_diff_of_two_cases_says_what_changed_and_where(run: Run, tmp_path: Path) -> None:
    before = written(tmp_path / "before")
    after = written(tmp_path / "after", HINGING.replace("[0.2, 0.4]", "[0.5, 0.7]"))
    result = run("diff", before, after)
    assert result.exit_code == 0, result.stderr
    text = " ".join(plain(result.stdout))
    assert "1 claim of 2 changed" in text
    assert "before go; another is better; gives way: pressed" in text
    assert "after go; no other is better" in text
    assert "pressed supported -> contradicted 100% -> 0% apart" in text.replace(
        "assumed", "supported"
    )
    assert 'uncertainties.storm.probability: ["0.2", "0.4"] -> ["0.5", "0.7"]' in text
    assert "Run differently" not in text


def test_a_diff_of_the_same_says_nothing(run: Run, kept: Path) -> None:
    result = run("diff", kept, kept)
    assert result.exit_code == 0, result.stderr
    lines = plain(result.stdout)
    assert lines[1] == "no claim of 2 changed; both drew the same futures"
    assert lines[-2:] == ["In the case", "nothing"]


def test_a_diff_of_a_run_and_a_case_says_how_differently_they_were_run(
    run: Run, kept: Path, tmp_path: Path
) -> None:
    result = run("diff", written(tmp_path / "case"), kept)
    assert result.exit_code == 0, result.stderr
    assert "  futures: 1 -> 500\n" in result.stdout


def test_a_diff_as_json(run: Run, kept: Path) -> None:
    found = json.loads(run("diff", kept, kept, "--json").stdout)
    assert found["format"] == "detente.diff/1"
    assert (found["claims"], found["case"], found["paired"]) == ([], [], True)


def test_a_diff_of_nothing_is_refused(run: Run) -> None:
    result = run("diff", "fang/chicken", "fang/chickens")
    assert result.exit_code == 2
    assert "did you mean `fang/chicken`?" in result.stderr
