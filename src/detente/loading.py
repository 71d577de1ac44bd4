"""A case on disk, ready for every analysis: checked, with what its indicators measure filled in.

`detente.case` reads and checks; it knows nothing of networks. What expressions take from them is
passed in here, by the one who asks for the case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.case import load as read
from detente.case.tables import tables

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from detente.case import Situation
    from detente.case.overlay import Changes

__all__ = ["load", "measured"]


def load(path: str | Path, *, strict: Collection[str] = (), changes: Changes = ()) -> Situation:
    """Read a case and check it.

    Parameters
    ----------
    path
        A case folder, a `situation.yaml`, an overlay, the id of a case in the catalogue, or a
        `.gmcr` file.
    strict
        Semantic checks whose warnings count as errors.
    changes
        What is changed before anything is checked, as an overlay's file says it.

    Raises
    ------
    InputError
        If nothing is there, or no check has such a name.
    CaseError
        With every problem of the case.
    CannotAnswer
        If the network cannot carry what an indicator measures.

    Examples
    --------
    >>> load("fang/prisoners_dilemma").decision_makers
    ('row', 'column')
    >>> load("fang/prisoners_dilemma", changes=[{"drop_actor": "column"}]).frozen
    {'column.defect': 0}
    """
    return read(path, strict=strict, measured=measured, changes=changes)


def measured(situation: Situation) -> Situation:
    """The situation with what its indicators measure, as the network of its day has it."""
    if not tables(situation):
        return situation
    from detente.network.indicators import with_network

    return with_network(situation)
