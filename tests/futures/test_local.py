"""Workers under supervision: whatever a future does, it is this future's alone."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from detente.errors import CannotAnswer
from detente.futures.running.local import Alone, Call, Team
from tests.futures.misbehaving import Misbehaving, Unwelcome

if TYPE_CHECKING:
    from pathlib import Path

CALLS = [Call("outcomes", start, start + 5) for start in range(0, 20, 5)]


def came_to(task: object, size: int = 2, timeout: float = 60.0) -> dict[int, str]:
    """What the futures come to; each once."""
    team = Team(task, size, timeout)
    try:
        found = [outcome for _, outcomes in team.work(CALLS) for outcome in outcomes]
    finally:
        team.close()
    assert len(found) == len(dict(found))
    return dict(sorted(found))


def all_but(**failed: str) -> dict[int, str]:
    return dict.fromkeys(range(20), "ok") | {int(key[1:]): why for key, why in failed.items()}


@pytest.mark.parametrize("size", [1, 3])
def test_every_call_is_answered_once(size: int) -> None:
    assert came_to(Misbehaving(), size) == all_but()


def test_a_future_that_kills_its_worker_is_found_and_left_out() -> None:
    why = "failed: the worker ended with code 3, twice"
    assert came_to(Misbehaving(dies=frozenset({3, 4}))) == all_but(_3=why, _4=why)


def test_a_future_that_hangs_is_given_up() -> None:
    found = came_to(Misbehaving(hangs=frozenset({7})), timeout=0.5)
    assert found == all_but(_7="timed_out: not done after 0.5 s")


def test_a_chunk_that_kills_its_worker_between_futures_is_halved_down_to_the_one() -> None:
    found = came_to(Misbehaving(dies_between=frozenset({11})))
    assert found == all_but(_11="failed: the worker ended with code 4, twice")


def test_a_worker_killed_once_costs_nothing(tmp_path: Path) -> None:
    assert came_to(Misbehaving(killed_once=(12, str(tmp_path / "killed")))) == all_but()
    assert (tmp_path / "killed").exists()


def test_an_error_of_the_task_itself_ends_the_work_and_says_where() -> None:
    with pytest.raises(OSError, match="no space") as raised:
        came_to(Misbehaving(unwritable=True))
    assert "in a worker:" in raised.value.__notes__[0]


def test_workers_that_do_not_start_are_not_started_for_ever() -> None:
    with pytest.raises(CannotAnswer, match="workers do not start: the last one ended with code 7"):
        came_to(Unwelcome())


def test_what_is_printed_is_no_answer() -> None:
    assert came_to(Misbehaving(prints=True)) == all_but()


def test_workers_go_when_their_team_is_closed(tmp_path: Path) -> None:
    team = Team(Misbehaving(says_its_process=str(tmp_path), hangs=frozenset({7})), 2, 60.0)
    next(team.work(CALLS))
    team.close()
    processes = [int(file.name) for file in tmp_path.iterdir()]
    assert processes
    for process in processes:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_one_can_work_alone() -> None:
    found = Alone(Misbehaving()).work(CALLS)
    assert dict(outcome for _, outcomes in found for outcome in outcomes) == all_but()


def test_a_worker_has_one_thread() -> None:
    team = Team(Misbehaving(), 1, 60.0)
    try:
        ((_, threads),) = team.work([Call("threads", 0, 1)])
    finally:
        team.close()
    assert threads == "1"


def test_time_is_counted_for_each_future_not_for_the_chunk() -> None:
    begin = time.monotonic()
    assert came_to(Misbehaving(seconds=0.15), timeout=0.6) == all_but()
    assert time.monotonic() - begin > 0.6
