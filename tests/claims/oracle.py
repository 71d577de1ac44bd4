"""What claims come to, literally: each state, each improvement, each variation written out.

Slow and plain on purpose. It reads the case as it was drawn, not as the program read it, and
shares no code with the rooms it judges. Variations rebuild the whole conflict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

from tests.claims.cases import (
    Case,
    Claim,
    Formula,
    Levels,
    Preference,
    Ranking,
    Statement,
    Utility,
    code,
)
from tests.coalitions import Party
from tests.oracle import GraphOracle, Oracle, State, score

Held = tuple[tuple[str, Statement], ...]
"""One actor's statements in the nominal future, most important first, each by its name."""
Lists = Mapping[str, Held]
Sides = tuple[bool | None, bool | None]
"""Whether a test holds, and whether it holds under the contrast; None: undetermined, or none."""

CONCEPTS = ("nash", "seq", "smr", "gmr")
SHOWN = 12

# ------------------------------------------------------------------------------- the conflict


def lists(case: Case, and_also: str = "") -> Lists:
    """The statements that are held, by actor; one more may be held besides."""
    return {
        actor: tuple(
            (name, each)
            for name, each in named(actor, preference)
            if counts(case, each) and (is_believed(each) or name == and_also)
        )
        for actor, preference in case.preferences.items()
        if isinstance(preference, tuple)
    }


def named(actor: str, preference: Preference) -> Iterator[tuple[str, Statement]]:
    assert isinstance(preference, tuple)
    for number, item in enumerate(preference, start=1):
        if isinstance(item, Statement):
            yield f"{actor}.{number}", item
        else:
            yield from ((f"{actor}.{number}{'ab'[k]}", each) for k, each in enumerate(item))


def counts(case: Case, statement: Statement) -> bool:
    """Whether its condition is true."""
    return statement.when is None or statement.when.true(case.here(case.states()[0]))


def is_believed(statement: Statement) -> bool:
    """Whether it is believed at least as much as not."""
    return statement.credence is None or sum(statement.credence) / 2 >= 0.5


def role(case: Case, actor: str, statement: Statement) -> str:
    """As declared; else by what it names: nothing of its own, only that and unused, or a means."""
    if statement.role is not None:
        return statement.role
    own = {id for id, axis in case.options.items() if axis.actor == actor}
    if not statement.prefer.options() & own:
        return "end"
    unused = case.here((0,) * len(case.options))
    alone = statement.prefer.options() <= own and not statement.prefer.names() & set(case.events)
    alone = alone and not names_event(case, statement.prefer)
    return "cost" if alone and statement.prefer.true(unused) else "means"


def names_event(case: Case, formula: Formula) -> bool:
    """Whether an indicator in it names an event."""
    inner = [case.indicators[name] for name in formula.names() if name in case.indicators]
    return any(each.names() & set(case.events) or names_event(case, each) for each in inner)


def worth(case: Case, held: Lists, actor: str, state: State) -> int:
    """How an actor likes a state; larger is better."""
    preference = case.preferences.get(actor, ())
    here = case.here(state)
    if isinstance(preference, Ranking):
        return -next(k for k, tied in enumerate(preference.classes) if code(state) in tied)
    if isinstance(preference, Utility):
        return sum(w * level for w, level in zip(preference.weights, state, strict=True))
    return score([statement.prefer.true(here) for _, statement in held.get(actor, ())])


