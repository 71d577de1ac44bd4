"""What workers are given to do: chunks of a job, kept when they are done.

Nothing heavy is imported here: what a job needs comes with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any

from detente.futures.running.store import Shard, keep
from detente.futures.running.worker import NOTHING

if TYPE_CHECKING:
    from detente.futures.running.local import Failure
    from detente.futures.running.place import Place

    Mark = Callable[[int], None]
    Skip = Mapping[int, Failure]

__all__ = ["Task", "statuses"]

LONG_ENOUGH = 0.25  # seconds of work that say how long a future takes


@dataclass(frozen=True)
class Task:
    """Chunks of a job, kept in a folder or handed over."""

    job: Callable[[int, int, Skip, Mark], Any]
    """The table of the futures from one index to before another, as `chunks.Job`
    makes it."""
    place: Place | None
    """Where a finished chunk is kept; None: it is handed over."""

    def chunk(self, start: int, stop: int, skip: Skip, mark: Mark) -> Any:
        """Evaluate a chunk; how many futures it has of each status, or its table."""
        table = self.job(start, stop, skip, mark)
        mark(NOTHING)
        if self.place is None:
            return table
        keep(self.place, Shard(start, stop), table)
        return statuses(table)

    def pace(self, start: int, stop: int, skip: Skip, mark: Mark) -> float:
        """How long a future takes [s], from the first ones."""
        self.job(start, start + 1, skip, mark)  # compiles
        futures = 1
        while True:
            begin = perf_counter()
            self.job(start, start + futures, skip, mark)
            seconds = perf_counter() - begin
            if seconds > LONG_ENOUGH or start + futures == stop:
                return seconds / futures
            futures = min(4 * futures, stop - start)


def statuses(table: Any) -> dict[str, int]:
    """How many futures there are of each status."""
    counts = table.column("status").value_counts().to_pylist()
    return {each["values"]: each["counts"] for each in counts}
