"""A run in the formats of other programs: a folder of CSV, Excel, Stata."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from detente.errors import InputError
from detente.futures.reading.frames import FRAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    import pandas as pd

    from detente.futures.reading.run import Run

__all__ = ["export", "stata_names"]

EXCEL_ROWS = 1_048_575  # below its row of names
STATA_NAME = 32  # characters
STATA_LABEL = 80


def export(run: Run, path: Path) -> tuple[Path, ...]:
    """Write the frames of a run.

    Parameters
    ----------
    run
        What is written.
    path
        `.csv`: a folder of this name with a file for each frame. `.xlsx`: a workbook with a sheet
        for each. `.dta`: a Stata file of the futures and, beside it, one for each other frame.

    Returns
    -------
    tuple of Path
        The files written.

    Raises
    ------
    InputError
        If the ending is another, a frame is too long for Excel, or nothing can be written there.
    """
    writers: Mapping[str, Callable[[Run, Path], Iterator[Path]]] = {
        ".csv": to_csv, "": to_csv, ".xlsx": to_excel, ".dta": to_stata,
    }  # fmt: skip
    if path.suffix.lower() not in writers:
        raise InputError(f"{path}: no export to `{path.suffix}`\n  .csv (a folder), .xlsx or .dta")
    try:
        return tuple(writers[path.suffix.lower()](run, path))
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror or error}") from error


def to_csv(run: Run, path: Path) -> Iterator[Path]:
    """A shard at a time, so that no frame need fit into memory."""
    path.mkdir(parents=True, exist_ok=True)
    for name in FRAMES:
        file = path / f"{name}.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            for number, part in enumerate(run.parts(name)):
                part[name].to_csv(
                    out, header=number == 0, index=name == "futures", lineterminator="\n"
                )
        yield file


def to_excel(run: Run, path: Path) -> Iterator[Path]:
    import pandas as pd

    frames = {name: run.frame(name) for name in FRAMES}
    for name, frame in frames.items():
        if len(frame) > EXCEL_ROWS:
            raise InputError(
                f"{path}: `{name}` has {len(frame):,} rows and a sheet of Excel takes "
                f"{EXCEL_ROWS:,}\n  export to a folder of CSV files: {path.with_suffix('.csv')}"
            )
    path.parent.mkdir(parents=True, exist_ok=True)
    with pd.ExcelWriter(path, engine="openpyxl") as book:
        for name, frame in frames.items():
            harmless(frame).to_excel(book, sheet_name=name, index=name == "futures")
    yield path


def harmless(frame: pd.DataFrame) -> pd.DataFrame:
    """Texts that Excel would take for a formula begin with an apostrophe."""
    texts = frame.select_dtypes(include=["object", "string", "category"]).columns
    return frame.assign(**{column: frame[column].map(unformulated) for column in texts})


def unformulated(value: Any) -> Any:
    return "'" + value if isinstance(value, str) and value[:1] in "=+-@" and value else value


# --------------------------------------------------------------------------------------- Stata


def to_stata(run: Run, path: Path) -> Iterator[Path]:
    """Numbers and texts as Stata knows them; a truth value is 0, 1 or missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for name in FRAMES:
        file = path if name == "futures" else path.with_name(f"{path.stem}_{name}.dta")
        frame = run.frame(name)
        frame = frame.reset_index() if name == "futures" else frame
        names = stata_names([str(column) for column in frame])
        frame = frame.set_axis(list(names.values()), axis=1)
        labels = {new: old[:STATA_LABEL] for old, new in names.items()}
        frame.apply(stata_column).to_stata(
            file, write_index=False, version=118, variable_labels=labels
        )
        yield file


def stata_names(columns: list[str]) -> dict[str, str]:
    """Column -> a name that Stata takes: letters, digits, underscores; at most 32; all distinct.

    Examples
    --------
    >>> stata_names(["prc.4", "prc_4", "2nd"])
    {'prc.4': 'prc_4', 'prc_4': 'prc_4_2', '2nd': '_2nd'}
    """
    from pandas.io.stata import StataParser

    own = StataParser().RESERVED_WORDS  # type: ignore[attr-defined]  # the stubs leave it out
    taken: dict[str, str] = {}
    for column in columns:
        plain = re.sub(r"[^A-Za-z0-9_]", "_", column)
        is_bare = not plain or plain[0].isdigit() or plain in own
        plain = ("_" + plain if is_bare else plain)[:STATA_NAME]
        name, number = plain, 1
        while name in taken.values():
            number += 1
            name = f"{plain[: STATA_NAME - len(str(number)) - 1]}_{number}"
        taken[column] = name
    return taken


def stata_column(column: pd.Series[Any]) -> pd.Series[Any]:
    """Truth values and whole numbers as floats, where one may be missing; texts without NA."""
    import pandas as pd

    if pd.api.types.is_bool_dtype(column):
        return column.astype("Float64").astype("float64")
    if pd.api.types.is_numeric_dtype(column):
        return column.astype("float64")
    return column.astype("object").where(column.notna(), "")
