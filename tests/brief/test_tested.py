"""How claims are tested, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from detente.brief.document import Code
from detente.brief.tested import asked_words
from detente.case import load

if TYPE_CHECKING:
    from pathlib import Path

    from detente.claims import Report


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (
            "north_presses",
            (
                "under “South: host the base”, rather than “South: not host the base”, "
                "is `north.press >= words` so in every attainable equilibrium?"
            ),
        ),
        (
            "ally_stays",
            "under “South: not host the base”, is `ally.stay` so in every attainable equilibrium?",
        ),
        (
            "care_pays",
            (
                "is South's best outcome better under “Host and offer talks” "
                "than under “Host and say nothing”?"
            ),
        ),
        ("waiting_holds", "is `not south.host and not ally.stay` stable for South under Nash?"),
        ("dignity", ""),
    ],
)
def test_a_test_in_words(report: Report, claim: str, words: str) -> None:
    parts = asked_words(report.situation, report.situation.claims[claim])
    said = [f"`{part.text}`" if isinstance(part, Code) else part for part in parts]
    assert "".join(map(str, said)) == words


ON_RECORD = """\
detente: 1
id: small
title: Small
as_of: 2024-04-16
actors: {usa: {name: America}, jpn: {name: Japan}, rok: {name: Korea}}
options: {jpn: {join: {}}}
preferences: {}
arrangements: {pact: {name: P, layer: [tech, arms_talks], kind: k, parties: [usa, jpn]}}
commitments: {staff: {says: Send a staff, parties: [usa], layer: tech}}
claims:
"""


@pytest.mark.parametrize(
    ("test", "words"),
    [
        (
            (
                "kind: position, actor: jpn, measure: indirect_ties, layer: arms_talks,"
                " at: 2024-01-01, against: 2014-01-01, is: higher"
            ),
            (
                "by indirect ties in the layer arms talks, does Japan on 2024-01-01"
                " stand higher than on 2014-01-01?"
            ),
        ),
        (
            "kind: position, actor: jpn, measure: katz, with: pact, without: 'pact:usa', is: equal",
            "by katz, does Japan with pact without pact:usa stand as high as it does otherwise?",
        ),
        (
            "kind: position, actor: jpn, measure: katz, than: [usa, rok], is: lower",
            "by katz, does Japan stand lower than America and Korea?",
        ),
        (
            "kind: execution, commitment: staff, status: in_execution, by: 2025-01-01",
            "does the commitment “Send a staff” reach in execution by 2025-01-01?",
        ),
        (
            (
                "kind: execution, layer: tech, party: usa, status: [lapsed, cancelled],"
                " at_most: 0.25, by: 2025-01-01"
            ),
            (
                "do at most 25% of the commitments of the layer tech of America reach lapsed or"
                " cancelled by 2025-01-01?"
            ),
        ),
        (
            "kind: execution, commitments: [staff], status: delivered, by: 2025-01-01",
            "do all of the commitments: staff, reach delivered by 2025-01-01?",
        ),
        (
            "kind: precedent, of: coercion_of_ally, outcome: gave_in",
            "of past cases of coercion of ally, how many came out as gave in?",
        ),
        ("kind: record, about: the number", "what does the record say of the number?"),
    ],
)
def test_a_question_of_record_in_words(tmp_path: Path, test: str, words: str) -> None:
    text = f"{ON_RECORD}  c: {{says: C, test: {{{test}}}}}\n"
    (tmp_path / "situation.yaml").write_text(text, encoding="utf-8")
    situation = load(tmp_path)
    assert "".join(map(str, asked_words(situation, situation.claims["c"]))) == words
