"""The JSON Schema accepts what the program accepts, as an editor reads it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from detente import catalogue
from detente.case.format import SituationFile
from detente.case.schema import situation_schema
from tests.case.full import FULL

if TYPE_CHECKING:
    from pathlib import Path


class Editor(yaml.CSafeLoader):
    """Reads YAML by the core schema of version 1.2, as editors do: no dates, no yes and no."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own way


def decimal(loader: Editor, node: yaml.ScalarNode) -> int:
    return int(str(loader.construct_scalar(node)), 10)  # 0110 is not octal


CORE = {
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.inf|\.nan",
    "null": r"~|null|Null|NULL|",
}
for kind, pattern in CORE.items():
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", re.compile(f"^({pattern})$"), None)
Editor.add_constructor("tag:yaml.org,2002:int", decimal)


def edited(text: str) -> Any:
    """The values of a file as an editor reads them."""
    return yaml.load(text, Editor)  # noqa: S506 - it is a safe loader


def edited_case(folder: Path) -> dict[str, Any]:
    """A case as an editor reads it, with its sections put together."""
    case: dict[str, Any] = edited((folder / "situation.yaml").read_text("utf-8"))
    for section in SituationFile.model_fields:
        if (folder / f"{section}.yaml").exists():
            case[section] = edited((folder / f"{section}.yaml").read_text("utf-8"))
    return case


def faults(case: Any) -> list[str]:
    found = Draft202012Validator(situation_schema()).iter_errors(case)
    return [f"{error.json_path}: {error.message}" for error in found]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(situation_schema())


def test_a_case_with_every_kind_of_entry_follows_it() -> None:
    assert faults(edited(FULL)) == []


@pytest.mark.parametrize("case_id", catalogue.ids())
def test_every_case_that_ships_follows_it(case_id: str) -> None:
    assert faults(edited_case(catalogue.folder(case_id))) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("focus: row", "focsu: row"),
        ("focus: row", "focus: the row"),
        ("detente: 1", "detente: 2"),
        ("as_of: 2024-04-16", "as_of: [2024]"),
        ("moves: up", "moves: upwards"),
        ("row.press: none}", "press: none}"),
        ("probability: 0.5", "probability: 1.5"),
        ("sd: 1", "sd: 0"),
        ("range: [0.1, 1.2]", "range: [0.1]"),
        ("kind: uniform", "kind: even"),
        ("in: some", "in: most"),
        ("weights: {calm_mood: 2, angry: 1}", "weights: {calm_mood: 2, angry: -1}"),
    ],
)
def test_what_the_program_refuses_an_editor_marks(old: str, new: str) -> None:
    assert old in FULL
    assert faults(edited(FULL.replace(old, new))) != []


def test_every_field_has_a_text_for_hover_help() -> None:
    schema = situation_schema()
    silent = [
        f"{name}.{field}"
        for name, part in {"Situation": schema, **schema["$defs"]}.items()
        for field, entry in part.get("properties", {}).items()
        if not entry.get("description")
    ]
    assert silent == []
