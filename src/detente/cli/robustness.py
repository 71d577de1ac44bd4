"""`detente robustness`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import click

from detente.case.concepts import CORE
from detente.cli.arguments import as_json, seeded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.futures.choosing.information import Information
    from detente.futures.choosing.regret import Measured, Score
    from detente.futures.choosing.robustness import Robustness
    from detente.futures.reading.run import Run

__all__ = ["MEASURES", "command"]

MEASURES = (
    "expected_value",
    "laplace",
    "maximin",
    "maximax",
    "hurwicz",
    "minimax_regret",
    "quantile_regret",
    "cvar_regret",
    "undesirable_deviations",
    "mean_variance",
    "satisficing",
    "information",
)
"""What needs a utility with a unit; as they are called in `futures.regret`."""

SIDE_BY_SIDE = 4  # strategies that fit beside each other
FACTORS_SHOWN = 8


class Answers(NamedTuple):
    """What a run says of strategies."""

    ordinal: Robustness
    experts: Sequence[Robustness]
    """The same by each expert's lists."""
    cardinal: Measured | None
    """None where the focal actor has an order."""
    information: Information | None


@click.command("robustness")
@click.argument("folder", metavar="DIR")
@click.option(
    "--measure",
    "chosen",
    multiple=True,
    type=click.Choice(MEASURES),
    help="Only this measure, which needs a utility with a unit; may be given several times.",
)
@click.option(
    "--concept",
    type=click.Choice(CORE),
    default="nash",
    show_default=True,
    help="By which strategies are settled.",
)
@click.option("--view", metavar="EXPERT", default="", help="Whose lists count, of an expert's.")
@click.option(
    "--by",
    type=click.Choice(["outcomes", "worst", "best"]),
    default="outcomes",
    show_default=True,
    help="Compare all attainable outcomes within a future, or the worst or best ones.",
)
@click.option(
    "--outcome",
    type=click.Choice(["worst", "best"]),
    default="worst",
    show_default=True,
    help="Which attainable outcome stands for a strategy where utilities are measured.",
)
@click.option("--threshold", type=float, metavar="X", help="What is good enough, in the unit.")
@click.option(
    "--pessimism",
    type=float,
    default=0.5,
    show_default=True,
    metavar="A",
    help="Hurwicz' weight of the worst future.",
)
@click.option(
    "--tail",
    type=float,
    default=0.1,
    show_default=True,
    metavar="P",
    help="The part of futures that is the tail of regret.",
)
@seeded("shuffles")
@as_json
def command(folder: str, as_json: bool, **asked: Any) -> None:
    """Compare strategies over the futures of a run.

    DIR is the folder of a run, as `detente ensemble` writes it. From orders: in which share of
    futures each goal is met in every attainable equilibrium, and which strategies are better than
    others within the same future. Where the focal actor has a `utility` with a `unit` also regret,
    maximin, Hurwicz and the like, how far they agree, and what it would be worth to know more.
    """
    from detente.cli.terminal import print_json, working
    from detente.futures.reading.run import open_run

    run = open_run(folder)
    with working("comparing strategies"):
        found = answers(run, asked)
    if as_json:
        print_json(document(run, found))
    else:
        show(run, found, asked["chosen"])


def answers(run: Run, asked: dict[str, Any]) -> Answers:
    """What is asked for; a measure that ranks do not allow is refused."""
    from detente.errors import CannotAnswer, InputError
    from detente.futures.choosing.regret import unit_of
    from detente.futures.choosing.robustness import robustness

    concept, view, by, chosen = (asked[key] for key in ("concept", "view", "by", "chosen"))
    if "satisficing" in chosen and asked["threshold"] is None:
        raise InputError("satisficing: what is good enough?\n  --threshold X")
    ordinal = robustness(run, concept, view, by)
    experts = [] if view else [robustness(run, concept, each, by) for each in run.situation.views]
    try:
        unit_of(run.situation, view, " and ".join(chosen) or "regret")
    except CannotAnswer:
        if chosen:
            raise
        return Answers(ordinal, experts, None, None)
    return Answers(ordinal, experts, *measured_of(run, asked))


