"""`detente ensemble` and `detente status`, as a user runs them."""

from __future__ import annotations

import json
import os
import signal
import time
from typing import TYPE_CHECKING

import fsspec
import pytest

from detente.case import load
from detente.cli import progress
from detente.cli.ensemble import delivered, finished, interruptible
from detente.futures.running.driver import Means, Progress, Settings, ensemble
from tests.cli.conftest import program
from tests.futures.kept import rows, written

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

SMALL = ("--futures", "60", "--varied", "5", "--seed", "4")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("case"))


@pytest.fixture
def kept(case: Path, tmp_path: Path) -> Path:
    """A run of sixty futures, made in this process."""
    ensemble(load(case), 60, tmp_path / "run", Settings(varied=5), Means(workers=0))
    return tmp_path / "run"


def test_a_run_is_kept_and_comes_to_what_detente_run_says(
    run: Run, case: Path, tmp_path: Path
) -> None:
    done = run("ensemble", case, *SMALL, "--workers", "2", "--out", tmp_path / "kept")
    assert done.exit_code == 0
    assert "60 futures (lhs, seed 4)" in done.stdout
    assert "  contradicted" in done.stdout
    assert len(rows(tmp_path / "kept")) == 60
    once = run("run", case, *SMALL, "--workers", "1", "--out", tmp_path / "once")
    assert once.exit_code == 0
    claims = [(tmp_path / name / "claims.json").read_bytes() for name in ("kept", "once")]
    assert claims[0] == claims[1]
    assert (tmp_path / "kept" / "brief.html").exists()


def test_status_says_how_far_a_run_is(run: Run, kept: Path) -> None:
    next((kept / "shards").glob("*000000060.parquet")).unlink()
    done = run("status", kept)
    assert done.exit_code == 0
    assert done.stdout.startswith("doubted: 5 of 60 futures")
    assert "Claims so far: verdict, share of futures (95 % interval), claim" in done.stdout
    found = json.loads(run("status", kept, "--json").stdout)
    assert (found["futures"], found["done"], found["ok"], found["failed"]) == (60, 5, 5, 0)
    (claim,) = found["claims"]
    assert claim["id"] == "follows"
    assert claim["low"] <= claim["share"] <= claim["high"]


def test_status_of_nothing_is_refused(run: Run, tmp_path: Path) -> None:
    done = run("status", tmp_path)
    assert done.exit_code == 2
    assert "no run is kept here" in done.stderr


def test_a_run_that_is_there_is_gone_on_with_only_when_asked(
    run: Run, case: Path, kept: Path
) -> None:
    again = ("ensemble", case, "--futures", "60", "--varied", "5", "--out", kept)
    refused = run(*again)
    assert refused.exit_code == 2
    assert "a run is kept here already" in refused.stderr
    assert run(*again, "--resume").exit_code == 0
    changed = run(*again, "--resume", "--seed", "1")
    assert changed.exit_code == 2
    assert "holds another run\n  seed: 0 -> 1" in changed.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--part", "3/2"], "`3/2`: write 1/4 for the first of four"),
        (["--part", "one"], "`one`: write 1/4"),
        (["--dask", "tcp://127.0.0.1:9", "--workers", "2"], "leave one out"),
        (["--design", "sobol"], "a power of two"),
    ],
)
def test_what_makes_no_sense_is_refused(
    run: Run, case: Path, tmp_path: Path, options: list[str], said: str
) -> None:
    done = run("ensemble", case, *options, "--out", tmp_path / "run")
    assert done.exit_code == 2
    assert said in done.stderr
    assert not (tmp_path / "run").exists()


def test_a_part_says_what_is_still_to_come(run: Run, case: Path, tmp_path: Path) -> None:
    ensemble(load(case), 60, tmp_path, Settings(varied=5), Means(0, part=(1, 2), chunk=20))
    same = ("ensemble", case, "--futures", "60", "--varied", "5", "--out", tmp_path)
    waiting = run(*same, "--part", "1/2")
    assert waiting.exit_code == 0
    assert waiting.stdout == "this part is done; of the whole run 37 futures are still to come\n"
    assert not (tmp_path / "claims.json").exists()
    assert run(*same, "--part", "2/2").exit_code == 0
    assert (tmp_path / "claims.json").exists()


def test_interrupted_it_keeps_what_is_finished_and_says_what_it_shows(
    case: Path, tmp_path: Path
) -> None:
    running = program("ensemble", case, "--futures", "2000000", "--out", tmp_path)
    until = time.monotonic() + 120
    while len(list(tmp_path.glob("shards/*.parquet"))) < 3 and time.monotonic() < until:
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    shown, said = running.communicate(timeout=120)
    assert running.returncode == 130
    assert b"of 2,000,000 futures" in shown
    assert b"Claims so far" in shown
    assert b"\ninterrupted; what is finished is kept: go on with --resume" in said
    assert b"Traceback" not in said
    assert len(rows(tmp_path)) >= 100


def test_being_asked_to_end_is_an_interruption() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt), interruptible():
        os.kill(os.getpid(), signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_report_goes_where_its_run_is(case: Path, tmp_path: Path) -> None:
    out = f"memory://{tmp_path.name}"
    store = ensemble(load(case), 30, out, Settings(varied=0), Means(workers=0))
    report = finished(store, Progress())
    assert report is not None
    delivered(report, out)
    claims = json.loads(fsspec.filesystem("memory").cat(f"/{tmp_path.name}/claims.json"))
    assert claims["futures"] == 30


def test_a_log_has_a_line_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = 0.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    log = progress.Log()
    for now, done in ((0.0, 1_000), (10.0, 2_000), (25.0, 3_500)):  # noqa: B007 - read by the clock
        log.at(done, 7, 6_000)
    log.say("a shard was damaged")
    assert capsys.readouterr().err == (
        "3,500 of 6,000 futures, 7 without a result; 100 a second, 25 s left\na shard was damaged\n"
    )


def test_a_terminal_has_a_bar() -> None:
    from io import StringIO

    from rich.console import Console
    from rich.progress import Progress as Drawn
    from rich.progress import TextColumn

    said = StringIO()
    columns = [TextColumn("{task.completed}/{task.total} {task.fields[rate]}")]
    with Drawn(*columns, console=Console(file=said, width=60, force_terminal=True)) as drawn:
        bar = progress.Bar(drawn)
        bar.at(0, 0, 10)
        bar.on("counting")
        bar.at(6, 1, 10)
        bar.say("[so]")
    assert "6/10 1 failure" in said.getvalue()
    assert "[so]" in said.getvalue()
