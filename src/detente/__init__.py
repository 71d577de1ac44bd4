"""Stress-test an argument about strategy the way engineers test software.

What is public stands in `__all__`. Importing the package is cheap: a name brings its room with it
when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from detente.errors import CannotAnswer, CaseError, DetenteError, InputError

if TYPE_CHECKING:
    from pathlib import Path

    from detente.case import Situation
    from detente.claims import Report
    from detente.claims.backtest import Backtest, backtest
    from detente.conflict.batch import Batch, stability_by_draw
    from detente.conflict.hypergames.hypergame import Hypergame, hypergame
    from detente.conflict.stability import Stability, stability
    from detente.futures.judging.report import EnsembleReport
    from detente.futures.reading.run import Run, open_run
    from detente.ledger.assessment import Assessment, assess
    from detente.loading import load
    from detente.network.positions import Positions, positions

__all__ = [
    "Assessment",
    "Backtest",
    "Batch",
    "CannotAnswer",
    "CaseError",
    "DetenteError",
    "EnsembleReport",
    "Hypergame",
    "InputError",
    "Positions",
    "Report",
    "Run",
    "Situation",
    "Stability",
    "__version__",
    "assess",
    "backtest",
    "hypergame",
    "load",
    "open_run",
    "positions",
    "run",
    "stability",
    "stability_by_draw",
]

__version__ = "0.1.0"
"""The same as in `pyproject.toml`; written here because metadata takes a while to be found."""

ROOMS = {
    "Assessment": "detente.ledger.assessment",
    "Backtest": "detente.claims.backtest",
    "Batch": "detente.conflict.batch",
    "EnsembleReport": "detente.futures.judging.report",
    "Hypergame": "detente.conflict.hypergames.hypergame",
    "Positions": "detente.network.positions",
    "Report": "detente.claims",
    "Run": "detente.futures.reading.run",
    "Situation": "detente.case",
    "Stability": "detente.conflict.stability",
    "assess": "detente.ledger.assessment",
    "backtest": "detente.claims.backtest",
    "hypergame": "detente.conflict.hypergames.hypergame",
    "load": "detente.loading",
    "open_run": "detente.futures.reading.run",
    "positions": "detente.network.positions",
    "stability": "detente.conflict.stability",
    "stability_by_draw": "detente.conflict.batch",
}


def run(
    case: str | Path | Situation,
    out: str | Path | None = None,
    futures: int = 1,
    seed: int = 0,
    **settings: Any,
) -> Report:
    """Test the argument of a case.

    Parameters
    ----------
    case
        A situation, or anything `load` takes.
    out
        A folder for `claims.json`, `brief.html` and `brief.md`; nothing is written if left out.
    futures
        How many to draw; 1 is the nominal future. Of more the report is an `EnsembleReport`.
    seed
        Of the draws.
    **settings
        Of many futures: `design`, `concepts`, `varied`, `workers`, as `detente run` takes them.

    Raises
    ------
    InputError
        If the case or a setting is wrong, or the folder cannot be written.
    CannotAnswer
        If the graph model cannot settle it, or the design does not fit it.

    Examples
    --------
    >>> result = run("fraser/cuban_missile_crisis").claims[0]
    >>> result.claim.id, result.verdict
    ('blockade_brings_withdrawal', 'assumed')
    """
    from detente.case import Situation
    from detente.loading import load

    situation = case if isinstance(case, Situation) else load(case)
    report = _tested(situation, futures, seed, settings)
    if out is not None:
        from detente.brief.files import write

        write(report, out)
    return report


def _tested(situation: Situation, futures: int, seed: int, settings: dict[str, Any]) -> Report:
    if unknown := set(settings) - {"concepts", "design", "varied", "workers"}:
        raise InputError(f"no setting `{min(unknown)}` of a run")
    if futures == 1:
        from detente.claims import run_claims

        return run_claims(situation)
    from detente.futures.drawing.design import Design
    from detente.futures.judging.once import run_once
    from detente.futures.running.driver import Means, Settings

    design = Design(settings.pop("design", "lhs"), seed)
    means = Means(workers=settings.pop("workers", None))
    return run_once(situation, futures, Settings(design, **settings), means)


def __getattr__(name: str) -> Any:
    if name in ROOMS:
        return getattr(import_module(ROOMS[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
