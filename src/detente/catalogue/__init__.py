"""The cases that ship: published conflicts and the 2024 commentary.

A case's id is its path below this folder: `fang/prisoners_dilemma`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Entry", "catalogue", "folder", "ids", "overlays"]

HERE = Path(__file__).parent
MAIN = "situation.yaml"
OVERLAYS = "overlays"
"""The folder of a case in which changed versions of it stand."""
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

        section = TITLE.search((self.folder / MAIN).read_text(encoding="utf-8"))
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
    folders = sorted(file.parent for file in HERE.rglob(MAIN))
    return tuple(Entry(path.relative_to(HERE).as_posix(), path) for path in folders)


def ids() -> tuple[str, ...]:
    """The ids of all cases, sorted."""
    return tuple(entry.id for entry in catalogue())


@cache
def overlays() -> Mapping[str, Path]:
    """The changed versions of cases that ship, by id.

    Examples
    --------
    >>> list(overlays())
    ['kim/indo_pacific_2024/taiwan_crisis', 'kim/indo_pacific_2024/ukraine']
    """
    return {
        f"{entry.id}/{file.stem}": file
        for entry in catalogue()
        for file in sorted((entry.folder / OVERLAYS).glob("*.yaml"))
    }


def folder(case_id: str) -> Path:
    """The folder of a case.

    Raises
    ------
    KeyError
        If no case has this id.
    """
    return {entry.id: entry.folder for entry in catalogue()}[case_id]