class Judge:
    """One case in its nominal future, with some preference lists; conflicts are built once."""

    def __init__(self, case: Case, held: Lists) -> None:
        self.case, self.held = case, held
        self.conflict = cache(self._conflict)
        self.equilibria = cache(self._equilibria)
        self.first = cache(self._first)
        self.same = case.counts_as(case.feasible())
        """Each combination's state, nothing fixed."""

    def _conflict(self, fixed: frozenset[tuple[str, int]]) -> Oracle:
        """Only the states with these levels are left: nobody can move these options."""
        if self.case.in_graph_form:
            return self._graph(fixed)
        possible = [s for s in self.case.feasible() if fixed <= set(self.levels(s).items())]
        ranks = {
            actor: {s: worth(self.case, self.held, actor, s) for s in possible}
            for actor in self.case.actors
        }
        return Oracle(tuple(self.case.options.values()), frozenset(possible), ranks)

    def _graph(self, fixed: frozenset[tuple[str, int]]) -> GraphOracle:
        """Moves between the combinations that are left, those that are one state put together."""
        case, first = self.case, self.first(fixed)
        states = frozenset(first.values())
        moves = {
            (i, s): sorted(
                {first[q] for p in first if first[p] == s for q in case.moves(i, p) if q in first}
                - {s}
            )
            for i in case.actors
            for s in states
        }
        ranks = {i: {s: self.worth(i, s) for s in states} for i in case.actors}
        return GraphOracle((), states, ranks, moves)

    def _first(self, fixed: frozenset[tuple[str, int]]) -> dict[State, State]:
        """Each combination with these levels, and the first of those that are one state with it."""
        same = self.same
        left = sorted(s for s in same if fixed <= set(self.levels(s).items()))
        return {s: next(q for q in left if same[q] == same[s]) for s in left}

    def worth(self, actor: str, state: State) -> int:
        """How an actor likes a state: by the first combination of all that are it."""
        return worth(self.case, self.held, actor, self.same[state])

    def _equilibria(self, fixed: frozenset[tuple[str, int]], concept: str) -> set[State]:
        return self.conflict(fixed).equilibria(concept)

    def levels(self, state: State) -> dict[str, int]:
        return dict(zip(self.case.options, state, strict=True))

    def nearest(self, states: Sequence[State]) -> list[State]:
        """Those that differ from the status quo in fewest options."""
        away = {
            s: sum(level != self.case.status_quo[o] for o, level in self.levels(s).items())
            for s in states
        }
        return [s for s in states if away[s] == min(away.values())]

    def starts(self, fixed: Levels) -> list[State]:
        first = self.first(frozenset(fixed.items()))
        return sorted({first[s] for s in self.nearest(list(first))})

    def attainable(self, fixed: Levels, concept: str) -> set[State]:
        key = frozenset(fixed.items())
        return self.conflict(key).attainable(self.starts(fixed), self.equilibria(key, concept))

    def truths(self, formula: Formula, states: set[State]) -> list[bool]:
        return [formula.true(self.case.here(s)) for s in sorted(states)]

    def movable(self, fixed: Levels) -> set[State]:
        """Where any moves at all, by anybody, could lead from the start."""
        conflict, seen = self.conflict(frozenset(fixed.items())), set(self.starts(fixed))
        return seen | {
            end for s in seen for end in conflict.reached(conflict.actors, s, conflict.moves)
        }

    # ---------------------------------------------------------------------------- the tests

    def ask(self, claim: Claim, concept: str) -> Sides:
        asked = {"response": self.response, "stability": self.stability, "compare": self.compare}
        return asked[claim.kind](claim, concept)

    def response(self, claim: Claim, concept: str) -> Sides:
        assert claim.formula is not None
        sides: list[bool | None] = []
        for fixed in claim.fixed.values():
            truths = self.truths(claim.formula, self.attainable(fixed, concept))
            sides.append(quantified(claim.test["in"], truths))
        holds, against = (*sides, None)[:2]
        return holds, against

    def compare(self, claim: Claim, concept: str) -> Sides:
        here, there = (self.attainable(fixed, concept) for fixed in claim.fixed.values())
        if not here or not there:
            return None, None
        of = claim.test["of"]
        return compared(claim, self.extent(of, here), self.extent(of, there)), None

    def extent(self, of: str, attainable: set[State]) -> int:
        if of in self.case.goals:
            truths = self.truths(self.case.goals[of], attainable)
            return any(truths) + all(truths)
        best_or_worst = {"best": max, "worst": min}[of.split("(", maxsplit=1)[0]]
        actor = of.split("(")[1].rstrip(")")
        return best_or_worst(self.worth(actor, s) for s in attainable)

    def stability(self, claim: Claim, concept: str) -> Sides:
        truths = [self.stands(claim, concept, s) for s in self.meant(claim)]
        return quantified(claim.test["in"], truths), None

    def meant(self, claim: Claim) -> list[State]:
        first = self.first(frozenset())
        if claim.formula is None:
            return [first[s] for s in first if code(s) == claim.test["state"]]
        true = [s for s in first if claim.formula.true(self.case.here(first[s]))]
        return sorted({first[s] for s in self.nearest(true)})

    def stands(self, claim: Claim, concept: str, state: State) -> bool:
        """Whether the claim is true of this state."""
        free = self.conflict(frozenset())
        stable = self.stays(free, claim, concept, state)
        if claim.test["is"] == "unstable":
            return not stable
        if not stable or "because" not in claim.test:
            return stable
        if isinstance(free, GraphOracle):
            still = free.without(claim.test["because"])
            return not self.stays(still, claim, concept, state)
        at = self.levels(state)
        frozen = self.conflict(
            frozenset(
                (o, at[o]) for o, a in self.case.options.items() if a.actor == claim.test["because"]
            )
        )
        return not self.stays(frozen, claim, concept, state)

    def stays(self, conflict: Oracle, claim: Claim, concept: str, state: State) -> bool:
        """Whether all who are judged would stay, each alone or those of a coalition together."""
        judged = self.judged(claim)
        if len(judged) > 1 and "for" in claim.test:
            return not Party(conflict, judged, concept).leaves(state)
        return all(conflict.stable(concept, i, state) for i in judged)

    def judged(self, claim: Claim) -> list[str]:
        named = claim.test.get("for", self.case.actors)
        return [named] if isinstance(named, str) else named


