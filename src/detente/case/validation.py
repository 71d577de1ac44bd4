"""What pydantic finds wrong with the fields of a case, said in the words of the format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from detente.case.document import Document
from detente.case.expression import suggestion
from detente.case.format import SituationFile
from detente.case.problems import Problem

__all__ = ["validated"]


def validated(document: Document) -> tuple[SituationFile | None, list[Problem]]:
    """The checked file, or None with everything wrong about its fields."""
    try:
        return SituationFile.model_validate(pruned(document.value)), []
    except ValidationError as error:
        return None, [problem(document, details) for details in error.errors()]


def pruned(value: Any) -> Any:
    """The same values without the keys to which nothing was written."""
    if isinstance(value, dict):
        return {key: pruned(inner) for key, inner in value.items() if inner is not None}
    return [pruned(inner) for inner in value] if isinstance(value, list) else value


def problem(document: Document, details: ErrorDetails) -> Problem:
    """One of pydantic's findings as a problem of the file."""
    route, kind = details["loc"], details["type"]
    if kind == "extra_forbidden":
        field = str(route[-1])
        known = fields_beside(document, route)
        place = document.place(route, key=True)
        return Problem(
            place, f"unknown field `{field}`", document.named(route[:-1]), suggestion(field, known)
        )
    if kind == "missing":
        place = document.place(route[:-1], key=True)
        return Problem(place, f"`{route[-1]}` is missing", document.named(route[:-1]))
    if route and route[-1] == "[key]":
        key = str(route[-2])
        message = (
            NOT_AN_OPTION
            if "." in details.get("ctx", {}).get("pattern", "").replace("\\.", ".")[30:]
            else NOT_A_NAME
        )
        return Problem(
            document.place(route, key=True), f"`{key}` {message}", document.named(route[:-2])
        )
    message = MESSAGES.get(kind, default)(details)
    hint = None
    if kind == "literal_error":
        words = details["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        hint = suggestion(str(details["input"]), words)
    return Problem(document.place(route), message, document.named(route), hint)


NOT_A_NAME = "is not a name: letters, digits and _, starting with a letter"
NOT_AN_OPTION = "is not an option: write `actor.option`"


def got(details: ErrorDetails) -> str:
    """What stood there, shortly."""
    value = details["input"]
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    text = str(value)
    return f"`{text if len(text) <= 40 else text[:39] + '…'}`"


def default(details: ErrorDetails) -> str:
    return details["msg"][:1].lower() + details["msg"][1:]


def expected(what: str) -> Callable[[ErrorDetails], str]:
    return lambda details: f"expected {what}, got {got(details)}"


def pattern(details: ErrorDetails) -> str:
    is_option = "\\." in details["ctx"]["pattern"]
    return f"{got(details)} {NOT_AN_OPTION if is_option else NOT_A_NAME}"


def length(details: ErrorDetails) -> str:
    context = details["ctx"]
    bound = (
        f"at least {context['min_length']}"
        if "min_length" in context
        else f"at most {context['max_length']}"
    )
    return f"expected {bound}, got {context.get('actual_length', 'nothing')}"


def bound(word: str, key: str) -> Callable[[ErrorDetails], str]:
    return lambda details: f"expected a number {word} {details['ctx'][key]:g}, got {got(details)}"


MESSAGES: Mapping[str, Callable[[ErrorDetails], str]] = {
    "string_type": expected("text"),
    "string_pattern_mismatch": pattern,
    "string_too_short": lambda _: "is empty",
    "int_type": expected("a whole number"),
    "int_parsing": expected("a whole number"),
    "float_type": expected("a number"),
    "float_parsing": expected("a number"),
    "finite_number": expected("a finite number"),
    "date_type": expected("a date like 2024-04-16"),
    "date_parsing": expected("a date like 2024-04-16"),
    "date_from_datetime_parsing": expected("a date like 2024-04-16"),
    "date_from_datetime_inexact": expected("a date like 2024-04-16"),
    "dict_type": expected("a mapping"),
    "model_type": expected("a mapping"),
    "model_attributes_type": expected("a mapping"),
    "list_type": expected("a list"),
    "tuple_type": expected("a list"),
    "literal_error": lambda details: (
        f"expected {details['ctx']['expected'].replace(chr(39), '')}, got {got(details)}"
    ),
    "union_tag_invalid": lambda details: (
        f"unknown kind `{details['ctx']['tag']}`; expected {details['ctx']['expected_tags'].replace(chr(39), '')}"
    ),
    "union_tag_not_found": lambda details: (
        f"`kind` is missing, or this is not a mapping: got {got(details)}"
    ),
    "too_short": length,
    "too_long": length,
    "greater_than": bound("above", "gt"),
    "greater_than_equal": bound("of at least", "ge"),
    "less_than_equal": bound("of at most", "le"),
}


def fields_beside(document: Document, route: tuple[int | str, ...]) -> list[str]:
    """The fields the format knows where an unknown one stands."""
    model: Any = SituationFile
    for step in route[:-1]:
        model = below(model, step)
    names: list[str] = []
    for candidate in models_in(model):
        names += [field.alias or name for name, field in candidate.model_fields.items()]
    return names


def below(annotation: Any, step: int | str) -> Any:
    """The annotation one step further down; a validator's own names lead nowhere further."""
    for model in models_in(annotation):
        for name, field in model.model_fields.items():
            if step in (name, field.alias):
                return field.annotation
    return annotation


def models_in(annotation: Any) -> list[type[BaseModel]]:
    """Every model an annotation mentions, however deep in unions and collections."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    inner = getattr(annotation, "__args__", ())
    return [model for argument in inner for model in models_in(argument)]
