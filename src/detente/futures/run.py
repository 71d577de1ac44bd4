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

from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.errors import InputError
from detente.futures.frames import FRAMES, empty, frame_of, head_of, typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from detente.case.situation import Situation

__all__ = ["Run", "open_run"]


@dataclass(frozen=True, eq=False)
class Run:
    """What came of the futures of a situation.

    Parameters
    ----------
    situation
        What the analyst wrote.
    manifest
        How the run was asked for: `futures`, `design`, `seed`, `concepts`, `varied`, …
    folder
        Where its shards lie; None for a run made of frames.
    """

    situation: Situation
    manifest: Mapping[str, Any]
    folder: Path | None = None
    given: Mapping[str, pd.DataFrame] = field(default_factory=dict, repr=False)
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
        """The frames of these names, a shard at a time, in the order of the futures."""
        if self.folder is None:
            yield {name: head_of(self.given[name], name, self.most) for name in names}
            return
        from detente.futures.shards import tables

        for table in tables(self.folder, names, self.most):
            yield {name: frame_of(table, name, self.situation) for name in names}

    def head(self, futures: int) -> Run:
        """The same run as if only its first futures had been drawn."""
        most = futures if self.most is None else min(futures, self.most)
        return Run(self.situation, self.manifest, self.folder, self.given, most)

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
        from detente.futures.sql import answer

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
        from detente.futures.export import export

        return export(self, Path(path))

    def _repr_html_(self) -> str:
        counted = ", ".join(f"{n:,} {status}" for status, n in self.counts.items() if n)
        asked = {key: self.manifest.get(key) for key in ("design", "seed", "concepts")}
        rows = "".join(
            f"<tr><th>{escape(key)}</th><td>{escape(written(value))}</td></tr>"
            for key, value in {"futures": counted, **asked}.items()
        )
        return f"<table><caption>{escape(self.situation.title)}</caption>{rows}</table>"


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
        The `--out` of `detente ensemble`.

    Raises
    ------
    InputError
        If there is no run in the folder, or not one this version can read.
    """
    import json

    from detente.case import load

    path = Path(folder)
    try:
        manifest = json.loads((path / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        cure = "give the folder that `detente ensemble … --out` wrote"
        raise InputError(f"{folder}: no run in this folder: {error}\n  {cure}") from error
    if not str(manifest.get("format", "")).startswith("detente.run/"):
        raise InputError(f"{folder}: manifest.json is not that of a run")
    return Run(load(path / "case"), manifest, path)
