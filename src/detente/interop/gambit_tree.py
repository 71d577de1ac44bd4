"""A game in extensive form: a tree, node by node, as options of its players."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from detente.interop.gambit_file import Game, Option, Words, checked_profiles, outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["extensive"]

MOST_WORK = 20_000_000  # nodes times profiles times players


@dataclass
class Node:
    """A node of a tree; what is owed to whoever is paid on the way to it included."""

    option: int | None
    """The place of what is decided here; None of chance and at an end."""
    chances: tuple[Fraction, ...]
    paid: list[Fraction]
    size: int
    """How many branches."""


class Trees:
    """A tree as it is read, node by node."""

    def __init__(self, words: Words, players: Sequence[str]) -> None:
        self.words, self.players = words, players
        self.options: dict[tuple[int, int], Option] = {}
        self.chances: dict[int, tuple[Fraction, ...]] = {}
        self.outcomes: dict[int, list[Fraction]] = {0: [Fraction(0)] * len(players)}

    def nodes(self) -> list[Node]:
        """All nodes, each before those below it, branch by branch."""
        found, open_branches = [], 1
        while open_branches:
            found.append(self.node())
            open_branches += found[-1].size - 1
        if self.words.ahead:
            raise self.words.fault("more nodes than the tree has branches")
        return found

    def node(self) -> Node:
        """The next one."""
        kind = self.words.take()
        self.words.text()
        if kind == "t":
            return Node(None, (), self.paid(), 0)
        if kind == "c":
            chances = self.chance(self.words.whole())
            return Node(None, chances, self.paid(), len(chances))
        if kind != "p":
            raise self.words.fault(f"`{kind[:20]}` is no node: one of c, p, t")
        player, number = self.words.whole(), self.words.whole()
        if not 1 <= player <= len(self.players):
            raise self.words.fault(f"there is no player {player}")
        option = self.information_set(player - 1, number)
        place = list(self.options).index((player - 1, number))
        return Node(place, (), self.paid(), len(option.levels))

    def information_set(self, player: int, number: int) -> Option:
        """What is decided; its actions need be written once only."""
        name = self.words.text()
        actions = self.words.group() if self.words.ahead == "{" else []
        known = self.options.get((player, number))
        if known is None:
            if not actions:
                raise self.words.fault("an information set without actions")
            known = Option(player, name or f"set_{number}", tuple(actions))
            self.options[player, number] = known
        return known

    def chance(self, number: int) -> tuple[Fraction, ...]:
        """The probabilities of a move of chance."""
        self.words.text()
        if self.words.ahead == "{":
            each = [self.words.exact(word) for word in self.words.group()[1::2]]
            self.chances[number] = tuple(each)
        if sum(self.chances.get(number, ())) != 1:
            raise self.words.fault("probabilities of chance do not sum to one")
        return self.chances[number]

    def paid(self) -> list[Fraction]:
        """What is paid at a node."""
        number = self.words.whole()
        self.words.text()
        if self.words.ahead == "{":
            self.outcomes[number] = [self.words.exact(word) for word in self.words.group()]
        return outcome(self.words, [self.outcomes.get(number, [])], 0, len(self.players))


def extensive(words: Words) -> Game:
    """What follows the head of an `.efg` file, as options of its players."""
    title, players = words.text(), words.group()
    words.text()
    tree = Trees(words, players)
    nodes = tree.nodes()
    shape = [len(option.levels) for option in tree.options.values()]
    if checked_profiles(words, shape) * len(nodes) * len(players) > MOST_WORK:
        raise words.fault(f"too large: {len(nodes):,} nodes under {np.prod(shape):,} profiles")
    payoffs = expected(nodes, shape, len(players))
    return Game(title, tuple(players), tuple(tree.options.values()), payoffs)


def expected(nodes: Sequence[Node], shape: Sequence[int], players: int) -> NDArray[Any]:
    """What everybody is paid in each profile, averaged over chance; from the ends to the root."""
    waiting: list[NDArray[Any]] = []
    for node in reversed(nodes):
        below = [waiting.pop() for _ in range(node.size)]
        paid = np.array(node.paid, dtype=object).reshape([players] + [1] * len(shape))
        total = np.broadcast_to(paid, [players, *shape]).copy()
        if node.option is None:
            for chance, each in zip(node.chances, below, strict=True):
                total = total + chance * each
        else:
            for level, each in enumerate(below):
                at = (slice(None),) * (1 + node.option) + (level,)
                total[at] = total[at] + each[at]
        waiting.append(total)
    return waiting[0]
