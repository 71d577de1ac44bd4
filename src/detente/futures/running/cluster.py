"""The same chunks on a Dask cluster: Dask places them, each of its workers supervises its own.

A thread of a Dask worker has a worker process of its own, as `local` has them: futures that hang or
kill their worker end in the same way, and say the same, wherever they are. What Dask adds is to do
a chunk again elsewhere when a machine is lost. Tables come back to the process that asked, which
keeps them, so that machines need share no folder.
"""

from __future__ import annotations

import pickle
import threading
from collections import Counter, defaultdict, deque
from concurrent.futures import CancelledError
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from detente.errors import CannotAnswer, InputError
from detente.futures.running.local import Call, Team
from detente.futures.running.store import Shard, keep
from detente.futures.running.task import statuses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from detente.futures.running.place import Place

__all__ = ["Cluster", "remote"]

AHEAD = 2  # chunks for every thread, so that none waits for its next one
LOSSES = 5  # times that a chunk's machines may be lost: each is some attempts of Dask's own
HERE = version("detente")
PATIENCE = "20s"  # until a scheduler answers


class Cluster:
    """Workers of a Dask cluster that do the same task.

    Parameters
    ----------
    task
        As of a `Team`.
    address
        Of the scheduler: `tcp://10.0.0.1:8786`.
    timeout
        After how long a future is given up [s].
    place
        Where finished chunks are kept.

    Raises
    ------
    InputError
        If Dask is not installed here, or no scheduler answers.
    """

    def __init__(self, task: object, address: str, timeout: float, place: Place) -> None:
        self._task, self._timeout, self._place = pickle.dumps(task), timeout, place
        self._client = connected(address)

    def work(self, calls: Iterable[Call]) -> Iterator[tuple[Call, Any]]:
        """What each call comes to, as they are done.

        Raises
        ------
        CannotAnswer
            If the scheduler is lost, or the machines of one chunk again and again.
        InputError
            If the cluster's workers have another version of Detente, or none.
        """
        todo, losses = deque(calls), Counter[Call]()
        under_way: dict[Any, Call] = {}
        completed = dask().as_completed([], loop=self._client.loop)
        while todo or under_way:
            while todo and len(under_way) < self._room():
                call = todo.popleft()
                under_way[future := self._submitted(call)] = call
                completed.add(future)
            future = next(completed)
            call, found = under_way.pop(future), answered(future)
            if found is None:
                losses[call] += 1
                refuse_endless(call, losses[call])
                todo.appendleft(call)
            else:
                yield from ((Call(*part), self._kept(Call(*part), value)) for part, value in found)

    def _room(self) -> int:
        """How many chunks the cluster should have at once; it may grow and shrink."""
        threads: int = sum(self._client.nthreads().values())
        return max(AHEAD * threads, 1)

    def _submitted(self, call: Call) -> Any:
        try:
            return self._client.submit(
                remote, self._task, tuple(call), self._timeout, HERE, pure=False
            )
        except OSError as error:
            raise gone(error) from error

    def _kept(self, call: Call, value: Any) -> Any:
        """What a chunk comes to, once its table is kept."""
        if call.method != "chunk":
            return value
        keep(self._place, Shard(call.start, call.stop), value)
        return statuses(value)

    def close(self) -> None:
        """Leave the cluster; what is under way there is given up."""
        self._client.close()


def dask() -> Any:
    """Dask, where it is installed."""
    try:
        import distributed
    except ImportError:
        raise InputError("--dask: Dask is not installed\n  pip install detente[cluster]") from None
    return distributed


def connected(address: str) -> Any:
    """A client of the scheduler."""
    try:
        # A client that fails on a malformed address waits, and fails again when it is let go.
        dask().comm.get_address_host_port(address)
        return dask().Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise InputError(
            f"--dask {address}: no scheduler answers: {error}\n"
            "  an address looks like tcp://10.0.0.1:8786"
        ) from None


def answered(future: Any) -> list[tuple[tuple[Any, ...], Any]] | None:
    """What came of a chunk; None if the machines that worked on it were lost."""
    try:
        found: list[tuple[tuple[Any, ...], Any]] = future.result()
    except (dask().KilledWorker, CancelledError):
        return None
    except ImportError as error:
        raise InputError(
            f"the cluster's workers cannot import what they need: {error}\n"
            f"  install detente {HERE} there"
        ) from error
    except OSError as error:
        raise gone(error) from error
    return found


def refuse_endless(call: Call, losses: int) -> None:
    """Refuse to try a chunk for ever."""
    if losses >= LOSSES:
        raise CannotAnswer(
            f"the cluster lost the machines that worked on futures {call.start:,} to "
            f"{call.stop:,} {losses} times\n  what was finished is kept: go on with --resume"
        )


def gone(error: OSError) -> CannotAnswer:
    return CannotAnswer(
        f"the cluster cannot go on: {error}\n  what was finished is kept: go on with --resume"
    )


# ------------------------------------------------------------------------------- on a Dask worker

idle: dict[bytes, list[Team]] = defaultdict(list)
"""Teams of one that wait for the next chunk of their task; a worker that waits long ends itself."""
idle_lock = threading.Lock()


def remote(
    task: bytes, call: tuple[str, int, int], timeout: float, caller: str
) -> list[tuple[tuple[Any, ...], Any]]:
    """What a call comes to, on a worker process of this thread's own.

    Raises
    ------
    InputError
        If the caller has another version of Detente.
    """
    if caller != HERE:
        raise InputError(
            f"the cluster's workers have detente {HERE}, not {caller}\n"
            "  install the same version on both sides"
        )
    with idle_lock:
        team = idle[task].pop() if idle[task] else None
    team = team or Team(task, 1, timeout)
    try:
        found = [(tuple(part), value) for part, value in team.work([Call(*call)])]
    except BaseException:
        team.close()
        raise
    with idle_lock:
        idle[task].append(team)
    return found
