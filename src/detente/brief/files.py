"""What a run leaves behind: `claims.json`, `brief.html`, `brief.md`, and `figures/`."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from detente.brief.compose import brief
from detente.brief.figures.figure import FIGURES
from detente.brief.figures.picture import is_drawable
from detente.brief.html import to_html
from detente.brief.markdown import to_markdown
from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.brief.figures.figure import Figure
    from detente.claims.report import Report

__all__ = ["prepared", "write", "write_figures"]


def write(report: Report, folder: str | Path) -> tuple[Path, ...]:
    """Write the claims, the brief and its figures.

    Each file is written beside its place and renamed into it, so that a reader never finds half of
    one, and what was finished stays if the rest is interrupted.

    Parameters
    ----------
    report
        The tested argument.
    folder
        Where to; made if it is not there.

    Returns
    -------
    tuple of Path
        The files, `claims.json` first, then the folder of the figures where there are any.

    Raises
    ------
    InputError
        If the folder cannot be made or written.
    """
    place = prepared(folder)
    try:
        claims = put(place / "claims.json", json.dumps(report.to_dict(), indent=2) + "\n")
        document = brief(report)
        page = put(place / "brief.html", to_html(document))
        text = put(place / "brief.md", to_markdown(document))
        figures = [written(place / FIGURES, figure) for figure in document.figures()]
    except OSError as error:
        raise unwritable(place, error) from error
    return claims, page, text, *figures[:1]


def write_figures(figures: Iterable[Figure], folder: str | Path) -> Path:
    """Write figures alone, each as its specification and, where it can be drawn, as a picture.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    InputError
        If the folder cannot be made or written.
    """
    place = prepared(folder)
    try:
        for figure in figures:
            written(place, figure)
    except OSError as error:
        raise unwritable(place, error) from error
    return place


def written(folder: Path, figure: Figure) -> Path:
    """A figure as its specification and, where it can be drawn, as a picture; their folder."""
    folder.mkdir(exist_ok=True)
    specification = json.dumps(figure.specification(), indent=1, ensure_ascii=False)
    put(folder / f"{figure.id}.vl.json", specification + "\n")
    if is_drawable():
        put(folder / f"{figure.id}.svg", figure.svg())
    return folder


def prepared(folder: str | Path) -> Path:
    """The folder, made if it is not there.

    Raises
    ------
    InputError
        If it cannot be made or written, so that one learns it before anything is computed.
    """
    place = Path(folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        raise unwritable(place, error) from error
    return place


def unwritable(place: Path, error: OSError) -> InputError:
    return InputError(f"{place}: cannot be written: {error.strerror}")


def put(file: Path, text: str) -> Path:
    """Write a file in one step."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
    return file
