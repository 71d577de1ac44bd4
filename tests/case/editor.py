"""How an editor sees a case: scalars resolved by YAML 1.2, then held against the schema."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml
from jsonschema import Draft7Validator

from detente.case.schema import situation_schema

if TYPE_CHECKING:
    from collections.abc import Callable

VALIDATOR = Draft7Validator(situation_schema())


def scalar(read: Callable[[str], Any]) -> Callable[[Any, Any], Any]:
    return lambda loader, node: read(loader.construct_scalar(node))


class EditorLoader(yaml.CBaseLoader):
    """Resolves scalars by the core schema of YAML 1.2, as editors do."""


NUMBER = list("-+.0123456789")
for kind, pattern, first, read in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""], lambda _: None),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF"), lambda text: text[0] in "tT"),
    ("int", r"[-+]?[0-9]+", NUMBER, int),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", NUMBER, float),
):
    tag = f"tag:yaml.org,2002:{kind}"
    EditorLoader.add_implicit_resolver(tag, re.compile(f"^(?:{pattern})$"), first)
    EditorLoader.add_constructor(tag, scalar(read))


def as_edited(text: str) -> Any:
    return yaml.load(text, EditorLoader)  # noqa: S506  it builds text, numbers and truths only


def faults(value: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(value)]
