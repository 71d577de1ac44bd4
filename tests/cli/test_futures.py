"""`detente run` over many futures, and `detente export`."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pandas as pd
import pytest

from detente.cli import progress
from detente.futures.judging import once
from tests.cli.conftest import Run

CASE = """\
detente: 1
id: rainy
title: Is it answered?
focus: ours
actors: {ours: {}, theirs: {}}
options:
  ours: {go: {}}
  theirs: {answer: {}}
uncertainties:
  rain: {kind: event, probability: 0.7, says: it rains}
preferences:
  theirs:
    - {prefer: theirs.answer, role: end, when: rain}
sources: {note: {type: report, title: A note}}
claims:
  answered:
    says: They answer
    modality: likely
    evidence: [{source: note, at: I.1}]
    test: {commit: {ours.go: yes}, expect: theirs.answer}
"""
ASKED = ("--futures", "40", "--varied", "2", "--workers", "1", "--concepts", "nash")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rainy")
    (folder / "situation.yaml").write_text(CASE, encoding="utf-8")
    return folder


def test_run_shows_shares_with_their_intervals_and_what_they_hinge_on(
    run: Run, case: Path, tmp_path: Path
) -> None:
    lines = run("run", case, *ASKED, "--seed", "5", "--out", tmp_path).stdout.splitlines()
    assert lines[1] == "40 futures (lhs, seed 5)"
    heading = "Claims: verdict, share of futures (95 % interval), place, claim, what it hinges on"
    first = lines[lines.index(heading) + 1]
    assert first.startswith("  contingent    ")
    assert "%" in first
    assert "They answer" in first
    assert first.endswith("[rain: no]")
    said = " ".join(" ".join(lines).split())
    assert "No verdict waits for more futures. The widest interval of a share spans" in said
    assert "points; `--futures 160` would about halve it." in said


def test_a_design_that_does_not_come_in_so_many_futures_is_refused(
    run: Run, case: Path, tmp_path: Path
) -> None:
    result = run("run", case, "--futures", "40", "--design", "sobol", "--out", tmp_path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "a sobol design takes a power of two of futures, not 40" in result.stderr


def test_interrupted_it_says_that_nothing_is_kept_and_what_keeps_it(
    run: Run, case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_asked: object) -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(once, "run_once", interrupted)
    result = run("run", case, *ASKED, "--out", tmp_path)
    assert result.exit_code == 130
    assert "no future is kept: `detente ensemble` keeps what is finished" in result.stderr
    assert not list(tmp_path.iterdir())


def test_export_writes_a_run_for_other_programs(run: Run, case: Path, tmp_path: Path) -> None:
    run("ensemble", case, *ASKED, "--out", tmp_path / "kept")
    result = run("export", tmp_path / "kept", tmp_path / "run.dta")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == str(tmp_path / "run.dta")
    assert len(pd.read_stata(tmp_path / "run.dta")) == 40


def test_export_of_what_is_no_run_is_refused(run: Run, tmp_path: Path) -> None:
    result = run("export", tmp_path, tmp_path / "run.csv")
    assert result.exit_code == 2
    assert "no run is kept here" in result.stderr


def test_a_log_says_now_and_then_what_is_worked_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = [0.0]
    monkeypatch.setattr("detente.cli.progress.time.monotonic", lambda: now[0])
    log = progress.Log()
    log.on("counting futures: 250")
    now[0] = progress.QUIET
    log.on("counting futures: 500")
    log.on("counting futures: 750")
    assert capsys.readouterr().err == "counting futures: 500\n"
