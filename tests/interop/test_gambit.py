"""Games in Gambit's files: written as Gambit writes them, read exactly, refused where unsound.

What Gambit and QuantEcon say is asked of them where they are installed: Gambit in a process of its
own, by the interpreter that `DETENTE_GAMBIT` names or this one.
"""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import yaml

from detente.brief.cardinal import efg, nfg
from detente.case import load
from detente.conflict.model import conflict
from detente.conflict.stability import equilibria, stability
from detente.conflict.strategic import pure_equilibria, strategic_form
from detente.errors import CannotAnswer, InputError
from detente.interop.gambit import gambit_to_yaml, to_efg, to_nfg
from detente.interop.gambit_file import read_gambit
from detente.interop.gambit_solver import INTERPRETER, estimate, solve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from detente.interop.gambit_file import Game
    from tests.cli.conftest import Run

REVERSIBLE = ("fang/prisoners_dilemma", "fang/chicken")


@pytest.fixture
def run() -> Run:
    from click.testing import CliRunner

    from detente.cli.main import main

    return lambda *arguments: CliRunner().invoke(main, list(map(str, arguments)))


def read(folder: Path, name: str, text: str) -> Game:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return read_gambit(file)


def drawn(many: int) -> Iterator[tuple[list[list[str]], NDArray[np.float64]]]:
    """Random games of two to four players, half of them with many ties."""
    for seed in range(many):
        rng = np.random.default_rng(seed)
        shape = rng.integers(1, 4, rng.integers(2, 5)).tolist()
        highest = 3 if seed % 2 else 50
        payoffs = rng.integers(-2, highest, (len(shape), *shape)).astype(np.float64)
        yield [[f"s{k}" for k in range(n)] for n in shape], payoffs / (1 + seed % 3)


def literal(payoffs: NDArray[np.float64]) -> set[tuple[int, ...]]:
    """The profiles in which nobody gains by another strategy, one by one."""
    shape = payoffs.shape[1:]
    return {
        at
        for at in product(*map(range, shape))
        if all(
            payoffs[(player, *at[:player], other, *at[player + 1 :])] <= payoffs[(player, *at)]
            for player in range(len(shape))
            for other in range(shape[player])
        )
    }


def pure(payoffs: NDArray[np.float64]) -> set[tuple[int, ...]]:
    return {tuple(map(int, at)) for at in np.argwhere(pure_equilibria(payoffs))}


# --------------------------------------------------------------------------------- strategic form


def test_pure_equilibria_are_those_of_the_definition() -> None:
    for _, payoffs in drawn(300):
        assert pure(payoffs) == literal(payoffs)


@pytest.mark.parametrize("case", REVERSIBLE)
def test_where_everything_can_be_taken_back_they_are_the_nash_equilibria(case: str) -> None:
    situation = load(case)
    model = conflict(situation)
    found = strategic_form(situation).pure().tolist()
    assert found == np.flatnonzero(equilibria(model, "nash")).tolist()


