"""Where a run is kept: what was asked, a copy of the case, and a shard for every finished chunk.

    manifest.json                        what makes the run what it is
    case/                                the case as it was
    shards/000000000-000000250.parquet   one row a future, from 0 to before 250

A shard is there whole or not at all, and nothing else says what is finished: whatever kills a run,
the shards are what is left of it.
"""

from __future__ import annotations

import io
import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields, replace
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from typing import TYPE_CHECKING, Any, NamedTuple

from detente.errors import InputError
from detente.futures.running.place import Place, place

if TYPE_CHECKING:
    from detente.case.situation import Concept, Situation

__all__ = [
    "Manifest",
    "Shard",
    "Store",
    "created",
    "environment",
    "keep",
    "kept",
    "opened",
    "refuse_others",
]

FORMAT = "detente.run/1"
MANIFEST = "manifest.json"
CASE, SHARDS = "case", "shards"
MAIN = "situation.yaml"
SHARD = re.compile(r"(\d{9,})-(\d{9,})\.parquet")
PROFILES = "profiles"
SHOWN = 8  # changes of a case that are named


@dataclass(frozen=True)
class Manifest:
    """What makes a run what it is; equal manifests, equal tables."""

    situation: str
    """The situation's id."""
    case: str
    """`case_hash` of what the case says."""
    design: str
    seed: int
    concepts: tuple[Concept, ...]
    futures: int
    """How many make up the run; a future of a later index does not count."""
    varied: int = 0
    """In how many of them, the first, single statements are varied."""
    chunk: int = 250
    """Futures in a shard; decides nothing about what is in them."""
    varied_chunk: int = 10
    """The same where statements are varied."""
    timeout: float = 300.0
    """After how long a future is given up [s]."""
    version: str = ""
    environment: Mapping[str, str] | None = None
    """Versions of what computed it."""

    def to_json(self) -> str:
        """The contents of `manifest.json`."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=2) + "\n"


def environment() -> dict[str, str]:
    """Versions of everything that numbers depend on."""
    packages = {name: version(name) for name in ("numpy", "scipy", "numba")}
    return {"python": python_version(), **packages}


def from_json(text: bytes, where: Place) -> Manifest:
    """The manifest that stands in a file."""
    try:
        written = json.loads(text)
        if written.get("format") != FORMAT:
            raise InputError(f"{where}: not a run of this version of Detente\n  run it again")
        known = {each.name: written[each.name] for each in fields(Manifest)}
    except (ValueError, KeyError, AttributeError) as error:
        raise InputError(f"{where}: {MANIFEST} is damaged: {error!r}\n  run it again") from None
    return Manifest(**{**known, "concepts": tuple(known["concepts"])})


class Shard(NamedTuple):
    """Finished futures, from `start` to before `stop`."""

    start: int
    stop: int

    @property
    def name(self) -> str:
        """Its file, in the run's folder."""
        return f"{SHARDS}/{self.start:09}-{self.stop:09}.parquet"

    def holds(self, other: Shard) -> bool:
        """Whether another shard is a part of this one."""
        return self.start <= other.start and other.stop <= self.stop and self != other


