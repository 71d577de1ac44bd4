"""The parts of the documentation that are read off the program, written into the pages by cog.

`make samples` refreshes them, `make lint` checks that they are up to date.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Schema = dict[str, Any]

CHECKOUT = Path(__file__).resolve().parents[1]
SUPPORT = {"evidence", "assumption"}  # may stand on every item; explained once
TERMINAL = {"COLUMNS": "80", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}


def listing(path: str, language: str = "yaml") -> None:
    """A file of the checkout, as a block."""
    print(f"```{language}\n{(CHECKOUT / path).read_text(encoding='utf-8').rstrip()}\n```")


def shown(command: str, *, first: int | None = None, remarks: bool = False) -> None:
    """A command and what it prints in a terminal of 80 columns, cut after `first` lines.

    Remarks, which go to stderr, are shown only where asked for.
    """
    arguments = shlex.split(command)
    program = Path(sys.executable).with_name(arguments[0])
    done = subprocess.run(
        [program, *arguments[1:]],
        cwd=CHECKOUT,
        env={**os.environ, **TERMINAL},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT if remarks else subprocess.PIPE,
        check=True,
        text=True,
    )
    lines = [line.rstrip() for line in done.stdout.rstrip().splitlines()]
    if first is not None and len(lines) > first:
        lines = [*lines[:first], "…"]
    print("\n".join(["```console", f"$ {command}", *lines, "```"]))


def commands() -> None:
    """Every command's help, one heading each."""
    import click

    from detente.cli.main import main

    context = click.Context(main, info_name="detente", max_content_width=80, terminal_width=80)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context, terminal_width=80)
        print(f"## `detente {name}`\n\n```text\n{command.get_help(inner).rstrip()}\n```\n")


def sections() -> None:
    """The sections of a case, then every item that can stand in them."""
    from detente.case.format import SituationFile

    schema = SituationFile.model_json_schema()
    print("## Sections\n")
    print("\n".join(table(schema)))
    for name in reached(schema, schema["$defs"]):
        item = schema["$defs"][name]
        print(f"\n## {title(name)}\n\n{item['description']}\n")
        print("\n".join(table(item)))


def checks() -> None:
    """The semantic checks, each with a case that fails it."""
    from detente.case.checks import CHECKS

    for check in CHECKS:
        example = check.example.strip()
        print(f"### `{check.name}`\n\n{check.asks} ({check.severity})\n\n```yaml\n{example}\n```\n")


def reached(schema: Schema, definitions: Mapping[str, Schema]) -> list[str]:
    """The definitions a schema refers to, each after the first one that mentions it."""
    found: dict[str, None] = {}
    waiting = [schema["properties"]]
    while waiting:
        for name in references(waiting.pop(0)):
            if name not in found:
                found[name] = None
                waiting.append(definitions[name])
    return list(found)


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if "$ref" in part:
            yield part["$ref"].rpartition("/")[2]
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from references(inner)


def table(item: Schema) -> list[str]:
    """One row per field."""
    required = set(item.get("required", ()))
    rows = ["| field | takes | default | meaning |", "|---|---|---|---|"]
    for name, field in item["properties"].items():
        if name not in SUPPORT:
            otherwise = "required" if name in required else default(field.get("default"))
            meaning = " ".join(field.get("description", "").split())
            rows.append(f"| `{name}` | {takes(field)} | {otherwise} | {meaning} |")
    return rows


def default(value: object) -> str:
    if isinstance(value, dict) and value:
        return ", ".join(f"`{name}`" for name in value)
    return f"`{value}`" if isinstance(value, str | int | float) else "–"


def takes(field: Schema) -> str:
    """What a field takes, in words."""
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return f"[{title(name).lower()}](#{title(name).lower().replace(' ', '-')})"
    if "const" in field or "enum" in field:
        return ", ".join(f"`{value}`" for value in field.get("enum", [field.get("const")]))
    if alternatives := field.get("anyOf") or field.get("oneOf"):
        words = [takes(one) for one in alternatives if one != {"type": "null"}]
        return " or ".join(dict.fromkeys(words))
    compound = COMPOUND.get(field.get("type", ""))
    return compound(field) if compound else "anything"


def takes_text(field: Schema) -> str:
    return "date" if field.get("format") == "date" else "text"


def takes_list(field: Schema) -> str:
    if members := field.get("prefixItems"):
        return f"[{', '.join(takes(member) for member in members)}]"
    items = takes(field["items"])
    return f"list of ({items})" if " or " in items else f"list of {items}"


def takes_mapping(field: Schema) -> str:
    if "en" in field.get("properties", {}):
        return "`{en: …, ko: …}`"
    values = [*field.get("patternProperties", {}).values(), field.get("additionalProperties")]
    return f"name → {takes(values[0])}" if isinstance(values[0], dict) else "mapping"


COMPOUND: dict[str, Callable[[Schema], str]] = {
    "string": takes_text,
    "array": takes_list,
    "object": takes_mapping,
    "number": lambda _: "number",
    "integer": lambda _: "whole number",
    "boolean": lambda _: "`true`, `false`",
}


def title(name: str) -> str:
    """`StatementEntry` -> `Statement`, `AnyOrder` -> `Any order`."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.removesuffix("Entry")).lower()
    return words.capitalize()