def measured_of(run: Run, asked: dict[str, Any]) -> tuple[Measured, Information | None]:
    """Strategies by the utility."""
    from detente.futures.choosing.information import information
    from detente.futures.choosing.regret import measured, measures, payoffs

    options = {key: asked[key] for key in ("pessimism", "tail", "threshold")}
    wanted = asked["chosen"] or MEASURES
    table = payoffs(run, asked["outcome"], asked["concept"], asked["view"])
    kept = tuple(each for each in measures(**options) if each.id in wanted)
    worth = information(run, table, seed=asked["seed"]) if "information" in wanted else None
    return measured(table, kept), worth


def document(run: Run, found: Answers) -> dict[str, Any]:
    """As JSON."""
    return {
        "format": "detente.robustness/1",
        "situation": run.situation.id,
        "design": run.manifest.get("design"),
        "seed": run.manifest.get("seed"),
        "ordinal": found.ordinal.to_dict(),
        "experts": [each.to_dict() for each in found.experts],
        "cardinal": found.cardinal and found.cardinal.to_dict(),
        "information": found.information and found.information.to_dict(),
    }


# --------------------------------------------------------------------------------- what is shown


def show(run: Run, found: Answers, chosen: Sequence[str]) -> None:
    """Goals and comparisons by orders, then measures by the utility; only what was asked for."""
    from detente.brief.words import CONCEPTS, counted, printable

    futures = counted(found.ordinal.futures, "future")
    failed = f", {found.ordinal.failed:,} failed and left out" if found.ordinal.failed else ""
    click.echo(printable(run.situation.title))
    click.echo(f"{futures}, {CONCEPTS[found.ordinal.concept]}{failed}")
    if not chosen:
        show_goals(found.ordinal)
        show_standings(found.ordinal)
        show_experts(found.experts)
    if found.cardinal is not None and found.cardinal.scores:
        show_measures(found.cardinal)
    if found.information is not None:
        show_information(run, found.information)
    if found.cardinal is None:
        show_why_not(run)


def show_goals(found: Robustness) -> None:
    """Each goal and all together, and how far the shares may be off."""
    from detente.cli.terminal import draw, heading, paragraph, table, text

    if not found.goals:
        return
    heading("Share of futures in which goals are met in every attainable equilibrium")
    goals = list(dict.fromkeys(each.goal for each in found.goals))
    drawn = table("strategy", *(printed(goal) for goal in goals), whole=("strategy",))
    for strategy in dict.fromkeys(each.strategy for each in found.goals):
        of_it = [each for each in found.goals if each.strategy == strategy]
        drawn.add_row(text(strategy), *(share_words(each.every) for each in of_it))
    draw(drawn, indent=2)
    paragraph(sureness_words(found), indent=2)


def sureness_words(found: Robustness) -> str:
    """How wide the intervals are, and where a strategy attains nothing."""
    from detente.brief.words import counted

    wide = [
        max(each.high - each.every, each.every - each.low)
        for each in found.goals
        if each.every is not None and each.low is not None and each.high is not None
    ]
    off = f"95 % intervals reach up to {100 * max(wide, default=0.0):.0f} points to a side"
    missing = {each.strategy: each.undetermined for each in found.goals if each.undetermined}
    nowhere = [
        f"{strategy} attains nothing in {counted(number, 'future')}"
        for strategy, number in missing.items()
    ]
    return f"{'; '.join([off, *nowhere])}."


def printed(goal: str | None) -> str:
    """The heading of a goal's column."""
    from detente.brief.words import printable

    return "all goals" if goal is None else printable(goal).replace("_", " ")


def share_words(share: float | None) -> str:
    """A share; a dash of nothing."""
    from detente.brief.words import percent

    return "-" if share is None else percent(share)


def show_standings(found: Robustness) -> None:
    """Who is best, who is not beaten, and who is dominated: never better, somewhere worse."""
    from detente.brief.words import counted, joined
    from detente.cli.terminal import draw, heading, table, text

    if not found.standings:
        return
    whole = counted(found.all_determined, "future")
    heading(f"Within the same future, by the focal actor's own order ({whole} in which all settle)")
    drawn = table("strategy", "best", "unbeaten", "dominated by", whole=("strategy",))
    for each in found.standings:
        others = joined(each.dominated_by) or "-"
        shares = share_words(each.best), share_words(each.unbeaten)
        drawn.add_row(text(each.strategy), *shares, text(others))
    draw(drawn, indent=2)


