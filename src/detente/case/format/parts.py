"""What the parts of a case are made of: names, texts, numbers, dates, evidence.

Scalars arrive as the text that stands in the file; the field that takes one reads it, by the
spelling of YAML 1.2 and nothing wider: no `1_000`, no `nan`, no `16.4.2024`.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

__all__ = [
    "CHANGE", "CODE", "WORDED", "Code", "Country", "Day", "Evidence", "Finite", "Formula",
    "Interval", "Issued", "Listed", "Measure", "Name", "Names", "OptionId", "Part", "Positive",
    "Probability", "Range", "Share", "Supported", "Text", "Translations", "Weight", "Whole",
    "Words", "distinct", "fault", "listed", "number", "whole",
]  # fmt: skip

NAME = r"^[A-Za-z][A-Za-z0-9_]*$"
OPTION = r"^[A-Za-z][A-Za-z0-9_]*\.[A-Za-z][A-Za-z0-9_]*$"
CHANGE = r"^[A-Za-z][A-Za-z0-9_]*(:[A-Za-z][A-Za-z0-9_]*)?$"
CODE = r"^[0-9a-z]+$"
ISSUED = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
COUNTRY = r"^[A-Z]{3}$"
NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
WHOLE = re.compile(r"[-+]?[0-9]{1,15}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

WORDED: Mapping[str, str] = {
    NAME: "a name of letters, digits and _ that begins with a letter",
    OPTION: "an option: `actor.option`",
    CHANGE: "an arrangement, or one of its parties: `aukus` or `aukus:jpn`",
    CODE: "the code of a state: one character for each option",
    ISSUED: "a date like 2024, 2024-04 or 2024-04-16",
    COUNTRY: "three capital letters",
}
"""What a text that follows the pattern is called."""


def fault(message: str) -> PydanticCustomError:
    """Something wrong with a field, in the words of the format."""
    return PydanticCustomError("fault", "{message}", {"message": message})


def expected(what: str) -> PydanticCustomError:
    return PydanticCustomError("expected", "expected {what}", {"what": what})


def number(written: Any) -> float:
    """A number, from its digits."""
    if not isinstance(written, str) or not NUMBER.fullmatch(written):
        raise expected("a number")
    if math.isinf(value := float(written)):
        raise expected("a finite number")
    return value


def whole(written: Any) -> int:
    """A whole number, from its digits."""
    if not isinstance(written, str) or not WHOLE.fullmatch(written):
        raise expected("a whole number")
    return int(written)


def day(written: Any) -> date:
    try:
        if isinstance(written, str) and DAY.fullmatch(written):
            return date.fromisoformat(written)
    except ValueError:
        pass  # no such day
    raise expected("a date like 2024-04-16")


def listed(written: Any) -> Any:
    """One text stands for the list that holds it alone."""
    return [written] if isinstance(written, str) else written


def interval(written: Any) -> Any:
    """A number stands for the interval that holds it alone."""
    return [written, written] if isinstance(written, str) else written


def distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    """The same names, none of which stands twice."""
    for name, times in Counter(names).items():
        if times > 1:
            raise fault(f"`{name}` stands twice")
    return names


def ascending(bounds: tuple[float, float]) -> tuple[float, float]:
    if bounds[0] > bounds[1]:
        raise fault("the lower bound comes first")
    return bounds


Name = Annotated[str, StringConstraints(pattern=NAME, max_length=80)]
Code = Annotated[str, StringConstraints(pattern=CODE)]
OptionId = Annotated[str, StringConstraints(pattern=OPTION)]
Names = Annotated[tuple[Name, ...], AfterValidator(distinct)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Formula = Words
"""An expression over options, uncertainties and indicators."""
Listed = Annotated[
    tuple[Words, ...],
    Field(min_length=1),
    BeforeValidator(listed, json_schema_input_type=Words | tuple[Words, ...]),
]
"""A text, or a list of them."""
Day = Annotated[date, BeforeValidator(day)]
Issued = Annotated[str, StringConstraints(pattern=ISSUED)]
Country = Annotated[str, StringConstraints(pattern=COUNTRY)]
Whole = Annotated[int, BeforeValidator(whole)]
Measure = Literal[
    "hyperdegree", "strength", "degree", "eigenvector", "hypergraph_eigenvector", "katz",
    "betweenness", "pairs_between", "closeness", "constraint", "effective_size",
    "brokerage_liaison", "core", "indirect_ties",
]  # fmt: skip
"""The measures of position that need no groups; `detente.network.measures` has them."""
Finite = Annotated[float, BeforeValidator(number)]
Positive = Annotated[float, Field(gt=0), BeforeValidator(number)]
Weight = Annotated[float, Field(ge=0), BeforeValidator(number)]
Share = Annotated[float, Field(ge=0, le=1), BeforeValidator(number)]
Range = tuple[Finite, Finite]
Interval = Annotated[
    Range,
    AfterValidator(ascending),
    BeforeValidator(interval, json_schema_input_type=Finite | Range),
]
"""An interval, or the number that it holds alone."""
Probability = Annotated[
    tuple[Share, Share],
    AfterValidator(ascending),
    BeforeValidator(interval, json_schema_input_type=Share | tuple[Share, Share]),
]


class Part(BaseModel):
    """A part of a case."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    @model_validator(mode="before")
    @classmethod
    def without_blanks(cls, written: Any) -> Any:
        """Take a field to which nothing is written as absent, and a blank item as `{}`."""
        if not isinstance(written, Mapping):
            return {} if written is None else written
        optional = optional_fields(cls)
        return {
            key: value for key, value in written.items() if value is not None or key not in optional
        }


@cache
def optional_fields(part: type[Part]) -> frozenset[str]:
    fields = part.model_fields.items()
    return frozenset(field.alias or name for name, field in fields if not field.is_required())


class Translations(Part):
    """A text in several languages."""

    en: Words
    ko: Words | None = None


class Text(str):
    """Words shown to people: English, with a Korean version where one was written."""

    __slots__ = ("ko",)
    ko: str | None

    def __new__(cls, en: str, ko: str | None = None) -> Text:
        """A text in English, and in Korean where there is one."""
        text = super().__new__(cls, " ".join(en.split()))
        text.ko = ko and " ".join(ko.split())
        return text

    @classmethod
    def read(cls, written: str | Translations) -> Text:
        """The text, from one language or several."""
        return cls(written) if isinstance(written, str) else cls(written.en, written.ko)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        languages = {
            "one": handler.generate_schema(Words),
            "several": handler.generate_schema(Translations),
        }
        choice = core_schema.tagged_union_schema(
            languages, lambda written: "several" if isinstance(written, Mapping) else "one"
        )
        return core_schema.no_info_after_validator_function(cls.read, choice)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        translations = {
            "type": "object",
            "properties": {"en": {"type": "string"}, "ko": {"type": "string"}},
            "required": ["en"],
            "additionalProperties": False,
        }
        return {"anyOf": [{"type": "string"}, translations]}


class Evidence(Part):
    """A place in a source."""

    source: Name
    """One of `sources`."""
    at: Words | None = None
    """The place in it: a paragraph, page or section."""
    quote: Words | None = None
    """A few words that stand there exactly once; checked where the source's text is present."""


class Supported(Part):
    """An item that rests on evidence, or says what is assumed instead."""

    evidence: tuple[Evidence, ...] = ()
    """Where it comes from."""
    assumption: Text | None = None
    """Why it is assumed, where there is no evidence."""
