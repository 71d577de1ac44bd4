"""A run comes to the same, whoever does it and however often it is stopped."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from detente.case import load
from detente.errors import InputError
from detente.futures.drawing.design import Design
from detente.futures.judging.assembly import widest
from detente.futures.reading.run import run_of
from detente.futures.running import chunks
from detente.futures.running.driver import Means, Progress, Settings, chunk_size, ensemble
from detente.futures.running.store import Shard, opened
from tests.futures.kept import DOUBTED, Slow, rows, squares, table, written
from tests.futures.killed import FUTURES, VARIED

if TYPE_CHECKING:
    from detente.case.situation import Situation

HERE = Means(workers=0, chunk=40)
FEW = Settings(varied=12)


@pytest.fixture(scope="module")
def situation(tmp_path_factory: pytest.TempPathFactory) -> Situation:
    return load(written(tmp_path_factory.mktemp("case")))


@pytest.fixture(scope="module")
def whole(situation: Situation, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """250 futures at once, in this process."""
    return table(ensemble(situation, 250, tmp_path_factory.mktemp("run"), FEW, HERE))


class Heard(Progress):
    """Remembers what it is told."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.seen: list[tuple[int, int, int]] = []

    def at(self, done: int, failed: int, asked: int) -> None:
        self.seen.append((done, failed, asked))

    def say(self, words: str) -> None:
        self.said.append(words)


# ------------------------------------------------------------------------------------ killed