def show_experts(found: Sequence[Robustness]) -> None:
    """All goals by each expert's lists, side by side."""
    from detente.cli.terminal import draw, heading, table, text

    if not found or not found[0].goals:
        return
    heading("All goals met, by each expert's lists")
    drawn = table("strategy", *(each.view for each in found), whole=("strategy",))
    last = [list({goal.strategy: goal for goal in each.goals}.values()) for each in found]
    for row in zip(*last, strict=True):
        drawn.add_row(text(row[0].strategy), *(share_words(each.every) for each in row))
    draw(drawn, indent=2)


def show_measures(found: Measured) -> None:
    """What each strategy scores by each measure; the best are marked."""
    from detente.brief.words import counted
    from detente.cli.terminal import columns, draw, heading, paragraph, table, text

    compared = counted(found.futures, "future")
    heading(f"Measures, {found.outcome} attainable outcome, {compared} in which all settle")
    strategies = list(found.scores[0].values)
    shown = strategies if len(strategies) <= SIDE_BY_SIDE else []
    drawn = table("measure", "unit", *shown, *([] if shown else ["best"]))
    for score in found.scores:
        scores = [score_words(score, each) for each in shown] or [best_words(score)]
        drawn.add_row(score.measure, text(score.unit or ""), *map(text, scores))
    draw(drawn, indent=2)
    columns([(score.measure, meaning_words(score)) for score in found.scores], indent=2)
    if found.disagree:
        paragraph(f"The measures disagree: {leads_words(found)}.", indent=2)
    if words := agreement_words(found):
        paragraph(words, indent=2)


def score_words(score: Score, strategy: str) -> str:
    """A number, with a star where it is the best."""
    value = score.values[strategy]
    if value is None:
        return "-"
    return f"{value:.4g}{' *' if strategy in score.leads else ''}"


def best_words(score: Score) -> str:
    """The strategies that lead, with their number."""
    if not score.leads:
        return "-"
    return f"{score.values[score.leads[0]]:.4g}: {', '.join(score.leads)}"


def meaning_words(score: Score) -> str:
    """What a measure says, and whether less is better."""
    return f"{score.says}{'; less is better' if score.less_is_better else ''}"


def leads_words(found: Measured) -> str:
    """Who leads by which measures."""
    from detente.brief.words import joined

    leads = {strategy: by for strategy, by in found.leads.items() if by}
    return "; ".join(f"{strategy} leads by {joined(by)}" for strategy, by in leads.items())


def agreement_words(found: Measured) -> str:
    """The two measures that order strategies most differently."""
    known = [each for each in found.agreements if each.tau is not None]
    if not known:
        return ""
    least = min(known, key=lambda each: each.tau or 0.0)
    return (
        f"Rank agreement (Kendall's tau-b, 1: the same order) is lowest between {least.measure} "
        f"and {least.other}: {least.tau:.2f}."
    )


def show_information(run: Run, found: Information) -> None:
    """What it would be worth to know more before choosing."""
    from detente.brief.unknowns import Unknowns
    from detente.cli.terminal import draw, heading, paragraph, table, text

    heading(f"Worth of knowing before choosing [{found.unit}]")
    paragraph(f"To know the future: {found.perfect:.4g}. To know one thing:", indent=2)
    drawn = table("worth", "by chance", "what", whole=("worth", "by chance"))
    unknowns = Unknowns(run.situation)
    for each in found.factors[:FACTORS_SHOWN]:
        noise = "-" if each.noise is None else f"{each.noise:.3g}"
        binned = f" (in {each.levels} bins)" if each.is_binned else ""
        drawn.add_row(f"{each.worth:.3g}", noise, text(unknowns.says(each.factor) + binned))
    draw(drawn, indent=2)
    if len(found.factors) > FACTORS_SHOWN:
        paragraph(f"… and {len(found.factors) - FACTORS_SHOWN} more: --json", indent=2)


def show_why_not(run: Run) -> None:
    """Why there is no regret."""
    from detente.cli.terminal import paragraph

    focus = run.situation.focus
    if focus is not None:
        click.echo()
        paragraph(
            f"No averages, regret or worth of knowing: `{focus}` has an order, and a difference "
            "between ranks means nothing. A `utility` with a `unit` would allow them.",
            indent=2,
        )
