"""Games in Gambit's files: `.nfg`, the strategic form, and `.efg`, the extensive form.

What is written here Gambit (version 17) reads and writes back byte for byte. What is read becomes
the values of a `situation.yaml`: in strategic form one option for each player, its strategies the
levels; in extensive form one option for each information set, its actions the levels, and payoffs
averaged over moves of chance. Payoffs become rankings, for nothing but their order decides
stability.

References
----------
[McKelveyMcLennanTurocy2014]
"""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from detente.case.expression import RESERVED
from detente.case.states import DIGITS
from detente.interop.gambit_file import read_gambit
from detente.interop.gmcr import dumped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from detente.interop.gambit_file import Game

__all__ = ["gambit_to_yaml", "to_efg", "to_nfg"]


def to_nfg(
    title: str,
    comment: str,
    players: Sequence[str],
    strategies: Sequence[Sequence[str]],
    payoffs: NDArray[np.float64],
) -> str:
    """A `.nfg` file.

    Parameters
    ----------
    title, comment
        What Gambit shows.
    players
        Names.
    strategies
        For each player the names of its strategies.
    payoffs
        `(players, strategies of the first, …, of the last)`.
    """
    rows = outcome_rows(np.moveaxis(payoffs, 0, -1).transpose(first_fastest(len(players))))
    lines = [
        f"NFG 1 R {quoted(title)} {listed(players)}",
        "",
        "{ " + "\n".join(map(listed, strategies)),
        "}",
        quoted(comment),
        "",
        "{",
        *(f"{{ {quoted(str(n))} {row} }}" for n, row in enumerate(rows, 1)),
        "}",
        " ".join(map(str, range(1, len(rows) + 1))) + " ",
    ]
    return "\n".join(lines) + "\n"


def to_efg(
    title: str,
    comment: str,
    players: Sequence[str],
    strategies: Sequence[Sequence[str]],
    payoffs: NDArray[np.float64],
) -> str:
    """An `.efg` file: the players choose one after the other, and nobody sees what others chose."""
    rows = iter(outcome_rows(np.moveaxis(payoffs, 0, -1)))
    lines = [f"EFG 2 R {quoted(title)} {listed(players)}", quoted(comment), ""]
    number = 0

    def below(player: int) -> Iterator[str]:
        nonlocal number
        if player == len(players):
            number += 1
            yield f't "" {number} {quoted(str(number))} {{ {next(rows)} }}'
            return
        yield f'p "" {player + 1} 1 "strategy" {listed(strategies[player])} 0'
        for _ in strategies[player]:
            yield from below(player + 1)

    return "\n".join([*lines, *below(0)]) + "\n"


def first_fastest(players: int) -> list[int]:
    """The axes turned round, so that the first player's strategy changes fastest."""
    return [*reversed(range(players)), players]


def outcome_rows(payoffs: NDArray[np.float64]) -> list[str]:
    """What everybody is paid, profile by profile."""
    return [", ".join(map(number_text, row)) for row in payoffs.reshape(-1, payoffs.shape[-1])]


def number_text(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.12g}"


def quoted(text: str) -> str:
    """Text as Gambit quotes it, without what it would have to escape."""
    plain = " ".join(text.split()).replace("\\", "/").replace('"', "'")
    return f'"{plain}"'


def listed(names: Sequence[str]) -> str:
    return "{ " + " ".join(map(quoted, names)) + " }"


# ------------------------------------------------------------------------------------------- case


def gambit_to_yaml(path: Path) -> str:
    """The `situation.yaml` that a file of Gambit's comes to.

    Raises
    ------
    InputError
        As for `read_gambit`.
    """
    game = read_gambit(path)
    actors = names(game.players, "player")
    head: dict[str, Any] = {"detente": 1, "id": names([path.stem], "game")[0]}
    parts: list[dict[str, Any]] = [
        head | {"title": game.title or path.stem},
        {"actors": {id: {"name": each} for id, each in zip(actors, game.players, strict=True)}},
        {"options": option_entries(game, actors)},
        {"preferences": {id: ranking(game, n) for n, id in enumerate(actors)}},
    ]
    return "\n".join([COMMENTS, *map(dumped, parts)])


COMMENTS = """\
# Imported from a file of Gambit's, which holds neither sources nor a status quo: give each item
# `evidence`, and say in `status_quo` where things stand. Payoffs became rankings: only their order
# decides stability.
"""


def option_entries(game: Game, actors: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The options of each player, in the order of the game."""
    found: dict[str, dict[str, Any]] = {actor: {} for actor in actors}
    for player, actor in enumerate(actors):
        own = [option for option in game.options if option.player == player]
        for id, option in zip(names([each.name for each in own], "set"), own, strict=True):
            levels = zip(names(option.levels, "choice"), option.levels, strict=True)
            found[actor][id] = {"label": option.name, "levels": dict(levels)}
    return {actor: own for actor, own in found.items() if own}


def ranking(game: Game, player: int) -> dict[str, Any]:
    """A player's ranking of all profiles, best first, equal payoffs tied."""
    order = sorted(range(len(game.options)), key=lambda place: game.options[place].player)
    paid = game.payoffs[player].transpose(order)
    classes: dict[Any, list[str]] = {}
    for at in product(*map(range, paid.shape)):
        classes.setdefault(paid[at], []).append("".join(DIGITS[level] for level in at))
    best_first = [classes[value] for value in sorted(classes, reverse=True)]
    listed = [each if len(each) > 1 else each[0] for each in best_first]
    return {"ranking": listed, "assumption": "the payoffs of the imported game"}


def names(texts: Sequence[str], other: str) -> list[str]:
    """An identifier for each text, all different."""
    found: list[str] = []
    for text in texts:
        plain = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
        base = plain if plain[:1].isalpha() else f"{other}_{plain}".strip("_")
        id, n = base, 2
        while id in found or id in RESERVED:
            id, n = f"{base}_{n}", n + 1
        found.append(id)
    return found