def killed(times: int, who: str, case: Path, out: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.futures.killed", case, out, str(times), who],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not done.stderr  # also of workers whose driver is gone
    kills = [tuple(map(int, line.split())) for line in done.stdout.splitlines()]
    assert [how for how, _ in kills] == [9] * times
    finished = [shards for _, shards in kills]
    assert finished == sorted(finished)  # nothing that was finished is ever lost
    assert 0 < finished[-1] < len(opened(out).shards())  # and the last hit a run under way


def test_a_run_killed_ten_times_ends_as_if_it_never_was(
    situation: Situation, tmp_path: Path
) -> None:
    assert situation.path is not None
    killed(10, "the_job", situation.path, tmp_path / "run")
    whole = chunks.Job(situation, Design(), varied=VARIED)(0, FUTURES)
    assert table(tmp_path / "run").equals(whole.combine_chunks())


def test_workers_of_killed_runs_end_by_themselves_and_spoil_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workers = tmp_path / "workers"
    workers.mkdir()
    monkeypatch.setenv("WORKERS_SAY_THEY_ARE_IN", str(workers))
    killed(3, "stand_ins", written(tmp_path / "case"), tmp_path / "run")
    assert table(tmp_path / "run").equals(squares(FUTURES))
    assert gone(workers)


def gone(workers: Path) -> bool:
    """Whether the workers of killed runs end by themselves, which takes them half a second."""
    alive = [int(file.name) for file in workers.iterdir()]
    assert len(alive) > 2
    until = time.monotonic() + 30
    while alive and time.monotonic() < until:
        alive = [process for process in alive if Path(f"/proc/{process}").exists()]
        time.sleep(0.1)
    return not alive


def test_what_is_finished_is_not_done_again(
    situation: Situation, tmp_path: Path, whole: Any
) -> None:
    store = ensemble(situation, 250, tmp_path, FEW, HERE)
    for shard in store.shards()[1:3]:
        store.place.remove(shard.name)
    written_at = {shard: store.place.changed(shard.name) for shard in store.shards()}
    heard = Heard()
    again = ensemble(situation, 250, tmp_path, FEW, Means(0, resume=True), heard)
    assert table(again).equals(whole)
    assert {shard: store.place.changed(shard.name) for shard in written_at} == written_at
    assert heard.seen[0][0] == 250 - 2 * 4
    assert heard.seen[-1] == (250, 0, 250)


def test_a_damaged_shard_is_computed_anew_and_it_is_said(
    situation: Situation, tmp_path: Path, whole: Any
) -> None:
    store = ensemble(situation, 250, tmp_path, FEW, HERE)
    torn = store.place.path(Shard(12, 52).name)
    torn.write_bytes(torn.read_bytes()[:-10])
    heard = Heard()
    ensemble(situation, 250, tmp_path, FEW, Means(0, resume=True), heard)
    assert table(tmp_path).equals(whole)
    assert heard.said == [f"{Shard(12, 52).name} was damaged: it is computed anew"]


def test_a_full_disk_ends_the_run_and_leaves_what_was_finished(
    situation: Situation, tmp_path: Path, whole: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced, sync = [], os.fsync

    def full(file: int) -> None:
        synced.append(file)
        if len(synced) > 12:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        sync(file)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError) as refused:
        ensemble(situation, 250, tmp_path, FEW, HERE)
    monkeypatch.undo()
    assert str(refused.value) == (
        f"{tmp_path}: cannot be written: No space left on device\n"
        "  what was finished is kept; when there is room, go on with --resume"
    )
    store = opened(tmp_path)
    kept = [file.name for file in (tmp_path / "shards").iterdir()]
    assert sorted(f"shards/{name}" for name in kept) == [shard.name for shard in store.shards()]
    assert store.shards()
    assert all(store.is_sound(shard) for shard in store.shards())
    resumed = ensemble(situation, 250, tmp_path, FEW, Means(0, resume=True))
    assert table(resumed).equals(whole)


# ---------------------------------------------------------------------------------- whoever does it


@pytest.mark.parametrize(("workers", "chunk"), [(1, 40), (2, 25), (7, 10)])
def test_any_number_of_workers_and_any_chunks_make_the_same_table(
    situation: Situation, tmp_path: Path, whole: Any, workers: int, chunk: int
) -> None:
    store = ensemble(situation, 250, tmp_path, FEW, Means(workers, chunk=chunk))
    assert table(store).equals(whole)


def test_machines_that_share_a_folder_do_a_part_each(
    situation: Situation, tmp_path: Path, whole: Any
) -> None:
    parts = [Means(0, part=(number, 3), chunk=20) for number in (2, 3, 1)]
    for left, means in zip((180, 92, 0), parts, strict=True):
        store = ensemble(situation, 250, tmp_path, FEW, means)
        assert abs(sum(chunk.stop - chunk.start for chunk in store.missing()) - left) <= 22
    assert table(store).equals(whole)


def test_seeds_differ_and_each_is_repeatable(
    situation: Situation, tmp_path: Path, whole: Any
) -> None:
    def seeded(seed: int, name: str) -> Any:
        settings = Settings(Design("lhs", seed), varied=12)
        return table(ensemble(situation, 250, tmp_path / name, settings, HERE))

    assert seeded(0, "zero").equals(whole)
    one = seeded(1, "one")
    assert seeded(1, "one_again").equals(one)
    assert not one.column("draw").equals(whole.column("draw"))


def test_a_run_that_grew_is_the_run_asked_for_at_once(
    situation: Situation, tmp_path: Path, whole: Any
) -> None:
    ensemble(situation, 105, tmp_path, FEW, HERE)
    grown = ensemble(situation, 250, tmp_path, FEW, Means(0, resume=True))
    assert table(grown).equals(whole)


def test_futures_that_hang_or_kill_their_worker_do_not_end_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = DOUBTED.replace("Would they go?", '"hangs 3 17, dies 5"')
    case = load(written(tmp_path / "case", text))
    monkeypatch.setattr(chunks, "Job", Slow)
    heard = Heard()
    settings = Settings(varied=0, timeout=2.0)
    ensemble(case, 40, tmp_path / "run", settings, Means(2, chunk=10), heard)
    statuses = {row["index"]: row["status"] for row in rows(tmp_path / "run")}
    failed = {index: status for index, status in statuses.items() if status != "ok"}
    assert failed == {3: "timed_out", 5: "failed", 17: "timed_out"}
    assert len(statuses) == 40
    assert heard.seen[-1] == (40, 3, 40)


# ---------------------------------------------------------------------------- how many are enough


def test_a_run_stops_at_the_first_look_at_which_its_intervals_are_narrow_enough(
    situation: Situation, tmp_path: Path
) -> None:
    narrow = Settings(Design("random", 5), varied=0, until=0.045)
    means = (Means(0, chunk=1000), Means(0, chunk=170))
    runs = [ensemble(situation, 9_000, tmp_path / str(each.chunk), narrow, each) for each in means]
    stop = runs[0].manifest.futures
    assert stop % 1000 == 0
    assert 1000 < stop < 9000
    run = run_of(runs[0])
    before, now = (widest(run.head(futures)) for futures in (stop - 1000, stop))
    assert before is not None
    assert now is not None
    assert now <= 0.045 < before
    assert table(runs[1]).equals(table(runs[0]))
    resumed = ensemble(situation, 9_000, tmp_path / "1000", narrow, Means(0, resume=True))
    assert resumed.manifest.futures == stop


@pytest.mark.parametrize(
    ("settings", "means", "said"),
    [
        (Settings(until=0.1), Means(0, part=(1, 2)), "--until looks at the whole run"),
        (
            Settings(Design("factorial"), until=0.1),
            Means(0),
            "a factorial design is done as a whole",
        ),
        (Settings(Design("sobol")), Means(0), "a sobol design takes a power of two"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is(
    situation: Situation, tmp_path: Path, settings: Settings, means: Means, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        ensemble(situation, 250, tmp_path / "run", settings, means)
    assert not (tmp_path / "run").exists()


# ----------------------------------------------------------------------------------- whose folder


def test_a_run_is_not_gone_on_with_unasked(situation: Situation, tmp_path: Path) -> None:
    ensemble(situation, 20, tmp_path, FEW, HERE)
    with pytest.raises(InputError, match="a run is kept here already\n  go on with it: --resume"):
        ensemble(situation, 20, tmp_path, FEW, HERE)


def test_a_folder_with_something_else_in_it_is_left_alone(
    situation: Situation, tmp_path: Path
) -> None:
    (tmp_path / "thesis.docx").touch()
    for means in (HERE, Means(0, resume=True), Means(0, part=(1, 2))):
        with pytest.raises(InputError, match=r"not empty: thesis\.docx"):
            ensemble(situation, 20, tmp_path, FEW, means)
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.docx"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"workers": -1}, "no workers, or some, not -1"),
        ({"chunk": 0}, "at least one future, not 0"),
        ({"part": (3, 2)}, r"the first of four, not \(3, 2\)"),
    ],
)
def test_means_that_would_never_end_are_refused(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        Means(**asked)


def test_a_folder_that_cannot_be_made_is_said_to_be(situation: Situation, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot be written: Not a directory"):
        ensemble(situation, 20, tmp_path / "file" / "run", FEW, HERE)


def test_a_situation_made_in_python_cannot_be_kept(situation: Situation, tmp_path: Path) -> None:
    from dataclasses import replace

    with pytest.raises(InputError, match="was not read from a file"):
        ensemble(replace(situation, path=None), 20, tmp_path, FEW, HERE)


def test_other_versions_than_at_its_beginning_are_said(
    situation: Situation, tmp_path: Path
) -> None:
    store = ensemble(situation, 20, tmp_path, FEW, HERE)
    store.changed(environment={**(store.manifest.environment or {}), "numpy": "1.0"})
    heard = Heard()
    ensemble(situation, 20, tmp_path, FEW, Means(0, resume=True), heard)
    assert [said.partition(" -> ")[0] for said in heard.said] == [
        "begun with other versions: numpy 1.0"
    ]


# -------------------------------------------------------------------------------------- its cost


def test_a_chunk_is_seconds_of_work_in_a_round_number_and_there_are_some_to_share() -> None:
    assert chunk_size(0.01, 100_000) == 500  # five seconds
    assert chunk_size(0.01, 1_000) == 100  # at least eight chunks
    assert chunk_size(0.0001, 1_000) == 1_000  # but never so small that writing it counts
    assert chunk_size(60.0, 1_000) == 1


def test_memory_does_not_grow_with_the_futures_that_are_done(situation: Situation) -> None:
    job = chunks.Job(situation, Design())
    tracemalloc.start()
    used = []
    for start in range(0, 12_000, 1_000):
        job(start, start + 1_000)
        used.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert used[-1] - used[3] < 100_000
