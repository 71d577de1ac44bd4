"""What to watch: on an argument counted out, and on one that is sampled."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from detente.futures.changing.signposts import (
    Observation,
    Signpost,
    Signposts,
    Turning,
    ranked,
    signposts,
)
from detente.futures.drawing.design import Design
from detente.futures.judging.recommended import recommended
from detente.futures.judging.shares import Share, counted
from detente.futures.reading.run import Run, open_run
from tests.futures.frames import run_with
from tests.futures.hinging import (
    ANGRY,
    BASE,
    CERTAIN_COST,
    HINGING,
    PRESSED,
    STORM,
    counted_out,
    kept_run,
)
from tests.futures.hinging import WORDS as CONTENT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Seen = tuple[str, str]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return counted_out(tmp_path_factory.mktemp("exact"))


@pytest.fixture(scope="module")
def found(run: Run) -> Signposts:
    return signposts(run)


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Signposts:
    case = HINGING.replace("probability: [0.2, 0.4]", "probability: [0.0, 0.2]")
    return signposts(open_run(kept_run(tmp_path_factory.mktemp("run"), case, 1_000)))


def by_observation(found: Signposts) -> Mapping[Seen, Signpost]:
    return {(each.observation.factor, each.observation.level): each for each in found.signposts}


def turns(found: Signposts, claim: str | None) -> Mapping[Seen, Turning]:
    return {
        seen: turning
        for seen, post in by_observation(found).items()
        for turning in post.turns
        if turning.claim == claim
    }


def test_what_prevents_the_claim_in_every_future_is_a_signpost(found: Signposts) -> None:
    told = turns(found, "pressed")
    assert set(told) == {
        ("storm", "yes"),
        ("base", "yes"),
        ("mood", "angry"),
        ("prc.5", "held"),
        ("prc.6", "dropped"),
    }
    for turning in told.values():
        assert (turning.before, turning.after) == ("assumed", "contradicted")  # told by prc.6
        assert turning.share.share == pytest.approx(PRESSED)
        assert turning.then.share == 0


def test_the_recommendation_turns_where_it_is_beaten_in_most_futures(found: Signposts) -> None:
    told = turns(found, None)
    # Without what it is given, joining is punished in PRESSED / (1 - p) of the futures: over half.
    expected = {
        ("storm", "no"): STORM,
        ("base", "no"): BASE,
        ("prc.5", "dropped"): CONTENT,
        ("mood", "calm"): ANGRY,
        ("mood", "sour"): ANGRY,
    }
    assert set(told) == set(expected)
    for seen, probability in expected.items():
        assert (told[seen].before, told[seen].after) == ("stands", "beaten")
        assert told[seen].then.share == pytest.approx(1 - PRESSED / (1 - probability))
        assert told[seen].share.share == pytest.approx(1 - PRESSED)


def test_what_turns_more_answers_or_moves_a_share_further_comes_first() -> None:
    def post(name: str, *shares: float) -> Signpost:
        over_all = Share(0.5, 0.4, 0.6)
        turns = (
            Turning("it", "supported", "contradicted", over_all, Share(share, None, None))
            for share in shares
        )
        return Signpost(Observation(name, "event", "yes"), tuple(turns))

    posts = [post("far", 0.0), post("farther", 1.1), post("two", 0.4, 0.45), post("near", 0.49)]
    names = [each.observation.factor for each in ranked(posts)]
    assert names == ["two", "farther", "far", "near"]


def test_futures_in_which_the_recommendation_attains_nothing_do_not_count(run: Run) -> None:
    strategies = run.strategies.copy()
    stormy = strategies["future"].isin(run.futures.index[run.futures["storm"]])
    nothing = stormy & (strategies["strategy"] == "go")
    strategies.loc[nothing, "attainable"] = 0
    strategies.loc[nothing, ["best", "worst"]] = pd.NA
    frames = {name: run.frame(name) for name in ("futures", "claims", "turned")}
    altered = Run.from_frames(run.situation, run.manifest, strategies=strategies, **frames)
    choice = recommended(altered, counted(altered))
    assert choice is not None
    assert choice.share.share == pytest.approx(1 - PRESSED / (1 - STORM))


def test_a_signpost_says_what_is_seen_and_by_when(found: Signposts) -> None:
    posts = by_observation(found)
    base = posts["base", "yes"].observation
    assert (base.kind, base.says, base.by) == ("executed", "A base is built", date(2025, 6, 30))
    storm = posts["storm", "yes"].observation
    assert (storm.kind, storm.says, storm.by) == ("event", "A storm comes", None)
    assert posts["prc.5", "held"].observation.says == "content with words"
    assert posts["prc.6", "dropped"].observation.kind == "statement"
    assert (found.as_of, found.horizon) == (date(2024, 4, 16), "24 months")
    assert found.worth is None  # there is an order only


def test_an_order_is_seen_by_what_comes_first(tmp_path: Path) -> None:
    case = CERTAIN_COST.replace(
        '    - {prefer: "prc.press != trade"}\n    - {prefer: rok.join}\n',
        "    - any_order:\n"
        '      - {prefer: "prc.press != trade", says: no trade war}\n'
        "      - {prefer: rok.join, says: be in}\n",
    )
    case = case.replace("{strategy: go,", "{strategy: stay,").replace("[0.2, 0.4]", "[0.0, 0.2]")
    found = signposts(open_run(kept_run(tmp_path, case, 48, Design("factorial"))))
    # Staying is unbeaten where joining is punished and being punished is what weighs most.
    post = by_observation(found)["rok.1", "rok.1a"]
    punished = 0.9 * PRESSED / (1 - STORM)
    assert (post.observation.kind, post.observation.says) == ("order", "no trade war")
    assert post.turns[0].share.share == pytest.approx(punished / 2)
    assert post.turns[0].then.share == pytest.approx(punished)


def test_a_quarter_of_a_number_is_seen_with_its_bound(sampled: Signposts) -> None:
    highest = by_observation(sampled)["cost", "highest quarter"]
    assert highest.observation.bound == pytest.approx(0.75, abs=0.001)
    assert highest.observation.unit == "% of GDP"
    assert [turning.claim for turning in highest.turns] == ["pressed"]
    assert highest.turns[0].then.share == 0  # only between 0.2 and 0.7


def test_noise_is_no_signpost(sampled: Signposts) -> None:
    assert "idle" not in {post.observation.factor for post in sampled.signposts}
    assert "quiet" not in {turning.claim for post in sampled.signposts for turning in post.turns}


def test_failed_futures_are_counted_and_left_out(run: Run) -> None:
    futures = run.futures.copy()
    futures.loc[futures["storm"], "status"] = "failed"
    frames = {name: run.frame(name) for name in ("claims", "strategies", "turned")}
    found = signposts(Run.from_frames(run.situation, run.manifest, futures=futures, **frames))
    assert (found.futures, found.failed) == (12, 12)
    assert "storm" not in {post.observation.factor for post in found.signposts}


def test_a_run_without_claims_and_strategies_has_no_signposts() -> None:
    from tests.futures.frames import crisis

    empty = run_with([], 3, None, 0, crisis(), {})
    manifest = {"design": "lhs", "seed": 0, "concepts": ["nash"]}
    run = Run.from_frames(crisis(), manifest, futures=empty.futures)
    assert signposts(run).signposts == ()


def test_tables_have_a_row_for_every_answer_turned(found: Signposts) -> None:
    frame = found.to_frame()
    assert len(frame) == sum(len(post.turns) for post in found.signposts)
    told = found.to_dict()
    assert told["signposts"][0]["turns"][0]["target"] in ("claim", "recommendation")
    assert {post["by"] for post in told["signposts"]} == {None, "2025-06-30"}
