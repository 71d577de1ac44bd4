"""A run: futures of a situation, evaluated chunk by chunk by whatever workers there are, and kept.

What a run comes to depends on the case, the design, its seed and the number of futures, and on
nothing else: not on how many workers there are, where they are, in which order chunks are done, or
how often the run was killed and resumed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.errors import InputError
from detente.futures.drawing.design import Design, futures_allowed
from detente.futures.running.local import Alone, Call, Team
from detente.futures.running.place import place
from detente.futures.running.store import (
    Manifest,
    Shard,
    Store,
    created,
    environment,
    fitting,
    kept,
    opened,
    refuse_others,
    without,
)
from detente.futures.running.task import Task, statuses

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.case.situation import Concept, Situation

__all__ = ["Means", "Progress", "Settings", "ensemble"]

TIMEOUT = 300.0  # seconds; a future takes milliseconds to seconds
VARIED = 100  # futures in which statements are varied: a share is then known to some percent
VARIED_SMALL, SMALL = 1_000, 2**12  # the same for a case of at most so many states
ROUND = 1_000  # futures between two looks at the intervals: four blocks of a Latin hypercube
SOBOL_ROUND = 1_024

SECONDS = 5.0  # of work in a chunk: little is lost with it, and progress is seen
LEAST = 0.2  # seconds, below which writing a shard is no longer little beside it
SIZES = (1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000)
PACED = 256  # futures of which the first few say how long one takes
CHUNKS = 8  # at least, where they are not too small for it: workers end at about the same time
VARYING = 10  # times as long takes a future in which statements are varied, about


@dataclass(frozen=True)
class Settings:
    """What a run comes to, beside its situation and number of futures."""

    design: Design = field(default_factory=Design)
    concepts: tuple[Concept, ...] = ("nash", "seq")
    varied: int | None = None
    """In how many futures, the first, single statements are varied. None: in all of a factorial
    design, whose first futures are not like the others; else in 100, of a small case 1,000."""
    timeout: float = TIMEOUT
    """After how long a future is given up [s]."""
    until: float | None = None
    """The run stops when every tested claim's interval is this narrow."""


@dataclass(frozen=True)
class Means:
    """By what a run is done; none of it changes what it comes to."""

    workers: int | None = None
    """Processes; None: one for every core. 0: this process, unprotected from futures that hang."""
    dask: str | None = None
    """The address of a Dask scheduler whose workers do it."""
    part: tuple[int, int] | None = None
    """`(1, 4)`: the first of four machines that share a folder."""
    resume: bool = False
    """Go on with the run that is kept there, if there is one."""
    chunk: int | None = None
    """Futures in a chunk; chosen by how long one takes if left out."""

    def __post_init__(self) -> None:
        if self.workers is not None and self.workers < 0:
            raise InputError(f"no workers, or some, not {self.workers}")
        if self.chunk is not None and self.chunk < 1:
            raise InputError(f"a chunk has at least one future, not {self.chunk}")
        if self.part is not None and not 1 <= self.part[0] <= self.part[1]:
            raise InputError(f"a part is (1, 4) for the first of four, not {self.part}")


class Progress:
    """Told how far a run is; says nothing."""

    def at(self, done: int, failed: int, asked: int) -> None:
        """So many futures are done, so many of them without a result, of so many."""

    def on(self, words: str) -> None:
        """What is being worked on now."""

    def say(self, words: str) -> None:
        """Something worth knowing happened."""


