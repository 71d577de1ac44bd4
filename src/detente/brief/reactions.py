"""The figures of how play goes on: made of what was found, states in words."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from detente import __version__
from detente.brief.chapters import mark
from detente.brief.evolution import cost_words
from detente.brief.explain import own_words
from detente.brief.figures.outcomes import Column, Row, outcomes
from detente.brief.figures.reaction import Arrow, Place, reaction
from detente.brief.words import CONCEPTS, counted, joined, level_words, levels_of, state_words
from detente.conflict.links import visited

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from detente.brief.figures.figure import Figure
    from detente.case.situation import Option, Situation
    from detente.conflict.evolution.status_quo import Evolution
    from detente.conflict.model import Conflict
    from detente.conflict.space import Space

__all__ = ["outcome_matrix", "reaction_diagram"]

MOST_WHOLE = 12  # states of which every improvement is drawn
MOST_ENDS = 8

Leads = dict[tuple[int, int, str], str]
"""(before, after, actor) -> why nobody would make the move, empty of an improvement."""


def reaction_diagram(
    situation: Situation,
    model: Conflict,
    evolution: Evolution,
    stops: NDArray[np.bool_],
    concept: str,
) -> Figure:
    """Who moves whom where from the start.

    All improvements where they lead to few states; the shortest ways to some targets otherwise.
    """
    whole = not evolution.by_moves and sum(evolution.spread) <= MOST_WHOLE
    leads = dict(every_lead(model, evolution.start, stops)) if whole else {}
    leads = {**leads, **dict(leads_of_ways(evolution))}
    states = list(dict.fromkeys([evolution.start, *(after for _, after, _ in leads)]))
    targets = {way.target for way in evolution.ways}
    came = {after: before for before, after, _ in reversed(leads)}
    code = model.space.code

    def place(state: int) -> Place:
        kinds = ["start"] * (state == evolution.start) + ["equilibrium"] * bool(stops[state])
        new = state_words(situation, code(state))
        if state in came and state != evolution.start:
            new = joined(own_words(situation, code(came[state]), code(state)))
        kind = f"({', '.join(kinds)})" if kinds else ""
        is_end = bool(stops[state]) or state in targets
        return Place(code(state), new, state_words(situation, code(state)), kind, is_end)

    arrows = [
        Arrow(
            code(before),
            code(after),
            mark(situation, actor),
            joined(own_words(situation, code(before), code(after))),
            cost,
        )
        for (before, after, actor), cost in leads.items()
    ]
    title = f"Where moves lead from {code(evolution.start)}"
    places = [place(state) for state in states]
    return reaction(title, places, arrows, source(situation, concept), whole=whole)


def every_lead(
    model: Conflict, start: int, stops: NDArray[np.bool_]
) -> Iterator[tuple[tuple[int, int, str], str]]:
    """All improvements from the states that improvements lead to."""
    found = visited(model, start, stops, better=True, most=MOST_WHOLE**3)
    if found is None:
        return
    counts = found.links.counts
    groups = np.repeat(np.arange(counts.size), counts.reshape(-1))
    places, actors = np.divmod(groups, counts.shape[1])
    for place, actor, to in zip(places, actors, found.links.to, strict=True):
        pair = int(found.states[place]), int(found.states[to])
        yield (*pair, model.actors[actor]), ""


def leads_of_ways(evolution: Evolution) -> Iterator[tuple[tuple[int, int, str], str]]:
    """The moves of the first ways."""
    for way in evolution.ways[:MOST_ENDS]:
        costs = {each.place: cost_words(each) for each in way.costly}
        states = [evolution.start, *(step.state for step in way.steps)]
        for place, (before, after) in enumerate(pairwise(states)):
            yield (before, after, way.steps[place].actor), costs.get(place, "")


def outcome_matrix(
    situation: Situation, space: Space, evolution: Evolution, concept: str
) -> Figure:
    """What each option is at where play starts, and in the first targets."""
    reached = {way.target for way in evolution.reached()}
    ends = [way.target for way in evolution.ways if way.steps]
    shown = [*ends, *evolution.out_of_reach][:MOST_ENDS]
    states = [Column(space.code(evolution.start), "start")]
    for state in shown:
        blocked = "blocked" if state in ends else "out of reach"
        states.append(Column(space.code(state), "reached" if state in reached else blocked))
    spelt = [levels_of(situation, each.code) for each in states]
    rows = [
        Row(
            mark(situation, option.actor),
            option.label,
            tuple(short(option, levels[option.id]) for levels in spelt),
        )
        for option in situation.options
    ]
    left = len(ends) + len(evolution.out_of_reach) - len(shown)
    more = f", {counted(left, 'state')} left out" if left else ""
    return outcomes(f"What is done in each{more}", states, rows, source(situation, concept))


def short(option: Option, level: int) -> str:
    """A level in a word or two: a dash where nothing is done."""
    if option.levels == ("no", "yes"):
        return "yes" if level else "–"
    words = level_words(option, level)
    return words.removeprefix(option.label).strip(" ()") or words


def source(situation: Situation, concept: str) -> str:
    return f"{situation.id}, {CONCEPTS[concept]} equilibria; Detente {__version__}."
