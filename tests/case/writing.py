"""Cases written for a test: sections of a text exchanged, and read from a folder."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.case import load
from detente.case.checks import SOUND
from detente.errors import CaseError

if TYPE_CHECKING:
    from pathlib import Path

    from detente.case import Situation
    from detente.case.problems import Problem


def exchanged(case: str, sections: str) -> str:
    """The case with the sections that another text writes differently."""
    parts = {match[1]: match[0] for match in re.finditer(r"(?m)^(\w+):.*\n(?:[ -].*\n)*", case)}
    others = re.finditer(r"(?m)^(\w+):.*\n(?:[ -].*\n)*", sections + "\n")
    return "".join((parts | {match[1]: match[0] for match in others}).values())


def read(folder: Path, case: str) -> Situation:
    """The situation of a case of this text."""
    (folder / "situation.yaml").write_text(case, encoding="utf-8")
    return load(folder)


def found(folder: Path, sections: str, case: str = SOUND) -> list[Problem]:
    """What is remarked upon when these sections are exchanged."""
    try:
        return list(read(folder, exchanged(case, sections)).warnings)
    except CaseError as error:
        return list(error.problems)
