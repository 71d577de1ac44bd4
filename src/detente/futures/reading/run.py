"""A run, read: its futures and what was found in them, as tidy frames and by SQL.

    futures     one row a future: its status, its weight and everything that was drawn
    claims      one row a future x view x claim x concept
    strategies  one row a future x view x strategy x concept
    outcomes    one row a future x view x strategy x concept x attained equilibrium
    turned      one row a claim that came out otherwise when a statement was varied

Shards are the truth. They are read one after the other, so that shares and tallies of a run need
no more memory than one of them; a frame as a whole is there for those who ask for it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.errors import InputError
from detente.futures.reading.frames import FRAMES, empty, frame_of, head_of, typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pandas as pd
    import pyarrow as pa

    from detente.case.situation import Situation
    from detente.futures.running.store import Store

__all__ = ["Run", "open_run", "run_of"]

AT_ONCE = 1_000  # futures that are worth being turned into frames
ALWAYS = ("index", "status")
ASKED = ("futures", "design", "seed", "concepts")
"""What one wants to know of a run at first sight."""

NEEDED = {
    "futures": ("reason", "weight", "varied", "draw"),
    "claims": ("claims",),
    "strategies": ("strategies",),
    "outcomes": ("outcomes",),
    "turned": ("turned",),
}
"""Frame -> the columns of a shard that it is made of."""


@dataclass(frozen=True, eq=False, repr=False)
class Run:
    """What came of the futures of a situation.

    Parameters
    ----------
    situation
        What the analyst wrote.
    manifest
        How the run was asked for: `futures`, `design`, `seed`, `concepts`, `varied`, …
    store
        Where its shards lie; None for a run made of frames.
    """

    situation: Situation
    manifest: Mapping[str, Any]
    store: Store | None = None
    given: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    """Frames handed over in place of shards."""
    most: int | None = None
    """Futures from this index on are left out; None: all count."""

    @classmethod
    def from_frames(
        cls, situation: Situation, manifest: Mapping[str, Any], **frames: pd.DataFrame
    ) -> Run:
        """A run of frames that are there already; those left out are empty.

        Raises
        ------
        InputError
            If a frame has a name that no run knows.
        """
        given = {known_frame(name): typed(frame, name) for name, frame in frames.items()}
        return cls(situation, manifest, None, {name: empty(name) for name in FRAMES} | given)

    # ----------------------------------------------------------------------------------- frames

    @cached_property
    def futures(self) -> pd.DataFrame:
        """One row a future, indexed by it: `status`, `reason`, `weight`, `varied`, each factor."""
        return self.frame("futures")

    @cached_property
    def claims(self) -> pd.DataFrame:
        """One row a future, view, claim and concept; NA where undetermined or failed."""
        return self.frame("claims")

    @cached_property
    def strategies(self) -> pd.DataFrame:
        """One row a future, view, strategy and concept."""
        return self.frame("strategies")

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """One row an attained equilibrium."""
        return self.frame("outcomes")

    @cached_property
    def turned(self) -> pd.DataFrame:
        """One row a claim that a varied statement gives another answer."""
        return self.frame("turned")

    def frame(self, name: str) -> pd.DataFrame:
        """The frame of this name as a whole, in the order of the futures."""
        import pandas as pd

        parts = [part[name] for part in self.parts(known_frame(name))]
        if not parts:
            return empty(name)
        return parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=name != "futures")

    def parts(self, *names: str) -> Iterator[dict[str, pd.DataFrame]]:
        """The frames of these names, some shards at a time, in the order of the futures."""
        if self.store is None:
            yield {name: head_of(self.given[name], name, self.most) for name in names}
            return
        columns = [*ALWAYS, *(column for name in names for column in NEEDED[name])]
        for table in together(self.store.tables(columns), self.most):
            yield {name: frame_of(table, name, self.situation) for name in names}

    def head(self, futures: int) -> Run:
        """The same run as if only its first futures had been drawn."""
        most = futures if self.most is None else min(futures, self.most)
        return Run(self.situation, self.manifest, self.store, self.given, most)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many futures there are of each status: `ok`, `failed`, `timed_out`."""
        found = dict.fromkeys(("ok", "failed", "timed_out"), 0)
        for part in self.parts("futures"):
            for status, count in part["futures"]["status"].value_counts().items():
                found[str(status)] += int(count)
        return found

    # ----------------------------------------------------------------------------------- beyond

    def sql(self, query: str) -> pd.DataFrame:
        """The answer to a query over `futures`, `claims`, `strategies`, `outcomes`, `turned`.

        Raises
        ------
        InputError
            If the query is wrong.
        """
        from detente.futures.reading.sql import answer

        return answer(self, query)

    def export(self, path: str | Path) -> tuple[Path, ...]:
        """The frames as files: a folder of CSV, an `.xlsx` workbook, or Stata's `.dta`.

        Returns
        -------
        tuple of Path
            The files written.

        Raises
        ------
        InputError
            If the ending is another, or the frames do not fit into such a file.
        """
        from detente.futures.reading.export import export

        return export(self, Path(path))

    def __repr__(self) -> str:
        asked = (f"{key}={self.manifest[key]!r}" for key in ASKED if key in self.manifest)
        return f"<Run of {self.situation.id}: {', '.join(asked)}>"

    def _repr_html_(self) -> str:
        counted = ", ".join(f"{n:,} {status}" for status, n in self.counts.items() if n)
        asked = {key: self.manifest.get(key) for key in ASKED[1:]}
        rows = "".join(
            f"<tr><th>{escape(key)}</th><td>{escape(written(value))}</td></tr>"
            for key, value in {"futures": counted, **asked}.items()
        )
        return f"<table><caption>{escape(self.situation.title)}</caption>{rows}</table>"


def together(tables: Iterable[pa.Table], most: int | None) -> Iterator[pa.Table]:
    """Small shards joined to tables worth the while, up to where futures count."""
    import pyarrow as pa

    waiting: list[pa.Table] = []
    for table in tables:
        left = None if most is None else most - int(table.column("index")[0].as_py())
        if left is not None and left <= 0:
            break
        waiting.append(table.slice(0, left))
        if sum(each.num_rows for each in waiting) >= AT_ONCE:
            yield pa.concat_tables(waiting)
            waiting = []
    if waiting:
        yield pa.concat_tables(waiting)


def written(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def known_frame(name: str) -> str:
    if name not in FRAMES:
        raise InputError(f"no frame `{name}` in a run\n  one of {', '.join(FRAMES)}")
    return name


def open_run(folder: str | Path) -> Run:
    """The run kept in a folder.

    Parameters
    ----------
    folder
        The `--out` of `detente ensemble`, or a URL that fsspec knows.

    Raises
    ------
    InputError
        If there is no run in the folder, or not one this version can read.

    Examples
    --------
    >>> open_run("nowhere")
    Traceback (most recent call last):
        ...
    detente.errors.InputError: nowhere: no run is kept here...
    """
    from detente.futures.running.store import opened

    return run_of(opened(folder))


def run_of(store: Store) -> Run:
    """The run that is kept in a store."""
    return Run(store.situation(), asdict(store.manifest), store)
