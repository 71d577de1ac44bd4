"""The 2024 commentary's record: the network and its published table, the ledger, what came after.

The table is that of a study of 26 security arrangements in force on 11 April 2024: parties present
as nodes, the clique expansion weighted by 1/(k-1), betweenness without weights, Katz with 0.05.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from detente.case import Situation, load
from detente.case.hindsight import blind, informed
from detente.claims.standing import STANDING
from detente.ledger.drift import beyond, drifts
from detente.network.changes import changes
from detente.network.command import command_structure
from detente.network.hypergraph import Hypergraph, hypergraph
from detente.network.measures import MEASURES

CASE = "kim/indo_pacific_2024"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "case-2024.md"
DAY = date(2024, 4, 11)
PARTIES = ("usa", "jpn", "aus", "rok", "gbr")
OTHERWISE = ("nato:ita", "russia_dprk_2000")
"""What the case has beside the study: Italy in NATO, and the treaty of Moscow and Pyongyang."""


@cache
def situation() -> Situation:
    return load(CASE)


@cache
def known_now() -> Situation:
    return informed(situation())


# ---------------------------------------------------------------------------- the published table


def network(part: str, counted: tuple[str, ...] = (), *, pillar1: bool = False) -> Hypergraph:
    """The study's network: of treaties, of all others, or of all."""
    case = replace(situation(), layers={}) if pillar1 else situation()
    treaties = [id for id, each in case.arrangements.items() if "defence_treaty" in each.layer]
    left_out = [*OTHERWISE, *(treaties if part == "others" else [])]
    if pillar1:  # without `layers` everything weighs the same, also what is about trade alone
        left_out.append("china_japan_korea")
    layer = "defence_treaty" if part == "treaties" else "all"
    return hypergraph(case, DAY, layer, changes(counted, left_out))


def measured(found: Hypergraph, measure: str) -> list[float]:
    values = dict(zip(found.actors, MEASURES[measure].of(found), strict=True))
    return [round(float(values[party]), 3) for party in PARTIES]


@pytest.mark.parametrize(("part", "edges"), [("treaties", 6), ("others", 20), ("all", 26)])
def test_as_many_arrangements_are_in_force_as_in_the_study(part: str, edges: int) -> None:
    assert len(network(part).edges) == edges


@pytest.mark.parametrize(
    ("part", "measure", "published"),
    [
        ("treaties", "hyperdegree", [5, 1, 1, 1, 1]),
        ("treaties", "betweenness", [0.5, 0, 0, 0, 0]),
        ("others", "hyperdegree", [10, 11, 11, 7, 5]),
        ("others", "eigenvector", [0.483, 0.508, 0.484, 0.414, 0.215]),
        ("others", "betweenness", [0.053, 0.091, 0.143, 0, 0.087]),
        ("all", "hyperdegree", [15, 12, 12, 8, 6]),
        ("all", "strength", [15, 12, 12, 8, 6]),
        ("all", "eigenvector", [0.551, 0.473, 0.452, 0.408, 0.203]),
    ],
)
def test_the_table_is_reproduced(part: str, measure: str, published: list[float]) -> None:
    assert measured(network(part), measure) == published


@pytest.mark.parametrize(
    ("joins", "published"),
    [
        ("rok", [0.552, 0.450, 0.457, 0.419, 0.233]),
        ("jpn", [0.547, 0.482, 0.461, 0.381, 0.238]),
    ],
)
def test_the_table_counts_pillar_2_beside_aukus(joins: str, published: list[float]) -> None:
    """Its rows with a new member hold where both pillars count; its other rows where one does."""
    joined = network("all", (f"aukus_pillar2:{joins}",), pillar1=True)
    assert measured(joined, "eigenvector") == published


def test_most_of_the_published_cost_of_staying_out_is_that_second_row() -> None:
    """Of .408 to .381 for Seoul, .408 to .389 comes before anybody has joined."""
    once, twice = network("all"), network("all", pillar1=True)
    joined = network("all", ("aukus_pillar2:jpn",), pillar1=True)
    seoul = PARTIES.index("rok")
    steps = [measured(each, "eigenvector")[seoul] for each in (once, twice, joined)]
    assert steps == [0.408, 0.389, 0.381]
    assert [measured(each, "katz")[seoul] for each in (once, joined)] == [1.902, 1.977]


