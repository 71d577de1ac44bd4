"""The case format as a JSON Schema, for completion and hover help in editors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detente.case.format import SituationFile
from detente.case.format.parts import ISSUED

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["situation_schema"]

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
IDENTITY = "urn:detente:situation:1"


def situation_schema() -> Schema:
    """The JSON Schema of `situation.yaml`.

    An editor reads the YAML before it applies the schema: it takes `0110` and `2024` for numbers
    where Detente sees the text that stands there. So a text may be a number here, and an item to
    which nothing is written may be null.

    Examples
    --------
    >>> situation_schema()["required"]
    ['detente', 'id', 'title', 'actors', 'options', 'preferences']
    """
    schema = SituationFile.model_json_schema()
    blank = {f"#/$defs/{name}" for name, part in schema["$defs"].items() if "required" not in part}
    loosened: Schema = as_edited(schema, blank)
    version = loosened["properties"]["detente"]
    loosened["properties"]["detente"] = {"description": version["description"], "enum": [1, "1"]}
    return {"$schema": DIALECT, "$id": IDENTITY, **loosened, "title": "Situation"}


def as_edited(part: Any, blank: Collection[str]) -> Any:
    """The same part of the schema for values as an editor reads them."""
    if isinstance(part, list):
        return [as_edited(inner, blank) for inner in part]
    if not isinstance(part, dict):
        return part
    edited = {key: as_edited(inner, blank) for key, inner in part.items()}
    if isinstance(edited.get("title"), str):
        del edited["title"]  # pydantic's: the field's name again
    if is_text(edited):
        edited["type"] = ["string", "number"]
    if "prefixItems" in edited:  # which editors do not know; ours are all alike
        edited["items"] = edited.pop("prefixItems")[0]
    if items := edited.get("patternProperties"):
        edited["additionalProperties"] = False
        edited["patternProperties"] = {
            pattern: or_blank(item, blank) for pattern, item in items.items()
        }
    return edited


def is_text(part: Schema) -> bool:
    """Whether the part takes words; not names, dates or one of several words."""
    is_free = part.get("pattern", ISSUED) == ISSUED and not part.keys() & {
        "const",
        "enum",
        "format",
    }
    return part.get("type") == "string" and is_free


def or_blank(item: Schema, blank: Collection[str]) -> Schema:
    """The item, or null if nothing needs to be written about it."""
    return {"anyOf": [item, {"type": "null"}]} if item.get("$ref") in blank else item