def quantified(quantifier: str, truths: list[bool]) -> bool | None:
    if not truths:
        return None
    return all(truths) if quantifier == "every" else any(truths)


def compared(claim: Claim, here: int, there: int) -> bool:
    return {"better": here > there, "worse": here < there, "equal": here == there}[claim.test["is"]]


# --------------------------------------------------------------------------------- the verdict


def verdict(claim: Claim, sides: Sides) -> str:
    """Supported or contradicted by the nominal future; untested where that is undetermined."""
    holds, against = sides
    if holds is None or ("against" in claim.fixed and claim.kind == "response" and against is None):
        return "untested"
    met = required(claim.modality)(float(holds))
    if against is not None:
        difference = float(holds) - float(against)
        denies = claim.modality in ("unlikely", "very_unlikely", "almost_no_chance", "impossible")
        met = met and (difference < 0 if denies else difference > 0)
    return "supported" if met else "contradicted"


def required(modality: str) -> Callable[[float], bool]:
    """What the author's word asks of the share of futures."""
    return {
        "possible": lambda share: share > 0.20,
        "likely": lambda share: share > 0.55,
        "very_likely": lambda share: share > 0.95,
        "almost_certain": lambda share: share > 0.95,
        "certain": lambda share: share == 1,
        "unlikely": lambda share: 1 - share > 0.55,
        "very_unlikely": lambda share: 1 - share > 0.95,
        "almost_no_chance": lambda share: 1 - share > 0.95,
        "impossible": lambda share: share == 0,
    }[modality]


Change = tuple[str, str, str | None]
"""The statement, `dropped`, `added` or `swapped`, and with which."""


def varied(case: Case) -> Iterator[tuple[Change, Lists]]:
    """Every statement dropped, every two neighbours swapped, every doubted one held."""
    held = lists(case)
    for actor, own in held.items():
        for k, (name, _) in enumerate(own):
            yield (name, "dropped", None), {**held, actor: own[:k] + own[k + 1 :]}
            if k + 1 < len(own):
                swapped = (*own[:k], own[k + 1], own[k], *own[k + 2 :])
                yield (name, "swapped", own[k + 1][0]), {**held, actor: swapped}
    for actor in held:
        for name, _ in named(actor, case.preferences[actor]):
            if (more := lists(case, and_also=name)) != held:
                yield (name, "added", None), more


