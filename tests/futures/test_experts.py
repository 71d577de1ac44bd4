"""Experts side by side, and the statement that parts them."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from detente.case import load
from detente.futures.drawing.design import Design
from detente.futures.judging.experts import Decisive, Parting, experts
from detente.futures.reading.run import open_run
from detente.futures.running.driver import Means, Settings, ensemble
from tests.futures.kept import SMALL

if TYPE_CHECKING:
    from pathlib import Path

    from detente.futures.judging.experts import Disagreement, ExpertResult
    from detente.futures.reading.run import Run

CASE = """\
options:
  south: {host: {}}
  north: {press: {}, close: {}}
uncertainties: {spring: {kind: event, probability: 0.5}}
preferences:
  north:
    - {prefer: "south.host implies north.press"}
    - {prefer: not north.press}
    - {prefer: north.close, when: spring}
views:
  lacking: {north: [{prefer: not north.press}, {prefer: north.close, when: spring}]}
  turned:
    north:
      - {prefer: not north.press}
      - {prefer: "south.host implies north.press"}
  alike:
    north:
      - {prefer: "south.host implies north.press"}
      - {prefer: not north.press, role: cost}
claims:
  presses: {says: A, modality: likely, test: {commit: {south.host: yes}, expect: north.press}}
  closes: {says: B, modality: very_likely, test: {commit: {south.host: yes}, expect: north.close}}
"""


def run_of(text: str, folder: Path, varied: int = 4) -> Run:
    file = folder / "case" / "situation.yaml"
    file.parent.mkdir()
    file.write_text(SMALL + dedent(text), encoding="utf-8")
    settings = Settings(Design("random"), ("nash",), varied=varied)
    ensemble(load(file), 8, folder / "run", settings, Means(workers=0))
    return open_run(folder / "run")


def between(result: ExpertResult, one: str, other: str) -> Disagreement:
    (found,) = (each for each in result.disagreements if (each.one, each.other) == (one, other))
    return found


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ExpertResult]:
    run = run_of(CASE, tmp_path_factory.mktemp("experts"))
    return {each.claim: each for each in experts(run)}


def test_results_stand_side_by_side(found: dict[str, ExpertResult]) -> None:
    said = {each.view: (each.plain, each.share) for each in found["presses"].said}
    assert said == {
        "": ("supported", 1.0),
        "lacking": ("contradicted", 0.0),
        "turned": ("contradicted", 0.0),
        "alike": ("supported", 1.0),
    }
    pairs = {(each.one, each.other) for each in found["presses"].disagreements}
    assert pairs == {("", "lacking"), ("", "turned"), ("lacking", "alike"), ("turned", "alike")}


def test_experts_who_agree_have_nothing_to_part_them(found: dict[str, ExpertResult]) -> None:
    assert {each.plain for each in found["closes"].said} == {"contradicted"}
    assert found["closes"].disagreements == ()


def test_a_statement_that_one_lacks_makes_the_difference(found: dict[str, ExpertResult]) -> None:
    parted = between(found["presses"], "", "lacking")
    assert parted.decisive == (Decisive("", "north.1", "dropped", None),)
    assert parted.partings == (Parting("", "north.1", "only_here"),)
    assert parted.because == "alone"


def test_an_order_makes_the_difference_in_both_lists(found: dict[str, ExpertResult]) -> None:
    parted = between(found["presses"], "", "turned")
    assert set(parted.decisive) == {
        Decisive("", "north.1", "swapped", "north.2"),
        Decisive("turned", "north.1", "swapped", "north.2"),
    }
    assert parted.partings == (
        Parting("", "north.3", "only_here"),
        Parting("", "north.1", "order", "north.2"),
    )


def test_what_comes_no_nearer_to_the_other_does_not_count(found: dict[str, ExpertResult]) -> None:
    # To drop its first statement would give the case's list the verdict of `turned`, which holds
    # that statement as well.
    changes = [each.change for each in between(found["presses"], "", "turned").decisive]
    assert "dropped" not in changes


FIRST = '    - {prefer: "south.host implies north.press"}\n'
TOGETHER = CASE.replace(FIRST, f"{FIRST}    - {{prefer: north.press}}\n", 1)


def test_where_no_statement_does_alone_only_several_do(tmp_path: Path) -> None:
    result = next(each for each in experts(run_of(TOGETHER, tmp_path)) if each.claim == "presses")
    parted = between(result, "", "lacking")
    assert parted.decisive == ()
    assert parted.because == "together"
    assert [each.statement for each in parted.partings] == ["north.1", "north.2"]


def test_without_varied_futures_it_is_not_known(tmp_path: Path) -> None:
    result = next(each for each in experts(run_of(CASE, tmp_path, 0)) if each.claim == "presses")
    assert between(result, "", "lacking").because == "not_tried"


DOUBTED = CASE.replace(
    '      - {prefer: not north.press}\n      - {prefer: "south.host implies north.press"}\n',
    '      - {prefer: "south.host implies north.press", credence: 0.1}\n'
    "      - {prefer: not north.press}\n"
    '  ranked: {north: {ranking: [["000", "010", "001", "011", "100", "101"], ["110", "111"]]}}\n',
)


def test_a_belief_makes_the_difference_and_a_ranking_has_no_statements(tmp_path: Path) -> None:
    result = next(each for each in experts(run_of(DOUBTED, tmp_path)) if each.claim == "presses")
    parted = between(result, "", "turned")
    assert Parting("", "north.1", "credence") in parted.partings
    assert Decisive("", "north.1", "dropped", None) in parted.decisive
    assert between(result, "", "ranked").unlisted == ("north",)


UNSETTLED = """\
options:
  south: {host: {}, talk: {}}
  north: {press: {}}
