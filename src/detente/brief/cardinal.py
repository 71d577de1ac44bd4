"""A case as a game with payoffs: its files, and where payoffs and orders part, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.brief.words import counted, joined
from detente.interop.gambit import to_efg, to_nfg

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.case.situation import Situation
    from detente.conflict.strategic import StrategicForm

__all__ = ["efg", "nfg", "parting_words", "payoff_words", "size_words"]


def nfg(situation: Situation, form: StrategicForm) -> str:
    """The case as a `.nfg` file."""
    return to_nfg(title(situation, form), note(form), form.players, form.strategies, form.payoffs)


def efg(situation: Situation, form: StrategicForm) -> str:
    """The case as an `.efg` file, in which nobody sees what others have chosen."""
    return to_efg(title(situation, form), note(form), form.players, form.strategies, form.payoffs)


def title(situation: Situation, form: StrategicForm) -> str:
    """What the file is called, and whether its payoffs are quantities."""
    kind = ""
    if None in form.units:
        kind = ", some payoffs ordinal" if any(form.units) else ", payoffs ordinal"
    return f"{situation.title} ({situation.id}{kind})"


def note(form: StrategicForm) -> str:
    """What the file says of itself."""
    said = f"Written by Detente. {payoff_words(form)}"
    if form.one_way:
        said += f" One-way, which the game does not know: {joined(form.one_way)}."
    return said


def size_words(form: StrategicForm) -> str:
    """How large the game is."""
    shape = " × ".join(str(len(each)) for each in form.strategies)
    profiles = counted(form.states.size, "profile")
    return f"{counted(len(form.players), 'player')}, {shape} = {profiles}."


def payoff_words(form: StrategicForm) -> str:
    """What the payoffs are."""
    said = [
        f"{player}: {unit}" if unit else f"{player}: places in its ranking, 0 the worst"
        for player, unit in zip(form.players, form.units, strict=True)
    ]
    if not any(form.units):
        return "Payoffs are places in each player's ranking, 0 the worst: no quantities."
    return f"Payoffs are: {'; '.join(said)}."


def parting_words(form: StrategicForm, pure: Sequence[str], nash: Sequence[str]) -> Iterator[str]:
    """Where the answers of a game with payoffs part from those of the graph model."""
    if set(pure) == set(nash):
        yield "The pure equilibria are the Nash equilibria of the graph model."
    else:
        only = sorted(set(nash) - set(pure))
        yield (
            f"The graph model has {counted(len(nash), 'Nash equilibrium', 'Nash equilibria')}: "
            f"{joined(form.one_way)} cannot be taken back, so that some states cannot be left "
            f"which the game would let its players leave, such as {only[0]}."
        )
    if None in form.units:
        yield (
            "What is mixed, and every logit equilibrium, depends on payoffs as numbers. Places in "
            "a ranking are none: other numbers in the same order are as good and mix otherwise."
        )
    yield (
        "A game knows no sanctions: GMR, SMR and SEQ equilibria that are not Nash have no "
        "counterpart in it."
    )
