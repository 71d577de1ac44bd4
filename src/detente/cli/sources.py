"""`detente sources`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.arguments import as_json, path_argument

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.case.situation import Situation
    from detente.case.sourcing import Conflict, Item, SourceUse, Sourcing

__all__ = ["command"]

SHOWN = 8  # places in a line, items in a list

file = click.Path(path_type=Path, dir_okay=False)


@click.command("sources")
@path_argument
@click.option("--references", is_flag=True, help="Print the list of references only.")
@click.option(
    "--style",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="A CSL style for the references. Default: author and date, as Chicago has it.",
)
@click.option("--csl", type=file, metavar="FILE", help="Also write the sources as CSL-JSON.")
@click.option("--bibtex", type=file, metavar="FILE", help="Also write the sources as BibTeX.")
@as_json
def command(
    path: str,
    references: bool,
    style: Path | None,
    csl: Path | None,
    bibtex: Path | None,
    as_json: bool,
) -> None:
    """Show what rests on which source, and what of a source nothing cites.

    Also what a single source carries, what is assumed, and where sources give different values.
    """
    from detente.case.sourcing import sourcing
    from detente.cli.terminal import loaded, print_json

    situation = loaded(path)
    written(situation, csl, bibtex)
    if references:
        show_references(situation, style)
    elif as_json:
        print_json(sourcing(situation).to_dict())
    else:
        show(situation, sourcing(situation))
        show_references(situation, style)


def written(situation: Situation, csl: Path | None, bibtex: Path | None) -> None:
    """The sources for reference managers."""
    import json

    from detente.interop import csl as formats

    if csl:
        items = formats.csl_json(situation.sources)
        write(csl, json.dumps(items, indent=2, ensure_ascii=False) + "\n")
    if bibtex:
        write(bibtex, formats.bibtex(situation.sources))


def write(file: Path, content: str) -> None:
    from detente.errors import InputError

    try:
        file.write_text(content, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{file}: cannot be written: {error.strerror}") from None


def show(situation: Situation, found: Sourcing) -> None:
    """Source by source, then what is weakly supported."""
    from detente.brief.words import counted
    from detente.cli.terminal import columns, heading

    heading("What rests on which source")
    columns([(use.source, use_words(use)) for use in found.sources], indent=2)
    for use in found.sources:
        if situation.sources[use.source].paragraphs:
            show_uncited(situation, use)
    for words, items in (
        ("On one source only: preference statements and claims", found.on_one_source),
        ("Assumed", found.assumed),
        ("Neither evidence nor an assumption", found.unsupported),
    ):
        heading(f"{words}: {counted(len(items), 'item') if items else 'none'}")
        columns([item_words(item) for item in items[:SHOWN]], indent=2)
        if len(items) > SHOWN:
            click.echo(f"  … and {len(items) - SHOWN:,} more: `--json` has all of them")
    show_conflicts(found.conflicts)


def use_words(use: SourceUse) -> str:
    """How many cite it, and the first of them."""
    from detente.brief.words import counted

    if not use.cited_by:
        return "nothing cites it"
    more = ", …" if len(use.cited_by) > SHOWN else ""
    return f"{counted(len(use.cited_by), 'item')}: {', '.join(use.cited_by[:SHOWN])}{more}"


def show_uncited(situation: Situation, use: SourceUse) -> None:
    """The paragraphs of a source that nothing points to."""
    from detente.cli.terminal import heading, paragraph

    paragraphs = situation.sources[use.source].paragraphs
    heading(f"{use.source}: {len(paragraphs) - len(use.uncited)} of {len(paragraphs)} places cited")
    if use.uncited:
        paragraph(f"nothing cites {', '.join(use.uncited)}", indent=2)


def item_words(item: Item) -> tuple[str, str]:
    return item.place, " · ".join([*item.sources, item.says])


def show_conflicts(conflicts: Sequence[Conflict]) -> None:
    """Values side by side."""
    from detente.cli.terminal import columns, heading

    heading("Sources that part" + ("" if conflicts else ": none"))
    for each in conflicts:
        click.echo(f"  {each.claim}: the argument says {span(each.stated)}")
        columns([(span(value), ", ".join(names)) for value, names in each.found], indent=4)


def span(value: tuple[float, float]) -> str:
    """An interval in words; a number where both ends are the same."""
    low, high = value
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def show_references(situation: Situation, style: Path | None) -> None:
    """The list of references."""
    from detente.brief.references import references
    from detente.cli.terminal import heading, paragraph

    heading("References")
    for each in references(situation.sources, style):
        paragraph(each.text, indent=2)
