"""How long the evaluation of one future of the 2024 case takes, in one thread."""

from __future__ import annotations

from statistics import mean
from time import process_time
from typing import TYPE_CHECKING

from detente.case import load
from detente.claims.evaluation import Evaluator
from detente.futures.drawing.design import Design
from detente.futures.drawing.draws import draws

if TYPE_CHECKING:
    from detente.case.situation import Concept

FUTURES = 12
ASKED: tuple[tuple[str, tuple[Concept, ...], bool], ...] = (
    ("Nash", ("nash",), False),
    ("Nash and SEQ", ("nash", "seq"), False),
    ("Nash, each statement varied", ("nash",), True),
)


def show() -> None:
    """The mean and the longest CPU time of a future, by what is asked of it."""
    situation = load("kim/indo_pacific_2024")
    drawn = draws(situation, Design("lhs", 0), 0, FUTURES)
    print("\none future of kim/indo_pacific_2024, all strategies and claims, CPU seconds\n")
    print(f"{'':<28}  {'mean':>6}  {'most':>6}")
    for asked, concepts, vary in ASKED:
        evaluate = Evaluator(situation, concepts)
        evaluate(drawn.future(0), vary=vary)  # compiles, and finds what futures have in common
        seconds = []
        for row in range(FUTURES):
            begun = process_time()
            evaluate(drawn.future(row), vary=vary)
            seconds.append(process_time() - begun)
        print(f"{asked:<28}  {mean(seconds):>6.3f}  {max(seconds):>6.3f}")