def ensemble(
    situation: Situation,
    futures: int,
    out: str | Path,
    settings: Settings | None = None,
    means: Means | None = None,
    progress: Progress | None = None,
) -> Store:
    """Run a situation over many futures and keep what they come to.

    Parameters
    ----------
    situation
        What the analyst wrote, read from a file.
    futures
        How many to draw.
    out
        The folder of the run, or a URL that fsspec knows (`s3://bucket/run`).
    settings
        Design, concepts, and what else decides what the run comes to.
    means
        Workers, and whether a run that is there already is gone on with.
    progress
        Told how far it is.

    Returns
    -------
    Store
        The run; of a part of it, what is finished so far.

    Raises
    ------
    InputError
        If the folder holds another run or cannot be written, or the design does not come in so many
        futures.
    CannotAnswer
        If the design does not fit the situation, or workers do not start.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from detente.case import load
    >>> with TemporaryDirectory() as folder:
    ...     run = ensemble(load("fang/chicken"), 500, folder, means=Means(workers=0))
    ...     sum(table.num_rows for table in run.tables())
    500
    """
    plan = Plan(situation, futures, settings or Settings(), means or Means())
    plan.refuse(out)
    progress = progress or Progress()
    try:
        with plan.crew(out) as crew:
            store = plan.store(out, crew, progress)
            for stop in plan.rounds():
                advance(store, crew, stop, plan.means.part, progress)
                if plan.is_enough(store, stop):
                    return store.changed(futures=stop)
    except OSError as error:
        raise InputError(
            f"{out}: cannot be written: {error.strerror or error}\n"
            "  what was finished is kept; when there is room, go on with --resume"
        ) from error
    return store