@dataclass(frozen=True)
class Store:
    """A run that is kept."""

    place: Place
    manifest: Manifest

    def situation(self) -> Situation:
        """The case as it was.

        Raises
        ------
        CaseError
            If the copy was tampered with.
        """
        from detente.loading import load

        with self.case() as folder:
            return load(folder)

    @contextmanager
    def case(self) -> Iterator[Path]:
        """The folder with the copy of the case; brought here if it is elsewhere."""
        if self.place.is_local:
            yield self.place.path(CASE)
            return
        with tempfile.TemporaryDirectory() as folder:
            for part in (CASE, f"{CASE}/{PROFILES}"):
                for name in self.place.names(part):
                    file = Path(folder, Path(part, name).relative_to(CASE))
                    file.parent.mkdir(exist_ok=True)
                    file.write_bytes(self.place.get(f"{part}/{name}") or b"")
            yield Path(folder)

    def shards(self) -> tuple[Shard, ...]:
        """What is finished, in the order of the futures."""
        found = (SHARD.fullmatch(name) for name in self.place.names(SHARDS))
        return tuple(sorted(Shard(int(each[1]), int(each[2])) for each in found if each))

    def missing(self, start: int = 0) -> Iterator[Shard]:
        """The chunks still to be done from `start` on, in the order of the futures."""
        done = self.shards()
        for chunk in self.chunks(start):
            yield from without(chunk, done)

    def chunks(self, start: int = 0) -> Iterator[Shard]:
        """Every chunk of the run: small ones where statements are varied, then larger ones."""
        asked = self.manifest
        varied = min(asked.varied, asked.futures)
        small = pieces(0, varied, asked.varied_chunk)
        large = pieces(varied, asked.futures, asked.chunk)
        return (chunk for part in (small, large) for chunk in part if chunk.stop > start)

    def write(self, shard: Shard, table: Any) -> None:
        """Keep a finished chunk."""
        keep(self.place, shard, table)

    def tables(self, columns: Sequence[str] | None = None) -> Iterator[Any]:
        """The finished futures that count, shard by shard; each future once.

        Parameters
        ----------
        columns
            Which to read; all if left out.
        """
        seen = 0
        for shard in self.shards():
            stop = min(shard.stop, self.manifest.futures)
            start = max(shard.start, seen)
            if start < stop:
                table = self.read(shard, columns)
                yield table.slice(start - shard.start, stop - start)
                seen = stop

    def read(self, shard: Shard, columns: Sequence[str] | None = None) -> Any:
        """One shard.

        Raises
        ------
        InputError
            If it was damaged after it was written.
        """
        from pyarrow import lib, parquet

        try:
            with self.place.opened(shard.name) as file:
                return parquet.read_table(file, columns=columns, page_checksum_verification=True)
        except (lib.ArrowException, OSError) as error:
            raise InputError(
                f"{self.place}: {shard.name} cannot be read: {error}\n"
                "  delete it and run again with --resume: only it is computed anew"
            ) from None

    def mended(self) -> tuple[Shard, ...]:
        """Take away what is half written, damaged or there twice; the shards that were damaged."""
        self.place.sweep(SHARDS)
        damaged = tuple(shard for shard in self.shards() if not self.is_sound(shard))
        sound = [shard for shard in self.shards() if shard not in damaged]
        twice = [each for each in sound if any(other.holds(each) for other in sound)]
        for shard in (*damaged, *twice):
            self.place.remove(shard.name)
        return damaged

    def is_sound(self, shard: Shard) -> bool:
        """Whether a shard has its last bytes and as many rows as its name says."""
        from pyarrow import lib, parquet

        try:
            with self.place.opened(shard.name) as file:
                rows: int = parquet.read_metadata(file).num_rows
        except (lib.ArrowException, OSError):
            return False
        return rows == shard.stop - shard.start

    def changed(self, **what: Any) -> Store:
        """The same run with another entry in its manifest, which is written at once."""
        manifest = replace(self.manifest, **what)
        if manifest != self.manifest:
            self.place.put(MANIFEST, manifest.to_json().encode())
        return replace(self, manifest=manifest)


def keep(where: Place, shard: Shard, table: Any) -> None:
    """Write a finished chunk into the folder of its run.

    Raises
    ------
    OSError
        If the disk is full or the folder cannot be written; nothing half written stays.
    """
    from pyarrow import parquet

    content = io.BytesIO()
    parquet.write_table(table, content, compression="zstd", write_page_checksum=True)
    where.put(shard.name, content.getvalue())


def pieces(start: int, stop: int, size: int) -> Iterator[Shard]:
    for begin in range(start, stop, size):
        yield Shard(begin, min(begin + size, stop))


def without(chunk: Shard, done: Sequence[Shard]) -> Iterator[Shard]:
    """What of a chunk is not in any shard."""
    start = chunk.start
    for shard in done:
        if shard.stop > start and shard.start < chunk.stop:
            if shard.start > start:
                yield Shard(start, shard.start)
            start = max(start, shard.stop)
    if start < chunk.stop:
        yield Shard(start, chunk.stop)


# -------------------------------------------------------------------------------- opening, making


def kept(where: str | Path) -> bool:
    """Whether a run is kept there."""
    return place(where).get(MANIFEST) is not None


