"""A real Dask cluster of two machines, as far as one machine can be two, makes the same table."""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from detente.case import load
from detente.errors import CannotAnswer, InputError
from detente.futures.drawing.design import Design
from detente.futures.running import chunks, cluster
from detente.futures.running.driver import Means, Progress, Settings, ensemble
from detente.futures.running.local import Call
from detente.futures.running.place import place
from detente.futures.running.task import Task
from tests.futures.kept import DOUBTED, Slow, rows, table, written

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest.importorskip("distributed")

CHECKOUT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "dask"]


class Running(NamedTuple):
    """A scheduler and its workers."""

    address: str
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    file = tmp_path_factory.mktemp("dask") / "scheduler.json"
    with ExitStack() as stack:
        begun(stack, "scheduler", "--host", "127.0.0.1", "--port", "0", file=file)
        until = time.monotonic() + 60
        while not file.exists() and time.monotonic() < until:
            time.sleep(0.05)
        one = ("worker", "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")
        workers = [begun(stack, *one, file=file) for _ in range(2)]
        yield Running(json.loads(file.read_text(encoding="utf-8"))["address"], workers)


def begun(stack: ExitStack, *arguments: str, file: Path) -> subprocess.Popen[bytes]:
    """One process of the cluster; it ends with the tests."""
    process = stack.enter_context(
        subprocess.Popen(
            [*COMMAND, *arguments, "--scheduler-file", str(file), "--no-dashboard"],
            cwd=CHECKOUT,
            env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    )
    stack.callback(process.kill)
    return process


def test_futures_that_hang_or_kill_their_worker_are_told_as_they_are_locally(
    dask: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = load(written(tmp_path / "case", DOUBTED.replace("Would they go?", '"hangs 3, dies 15"')))
    monkeypatch.setattr(chunks, "Job", Slow)
    settings = Settings(varied=0, timeout=3.0)
    ensemble(case, 20, tmp_path / "run", settings, Means(dask=dask.address, chunk=10))
    found = {row["index"]: row["status"] for row in rows(tmp_path / "run") if row["status"] != "ok"}
    assert found == {3: "timed_out", 15: "failed"}


def test_another_version_on_the_cluster_is_refused(
    dask: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "HERE", "9.9")
    crew = cluster.Cluster(Task(print, None), dask.address, 1.0, place(tmp_path))
    with pytest.raises(InputError, match=r"workers have detente 0\.1\.0, not 9\.9"):
        list(crew.work([Call("chunk", 0, 1)]))
    crew.close()


def test_a_cluster_makes_the_same_table_though_one_of_its_workers_is_killed(
    dask: Running, tmp_path: Path
) -> None:
    situation = load(written(tmp_path / "case"))
    killed: list[int] = []

    class Killing(Progress):
        def at(self, done: int, failed: int, asked: int) -> None:
            if done >= 20 and not killed:
                killed.append(done)
                dask.workers[0].kill()

    means = Means(dask=dask.address, chunk=10)
    store = ensemble(situation, 400, tmp_path / "run", Settings(varied=80), means, Killing())
    assert 20 <= killed[0] < 80
    assert dask.workers[0].wait(30) == -signal.SIGKILL
    assert table(store).equals(chunks.Job(situation, Design(), varied=80)(0, 400).combine_chunks())


def test_a_chunk_is_not_given_for_ever_to_machines_that_are_lost() -> None:
    cluster.refuse_endless(Call("chunk", 0, 250), 4)
    with pytest.raises(CannotAnswer, match=r"futures 0 to 250 5 times\n.*go on"):
        cluster.refuse_endless(Call("chunk", 0, 250), 5)


# Where nobody answers, Dask's client may leave what it had begun to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "foo:bar:baz", "foo://bar:1", ""])
def test_no_scheduler_at_the_address_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", "1s")
    with pytest.raises(InputError, match=f"--dask {address}: no scheduler answers"):
        cluster.Cluster(None, address, 1.0, place(tmp_path))
    gc.collect()  # nothing more is said when what had been begun is let go


def test_without_dask_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match=r"pip install detente\[cluster\]"):
        cluster.dask()
