"""Which arrangement shares what that serves which task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.brief.document import Table, Words
from detente.brief.figures.figure import Figure
from detente.brief.figures.heat import Cell, heat_map
from detente.brief.words import counted, joined

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["tasks_served"]

CELL = (128, 36)
NONE = "–"


def tasks_served(
    tasks: Mapping[str, str],
    arrangements: Mapping[str, str],
    served: Mapping[tuple[str, str], Sequence[str]],
    source: str,
) -> Figure:
    """A heat map of tasks by arrangements, with counts.

    Parameters
    ----------
    tasks
        Id -> its words, in the order of the rows.
    arrangements
        Id -> what it is called, in the order of the columns.
    served
        (task, arrangement) -> what serves the one through the other, in words.
    source
        What it was read from.
    """
    most = max(map(len, served.values()), default=1)
    cells = {pair: Cell(str(len(found)), len(found) / most) for pair, found in served.items()}
    return Figure(
        id="capabilities",
        title="Which arrangement serves which task",
        spec=heat_map(tasks, arrangements, cells, CELL),
        table=table(tasks, arrangements, served),
        caption=(
            "Number: how many capabilities that serve the task are shared through the arrangement; "
            "the stronger the colour the more. Empty: none."
        ),
        source=source,
        caveat=(
            "Which task a capability would serve is a reading of their names where the case says "
            "so; a count says nothing of how much each is worth."
        ),
        description=f"{counted(len(tasks), 'task')} by "
        f"{counted(len(arrangements), 'arrangement')}: "
        + "; ".join(
            f"{name} serves {counted(sum(to == id for _, to in served), 'task')}"
            for id, name in arrangements.items()
        )
        + ".",
    )


def table(
    tasks: Mapping[str, str],
    arrangements: Mapping[str, str],
    served: Mapping[tuple[str, str], Sequence[str]],
) -> Table:
    body: tuple[tuple[Words, ...], ...] = tuple(
        ((says,), *((cell_words(served.get((task, to), ())),) for to in arrangements))
        for task, says in tasks.items()
    )
    head = ("task", *arrangements.values())
    return Table("What serves the task through the arrangement", head, body)


def cell_words(found: Sequence[str]) -> str:
    """How many there are, and which."""
    return f"{len(found)}: {joined(found)}" if found else NONE
