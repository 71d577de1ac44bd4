"""How claims are tested, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from detente.brief.document import Code
from detente.brief.tested import asked_words

if TYPE_CHECKING:
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
