"""The reference of the case format in Markdown, read off the format itself.

`python -m detente.case.reference` prints it; the documentation quotes it.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

from detente.case.checks import CHECKS
from detente.case.format import SituationFile
from detente.case.format.parts import CHANGE, CODE, COUNTRY, ISSUED, NAME, OPTION
from detente.case.names import FORMULAS
from detente.case.tree import COMPARISONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

__all__ = ["format_reference"]

Schema = dict[str, Any]

SUPPORT = ("evidence", "assumption")  # may stand on most items: said in a line, not in every table
WORDED = {
    CODE: "code",
    NAME: "name", OPTION: "`actor.option`", ISSUED: "year, month or day", COUNTRY: "three capitals",
    CHANGE: "`arrangement` or `arrangement:actor`",
}  # fmt: skip
BOUNDS = {
    "minimum": "from", "exclusiveMinimum": "above", "maximum": "to", "exclusiveMaximum": "below",
}  # fmt: skip
MOST_LISTED, FIRST_LISTED = 30, 8  # values of a field
EXPRESSIONS = {pattern.rpartition(".")[2] for pattern in FORMULAS}
"""What fields that hold an expression are called."""

NAMES: Mapping[str, str] = {
    "`actor.option`": "an option: above its first level; in arithmetic, the index of its level",
    "a level": "beside its option in a comparison: `prc.pressure >= diplomatic`",
    "an uncertainty": "an event is true or false, a number is its value, a choice is compared with "
    "one of its values",
    "a commitment with `executed`": "true in the futures in which it is kept",
    "an indicator": "the value of its formula",
}
"""What stands in an expression besides numbers -> what it means there."""

OPERATORS: Mapping[tuple[str, ...], str] = {
    ("*", "/"): "product, quotient",
    ("+", "-"): "sum, difference; `-` also before a single term",
    tuple(COMPARISONS): "comparison; levels compare by their order, comparisons do not chain",
    ("not",): "true where the rest is false",
    ("and",): "true where both are",
    ("or",): "true where either is, or both",
    ("implies",): "false only where the left is true and the right is not; binds to the right",
    ("iff",): "true where both are true, or neither",
}
"""Operators that bind alike -> their meaning, those that bind tightest first."""

CALLS: Mapping[str, str] = {
    "min(a, b, …)": "the smallest of them",
    "max(a, b, …)": "the largest of them",
    "abs(a)": "the absolute value",
    "exp(a)": "e to the power of it",
    "log(a)": "the natural logarithm",
    "sqrt(a)": "the square root",
}
"""Functions as they are called -> their value."""


def format_reference() -> str:
    """Every section and field of a case, the expression language, and the semantic checks.

    Examples
    --------
    >>> print(format_reference().splitlines()[0])
    ## Sections
    """
    lines = [*sections(), *entries(), *expressions(), *checks()]
    return "\n".join(lines).rstrip() + "\n"


# ----------------------------------------------------------------------------- sections and entries


def sections() -> Iterator[str]:
    yield from ("## Sections", "")
    yield from fields(SituationFile.model_json_schema())


def entries() -> Iterator[str]:
    """Everything that can stand in a section, each after the first that mentions it."""
    yield from ("## Entries", "")
    schema = SituationFile.model_json_schema()
    for name in reached(schema["properties"], schema["$defs"]):
        entry = schema["$defs"][name]
        support = (
            " Carries `evidence` or `assumption`." if SUPPORT[1] in entry["properties"] else ""
        )
        yield from (f"### {title(name)}", "", f"{entry['description']}{support}", "")
        yield from fields(entry)


def reached(start: Any, definitions: Mapping[str, Schema]) -> list[str]:
    found: dict[str, None] = {}
    waiting = [start]
    while waiting:
        for name in references(waiting.pop(0)):
            if name not in found:
                found[name] = None
                waiting.append(definitions[name])
    return list(found)


def references(part: Any) -> Iterator[str]:
    """The names of the definitions a part of a schema refers to."""
    if isinstance(part, dict):
        if "$ref" in part:
            yield referred(part)
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from references(inner)


def referred(field: Schema) -> str:
    return str(field["$ref"]).rpartition("/")[2]


def title(name: str) -> str:
    """`StatementEntry` -> `Statement`, `AnyOrder` -> `Any order`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.removesuffix("Entry")).capitalize()