@dataclass(frozen=True)
class Varied:
    """All variations of a case, each with the conflicts it makes."""

    case: Case
    judges: Sequence[tuple[Change, Judge]]

    def flips(self, claim: Claim, plain: str) -> list[tuple[Change, str]]:
        answers = [(change, judge.ask(claim, claim.concept)) for change, judge in self.judges]
        becomes = [(change, verdict(claim, answer)) for change, answer in answers]
        return [each for each in becomes if each[1] != plain]

    def told_together(self, claim: Claim, plain: str) -> list[str]:
        """The means of one actor that flip the verdict when all of them are dropped at once."""
        held = lists(self.case)
        told: list[str] = []
        for actor, own in held.items():
            means = [name for name, each in own if self.answers(claim, actor, each)]
            left = tuple(each for each in own if each[0] not in means)
            judge = Judge(self.case, {**held, actor: left})
            if len(means) > 1 and verdict(claim, judge.ask(claim, claim.concept)) != plain:
                told += means
        return told

    def answers(self, claim: Claim, actor: str, statement: Statement) -> bool:
        asked = asked_about(self.case, claim)
        return role(self.case, actor, statement) == "means" and bool(
            statement.prefer.options() & asked
        )


def asked_about(case: Case, claim: Claim) -> set[str]:
    """The options a claim's question names; all, where it asks about whole states."""
    if claim.kind == "response":
        assert claim.formula is not None
        return claim.formula.options()
    if claim.kind == "compare" and claim.test["of"] in case.goals:
        return case.goals[claim.test["of"]].options()
    return set(case.options)


# ---------------------------------------------------------------------- what is read off by hand


def conceivable(judge: Judge, claim: Claim) -> set[str]:
    """The verdicts that preferences of whatever kind could lead to, as far as moves allow."""
    if claim.kind == "stability":
        return {verdict(claim, (answer, None)) for answer in stability_answers(judge, claim)}
    if claim.kind == "compare":
        return {verdict(claim, (answer, None)) for answer in compare_answers(judge, claim)}
    assert claim.formula is not None
    moved = [set(judge.truths(claim.formula, judge.movable(f))) for f in claim.fixed.values()]
    return {verdict(claim, (*sides, None)[:2]) for sides in together(claim, moved)}


def together(claim: Claim, sides: list[Any]) -> Iterator[tuple[Any, ...]]:
    """Answers of both sides; where both fix the same, they cannot differ."""
    fixed = list(claim.fixed.values())
    if len(fixed) == 2 and fixed[0] == fixed[1]:
        return iter([(each, each) for each in sides[0]])
    return product(*sides)


def compare_answers(judge: Judge, claim: Claim) -> set[bool]:
    of = claim.test["of"]
    if of not in judge.case.goals:
        first, second = claim.fixed.values()
        return {claim.test["is"] == "equal"} if first == second else {True, False}
    extents = []
    for fixed in claim.fixed.values():
        truths = set(judge.truths(judge.case.goals[of], judge.movable(fixed)))
        extents.append({2 if each else 0 for each in truths} | ({1} if len(truths) == 2 else set()))
    return {compared(claim, here, there) for here, there in together(claim, extents)}


def stability_answers(judge: Judge, claim: Claim) -> set[bool]:
    """Who cannot move is stable whatever anybody prefers; Nash stability needs no sanctions."""
    free, because = judge.conflict(frozenset()), claim.test.get("because")
    answers: list[set[bool]] = []
    for state in judge.meant(claim):
        movers = [i for i in judge.judged(claim) if free.moves(i, state)]
        if because is None:
            answers.append({True, False} if movers else {claim.test["is"] != "unstable"})
        else:
            sanctioned = [i for i in movers if i != because] and claim.concept != "nash"
            answers.append({True, False} if sanctioned else {False})
    combined = (quantified(claim.test["in"], list(each)) for each in product(*answers))
    return {each for each in combined if each is not None}


# ------------------------------------------------------------------------------- the whole case


