"""A case in which one thing is wrong, and what is said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from detente.case import load
from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """What is said about a `situation.yaml` of this text, with other files beside it."""
    monkeypatch.chdir(tmp_path)

    def message(text: str, **beside: str) -> str:
        (tmp_path / "situation.yaml").write_text(text, encoding="utf-8", newline="")
        for name, content in beside.items():
            (tmp_path / f"{name}.yaml").write_text(content, encoding="utf-8", newline="")
        with pytest.raises(InputError) as refused:
            load("situation.yaml")
        return str(refused.value)

    return message
