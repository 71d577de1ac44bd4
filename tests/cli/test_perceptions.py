"""`detente perceptions`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run

CASE = "docs/how-to/perceived"


def test_games_stand_side_by_side(run: Run) -> None:
    shown = run("perceptions", CASE, "--concept", "seq")
    assert shown.exit_code == 0
    assert "North takes South to want something else." in shown.stdout
    rows = [line.split()[:5] for line in shown.stdout.splitlines()]
    assert ["00", "x", "x", "-", "-"] in rows
    assert ["10", "-", "x", "x", "-"] in rows
    assert ["11", "-", "-", "-", "x"] in rows


def test_surprises_corrections_and_signals_are_said(run: Run) -> None:
    said = " ".join(run("perceptions", CASE, "--concept", "seq").stdout.split())
    assert "At 10 North expects South to go to 11 (build strike forces); it would not." in said
    assert "North sees what South really wants SEQ equilibria 10 vanishes" in said
    assert "words that cost nothing: either type would say them" in said
    assert "one cost for both types separates above 0.6 and up to 1" in said
    assert "from 67% on there is trust without it" in said
    assert said.count("If it is believed:") == 1  # only what could be believed has an effect


def test_one_json_document(run: Run) -> None:
    found = json.loads(run("perceptions", CASE, "--json").stdout)
    assert (found["format"], found["actors"]) == ("detente.perceptions/1", ["north", "south"])
    assert (found["real"]["seq"], found["equilibria"]["seq"]) == (["00"], ["00", "10"])
    assert found["attained"] == {"nash": ["00"], "gmr": ["10"], "smr": ["10"], "seq": ["10"]}
    north = found["games"]["north"]
    assert (north["expected"]["seq"], north["in_vain"]["seq"]) == (["11"], ["11"])
    assert {"actor": "south", "from": "10", "to": "11"} in north["imagined"]
    (correction,) = found["corrections"]
    assert correction["pieces"] == [{"actor": "north", "kind": "preferences", "about": "south"}]
    assert (correction["vanish"]["seq"], correction["newly_attained"]["seq"]) == (["10"], ["00"])
    words, retaliation, restraint = found["signals"]
    assert words["outcomes"] == retaliation["outcomes"] == ["pooling_on_sending"]
    assert (words["sent"], words["is_free"]) == ([0.3, 0.3], True)
    assert (restraint["outcomes"], restraint["convinces"]) == (["separating"], True)
    assert restraint["believed"]["vanish"]["seq"] == ["10"]


def test_a_case_in_which_everybody_sees_everything_is_refused(run: Run) -> None:
    failed = run("perceptions", "fang/chicken")
    assert failed.exit_code == 2
    assert "has no `perceptions` and no `signals`" in failed.stderr


def test_an_actor_that_sees_no_state_is_named_with_its_options(run: Run, tmp_path: Path) -> None:
    text = Path(CASE, "situation.yaml").read_text(encoding="utf-8")
    text = text.replace(
        "    assumption: North has nothing", "    unaware: [south.strike]\n    assumption: N"
    )
    text += "infeasible: [{when: not south.strike, because: the test}]\n"
    (tmp_path / "situation.yaml").write_text(text.replace('"10"', '"11"'), encoding="utf-8")
    failed = run("perceptions", tmp_path)
    assert failed.exit_code == 2
    assert "who does not know of `south.strike` perceives no feasible state" in failed.stderr


def test_what_a_signal_does_before_it_is_believed(run: Run) -> None:
    said = " ".join(run("perceptions", "kim/first_strike", "--concept", "seq").stdout.split())
    assert "nobody can take it back, believed or not: SEQ attained 010;" in said
    found = json.loads(run("perceptions", "kim/first_strike", "--json").stdout)
    rule, restraint = (each["unbelieved"] for each in found["signals"][1:])
    assert {code[1] for code in rule["expected"]["gmr"]} == {"1"}
    assert {code[1] for code in restraint["expected"]["gmr"]} == {"2"}
