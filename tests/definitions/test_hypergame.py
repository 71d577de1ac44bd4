"""A hypergame against the literal one: every actor's game spelt out."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from detente.case.concepts import CORE
from detente.case.situation import Perception
from detente.conflict.hypergames.correcting import Piece, corrected, corrections, pieces
from detente.conflict.hypergames.hypergame import Hypergame, hypergame
from detente.conflict.stability import stability
from detente.errors import InputError
from tests.definitions.hypergames import Drawn, Sees, drawn
from tests.oracle import Oracle, State

MANY = 80


@cache
def some() -> list[tuple[Drawn, Hypergame]]:
    rng = np.random.default_rng(7)
    found = [drawn(rng) for _ in range(MANY)]
    return [(each, hypergame(each.situation, CORE)) for each in found]


def mask(found: Hypergame, states: np.ndarray) -> np.ndarray:
    truth = np.zeros(found.space.size, dtype=np.bool_)
    truth[states] = True
    return truth


@pytest.mark.parametrize("concept", CORE)
def test_each_actor_is_judged_in_its_own_game(concept: str) -> None:
    for each, found in some():
        for actor, row in zip(found.actors, found.own(concept), strict=True):
            assert each.states(row) == each.spelt.stable(concept, actor)
        assert each.states(found.settled(concept)) == each.spelt.equilibria(concept)
        assert each.states(found.unseen(concept)) == each.spelt.unseen(concept)


@pytest.mark.parametrize("concept", CORE)
def test_each_actor_expects_what_is_stable_in_the_games_it_thinks_are_seen(concept: str) -> None:
    for each, found in some():
        for actor in found.actors:
            expected = each.spelt.expected(concept, actor)
            assert each.states(found.games[actor].expected(concept)) == expected
            in_vain = expected - each.spelt.equilibria(concept)
            assert each.states(found.in_vain(actor, concept)) == in_vain
            unexpected = each.spelt.equilibria(concept) - expected
            assert each.states(found.unexpected(actor, concept)) == unexpected


@pytest.mark.parametrize("concept", CORE)
def test_play_goes_by_the_improvements_everybody_sees_for_itself(concept: str) -> None:
    for each, found in some():
        attained = mask(found, found.attained(concept))
        assert each.states(attained) == each.spelt.attained(concept)


@pytest.mark.parametrize("concept", CORE)
def test_a_hypergame_of_true_perceptions_is_the_game(concept: str) -> None:
    for each, _ in some()[:15]:
        real = each.situation.preferences
        inner = {other: Perception(dict(real)) for other in real}
        true = {actor: Perception(dict(real), (), inner) for actor in real}
        game = stability(replace(each.situation, perceptions={}), [concept])
        for perceptions in ({}, true):
            found = hypergame(replace(each.situation, perceptions=perceptions), [concept])
            assert np.array_equal(found.own(concept), game.stable[concept])
            assert np.array_equal(found.settled(concept), game.settled(concept))
            for actor in found.actors:
                assert np.array_equal(found.games[actor].expected(concept), game.settled(concept))
            assert not found.unseen(concept).any()


def test_no_state_is_stable_for_who_does_not_perceive_it() -> None:
    missing = 0
    for each, found in some():
        for actor, perceived in zip(found.actors, found.perceived, strict=True):
            assert each.states(perceived) == each.spelt.games[actor].feasible
            place = found.actors.index(actor)
            for concept in CORE:
                assert not (found.own(concept)[place] & ~perceived).any()
            missing += int((found.space.mask & ~perceived).sum())
    assert missing > MANY


def test_taking_others_to_want_something_else_matters_only_where_their_wants_deter() -> None:
    parted = 0
    for each, _ in some():
        aware = {
            actor: replace(perception, unaware=(), perceptions={})
            for actor, perception in each.situation.perceptions.items()
        }
        found = hypergame(replace(each.situation, perceptions=aware), CORE)
        real = found.real.stable
        for concept in ("nash", "gmr", "smr"):
            assert np.array_equal(found.own(concept), real[concept])
        parted += not np.array_equal(found.own("seq"), real["seq"])
    assert parted > MANY / 10


def test_who_is_surprised_by_which_moves() -> None:
    for each, found in some()[:15]:
        spelt = each.spelt
        for actor in found.actors:
            for s in spelt.real.feasible:
                state = found.space.index("".join(map(str, s)))
                one = {(j, t) for j in spelt.actors for t in spelt.improvements(j, j, s)}
                other = {(j, t) for j in spelt.actors for t in spelt.improvements(actor, j, s)}
                others = {(j, t) for j, t in one | other if j != actor}
                for moves, meant in (
                    (found.unforeseen(actor, state), (one - other) & others),
                    (found.imagined(actor, state), (other - one) & others),
                ):
                    ends = [tuple(map(int, found.space.code(step.state))) for step in moves]
                    assert {(m.actor, t) for m, t in zip(moves, ends, strict=True)} == meant


def test_who_perceives_no_state_is_refused() -> None:
    each = next(each for each, _ in some() if each.situation.infeasible)
    options = {option.id for option in each.situation.options}
    ruled = next(
        s
        for s in np.ndindex(tuple(len(o.levels) for o in each.situation.options))
        if s not in each.spelt.real.feasible
    )
    status_quo = dict(zip([o.id for o in each.situation.options], ruled, strict=True))
    blind = {each.spelt.actors[0]: Perception(unaware=tuple(options))}
    situation = replace(each.situation, status_quo=status_quo, perceptions=blind)
    with pytest.raises(InputError, match="perceives no feasible state"):
        hypergame(situation)


def test_a_piece_that_is_corrected_is_seen_as_it_is() -> None:
    for each, found in some()[:15]:
        for correction in corrections(found):
            spelt = replace(each.spelt, sees=without(each, correction.pieces))
            after = correction.after
            for concept in ("nash", "seq"):
                before, now = each.spelt.equilibria(concept), spelt.equilibria(concept)
                assert each.states(correction.vanish(concept)) == before - now
                assert each.states(correction.appear(concept)) == now - before
                for actor in found.actors:
                    was, is_now = (one.expected(concept, actor) for one in (each.spelt, spelt))
                    gone = correction.no_longer_expected(actor, concept)
                    fresh = correction.newly_expected(actor, concept)
                    assert (each.states(gone), each.states(fresh)) == (was - is_now, is_now - was)
                was, is_now = each.spelt.attained(concept), spelt.attained(concept)
                lost = mask(found, correction.no_longer_attained(concept))
                won = mask(found, correction.newly_attained(concept))
                assert (each.states(lost), each.states(won)) == (was - is_now, is_now - was)
                assert each.states(mask(found, after.attained(concept))) == is_now


def without(each: Drawn, chosen: tuple[Piece, ...]) -> dict[str, Sees]:
    """What everybody sees without some pieces."""
    gone = {(piece.actor, piece.kind, piece.about) for piece in chosen}
    names = [option.id for option in each.situation.options]
    return {
        q: Sees(
            {j: ranks for j, ranks in sees.ranks.items() if (q, "preferences", j) not in gone},
            tuple(axis for axis in sees.missed if (q, "option", names[axis]) not in gone),
            {r: view for r, view in sees.ascribed.items() if (q, "perception", r) not in gone},
        )
        for q, sees in each.spelt.sees.items()
    }


def test_every_piece_is_corrected_by_itself_and_all_together() -> None:
    for each, found in some()[:30]:
        every = tuple(pieces(each.situation.perceptions))
        sets = [correction.pieces for correction in corrections(found)]
        assert len(set(sets)) == len(sets)
        assert not every or {(piece,) for piece in every} | {every} <= set(sets)
        if every:
            all_true = corrected(found, every)
            assert np.array_equal(all_true.own("seq"), found.real.stable["seq"])


def test_a_commitment_is_seen_by_everybody() -> None:
    for each, _ in some()[:15]:
        axis = each.situation.options[0]
        unaware = {option for p in each.situation.perceptions.values() for option in p.unaware}
        level = {axis.id: len(axis.levels) - 1}  # where a state is feasible in any case
        if unaware:
            continue
        found = hypergame(each.situation, ["seq"], levels=level)
        states = {s for s in each.spelt.real.feasible if s[0] == level[axis.id]}
        fixed = replace(each.spelt, real=seen_at(each.spelt.real, states))
        assert each.states(found.settled("seq")) == fixed.equilibria("seq")
        assert all(state in states for state in each.states(found.real.perceived))


def seen_at(game: Oracle, states: set[State]) -> Oracle:
    return replace(game, feasible=frozenset(states))


def test_as_a_frame() -> None:
    each, found = some()[3]
    frame = found.to_frame()
    for concept in CORE:
        rows = frame.loc[concept]
        assert set(rows.index[rows["hypergame"]]) == set(found.equilibria(concept))
        assert set(map(tuple, [map(int, code) for code in rows.index])) == each.spelt.real.feasible
        actor = found.actors[0]
        assert int(rows[f"{actor}_expects"].sum()) == len(each.spelt.expected(concept, actor))
        assert int(rows["attained"].sum()) == len(each.spelt.attained(concept))
