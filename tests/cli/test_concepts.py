"""Concepts asked for by name: which there are, in which order they come back, what is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import detente
from detente.case.concepts import CORE, FORESIGHT

if TYPE_CHECKING:
    from tests.cli.conftest import Run

DILEMMA, FURTHER = "fang/prisoners_dilemma", ("sseq", "sim", "fh_seq", "fh_smr", *FORESIGHT)


def test_concepts_come_back_in_the_order_asked(run: Run) -> None:
    asked = ("nm", "seq", "fh_smr", "l3", "sim", "nash", "sseq")
    result = run("stability", DILEMMA, "--concept", ",".join(asked), "--json")
    found = json.loads(result.stdout)
    assert tuple(found["stable"]) == tuple(found["equilibria"]) == asked
    assert found == detente.stability(detente.load(DILEMMA), asked).to_dict()
    assert set(found["foresight"]) == {"nm", "l3"}


def test_the_four_of_the_core_are_the_default(run: Run) -> None:
    found = json.loads(run("stability", DILEMMA, "--json").stdout)
    assert tuple(found["equilibria"]) == CORE
    assert "foresight" not in found


def test_all_further_concepts_are_shown_in_the_table_and_explained(run: Run) -> None:
    listed = run("stability", DILEMMA, "--concept", ",".join(FURTHER))
    assert listed.exit_code == 0
    assert "Fraser–Hipel (SEQ)" in listed.stdout
    assert "looking further than 2 moves ahead makes no difference" in listed.stdout
    told = run("explain", DILEMMA, "--state", "00", "--concept", ",".join(FURTHER))
    assert told.exit_code == 0
    assert "Then Column would answer 11: defect" in told.stdout


@pytest.mark.parametrize("command", ["stability", "explain"])
def test_an_unknown_concept_is_refused_with_those_there_are(run: Run, command: str) -> None:
    state = ["--state", "00"] if command == "explain" else []
    result = run(command, DILEMMA, *state, "--concept", "nash,l10")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no concept `l10`: one of nash, gmr, smr, seq, sseq, sim, fh_seq" in result.stderr
    assert "l1 to l9, nm" in result.stderr


def test_moves_at_the_same_time_are_refused_in_graph_form(run: Run) -> None:
    result = run("stability", "kilgour/elmira", "--concept", "sim")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "simultaneous sanctions are not defined in graph form" in result.stderr


def test_foresight_and_credible_final_sanctions_work_in_graph_form(run: Run) -> None:
    found = json.loads(
        run("stability", "kilgour/elmira", "--concept", "sseq,l1,nash", "--json").stdout
    )
    assert found["equilibria"]["l1"] == found["equilibria"]["nash"]
    assert len(found["equilibria"]["sseq"]) == 3
