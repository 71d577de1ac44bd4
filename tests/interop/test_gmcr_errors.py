"""What is wrong with a `.gmcr` file, word for word."""

import json
from pathlib import Path
from typing import Any

import pytest

from detente.case import load
from detente.errors import InputError
from detente.interop.gmcr import gmcr_to_yaml, read_gmcr

AGAIN = "save the model from GMCR+ or gmcr-py again"


def model(**changes: Any) -> dict[str, Any]:
    conflict = {
        "options": [{"name": "Sign"}, {"name": "Ratify"}],
        "decisionMakers": [maker("A", [0]), maker("B", [1])],
    }
    return {k: v for k, v in (conflict | changes).items() if v is not ...}


def maker(name: str, options: object, **more: object) -> dict[str, Any]:
    return {"name": name, "options": options, **more}


def ranked(ranking: object, **changes: Any) -> dict[str, Any]:
    makers = [maker("A", [0], preferenceRanking=ranking), maker("B", [1], preferenceRanking=[])]
    return model(decisionMakers=makers, useManualPreferenceRanking=True, **changes)


def many(count: int) -> list[Any]:
    return [[[0, "Y"]]] * count


FAULTY = {
    "list": ([], "expected an object, got a list", AGAIN),
    "no_options": (model(options=...), "`options` is missing", AGAIN),
    "no_makers": (
        model(decisionMakers=[]),
        "`decisionMakers` is empty",
        "a conflict needs at least one",
    ),
    "options_object": (model(options={}), "`options`: expected a list, got an object", AGAIN),
    "nameless": (model(options=[{}, {}]), "options[0]: expected an object with a `name`", AGAIN),
    "direction": (
        model(options=[{"name": "Sign", "permittedDirection": "sideways"}, {"name": "Ratify"}]),
        "options[0]: unknown direction `sideways`",
        "one of both, fwd, back",
    ),
    "no_such_option": (
        model(decisionMakers=[maker("A", [0, 2])]),
        "decision maker `A`: options: `2` is no option",
        "options go from 0 to 1",
    ),
    "true_is_no_number": (
        model(decisionMakers=[maker("A", [True])]),
        "decision maker `A`: options: `true` is no option",
        "options go from 0 to 1",
    ),
    "shared": (
        model(decisionMakers=[maker("A", [0, 1]), maker("B", [1])]),
        "option 1 `Ratify` is listed by decision makers 2 times",
        "list it once",
    ),
    "unowned": (
        model(decisionMakers=[maker("A", [0])]),
        "option 1 `Ratify` is listed by decision makers 0 times",
        "list it once",
    ),
    "pair": (
        model(infeasibles=[[[0, "Y"], [1, "-"]]]),
        "infeasibles[0]: expected an option with Y or N",
        'write it as [0, "Y"]',
    ),
    "short_pair": (
        model(infeasibles=[[["Y"]]]),
        "infeasibles[0]: expected an option with Y or N",
        'write it as [0, "Y"]',
    ),
    "no_pair": (
        model(infeasibles=[["0Y"]]),
        "infeasibles[0]: expected an option with Y or N",
        'write it as [0, "Y"]',
    ),
    "pattern": (
        model(infeasibles=["YN"]),
        "infeasibles[0]: expected options with Y or N",
        'write it as [[0, "Y"], [2, "N"]]',
    ),
    "compound": (
        model(infeasibles=[{"compound": True}]),
        "infeasibles[0]: expected `members`, a list that is not empty",
        AGAIN,
    ),
    "statement": (
        model(decisionMakers=[maker("A", [0, 1], preferences=[[[0, "Y"]], [[7, "Y"]]])]),
        "decision maker `A`: preferences[1]: `7` is no option",
        "options go from 0 to 1",
    ),
    "no_ranking": (
        model(useManualPreferenceRanking=True),
        "decision maker `A`: `preferenceRanking` is missing",
        AGAIN,
    ),
    "no_such_state": (
        ranked([1, 2, [3, 5]]),
        "decision maker `A`: `5` is no feasible state",
        "feasible states go from 1 to 4",
    ),
    "states_count_from_one": (
        ranked([0, 1, 2, 3]),
        "decision maker `A`: `0` is no feasible state",
        "feasible states go from 1 to 4",
    ),
    "state_in_words": (
        ranked(["one", [[2]]]),
        "decision maker `A`: `one` is no feasible state",
        "feasible states go from 1 to 4",
    ),
    "too_many_to_number": (
        ranked([1], options=[{"name": f"o{k}"} for k in range(40)])
        | {"decisionMakers": [maker("A", list(range(40)), preferenceRanking=[1])]},
        "40 options and 0 infeasible patterns are too many to number the states",
        "let statements decide instead",
    ),
    "too_many_to_rank": (
        ranked([1], options=[{"name": f"o{k}"} for k in range(20)])
        | {"decisionMakers": [maker("A", list(range(20)), preferenceRanking=[1])]},
        "1,048,576 states are too many to rank",
        "let statements decide instead",
    ),
    "too_many_options": (
        model(options=[{"name": "x"}] * 201),
        "`options` has 201 entries",
        "at most 200 are read",
    ),
    "too_many_patterns": (
        model(infeasibles=many(5_001)),
        "`infeasibles` has 5,001 entries",
        "at most 5,000 are read",
    ),
}


@pytest.mark.parametrize("name", FAULTY)
def test_faults_name_file_place_and_cure(name: str, tmp_path: Path) -> None:
    content, message, cure = FAULTY[name]
    path = tmp_path / "x.gmcr"
    path.write_text(json.dumps(content))
    assert refusal(path) == f"{path}: {message}\n  {cure}"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not JSON: Expecting value in line 1"),
        (b'{\n"options": [,]}', "not JSON: Expecting value in line 2"),
        (b"\xff\xfe{}", "not JSON"),
        (b"[" * 100_000, "nested too deeply: not read"),
        (b'{"a":' * 100_000, "nested too deeply: not read"),
        (b"9" * 5_000, "not JSON"),
    ],
    ids=["empty", "syntax", "binary", "brackets", "braces", "digits"],
)
def test_what_is_not_json_is_refused(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "x.gmcr"
    path.write_bytes(content)
    assert refusal(path) == f"{path}: {message}\n  {AGAIN}"


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "x.gmcr"
    path.write_bytes(b" " * 2_000_001)
    assert (
        refusal(path) == f"{path}: larger than 2 MB: not read\n  delete `payoffs`: they are derived"
    )


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.gmcr"
    with pytest.raises(InputError, match=r"x\.gmcr: cannot be read: No such file or directory"):
        gmcr_to_yaml(path)


def test_an_incomplete_ranking_is_found_at_the_door(tmp_path: Path) -> None:
    path = tmp_path / "x.gmcr"
    makers = [maker(name, [k], preferenceRanking=[1, 2, 3]) for k, name in enumerate("AB")]
    path.write_text(json.dumps(model(decisionMakers=makers, useManualPreferenceRanking=True)))
    with pytest.raises(InputError, match=r"ranking: leaves out 11"):
        load(path)


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as error:
        read_gmcr(path)
    return str(error.value)
