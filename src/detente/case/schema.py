"""The JSON Schema of the case format, for editors that complete and check as one types.

pydantic derives a schema from the format. An editor needs it in another form: it resolves scalars
before it looks at the schema, so that the code `0110` reaches it as a number; a field to which
nothing is written reaches it as null; it completes a field with its default; and JSON Schema's
draft 7 is what editors have in common. There is no `$id`: the file beside the case is the identity,
and editors have followed ids to places where there is nothing.
"""

from __future__ import annotations

import re
from typing import Any

from detente.case.format import SituationFile

__all__ = ["FILE", "situation_schema"]

Schema = dict[str, Any]

FILE = "situation.schema.json"
"""What the schema is called beside a case."""

DIALECT = "http://json-schema.org/draft-07/schema#"
TITLE = "Detente case"

NAMED = ("properties", "patternProperties")  # keywords that hold schemas by name
LISTED = ("anyOf", "oneOf", "prefixItems")  # keywords that hold a list of schemas
NOISE = ("title", "discriminator")  # what pydantic adds and no editor has a use for
DRAFT_7 = {"prefixItems": "items"}  # how it calls what pydantic calls otherwise
SPELLINGS = {"boolean": "true", "integer": "2024", "number": "0.5"}  # of what is not read as text
BLANK = {"type": "null"}


def situation_schema() -> dict[str, Any]:
    """The JSON Schema (draft 7) of a whole case.

    A case that `load` takes validates once its YAML is read by the rules of YAML 1.2. The reverse
    does not hold: names, expressions and semantic checks are beyond a schema.

    Examples
    --------
    >>> situation_schema()["required"]
    ['detente', 'id', 'title', 'actors', 'options', 'preferences']
    """
    schema = SituationFile.model_json_schema(ref_template="#/definitions/{model}")
    parts = schema.pop("$defs")
    return {
        "$schema": DIALECT,
        "title": TITLE,
        **for_editors(schema),
        "definitions": {name: for_editors(part) for name, part in parts.items()},
    }


def for_editors(schema: Schema) -> Schema:
    """The same schema for what an editor has read, all the way down."""
    edited = {
        DRAFT_7.get(keyword, keyword): below(keyword, value)
        for keyword, value in schema.items()
        if keyword not in NOISE and not (keyword == "default" and not value)
    }
    for change in (resolved_texts, resolved_constants, strict_keys, blank_fields):
        edited = change(edited)
    return edited


def below(keyword: str, value: Any) -> Any:
    """The schemas a keyword holds, changed; anything else as it is."""
    if keyword in NAMED:
        return {name: for_editors(inner) for name, inner in value.items()}
    if keyword in LISTED:
        return [for_editors(inner) for inner in value]
    return for_editors(value) if keyword == "items" else value


def resolved_texts(schema: Schema) -> Schema:
    """Let a text be what an editor resolves its spelling to: `0110` a number, `true` a truth."""
    if schema.get("type") != "string" or schema.keys() & {"enum", "const", "format"}:
        return schema
    pattern = schema.get("pattern", "")
    others = [kind for kind, spelling in SPELLINGS.items() if re.search(pattern, spelling)]
    return {"minLength": 1, **schema, "type": ["string", *others]}


def resolved_constants(schema: Schema) -> Schema:
    """Let the one word of `detente: 1` be a number."""
    if not str(schema.get("const", "")).isdecimal():
        return schema
    others = {key: value for key, value in schema.items() if key not in ("const", "type")}
    return {**others, "enum": [int(schema["const"]), schema["const"]]}


def strict_keys(schema: Schema) -> Schema:
    """Let keys be what their pattern says and nothing else."""
    return {**schema, "additionalProperties": False} if "patternProperties" in schema else schema


def blank_fields(schema: Schema) -> Schema:
    """Let nothing stand for an optional field, and for an item that requires none."""
    if "properties" not in schema:
        return schema
    required = schema.get("required", ())
    fields = {
        name: field if name in required else or_blank(field)
        for name, field in schema["properties"].items()
    }
    kind = "object" if required else ["object", "null"]
    return {**schema, "type": kind, "properties": fields}


def or_blank(field: Schema) -> Schema:
    """The field, or nothing; what is said about it stays outside, where editors look for it."""
    if BLANK in field.get("anyOf", ()):
        return field
    said: Schema = {key: field[key] for key in ("description", "default") if key in field}
    value = {key: value for key, value in field.items() if key not in said}
    return {**said, "anyOf": [value, BLANK]}
