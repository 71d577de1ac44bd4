"""`detente import`."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["command"]


@click.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the case to this file; stdout if left out. Nothing is overwritten.",
)
def command(file: Path, output: Path | None) -> None:
    """Turn a GMCR+ or gmcr-py file (.gmcr) into a situation.yaml.

    Other commands read such files as they are; import one to go on writing it.
    """
    from detente.errors import InputError
    from detente.interop.gmcr import gmcr_to_yaml

    text = gmcr_to_yaml(file)
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        with output.open("x", encoding="utf-8") as case:
            case.write(text)
    except FileExistsError:
        raise InputError(f"{output}: exists; nothing was overwritten") from None
    except OSError as error:
        raise InputError(f"{output}: {error.strerror}") from None
    click.echo(output)
