"""A case to start from, with the schema by which editors check it."""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING

from detente.case.opening import MAIN
from detente.case.schema import FILE, situation_schema
from detente.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["new_case"]


def new_case(folder: Path) -> tuple[Path, ...]:
    """Write a commented case that runs at once, and its schema beside it.

    Parameters
    ----------
    folder
        Where to; made if it is not there.

    Returns
    -------
    tuple of Path
        The files written.

    Raises
    ------
    InputError
        If the folder holds something, or cannot be written.
    """
    template = resources.files("detente.case") / "template" / MAIN
    schema = json.dumps(situation_schema(), indent=2, ensure_ascii=False)
    contents = {MAIN: template.read_text(encoding="utf-8"), FILE: f"{schema}\n"}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        refuse_to_mix(folder)
        for name, content in contents.items():
            (folder / name).write_text(content, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{folder}: cannot be written: {error.strerror}") from None
    return tuple(folder / name for name in contents)


def refuse_to_mix(folder: Path) -> None:
    """Refuse a folder that holds something already."""
    if any(folder.iterdir()):
        raise InputError(f"{folder}: not empty\n  a new case is written into a folder of its own")
