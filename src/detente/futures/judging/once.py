"""An argument tested over many futures at once, of which nothing is kept but the report."""

from __future__ import annotations

from dataclasses import asdict
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from detente.futures.judging.assembly import report_of
from detente.futures.reading.run import Run
from detente.futures.running.driver import ensemble

if TYPE_CHECKING:
    from collections.abc import Callable

    from detente.case.situation import Situation
    from detente.futures.judging.report import EnsembleReport
    from detente.futures.running.driver import Means, Progress, Settings

__all__ = ["run_once"]


def run_once(
    situation: Situation,
    futures: int,
    settings: Settings | None = None,
    means: Means | None = None,
    progress: Progress | None = None,
    told: Callable[[str], None] = lambda _: None,
) -> EnsembleReport:
    """The report of so many futures; the same as that of a run that is kept.

    Parameters
    ----------
    situation
        What the analyst wrote, read from a file.
    futures
        How many to draw.
    settings, means, progress
        As `ensemble` takes them.
    told
        Told what is being worked on once the futures are there.

    Raises
    ------
    InputError, CannotAnswer
        As `ensemble` raises them.

    Examples
    --------
    >>> from detente.case import load
    >>> from detente.futures.running.driver import Means, Settings
    >>> asked = Settings(concepts=("nash",), varied=0)
    >>> report = run_once(load("fraser/cuban_missile_crisis"), 2, asked, Means(workers=0))
    >>> report.futures, report.drawn.design, report.seed
    (2, 'lhs', 0)
    """
    with TemporaryDirectory(prefix="detente-") as folder:
        store = ensemble(situation, futures, folder, settings, means, progress)
        return report_of(Run(situation, asdict(store.manifest), store), told)
