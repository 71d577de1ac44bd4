"""States, statements and verdicts in plain words.

What a case says may be written by anyone. Nothing is cleaned here: every renderer (terminal, HTML,
Markdown) puts all text through `printable` and escapes the rest in its own way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from detente.case.concepts import NAMES, split
from detente.case.future import nominal

if TYPE_CHECKING:
    from detente.case.situation import Levels, Option, Situation, Statement

__all__ = [
    "CONCEPTS",
    "MEANINGS",
    "MODALITIES",
    "SECTIONS",
    "Doing",
    "actor_name",
    "counted",
    "differences",
    "doings",
    "doings_words",
    "holder",
    "joined",
    "level_words",
    "levels_of",
    "of_ten",
    "part_words",
    "percent",
    "printable",
    "quoted",
    "sentence",
    "share_words",
    "state_name",
    "state_words",
    "statement_words",
    "statements_by_id",
    "verdict_counts",
]

BASES: Mapping[str, str] = {
    "nash": "Nash", "gmr": "GMR", "smr": "SMR", "seq": "SEQ", "sseq": "SSEQ", "sim": "SIM",
    "fh_seq": "Fraser–Hipel (SEQ)", "fh_smr": "Fraser–Hipel (SMR)", "nm": "non-myopic",
}  # fmt: skip
KINDS: Mapping[str, str] = {
    "": "{}", "a": "{} type a", "b": "{} type b", "c": "{} type c", "d": "{} type d",
    "strong": "strong {}", "weak": "weak {}", "fuzzy": "fuzzy {}",
}  # fmt: skip


def concept_words(name: str) -> str:
    """What a concept is called in a sentence."""
    base, kind = split(name)
    if base not in BASES:  # limited moves: l1 to l9
        return base.upper()
    if kind in KINDS:
        return KINDS[kind].format(BASES[base])
    return f"{KINDS[kind[:-1]].format(BASES[base])} of degree {kind[-1]}"


CONCEPTS: Mapping[str, str] = {name: concept_words(name) for name in NAMES}

MEANINGS: Mapping[str, str] = {
    "supported": "follows in the model, with what the author's word requires",
    "contradicted": "does not follow in the model, or no more than under the contrast",
    "assumed": "follows only because a single typed-in statement says so",
    "contingent": "depends on where in a stated interval, on one named factor, or on one source",
    "undecided": "too few futures were drawn, or too few precedents are known, to tell",
    "untested": "nothing was computed",
}
"""Verdict -> what it says about a sentence, in the model under its stated assumptions."""

MODALITIES: Mapping[str, str] = {
    "possible": "possible",
    "likely": "likely",
    "very_likely": "very likely",
    "almost_certain": "almost certain",
    "certain": "certain",
    "unlikely": "unlikely",
    "very_unlikely": "very unlikely",
    "almost_no_chance": "almost no chance",
    "impossible": "impossible",
}
"""The author's word -> how it is read."""

SECTIONS: Mapping[str, str] = {
    "options": "options",
    "infeasible": "infeasibilities",
    "preferences": "preference statements",
    "claims": "claims",
}
"""Section of a case -> what its items are called."""

CONTROLS = (*range(0x20), *range(0x7F, 0xA0))
DIRECTIONS = (0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A))
SURROGATES = range(0xD800, 0xE000)
NONE_IN_XML = (0xFFFE, 0xFFFF)  # at which a drawing's renderer ends the process
HIDDEN = dict.fromkeys((*CONTROLS, *DIRECTIONS, *SURROGATES, *NONE_IN_XML)) | {
    0x09: "\t",
    0x0A: "\n",
}


def printable(text: str) -> str:
    r"""The text without what could command a terminal or turn the direction of a line.

    Examples
    --------
    >>> printable("no \x1b[31mred\x07 here")
    'no [31mred here'
    """
    return text.translate(HIDDEN)


# --------------------------------------------------------------------------------- small grammar


def counted(number: int, thing: str, things: str | None = None) -> str:
    """A number with its noun.

    Examples
    --------
    >>> counted(1, "claim"), counted(1200, "equilibrium", "equilibria")
    ('1 claim', '1,200 equilibria')
    """
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def share_words(share: float) -> str:
    """A part of a whole, never rounded to nothing.

    Examples
    --------
    >>> share_words(0.25), share_words(0.000001)
    ('25.00%', 'under 0.01%')
    """
    return "under 0.01%" if 0 < share < 0.0001 else f"{share:.2%}"


def percent(share: float) -> str:
    """A share in whole percent; none and all only where they are exact.

    Examples
    --------
    >>> percent(0.724), percent(0.999), percent(0.0)
    ('72%', 'over 99%', '0%')
    """
    if 0 < share < 0.01:
        return "under 1%"
    return "over 99%" if 0.99 < share < 1 else f"{share:.0%}"


def part_words(share: float) -> str:
    """Which part of the stated futures, in a word.

    Examples
    --------
    >>> part_words(1.0), part_words(0.72), part_words(0.12)
    ('all', 'most', 'few')
    """
    if share in (0, 1):
        return "all" if share else "none"
    bounds = ((0.2, "few"), (0.45, "some"), (0.55, "about half"), (0.95, "most"))
    return next((word for bound, word in bounds if share <= bound), "nearly all")


def of_ten(share: float) -> str:
    """A share as a count out of ten.

    Examples
    --------
    >>> of_ten(0.91), of_ten(0.97), of_ten(1.0)
    ('9 of 10', 'nearly all', 'all')
    """
    if share in (0, 1):
        return "all" if share else "none"
    if not 0.05 <= share <= 0.95:
        return "nearly all" if share > 0.5 else "hardly any"
    return f"{min(max(round(share * 10), 1), 9)} of 10"


