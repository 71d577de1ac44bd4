"""Running commands: in this process, and as a user does."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Protocol

import pytest
from click.testing import CliRunner, Result

from detente.cli.main import main
from tests.brief.argued import ARGUED

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = {"COLUMNS": "80", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}


class Run(Protocol):
    def __call__(self, *arguments: str | Path) -> Result: ...


@pytest.fixture
def run() -> Run:
    """Run a command in this process, 80 columns wide."""

    def run(*arguments: str | Path) -> Result:
        return CliRunner().invoke(main, list(map(str, arguments)), env=PLAIN)

    return run


@pytest.fixture(scope="session")
def argued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small argument."""
    folder = tmp_path_factory.mktemp("argued")
    (folder / "situation.yaml").write_text(ARGUED, encoding="utf-8")
    return folder


def program(*arguments: str | Path) -> subprocess.Popen[bytes]:
    """The program itself, in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "detente", *map(str, arguments)],
        env={**os.environ, **PLAIN},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
