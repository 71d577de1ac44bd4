"""`detente argument`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from detente.cli.arguments import as_json, path_argument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.claims.graph import Argument, Weakening
    from detente.claims.report import Report

__all__ = ["command"]


@click.command("argument")
@path_argument
@as_json
def command(path: str, as_json: bool) -> None:
    """Show what the argument leans on, and which sentences claim too much.

    Below the recommendation every claim it rests on, with its verdict in the nominal future and
    what gives way under it; then the sentences to weaken.
    """
    from detente.claims import run_claims
    from detente.claims.graph import argument
    from detente.cli.terminal import loaded, print_json, working

    situation = loaded(path)
    with working("reading") as progress:
        report = run_claims(situation, progress=progress)
    found = argument(report)
    if as_json:
        print_json(found.to_dict())
    else:
        show(report, found)


def show(report: Report, found: Argument) -> None:
    """The tree under the recommendation, the rest, and the sentences to weaken."""
    from detente.brief.verdicts import strategy_words
    from detente.cli.terminal import columns, heading, paragraph

    recommended = report.situation.recommendation
    heading("What the recommendation rests on")
    if recommended:
        paragraph(strategy_words(report.situation, recommended.strategy), indent=2)
    lines = list(tree(found, found.direct, 1, set()))
    columns(lines or [("nothing the case names", "")], indent=2)
    beside = [node.claim for node in found.nodes.values() if not node.under_recommendation]
    tops = [claim for claim in beside if not found.nodes[claim].carries]
    heading("Beside it" + ("" if tops else ": nothing"))
    columns(list(tree(found, tuple(tops), 0, set())), indent=2)
    heading("Sentences to weaken" + ("" if found.weaken else ": none"))
    columns([weaken_row(report, each) for each in found.weaken], indent=2)


def tree(
    found: Argument, claims: tuple[str, ...], depth: int, shown: set[str]
) -> Iterator[tuple[str, str]]:
    """Claims with what they rest on below them; what is shown already is only named."""
    for claim in claims:
        node = found.nodes[claim]
        again = claim in shown and bool(node.rests_on)
        shown.add(claim)
        yield (
            f"{'  ' * depth}{claim}",
            f"{node.verdict}{marks(found, claim)}" + (", as above" if again else ""),
        )
        if not again:
            yield from tree(found, node.rests_on, depth + 1, shown)


def marks(found: Argument, claim: str) -> str:
    """How much gives way or is untested below it."""
    node = found.nodes[claim]
    gone = f"below it {len(node.failing)} give way" if node.failing else ""
    unknown = f"{len(node.untested)} untested" if node.untested else ""
    words = ", ".join(each for each in (gone, unknown) if each)
    return f" ({words})" if words else ""


def weaken_row(report: Report, each: Weakening) -> tuple[str, str]:
    """Where it stands, and what to do about it."""
    from detente.brief.reasons import cure
    from detente.brief.verdicts import result_of
    from detente.brief.words import MODALITIES

    claim = result_of(report, each.claim).claim
    return each.claim, f"{claim.at}: {claim.says} ({MODALITIES[each.says]}): {cure(each)}"