def test_only_italy_keeps_the_cases_own_network_from_the_table() -> None:
    own, study = hypergraph(situation(), DAY), network("all")
    assert measured(own, "hyperdegree") == measured(study, "hyperdegree")
    scores = zip(measured(own, "eigenvector"), measured(study, "eigenvector"), strict=True)
    moved = [round(abs(here - there), 3) for here, there in scores]
    assert moved == [0.001, 0.002, 0, 0.001, 0.007]
    without = hypergraph(situation(), DAY, "all", changes((), ("nato:ita",)))
    for measure in ("eigenvector", "katz", "betweenness"):
        assert measured(without, measure) == measured(study, measure)


# ----------------------------------------------------------- what the claims about it come to


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("c28_outside_costs", "contradicted"),  # a share falls when others gain, and nothing else
        ("c12_pillar2_lifts_japan", "supported"),
        ("korea_gains_by_joining", "supported"),
        ("c22_japan_leads_minilaterals", "contingent"),  # Australia is in as many
        ("done_as_told", "contradicted"),
        ("spends_two_per_cent", "contradicted"),
        ("six_work_areas", "contradicted"),
        ("moscow_ended_the_watch", "supported"),
        ("c06_japan_locks_in", "untested"),  # until there is an answer
        ("c09_command_upgrade_integrates", "untested"),
        ("f09_japan_grows", "untested"),
    ],
)
def test_the_record_alone_answers(claim: str, verdict: str) -> None:
    asked = situation().claims[claim]
    assert STANDING[type(asked.test)](asked, situation()).verdict == verdict


@pytest.mark.parametrize("claim", ["c28_outside_costs", "c12_pillar2_lifts_japan"])
def test_hindsight_does_not_change_what_was_so_in_april_2024(claim: str) -> None:
    asked = situation().claims[claim]
    answers = [STANDING[type(asked.test)](asked, case) for case in (situation(), known_now())]
    assert answers[0] == answers[1]


# ------------------------------------------------------------------------------------- the ledger

INITIATIVES = ("i01", "i02", "i03", "i04", "i05", "i06", "i07", "i08", "i09", "i10")


def test_every_initiative_and_every_field_of_the_statement_is_in_the_ledger() -> None:
    rows = list(situation().commitments)
    assert all(any(row.startswith(each) for row in rows) for each in (*INITIATIVES, "j01", "k01"))
    assert sum(row.startswith("field_") for row in rows) == 6  # beside defence and security


def test_the_drifts_of_the_text_are_found() -> None:
    """D1 Pillar 2, D2 whose joint command it is, D4 Tomahawk, D10 air defence."""
    assert situation().as_of is not None
    found = {each.commitment: each for each in drifts(situation(), situation().as_of or DAY)}
    assert all(each.source == "kim2024" for each in found.values())
    assert found["i02_pillar2_japan"].course == "hardens"
    assert found["i01_command_japan"].parties_differ
    assert found["i06_tomahawk"].course == "hardens"
    assert found["i03_air_defence"].parties_differ


def test_the_text_is_ahead_of_the_ledger_where_it_calls_things_done() -> None:
    """D2, D3 and D4: the command established, 2 % spent, Tomahawk secured."""
    found = {each.commitment for each in beyond(situation(), DAY) if each.place.at == "III.6"}
    assert found == {"i01_command_japan", "j01_spending", "i06_tomahawk"}


# ----------------------------------------------------------------------------- what came after

FORECASTS = {
    "f01_opposition": "untested",  # Seoul never joined
    "f02_tension": "other_cause",
    "f03_arms_race": "not_yet",
    "f04_sanctions_eased": "other_cause",  # slowly, and Moscow had ended the watch before
    "f05_three_way_bloc": "other_cause",  # Moscow's treaty, without any entry
    "f06_detachment": "did_not",
    "f07_north_leans_on_china": "untested",  # Moscow did sign
    "f08_framework": "came_true",
    "f09_japan_grows": "came_true",
    "f10_return_disturbs": "did_not",
}