def fields(entry: Schema) -> Iterator[str]:
    """A table of the fields of an entry."""
    required = entry.get("required", ())
    rows = [
        (
            f"`{name}`",
            "expression" if name in EXPRESSIONS and takes(field) == "text" else takes(field),
            "required" if name in required else default(field.get("default")),
            field["description"],
        )
        for name, field in entry["properties"].items()
        if name not in SUPPORT
    ]
    rows += [
        (WORDED[key], takes(field), "–", field["description"])
        for key, field in entry.get("patternProperties", {}).items()
    ]
    yield from table(("field", "takes", "default", "meaning"), rows)


def default(value: object) -> str:
    if isinstance(value, dict) and value:
        return ", ".join(f"`{name}`" for name in value)
    return f"`{value}`" if isinstance(value, str) else "–"


# ---------------------------------------------------------------------------- what a field takes


def takes(field: Schema) -> str:
    """What a field takes, in words."""
    if "$ref" in field:
        name = title(referred(field)).lower()
        return f"[{name}](#{name.replace(' ', '-')})"
    if "const" in field or "enum" in field:
        return listed(field.get("enum", [field.get("const")]))
    if alternatives := field.get("anyOf") or field.get("oneOf"):
        words = [takes(one) for one in alternatives if one != {"type": "null"}]
        return " or ".join(dict.fromkeys(words))
    return TYPES[field["type"]](field)


def listed(values: Sequence[str]) -> str:
    """The values a field may have; of very many the first ones."""
    if len(values) > MOST_LISTED:
        first = ", ".join(f"`{value}`" for value in values[:FIRST_LISTED])
        return f"{first} or one of {len(values) - FIRST_LISTED} more"
    return ", ".join(f"`{value}`" for value in values)


def takes_text(field: Schema) -> str:
    return "date" if field.get("format") == "date" else WORDED.get(field.get("pattern", ""), "text")


def takes_number(field: Schema) -> str:
    bounds = [f"{word} {field[key]:g}" for key, word in BOUNDS.items() if key in field]
    return " ".join(["number", *bounds])


def takes_list(field: Schema) -> str:
    if members := field.get("prefixItems"):
        return f"[{', '.join(takes(member) for member in members)}]"
    items = grouped(field["items"])
    return f"list of {items}s" if items == WORDED[NAME] else f"list of {items}"


def takes_mapping(field: Schema) -> str:
    if "properties" in field:
        return f"`{{{', '.join(f'{name}: …' for name in field['properties'])}}}`"
    ((key, value),) = field["patternProperties"].items()
    return f"{WORDED[key]} → {grouped(value)}"


def grouped(field: Schema) -> str:
    words = takes(field)
    return f"({words})" if " or " in words else words


TYPES: Mapping[str, Callable[[Schema], str]] = {
    "string": takes_text,
    "array": takes_list,
    "object": takes_mapping,
    "number": takes_number,
    "boolean": lambda _: "`true` or `false`",
    "integer": lambda _: "whole number",
}


# ----------------------------------------------------------------------- expressions and checks


def expressions() -> Iterator[str]:
    yield from ("## Expressions", "", "Besides numbers, an expression names", "")
    yield from table(("name", "meaning"), NAMES.items())
    yield from ("and joins them with these operators, those that bind tightest first,", "")
    rows = [(" ".join(f"`{each}`" for each in alike), text) for alike, text in OPERATORS.items()]
    yield from table(("operators", "meaning"), rows)
    yield from ("with parentheses, and with functions of numbers:", "")
    yield from table(("function", "value"), [(f"`{call}`", text) for call, text in CALLS.items()])


def checks() -> Iterator[str]:
    """The semantic checks in a table, then for each what fails it."""
    yield from (
        "## Semantic checks",
        "",
        "A case can be written correctly and still not mean what it says. These checks run",
        "whenever a case is read. An error stops the analysis; a warning does not, unless",
        "`--strict NAME` makes it an error.",
        "",
    )
    rows = [(f"[`{check.name}`](#{check.name})", check.asks, check.severity) for check in CHECKS]
    yield from table(("check", "asks", "if not"), rows)
    yield from ("Each of these fragments fails the check it stands under.", "")
    for check in CHECKS:
        yield from (f"### `{check.name}`", "", "```yaml", check.example.strip(), "```", "")


def table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """A table, and the blank line that ends it."""
    for cells in (heads, ["---"] * len(heads), *rows):
        yield f"| {' | '.join(' '.join(cell.split()) for cell in cells)} |"
    yield ""


if __name__ == "__main__":
    sys.stdout.write(format_reference())
