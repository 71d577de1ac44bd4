"""The door: a path becomes a checked, frozen situation, or every reason why it cannot."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from detente.case.build import situation_of
from detente.case.checks import CHECKS, run_checks
from detente.case.names import resolve_names
from detente.case.opening import NOTES, located, opened
from detente.case.overlay import changed, written_as
from detente.case.problems import DidYouMean, in_order
from detente.case.validation import validated
from detente.errors import CaseError, InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from detente.case.overlay import Changes
    from detente.case.situation import Situation

__all__ = ["read"]


def read(
    path: str | Path,
    strict: Collection[str],
    measured: Callable[[Situation], Situation],
    asked: Changes = (),
) -> Situation:
    """Read a case and check it: fields and names first, then what they mean together."""
    refuse_unknown(strict)
    file = located(str(path))
    document, notes = opened(file)
    if asked:
        document = changed(document, written_as(asked, "the changes asked for"))
    model, field_problems = validated(document)
    resolved = resolve_names(document)
    problems = [*document.problems, *field_problems, *resolved.problems]
    if model is None or problems:
        raise CaseError(in_order(problems))
    situation = measured(situation_of(model, resolved.expressions, file))
    found = in_order([*notes, *run_checks(situation, document)])
    if errors := [p for p in found if p.severity == "error" or p.check in strict]:
        raise CaseError([replace(error, severity="error") for error in errors])
    return replace(situation, warnings=tuple(found))


def refuse_unknown(strict: Collection[str]) -> None:
    """Refuse the name of a check there is not: it would be strict about nothing."""
    known = [*NOTES, *(check.name for check in CHECKS)]
    for name in strict:
        if name not in known:
            raise InputError(f"unknown check `{name}`\n  {DidYouMean(name, known)}".rstrip())
