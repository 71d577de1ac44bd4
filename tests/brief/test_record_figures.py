"""Figures of the record: what is drawn is what the numbers say, legible without colour."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING, Any

import pytest

from detente.brief.document import Mark
from detente.brief.figures.execution import Executed, execution_by_party
from detente.brief.figures.layered import BOX, ROW, layered
from detente.brief.figures.layers import cut
from detente.brief.figures.network import Party, Tie, network_map
from detente.brief.figures.slope import Placed, Stood, spots
from detente.brief.figures.theme import PAPER, VARIABLES, actor_look
from detente.brief.figures.timeline import STRENGTHS, Promise, timeline, year
from detente.brief.marks import colour
from detente.ledger.status import PROGRESS
from tests.brief.figured import DAYS, SOURCE, argued, mapped, promised, ranked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.brief.figures.figure import Figure


def marks(figure: Figure, kind: str) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """The layers of one kind of mark, each with its values."""
    waiting = list(figure.spec["layer"])
    for layer in waiting:
        waiting += layer.get("layer", [])
        if "mark" in layer and layer["mark"]["type"] == kind:
            yield layer["mark"], layer["data"]["values"]


# --------------------------------------------------------------------------------------- actors


def test_an_actor_has_in_a_drawing_the_colour_of_its_mark_in_the_text() -> None:
    style = files("detente.brief").joinpath("templates", "brief.css").read_text(encoding="utf-8")
    classes = dict(re.findall(r"\.c(\d) { color: var\(--(\w+)\); }", style))
    for place in range(8):
        mark = Mark("x", "X", place)
        drawn = VARIABLES[actor_look(mark)[0]]
        written = classes[str(colour(mark))]
        assert drawn == {"plain": "ink"}.get(written, written)


def test_sixty_four_actors_differ_in_colour_or_shape() -> None:
    looks = [actor_look(Mark("x", "X", place)) for place in range(64)]
    assert len(set(looks)) == 64
    assert len({shape for _, shape in looks[:8]}) == 8


# ------------------------------------------------------------------------------------- timeline


def grey(colour: str, strength: float) -> float:
    """How light a colour of some strength is on paper, from 0 to 255."""
    weights = (0.299, 0.587, 0.114)
    over, under = ([int(each[at : at + 2], 16) for at in (1, 3, 5)] for each in (colour, PAPER))
    mixed = [strength * a + (1 - strength) * b for a, b in zip(over, under, strict=True)]
    return sum(weight * each for weight, each in zip(weights, mixed, strict=True))


def test_the_further_a_promise_the_darker_also_in_grey() -> None:
    assert [each.replace(" ", "_") for each in STRENGTHS] == list(PROGRESS)
    lightness = [grey(*look) for look in STRENGTHS.values()]
    assert all(before - after > 20 for before, after in pairwise(lightness))


def test_years_are_told_to_the_day() -> None:
    assert year(date(2024, 1, 1)) == 2024
    assert year(date(2023, 7, 2)) == pytest.approx(2023 + 182 / 365, abs=1e-4)
    assert year(date(2024, 12, 31)) == pytest.approx(2024 + 365 / 366, abs=1e-4)


def test_bars_last_as_long_as_the_status() -> None:
    ((_, bars),) = marks(promised(), "rect")
    assert [(each["x"], each["x2"], each["status"]) for each in bars] == [
        (2023, 2024, "announced"),
        (2024, year(DAYS[1]), "in execution"),
    ]


def test_due_dates_are_diamonds_filled_where_overdue_and_years_beyond_the_edge() -> None:
    figure = promised()
    diamonds = [(mark, at) for mark, at in marks(figure, "point") if mark.get("shape") == "diamond"]
    assert [(mark["color"] == PAPER, at[0]["x"]) for mark, at in diamonds] == [
        (True, year(date(2025, 7, 1))),
        (False, year(date(2024, 2, 1))),
    ]
    texts = [value["text"] for _, values in marks(figure, "text") for value in values]
    assert "due 2040" in texts


def test_a_timeline_of_nothing_yet_can_be_drawn() -> None:
    promise = Promise("a fund", "money", None, None, None, False, ())
    assert timeline([promise], DAYS[1], SOURCE).svg()


# ------------------------------------------------------------------------------------ execution


def test_the_parts_of_a_bar_are_those_of_all_commitments() -> None:
    figure = execution_by_party([Executed("Japan", 8, 3, 1)], SOURCE)
    ((_, bars),) = marks(figure, "rect")
    assert [(each["part"], each["x"], each["x2"]) for each in bars] == [
        ("delivered", 0, 0.125),
        ("in execution", 0.125, 0.375),
        ("neither", 0.375, 1),
    ]
    assert figure.table.rows == ((("Japan",), ("8",), ("3",), ("1",), ("38%",)),)


# --------------------------------------------------------------------------------- network map


def lines(figure: Figure) -> list[dict[str, Any]]:
    """The lines of a map."""
    return [each for _, values in marks(figure, "rule") for each in values]


def test_an_arrangement_of_three_is_a_star_and_no_clique() -> None:
    star = [each for each in lines(mapped()) if each["said"].startswith("4:")]
    assert len(star) == 3
    assert len({(each["x"], each["y"]) for each in star}) == 1
    assert len({(each["x2"], each["y2"]) for each in star}) == 3


def test_arrangements_of_the_same_two_lie_beside_each_other() -> None:
    one, other = (each for each in lines(mapped()) if not each["said"].startswith("4:"))
    # Parallel, whatever the order in which the parties are written, and apart.
    assert one["x2"] - one["x"] == pytest.approx(other["x2"] - other["x"], abs=0.2)
    assert abs(one["y"] - other["y"]) > 3


def test_kinds_differ_in_dash_and_keep_it_from_map_to_map() -> None:
    parties = {id: Party(Mark(id, id, n), (n, n)) for n, id in enumerate(("usa", "jpn"))}
    ties = {kind: Tie(1, kind, kind, ("usa", "jpn"), None) for kind in ("treaty", "club", "body")}

    def dashes(*kinds: str) -> dict[str, Any]:
        drawn = [ties[kind] for kind in kinds]
        figure = network_map(("x", "x"), DAYS[1], parties, drawn, list(ties), SOURCE)
        (layer,) = [each for each in figure.spec["layer"] if each["mark"]["type"] == "rule"]
        scale = layer["encoding"]["strokeDash"]["scale"]
        return dict(zip(scale["domain"], map(tuple, scale["range"]), strict=True))

    every = dashes(*ties)
    assert len(set(every.values())) == 3
    assert dashes("body") == {"body": every["body"]}


def test_who_has_no_tie_is_pale() -> None:
    strengths = {
        values[0]["said"]: mark["opacity"]
        for mark, values in marks(mapped(), "point")
        if mark.get("strokeWidth") == 0.8
    }
    assert strengths["PRC: 0 arrangements"] < 0.5
    assert strengths["USA: 3 arrangements"] == 1


# ---------------------------------------------------------------------------------------- slope


def test_ranges_in_one_column_do_not_cover_each_other() -> None:
    ranges = [(1, 4), (1, 2), (2, 5), (3, 3), (4, 6), (2, 6)]
    standing = [
        (Stood(Mark("x", "X", n), None, None), Placed(n + 1, ends, 1.0))
        for n, ends in enumerate(ranges)
    ]
    found = spots(standing)
    assert all(spot.top <= spot.y <= spot.bottom for spot in found)
    for one, other in combinations(found, 2):
        if one.across == other.across:
            assert one.bottom < other.top or other.bottom < one.top


def test_who_came_later_has_a_mark_and_no_line() -> None:
    figure = ranked()
    slopes = [each for _, values in marks(figure, "rule") for each in values if "x2" in each]
    assert len(slopes) == 3
    dots = [values for _, values in marks(figure, "point")]
    assert [len(values) for values in dots] == [2, 2, 2, 1]
    assert figure.table.rows[3][1:] == (("–",), ("1.000",), ("–",), ("4 (3–4)",))


def test_equals_carry_the_same_number() -> None:
    texts = [each["text"] for _, values in marks(ranked(), "text") for each in values]
    assert {"Japan  2 (2–4)", "ROK  2 (2–3)"} <= set(texts)


# ------------------------------------------------------------------------------------- argument


def test_what_gives_way_is_marked_up_to_the_conclusion() -> None:
    figure = argued()
    told: dict[str, list[str]] = {}
    for mark, values in marks(figure, "rule"):
        look = "wide" if mark["strokeWidth"] > 2 else "dashed" if mark["strokeDash"][1] else "thin"
        told[look] = [value["said"].rpartition(": ")[2] for value in values]
    # From `start` to `middle`; past the column of `middle`, in three parts, to `end`; and from
    # `middle`, which is supported and rests on it.
    assert told == {"wide": ["gives way"] * 5, "dashed": ["untested"] * 2}
    borders = [(mark["strokeWidth"], len(values)) for mark, values in marks(figure, "rect")]
    assert sorted(borders) == [(0.8, 3), (2.2, 1), (2.2, 1)]


def test_no_line_passes_behind_a_box() -> None:
    rests_on = {"a": [], "b": ["a"], "c": ["b"], "d": ["a", "c"], "e": ["d", "b", "a"], "f": []}
    found = layered(rests_on)
    assert set(found.routes) == {(to, id) for id, below in rests_on.items() for to in below}
    for route, (left, middle) in product(found.routes.values(), found.boxes.values()):
        for x, y in route[1:-1]:
            inside = left <= x <= left + BOX and abs(y - middle) < ROW / 2 - 5
            assert not inside


def test_conclusions_stand_right_of_what_they_rest_on() -> None:
    rests_on = {"top": ["low", "mid"], "mid": ["low"], "low": [], "other": ["low"], "last": ["mid"]}
    found = layered(rests_on)
    for id, below in rests_on.items():
        assert all(found.boxes[each][0] + BOX < found.boxes[id][0] for each in below)
    for one, other in combinations(found.boxes.values(), 2):
        assert one[0] != other[0] or abs(one[1] - other[1]) >= ROW


def test_premises_stand_next_to_the_one_conclusion() -> None:
    found = layered({"end": ["deep", "shallow"], "deep": ["deeper"], "deeper": [], "shallow": []})
    assert found.boxes["shallow"][0] == found.boxes["deep"][0]


# ---------------------------------------------------------------------------------------- words


def test_a_name_is_cut_and_never_lost() -> None:
    assert cut("x" * 40, 10) == "x" * 9 + "…"
    assert cut("South Korea and others", 12) == "South Korea…"
    assert cut("  ", 5) == ""


def test_korean_names_are_drawn_as_they_are() -> None:
    assert "한국" in mapped("한국").svg()
    assert "한국  2 (2–4)" in ranked("한국").svg()
    assert "연합사령부" in promised("연합사령부").svg()
