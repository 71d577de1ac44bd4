"""The EMA Workbench in a virtual environment of its own, where it installs: to measure beside."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

__all__ = ["printed", "reason", "workbench"]

SECONDS_TO_INSTALL = 300
SECONDS_TO_RUN = 300


def workbench(folder: Path) -> tuple[Path | None, str]:
    """The Python of a new environment in a folder, and the version; or none, and why.

    It is never installed beside Detente: it brings packages under the GPL.
    """
    python = folder / "bin" / "python"
    try:
        for step in (
            [sys.executable, "-m", "venv", str(folder)],
            [str(python), "-m", "pip", "install", "--quiet", "ema_workbench"],
        ):
            subprocess.run(step, check=True, capture_output=True, timeout=SECONDS_TO_INSTALL)
        version = printed(python, "import ema_workbench; print(ema_workbench.__version__)")
    except (subprocess.SubprocessError, OSError) as error:
        return None, reason(error)
    return python, version


def reason(error: Exception) -> str:
    """Why it did not go: the last line of what was said on stderr, or the error itself."""
    said = getattr(error, "stderr", None) or b""
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return (text.strip().splitlines() or [str(error)])[-1]


def printed(python: Path, program: str) -> str:
    """What a program prints in that environment.

    Raises
    ------
    subprocess.SubprocessError
        If it fails, or takes too long.
    """
    done = subprocess.run(
        [str(python), "-W", "ignore", "-c", program],
        check=True,
        capture_output=True,
        timeout=SECONDS_TO_RUN,
        text=True,
    )
    return done.stdout.strip()
