"""What people see: 80 columns, no colour, one line where one line was promised."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from detente import catalogue
from detente.brief.words import printable
from tests.brief.argued import ARGUED

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

CRISIS = "fraser/cuban_missile_crisis"


@pytest.mark.parametrize(
    "arguments",
    [
        ["stability", "fraser/garrison"],
        ["stability", CRISIS],
        ["explain", "hipel/elmira", "--state", "110"],
        ["explain", CRISIS, "--state", "0110"],
        ["preferences", CRISIS, "--actor", "us"],
        ["preferences", CRISIS, "--actor", "us", "--compare", "0110", "0000"],
        ["run", CRISIS],
    ],
)
def test_lines_fit_80_columns_without_colour_or_trailing_blanks(
    run: Run, arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line for line in lines if cell_len(line) > 80] == []
    assert [line for line in lines if line != line.rstrip()] == []
    assert "\x1b" not in result.stdout


def test_the_catalogue_is_one_line_a_case_id_first(run: Run) -> None:
    lines = run("catalogue").stdout.splitlines()
    assert [line.split(maxsplit=1)[0] for line in lines] == list(catalogue.ids())
    titles = [entry.title for entry in catalogue.catalogue()]
    assert [line.split(maxsplit=1)[1] for line in lines] == titles


def test_codes_and_ids_are_never_cut(run: Run) -> None:
    result = run("stability", "fraser/garrison")
    rows = result.stdout.partition("state ")[2].splitlines()[1:]
    codes = [row.split()[0] for row in rows if re.match(r"[01]{9} ", row)]
    assert len(codes) == 15
    assert "…" not in "".join(codes)


def test_a_long_list_is_capped_and_says_how_many_more(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("detente.cli.stability.SHOWN", 4)
    result = run("stability", "fraser/garrison")
    assert "… and 11 more: --json --equilibria lists all of them" in result.stdout


def test_a_concept_without_equilibria_says_so(run: Run) -> None:
    lines = run("stability", CRISIS).stdout.splitlines()
    assert "Nash  none: no state is stable for every actor" in lines
    alone = run("stability", CRISIS, "--concept", "nash").stdout
    assert alone.endswith("none: no state is stable for every actor\n")


def test_run_tells_in_the_order_in_which_it_should_be_read(
    run: Run, argued: Path, tmp_path: Path
) -> None:
    shown = run("run", argued, "--out", tmp_path).stdout
    parts = [
        "Should South let its ally build a base?",
        "\nRecommendation\n",
        "\nFindings nobody typed in\n",
        "\nClaims: verdict, place, claim, what it hinges on\n",
        "\nStable outcomes, nobody committed\n",
        "\nThe brief\n",
    ]
    places = [shown.index(part) for part in parts]
    assert places == sorted(places)


def test_each_claim_is_one_line_with_its_verdict_place_and_hinges(
    run: Run, argued: Path, tmp_path: Path
) -> None:
    shown = run("run", argued, "--out", tmp_path).stdout
    lines = shown.partition("Claims: ")[2].partition("Stable outcomes")[0].splitlines()[1:]
    claims = [re.split(r"\s{2,}", line.strip()) for line in lines if "  II." in line]
    assert len(claims) == 8
    assert claims[0] == ["assumed", "II.1", "If South hosts the base, North protests", "[north.1]"]
    assert claims[7] == ["untested", "II.8", "A state should not bow"]
    assert "  3 supported, 3 contradicted, 1 assumed, 1 untested" in lines


def test_warnings_are_brief_and_on_stderr(run: Run, argued: Path) -> None:
    result = run("stability", argued)
    coupled, own, count = result.stderr.splitlines()
    assert re.match(r"situation\.yaml:\d+: coupled_actors: couples options of north and", coupled)
    assert re.match(r"situation\.yaml:\d+: own_instrument_as_end: ", own)
    assert count == f"2 warnings: `detente check {argued}` shows them in full"
    assert "warning" not in result.stdout


HOLED = """\
detente: 1
id: holed
title: Somebody must arm
actors: {row: {}, col: {}}
options: {row: {arm: {}}, col: {arm: {}}}
infeasible: [{when: not row.arm and not col.arm}]
preferences: {row: [{prefer: row.arm}], col: [{prefer: col.arm}]}
"""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([CRISIS, "--state", "0110"], "  0100  United States: blockade Cuba"),
        (["fang/chicken", "--state", "00"], "  this is the status quo"),
        (["hipel/elmira", "--state", "110"], "  no sequence of unilateral improvements leads here"),
        (["HOLED", "--state", "11"], "  the status quo is infeasible, so nothing starts there"),
    ],
)
def test_explain_says_how_an_equilibrium_is_reached(
    run: Run, tmp_path: Path, arguments: list[str], said: str
) -> None:
    (tmp_path / "situation.yaml").write_text(HOLED, encoding="utf-8")
    path, *rest = arguments
    shown = run("explain", tmp_path if path == "HOLED" else path, *rest).stdout
    assert said in shown.partition("\nFrom the status quo\n")[2].splitlines()


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A case whose every word tries to command the terminal."""
    command = r"\e]0;owned\a\e[2J[bold red]\u202e{}"
    case = ARGUED
    for said in ("host the base", "protest", "An offer of talks is accepted", "talk with North"):
        case = re.sub(rf"{said}(?=[,}}\n])", f'"{command.format(said)}"'.replace("\\", r"\\"), case)
    case = re.sub(r"name: (\w+)", r'name: "\\e[2J\1"', case)
    case = case.replace("title: Should", r'title: "\e[2JShould').replace("a base?", r'a base?\a"')
    (tmp_path / "situation.yaml").write_text(case, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "CASE"],
        ["stability", "CASE"],
        ["explain", "CASE", "--state", "10100"],
        ["preferences", "CASE", "--actor", "south"],
        ["run", "CASE", "--out", "OUT"],
    ],
)
def test_a_case_cannot_command_the_terminal(
    run: Run, hostile: Path, tmp_path: Path, arguments: list[str]
) -> None:
    places = {"CASE": hostile, "OUT": tmp_path / "out"}
    result = run(*(places.get(each, each) for each in arguments))
    assert result.exit_code == 0
    assert printable(result.output) == result.output
    shown = "".join(result.stdout.split())
    assert "owned[2J[boldred]" in shown or arguments[0] == "check"


def test_an_error_cannot_command_the_terminal(run: Run, tmp_path: Path) -> None:
    (tmp_path / "situation.yaml").write_text('"\\e[2Jsurprise": 1\n', encoding="utf-8")
    result = run("check", tmp_path)
    assert result.exit_code == 2
    assert printable(result.output) == result.output