def joined(items: Iterable[str], word: str = "and") -> str:
    """Items as a list in a sentence.

    Examples
    --------
    >>> joined(["a", "b", "c"])
    'a, b and c'
    """
    *first, last = list(items) or [""]
    return f"{', '.join(first)} {word} {last}" if first else last


def sentence(text: str) -> str:
    """The text as a sentence: a capital first, a full stop last."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!", "…")) else ".")


# ---------------------------------------------------------------------------------------- states


class Doing(NamedTuple):
    """What one actor does in a state."""

    actor: str
    name: str
    phrases: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.name}: {', '.join(self.phrases)}"


def actor_name(situation: Situation, actor: str) -> str:
    """What people call an actor."""
    return situation.actors[actor].name


def level_words(option: Option, level: int) -> str:
    """What an option at a level means.

    Where the case explains a level in words of its own, these stand alone.
    """
    label, words = option.label, option.level_labels[level]
    if option.levels == ("no", "yes") and words == option.levels[level]:
        return label if level else f"not {label}"
    explained = words != option.levels[level].replace("_", " ")
    return words if explained else f"{label} ({words})"


def levels_of(situation: Situation, code: str) -> Levels:
    """The levels a code spells."""
    levels = (int(character, 36) for character in code)
    return {option.id: level for option, level in zip(situation.options, levels, strict=True)}


def doings(
    situation: Situation, levels: Levels, options: Collection[str] | None = None
) -> tuple[Doing, ...]:
    """What each actor does at these levels.

    Parameters
    ----------
    situation
        Whose options.
    levels
        Option id -> index of its level.
    options
        The options to speak about; if left out, those that are above their first level or have
        left the status quo.
    """
    spoken = [
        option
        for option in situation.options
        if option.id in levels
        and (
            option.id in options
            if options is not None
            else levels[option.id] > 0 or levels[option.id] != situation.status_quo[option.id]
        )
    ]
    return tuple(
        Doing(
            actor,
            actor_name(situation, actor),
            tuple(level_words(each, levels[each.id]) for each in spoken if each.actor == actor),
        )
        for actor in dict.fromkeys(option.actor for option in spoken)
    )


def doings_words(
    situation: Situation, levels: Levels, options: Collection[str] | None = None
) -> str:
    """The same in one line."""
    spoken = doings(situation, levels, options)
    return "; ".join(map(str, spoken)) or "nobody does anything"


def state_words(situation: Situation, code: str) -> str:
    """A state in one line: its name, if the case gives it one, and who does what.

    Examples
    --------
    >>> from detente.case import load
    >>> crisis = load("fraser/cuban_missile_crisis")
    >>> state_words(crisis, "0110")
    'United States: blockade Cuba; Soviet Union: withdraw the missiles'
    >>> state_words(crisis, "0000")
    'nobody does anything'
    """
    name, said = state_name(situation, code), doings_words(situation, levels_of(situation, code))
    return f"{name} ({said})" if name else said


def state_name(situation: Situation, code: str) -> str | None:
    """What the case calls a state, in the nominal future.

    Examples
    --------
    >>> from detente.case import load
    >>> state_name(load("kim/first_strike"), "101")
    'War'
    """
    if not situation.states:
        return None
    values = {**nominal(situation).values, **levels_of(situation, code)}
    return next((each.name for each in situation.states if bool(each.when.on(values))), None)


def differences(situation: Situation, before: str, after: str) -> tuple[Doing, ...]:
    """What the actors do in the second state that they do not in the first."""
    earlier, later = levels_of(situation, before), levels_of(situation, after)
    changed = [option for option, level in later.items() if level != earlier[option]]
    return doings(situation, later, changed)


# ------------------------------------------------------------------------------------ statements


def statement_words(statement: Statement) -> str:
    """What a statement says, in the case's own words or as its expression."""
    return statement.says or statement.prefer.text


def holder(situation: Situation, statement: Statement) -> str:
    """Who holds a statement, or in whose eyes.

    Examples
    --------
    >>> from detente.case import load
    >>> case = load("kim/first_strike")
    >>> holder(case, case.perceptions["dprk"].preferences["rok"].statements[0])
    'South Korea, as North Korea sees it'
    """
    *seers, _ = statement.id.split(":")
    eyes = " thinks that ".join(actor_name(situation, seer) for seer in seers)
    name = actor_name(situation, statement.actor)
    return f"{name}, as {eyes} sees it" if seers else name


def quoted(statement: Statement) -> str:
    """A statement with its id."""
    return f"{statement.id} ({statement_words(statement)})"


def statements_by_id(situation: Situation) -> dict[str, Statement]:
    """Every preference statement of the case, by its id; those that others are seen to hold too."""
    from detente.case.perceived import statements_seen
    from detente.case.situation import Statements

    own = (
        statement
        for preference in situation.preferences.values()
        if isinstance(preference, Statements)
        for statement in preference.statements
    )
    return {statement.id: statement for statement in (*own, *statements_seen(situation))}


def verdict_counts(verdicts: Sequence[str]) -> str:
    """How many of each verdict, in the order of their meaning.

    Examples
    --------
    >>> verdict_counts(["assumed", "supported", "assumed"])
    '1 supported, 2 assumed'
    """
    counts = {verdict: verdicts.count(verdict) for verdict in MEANINGS}
    return ", ".join(f"{count} {verdict}" for verdict, count in counts.items() if count)
