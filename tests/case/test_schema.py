"""The schema takes what the door takes, as an editor reads it, and refuses misspelt fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pydantic import ValidationError

from detente import catalogue
from detente.case.checks import CHECKS, SOUND
from detente.case.format import SituationFile
from detente.case.schema import situation_schema
from tests.case.editor import as_edited, faults
from tests.case.full import FULL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

Route = tuple[str | int, ...]

SCHEMA = situation_schema()


def catalogue_case(folder: Traversable) -> dict[str, Any]:
    """A case as a whole, the sections in files of their own put in their place."""
    case: dict[str, Any] = as_edited((folder / "situation.yaml").read_text(encoding="utf-8"))
    for section in SituationFile.model_fields:
        if (folder / f"{section}.yaml").is_file():
            case[section] = as_edited((folder / f"{section}.yaml").read_text(encoding="utf-8"))
    return case


def places(value: Any, route: Route = ()) -> Iterator[Route]:
    """The routes to every value of a case."""
    yield route
    if isinstance(value, dict | list):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(inner, (*route, step))


def at(value: Any, route: Route) -> Any:
    return at(value[route[0]], route[1:]) if route else value


def replaced(value: Any, route: Route, new: Any) -> Any:
    if not route:
        return new
    copy: Any = list(value) if isinstance(value, list) else dict(value)
    copy[route[0]] = replaced(value[route[0]], route[1:], new)
    return copy


CASE = as_edited(FULL)
PLACES = list(places(CASE))
PARTS = [route for route in PLACES if isinstance(at(CASE, route), dict)]


def as_written(value: Any) -> Any:
    """The texts behind resolved scalars, which are what the door is given."""
    if isinstance(value, dict):
        return {key: as_written(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_written(inner) for inner in value]
    return value if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def is_taken_by_the_door(case: Any) -> bool:
    try:
        SituationFile.model_validate(as_written(case))
    except ValidationError:
        return False
    return True


def test_it_is_a_schema() -> None:
    Draft7Validator.check_schema(SCHEMA)


def test_every_field_is_described() -> None:
    fields = {
        f"{name}.{field}": schema
        for name, part in {"": SCHEMA, **SCHEMA["definitions"]}.items()
        for collection in ("properties", "patternProperties")
        for field, schema in part.get(collection, {}).items()
    }
    assert [name for name, schema in fields.items() if not schema.get("description")] == []


@pytest.mark.parametrize("case", catalogue.ids())
def test_the_cases_that_ship_validate(case: str) -> None:
    assert faults(catalogue_case(catalogue.folder(case))) == []


def test_a_case_with_every_section_and_kind_validates() -> None:
    assert set(CASE) == {
        field.alias or name for name, field in SituationFile.model_fields.items()
    } - {"option_order"}
    assert faults(CASE) == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_what_only_a_check_can_find_validates(check: Any) -> None:
    assert faults({**as_edited(SOUND), **as_edited(check.example)}) == []


@pytest.mark.parametrize("route", PARTS, ids=lambda route: ".".join(map(str, route)) or "case")
def test_a_misspelt_field_is_refused_where_the_door_refuses_it(route: Route) -> None:
    case = replaced(CASE, route, {**at(CASE, route), "mis-spelt": "x"})
    assert not is_taken_by_the_door(case)
    assert faults(case) != []


@given(route=st.sampled_from(PLACES[1:]), value=st.sampled_from([None, "no", 7, 0.5, True, [], {}]))
def test_what_the_door_takes_validates(route: Route, value: Any) -> None:
    case = replaced(CASE, route, value)
    if is_taken_by_the_door(case):
        assert faults(case) == []


@pytest.mark.parametrize(
    ("route", "value"),
    [
        (("detente",), 2),
        (("title",), ""),
        (("as_of",), 2024),
        (("actors", "row", "iso3"), "rw"),
        (("uncertainties", "hidden", "probability"), 1.2),
        (("uncertainties", "hidden", "probability"), [0.2]),
        (("uncertainties", "hidden", "kind"), "evnt"),
        (("uncertainties", "cost", "range"), ["low", 1.2]),
        (("uncertainties", "error", "sd"), 0),
        (("options", "row", "arm", "moves"), "upwards"),
        (("preferences", "row"), "not col.arm"),
        (("claims", "it_answers", "test", "in"), "most"),
        (("claims", "it_answers", "modality"), "perhaps"),
        (("status_quo",), {"row": "no"}),
        (("strategies", "hold_back"), {"row.arm": ["no"]}),
    ],
    ids=str,
)
def test_a_wrong_value_is_refused(route: Route, value: Any) -> None:
    case = replaced(CASE, route, value)
    assert not is_taken_by_the_door(case)
    assert faults(case) != []


def test_a_case_completes_with_its_own_levels_and_defaults_that_say_something() -> None:
    option = SCHEMA["definitions"]["OptionEntry"]["properties"]
    assert option["moves"]["default"] == "both"
    assert option["levels"]["default"] == {"no": "no", "yes": "yes"}
    assert "default" not in option["evidence"]