def expected(case: Case) -> dict[str, dict[str, Any]]:
    """What `claims.json` should say about each claim of the case."""
    held = lists(case)
    judge = Judge(case, held)
    variations = Varied(case, [(change, Judge(case, each)) for change, each in varied(case)])
    results = {id: result(case, judge, variations, claim) for id, claim in case.claims.items()}
    failed = {id for id, each in results.items() if each["verdict"] == "contradicted"}
    for id, each in results.items():
        each["failed_premises"] = sorted(premises(case, id) & failed)
    return results


def premises(case: Case, claim: str) -> set[str]:
    direct = set(case.claims[claim].rests_on)
    return direct.union(*(premises(case, each) for each in direct))


def result(case: Case, judge: Judge, variations: Varied, claim: Claim) -> dict[str, Any]:
    sides = judge.ask(claim, claim.concept)
    plain = verdict(claim, sides)
    flips = [] if plain == "untested" else variations.flips(claim, plain)
    means = {
        name
        for actor, preference in case.preferences.items()
        if isinstance(preference, tuple)
        for name, each in named(actor, preference)
        if role(case, actor, each) == "means"
    }
    assumed = any(change[0] in means and change[1] != "swapped" for change, _ in flips)
    loose = plain != "untested" and not assumed
    told = variations.told_together(claim, plain) if loose else []
    holds, against = sides
    return {
        "verdict": "assumed" if assumed else plain,
        "open": loose and not told and len(conceivable(judge, claim)) > 1,
        "share": None if plain == "untested" else float(holds or 0),
        "against": None if against is None else float(against),
        "difference": None if None in (holds, against) else float(holds or 0) - float(against or 0),
        "hinges": sorted([*map(str, change), becomes] for change, becomes in flips),
        "told_together": told,
        "undetermined": int(plain == "untested"),
        "concepts": {each: under(judge, claim, each) for each in CONCEPTS},
    }


def under(judge: Judge, claim: Claim, concept: str) -> dict[str, Any]:
    """The same test under one concept, with where each of its sides settles."""
    holds, against = judge.ask(claim, concept)
    shown = [settled(judge, fixed, concept) for fixed in claim.fixed.values()]
    commit, contrast = (*shown, None, None)[:2]
    return {"holds": holds, "against": against, "commit": commit, "contrast": contrast}


def settled(judge: Judge, fixed: Levels, concept: str) -> dict[str, Any]:
    key = frozenset(fixed.items())
    attainable = judge.attainable(fixed, concept)
    return {
        "attainable": sorted(map(code, attainable))[:SHOWN],
        "attainable_count": len(attainable),
        "equilibria_count": len(judge.equilibria(key, concept)),
        "feasible_count": len(judge.conflict(key).feasible),
    }


# ---------------------------------------------------------------------------------- strategies


def settlements(case: Case, fixed: Levels) -> dict[str, dict[str, Any]]:
    judge = Judge(case, lists(case))
    return {concept: settled(judge, fixed, concept) for concept in CONCEPTS}


def strategy(case: Case, fixed: Levels) -> dict[str, Any]:
    """Which goals a strategy meets, and which levels the options left free can take."""
    judge = Judge(case, lists(case))
    ends = judge.attainable(fixed, "nash")
    goals = {id: met(judge.truths(goal, ends)) for id, goal in case.goals.items()}
    free = [option for option in case.options if option not in fixed]
    taken = {option: sorted({judge.levels(s)[option] for s in ends}) for option in free}
    return {
        "goals": goals,
        "responses": {option: [f"l{level}" for level in each] for option, each in taken.items()},
    }


def met(truths: list[bool]) -> str | None:
    if not truths:
        return None
    return "every" if all(truths) else "some" if any(truths) else "none"


def bounds(case: Case) -> dict[tuple[str, str], int]:
    """(strategy, best or worst) -> what its best or worst outcome is worth to the focal actor."""
    judge = Judge(case, lists(case))
    outcomes = {id: judge.attainable(fixed, "nash") for id, fixed in case.strategies.items()}
    values = {id: [judge.worth(case.focus, s) for s in ends] for id, ends in outcomes.items()}
    return {
        (id, side): bound(each)
        for id, each in values.items()
        for side, bound in (("best", max), ("worst", min))
        if each
    }