def test_a_utility_with_a_unit_is_paid_and_nothing_else_is(write: Any) -> None:
    form = strategic_form(
        load(
            write(
                """
detente: 1
id: trade
title: Trade
actors: {a: {name: A}, b: {name: B}}
options: {a: {open: {label: open}}, b: {open: {label: open}}}
preferences:
  a: {utility: "2.5*a.open + b.open/3", unit: bn USD, assumption: made up}
  b: {utility: "a.open - b.open", assumption: made up}
"""
            )
        )
    )
    assert form.units == ("bn USD", None)
    assert form.payoffs[0].tolist() == [[0, 0.333333333333], [2.5, 2.83333333333]]
    assert form.payoffs[1].tolist() == [[1, 0], [2, 1]]  # places: -1, 0 and 1 are three classes


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def write(text: str) -> Path:
        (tmp_path / "situation.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_what_has_no_strategic_form_is_refused(write: Any) -> None:
    case = """
detente: 1
id: roads
title: Roads
actors: {a: {name: A}, b: {name: B}}
options: {a: {go: {label: go}}, b: {go: {label: go}}}
infeasible: [{when: a.go and b.go, assumption: one lane}]
preferences: {a: [{prefer: a.go, assumption: x}], b: [{prefer: b.go, assumption: x}]}
"""
    with pytest.raises(CannotAnswer, match="1 of 4 profiles are infeasible, such as 11"):
        strategic_form(load(write(case)))
    listed = case.replace(
        "infeasible: [{when: a.go and b.go, assumption: one lane}]", "one_step: [a]"
    )
    with pytest.raises(CannotAnswer, match="moves are written out"):
        strategic_form(load(write(listed)))


# ---------------------------------------------------------------------------------------- reading


NFG = """NFG 1 R "A \\"small\\" game" { "Row 1" "Col" }
{ 2 { "left" "and" } }
"note"
1/2 0, 4 1, 0.25 -4 1e1 2
"""


def test_payoffs_are_read_exactly_the_first_player_fastest(tmp_path: Path) -> None:
    game = read(tmp_path, "a.nfg", NFG)
    assert (game.title, game.players) == ('A "small" game', ("Row 1", "Col"))
    assert [option.levels for option in game.options] == [("1", "2"), ("left", "and")]
    assert [[str(each) for each in row] for row in game.payoffs[0]] == [["1/2", "1/4"], ["4", "10"]]
    assert [[str(each) for each in row] for row in game.payoffs[1]] == [["0", "-4"], ["1", "2"]]


def test_outcomes_are_looked_up_and_number_none_pays_nothing(tmp_path: Path) -> None:
    text = 'NFG 1 R "" { "a" "b" } { { "x" "y" } { "z" } } { { "" 3, 1 } } 0 1'
    game = read(tmp_path, "a.nfg", text)
    assert game.payoffs.astype(float).tolist() == [[[0], [3]], [[0], [1]]]


TREE = """EFG 2 R "Cards" { "Ann" "Ben" }
"Ann sees whether luck was good; Ben does not"
c "" 1 "" { "good" 1/3 "bad" 2/3 } 0
p "" 1 1 "lucky" { "raise" "pass" } 0
p "" 2 1 "" { "meet" "fold" } 0
t "" 1 "" { 2, -2 }
t "" 2 "" { 1, -1 }
t "" 3 "" { 1, -1 }
p "" 1 2 "unlucky" { "raise" "pass" } 0
p "" 2 1 0
t "" 4 "" { -2, 2 }
t "" 2
t "" 5 "" { -1, 1 }
"""


def test_a_tree_becomes_an_option_for_each_information_set(tmp_path: Path) -> None:
    """Stripped-down poker: expected payoffs by hand."""
    game = read(tmp_path, "a.efg", TREE)
    assert [(option.player, option.name) for option in game.options] == [
        (0, "lucky"),
        (1, "set_1"),
        (0, "unlucky"),
    ]
    ann = {
        "".join(str(at) for at in profile): str(game.payoffs[(0, *profile)])
        for profile in product(range(2), repeat=3)
    }
    # lucky, met, unlucky: raise against meet wins 2 in a third and loses 2 in two thirds
    assert ann == {
        "000": "-2/3",
        "001": "0",
        "010": "1",
        "011": "-1/3",
        "100": "-1",
        "101": "-1/3",
        "110": "1",
        "111": "-1/3",
    }
    assert (game.payoffs[0] + game.payoffs[1] == 0).all()


def test_what_is_imported_is_a_case(tmp_path: Path) -> None:
    for name, text, options in (("a.nfg", NFG, 2), ("b.efg", TREE, 3)):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        folder = tmp_path / name[0]
        folder.mkdir()
        (folder / "situation.yaml").write_text(gambit_to_yaml(file), encoding="utf-8")
        assert len(load(folder).options) == options
    values = yaml.safe_load(gambit_to_yaml(tmp_path / "a.nfg"))
    assert values["options"]["col"]["strategy"]["levels"] == {"left": "left", "and_2": "and"}
    assert values["preferences"]["row_1"]["ranking"] == ["11", "10", "00", "01"]


def test_a_game_written_and_read_settles_alike(tmp_path: Path) -> None:
    for seed, (strategies, payoffs) in enumerate(drawn(25)):
        players = [f"p{k}" for k in range(len(strategies))]
        found = []
        for write, ending in ((to_nfg, "nfg"), (to_efg, "efg")):
            file = tmp_path / f"game{seed}.{ending}"
            file.write_text(write("", "", players, strategies, payoffs), encoding="utf-8")
            folder = tmp_path / f"{seed}{ending}"
            folder.mkdir()
            (folder / "situation.yaml").write_text(gambit_to_yaml(file), encoding="utf-8")
            found.append(stability(load(folder)).to_dict()["equilibria"])
        assert found[0] == found[1]
        codes = {"".join(map(str, at)) for at in literal(payoffs)}
        assert set(found[0]["nash"]) == codes


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file ends too soon"),
        ("XML", "begins with neither NFG nor EFG"),
        ('NFG 3 R "" { }', "is not a version that is read"),
        ('NFG 1 R "" { "a" }\n{ 2 2 }\n1 2 3 4', ":2: 1 players, strategies of 2"),
        ('NFG 1 R "" { "a" "b" } { 2 2 } 1 2 3', "ends too soon"),
        ('NFG 1 R "" { "a" "b" } { 2 2 }\n1 two 3', ":2: `two` is no number"),
        ('NFG 1 R "" { "a" } { 1 } 1/0', "is no number"),
        ('NFG 1 R "" { "a" } { 1 } 1e99999999', "is no number"),
        ('NFG 1 R "" { "a" } { 999999999999 } 1', "an option has 1 to 36 levels"),
        ('NFG 1 R "" { "a" "b" "c" "d" } { 36 36 36 36 } 1', "1,679,616 profiles"),
        ('NFG 1 R "" { "a" "b" } { 1 1 } { { "" 1 } } 1', "does not pay 2 players"),
        ('EFG 2 R "" { "a" } x "" 1', "`x` is no node"),
        ('EFG 2 R "" { "a" } p "" 2 1 "" { "l" } 0', "there is no player 2"),
        ('EFG 2 R "" { "a" } p "" 1 1 0', "an information set without actions"),
        ('EFG 2 R "" { "a" } c "" 1 "" { "l" 1/3 } 0', "do not sum to one"),
        ('EFG 2 R "" { "a" } t "" 1 "" { 1 } t "" 1', "more nodes than the tree has branches"),
        ('EFG 2 R "" { "a" } t "" 7', "does not pay 1 players"),
    ],
)
def test_unsound_files_are_refused_with_their_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError) as error:
        read(tmp_path, "a.nfg", text)
    assert said in str(error.value)
    assert str(error.value).startswith(str(tmp_path / "a.nfg"))


