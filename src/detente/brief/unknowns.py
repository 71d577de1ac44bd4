"""What is not known, in words: factors, what they can be, and boxes of futures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.brief.words import (
    actor_name,
    holder,
    joined,
    of_ten,
    statement_words,
    statements_by_id,
)
from detente.futures.discovering.boxes import Interval, Levels
from detente.futures.drawing.factors import factors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detente.case.situation import Situation, Statement
    from detente.futures.discovering.boxes import About, Box, Limit
    from detente.futures.drawing.factors import Factor

__all__ = ["Unknowns"]

FIRST = ": first"  # how the column is called that reads who stands first in an order
ABOVE = ">"


class Unknowns:
    """The words for everything that is drawn in a situation."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.factors: Mapping[str, Factor] = {each.name: each for each in factors(situation)}
        self._lists = {
            view: statements_by_id(situation.seen_by(view)) for view in ("", *situation.views)
        }

    # ------------------------------------------------------------------------------- one factor

    def says(self, name: str) -> str:
        """What a factor is."""
        factor = self.factors.get(name)
        if factor is None:
            return name
        if factor.kind in ("held", "order"):
            whose = f"{self._holder(factor)}{self._by(factor)}"
            what = (
                f"“{statement_words(self._statement(factor, factor.name_in_list))}”"
                if factor.kind == "held"
                else f"what weighs most ({factor.name_in_list})"
            )
            return f"{whose}: {what}"
        return factor.says or name.replace("_", " ")

    def level(self, name: str, level: str) -> str:
        """A level of a factor, short: `yes`, `held`, the statement that stands first."""
        factor = self.factors.get(name)
        if factor is None or factor.kind != "order":
            return level.replace("_", " ")
        return self._ranked(factor, level.removesuffix(" first"))

    def clause(self, name: str, level: str | float) -> str:
        """A factor at a level or value, as a clause: `“the election” happens`, `its cost is 2`."""
        factor = self.factors[name]
        if not isinstance(level, str):
            return f"{self.says(name)} is {level:.3g}{(factor.unit and ' ' + factor.unit) or ''}"
        if factor.kind == "number":
            return f"{self.says(name)} is in its {level}"
        about: About = "value"
        if factor.kind == "order":
            about = "first" if level.endswith(" first") else "order"
        return self.limit(Levels(name, (level.removesuffix(" first"),), (), about))

    def comes_to(self, name: str, value: str | float) -> str:
        """What a factor comes to in one future, as a clause; a level, or a number."""
        if isinstance(value, str):
            return self.clause(name, value)
        unit = self.factors[name].unit
        return f"{self.says(name)} is {value:.4g}{f' {unit}' if unit else ''}"

    def statements(self, ids: Sequence[str], between: str = " and ", view: str = "") -> str:
        """Statements of one list, in their own words."""
        known = self._lists[view]
        whose = holder(self.situation, known[ids[0]])
        return f"{whose}: {between.join(f'“{statement_words(known[id])}”' for id in ids)}"

    # ------------------------------------------------------------------------------------ boxes

    def box(self, box: Box, fails: str) -> str:
        """A box as a sentence.

        Parameters
        ----------
        box
            Its limits, density and coverage.
        fails
            What happens in it: `the claim fails`.
        """
        where = joined(self.limit(each) for each in box.limits.values())
        often = "every future" if box.density == 1 else f"{of_ten(box.density)} futures"
        if box.coverage == 1:
            return f"Where {where}, {fails} in {often}; elsewhere in none."
        covered = of_ten(box.coverage)
        return (
            f"Where {where}, {fails} in {often}; this covers {covered} of the futures in which it "
            "does."
        )

    def limit(self, limit: Limit) -> str:
        """What a limit says of its factor, as a clause."""
        if isinstance(limit, Interval):
            return self._between(limit)
        return self._among(limit)

    def _between(self, limit: Interval) -> str:
        factor = self.factors[limit.factor]
        unit = f" {factor.unit}" if factor.unit else ""
        says = self.says(limit.factor)
        if limit.low is None:
            return f"{says} is at most {limit.high:.3g}{unit}"
        if limit.high is None:
            return f"{says} is at least {limit.low:.3g}{unit}"
        return f"{says} is between {limit.low:.3g} and {limit.high:.3g}{unit}"

    def _among(self, limit: Levels) -> str:
        factor = self.factors[limit.factor]
        if factor.kind == "order":
            return self._ordered(factor, limit)
        if factor.kind == "choice":
            kept = joined((each.replace("_", " ") for each in limit.kept), "or")
            return f"{self.says(limit.factor)} is {kept}"
        is_so = limit.kept[-1] in ("yes", "held")
        if factor.kind == "held":
            holds = "holds" if is_so else "does not hold"
            statement = self._statement(factor, factor.name_in_list)
            whose = f"{self._holder(factor)}{self._by(factor)}"
            return f"{whose} {holds} “{statement_words(statement)}”"
        happens = {"event": ("happens", "does not happen"), "executed": ("is done", "is not done")}
        return f"“{self.says(limit.factor)}” {happens[factor.kind][not is_so]}"

    def _ordered(self, factor: Factor, limit: Levels) -> str:
        whose = f"{self._holder(factor)}{self._by(factor)}"
        if limit.about == "first":
            return (
                f"{whose} ranks {joined((self._name(factor, x) for x in limit.kept), 'or')} first"
            )
        ranked = joined((self._ranked(factor, each) for each in limit.kept), "or")
        return f"{whose} ranks {ranked}"

    def _ranked(self, factor: Factor, order: str) -> str:
        """`a>b` as the statements it names."""
        return " above ".join(self._name(factor, letter) for letter in order.split(ABOVE))

    def _name(self, factor: Factor, letter: str) -> str:
        """A statement of a group, by its letter or its whole id."""
        whole = f"{factor.name_in_list}{letter}"
        known = self._lists[factor.view]
        return f"“{statement_words(known[whole])}”" if whole in known else letter

    def _holder(self, factor: Factor) -> str:
        """The actor whose list it stands in."""
        return actor_name(self.situation, factor.name_in_list.partition(".")[0])

    def _by(self, factor: Factor) -> str:
        return f" (as {factor.view} sees it)" if factor.view else ""

    def _statement(self, factor: Factor, id: str) -> Statement:
        return self._lists[factor.view][id]
