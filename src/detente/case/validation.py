"""What pydantic finds wrong with the fields of a case, said in the words of the format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Tag, ValidationError

from detente.case.format import SituationFile, Text
from detente.case.format.parts import WORDED, Translations
from detente.case.problems import DidYouMean, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pydantic_core import ErrorDetails

    from detente.case.document import Document

__all__ = ["validated"]

LONGEST_SHOWN = 40
MOST_COMPARED = 200  # faults


def validated(document: Document) -> tuple[SituationFile | None, list[Problem]]:
    """The checked file, or None with everything that is wrong about its fields."""
    try:
        return SituationFile.model_validate(document.value), []
    except ValidationError as error:
        found = error.errors(include_url=False)
        return None, [problem(document, details) for details in without_echoes(found)]


def without_echoes(found: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """All but the fields that are missing only because they are misspelt.

    Of very many faults, all: comparing words takes long.
    """
    if len(found) > MOST_COMPARED:
        yield from found
        return
    unknown: dict[tuple[int | str, ...], list[str]] = {}
    for details in found:
        if details["type"] == "extra_forbidden":
            unknown.setdefault(details["loc"][:-1], []).append(str(details["loc"][-1]))
    for details in found:
        *item, field = details["loc"] or ("",)
        misspelt = DidYouMean(str(field), unknown.get(tuple(item), ()))
        if details["type"] != "missing" or not misspelt.nearest:
            yield details


def problem(document: Document, details: ErrorDetails) -> Problem:
    """One of pydantic's findings as a problem of the file."""
    route, kind = details["loc"], details["type"]
    if kind == "extra_forbidden":
        return unknown_field(document, details)
    if route[-1:] == ("[key]",):
        key = document.known(route)
        place = document.place(key, key=True)
        return Problem(place, message_of(details), document.named(key[:-1]))
    if kind == "missing" and isinstance(route[-1], str):
        item = document.known(route[:-1])
        message = f"`{route[-1]}` is missing"
        return Problem(document.place(item, key=True), message, document.named(item))
    here = document.known((*route, "kind") if kind.startswith("union_tag") else route)
    is_whole = isinstance(details["input"], dict)  # then the item's name is the place to point at
    place = document.place(here, key=is_whole and not kind.startswith("union_tag_invalid"))
    return Problem(place, message_of(details), document.named(here), hint_of(details))


def unknown_field(document: Document, details: ErrorDetails) -> Problem:
    route = details["loc"]
    field = str(route[-1])
    place = document.place(route, key=True)
    item = document.named(document.known(route[:-1]))
    return Problem(
        place, f"unknown field `{field}`", item, DidYouMean(field, fields_beside(route[:-1]))
    )


# ---------------------------------------------------------------------------------------- messages


def message_of(details: ErrorDetails) -> str:
    word = MESSAGES.get(details["type"])
    return word(details) if word else details["msg"]


def hint_of(details: ErrorDetails) -> str | DidYouMean:
    context = details.get("ctx", {})
    if details["type"] == "literal_error":
        return DidYouMean(str(details["input"]), words(context["expected"]))
    if details["type"] == "union_tag_invalid":
        return DidYouMean(context["tag"], words(context["expected_tags"]))
    return ""


def unquoted(listed: str) -> str:
    """A list in pydantic's words, `'a', 'b' or 'c'`, without the quotes."""
    return listed.replace("'", "")


def words(listed: str) -> list[str]:
    """The words of such a list."""
    return unquoted(listed).replace(" or ", ", ").split(", ")


def got(details: ErrorDetails) -> str:
    """What stood there, shortly."""
    written = details["input"]
    if isinstance(written, float):
        return f"got `{written:g}`"
    if isinstance(written, str):
        short = written[:LONGEST_SHOWN] + "…" * (len(written) > LONGEST_SHOWN)
        return f"got `{short}`"
    if isinstance(written, dict):
        return "got a mapping"
    return "got a list" if isinstance(written, list) else "got nothing"


def expected(what: str) -> Callable[[ErrorDetails], str]:
    return lambda details: f"expected {what}, {got(details)}"


def count(details: ErrorDetails) -> str:
    context = details["ctx"]
    least, most = context.get("min_length"), context.get("max_length")
    bound = f"at least {least}" if least is not None else f"at most {most}"
    return f"expected {bound}, got {len(details['input']) or 'none'}"


def bounded(word: str, key: str) -> Callable[[ErrorDetails], str]:
    return lambda details: f"expected a number {word} {details['ctx'][key]:g}, {got(details)}"


MESSAGES: Mapping[str, Callable[[ErrorDetails], str]] = {
    "expected": lambda details: f"{details['msg']}, {got(details)}",
    "fault": lambda details: details["msg"],
    "string_type": expected("text"),
    "string_pattern_mismatch": lambda details: expected(WORDED[details["ctx"]["pattern"]])(details),
    "string_too_short": lambda _: "is empty",
    "string_too_long": lambda details: f"longer than {details['ctx']['max_length']} characters",
    "dict_type": expected("a mapping"),
    "model_type": expected("a mapping"),
    "model_attributes_type": expected("a mapping"),
    "tuple_type": expected("a list"),
    "literal_error": lambda details: expected(unquoted(details["ctx"]["expected"]))(details),
    "union_tag_invalid": lambda details: f"unknown kind `{details['ctx']['tag']}`",
    "union_tag_not_found": lambda _: "`kind` is missing, or is not a word",
    "missing": lambda _: "expected two values",
    "too_short": count,
    "too_long": count,
    "greater_than": bounded("above", "gt"),
    "greater_than_equal": bounded("of at least", "ge"),
    "less_than_equal": bounded("of at most", "le"),
    "less_than": bounded("below", "lt"),
}


# ------------------------------------------------------------------------------- the format's names


def fields_beside(route: tuple[int | str, ...]) -> list[str]:
    """The fields the format knows in the item at pydantic's `route`."""
    annotation: Any = SituationFile
    for step in route:
        annotation = below(annotation, step)
    return [name for model in models_in(annotation) for name in fields(model)]


def fields(model: type[BaseModel]) -> Mapping[str, Any]:
    """The fields by the names that are written."""
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def below(annotation: Any, step: int | str) -> Any:
    """The annotation one step further down: the part of a union, or a field; else the same."""
    for tag, part in tagged(annotation):
        if tag == step:
            return part
    for model in models_in(annotation):
        if step in fields(model):
            return fields(model)[str(step)]
    return annotation


def tagged(annotation: Any) -> Iterator[tuple[str, Any]]:
    """The parts of a union by the tags that pydantic puts into a route."""
    for found in getattr(annotation, "__metadata__", ()):
        if isinstance(found, Tag):
            yield found.tag, annotation.__origin__
    if "kind" in getattr(annotation, "model_fields", ()):
        yield from ((kind, annotation) for kind in kinds(annotation))
    for inner in getattr(annotation, "__args__", ()):
        yield from tagged(inner)


def kinds(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(getattr(model.model_fields["kind"].annotation, "__args__", ()))


def models_in(annotation: Any) -> list[type[BaseModel]]:
    """Every model an annotation mentions, however deep in unions and collections."""
    if annotation is Text:
        return [Translations]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    inner = getattr(annotation, "__args__", ())
    return [model for argument in inner for model in models_in(argument)]
