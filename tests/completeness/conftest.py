"""What the completeness tests look at: the documentation and the files of the repository."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def checkout() -> Path:
    return CHECKOUT


@pytest.fixture(scope="session")
def docs() -> Path:
    return CHECKOUT / "docs"


@pytest.fixture(scope="session")
def project_texts() -> dict[str, str]:
    """Every text file that git tracks or would track: path in the checkout -> its text."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=CHECKOUT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    files = [CHECKOUT / name for name in listing.split("\0") if name]
    assert files, "git lists no files: are these tests run outside a checkout?"
    return {str(file.relative_to(CHECKOUT)): text for file in files if (text := text_of(file))}


def text_of(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8")
    except (UnicodeDecodeError, FileNotFoundError):  # a picture, or deleted and not yet committed
        return None