def test_a_tree_as_deep_as_a_file_allows_is_no_burden(tmp_path: Path) -> None:
    nodes = 'p "" 1 1 "" { "on" } 0\n' * 5_000
    game = read(tmp_path, "a.efg", f'EFG 2 R "" {{ "a" }}\n{nodes}t "" 1 "" {{ 3 }}')
    assert game.payoffs.astype(float).tolist() == [[3]]


# ----------------------------------------------------------------------------------------- others


BYTES = """
import io, json, sys, pygambit
asked = json.load(sys.stdin)
kinds = {"nfg": (pygambit.read_nfg, "to_nfg"), "efg": (pygambit.read_efg, "to_efg")}
back = []
for kind, text in asked:
    read, write = kinds[kind]
    back.append(getattr(read(io.StringIO(text)), write)())
json.dump(back, sys.stdout)
"""


@pytest.fixture(scope="module")
def gambit() -> str:
    """An interpreter that has pygambit."""
    python = os.environ.get(INTERPRETER) or sys.executable
    code = "import pygambit, sys; sys.exit(not pygambit.__version__.startswith('17.'))"
    if subprocess.run([python, "-c", code], capture_output=True, check=False).returncode:
        pytest.skip(f"pygambit 17 is not installed here, nor does {INTERPRETER} name where it is")
    return python


def test_gambit_writes_back_what_it_reads(gambit: str) -> None:
    files = [
        (kind, write(load(case), strategic_form(load(case))))
        for case in ("fang/prisoners_dilemma", "fang/chicken", "hipel/elmira")
        for kind, write in (("nfg", nfg), ("efg", efg))
    ]
    for strategies, payoffs in drawn(20):
        players = [f"p{k}" for k in range(len(strategies))]
        files.append(("nfg", to_nfg("t", "c", players, strategies, payoffs)))
        files.append(("efg", to_efg("t", "c", players, strategies, payoffs)))
    done = subprocess.run(
        [gambit, "-c", BYTES], input=json.dumps(files), capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == [text for _, text in files]


@pytest.mark.usefixtures("gambit")
def test_gambit_finds_the_same_pure_equilibria() -> None:
    for strategies, payoffs in drawn(6):
        players = [f"p{k}" for k in range(len(strategies))]
        found = solve(to_nfg("", "", players, strategies, payoffs), strategies, "pure")
        profiles = {tuple(own.index(max(own)) for own in profile) for profile in found.profiles}
        assert profiles == pure(payoffs)


@pytest.mark.usefixtures("gambit")
def test_gambit_mixes_as_theory_says() -> None:
    """Matching pennies; and the logit of a dominant strategy worth one more: 1 / (1 + 1/e)."""
    pennies = np.array([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]], dtype=np.float64)
    names = [["h", "t"], ["h", "t"]]
    mixed = solve(to_nfg("", "", ["a", "b"], names, pennies), names, "mixed")
    assert np.array(mixed.profiles) == pytest.approx(np.full((1, 2, 2), 0.5))
    dilemma = strategic_form(load("fang/prisoners_dilemma"))
    text = nfg(load("fang/prisoners_dilemma"), dilemma)
    logit = solve(text, dilemma.strategies, "logit", rationality=1.0)
    assert logit.profiles[0][0][1] == pytest.approx(1 / (1 + np.exp(-1)))


