"""The cases that ship: published conflicts and the 2024 commentary.

A case's id is its path below this folder: `fang/prisoners_dilemma`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["Entry", "catalogue", "folder", "ids"]

HERE = Path(__file__).parent
MAINS = ("situation.yaml", "overlay.yaml")
"""What a case's folder holds: the case, or what it changes of another one."""
TITLE = re.compile(r"^title:.*(\n +.*)*", re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    """A case of the catalogue."""

    id: str
    """Its path below the catalogue's folder."""
    folder: Path
    """Where its files are."""

    @property
    def title(self) -> str:
        """Its title in English; read only when asked for, and without the rest of the case."""
        import yaml

        main = next(file for name in MAINS if (file := self.folder / name).is_file())
        section = TITLE.search(main.read_text(encoding="utf-8"))
        title = yaml.safe_load(section[0])["title"] if section else self.id
        return str(title["en"] if isinstance(title, dict) else title)


@cache
def catalogue() -> tuple[Entry, ...]:
    """Every case that ships, by id.

    Examples
    --------
    >>> for entry in catalogue()[:2]:
    ...     print(entry.id, "-", entry.title)
    fang/chicken - Chicken: who gives way?
    fang/prisoners_dilemma - Prisoner's Dilemma: can two rivals keep cooperating?
    """
    folders = sorted({file.parent for name in MAINS for file in HERE.rglob(name)})
    return tuple(Entry(path.relative_to(HERE).as_posix(), path) for path in folders)


def ids() -> tuple[str, ...]:
    """The ids of all cases, sorted."""
    return tuple(entry.id for entry in catalogue())


def folder(case_id: str) -> Path:
    """The folder of a case.

    Raises
    ------
    KeyError
        If no case has this id.
    """
    return {entry.id: entry.folder for entry in catalogue()}[case_id]
