"""`detente diff`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from detente.cli.arguments import as_json, cases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.case.changes import Change
    from detente.futures.changing.difference import ClaimChange, Difference
    from detente.futures.changing.versions import Standing, Told, Version

__all__ = ["command"]

CHANGES_SHOWN = 20


@click.command("diff")
@click.argument("before", metavar="A", shell_complete=cases)
@click.argument("after", metavar="B", shell_complete=cases)
@as_json
def command(before: str, after: str, as_json: bool) -> None:
    """Say what changed between two runs or two versions of a case, and why.

    A and B are folders of runs (`detente ensemble`), folders of results (`detente run`), or cases,
    which are tested in their nominal future. Says which verdicts, shares and recommendations are
    others, what was changed in the case, and how differently the two were run. Where both drew the
    same futures, each is compared with itself.
    """
    from detente.cli.terminal import print_json, working
    from detente.futures.changing.difference import difference

    with working("comparing"):
        found = difference(before, after)
    if as_json:
        print_json(found.to_dict())
    else:
        show(found)


def show(found: Difference) -> None:
    """The recommendation, claims, the case, settings."""
    from detente.brief.words import counted, printable
    from detente.cli.terminal import heading

    click.echo(printable(f"{found.before.name} -> {found.after.name}"))
    changed, every = found.changed, len(found.claims)
    said = counted(len(changed), "claim") if changed else "no claim"
    same = "; both drew the same futures" if found.is_paired else ""
    click.echo(f"{said} of {every:,} changed{same}")
    show_recommendation(found)
    if changed:
        heading("Claims")
        show_claims(changed)
    show_case(found.case)
    if found.settings:
        heading("Run differently")
        for each in found.settings:
            click.echo(printable(f"  {each.name}: {told(each.before)} -> {told(each.after)}"))


def told(value: object) -> str:
    if isinstance(value, list | tuple):
        return ",".join(map(str, value))
    return "none" if value is None else str(value)


def show_recommendation(found: Difference) -> None:
    """The strategy, what of its premises gives way, and how often it is beaten."""
    from detente.cli.terminal import columns, heading

    if not found.is_other_recommendation:
        return
    heading("Recommendation")
    sides = (("before", found.before), ("after", found.after))
    columns([(name, "; ".join(standing_words(version))) for name, version in sides], indent=2)


def standing_words(version: Version) -> Iterator[str]:
    """The strategy, how often no other is better, and which of its premises give way."""
    standing = version.recommendation
    if standing is None:
        yield "nothing is recommended"
        return
    yield standing.strategy
    if version.settings["futures"] == 1:
        yield "another is better" if standing.unbeaten == 0 else "no other is better"
    elif standing.unbeaten is not None:
        yield f"no other is better in {share_words(standing)} of futures"
    if standing.gives_way:
        yield f"gives way: {', '.join(standing.gives_way)}"


def show_claims(changed: tuple[ClaimChange, ...]) -> None:
    """A row a claim."""
    from detente.cli.terminal import draw, table, text

    drawn = table("claim", "verdict", "share", "")
    for each in changed:
        sides = each.before, each.after
        verdicts = ends([side.verdict if side else "not there" for side in sides])
        shares = ends([share_words(side) for side in sides])
        drawn.add_row(text(each.claim), verdicts, shares, "; ".join(remarks(each)))
    draw(drawn, indent=2)


def ends(both: list[str]) -> str:
    """From what to what, or what it stays."""
    return both[0] if both[0] == both[1] else " -> ".join(both)


def share_words(side: Told | Standing | None) -> str:
    """A share with its interval; a dash of nothing."""
    from detente.brief.words import percent

    share = getattr(side, "share", getattr(side, "unbeaten", None))
    if side is None or share is None:
        return "-"
    if side.low is None or side.high is None or side.low == side.high:
        return percent(share)
    return f"{percent(share)} ({percent(side.low)}-{percent(side.high)})"


def remarks(each: ClaimChange) -> Iterator[str]:
    """Whether the difference is more than chance, and in how many futures it shows."""
    if each.before is None or each.after is None:
        return
    if each.paired is not None:
        yield f"otherwise in {each.paired.otherwise:.1%} of futures"
    if each.before.share != each.after.share:
        yield "apart" if each.are_apart else "could be chance"


def show_case(case: tuple[Change, ...] | None) -> None:
    """What was changed in the case."""
    from detente.brief.words import printable
    from detente.cli.terminal import heading

    heading("In the case")
    if case is None:
        click.echo("  one of the two cases is not there to be read")
        return
    for change in case[:CHANGES_SHOWN]:
        click.echo(printable(f"  {change}"))
    if not case:
        click.echo("  nothing")
    if (more := len(case) - CHANGES_SHOWN) > 0:
        click.echo(f"  … and {more:,} more: --json lists all of them")
