"""The door: from a case on disk to a checked, frozen situation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.case.future import Future, nominal
from detente.case.situation import Situation

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from detente.case.overlay import Changes

__all__ = ["Future", "Situation", "load", "nominal"]


def load(
    path: str | Path,
    *,
    strict: Collection[str] = (),
    measured: Callable[[Situation], Situation] = lambda situation: situation,
    changes: Changes = (),
) -> Situation:
    """Read a case and check it.

    Parameters
    ----------
    path
        A case folder, a `situation.yaml`, an overlay, the id of a case in the catalogue, or a
        `.gmcr` file.
    strict
        Semantic checks whose warnings count as errors.
    measured
        Fills in, before the checks, what indicators measure in the network: `detente.load` does.
    changes
        What is changed before anything is checked, as an overlay's file says it.

    Raises
    ------
    InputError
        If nothing is there, or no check has such a name.
    CaseError
        With every problem of the case.

    Examples
    --------
    >>> load("fang/prisoners_dilemma").decision_makers
    ('row', 'column')
    """
    from detente.case.reading import read  # the parsers, which nothing else needs

    return read(path, strict, measured, changes)
