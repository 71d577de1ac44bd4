"""The reference says everything the format knows, and the documentation quotes it as it is."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import pairwise, product
from pathlib import Path

import pytest

from detente.case.checks import CHECKS
from detente.case.expression import Names, expression
from detente.case.format import SituationFile
from detente.case.parse import parse
from detente.case.reference import CALLS, OPERATORS, format_reference
from detente.case.tree import ARITHMETIC, COMPARISONS, FUNCTIONS, LOGIC

REFERENCE = format_reference()
PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "format.md"


def below(heading: str) -> str:
    """What stands between a heading and the next one."""
    return f"\n{REFERENCE}".split(f"\n{heading}\n")[1].split("\n#")[0]


def row(heading: str, field: str) -> list[str]:
    """The cells of a field's row after its name."""
    (found,) = re.findall(rf"^\| `{re.escape(field)}` \| (.*) \|$", below(heading), re.MULTILINE)
    return str(found).split(" | ")


def test_the_page_quotes_it() -> None:
    assert REFERENCE.rstrip() in PAGE.read_text(encoding="utf-8"), "`make samples` refreshes it"


def test_the_module_prints_it() -> None:
    command = [sys.executable, "-m", "detente.case.reference"]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    assert done.stdout == REFERENCE


def test_every_section_has_its_row() -> None:
    sections = re.findall(r"^\| `(\w+)` \|", REFERENCE.split("\n## Entries\n")[0], re.MULTILINE)
    assert sections == list(SituationFile.model_fields)


def test_every_entry_and_every_field_of_it_is_there() -> None:
    for name, entry in SituationFile.model_json_schema()["$defs"].items():
        heading = " ".join(re.findall("[A-Z][a-z]*", name.removesuffix("Entry"))).capitalize()
        fields = set(entry["properties"]) - {"evidence", "assumption"}
        assert {field for field in fields if not row(f"### {heading}", field)} == set()


def test_every_row_is_complete() -> None:
    for text in re.findall(r"^\|.*\|$", REFERENCE, re.MULTILINE):
        assert all(cell.strip() for cell in text.strip("|").split(" | "))


def test_every_link_leads_to_one_heading() -> None:
    headings = re.findall(r"^#+ `?([^`\n]*)`?$", REFERENCE, re.MULTILINE)
    anchors = [heading.lower().replace(" ", "-") for heading in headings]
    assert len(set(anchors)) == len(anchors)
    assert set(re.findall(r"\]\(#([^)]*)\)", REFERENCE)) <= set(anchors)


@pytest.mark.parametrize(
    ("heading", "field", "cells"),
    [
        ("## Sections", "detente", ["`1`", "required"]),
        ("## Sections", "as_of", ["date", "–"]),
        ("## Sections", "status_quo", ["`actor.option` → text", "–"]),
        ("## Sections", "goals", ["list of [goal](#goal)", "–"]),
        ("### Actor", "cow", ["whole number", "–"]),
        ("### Arrangement", "layer", ["text or list of text", "required"]),
        ("### Option", "moves", ["`both`, `up`, `down`", "`both`"]),
        ("### Option", "label", ["text or `{en: …, ko: …}`", "–"]),
        ("### Statement", "prefer", ["expression", "required"]),
        ("### Normal", "range", ["[number, number]", "required"]),
        ("### Normal", "sd", ["number above 0", "required"]),
        ("### Strategy", "actor.option", ["text", "–"]),
        ("### Claim", "rests_on", ["list of names", "–"]),
    ],
)
def test_a_field_in_plain_words(heading: str, field: str, cells: list[str]) -> None:
    assert row(heading, field)[:2] == cells


# ------------------------------------------------------------------------------------ expressions


def test_every_operator_and_function_of_the_language_is_there() -> None:
    operators = [operator for alike in OPERATORS for operator in alike]
    assert sorted(operators) == sorted([*ARITHMETIC, *COMPARISONS, *LOGIC, "not"])
    assert [call.partition("(")[0] for call in CALLS] == list(FUNCTIONS)


@pytest.mark.parametrize(("tight", "loose"), list(pairwise(OPERATORS)), ids=str)
def test_operators_bind_in_the_order_of_their_rows(
    tight: tuple[str, ...], loose: tuple[str, ...]
) -> None:
    for inner, outer in product(tight, loose):
        joined = [f"a {outer} b {inner} c", f"a {inner} b {outer} c"]
        if inner == "not":
            joined = [f"not a {outer} b"]
        if outer == "not":
            joined = [f"not a {inner} b"]
        top = "negation" if outer == "not" else parse(f"a {outer} b").data
        assert {parse(text).data for text in joined} == {top}


@pytest.mark.parametrize("call", CALLS)
def test_functions_are_called_as_shown(call: str) -> None:
    names = Names({}, {"a": None, "b": None})
    for shown in {call.replace(", …", ""), call.replace("…", "a")}:
        assert expression(shown, names, wanted="number").on({"a": 1.0, "b": 1.0}).shape == ()


# ----------------------------------------------------------------------------------------- checks


def test_every_check_is_there_with_its_question_severity_and_example() -> None:
    for check in CHECKS:
        link = f"[`{check.name}`](#{check.name})"
        assert f"| {link} | {check.asks} | {check.severity} |" in REFERENCE
        assert f"```yaml\n{check.example.strip()}\n```" in below(f"### `{check.name}`")