preferences:
  south: [{prefer: south.talk iff north.press}]
  north:
    - any_order: [{prefer: south.host implies north.press}, {prefer: not south.host or north.press}]
    - {prefer: north.press iff not south.talk}
views:
  calm:
    north:
      - {prefer: not north.press}
      - {prefer: not south.host or north.press}
      - {prefer: south.host implies north.press}
claims:
  presses: {says: A, modality: likely, test: {commit: {south.host: yes}, expect: north.press}}
"""


@pytest.fixture(scope="module")
def unsettled(tmp_path_factory: pytest.TempPathFactory) -> ExpertResult:
    (result,) = experts(run_of(UNSETTLED, tmp_path_factory.mktemp("unsettled")))
    return result


def test_an_order_that_nobody_knows_parts_nobody(unsettled: ExpertResult) -> None:
    (parted,) = unsettled.disagreements
    assert parted.partings == (
        Parting("", "north.2", "only_here"),
        Parting("calm", "north.1", "only_here"),
    )


ALONE = UNSETTLED.replace(
    "    - any_order: [{prefer: south.host implies north.press}, "
    "{prefer: not south.host or north.press}]\n",
    "    - {prefer: south.host implies north.press}\n",
)
ALONE = ALONE[: ALONE.index("      - {prefer: not south.host or")] + ALONE[ALONE.index("claims:") :]


def test_a_change_that_only_unsettles_makes_no_difference(tmp_path: Path) -> None:
    # Without its first statement north mismatches what south matches: nothing is stable, and that
    # is not the verdict of `calm`.
    (result,) = experts(run_of(ALONE, tmp_path))
    (parted,) = result.disagreements
    assert [each.statement for each in parted.partings] == ["north.1", "north.2", "north.1"]
    assert Decisive("", "north.1", "dropped", None) not in parted.decisive


def test_a_case_without_experts_has_none(tmp_path: Path) -> None:
    text = CASE[: CASE.index("views:")] + CASE[CASE.index("claims:") :]
    assert experts(run_of(text, tmp_path)) == ()


def test_the_answer_as_json_is_plain(found: dict[str, ExpertResult]) -> None:
    told = found["presses"].to_dict()
    assert told["said"][1]["view"] == "lacking"
    assert told["disagreements"][0]["decisive"] == [
        {"view": "", "statement": "north.1", "change": "dropped", "swapped_with": None}
    ]
