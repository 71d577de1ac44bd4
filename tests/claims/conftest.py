"""Arguments on a small stage: three actors, an option or two each."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import Protocol

import pytest

from detente.case import load
from detente.claims import Report, run_claims
from detente.claims.report import ClaimResult

STAGE = """\
detente: 1
id: small
title: A small argument
focus: rok
actors: {rok: {}, prc: {}, usa: {}}
options:
  rok: {join: {}, hedge: {}}
  prc: {press: {levels: [none, words, trade]}}
  usa: {back: {}}
"""


class Tell(Protocol):
    def __call__(self, *sections: str, stage: str = STAGE) -> Report: ...


class Judge(Protocol):
    def __call__(self, *sections: str, stage: str = STAGE) -> dict[str, ClaimResult]: ...


@pytest.fixture
def tell(tmp_path: Path) -> Tell:
    """The report on the small stage with these sections."""

    def tell(*sections: str, stage: str = STAGE) -> Report:
        file = tmp_path / "situation.yaml"
        file.write_text("\n".join([stage, *map(dedent, sections)]), encoding="utf-8")
        return run_claims(load(file))

    return tell


@pytest.fixture
def judge(tell: Tell) -> Judge:
    """The claims on the small stage by their names."""

    def judge(*sections: str, stage: str = STAGE) -> dict[str, ClaimResult]:
        return {result.claim.id: result for result in tell(*sections, stage=stage).claims}

    return judge
