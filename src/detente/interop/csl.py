"""A case's sources for reference managers: CSL-JSON and BibTeX."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from detente.case.format import Source

__all__ = ["CSL_TYPES", "bibtex", "csl_json"]

CSL_TYPES = frozenset({
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book",
    "broadcast", "chapter", "classic", "collection", "dataset", "document", "entry",
    "entry-dictionary", "entry-encyclopedia", "event", "figure", "graphic", "hearing",
    "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
    "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical",
    "personal_communication", "post", "post-weblog", "regulation", "report", "review",
    "review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage",
})  # fmt: skip
"""The types of CSL 1.0.2; a source of another type goes on as `document`."""

BIBTEX_TYPES = {
    "article": "article", "article-journal": "article", "article-magazine": "article",
    "article-newspaper": "article", "book": "book", "chapter": "incollection",
    "entry-encyclopedia": "incollection", "paper-conference": "inproceedings",
    "report": "techreport", "thesis": "phdthesis",
}  # fmt: skip
CONTAINERS = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
PUBLISHERS = {"techreport": "institution", "phdthesis": "school"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

BODY = re.compile(r"\b(?:of|for|and|the|on)\b", re.IGNORECASE)
SPECIAL = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "{": r"\textbraceleft{}", "}": r"\textbraceright{}",  # BibTeX counts braces, escaped or not
    **{character: f"\\{character}" for character in "&%$#_"},
}  # fmt: skip


def csl_json(sources: Mapping[str, Source]) -> list[dict[str, Any]]:
    """The sources as a list of CSL-JSON items, in the order of the case.

    Authors are parted by semicolons. `Kim, Yang Gyu` is a person; what has no comma, or has a word
    such as *of* before it, is a body. A title's Korean version goes on as `original-title`.

    Examples
    --------
    >>> from detente.case import load
    >>> (item,) = csl_json(load("fraser/cuban_missile_crisis").sources)
    >>> item["id"], item["author"][1], item["issued"]
    ('fraser1984', {'family': 'Hipel', 'given': 'Keith W.'}, {'date-parts': [[1984]]})
    """
    return [item(id, source) for id, source in sources.items()]


def bibtex(sources: Mapping[str, Source]) -> str:
    r"""The sources as BibTeX entries in UTF-8, in the order of the case.

    Titles keep their capitals and what TeX would take for commands is escaped. BibTeX tells no
    capital letters apart in keys: of two that differ only so, the later gets a number.

    Examples
    --------
    >>> from detente.case.format import Source
    >>> print(bibtex({"a": Source(type="webpage", title="R&D at 5 %", author="The Ministry")}))
    @misc{a,
      author = {{The Ministry}},
      title = {{R\&D at 5 \%}},
    }
    <BLANKLINE>
    """
    keys = keys_of(sources)
    return "\n".join(entry(keys[id], source) for id, source in sources.items())


# --------------------------------------------------------------------------------------------- CSL


def item(id: str, source: Source) -> dict[str, Any]:
    fields = {
        "id": id,
        "type": source.type if source.type in CSL_TYPES else "document",
        "title": str(source.title),
        "original-title": source.title.ko,
        "author": [csl_name(name) for name in names(source)],
        "issued": source.issued and date_parts(source.issued),
        "publisher": source.publisher,
        "container-title": source.container_title,
        "volume": source.volume,
        "page": source.page,
        "URL": source.url,
        "DOI": source.doi,
        "accessed": source.accessed and date_parts(source.accessed.isoformat()),
        "note": source.note and str(source.note),
    }
    return {name: value for name, value in fields.items() if value}


def date_parts(written: str) -> dict[str, list[list[int]]]:
    """`2024-04` as CSL writes it."""
    return {"date-parts": [[int(part) for part in written.split("-")]]}


def csl_name(name: tuple[str, str]) -> dict[str, str]:
    family, given = name
    return {"family": family, "given": given} if given else {"literal": family}


def names(source: Source) -> Iterator[tuple[str, str]]:
    """Family and given name of each author; a body has no given name."""
    for author in (source.author or "").split(";"):
        family, comma, given = (part.strip() for part in author.partition(","))
        if comma and given and not BODY.search(family):
            yield family, given
        elif author.strip():
            yield author.strip(), ""


# ------------------------------------------------------------------------------------------ BibTeX


def entry(key: str, source: Source) -> str:
    kind = BIBTEX_TYPES.get(source.type, "misc")
    fields = "".join(f"  {name} = {value},\n" for name, value in fields_of(kind, source) if value)
    return f"@{kind}{{{key},\n{fields}}}\n"


def fields_of(kind: str, source: Source) -> Iterator[tuple[str, str | None]]:
    """Names and values as BibTeX writes them."""
    yield "author", braced(" and ".join(map(bibtex_name, names(source))))
    yield "title", f"{{{braced(escaped(source.title))}}}"
    yield "origtitle", braced(escaped(source.title.ko))
    yield from dated(source.issued)
    yield PUBLISHERS.get(kind, "publisher"), braced(escaped(source.publisher))
    yield CONTAINERS.get(kind, "howpublished"), braced(escaped(source.container_title))
    yield "volume", braced(escaped(source.volume))
    yield "pages", braced(re.sub(r"\s*[-–]+\s*", "--", escaped(source.page)))
    yield "url", braced(verbatim(source.url))
    yield "doi", braced(verbatim(source.doi))
    yield "urldate", braced(day(source.accessed))
    yield "note", braced(escaped(source.note))


def dated(issued: str | None) -> Iterator[tuple[str, str | None]]:
    year, month, day = (*(issued or "").split("-"), "", "")[:3]
    yield "year", braced(year)
    yield "month", MONTHS[int(month) - 1] if month and 1 <= int(month) <= 12 else None
    yield "day", braced(day.lstrip("0"))


def day(accessed: date | None) -> str:
    return accessed.isoformat() if accessed else ""


def bibtex_name(name: tuple[str, str]) -> str:
    """`Kim, Yang Gyu`; a body in braces, that it be not taken apart."""
    family, given = map(escaped, name)
    return f"{family}, {given}" if given else f"{{{family}}}"


def braced(text: str) -> str | None:
    return f"{{{text}}}" if text else None


def escaped(text: str | None) -> str:
    """The text on one line, with nothing that TeX takes for a command."""
    return "".join(
        SPECIAL.get(character, character) for character in " ".join((text or "").split())
    )


def verbatim(address: str | None) -> str:
    """An address as it is, but for what would upset the count of braces."""
    encoded = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"}
    return "".join(
        encoded.get(character, character) for character in " ".join((address or "").split())
    )


def keys_of(ids: Mapping[str, object]) -> dict[str, str]:
    """A key for each id, none of which differs from another only in capital letters."""
    keys: dict[str, str] = {}
    taken = {id.lower() for id in ids}
    seen: set[str] = set()
    for id in ids:
        key, count = id, 1
        while key.lower() in seen or (count > 1 and key.lower() in taken):
            count += 1
            key = f"{id}_{count}"
        seen.add(key.lower())
        keys[id] = key
    return keys
