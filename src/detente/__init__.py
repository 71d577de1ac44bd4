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

    from detente.case import Situation, load
    from detente.claims import Report
    from detente.conflict.stability import Stability, stability

__all__ = [
    "CannotAnswer",
    "CaseError",
    "DetenteError",
    "InputError",
    "Report",
    "Situation",
    "Stability",
    "__version__",
    "load",
    "run",
    "stability",
]

__version__ = "0.1.0"
"""The same as in `pyproject.toml`; written here because metadata takes a while to be found."""

ROOMS = {
    "Report": "detente.claims",
    "Situation": "detente.case",
    "Stability": "detente.conflict.stability",
    "load": "detente.case",
    "stability": "detente.conflict.stability",
}


def run(case: str | Path | Situation, out: str | Path | None = None) -> Report:
    """Test the argument of a case.

    Parameters
    ----------
    case
        A situation, or anything `load` takes.
    out
        A folder for `claims.json`, `brief.html` and `brief.md`; nothing is written if left out.

    Raises
    ------
    InputError
        If the case is wrong, or the folder cannot be written.
    CannotAnswer
        If the graph model cannot settle it.

    Examples
    --------
    >>> result = run("fraser/cuban_missile_crisis").claims[0]
    >>> result.claim.id, result.verdict
    ('blockade_brings_withdrawal', 'assumed')
    """
    from detente.case import Situation, load
    from detente.claims import run_claims

    report = run_claims(case if isinstance(case, Situation) else load(case))
    if out is not None:
        from detente.brief.files import write

        write(report, out)
    return report


def __getattr__(name: str) -> Any:
    if name in ROOMS:
        return getattr(import_module(ROOMS[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
