"""The small argument, tested, and its brief in both renderings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import detente
from detente.brief.compose import brief
from detente.brief.html import to_html
from detente.brief.markdown import to_markdown
from tests.brief.argued import ARGUED
from tests.brief.page import Page

if TYPE_CHECKING:
    from pathlib import Path

    from detente.brief.document import Document
    from detente.claims import Report


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
