"""The cells of a CSV file, however it was packed, encoded and broken into lines."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import re
import zlib
from collections import Counter
from collections.abc import Mapping
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["Columns", "Problem", "few_bytes", "read_cells"]

LARGEST = 200_000_000  # bytes, unpacked
UNEVEN = "left out: not as many cells as the header has"

Columns = Mapping[str, tuple[str, ...]]
"""Column -> the headers under which files have it, whatever their capitals."""


class Problem(NamedTuple):
    """Something in a file that is not as it should be."""

    row: int
    """The row of the file; the header is row 1."""
    what: str
    """What is wrong, and what was done about it: the same words for the same kind."""
    found: str = ""
    """What stands there."""


def read_cells(
    path: Path, columns: Columns, optional: Columns
) -> tuple[pd.DataFrame, list[Problem]]:
    """The named columns of a CSV file as text, and what is wrong with the file.

    Parameters
    ----------
    path
        A file with a header; may be compressed by gzip. Line ends of any kind and a byte order mark
        are taken as they come.
    columns
        Those that must be there.
    optional
        Those that may be.

    Returns
    -------
    cells : pandas.DataFrame
        Its index, `row`, is the row of the file.
    problems : list of Problem
        Rows left out among them.

    Raises
    ------
    InputError
        If the file cannot be read or lacks a column.
    """
    problems: list[Problem] = []
    reader = csv.reader(io.StringIO(text_of(path, problems), newline=None))
    picked, rows = [], []
    try:
        header = next(reader, [])
        places = places_of(path, header, columns, optional)
        pick = itemgetter(*places.values())
        for row in reader:
            if len(row) == len(header):
                picked.append(pick(row))
                rows.append(reader.line_num)
            elif row:
                found = f"{len(row)}, not {len(header)}"
                problems.append(Problem(reader.line_num, UNEVEN, found))
    except csv.Error as error:
        raise InputError(f"{path}: row {reader.line_num}: {error}") from None
    index = pd.Index(rows, dtype=np.int64, name="row")
    return pd.DataFrame(picked, index=index, columns=list(places), dtype=object), problems


def places_of(
    path: Path, header: Sequence[str], columns: Columns, optional: Columns
) -> dict[str, int]:
    """Where each column stands; the first of its headers that is there counts."""
    found = [cell.strip().lower() for cell in header]
    times = Counter(found)
    places: dict[str, int] = {}
    for column, known in {**columns, **optional}.items():
        name = next((name.lower() for name in known if name.lower() in times), None)
        if name is None and column in columns:
            raise InputError(f"{path}: no column for {column}\n  expected {' or '.join(known)}")
        if name is not None and times[name] > 1:
            raise InputError(f"{path}: column `{name}` stands twice\n  keep one of them")
        if name is not None:
            places[column] = found.index(name)
    return places


def text_of(path: Path, problems: list[Problem]) -> str:
    """The text of a file, unpacked, without its byte order mark."""
    content = few_bytes(path)
    if content.startswith(codecs.BOM_UTF8):
        problems.append(Problem(1, "a byte order mark, skipped"))
    if bare := re.search(rb"\r(?!\n)", content):
        problems.append(
            Problem(row_at(content, bare.start()), "a bare CR, read as the end of a line")
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.append(Problem(row_at(content, error.start), "not UTF-8, read as Windows-1252"))
        return content.decode("cp1252", errors="replace")


def row_at(content: bytes, place: int) -> int:
    return len(re.findall(rb"\r\n|\r|\n", content[:place])) + 1


def few_bytes(path: Path) -> bytes:
    """What a file holds, unpacked."""
    try:
        with path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
        with gzip.open(path) if packed else path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise InputError(f"{path}: the compressed file is damaged\n  retrieve it again") from None
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from None
    if len(content) > LARGEST:
        raise InputError(f"{path}: larger than {LARGEST // 1_000_000} MB: not read")
    if content.startswith(b"PK\x03\x04"):
        raise InputError(f"{path}: an archive or a workbook\n  unpack it, give the .csv in it")
    return content
