"""The program as a process: what it imports, pipes, interruption, completion."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

import click
import pytest

import detente
from detente import catalogue
from detente.cli.main import COMMANDS, main
from tests.cli.conftest import PLAIN, program

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

HEAVY = ("jinja2", "lark", "numba", "numpy", "pandas", "pydantic", "rich", "yaml")


def test_the_version(run: Run) -> None:
    assert run("--version").stdout == f"main {detente.__version__}\n"


def test_help_lines_are_those_of_the_commands(run: Run) -> None:
    context = click.Context(main)
    widest = max(map(len, COMMANDS))
    for name, entry in COMMANDS.items():
        command = main.get_command(context, name)
        assert command is not None
        assert command.name == name
        assert f"  {name:<{widest}}  {entry.help}\n" in run("--help").stdout
        assert run(name, "--help").exit_code == 0


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["run", "--help"]])
def test_nothing_heavy_is_imported_before_a_command_runs(arguments: list[str]) -> None:
    script = f"""
        import sys
        from detente.cli.main import main
        try:
            main({arguments!r})
        finally:
            print(*(name for name in {HEAVY} if name in sys.modules), file=sys.stderr)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == ""


def test_the_package_itself_is_cheap() -> None:
    script = f"import sys, detente; print(*(m for m in {HEAVY} if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout.strip() == b""


def test_a_reader_who_has_seen_enough_is_no_error() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "detente", "catalogue"]
    with os.fdopen(writer, "wb") as closed:
        done = subprocess.run(
            command, stdout=closed, stderr=subprocess.PIPE, env={**os.environ, **PLAIN}, check=False
        )
    assert done.returncode == 0
    assert done.stderr == b""


def test_output_in_a_narrow_encoding_is_spelt_out_rather_than_lost() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "detente", "catalogue"],
        env={**os.environ, **PLAIN, "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        check=True,
    )
    assert b"Kishida\\u2013Biden" in done.stdout


def test_interruption_is_130_and_keeps_what_was_written(argued: Path, tmp_path: Path) -> None:
    script = f"""
        import time
        import detente.brief.files
        from detente.cli.main import main

        def stuck(document):
            print("rendering", flush=True)
            time.sleep(60)

        detente.brief.files.to_html = stuck
        main(["run", {str(argued)!r}, "--out", {str(tmp_path)!r}])
    """
    running = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stdout is not None
    assert running.stdout.readline() == b"rendering\n"
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=30)
    assert running.returncode == 130
    assert said.endswith(b"interrupted; files already written are kept\n")
    assert b"Traceback" not in said
    assert [file.name for file in tmp_path.iterdir()] == ["claims.json"]


def completed(words: str, position: int) -> list[str]:
    """What bash would offer for the word at this position."""
    done = subprocess.run(
        [sys.executable, "-m", "detente"],
        env={
            **os.environ,
            "_DETENTE_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(position),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_commands_are_completed() -> None:
    assert completed("detente stab", 1) == ["plain,stability"]


def test_paths_are_completed_to_cases_that_ship_or_files() -> None:
    fang = [id for id in catalogue.ids() if id.startswith("fang/")]
    assert completed("detente stability fang/", 2) == [f"plain,{id}" for id in fang]
    assert completed("detente stability ./my", 2) == ["file,./my"]


def test_python_m_detente_is_the_program() -> None:
    running = program("--version")
    assert running.communicate()[0] == f"detente {detente.__version__}\n".encode()