def refuse_others(where: str | Path, case: Path) -> None:
    """Refuse a folder in which no run of this case is kept or was begun, but something else is.

    Raises
    ------
    InputError
        Naming what is there.
    """
    folder = place(where)
    found = folder.entries()
    if kept(where):
        return
    begun = folder.get(f"{CASE}/{MAIN}") == case_files(case)[MAIN] or not folder.names(CASE)
    if others := [name for name in found if not (name == CASE and begun)]:
        named = ", ".join(others[:SHOWN]) + (", …" if len(others) > SHOWN else "")
        raise InputError(
            f"{where}: no run is kept here, and the folder is not empty: {named}\n"
            "  choose another folder, or a new one in it"
        )


def opened(where: str | Path) -> Store:
    """The run that is kept in a folder.

    Raises
    ------
    InputError
        If there is none.
    """
    folder = place(where)
    text = folder.get(MANIFEST)
    if text is None:
        raise InputError(
            f"{where}: no run is kept here\n  `detente ensemble PATH --out {where}` makes one"
        )
    return Store(folder, from_json(text, folder))


def created(where: str | Path, manifest: Manifest, case: Path) -> Store:
    """A new run in a folder, or the one that another machine made there a moment ago.

    Parameters
    ----------
    where
        A path or URL.
    manifest
        What makes the run what it is.
    case
        The case's main file.

    Raises
    ------
    InputError
        If the folder cannot be written, or the other machine's run is another one.
    """
    folder = place(where)
    store = Store(folder, manifest)
    try:
        for name, content in case_files(case).items():
            folder.put(f"{CASE}/{name}", content)
        is_ours = folder.create(MANIFEST, manifest.to_json().encode())
    except OSError as error:
        raise InputError(f"{where}: cannot be written: {error.strerror or error}") from None
    return store if is_ours else fitting(opened(where), manifest, case)


def case_files(case: Path) -> dict[str, bytes]:
    """The files a case is read from; an overlay or a foreign file as the case it stands for."""
    from detente.case.opening import part_files, written_out

    if case.suffix == ".gmcr":
        from detente.interop.gmcr import gmcr_to_yaml

        return {MAIN: gmcr_to_yaml(case).encode()}
    if (whole := written_out(case)) is not None:
        return {MAIN: whole.encode()}
    return {
        MAIN: case.read_bytes(),
        **{name: file.read_bytes() for name, file in part_files(case).items()},
    }


# ---------------------------------------------------------------------------------------- resuming


def fitting(store: Store, manifest: Manifest, case: Path) -> Store:
    """The run that is kept, if it is the one asked for; with as many futures as asked.

    Chunks stay as they were chosen. Patience may change, it says nothing about a future that is
    done; the number of futures may grow.

    Raises
    ------
    InputError
        If it is another run, naming everything that differs.
    """
    if differing := list(differences(store, manifest, case)):
        lines = "\n".join(f"  {line}" for line in differing)
        raise InputError(
            f"{store.place}: holds another run\n{lines}\n"
            "  put back what changed, or begin another run in another folder"
        )
    futures = max(manifest.futures, store.manifest.futures)
    return store.changed(futures=futures, timeout=manifest.timeout)


def differences(store: Store, manifest: Manifest, case: Path) -> Iterator[str]:
    """What makes a run another one, in words."""
    old = store.manifest
    if old.case != manifest.case:
        yield from case_changes(store, case)
    for name in ("version", "design", "seed", "concepts", "varied"):
        before, after = (getattr(each, name) for each in (old, manifest))
        if before != after:
            yield f"{name}: {worded(before)} -> {worded(after)}"
    if manifest.futures < old.futures:
        yield f"futures: {old.futures:,} -> {manifest.futures:,}; a run can only grow"


def worded(value: object) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)


def case_changes(store: Store, case: Path) -> Iterator[str]:
    """What changed in the case, the first lines of it."""
    from detente.case.changes import changes

    with store.case() as copy:
        found = changes(copy, case)
    yield from (f"case: {change}" for change in found[:SHOWN])
    if more := len(found) - SHOWN:
        yield from [f"case: … and {more:,} more"] if more > 0 else []
    if not found:
        yield "case: its copy was tampered with"
