"""What a file of Gambit's holds: a game, checked and frozen, its numbers exact."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from detente.case.states import DIGITS
from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["Game", "Option", "Words", "checked_profiles", "outcome", "read_gambit"]

LARGEST = 20_000_000  # bytes of a file
MOST_PROFILES = 50_000  # that a ranking in a case can hold
MOST_LEVELS = len(DIGITS)

TOKEN = re.compile(r'"((?:\\.|[^"\\])*)"|([{}])|,|([^\s{}",]+)')


@dataclass(frozen=True)
class Option:
    """What a player decides: its strategy, or what it does at an information set."""

    player: int
    name: str
    levels: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Game:
    """A game as it stands in a file."""

    title: str
    players: tuple[str, ...]
    options: tuple[Option, ...]
    payoffs: NDArray[Any]
    """`(players, levels of the first option, …)`, exact fractions."""


def read_gambit(path: Path) -> Game:
    """The game in a `.nfg` or `.efg` file.

    Raises
    ------
    InputError
        If the file cannot be read, is no such file, or is too large for a case.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"{path}: larger than {LARGEST:,} bytes")
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: not UTF-8 text") from None
    words = Words(path, text)
    kind = words.take()
    if kind not in ("NFG", "EFG"):
        raise InputError(f"{path}: no file of Gambit: it begins with neither NFG nor EFG")
    version, numbers = words.take(), words.take()
    if (kind, version) not in (("NFG", "1"), ("EFG", "2")) or numbers not in ("R", "D"):
        raise words.fault(f"{kind} {version} {numbers} is not a version that is read")
    if kind == "NFG":
        return strategic(words)
    from detente.interop.gambit_tree import extensive

    return extensive(words)


class Words:
    """The words of a file, one after the other."""

    def __init__(self, path: Path, text: str) -> None:
        self._path, self._text = path, text
        self._found = [each for each in TOKEN.finditer(text) if each.group() != ","]
        self._next = 0

    @property
    def ahead(self) -> str:
        """The next word, quotes and all; nothing at the end."""
        return self._found[self._next].group() if self._next < len(self._found) else ""

    def take(self) -> str:
        """The next word, without its quotes."""
        if not self.ahead:
            raise self.fault("the file ends too soon")
        quoted, *_ = self._found[self._next].groups()
        self._next += 1
        return self._found[self._next - 1].group() if quoted is None else quoted.replace('\\"', '"')

    def expect(self, wanted: str) -> None:
        """Take this word."""
        found = self.ahead
        self.take()
        if found != wanted:
            raise self.fault(f"expected `{wanted}`, found `{found[:40]}`")

    def group(self) -> list[str]:
        """What stands between braces."""
        self.expect("{")
        found = []
        while self.ahead != "}":
            found.append(self.take())
        self.expect("}")
        return found

    def text(self) -> str:
        """A quoted text, if one comes next."""
        return self.take() if self.ahead.startswith('"') else ""

    def number(self) -> Fraction:
        """A number."""
        return self.exact(self.take())

    def exact(self, word: str) -> Fraction:
        """A word as a number: `3`, `-0.5`, `1/3`, `1e3`."""
        try:
            if len(word) > 60 or re.search(r"[eE][+-]?\d{4}", word):
                raise ValueError
            return Fraction(word)
        except (ValueError, ZeroDivisionError):
            raise self.fault(f"`{word[:40]}` is no number") from None

    def whole(self) -> int:
        """A whole number."""
        value = self.number()
        if value.denominator != 1:
            raise self.fault(f"`{value}` is no whole number")
        return int(value)

    def fault(self, what: str) -> InputError:
        """What is wrong, with the line of the last word taken."""
        at = self._found[self._next - 1].start() if self._next else 0
        line = self._text.count("\n", 0, at) + 1
        return InputError(f"{self._path}:{line}: {what}")


def strategic(words: Words) -> Game:
    """What follows the head of a `.nfg` file, with outcomes or with payoffs one by one."""
    title, players = words.text(), words.group()
    words.expect("{")
    strategies: list[list[str]] = []
    while words.ahead != "}":
        if words.ahead == "{":
            strategies.append(words.group())
        else:
            strategies.append([str(n) for n in range(1, limited(words, words.whole()) + 1)])
    words.expect("}")
    words.text()
    shape = [len(each) for each in strategies]
    if len(shape) != len(players) or 0 in shape:
        raise words.fault(f"{len(players)} players, strategies of {len(shape)}")
    profiles = checked_profiles(words, shape)
    rows = outcomes(words, profiles, len(players))
    arranged = np.array(rows, dtype=object).reshape([*shape[::-1], len(players)])
    payoffs = arranged.transpose([len(players), *reversed(range(len(players)))])
    options = (Option(n, "strategy", tuple(each)) for n, each in enumerate(strategies))
    return Game(title, tuple(players), tuple(options), payoffs)


def limited(words: Words, count: int) -> int:
    """How many strategies there are; more than a case could have are refused."""
    if not 0 < count <= MOST_LEVELS:
        raise words.fault(f"{count:,} strategies; an option has 1 to {MOST_LEVELS} levels")
    return count


def checked_profiles(words: Words, shape: Sequence[int]) -> int:
    """How many profiles there are; more than a ranking in a case could hold are refused."""
    if shape and max(shape) > MOST_LEVELS:
        raise words.fault(f"{max(shape):,} choices; an option has at most {MOST_LEVELS} levels")
    profiles = int(np.prod(np.array(shape, dtype=object), initial=1))
    if profiles > MOST_PROFILES:
        raise words.fault(f"{profiles:,} profiles; a ranking holds at most {MOST_PROFILES:,}")
    return profiles


def outcomes(words: Words, profiles: int, players: int) -> list[list[Fraction]]:
    """What everybody is paid in each profile."""
    if words.ahead != "{":
        return [[words.number() for _ in range(players)] for _ in range(profiles)]
    words.expect("{")
    known = [[Fraction(0)] * players]  # number 0 stands for no outcome
    while words.ahead == "{":
        _, *paid = words.group()
        known.append([words.exact(each) for each in paid])
    words.expect("}")
    return [outcome(words, known, words.whole(), players) for _ in range(profiles)]


def outcome(
    words: Words, known: Sequence[list[Fraction]], number: int, players: int
) -> list[Fraction]:
    """What an outcome pays, by its number."""
    if not 0 <= number < len(known) or len(known[number]) != players:
        raise words.fault(f"outcome {number} does not pay {players} players")
    return known[number]
