"""The small argument, tested, and its brief in both renderings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import detente
from detente.brief.compose import brief
from detente.brief.html import to_html
from detente.brief.markdown import to_markdown
from detente.case import load
from detente.futures.judging import assembly
from detente.futures.reading.run import open_run
from detente.futures.running.driver import Means, Settings, ensemble
from tests.brief.argued import ARGUED
from tests.brief.page import Page
from tests.brief.unsure import UNSURE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from detente.brief.document import Document
    from detente.claims import Report
    from detente.futures.judging.report import EnsembleReport


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return report_of(ARGUED, tmp_path_factory.mktemp("argued"))


@pytest.fixture(scope="session")
def document(report: Report) -> Document:
    return brief(report)


@pytest.fixture(scope="session")
def html(document: Document) -> str:
    return to_html(document)


@pytest.fixture(scope="session")
def page(html: str) -> Page:
    return Page.read(html)


@pytest.fixture(scope="session")
def markdown(document: Document) -> str:
    return to_markdown(document)


def report_of(case: str, folder: Path) -> Report:
    (folder / "situation.yaml").write_text(case, encoding="utf-8")
    return detente.run(folder)


@pytest.fixture(scope="session")
def unsure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EnsembleReport]:
    """The argument over 250 futures, but for the one analysis that no brief shows and that takes
    a while."""
    with pytest.MonkeyPatch.context() as patched:
        patched.delitem(assembly.ANALYSES, "sensitivities")
        yield ensemble_of(UNSURE, tmp_path_factory.mktemp("unsure"))


def ensemble_of(case: str, folder: Path) -> EnsembleReport:
    (folder / "situation.yaml").write_text(case, encoding="utf-8")
    store = folder / "run"
    ensemble(load(folder), 250, store, Settings(varied=10), Means(workers=0))
    return assembly.report_of(open_run(store))