@dataclass(frozen=True)
class Plan:
    """What is asked for."""

    situation: Situation
    futures: int
    settings: Settings
    means: Means

    @property
    def path(self) -> Path:
        if self.situation.path is None:
            raise InputError(
                "a situation that was not read from a file cannot be kept with its run\n"
                "  write it down as a case and load it"
            )
        return self.situation.path

    @property
    def varied(self) -> int:
        """In how many futures statements are varied; whatever the workers, and however fast."""
        if self.settings.varied is not None:
            return self.settings.varied
        if self.settings.design.kind == "factorial":
            return self.futures
        states = prod(len(option.levels) for option in self.situation.options)
        return VARIED_SMALL if states <= SMALL else VARIED

    def refuse(self, out: str | Path) -> None:
        """Refuse what cannot be done, before anything is computed."""
        self.refuse_until()
        futures_allowed(self.settings.design, self.situation, self.futures)
        refuse_others(out, self.path)
        if kept(out) and not (self.means.resume or self.means.part):
            raise InputError(
                f"{out}: a run is kept here already\n"
                "  go on with it: --resume; or begin another one in another folder"
            )

    def refuse_until(self) -> None:
        if self.settings.until is None:
            return
        if self.means.part:
            raise InputError(
                "--until looks at the whole run, a --part at its own chunks only\n  leave one out"
            )
        if self.settings.design.kind in ("factorial", "saltelli"):
            raise InputError(
                f"a {self.settings.design.kind} design is done as a whole\n  leave --until out"
            )

    @contextmanager
    def crew(self, out: str | Path) -> Iterator[Any]:
        """Whoever does the work; they leave at the end, whatever ends it."""
        from detente.futures.running import chunks

        asked = self.settings
        job = chunks.Job(self.situation, asked.design, asked.concepts, self.varied)
        where = place(out)
        if self.means.dask is not None:
            from detente.futures.running.cluster import Cluster

            crew: Any = Cluster(Task(job, None), self.means.dask, asked.timeout, where)
        elif self.means.workers == 0:
            crew = Alone(Task(job, where))
        else:
            crew = Team(Task(job, where), self.means.workers or cores(), asked.timeout)
        with closing(crew):
            yield crew

    def store(self, out: str | Path, crew: Any, progress: Progress) -> Store:
        """The run's place: as it is kept, or made."""
        if not kept(out):
            return created(out, self.manifest(*self.sizes(crew)), self.path)
        store = fitting(opened(out), self.manifest(1, 1), self.path)
        for shard in store.mended():
            progress.say(f"{shard.name} was damaged: it is computed anew")
        if changed := changed_environment(store.manifest):
            progress.say(f"begun with other versions: {changed}")
        return store

    def manifest(self, chunk: int, varied_chunk: int) -> Manifest:
        from detente.case.changes import case_hash

        asked = self.settings
        return Manifest(
            situation=self.situation.id,
            case=case_hash(self.path),
            design=asked.design.kind,
            seed=asked.design.seed,
            concepts=asked.concepts,
            futures=self.futures,
            varied=self.varied,
            chunk=chunk,
            varied_chunk=varied_chunk,
            timeout=asked.timeout,
            version=version("detente"),
            environment=environment(),
        )

    def sizes(self, crew: Any) -> tuple[int, int]:
        """How many futures make a chunk, and how many where statements are varied."""
        chunk = self.means.chunk
        if chunk is None:
            start = min(self.varied, self.futures - 1)
            call = Call("pace", start, min(start + PACED, self.futures))
            paces = [seconds for _, seconds in crew.work([call])]
            chunk = chunk_size(max(paces), self.futures)
        return chunk, max(1, chunk // VARYING)

    def rounds(self) -> Iterator[int]:
        """After how many futures the run is looked at; at last, all of them."""
        stop = self.futures
        if self.settings.until is not None:
            sobol = self.settings.design.kind == "sobol"
            stop = SOBOL_ROUND if sobol else ROUND
            while stop < self.futures:
                yield stop
                stop += stop if sobol else max(ROUND, stop // 4 // ROUND * ROUND)
        yield self.futures

    def is_enough(self, store: Store, stop: int) -> bool:
        """Whether the first futures, up to this one, make the intervals narrow enough."""
        if self.settings.until is None or stop == self.futures:
            return False
        from detente.futures.judging.assembly import widest
        from detente.futures.reading.run import run_of

        width = widest(run_of(store).head(stop))
        return width is not None and width <= self.settings.until


def advance(
    store: Store, crew: Any, stop: int, part: tuple[int, int] | None, progress: Progress
) -> None:
    """Do what is missing of the futures before `stop`; of a part, its own chunks."""
    missing = list(own(store, stop, part))
    todo = sum(shard.stop - shard.start for shard in missing)
    asked = store.manifest.futures if part is None else todo
    before = tallied(store) if part is None else {}
    done, ok = sum(before.values()), before.get("ok", 0)
    progress.at(done, done - ok, asked)
    calls = [Call("chunk", *shard) for shard in missing]
    with closing(crew.work(calls)) as working:
        for call, tally in working:
            done += call.stop - call.start
            ok += tally.get("ok", 0)
            progress.at(done, done - ok, asked)


def own(store: Store, stop: int, part: tuple[int, int] | None) -> Iterator[Shard]:
    """What is missing of the futures before `stop`; of a part, every n-th chunk."""
    done = store.shards()
    number, parts = part or (1, 1)
    for place_, chunk in enumerate(store.chunks()):
        cut = Shard(chunk.start, min(chunk.stop, stop))
        if place_ % parts == number - 1 and cut.start < cut.stop:
            yield from without(cut, done)


def tallied(store: Store) -> dict[str, int]:
    """How many futures there are of each status, of those that are finished."""
    return summed(statuses(table) for table in store.tables(["status"]))


def summed(tallies: Iterable[dict[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for tally in tallies:
        for status, count in tally.items():
            total[status] = total.get(status, 0) + count
    return total


def chunk_size(seconds: float, futures: int) -> int:
    """A round number of futures that make a few seconds of work, and enough chunks to share out."""
    most = max(SECONDS / seconds, 1)
    shared = max(futures / CHUNKS, LEAST / seconds)
    return max(size for size in SIZES if size <= max(min(most, shared), 1))


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def changed_environment(manifest: Manifest) -> str:
    """Versions that are others than when the run was begun."""
    before, now = manifest.environment or {}, environment()
    return ", ".join(
        f"{name} {before.get(name, '?')} -> {there}"
        for name, there in now.items()
        if before.get(name) != there
    )
