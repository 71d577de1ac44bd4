"""The shards of a run, read one after the other in the order of their futures."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import pyarrow as pa

__all__ = ["shards", "tables"]

ALWAYS = ("index", "status")
NEEDED = {
    "futures": ("reason", "weight", "varied", "draw"),
    "claims": ("claims",),
    "strategies": ("strategies",),
    "outcomes": ("outcomes",),
    "turned": ("turned",),
}
"""Frame -> the columns of a shard that it is made of."""


def shards(folder: Path) -> list[Path]:
    """The files; their names are in the order of their futures."""
    return sorted((folder / "shards").glob("*.parquet"))


def tables(folder: Path, names: Sequence[str], most: int | None) -> Iterator[pa.Table]:
    """Each shard, with no more of it than these frames are made of.

    Parameters
    ----------
    folder
        Where the run lies.
    names
        Frames that are wanted.
    most
        Futures from this index on are left out; None: all count.
    """
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    columns = [*ALWAYS, *(column for name in names for column in NEEDED[name])]
    for file in shards(folder):
        if most is not None and int(file.stem.split("-")[0]) >= most:
            return
        table = pq.read_table(file, columns=columns)
        yield table if most is None else table.filter(pc.less(table.column("index"), most))
