"""The door: a path becomes a checked, frozen situation, or every reason why it cannot."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

from detente.case.build import situation_of
from detente.case.checks import run_checks
from detente.case.document import Document, Route, read_document
from detente.case.expression import suggestion
from detente.case.format import SituationFile
from detente.case.names import resolve_names
from detente.case.problems import Place, Problem
from detente.case.situation import Situation
from detente.case.validation import validated
from detente.errors import CaseError, InputError

__all__ = ["load"]

MAIN = "situation.yaml"


def load(path: str | Path, *, strict: Collection[str] = ()) -> Situation:
    """Read a case and check it.

    Parameters
    ----------
    path
        A case folder, a `situation.yaml`, the id of a case in the catalogue, or a `.gmcr` file.
    strict
        Semantic checks whose warnings count as errors.

    Raises
    ------
    InputError
        If nothing is there.
    CaseError
        With every problem of the case.

    Examples
    --------
    >>> load("fang1993/prisoners_dilemma").decision_makers
    ('row', 'col')
    """
    file = located(str(path))
    document, notes = opened(file)
    model, problems = validated(document)
    resolved = resolve_names(document)
    problems += resolved.problems
    if model is None or problems:
        raise CaseError(in_order(problems))
    situation = situation_of(model, resolved.expressions, file)
    found = [*notes, *run_checks(situation, document)]
    errors = [
        p if p.severity == "error" else replace(p, severity="error")
        for p in found
        if is_error(p, strict)
    ]
    if errors:
        raise CaseError(in_order(errors))
    return replace(situation, warnings=tuple(in_order(found)))


def is_error(problem: Problem, strict: Collection[str]) -> bool:
    return problem.severity == "error" or problem.check in strict


def in_order(problems: list[Problem]) -> list[Problem]:
    """By place in the file; each said once."""
    unique = {(str(p.place), p.message): p for p in problems}
    return sorted(unique.values(), key=lambda p: (p.place.file, p.place.line, p.place.column))


def located(path: str) -> Path:
    """The file a path, folder or catalogue id stands for."""
    here = Path(path)
    if here.is_dir():
        if not (here / MAIN).is_file():
            raise InputError(
                f"{path}: no {MAIN} in this folder\n  `detente new {path}` starts a case"
            )
        return here / MAIN
    if here.is_file():
        if here.suffix not in (".yaml", ".yml", ".gmcr"):
            raise InputError(
                f"{path}: not a case\n  a case is a folder, a situation.yaml or a .gmcr file"
            )
        return here
    from detente import catalogue

    known = catalogue.ids()
    if path not in known:
        names = suggestion(path, known)
        raise InputError(
            f"{path}: no such file, folder or case\n  {names or '`detente catalogue` lists the cases that ship'}"
        )
    return catalogue.folder(path) / MAIN


def opened(file: Path) -> tuple[Document, list[Problem]]:
    """The document behind a file, and what was worth saying while reading it."""
    if file.suffix == ".gmcr":
        from detente.interop.gmcr import read_gmcr

        value, remarks = read_gmcr(file)
        place = Place(str(file))
        warnings = [
            Problem(place, remark, check="gmcr_import", severity="warning") for remark in remarks
        ]
        return Document(value, {}, dict.fromkeys(routes(value), place)), warnings
    return with_siblings(read_document(file), file), []


def routes(value: Any, route: Route = ()) -> list[Route]:
    """The routes to every value below."""
    items = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [route, *(r for key, inner in items for r in routes(inner, (*route, key)))]


def with_siblings(main: Document, file: Path) -> Document:
    """The document with the sections that stand in files of their own name beside it."""
    if not isinstance(main.value, dict):
        raise CaseError(
            [Problem(main.place(()), "a case is a mapping: `detente: 1`, `id: …`, `title: …`")]
        )
    value, keys, values = dict(main.value), dict(main.keys), dict(main.values)
    for section in SituationFile.model_fields:
        sibling = file.parent / f"{section}.yaml"
        if sibling == file or not sibling.is_file():
            continue
        if section in value:
            place = main.place((section,), key=True)
            raise CaseError(
                [
                    Problem(
                        place,
                        f"`{section}` stands here and in {sibling.name}",
                        hint="keep one of them",
                    )
                ]
            )
        other = read_document(sibling)
        value[section] = other.value
        keys |= {(section, *route): place for route, place in other.keys.items()}
        values |= {(section, *route): place for route, place in other.values.items()}
    return Document(value, keys, values)
