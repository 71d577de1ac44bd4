"""The memo: what the recommendation rests on, what to weaken, what was assumed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from detente.brief.verdicts import hinges_words, is_weak, result_of, why_words

if TYPE_CHECKING:
    from detente.claims import Report


def part(markdown: str, title: str) -> str:
    """What stands under a heading of the memo."""
    return markdown.partition(f"### {title}\n")[2].partition("\n### ")[0].partition("\n## ")[0]


def test_it_opens_with_the_question(markdown: str) -> None:
    assert markdown.startswith("# Should South let its ally build a base?\n")
    question = part(markdown, "The question")
    assert "South, North and Ally decide over 5 options: 44 feasible states." in question
    assert "**3 supported** **3 contradicted** **1 assumed** **1 untested**" in question


def test_the_recommendation_names_what_gives_way(markdown: str) -> None:
    stressed = part(markdown, "The recommendation, stress-tested")
    assert "It rests on 2 claims, directly or through others: 1 gives way" in stressed
    rows = [line for line in stressed.splitlines() if line.startswith("| **")]
    assert [row.split(" | ")[1] for row in rows] == ["**assumed**", "**supported**"]
    assert "serves South better, in its own order, than any other strategy" in stressed


def test_contradicted_assumed_and_idle_claims_are_to_be_weakened(report: Report) -> None:
    weak = [result.claim.id for result in report.claims if is_weak(result)]
    assert weak == ["north_presses", "ally_stays", "market_closes", "open_market"]


def test_the_sentences_to_weaken_carry_their_paragraph(markdown: str) -> None:
    weaken = part(markdown, "Sentences to weaken")
    assert "Those above that give way: II.1." in weaken
    rows = [line for line in weaken.splitlines() if line.startswith("| **")]
    assert [row[4:].partition("**")[0].strip() for row in rows] == ["II.3", "II.4", "II.5"]


def test_open_findings_stand_in_the_memo(markdown: str) -> None:
    found = part(markdown, "Findings nobody typed in")
    assert "II.2: An offer of talks is accepted." in found
    assert "3 open tests went against the claim: II.3, II.4, II.5." in found


def test_what_was_typed_in_and_what_nobody_knows_is_said(markdown: str) -> None:
    assumed = part(markdown, "What was assumed")
    assert "- North: north.1 (answer the base) decides **II.1**." in assumed
    assert "- South: south.1a (keep the ally) or south.1b (keep the market open)." in assumed


def test_an_assumed_claim_names_its_statement_and_no_share(report: Report) -> None:
    result = result_of(report, "north_presses")
    assert result.break_even is not None
    assert why_words(report, result) == (
        "Rests on one typed-in statement, north.1 (answer the base): contradicted without it. "
        f"It switches at a credence of {result.break_even.credence:.2f}; stated: 0.5 to 0.8."
    )


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        ("ally_stays", "Does not hold."),
        ("open_market", "Holds, with or without the cause: it makes no difference."),
        ("talks_help", "Holds; under the contrast it does not."),
        ("dignity", "Normative: says what South ought to do."),
    ],
)
def test_why(report: Report, claim: str, why: str) -> None:
    assert why_words(report, result_of(report, claim)) == why


def test_statements_that_tell_together_are_named(report: Report) -> None:
    result = replace(result_of(report, "talks_help"), told_together=("north.1", "north.4"))
    assert why_words(report, result) == (
        "Holds; under the contrast it does not. Rests on typed-in statements taken together: "
        "north.1 (answer the base) and north.4 (not north.accept)."
    )


def test_hinges_are_cut_to_a_count(report: Report) -> None:
    result = result_of(report, "care_pays")
    assert hinges_words(result) == "south.2 north.3"
    assert hinges_words(result, most=1) == "south.2 +1"