def test_quantecon_finds_the_same_pure_equilibria() -> None:
    theory = pytest.importorskip(
        "quantecon.game_theory", reason="QuantEcon is not installed: a second opinion only"
    )
    for _, payoffs in drawn(40):
        count = len(payoffs)
        # A player's own strategy comes first there, those of the next players after it.
        own = [
            np.transpose(payoffs[k], [(k + n) % count for n in range(count)]) for k in range(count)
        ]
        game = theory.NormalFormGame([theory.Player(each.copy()) for each in own])
        assert set(theory.pure_nash_brute(game)) == pure(payoffs)


# --------------------------------------------------------------------------------------- commands


def stand_in(folder: Path, script: str) -> str:
    """Something to be started in place of an interpreter."""
    file = folder / "python"
    file.write_text(f"#!/bin/sh\ncat > /dev/null\n{script}\n", encoding="utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return str(file)


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("exit 42", "Gambit is not installed"),
        ("echo oh no >&2; exit 3", "Gambit gave up: oh no"),
    ],
)
def test_gambit_that_does_not_answer_is_no_crash(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, said: str
) -> None:
    monkeypatch.setenv(INTERPRETER, stand_in(tmp_path, script))
    result = run("gambit", "fang/prisoners_dilemma", "--mixed")
    assert result.exit_code == 3
    assert said in result.stderr


def test_what_gambit_finds_is_shown(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = {"version": "17", "method": "enummixed", "profiles": [[[0.25, 0.75], [1.0, 0.0]]]}
    monkeypatch.setenv(INTERPRETER, stand_in(tmp_path, f"echo '{json.dumps(answer)}'"))
    result = run("gambit", "fang/prisoners_dilemma", "--mixed")
    assert result.exit_code == 0, result.stderr
    assert "1 equilibrium by Gambit 17 (enummixed)" in result.stdout
    assert "  Row     75.0% yes; 25.0% no" in result.stdout.splitlines()


def test_a_large_game_is_refused_before_gambit_is_asked() -> None:
    strategies = [[str(k) for k in range(8)]] * 6
    assert estimate(6 * 8**6) == pytest.approx(31.5, abs=0.1)
    with pytest.raises(CannotAnswer, match="would take about 31 seconds for 1,572,864 payoffs"):
        solve("", strategies, "mixed", patience=20)


def test_a_case_is_exported_and_comes_back(run: Run, tmp_path: Path) -> None:
    for ending in ("nfg", "efg"):
        file = tmp_path / f"dilemma.{ending}"
        assert run("export", "fang/prisoners_dilemma", file).exit_code == 0
        assert run("export", "fang/prisoners_dilemma", file).exit_code == 2  # not overwritten
        case = tmp_path / ending
        case.mkdir()
        result = run("import", file, "-o", case / "situation.yaml")
        assert result.exit_code == 0, result.stderr
        before, after = (
            stability(load(each)).to_dict()["equilibria"]
            for each in ("fang/prisoners_dilemma", case)
        )
        assert before == after


def test_orders_and_payoffs_are_told_apart(run: Run) -> None:
    found = json.loads(run("gambit", "hipel/elmira", "--json").stdout)
    assert found["format"] == "detente.gambit/1"
    assert found["pure"] == ["001"]
    assert found["nash"] == ["001", "020", "021", "111", "120", "121"]
    assert found["one_way"] == ["ministry.modify", "uniroyal.answer"]
    said = " ".join(run("gambit", "hipel/elmira").stdout.split())
    assert "cannot be taken back" in said
    assert "Places in a ranking are none" in said
