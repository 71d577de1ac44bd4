"""From the checked file and its expressions to the frozen situation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from detente.case import format as written
from detente.case.document import Route
from detente.case.expression import Expression
from detente.case.format import SituationFile
from detente.case.situation import (
    Actor,
    Claim,
    Goal,
    Indicator,
    Infeasible,
    Levels,
    Option,
    Preference,
    Ranking,
    Recommendation,
    Role,
    Situation,
    Statement,
    Statements,
    Strategy,
    Support,
    Utility,
)

__all__ = ["situation_of"]

Expressions = Mapping[Route, Expression]


def situation_of(file: SituationFile, expressions: Expressions, path: Path | None) -> Situation:
    """The situation a checked file describes."""
    options = options_of(file)
    deciders = dict.fromkeys(option.actor for option in options)
    preferences = {
        actor: preference_of(
            file.preferences.get(actor, ()), expressions, ("preferences", actor), actor, options
        )
        for actor in deciders
    }
    return Situation(
        id=file.id,
        title=file.title,
        actors={id: actor_of(id, entry) for id, entry in file.actors.items()},
        options=options,
        infeasible=tuple(
            Infeasible(expressions["infeasible", k, "when"], rule.because, support(rule))
            for k, rule in enumerate(file.infeasible)
        ),
        status_quo={option.id: 0 for option in options} | indexes(file.status_quo, options),
        preferences=preferences,
        as_of=file.as_of,
        horizon=file.horizon,
        focus=file.focus,
        notes=file.notes,
        recommendation=recommendation_of(file.recommendation),
        sources=file.sources,
        arrangements=file.arrangements,
        commitments=file.commitments,
        uncertainties=file.uncertainties,
        indicators={
            id: Indicator(
                id,
                expressions["indicators", id, "formula"],
                entry.unit,
                entry.label,
                support(entry),
            )
            for id, entry in file.indicators.items()
        },
        goals={
            goal.id: Goal(
                goal.id, goal.says or goal.test, expressions["goals", k, "test"], support(goal)
            )
            for k, goal in enumerate(file.goals)
        },
        views={
            expert: {
                actor: preference_of(entry, expressions, ("views", expert, actor), actor, options)
                for actor, entry in entries.items()
            }
            for expert, entries in file.views.items()
        },
        strategies={
            id: Strategy(
                id,
                entry.says or id.replace("_", " "),
                indexes(entry.levels, options),
                support(entry),
            )
            for id, entry in file.strategies.items()
        },
        claims={id: claim_of(id, entry, expressions) for id, entry in file.claims.items()},
        capabilities=file.capabilities,
        precedents=file.precedents,
        path=path,
    )


def support(entry: written.Supported) -> Support:
    return Support(entry.evidence, entry.assumption)


def actor_of(id: str, entry: written.ActorEntry) -> Actor:
    return Actor(id, entry.name or id, entry.cow, entry.iso3, entry.note, support(entry))


def options_of(file: SituationFile) -> tuple[Option, ...]:
    """The options in code order: that of the file, or `option_order`."""
    options = {
        f"{actor}.{name}": Option(
            id=f"{actor}.{name}",
            actor=actor,
            levels=tuple(entry.levels),
            moves=entry.moves,
            label=entry.label or name.replace("_", " "),
            level_labels=tuple(entry.levels.values()),
            enacts=entry.enacts,
            support=support(entry),
        )
        for actor, entries in file.options.items()
        for name, entry in entries.items()
    }
    return tuple(options[id] for id in file.option_order or options)


def indexes(levels: Mapping[str, str], options: Iterable[Option]) -> Levels:
    """Levels by name as levels by index."""
    by_id = {option.id: option for option in options}
    return {id: by_id[id].levels.index(level) for id, level in levels.items()}


def preference_of(
    entry: object, expressions: Expressions, route: Route, actor: str, options: tuple[Option, ...]
) -> Preference:
    if isinstance(entry, written.RankingEntry):
        classes = tuple((level,) if isinstance(level, str) else level for level in entry.ranking)
        return Ranking(classes, support(entry))
    if isinstance(entry, written.UtilityEntry):
        return Utility(expressions[(*route, "utility")], support(entry))
    assert isinstance(entry, tuple)
    statements: list[Statement] = []
    for k, item in enumerate(entry):
        if isinstance(item, written.AnyOrder):
            statements += [
                statement_of(
                    inner,
                    expressions,
                    (*route, k, "any_order", j),
                    f"{actor}.{k + 1}{letter(j)}",
                    options,
                    group=k,
                )
                for j, inner in enumerate(item.any_order)
            ]
        else:
            statements.append(
                statement_of(item, expressions, (*route, k), f"{actor}.{k + 1}", options)
            )
    return Statements(tuple(statements))


def letter(index: int) -> str:
    """a, b, …, z, aa, ab, …"""
    return (letter(index // 26 - 1) if index >= 26 else "") + "abcdefghijklmnopqrstuvwxyz"[
        index % 26
    ]


def statement_of(
    entry: written.StatementEntry,
    expressions: Expressions,
    route: Route,
    id: str,
    options: tuple[Option, ...],
    group: int | None = None,
) -> Statement:
    actor, _ = id.split(".")
    prefer = expressions[(*route, "prefer")]
    return Statement(
        id=id,
        actor=actor,
        prefer=prefer,
        role=entry.role or role_by_content(prefer, actor, options),
        says=entry.says,
        when=expressions.get((*route, "when")),
        credence=entry.credence,
        group=group,
        support=support(entry),
    )


def role_by_content(prefer: Expression, actor: str, options: tuple[Option, ...]) -> Role:
    """The role of a statement that declares none.

    A state of the world if it names none of the actor's own options; the cost of an instrument if
    it depends on nothing else and holds while they all stay at their first level; a means otherwise.
    """
    own = {option.id for option in options if option.actor == actor}
    if not prefer.names & own:
        return "end"
    depends_on_others = bool(prefer.options - own) or bool(prefer.uncertainties)
    if not depends_on_others and prefer.on(dict.fromkeys(own, 0)):
        return "cost"
    return "means"


def claim_of(id: str, entry: written.ClaimEntry, expressions: Expressions) -> Claim:
    formulas = {
        field: expressions[route]
        for field in ("expect", "state")
        if (route := ("claims", id, "test", field)) in expressions
    }
    return Claim(
        id=id,
        says=entry.says,
        modality=entry.modality,
        test=entry.test,
        formulas=formulas,
        untested=entry.untested,
        rests_on=entry.rests_on,
        tags=entry.tags,
        note=entry.note,
        support=support(entry),
    )


def recommendation_of(entry: written.RecommendationEntry | None) -> Recommendation | None:
    return entry and Recommendation(entry.strategy, entry.says, entry.rests_on, support(entry))
