"""The chapter on who sees what, and the words for it."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import pytest

from detente.brief.perceptions import (
    change_words,
    costs_words,
    piece_words,
    pieces_words,
    sees_words,
    told_words,
)
from detente.brief.seen import seen
from detente.case import load
from detente.case.situation import ByType, Perception, Situation
from detente.conflict.hypergames.correcting import Piece
from detente.conflict.hypergames.signals import judged


@pytest.fixture(scope="module")
def feared() -> Situation:
    return load("docs/how-to/perceived")


def test_every_view_and_signal_is_listed_with_what_it_rests_on(feared: Situation) -> None:
    chapter = seen(feared)
    assert chapter is not None
    view, signals = chapter.sections
    assert (view.title, signals.title) == ("How North sees it", "What could be believed")
    said = str(view) + str(signals)
    for words in ("north:south.1", "have the upper hand", "what North fears", "it tells nothing"):
        assert words in said


def test_a_view_within_a_view_is_listed_in_it(feared: Situation) -> None:
    inner = {"south": Perception({"north": feared.preferences["north"]})}
    deeper = {"north": replace(feared.perceptions["north"], perceptions=inner)}
    chapter = seen(replace(feared, perceptions=deeper, signals={}))
    assert chapter is not None
    assert "What South takes North to prefer" in str(chapter)


def test_where_everybody_sees_everything_there_is_no_chapter(feared: Situation) -> None:
    assert seen(replace(feared, perceptions={}, signals={})) is None


def test_what_an_actor_does_not_see(feared: Situation) -> None:
    other = {"south": Perception()}
    view = Perception({"south": feared.preferences["south"]}, ("south.strike",), other)
    assert sees_words(feared, "north", view) == (
        "North takes South to want something else, does not know of “build strike forces” (South) "
        "and takes South to see another game than it does."
    )
    assert sees_words(feared, "north", Perception()) == "North sees it as it is."


def test_what_is_corrected(feared: Situation) -> None:
    wants, learns, thinks = (
        Piece("north", "preferences", "south"),
        Piece("north", "option", "south.strike"),
        Piece("north", "perception", "south"),
    )
    assert piece_words(feared, wants) == "North sees what South really wants"
    assert piece_words(feared, learns) == "North learns of “build strike forces” (South)"
    assert piece_words(feared, thinks) == "North no longer takes South to see another game"
    assert pieces_words(feared, [wants], 3) == "North sees what South really wants"
    assert pieces_words(feared, [wants, learns], 3) == "North sees everything as it is"
    assert pieces_words(feared, [wants, learns], 2) == "everybody sees everything as it is"
    assert change_words(["00", "01"], ["11"]) == "00 01 vanish and 11 appears"


def test_what_a_signal_tells(feared: Situation) -> None:
    signal = feared.signals["rule_on_striking_first"]
    open_ended = judged(replace(signal, cost=ByType((0, 0), (0.9, 0.9))))
    assert open_ended.scale is not None
    assert open_ended.scale[1] == inf
    assert costs_words(open_ended).endswith("multiplied by more than 0.667")
    alike = judged(replace(signal, gain=ByType((1, 1), (1, 1))))
    assert costs_words(alike).startswith("no one cost for both types separates")
    wide = judged(replace(signal, cost=ByType((0.4, 0.4), (0.5, 0.9))))
    assert told_words(wide) == (
        "either type would send it: it tells nothing; or "
        "only a trustworthy sender would send it: it tells"
    )
