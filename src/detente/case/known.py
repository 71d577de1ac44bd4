"""The names a case defines, read off the file as it stands."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from detente.case.resolve import Names
from detente.case.routes import matching

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from detente.case.document import Route, Value

__all__ = ["Known"]

SECTIONS = {
    "actor": "actors.*",
    "arrangement": "arrangements.*",
    "claim": "claims.*",
    "commitment": "commitments.*",
    "source": "sources.*",
    "strategy": "strategies.*",
}
"""What is named by a key -> where the keys stand."""

BINARY = ("no", "yes")


class Known:
    """What a case defines; an item that cannot be read still has its name."""

    def __init__(self, value: Value) -> None:
        self.value = value

    def of(self, kind: str) -> Collection[str]:
        """The names of everything of a kind."""
        return self._by_kind[kind]

    @cached_property
    def _by_kind(self) -> Mapping[str, Collection[str]]:
        kinds: dict[str, Collection[str]] = {
            kind: self._keys(pattern) for kind, pattern in SECTIONS.items()
        }
        layers = [*self._texts("arrangements.*.layer"), *self._texts("arrangements.*.layer.#")]
        deciders = [str(route[1]) for route, _ in matching(self.value, "options.*.*")]
        return kinds | {
            "option": self.levels,
            "decision maker": dict.fromkeys(deciders),
            "goal": self._texts("goals.#.id"),
            "layer": dict.fromkeys(["all", *layers]),
        }

    def _keys(self, pattern: str) -> dict[str, None]:
        return dict.fromkeys(str(route[-1]) for route, _ in matching(self.value, pattern))

    def _texts(self, pattern: str) -> list[str]:
        return [text for _, text in matching(self.value, pattern) if isinstance(text, str)]

    # ------------------------------------------------------------------- what expressions may name

    @cached_property
    def names(self) -> Names:
        """The names an expression may use; those that cannot be read are excused."""
        formulas = matching(self.value, "indicators.*.formula")
        return Names(
            {option: levels for option, levels in self.levels.items() if levels},
            dict(self.uncertainties()),
            {str(route[1]): formula for route, formula in formulas if isinstance(formula, str)},
            excused={*self.levels, *self._keys("indicators.*"), *self._keys("uncertainties.*")},
        )

    @cached_property
    def levels(self) -> dict[str, Sequence[str]]:
        """Each option with its levels; none where they cannot be read."""
        return {
            f"{route[1]}.{route[2]}": levels_of(entry)
            for route, entry in matching(self.value, "options.*.*")
        }

    def uncertainties(self) -> Iterator[tuple[str, Sequence[str] | None]]:
        """Each uncertainty with its values: `()` an event, None a number."""
        for route, entry in matching(self.value, "uncertainties.*"):
            written = entry if isinstance(entry, dict) else {}
            kind, weights = written.get("kind"), written.get("weights")
            if kind == "event":
                yield str(route[1]), ()
            elif isinstance(kind, str):
                yield str(route[1]), tuple(weights) if isinstance(weights, dict) else None

    # ---------------------------------------------------------------------------- what may clash

    def bare_names(self) -> Iterator[tuple[Route, str]]:
        """The names that stand in expressions without a dot."""
        for section in ("uncertainties", "indicators"):
            for route, _ in matching(self.value, f"{section}.*"):
                yield route, str(route[-1])

    def level_words(self) -> Iterator[tuple[Route, str]]:
        """The words with which options and choices are compared."""
        for pattern in ("options.*.*.levels.*", "uncertainties.*.weights.*"):
            for route, _ in matching(self.value, pattern):
                yield route, str(route[-1])
        for route, level in matching(self.value, "options.*.*.levels.#"):
            yield route, str(level)


def levels_of(entry: Value) -> Sequence[str]:
    levels = entry.get("levels") if isinstance(entry, dict) else None
    if levels is None:
        return BINARY
    is_readable = isinstance(levels, list | dict) and all(isinstance(w, str) for w in levels)
    return tuple(map(str, levels)) if is_readable else ()
