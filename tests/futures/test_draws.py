"""Futures as columns: their values, their frequencies, and which of them are alike."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from detente.case import Situation, nominal, states
from detente.case.checks import SOUND
from detente.claims.evaluation import Evaluator
from detente.errors import InputError
from detente.futures.drawing.alike import Trait, formulas, groups
from detente.futures.drawing.design import BLOCK, Design, combinations
from detente.futures.drawing.draws import Draws, draws
from detente.futures.drawing.factors import Factor, Orders
from detente.futures.drawing.quantiles import levels_at
from tests.case.writing import exchanged, read
from tests.futures.uncertain import UNCERTAIN

FINITE = UNCERTAIN.replace(
    "{kind: uniform, range: [0, 2], unit: billion}", "{kind: choice, weights: {low: 3, high: 1}}"
)
FINITE = FINITE.replace(
    "{kind: triangular, range: [1, 9], mode: 2}", "{kind: event, probability: 0.3}"
)
FINITE = FINITE.replace("{kind: pert, range: [0, 1], mode: 0.5}", "{kind: event, probability: 1}")
FINITE = FINITE.replace("cost + lag/10 > 1.4", "cost == high or lag").replace(
    "col.arm*cost", "col.arm"
)


@pytest.fixture(scope="module")
def uncertain(tmp_path_factory: pytest.TempPathFactory) -> Situation:
    return read(tmp_path_factory.mktemp("uncertain"), UNCERTAIN)


@pytest.fixture(scope="module")
def finite(tmp_path_factory: pytest.TempPathFactory) -> Situation:
    return read(tmp_path_factory.mktemp("finite"), FINITE)


def column(folder: Path, uncertainty: str, futures: int = BLOCK) -> np.ndarray:
    case = exchanged(SOUND, f"uncertainties: {{u: {{{uncertainty}}}}}")
    return draws(read(folder, case), Design(), 0, futures).columns["u"]


# ------------------------------------------------------------------------------------------ values


def phi(x: np.ndarray) -> np.ndarray:
    return np.array([math.erf(each / math.sqrt(2)) / 2 for each in x])


CUMULATIVE = {
    "kind: uniform, range: [1, 4]": lambda x: (x - 1) / 3,
    "kind: triangular, range: [0, 10], mode: 2": lambda x: np.where(
        x < 2, x**2 / 20, 1 - (10 - x) ** 2 / 80
    ),
    # With the mode in the middle the beta distribution is that of (3, 3): a polynomial.
    "kind: pert, range: [0, 2], mode: 1": lambda x: (
        10 * (x / 2) ** 3 - 15 * (x / 2) ** 4 + 6 * (x / 2) ** 5
    ),
    # With the mode at an end it is that of (1, 5).
    "kind: pert, range: [0, 1], mode: 0": lambda x: 1 - (1 - x) ** 5,
    "kind: normal, range: [-1, 3], mean: 0, sd: 2": lambda x: (
        (phi(x / 2) - phi(np.array([-0.5]))) / (phi(np.array([1.5])) - phi(np.array([-0.5])))
    ),
    "kind: log_uniform, range: [0.1, 100]": lambda x: np.log(x / 0.1) / np.log(1000),
}


@pytest.mark.parametrize("uncertainty", CUMULATIVE)
def test_a_number_falls_into_every_quantile_once(tmp_path: Path, uncertainty: str) -> None:
    quantiles = CUMULATIVE[uncertainty](column(tmp_path, uncertainty))
    strata = sorted(np.floor(quantiles * BLOCK).astype(int).tolist())
    assert strata == list(range(BLOCK))


@pytest.mark.parametrize(
    "uncertainty",
    [
        "kind: uniform, range: [-1e308, 1.5e308]",
        "kind: triangular, range: [-1e308, 1e308], mode: 0",
        "kind: triangular, range: [0, 1], mode: 1",
        "kind: normal, range: [5, 6], mean: -100, sd: 1",
        "kind: log_uniform, range: [1e-300, 1e300]",
    ],
)
def test_extreme_numbers_stay_in_their_range(tmp_path: Path, uncertainty: str) -> None:
    values = column(tmp_path, uncertainty)
    low, high = map(float, uncertainty.partition("[")[2].partition("]")[0].split(","))
    assert np.isfinite(values).all()
    assert low <= values.min() < values.max() <= high


def test_frequencies_are_exact_in_a_latin_block(tmp_path: Path) -> None:
    assert column(tmp_path, "kind: event, probability: [0.2, 0.6]").sum() == 0.4 * BLOCK
    assert column(tmp_path, "kind: event, probability: 0").sum() == 0
    assert column(tmp_path, "kind: event, probability: 1").sum() == BLOCK
    choice = column(tmp_path, "kind: choice, weights: {z: 0, a: 1, y: 0, b: 4, x: 0}")
    assert Counter(choice.tolist()) == {1: 50, 3: 200}


def test_a_level_begins_at_its_lower_bound() -> None:
    places = np.array([0.0, 0.25, 0.5, np.nextafter(0.5, 0), np.nextafter(1.0, 0)])
    choice = Factor("c", "choice", ("z", "a", "y", "b", "x"), weights=(0, 0.5, 0, 0.5, 0))
    assert levels_at(choice, places).tolist() == [1, 1, 3, 1, 3]
    event = Factor("e", "event", ("no", "yes"), (0.5, 0.5), (0.5, 0.5))
    assert levels_at(event, places).tolist() == [False, False, True, False, True]
    order = Factor("o", "order", Orders(("a", "b")))
    assert levels_at(order, places).tolist() == [0, 0, 1, 0, 1]


def test_columns_are_of_the_kind_they_stand_for(uncertain: Situation) -> None:
    some = draws(uncertain, Design(), 0, 8)
    kinds = {factor.kind: some.columns[factor.name].dtype for factor in some.factors}
    assert kinds == {
        "event": np.bool_,
        "executed": np.bool_,
        "held": np.bool_,
        "number": np.float64,
        "choice": np.int64,
        "order": np.int64,
    }
    assert list(some.columns) == [factor.name for factor in some.factors]
    assert some.weights.tolist() == [1.0] * 8
    assert (len(some), some.start) == (8, 0)


def test_correlated_factors_have_the_rank_correlation_stated(tmp_path: Path) -> None:
    case = exchanged(
        SOUND,
        "uncertainties:\n"
        "  a: {kind: uniform, range: [0, 1]}\n"
        "  b: {kind: log_uniform, range: [1, 9]}\n"
        "  c: {kind: pert, range: [0, 1], mode: 0.1}\n"
        "  d: {kind: uniform, range: [0, 1]}\n"
        "  e: {kind: event, probability: 0.5}\n"
        "correlations:\n"
        "  - {between: [a, b], rank: 0.6}\n"
        "  - {between: [c, b], rank: -0.4}\n"
        "  - {between: [a, e], rank: 0.5}",
    )
    drawn = draws(read(tmp_path, case), Design("random", seed=4), 0, 40_000).columns
    ranks = spearmanr(np.column_stack([drawn[name] for name in "abcd"])).statistic
    expected = {(0, 1): 0.6, (1, 2): -0.4}
    for pair in [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]:
        assert ranks[pair] == pytest.approx(expected.get(pair, 0.0), abs=0.015)
    assert drawn["e"].mean() == pytest.approx(0.5, abs=0.01)
    # Two halves of normal variables that correlate by r fall together in 1/2 + asin(r)/π of draws.
    r = 2 * math.sin(math.pi * 0.5 / 6)
    together = (drawn["e"] == (drawn["a"] > 0.5)).mean()
    assert together == pytest.approx(0.5 + math.asin(r) / math.pi, abs=0.01)
    assert np.sort(np.floor(drawn["a"] * 4)).tolist().count(0.0) == pytest.approx(10_000, rel=0.05)


# ----------------------------------------------------------------------------------------- futures


def test_a_future_is_the_same_in_any_part_of_a_run(uncertain: Situation) -> None:
    design = Design(seed=3)
    run, part = draws(uncertain, design, 0, 700), draws(uncertain, design, 240, 260)
    for row in range(20):
        assert part.future(row) == run.future(240 + row)
        assert part.future(row, "hawk") == run.future(240 + row, "hawk")


def only(run: Draws, **wanted: object) -> int:
    """The first row in which everything comes to this."""
    names = {name.replace("_", "."): value for name, value in wanted.items()}
    found = np.logical_and.reduce([run.columns[name] == value for name, value in names.items()])
    return int(np.flatnonzero(found)[0])


def test_a_future_holds_what_is_drawn(uncertain: Situation) -> None:
    run = draws(uncertain, Design(), 0, 2000)
    # Order 3 of three is b, c, a; 2b counts as help does not come, and is not held.
    row = only(run, row_2=3, row_2b=False, row_4=True, help=False, mood=2)
    future = run.future(row)
    assert [each.id for each in future.statements["row"]] == [
        "row.1", "row.2c", "row.2a", "row.3", "row.4",
    ]  # fmt: skip
    assert [(each.statement.id, each.place) for each in future.doubted["row"]] == [("row.2b", 1)]
    assert future.values["help"] is False
    assert future.values["mood"] == 2
    assert type(future.values["mood"]) is int
    assert future.values["cost"] == run.columns["cost"][row]
    # In a future in which help comes, 2b does not count: neither held nor doubted.
    future = run.future(only(run, row_2=3, row_2b=False, row_4=False, help=True))
    assert [each.statement.id for each in future.doubted["row"]] == ["row.4"]
    assert "row.2b" not in {each.id for each in future.statements["row"]}


def test_an_expert_sees_the_same_world_with_another_list(uncertain: Situation) -> None:
    run = draws(uncertain, Design(), 0, 500)
    held = np.flatnonzero(run.columns["hawk:row.1"] & (run.columns["hawk:row.2"] == 1))[0]
    own, hawks = run.future(held), run.future(held, "hawk")
    assert hawks.values == own.values
    assert hawks.statements["col"] == own.statements["col"]
    assert [each.id for each in hawks.statements["row"]] == ["row.1", "row.2b", "row.2a"]
    assert str(hawks.statements["row"][0].prefer) == "row.arm"


def test_an_expert_who_is_not_there(uncertain: Situation) -> None:
    with pytest.raises(InputError, match="no expert `dove`: one of hawk"):
        draws(uncertain, Design(), 0, 1).future(0, "dove")


def test_the_nominal_future_is_the_one_in_which_everything_comes_to_its_middle(
    finite: Situation,
) -> None:
    run = draws(finite, Design("factorial"), 0, combinations(finite))
    middle = nominal(finite)
    order = {"row.2": 0, "col.2": 0, "hawk:row.2": 0}
    held = {"row.2b": True, "row.4": False, "col.2b": True, "hawk:row.1": True}
    wanted = {**middle.values, **order, **held}
    rows = np.logical_and.reduce([run.columns[name] == value for name, value in wanted.items()])
    assert rows.sum() == 1
    assert run.future(int(np.flatnonzero(rows)[0])) == middle


# --------------------------------------------------------------------------------------- factorial


def test_every_combination_comes_once_with_its_share(finite: Situation) -> None:
    count = combinations(finite)
    run = draws(finite, Design("factorial"), 0, count)
    # storm, cost, lag, mood, help; two orders and three statements; the hawk's own two
    assert count == 2 * 2 * 2 * 3 * 2 * (6 * 2 * 2 * 2 * 2) * (2 * 2)
    assert (
        len({tuple(column[row] for column in run.columns.values()) for row in range(count)})
        == count
    )
    assert run.weights.sum() == pytest.approx(1, abs=1e-12)
    share = {name: run.weights[values == 1].sum() for name, values in run.columns.items()}
    assert share["storm"] == pytest.approx(0.4)
    assert share["cost"] == pytest.approx(0.25)
    assert share["idle"] == pytest.approx(1)
    assert share["mood"] == pytest.approx(0.25)
    assert share["row.2"] == pytest.approx(1 / 6)
    assert share["row.2b"] == pytest.approx(0.6)
    last, before = (list(run.columns)[-1], list(run.columns)[-2])
    assert run.columns[last][:4].tolist() == [0, 1, 0, 1]
    assert run.columns[before][:4].tolist() == [0, 0, 1, 1]
    part = draws(finite, Design("factorial"), 1000, 1010)
    assert [part.future(row) for row in range(10)] == [run.future(1000 + row) for row in range(10)]


def test_no_more_futures_than_combinations(finite: Situation) -> None:
    count = combinations(finite)
    with pytest.raises(InputError, match=f"has {count:,} futures, not {count + 1:,}"):
        draws(finite, Design("factorial"), 0, count + 1)


def test_sampled_shares_come_close_to_exact_ones(finite: Situation) -> None:
    every = draws(finite, Design("factorial"), 0, combinations(finite))
    some = draws(finite, Design(seed=1), 0, 40 * BLOCK)
    for name in some.columns:
        for level in np.unique(every.columns[name]):
            exact = every.weights[every.columns[name] == level].sum()
            assert (some.columns[name] == level).mean() == pytest.approx(exact, abs=0.005)


# ------------------------------------------------------------------------------------------- alike


def alike_by_definition(run: Draws, view: str) -> list[object]:
    """What evaluations see of each future: its statements, and all expressions on all states."""
    situation = run.situation.seen_by(view)
    space = states.axes(situation.options)
    seen: list[object] = []
    for row in range(len(run)):
        future = run.future(row, view)
        tables = [
            np.asarray(each.on({**future.values, **space})).tobytes()
            for each in formulas(situation)
        ]
        lists = {
            actor: (
                tuple(each.id for each in held),
                tuple((d.statement.id, d.place) for d in doubts),
            )
            for (actor, held), doubts in zip(
                future.statements.items(), future.doubted.values(), strict=True
            )
        }
        seen.append((tables, lists))
    return seen


@pytest.mark.parametrize("view", ["", "hawk"])
@pytest.mark.parametrize("case", [UNCERTAIN, FINITE])
def test_futures_called_alike_are_the_same_to_every_evaluation(
    tmp_path: Path, case: str, view: str
) -> None:
    run = draws(read(tmp_path, case), Design(seed=2), 0, 1500)
    rows, inverse = run.distinct(view)
    seen = alike_by_definition(run, view)
    assert all(seen[row] == seen[rows[group]] for row, group in enumerate(inverse))
    assert [int(np.flatnonzero(inverse == group)[0]) for group in range(len(rows))] == rows.tolist()


def test_futures_called_alike_come_to_the_same(finite: Situation) -> None:
    """Literally: evaluate some of them that only `distinct` says need not be."""
    run = draws(finite, Design(seed=2), 0, 600)
    rows, inverse = run.distinct()
    again = [row for row in range(len(run)) if rows[inverse[row]] != row][::12]
    assert len(again) > 10
    evaluate = Evaluator(finite)
    for row in again:
        one, other = run.future(row), run.future(int(rows[inverse[row]]))
        assert evaluate(one, vary=True) == evaluate(other, vary=True)


NUMBER = "uncertainties: {u: {kind: uniform, range: [0, 1]}}\n"
EVENT = "uncertainties: {u: {kind: event, probability: 0.5}}\n"
STEPS = "{commit: {row.arm: yes}, then: [{if: u > 0.5 and col.arm, commit: {row.arm: no}}]}"
TEST = "{commit: {row.arm: yes}, expect: u > 0.5}"
GOAL = "goals: [{id: g, test: row.arm or x}]"
ORDERS = "{any_order: [{prefer: row.arm}, {prefer: col.arm%s}, {prefer: not col.arm}]}"


@pytest.mark.parametrize(
    ("sections", "groups"),
    [
        # What no expression reads makes no difference.
        (f"{NUMBER}indicators: {{idle: {{formula: u}}}}", 1),
        # A number that is read through a threshold makes two; by itself, as many as are drawn.
        (
            f"{NUMBER}indicators: {{x: {{formula: u > 0.3}}}}\n{GOAL}",
            2,
        ),
        (f"{NUMBER}goals: [{{id: g, test: row.arm * u > 0.3}}]", 500),
        (f"{NUMBER}strategies: {{s: {STEPS}}}", 2),
        (f"{NUMBER}infeasible: [{{when: u > 0.5 and row.arm and col.arm}}]", 2),
        (
            f"{NUMBER}claims: {{c: {{says: A, test: {TEST}}}}}",
            2,
        ),
        (f"{NUMBER}preferences: {{row: {{utility: u*row.arm}}, col: [{{prefer: col.arm}}]}}", 500),
        # Orders of three statements, all of which count; then one that counts by chance.
        (f"preferences: {{row: [{ORDERS % ''}], col: []}}", 6),
        (f"{EVENT}preferences: {{row: [{ORDERS % ', when: u'}], col: []}}", 6 + 2),
        # Held or not makes a difference only where it counts.
        (f"{EVENT}preferences: {{row: [{{prefer: row.arm, when: u, credence: 0.5}}], col: []}}", 3),
    ],
)
def test_as_many_groups_as_there_are_differences(
    tmp_path: Path, sections: str, groups: int
) -> None:
    case = exchanged(SOUND, sections)
    rows, inverse = draws(read(tmp_path, case), Design(), 0, 500).distinct()
    assert len(rows) == groups
    assert inverse.shape == (500,)


def test_more_traits_than_one_word_holds(tmp_path: Path) -> None:
    events = ", ".join(f"e{k}: {{kind: event, probability: 0.5}}" for k in range(70))
    goals = ", ".join(f"{{id: g{k}, test: row.arm or e{k}}}" for k in range(70))
    case = exchanged(SOUND, f"uncertainties: {{{events}}}\ngoals: [{goals}]")
    run = draws(read(tmp_path, case), Design(), 0, 64)
    assert len(run.distinct()[0]) == 64
    # Only the last one still varies, and it stands beyond the first word.
    same = exchanged(case, f"uncertainties: {{{events.replace('0.5', '1', 69)}}}")
    assert len(draws(read(tmp_path, same), Design(), 0, 64).distinct()[0]) == 2


@given(
    n=st.integers(1, 60),
    sizes=st.lists(st.sampled_from([1, 2, 3, 2**20, 2**40, 2**61]), max_size=8),
    seed=st.integers(0, 2**32 - 1),
)
@settings(deadline=None)
def test_groups_agree_in_every_trait_and_only_those(n: int, sizes: list[int], seed: int) -> None:
    rng = np.random.default_rng(seed)
    seen = [Trait(rng.choice([0, size // 2, size - 1], n), size) for size in sizes]
    rows, group = groups(seen, n)
    spelt = [tuple(int(trait.values[row]) for trait in seen) for row in range(n)]
    first = {each: spelt.index(each) for each in spelt}
    assert rows.tolist() == sorted(first.values())
    assert [int(rows[each]) for each in group] == [first[each] for each in spelt]


def test_nothing_to_draw_is_one_future(tmp_path: Path) -> None:
    run = draws(read(tmp_path, SOUND), Design(), 0, 10)
    assert run.columns == {}
    assert run.distinct()[0].tolist() == [0]
    assert run.future(9) == nominal(run.situation)
