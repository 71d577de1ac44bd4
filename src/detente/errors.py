"""What can go wrong, drawn once.

    DetenteError
    ├── InputError            the input or the command line is wrong        (exit 2)
    │   └── CaseError         a case has problems; carries every one found  (exit 2)
    └── CannotAnswer          the method cannot answer, and says why        (exit 3)

A bug is none of these: it ends in a traceback and exit code 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.case.problems import Problem

__all__ = ["CannotAnswer", "CaseError", "DetenteError", "InputError"]


class DetenteError(Exception):
    """Anything Detente raises on purpose."""

    exit_code = 1


class InputError(DetenteError):
    """The input or the command line is wrong; the message says where and how to mend it."""

    exit_code = 2


class CaseError(InputError):
    """A case that cannot be used, with all its problems in the order of the file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        from detente.case.problems import report

        self.problems = tuple(problems)
        super().__init__(report(self.problems))


class CannotAnswer(DetenteError):
    """The method cannot answer this question for this situation, and says why."""

    exit_code = 3
