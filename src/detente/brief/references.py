"""A case's sources as a list of references, in any style of the Citation Style Language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from detente.errors import InputError
from detente.interop.csl import csl_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from detente.case.format import Source

__all__ = ["Reference", "references"]

AUTHOR_DATE = Path(__file__).parent / "templates" / "author-date.csl"
"""Author and date, in the manner of the Chicago Manual of Style."""
DOUBLED = re.compile(r"((?<![.])[.]|[?!])[.](?![.])")


@dataclass(frozen=True)
class Reference:
    """One entry of the list."""

    source: str
    """Its id in the case."""
    text: str


def references(sources: Mapping[str, Source], style: Path | None = None) -> tuple[Reference, ...]:
    """The sources in the order and the words of a style.

    Parameters
    ----------
    sources
        Those of a case; a Korean title follows the English one in brackets.
    style
        A CSL file; author and date where none is given.

    Raises
    ------
    InputError
        If the file is no style that can be read.

    Examples
    --------
    >>> from detente.case import load
    >>> print(references(load("fraser/cuban_missile_crisis").sources)[0].text)
    Fraser, Niall M., and Keith W. Hipel. 1984. Conflict Analysis: Models and Resolutions.
    North-Holland.
    """
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    if not sources:
        return ()
    written = CiteProcJSON(csl_json(sources))
    listed = CitationStylesBibliography(read_style(style or AUTHOR_DATE), written, formatter.plain)
    for source in sources:
        listed.register(Citation([CitationItem(source)]))
    listed.sort()
    return tuple(
        Reference(source, once_ended(str(text) if style else str(text).replace("”.", ".”")))
        for source, text in zip(listed.keys, listed.bibliography(), strict=True)
    )


def read_style(file: Path) -> object:
    """A style from its file."""
    from citeproc import CitationStylesStyle
    from lxml.etree import LxmlError

    try:
        return CitationStylesStyle(str(file), validate=False, locale="en-US")
    except (LxmlError, OSError, ValueError, TypeError, AttributeError, KeyError):
        raise InputError(
            f"{file}: not a style that can be read\n"
            "  a CSL file is wanted, such as those of the Citation Style Language's repository"
        ) from None


def once_ended(text: str) -> str:
    """A text in which no full stop follows a mark that ends a sentence already."""
    return DOUBLED.sub(r"\1", text)