def test_every_forecast_of_the_inventory_is_scored_with_its_sources() -> None:
    after = situation().aftermath
    assert after is not None
    assert {name: each.came for name, each in after.forecasts.items()} == FORECASTS
    assert all(each.evidence and each.on for each in after.forecasts.values())


def test_the_page_says_what_became_of_each_forecast() -> None:
    words = {
        "condition never came about": "untested", "came, for another cause": "other_cause",
        "not yet decided": "not_yet", "did not come": "did_not", "came true": "came_true",
    }  # fmt: skip
    section = PAGE.read_text("utf-8").partition("## What came after")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (F\d\d) .+? \| (.+?) \| .+ \|$", section, re.M)
    scored = {name[:3].upper(): came for name, came in FORECASTS.items()}
    assert {number: words[told] for number, told in rows} == scored


def test_the_watch_on_sanctions_ended_before_the_text_and_by_moscow() -> None:
    event = situation().events["panel_vetoed"]
    assert event.on < (situation().as_of or DAY)
    assert event.actors[0] == "rus"


def test_japan_and_america_have_no_combined_command_before_or_after() -> None:
    for case, day in ((situation(), DAY), (known_now(), date(2026, 4, 16))):
        found = command_structure(case, day)
        assert found.combined == ("cfc",)
        assert found.posts["usfj"].asks == ("indopacom",)


def test_what_came_later_is_unknown_to_the_blind_case() -> None:
    later = ("jjoc", "raa_japan_philippines", "russia_dprk_2024", "hanwha_2025")
    unseen, seen = blind(situation()), known_now()
    for case, there in ((unseen, False), (seen, True)):
        names = {*case.commands, *case.arrangements, *case.precedents}
        assert all((each in names) == there for each in later)


def test_japan_counts_in_pillar_2_only_after_the_fact() -> None:
    def parties(case: Situation, day: date) -> tuple[str, ...]:
        return hypergraph(case, day, "technology").parties("aukus_pillar2")

    assert "jpn" not in parties(known_now(), DAY)
    assert "jpn" in parties(known_now(), date(2025, 7, 16))


# ------------------------------------------------------------------------------------ its support


def items(case: Situation) -> Iterator[tuple[str, Any]]:
    """Everything on record, by where it stands."""
    after = case.aftermath
    assert after is not None
    sections = ("arrangements", "commands", "events", "precedents")
    for place in (case, after):
        for section in sections:
            yield from getattr(place, section).items()
    for section in ("commitments", "capabilities", "tasks"):
        yield from getattr(case, section).items()
    yield from after.forecasts.items()
    yield from after.resolved.items()
    for name, commitment in case.commitments.items():
        yield from ((name, wording) for wording in commitment.wordings)
    for name, steps in after.commitments.items():
        yield from ((name, step) for step in steps)


def test_everything_on_record_has_evidence_or_an_assumption() -> None:
    assert [
        name for name, item in items(situation()) if not (item.evidence or item.assumption)
    ] == []


def test_the_references_of_the_text_stand_among_the_sources() -> None:
    """Thirteen printed entries; two of one year and author make fourteen (D6: two uncited)."""
    listed = [
        each for each in situation().sources.values() if "reference of the text" in str(each.note)
    ]
    assert len(listed) + len(("factsheet2024", "jls2024")) == 13
    assert sum("nowhere cites" in str(each.note) for each in listed) == 2


def test_every_paragraph_of_the_text_but_its_frame_is_cited() -> None:
    """What the briefing sets out to do (0.2) and the references carry no claim of their own."""
    source = situation().sources["kim2024"]
    cited = {
        evidence.at
        for _, item in items(situation())
        for evidence in item.evidence
        if evidence.source == "kim2024"
    }
    cited |= {each.at for claim in situation().claims.values() for each in claim.support.evidence}
    assert [at for at in source.paragraphs if at not in cited] == ["0.2", "REF"]
