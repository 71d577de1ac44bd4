"""Small random cases: kept as trees for the oracle, and written out for the program to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod
from random import Random
from typing import Any

from tests.oracle import Axis, State

MOST_STATES = 48
SIGNS = ("==", "!=", "<", "<=", ">", ">=")
WORDS = ("and", "or", "implies", "iff")
MODALITIES = (
    "possible", "likely", "very_likely", "almost_certain", "certain",
    "unlikely", "very_unlikely", "almost_no_chance", "impossible",
)  # fmt: skip

# ------------------------------------------------------------------------------------- formulas


@dataclass(frozen=True)
class Compared:
    """An option against one of its levels."""

    option: str
    sign: str
    level: int

    def text(self) -> str:
        return f"{self.option} {self.sign} l{self.level}"

    def true(self, here: Mapping[str, int]) -> bool:
        level = here[self.option]
        return {
            "==": level == self.level,
            "!=": level != self.level,
            "<": level < self.level,
            "<=": level <= self.level,
            ">": level > self.level,
            ">=": level >= self.level,
        }[self.sign]

    def options(self) -> set[str]:
        return {self.option}

    names = options


@dataclass(frozen=True)
class Named:
    """An event, or an option alone: it is above its first level."""

    name: str

    def text(self) -> str:
        return self.name

    def true(self, here: Mapping[str, int]) -> bool:
        return here[self.name] > 0

    def options(self) -> set[str]:
        return {self.name} if "." in self.name else set()

    def names(self) -> set[str]:
        return {self.name}


@dataclass(frozen=True)
class Indicator:
    """Another formula by its name."""

    name: str
    formula: Formula

    def text(self) -> str:
        return self.name

    def true(self, here: Mapping[str, int]) -> bool:
        return self.formula.true(here)

    def options(self) -> set[str]:
        return self.formula.options()

    def names(self) -> set[str]:
        return {self.name}


@dataclass(frozen=True)
class Joined:
    """`not`, or two formulas joined by a word."""

    word: str
    parts: tuple[Formula, ...]

    def text(self) -> str:
        texts = [f"({part.text()})" for part in self.parts]
        return f"not {texts[0]}" if self.word == "not" else f" {self.word} ".join(texts)

    def true(self, here: Mapping[str, int]) -> bool:
        first, *rest = (part.true(here) for part in self.parts)
        if self.word == "not":
            return not first
        (second,) = rest
        return {
            "and": first and second,
            "or": first or second,
            "implies": not first or second,
            "iff": first == second,
        }[self.word]

    def options(self) -> set[str]:
        return set().union(*(part.options() for part in self.parts))

    def names(self) -> set[str]:
        return set().union(*(part.names() for part in self.parts))


Formula = Compared | Named | Indicator | Joined

# ---------------------------------------------------------------------------------------- cases


@dataclass(frozen=True)
class Statement:
    """A preference statement as it is written."""

    prefer: Formula
    role: str | None = None
    when: Formula | None = None
    credence: tuple[float, float] | None = None

    def written(self) -> dict[str, Any]:
        when = self.when and self.when.text()
        entry = {"prefer": self.prefer.text(), "role": self.role, "when": when}
        return given(entry | {"credence": list(self.credence) if self.credence else None})


Item = Statement | tuple[Statement, ...]
"""A statement, or several whose order nobody knows."""


@dataclass(frozen=True)
class Ranking:
    """State codes, best first."""

    classes: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Utility:
    """A weighted sum of levels, in the order of the options."""

    weights: tuple[int, ...]


Preference = tuple[Item, ...] | Ranking | Utility
Levels = Mapping[str, int]


@dataclass(frozen=True)
class Claim:
    """A claim and its test; `formula` is what it expects, or the states it means."""

    kind: str
    modality: str
    rests_on: tuple[str, ...]
    test: Mapping[str, Any]
    """The fields that are written as they are."""
    fixed: Mapping[str, Levels] = field(default_factory=dict)
    """`commit`, `against`, `under`: what each fixes."""
    formula: Formula | None = None

    @property
    def concept(self) -> str:
        return str(self.test.get("concept", "nash"))


@dataclass(frozen=True)
class Case:
    """A whole case."""

    options: Mapping[str, Axis]
    events: Mapping[str, tuple[float, float]]
    indicators: Mapping[str, Formula]
    infeasible: tuple[Formula, ...]
    status_quo: Levels
    preferences: Mapping[str, Preference]
    goals: Mapping[str, Formula]
    strategies: Mapping[str, Levels]
    claims: Mapping[str, Claim]
    arcs: Mapping[str, Mapping[State, Sequence[State]]] = field(default_factory=dict)
    one_step: Sequence[str] = ()
    same: Sequence[Formula] = ()

    @property
    def actors(self) -> list[str]:
        return list(dict.fromkeys(axis.actor for axis in self.options.values()))

    @property
    def focus(self) -> str:
        return self.actors[0]

    def states(self) -> list[State]:
        """Every combination of levels."""
        return list(product(*(range(axis.levels) for axis in self.options.values())))

    def here(self, state: State) -> dict[str, int]:
        """What formulas are evaluated on: levels, and events in the nominal future."""
        happens = {name: int(sum(each) / 2 >= 0.5) for name, each in self.events.items()}
        return happens | dict(zip(self.options, state, strict=True))

    def feasible(self) -> list[State]:
        return [s for s in self.states() if not any(r.true(self.here(s)) for r in self.infeasible)]

    @property
    def in_graph_form(self) -> bool:
        return bool(self.arcs or self.one_step or self.same)

    def counts_as(self, combinations: Sequence[State]) -> dict[State, State]:
        """Each combination's state: the first of those that are one with it."""
        groups = [{s} for s in combinations]
        for rule in self.same:
            alike = {s for s in combinations if rule.true(self.here(s))}
            joined = [group for group in groups if group & alike]
            groups = [group for group in groups if group not in joined]
            groups += [set().union(*joined)] if joined else []
        return {s: min(group) for group in groups for s in group}

    def moves(self, i: str, s: State) -> list[State]:
        """Where an actor can move from a combination, each combination being one state."""
        if i in self.arcs:
            return list(self.arcs[i].get(s, ()))
        choices = [
            axis.choices(i, level) for axis, level in zip(self.options.values(), s, strict=True)
        ]
        ends = [q for q in product(*choices) if q != s]
        return [q for q in ends if i not in self.one_step or sum(map(int.__ne__, q, s)) == 1]

    def written(self) -> dict[str, Any]:
        """The case as the mapping that stands in `situation.yaml`."""
        return given(
            {
                "detente": "1",
                "id": "drawn",
                "title": "Drawn at random",
                "focus": self.focus,
                "actors": {actor: {} for actor in self.actors},
                "options": {actor: dict(self._own(actor)) for actor in self.actors},
                "option_order": list(self.options),
                "uncertainties": {
                    name: {"kind": "event", "probability": list(each)}
                    for name, each in self.events.items()
                },
                "indicators": {
                    name: {"formula": each.text()} for name, each in self.indicators.items()
                },
                "arcs": {
                    actor: {code(s): list(map(code, ends)) for s, ends in rows.items()}
                    for actor, rows in self.arcs.items()
                },
                "one_step": list(self.one_step),
                "same_when": [{"when": rule.text()} for rule in self.same],
                "infeasible": [{"when": rule.text()} for rule in self.infeasible],
                "status_quo": leveled(self.status_quo),
                "preferences": {a: wanted(self, each) for a, each in self.preferences.items()},
                "goals": [{"id": id, "test": each.text()} for id, each in self.goals.items()],
                "strategies": {id: leveled(each) for id, each in self.strategies.items()},
                "claims": {id: asserted(each) for id, each in self.claims.items()},
            }
        )

    def _own(self, actor: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for id, axis in self.options.items():
            if axis.actor == actor:
                levels = [f"l{level}" for level in range(axis.levels)]
                yield id.split(".")[1], {"levels": levels, "moves": axis.moves}


def given(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if value is not None}


def leveled(levels: Levels) -> dict[str, str]:
    return {option: f"l{level}" for option, level in levels.items()}


def wanted(case: Case, preference: Preference) -> Any:
    if isinstance(preference, Ranking):
        return {"ranking": [list(tied) for tied in preference.classes]}
    if isinstance(preference, Utility):
        terms = zip(preference.weights, case.options, strict=True)
        return {"utility": " + ".join(f"{weight} * {option}" for weight, option in terms)}
    return [
        item.written()
        if isinstance(item, Statement)
        else {"any_order": [each.written() for each in item]}
        for item in preference
    ]


def asserted(claim: Claim) -> dict[str, Any]:
    entry = {"says": "Something", "modality": claim.modality, "rests_on": list(claim.rests_on)}
    test = {"kind": claim.kind, **claim.test}
    test |= {side: levels for side, levels in claim.fixed.items() if side not in test}
    test = {k: leveled(v) if isinstance(v, Mapping) else v for k, v in test.items()}
    if claim.formula is not None:
        test["expect" if claim.kind == "response" else "state"] = claim.formula.text()
    return {**entry, "test": test}


# ---------------------------------------------------------------------------------------- draws


def random_case(rng: Random, *, graph_form: bool = False) -> Case:
    """A small case with everything in it that claims are about."""
    options = random_options(rng)
    events = {f"event{k}": random_interval(rng) for k in range(rng.choice([0, 1, 2]))}
    bare = Case(options, events, {}, (), random_status_quo(rng, options), {}, {}, {}, {})
    some = rng.choice([0, 1])
    indicators = {f"sum{k}": random_formula(rng, bare, depth=1) for k in range(some)}
    case = replaced(bare, indicators=indicators)
    case = replaced(case, infeasible=random_rules(rng, case))
    if graph_form:
        case = replaced(case, **random_moves(rng, case))
    case = replaced(
        case,
        preferences={a: p for a in case.actors if (p := random_preference(rng, case, a))},
        goals={f"goal{k}": random_formula(rng, case) for k in range(2)},
        strategies={f"way{k}": random_levels(rng, case) for k in range(2)},
    )
    claims: dict[str, Claim] = {}
    for number in range(rng.choice([3, 4, 5])):
        claims[f"claim{number}"] = random_claim(rng, case, list(claims))
    return replaced(case, claims=claims)


def replaced(case: Case, **changes: Any) -> Case:
    return Case(**{**vars(case), **changes})


def random_options(rng: Random) -> dict[str, Axis]:
    """Three to six options of two to four actors, one after the other or mixed."""
    actors = "abcd"[: rng.choice([2, 2, 3, 3, 4])]
    options: dict[str, Axis] = {}
    for number in range(rng.choice([3, 4, 5, 5, 5])):
        axis = Axis(
            rng.choice(actors), rng.choice([2, 2, 3]), rng.choice(["both"] * 4 + ["up", "down"])
        )
        if prod(each.levels for each in (*options.values(), axis)) > MOST_STATES:
            break
        options[f"{axis.actor}.x{number}"] = axis
    return options


def random_status_quo(rng: Random, options: Mapping[str, Axis]) -> dict[str, int]:
    return {id: rng.choice([0, 0, rng.randrange(axis.levels)]) for id, axis in options.items()}


def random_interval(rng: Random) -> tuple[float, float]:
    low, high = sorted(rng.randrange(11) / 10 for _ in range(2))
    return low, high


def random_formula(rng: Random, case: Case, *, depth: int = 2, events: bool = False) -> Formula:
    """A formula; many are an option alone or a bare implication, as analysts write them."""
    if events:
        return Named(rng.choice(sorted(case.events)))
    shape = rng.choice(["leaf", "leaf", "not", "join", "join"]) if depth else "leaf"
    if shape == "leaf":
        return random_leaf(rng, case)
    parts = [random_formula(rng, case, depth=depth - 1) for _ in range(1 + (shape == "join"))]
    return Joined("not" if shape == "not" else rng.choice(WORDS), tuple(parts))


def random_leaf(rng: Random, case: Case) -> Formula:
    kind = rng.choice(["compared", "compared", "option", "option", "event", "indicator"])
    if kind == "event" and case.events:
        return Named(rng.choice(sorted(case.events)))
    if kind == "indicator" and case.indicators:
        name = rng.choice(sorted(case.indicators))
        return Indicator(name, case.indicators[name])
    option = rng.choice(list(case.options))
    if kind == "option":
        return Named(option)
    return Compared(option, rng.choice(SIGNS), rng.randrange(case.options[option].levels))


def random_rules(rng: Random, case: Case) -> tuple[Formula, ...]:
    """Infeasibilities that leave something."""
    rules: tuple[Formula, ...] = ()
    for _ in range(rng.choice([0, 0, 1, 2, 3])):
        rule = Joined("and", (random_leaf(rng, case), random_formula(rng, case, depth=1)))
        if replaced(case, infeasible=(*rules, rule)).feasible():
            rules = (*rules, rule)
    return rules


def random_moves(rng: Random, case: Case) -> dict[str, Any]:
    """Arcs for some actors, one step at a time for others, and states that are one."""
    states = possible(case)
    along = [actor for actor in case.actors if rng.random() < 0.5]
    often = rng.choice([0.05, 0.15, 0.3])
    arcs = {
        i: {
            s: ends
            for s in states
            if (ends := [q for q in states if q != s and rng.random() < often])
        }
        for i in along
    }
    steady = replaced(case, events={}, indicators={})
    return {
        "arcs": arcs,
        "one_step": [i for i in case.actors if i not in along and rng.random() < 0.7],
        "same": [random_formula(rng, steady) for _ in range(rng.choice([0, 0, 1, 1, 2]))],
    }


def possible(case: Case) -> list[State]:
    """The states that are feasible in some future: a ranking ranks them all."""
    sure = [rule for rule in case.infeasible if not names_event(case, rule)]
    return replaced(case, infeasible=tuple(sure)).feasible()


def names_event(case: Case, formula: Formula) -> bool:
    """Whether an event stands in it, or in an indicator that does."""
    inner = [case.indicators[name] for name in formula.names() if name in case.indicators]
    return bool(formula.names() & set(case.events)) or any(names_event(case, i) for i in inner)


def random_preference(rng: Random, case: Case, actor: str) -> Preference | None:
    kind = rng.choice(["statements"] * 7 + ["ranking", "utility", "none"])
    if kind == "none":
        return None
    if kind == "utility":
        return Utility(tuple(rng.randrange(-2, 3) for _ in case.options))
    if kind == "ranking":
        classes: dict[int, list[str]] = {}
        states = possible(case)
        # Which of several that are one state comes first may hang on an event: then all are named.
        named = states if case.same and case.events else set(case.counts_as(states).values())
        for state in sorted(named):
            classes.setdefault(rng.randrange(5), []).append(code(state))
        return Ranking(tuple(tuple(tied) for tied in classes.values()))
    items = [random_item(rng, case, actor) for _ in range(rng.choice([1, 2, 3, 4]))]
    return tuple(items + rng.choices(items, k=rng.choice([0, 0, 0, 1])))


def random_item(rng: Random, case: Case, actor: str) -> Item:
    if rng.random() < 0.15:
        return tuple(random_statement(rng, case, actor) for _ in range(2))
    return random_statement(rng, case, actor)


def random_statement(rng: Random, case: Case, actor: str) -> Statement:
    """A statement; many answer what others do with an instrument of one's own."""
    own = Named(rng.choice([id for id, axis in case.options.items() if axis.actor == actor]))
    answer = Joined(rng.choice(["implies", "iff"]), (random_leaf(rng, case), own))
    return Statement(
        rng.choice([random_formula(rng, case), own, Joined("not", (own,)), answer, answer]),
        role=rng.choice([None, None, "end", "means", "cost"]),
        when=random_formula(rng, case, events=True) if case.events and rng.random() < 0.2 else None,
        credence=random_interval(rng) if rng.random() < 0.2 else None,
    )


def random_levels(rng: Random, case: Case) -> Levels:
    """Levels for some options that the door lets pass: not taken back, not ruled out at once."""
    chosen = rng.sample(list(case.options), rng.choice([1, 1, 1, 2]))
    levels: dict[str, int] = {}
    for option in chosen:
        axis = case.options[option]
        now = axis.choices(axis.actor, case.status_quo[option])
        tried = levels | {option: rng.choice(now)}
        if not any(rules_out(case, rule, tried) for rule in case.infeasible):
            levels = tried
    return levels


def rules_out(case: Case, rule: Formula, levels: Levels) -> bool:
    """Whether a rule speaks of nothing but these levels, and against them."""
    anywhere = case.here(case.states()[0])
    return rule.options() <= set(levels) and rule.true(anywhere | dict(levels))


def random_claim(rng: Random, case: Case, earlier: Sequence[str]) -> Claim:
    kind = rng.choice(["response", "response", "response", "stability", "compare"])
    make = {"response": random_response, "stability": random_stability, "compare": random_compare}
    test, fixed, formula = make[kind](rng, case)
    if rng.random() < 0.5:
        test["concept"] = rng.choice(["nash", "gmr", "smr", "seq"])
    rests_on = tuple(claim for claim in earlier if rng.random() < 0.3)
    return Claim(
        kind, rng.choice([*MODALITIES, "possible", "certain"]), rests_on, test, fixed, formula
    )


Drawn = tuple[dict[str, Any], dict[str, Levels], Formula | None]


def random_side(rng: Random, case: Case) -> tuple[Any, Levels]:
    """A strategy by its name, or levels; and what it fixes."""
    if rng.random() < 0.3:
        name = rng.choice(sorted(case.strategies))
        return name, case.strategies[name]
    levels = random_levels(rng, case)
    return levels, levels


def random_response(rng: Random, case: Case) -> Drawn:
    test: dict[str, Any] = {"in": rng.choice(["every", "some"])}
    test["commit"], commit = random_side(rng, case)
    fixed = {"commit": commit}
    if rng.random() < 0.5:
        test["against"], fixed["against"] = random_contrast(rng, case, commit)
    return test, fixed, random_formula(rng, case, depth=rng.choice([0, 1, 2]))


def random_contrast(rng: Random, case: Case, commit: Levels) -> tuple[Any, Levels]:
    """As a rule the same options at the status quo."""
    usual = {option: case.status_quo[option] for option in commit}
    if rng.random() < 0.3 or any(rules_out(case, rule, usual) for rule in case.infeasible):
        return random_side(rng, case)
    return usual, usual


def random_stability(rng: Random, case: Case) -> Drawn:
    test: dict[str, Any] = {"is": rng.choice(["stable", "stable", "unstable", "equilibrium"])}
    test["in"] = rng.choice(["every", "some"])
    if test["is"] != "equilibrium":
        members = rng.sample(case.actors, rng.choice([1, 1, min(2, len(case.actors))]))
        test["for"] = members if len(members) > 1 else members[0]
    others = [actor for actor in case.actors if actor not in test.get("for", ())]
    if test["is"] != "unstable" and others and rng.random() < 0.4:
        test["because"] = rng.choice(others)
    if rng.random() < 0.5:
        return {**test, "state": code(rng.choice(case.feasible()))}, {}, None
    return test, {}, random_formula(rng, case)


def random_compare(rng: Random, case: Case) -> Drawn:
    fixed: dict[str, Levels] = {}
    test: dict[str, Any] = {"is": rng.choice(["better", "worse", "equal"])}
    for side in ("under", "against"):
        test[side], fixed[side] = random_side(rng, case)
    bounds = [f"{bound}({actor})" for bound in ("best", "worst") for actor in case.actors]
    test["of"] = rng.choice([*case.goals, *bounds])
    return test, fixed, None


def code(state: Iterable[int]) -> str:
    return "".join(map(str, state))
