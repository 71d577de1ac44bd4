"""From the checked file and its expressions to the frozen situation."""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING

from detente.case import format as written
from detente.case.situation import (
    Actor,
    ByType,
    Claim,
    Goal,
    Indicator,
    Infeasible,
    NamedState,
    Option,
    Perception,
    Ranking,
    Recommendation,
    Signal,
    Situation,
    Stakes,
    Statement,
    Statements,
    Strategy,
    Support,
    Then,
    Utility,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from detente.case.document import Route
    from detente.case.expression import Expression
    from detente.case.situation import Preference, Role

    Expressions = Mapping[Route, Expression]

__all__ = ["situation_of"]


def situation_of(
    file: written.SituationFile, expressions: Expressions, path: Path | None = None
) -> Situation:
    """The situation a checked file describes.

    Parameters
    ----------
    file
        The checked fields.
    expressions
        The expressions by where they stand in the file.
    path
        The file.
    """
    options = options_of(file)
    return Situation(
        id=file.id,
        title=file.title,
        actors={name: actor_of(name, entry) for name, entry in file.actors.items()},
        options=options,
        infeasible=ruled(file.infeasible, expressions, "infeasible"),
        status_quo=dict.fromkeys([option.id for option in options], 0)
        | indexes(file.status_quo, options)
        | indexes(file.frozen, options),
        preferences=preferences_of(file, expressions, options),
        arcs=file.arcs,
        one_step=file.one_step,
        frozen=indexes(file.frozen, options),
        same=ruled(file.same_when, expressions, "same_when"),
        states=named_states_of(file, expressions),
        as_of=file.as_of,
        horizon=file.horizon,
        focus=file.focus,
        notes=file.notes,
        recommendation=recommendation_of(file.recommendation),
        sources=file.sources,
        layers=file.layers,
        arrangements=file.arrangements,
        commands=file.commands,
        commitments=file.commitments,
        events=file.events,
        uncertainties=file.uncertainties,
        correlations=file.correlations,
        indicators=indicators_of(file, expressions),
        goals=goals_of(file, expressions),
        perceptions={
            actor: perception_of(entry, expressions, ("perceptions", actor), options)
            for actor, entry in file.perceptions.items()
        },
        signals={name: signal_of(name, entry, options) for name, entry in file.signals.items()},
        views=views_of(file, expressions, options),
        strategies=strategies_of(file, expressions, options),
        claims={name: claim_of(name, entry, expressions) for name, entry in file.claims.items()},
        tasks=file.tasks,
        capabilities=file.capabilities,
        precedents=file.precedents,
        aftermath=file.aftermath,
        path=path,
    )


def support(entry: written.Supported) -> Support:
    return Support(entry.evidence, entry.assumption)


def in_words(name: str) -> str:
    """What a name says where no label was written."""
    return name.replace("_", " ")


# ------------------------------------------------------------------------------- actors and options


def actor_of(name: str, entry: written.ActorEntry) -> Actor:
    return Actor(name, entry.name or name, entry.cow, entry.iso3, entry.note, support(entry))


def options_of(file: written.SituationFile) -> tuple[Option, ...]:
    """The options in code order: that of the file, or `option_order`."""
    options = {
        f"{actor}.{name}": Option(
            id=f"{actor}.{name}",
            actor=actor,
            levels=tuple(entry.levels),
            moves=entry.moves,
            label=entry.label or in_words(name),
            level_labels=tuple(entry.levels.values()),
            enacts=entry.enacts,
            support=support(entry),
        )
        for actor, entries in file.options.items()
        for name, entry in entries.items()
    }
    return tuple(options[name] for name in file.option_order or options)


def indexes(levels: Mapping[str, str], options: Iterable[Option]) -> dict[str, int]:
    """Levels by name as levels by index."""
    known = {option.id: option.levels for option in options}
    return {option: known[option].index(level) for option, level in levels.items()}


def ruled(
    rules: Iterable[written.InfeasibleEntry], expressions: Expressions, section: str
) -> tuple[Infeasible, ...]:
    """The states that cannot be, or that are one."""
    return tuple(
        Infeasible(expressions[section, place, "when"], rule.because, support(rule))
        for place, rule in enumerate(rules)
    )


def named_states_of(
    file: written.SituationFile, expressions: Expressions
) -> tuple[NamedState, ...]:
    return tuple(
        NamedState(expressions["states", place, "when"], named.name)
        for place, named in enumerate(file.states)
    )


# -------------------------------------------------------------------------------------- preferences


def preferences_of(
    file: written.SituationFile, expressions: Expressions, options: tuple[Option, ...]
) -> dict[str, Preference]:
    """What every decision maker wants; an actor nothing was written for is indifferent."""
    return {
        actor: preference_of(
            file.preferences.get(actor, ()), expressions, ("preferences", actor), options
        )
        for actor in dict.fromkeys([*(option.actor for option in options), *file.arcs])
    }


def views_of(
    file: written.SituationFile, expressions: Expressions, options: tuple[Option, ...]
) -> dict[str, dict[str, Preference]]:
    return {
        expert: {
            actor: preference_of(entry, expressions, ("views", expert, actor), options)
            for actor, entry in entries.items()
        }
        for expert, entries in file.views.items()
    }


def preference_of(
    entry: written.PreferenceEntry,
    expressions: Expressions,
    route: Route,
    options: tuple[Option, ...],
) -> Preference:
    if isinstance(entry, written.RankingEntry):
        return ranking_of(entry)
    if isinstance(entry, written.UtilityEntry):
        return Utility(expressions[*route, "utility"], support(entry), entry.unit)
    own = frozenset(option.id for option in options if option.actor == route[-1])
    return Statements(
        tuple(
            statement_of(item, expressions, (*route, *place), own)
            for place, item in flattened(entry)
        )
    )


def ranking_of(entry: written.RankingEntry) -> Ranking:
    """The classes of a ranking, and how much better each is than the next."""
    classes: list[tuple[str, ...]] = []
    degrees: list[int] = []
    for tied in entry.ranking:
        if tied == written.MARKER:
            degrees[-1] += 1
        else:
            classes.append(tied)
            degrees.append(1)
    return Ranking(
        tuple(classes),
        support(entry),
        tuple(degrees[:-1]),
        entry.unknown,
        entry.fuzzy,
        entry.threshold,
    )


def perception_of(
    entry: written.SeenEntry,
    expressions: Expressions,
    route: Route,
    options: tuple[Option, ...],
) -> Perception:
    preferences = {
        other: preference_of(seen, expressions, (*route, "preferences", other), options)
        for other, seen in entry.preferences.items()
    }
    within = entry.perceptions if isinstance(entry, written.PerceptionEntry) else {}
    perceptions = {
        other: perception_of(seen, expressions, (*route, "perceptions", other), options)
        for other, seen in within.items()
    }
    return Perception(preferences, entry.unaware, perceptions, support(entry))


def signal_of(name: str, entry: written.SignalEntry, options: tuple[Option, ...]) -> Signal:
    told = entry.stakes
    stakes = Stakes(told.betrayed, told.exploiting) if told else None
    return Signal(
        name,
        entry.says or in_words(name),
        entry.sender,
        entry.receiver,
        entry.trust,
        ByType(entry.gain.trustworthy, entry.gain.untrustworthy),
        ByType(entry.cost.trustworthy, entry.cost.untrustworthy),
        stakes,
        indexes(entry.commit, options),
        support(entry),
    )


def flattened(
    entries: tuple[written.AnyOrder | written.StatementEntry, ...],
) -> Iterator[tuple[Route, written.StatementEntry]]:
    """Every statement with its place in the list, or in a group of the list."""
    for place, entry in enumerate(entries):
        if isinstance(entry, written.AnyOrder):
            for within, inner in enumerate(entry.any_order):
                yield (place, "any_order", within), inner
        else:
            yield (place,), entry


def statement_of(
    entry: written.StatementEntry, expressions: Expressions, route: Route, own: frozenset[str]
) -> Statement:
    is_grouped = "any_order" in route
    place, within = (int(route[-3]), int(route[-1])) if is_grouped else (int(route[-1]), None)
    actor = str(route[-4] if is_grouped else route[-2])
    prefer = expressions[*route, "prefer"]
    return Statement(
        id=f"{seen_by(route)}{actor}.{place + 1}" + ("" if within is None else letter(within)),
        actor=actor,
        prefer=prefer,
        role=entry.role or role_by_content(prefer, own),
        says=entry.says,
        when=expressions.get((*route, "when")),
        credence=entry.credence,
        unknown=entry.unknown,
        degree=entry.much_more,
        group=place if is_grouped else None,
        support=support(entry),
    )


def seen_by(route: Route) -> str:
    """`dprk:` before the id of a statement that an actor takes another to hold, as it sees it."""
    seers = [each for place, each in enumerate(route) if route[place - 1] == "perceptions"]
    return "".join(f"{seer}:" for seer in seers)


def letter(index: int) -> str:
    """a, b, …, z, aa, ab and so on."""
    before, last = divmod(index, len(ascii_lowercase))
    return (letter(before - 1) if before else "") + ascii_lowercase[last]


def role_by_content(prefer: Expression, own: frozenset[str]) -> Role:
    """The role of a statement that declares none.

    A state of the world if it depends on none of the actor's own options, by way of indicators
    neither; the cost of an instrument if it depends on nothing else and holds while they all stay
    at their first level; else a means. In doubt a means: no circular claim must look open.
    """
    if not prefer.options & own:
        return "end"
    depends_on_others = bool(prefer.options - own or prefer.uncertainties or prefer.tree.tables)
    return "cost" if not depends_on_others and prefer.on(dict.fromkeys(own, 0)) else "means"


# ------------------------------------------------------------------ indicators, goals, the argument


def indicators_of(file: written.SituationFile, expressions: Expressions) -> dict[str, Indicator]:
    return {
        name: Indicator(
            name,
            expressions["indicators", name, "formula"],
            entry.unit,
            entry.label,
            support(entry),
            entry.network,
        )
        for name, entry in file.indicators.items()
    }


def goals_of(file: written.SituationFile, expressions: Expressions) -> dict[str, Goal]:
    return {
        goal.id: Goal(
            goal.id, goal.says or goal.test, expressions["goals", place, "test"], support(goal)
        )
        for place, goal in enumerate(file.goals)
    }


def strategies_of(
    file: written.SituationFile, expressions: Expressions, options: tuple[Option, ...]
) -> dict[str, Strategy]:
    return {
        name: Strategy(
            name,
            entry.says or in_words(name),
            indexes(entry.levels or entry.commit, options),
            support(entry),
            tuple(
                Then(
                    expressions["strategies", name, "then", place, "if"],
                    indexes(step.commit, options),
                )
                for place, step in enumerate(entry.then)
            ),
        )
        for name, entry in file.strategies.items()
    }


def claim_of(name: str, entry: written.ClaimEntry, expressions: Expressions) -> Claim:
    route = ("claims", name, "test")
    fields = [field for field in ("expect", "state") if (*route, field) in expressions]
    return Claim(
        id=name,
        says=entry.says,
        modality=entry.modality,
        test=entry.test,
        formulas={field: expressions[*route, field] for field in fields},
        untested=entry.untested,
        rests_on=entry.rests_on,
        tags=entry.tags,
        note=entry.note,
        support=support(entry),
    )


def recommendation_of(entry: written.RecommendationEntry | None) -> Recommendation | None:
    if entry is None:
        return None
    return Recommendation(entry.strategy, entry.says, entry.rests_on, support(entry))
