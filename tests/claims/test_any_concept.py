"""Claims under concepts beyond the core: judged as the room of conflict judges whole spaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from detente import load, run, stability
from detente.claims.settling import Settling
from detente.claims.variation import Varied, variations
from detente.conflict.stability import stable_states

if TYPE_CHECKING:
    from pathlib import Path

GRADED = """\
detente: 1
id: graded
title: Graded
actors: {row: {}, col: {}}
options: {row: {arm: {}, talk: {}}, col: {arm: {}, talk: {}}}
preferences:
  row:
    - {prefer: not col.arm, role: end, much_more: yes}
    - {prefer: "row.arm implies col.talk", role: end, much_more: yes}
    - {prefer: row.arm, role: end, credence: 0.3}
    - {prefer: row.talk, role: end}
  col:
    - {prefer: not row.arm, role: end}
    - {prefer: "col.talk iff row.talk", role: end}
    - {prefer: col.arm, role: end}
"""
UNSURE = (
    GRADED.replace(", much_more: yes", "")
    .replace("role: end, credence: 0.3", "unknown: yes, role: end")
    .replace('iff row.talk", role: end', 'iff row.talk", unknown: yes, role: end')
)
PLAIN = ("sseq", "l2")
TOGETHER = ("sim", "fh_seq")  # which graph form has not
BEYOND = {"graded": ("gmr_strong", "seq_weak"), "unsure": ("seq_a", "gmr_d")}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a case of degrees and one of what is unknown."""
    folder = tmp_path_factory.mktemp("written")
    (folder / "graded.yaml").write_text(GRADED, encoding="utf-8")
    (folder / "unsure.yaml").write_text(UNSURE, encoding="utf-8")
    return folder


def assert_judged_alike(path: str | Path, concepts: tuple[str, ...]) -> None:
    situation = load(path)
    found, settling = stability(situation, concepts), Settling(situation)
    for concept in concepts:
        for actor, row in zip(found.actors, found.stable[concept], strict=True):
            for state in np.flatnonzero(found.space.mask):
                assert settling.stays(actor, int(state), concept) == row[state]


def test_every_state_is_judged_as_in_the_whole_space() -> None:
    assert_judged_alike("fraser/cuban_missile_crisis", (*PLAIN, *TOGETHER))
    assert_judged_alike("kim/first_strike", (*PLAIN, "seq_strong"))


@pytest.mark.parametrize("name", BEYOND)
def test_preferences_beyond_ranks_count(name: str, written: Path) -> None:
    assert_judged_alike(written / f"{name}.yaml", (*PLAIN, *TOGETHER, *BEYOND[name]))


@pytest.mark.parametrize("name", BEYOND)
def test_who_cannot_move_answers_nothing(name: str, written: Path) -> None:
    """Frozen at the state in question, as if its options were fixed there."""
    path, concepts = written / f"{name}.yaml", ("sseq", *BEYOND[name])
    settling = Settling(load(path))
    for state in range(16):
        code = settling.space.code(state)
        levels = {"col.arm": code[2] == "1", "col.talk": code[3] == "1"}
        alone = stability(load(path, changes=[{"freeze": levels}]), concepts)
        here = alone.space.index(code)
        for concept in concepts:
            stays = settling.stays("row", state, concept, {"col"})
            assert stays == alone.stable[concept][0][here]


@pytest.mark.parametrize(("name", "dropped"), [("graded", 6), ("unsure", 5)])
def test_a_statement_varied_is_the_case_written_otherwise(
    name: str, dropped: int, written: Path
) -> None:
    """Also where what is unknown stands between statements that come and go."""
    path, concepts = written / f"{name}.yaml", BEYOND[name]
    settling, compared = Settling(load(path)), 0
    for variation in variations(settling.future):
        if variation.change != "dropped":
            continue
        (statement,) = variation.statements(settling.future)
        anew = stability(load(path, changes=[{"drop": statement.id}]), concepts).stable
        found = stable_states(Varied(settling, variation).exact, concepts)
        assert all((found[concept] == anew[concept]).all() for concept in concepts)
        compared += 1
    assert compared == dropped


def test_a_doubted_statement_that_is_added_shifts_what_is_unknown(written: Path) -> None:
    text = UNSURE.replace("not col.arm, role: end", "not col.arm, role: end, credence: 0.2")
    (written / "doubted.yaml").write_text(text, encoding="utf-8")
    settling, concepts = Settling(load(written / "doubted.yaml")), BEYOND["unsure"]
    (addition,) = (each for each in variations(settling.future) if each.change == "added")
    anew = stability(load(written / "unsure.yaml"), concepts).stable
    found = stable_states(Varied(settling, addition).exact, concepts)
    assert all((found[concept] == anew[concept]).all() for concept in concepts)


def test_the_headline_is_the_concept_that_is_named(tmp_path: Path) -> None:
    """Strongly stable under SEQ, since the answer is much worse; not under Nash."""
    file = tmp_path / "named.yaml"
    claims = (
        "claims:\n"
        "  holds: {says: It holds, assumption: a, test: {kind: stability, state: '0000', for: row, "
        "is: stable, concept: gmr_strong}}\n"
    )
    file.write_text(GRADED + claims, encoding="utf-8")
    (claim,) = run(load(file)).claims
    assert claim.concepts[0].concept == "gmr_strong"
    whole = stability(load(file), ["gmr_strong"])
    assert claim.concepts[0].holds == whole.stable["gmr_strong"][0][whole.space.index("0000")]
