"""`detente check`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from detente.cli.arguments import as_json, path_argument

if TYPE_CHECKING:
    from detente.case.problems import Problem
    from detente.case.situation import Situation

__all__ = ["command"]

FORMAT = "detente.check/1"


@click.command("check")
@path_argument
@click.option(
    "--strict",
    multiple=True,
    metavar="NAME",
    help="Take this check's warnings for errors; may be given several times.",
)
@as_json
def command(path: str, strict: tuple[str, ...], as_json: bool) -> None:
    """Check a case and say what it holds; compute nothing.

    Warnings go to stderr with the line they concern; errors end with exit code 2.
    """
    from detente.brief.words import printable
    from detente.case.problems import report_warnings
    from detente.cli.terminal import print_json
    from detente.loading import load

    refuse_unknown(strict)
    situation = load(path, strict=strict)
    if as_json:
        print_json(summary(situation))
        return
    if situation.warnings:
        click.echo(printable(report_warnings(situation.warnings)), err=True)
    for line in lines(summary(situation)):
        click.echo(printable(line))


def refuse_unknown(strict: tuple[str, ...]) -> None:
    """Refuse names that are no check's."""
    from detente.case.checks import CHECKS
    from detente.case.problems import DidYouMean

    known = [check.name for check in CHECKS]
    for name in strict:
        if name not in known:
            hint = str(DidYouMean(name, known)) or f"one of {', '.join(known)}"
            raise click.BadParameter(f"no check `{name}`; {hint}", param_hint="--strict")


def summary(situation: Situation) -> dict[str, Any]:
    """What `detente check --json` prints."""
    from detente.case import nominal, states
    from detente.case.checks import coverage

    values = nominal(situation).values
    options = situation.options
    left = states.feasible(options, situation.infeasible, values)
    feasible = states.distinct(options, left, situation.same, values)
    return {
        "format": FORMAT,
        "situation": situation.id,
        "title": str(situation.title),
        "actors": len(situation.actors),
        "decision_makers": list(situation.decision_makers),
        "options": len(situation.options),
        "states": states.size(situation.options),
        "feasible": int(feasible.sum()),
        "claims": len(situation.claims),
        "coverage": {
            section: {"supported": supported, "of": total}
            for section, (supported, total) in coverage(situation).items()
        },
        "warnings": [warning(each) for each in situation.warnings],
    }


def warning(problem: Problem) -> dict[str, Any]:
    return {
        "check": problem.check,
        "message": problem.message,
        "at": problem.at,
        "hint": str(problem.hint),
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
    }


def lines(found: dict[str, Any]) -> list[str]:
    """The same for a reader."""
    from detente.brief.words import SECTIONS, counted, joined

    deciders = found["decision_makers"]
    counts = [
        f"{counted(found['actors'], 'actor')} ({len(deciders)} decide: {', '.join(deciders)})",
        counted(found["options"], "option"),
        f"{counted(found['states'], 'state')} ({found['feasible']:,} feasible)",
        counted(found["claims"], "claim"),
    ]
    covered = [
        f"{each['supported']} of {each['of']} {SECTIONS[section]}"
        for section, each in found["coverage"].items()
    ]
    warnings = counted(len(found["warnings"]), "warning") if found["warnings"] else "no warnings"
    return [
        f"{found['situation']}: {found['title']}",
        *counts,
        f"evidence or an assumption: {joined(covered)}",
        f"ok, {warnings}",
    ]
