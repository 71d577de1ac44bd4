"""The commands as a table, and what every command has in common: how it ends.

Nothing but Click is imported before a command runs: `--help` and `--version` must answer at once.
"""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple

import click

from detente import __version__
from detente.errors import DetenteError

__all__ = ["COMMANDS", "main"]

CANNOT_ANSWER = 3
INTERRUPTED = 130


class Entry(NamedTuple):
    """Where a command lives, and its line in the help."""

    module: str
    help: str


COMMANDS: Mapping[str, Entry] = {
    "run": Entry("run", "Test a case's argument: verdicts, findings and the brief."),
    "ensemble": Entry("ensemble", "Test it over many futures, and keep every one of them."),
    "status": Entry("status", "Show how far a run is, and its verdicts so far."),
    "export": Entry("export", "Write a run as CSV, for Excel or Stata; a case for Gambit."),
    "check": Entry("check", "Check a case and say what it holds; compute nothing."),
    "sources": Entry("sources", "Show what rests on which source, and what nothing cites."),
    "argument": Entry("argument", "Show what the argument leans on, and what to weaken."),
    "assess": Entry("assess", "Say what was promised and what became of it, as of a day."),
    "position": Entry("position", "Say where each actor stands in the network of arrangements."),
    "capabilities": Entry("capabilities", "Show what each path would reach, task by task."),
    "backtest": Entry("backtest", "Hold what an argument forecast against what came."),
    "preferences": Entry("preferences", "See what an actor's statements come to."),
    "stability": Entry("stability", "List the stable states and equilibria."),
    "perceptions": Entry("perceptions", "Show who sees what, who is surprised, what signals tell."),
    "explain": Entry("explain", "Say in words why a state holds or does not."),
    "coalitions": Entry("coalitions", "Show which equilibria coalitions leave, for which others."),
    "inverse": Entry("inverse", "Say what would have to change for a state to last."),
    "influence": Entry("influence", "Say who and what the equilibria depend on."),
    "evolve": Entry("evolve", "Say how play gets to the equilibria, and what blocks it."),
    "discover": Entry("discover", "Find where a claim fails, or a strategy misses its goals."),
    "sensitivity": Entry("sensitivity", "Say what decides whether the claims of a run hold."),
    "robustness": Entry("robustness", "Compare strategies over the futures of a run."),
    "necessity": Entry("necessity", "Say which claims must hold, may hold, or cannot."),
    "breakeven": Entry("breakeven", "Say how little must change for an answer to flip."),
    "signposts": Entry("signposts", "Say what to watch: what would turn an answer of a run."),
    "diff": Entry("diff", "Say what changed between two runs or cases, and why."),
    "gambit": Entry("gambit", "Show a case as a game with payoffs, and solve it with Gambit."),
    "catalogue": Entry("catalogue", "List the cases that ship."),
    "new": Entry("new", "Start a case that runs at once."),
    "schema": Entry("schema", "Print the JSON Schema of the case format."),
    "import": Entry(
        "importing", "Take over a GMCR+ or Gambit file, or data of ATOP, COW or SIPRI."
    ),
}


class Commands(click.Group):
    """A group whose commands are imported when one is run; their help lines are known before."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of this name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"detente.cli.{COMMANDS[cmd_name].module}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; suggest one where the name is nearly right."""
        near = difflib.get_close_matches(args[0], COMMANDS, n=1)
        if args[0] not in COMMANDS and near and not ctx.resilient_parsing:
            ctx.fail(f"no command `{args[0]}`: did you mean `{near[0]}`?")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command and turn what went wrong into a message and an exit code."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except DetenteError as error:
            from detente.brief.words import printable

            click.echo(printable(str(error)), err=True)
            ctx.exit(error.exit_code)
        except MemoryError as error:
            cure = "freeze or drop options, or ask for less: --equilibria, one --concept"
            click.echo(f"the answer does not fit into memory; {cure}", err=True)
            if str(error):  # which array, and how large it would be
                click.echo(f"  {error}", err=True)
            ctx.exit(CANNOT_ANSWER)
        except KeyboardInterrupt:
            click.echo("\ninterrupted; files already written are kept", err=True)
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:  # the reader has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        return result


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="PATH is a case folder, a situation.yaml, the id of a case in the catalogue, or a "
    "GMCR+ file (.gmcr). Exit codes: 0 done, 1 a verdict named by --fail-on, 2 the input or the "
    "command line is wrong, 3 the method cannot answer, 130 interrupted. Completion: "
    'eval "$(_DETENTE_COMPLETE=bash_source detente)", likewise zsh_source and fish_source.',
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def main() -> None:
    """Stress-test an argument about strategy the way engineers test software.

    Begin with `detente run kim/indo_pacific_2024`, or `detente new my_case` and then
    `detente run my_case`.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that knows no Hangul is no reason to stop
            stream.reconfigure(errors="backslashreplace")
