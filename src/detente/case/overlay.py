"""Overlays: a case that is another one with some things changed.

An overlay names its `base`, says in a `note` what it is about, and lists its `changes`. They are
made one after the other in what the base says, before anything is checked, so that every command
takes an overlay as it takes a case, and every fault is shown where it is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from detente.case.document import Document, routes
from detente.case.problems import DidYouMean, Problem
from detente.case.source import Source, Span
from detente.errors import CaseError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.case.document import Route, Value

__all__ = ["MAIN", "Changes", "based_on", "changed", "is_overlay", "written_as"]

Changes = Sequence[Mapping[str, Any]]
"""What is changed, as an overlay's file says it: `[{"freeze": {"rok.path": "wait"}}]`."""

MAIN = "overlay.yaml"
FIELDS = ("overlay", "base", "id", "title", "note", "changes")
VERBS: Mapping[str, tuple[str, ...]] = {
    "set": ("to",),
    "add": ("item", "at"),
    "drop": (),
    "freeze": (),
    "drop_actor": (),
}
"""What a change does -> what else it says."""
NEEDED = {"set": "to", "add": "item"}
STATEMENT = re.compile(r"([A-Za-z]\w*)\.([0-9]+)([a-z]*)")


def is_overlay(document: Document) -> bool:
    """Whether a file says of itself that it lies on another case."""
    return isinstance(document.value, dict) and "overlay" in document.value


def based_on(overlay: Document) -> str:
    """The case it lies on.

    Raises
    ------
    CaseError
        If it does not say so, or says what no overlay says.
    """
    problems = [*overlay.problems, *faults(overlay)]
    if problems:
        raise CaseError(problems)
    assert isinstance(overlay.value, dict)
    return str(overlay.value["base"])


def changed(base: Document, overlay: Document) -> Document:
    """What the base says, with the changes made.

    Parameters
    ----------
    base
        The case.
    overlay
        The changes, and what they are about.

    Raises
    ------
    CaseError
        With every change that cannot be made.
    """
    tree, said = planted(base), planted(overlay)
    problems = list(base.problems)
    entries = said.items.get("changes")
    for place, entry in enumerate(entries.list if entries else ()):
        verb = next(each for each in VERBS if each in entry.items)
        try:
            CHANGES[verb](tree, entry)
        except Unfit as unfit:
            at = overlay.place(("changes", place, verb))
            problems.append(Problem(at, unfit.message, f"changes.{place + 1}", unfit.hint))
    for field in ("id", "title"):
        if field in said.items:
            tree.items[field] = said.items[field]
    if "note" in said.items:
        tree.inner("notes", Node(tree.span, [])).list.append(said.items["note"])
    return harvested(tree, problems)


def written_as(changes: Changes, name: str) -> Document:
    """Changes that stand in no file, as an overlay that says them.

    Parameters
    ----------
    changes
        As a file has them; numbers and truth values may be such.
    name
        What messages call the place where they were written.

    Raises
    ------
    CaseError
        If something in them is no change.
    """
    value: Value = {"overlay": "1", "base": "", "changes": [in_text(each) for each in changes]}
    overlay = Document(value, {}, dict.fromkeys(routes(value), Span(Source(name))))
    if problems := list(faults(overlay)):
        raise CaseError(problems)
    return overlay


def in_text(value: Any) -> Value:
    """A value as it would stand in a file."""
    if isinstance(value, Mapping):
        return {str(key): in_text(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [in_text(inner) for inner in value]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return None if value is None else str(value)


class Unfit(Exception):
    """A change that cannot be made."""

    def __init__(self, message: str, hint: str | DidYouMean = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


# ------------------------------------------------------------------------------------- the tree


@dataclass
class Node:
    """A value that can be changed, with the place where it stands."""

    span: Span
    value: str | list[Node] | dict[str, Node] | None
    key: Span | None = None
    """Where its key stands, in a mapping."""

    @property
    def items(self) -> dict[str, Node]:
        """What stands in it by name; nothing where it is no mapping."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def list(self) -> list[Node]:
        """What stands in it one after the other; nothing where it is no list."""
        return self.value if isinstance(self.value, list) else []

    def inner(self, name: str, empty: Node) -> Node:
        """What stands under a name, there from now on."""
        if self.value is None:
            self.value = {}
        found = self.items.setdefault(name, empty)
        if found.value is None:
            found.value = empty.value
        return found


def planted(document: Document, route: Route = ()) -> Node:
    """The values of a document as a tree."""
    value: Value = document.value
    for step in route:
        value = value[step]  # type: ignore[index]
    span, key = document.values[document.known(route)], document.keys.get(route)
    if isinstance(value, dict):
        return Node(span, {name: planted(document, (*route, name)) for name in value}, key)
    if isinstance(value, list):
        return Node(span, [planted(document, (*route, at)) for at in range(len(value))], key)
    return Node(span, value, key)


def harvested(tree: Node, problems: list[Problem]) -> Document:
    """The document that a tree has become."""
    if problems:
        raise CaseError(problems)
    keys: dict[Route, Span] = {}
    values: dict[Route, Span] = {}
    for route, node in nodes(tree, ()):
        values[route] = node.span
        if route and isinstance(route[-1], str):
            keys[route] = node.key or node.span
    return Document(plain(tree), keys, values)


def nodes(node: Node, route: Route) -> Iterator[tuple[Route, Node]]:
    yield route, node
    for name, inner in node.items.items():
        yield from nodes(inner, (*route, name))
    for place, inner in enumerate(node.list):
        yield from nodes(inner, (*route, place))


def plain(node: Node) -> Value:
    if isinstance(node.value, dict):
        return {name: plain(inner) for name, inner in node.value.items()}
    if isinstance(node.value, list):
        return [plain(inner) for inner in node.value]
    return node.value


# ----------------------------------------------------------------------------------- the places


def steps_of(tree: Node, place: str) -> list[str]:
    """The steps to a place as it is written; `prc.4b` is a statement of an actor."""
    statement = STATEMENT.fullmatch(place)
    if statement is None or statement[1] in tree.items:
        return place.split(".")
    actor, number, letters = statement.groups()
    group = ["any_order", str(numbered(letters))] if letters else []
    return ["preferences", actor, number, *group]


def numbered(letters: str) -> int:
    """The place of `a` is 1, of `z` 26, of `aa` 27."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("a") + 1
    return number


def parent_of(tree: Node, place: str) -> tuple[Node, str]:
    """What a place stands in, and the last step to it."""
    node, steps = tree, steps_of(tree, place)
    while len(steps) > 1:
        whole = ".".join(steps)
        if whole in node.items or whole in options_of(tree):
            return node, whole  # a key that has a dot, as options have
        dotted = ".".join(steps[:2])
        if steps[0] not in node.items and dotted in node.items:
            node, steps = node.items[dotted], steps[2:]
        else:
            node, steps = below(node, steps[0], place), steps[1:]
    return node, steps[0]


def below(node: Node, step: str, place: str) -> Node:
    """What stands one step below."""
    if node.list:
        return node.list[counted(step, place, len(node.list))]
    if step not in node.items:
        raise Unfit(f"`{place}` is not there: no `{step}`", DidYouMean(step, node.items))
    return node.items[step]


def counted(step: str, place: str, most: int) -> int:
    """The index of an item, items counted from 1."""
    if not step.isdecimal() or not 1 <= int(step) <= most:
        raise Unfit(f"`{place}` is not there: items count from 1 to {most}, not `{step}`")
    return int(step) - 1


def options_of(tree: Node) -> dict[str, Node]:
    """Every option of the case by its id."""
    actors = tree.items["options"].items if "options" in tree.items else {}
    return {
        f"{actor}.{name}": option
        for actor, options in actors.items()
        for name, option in options.items.items()
    }


# ---------------------------------------------------------------------------------- the changes


def set_to(tree: Node, change: Node) -> None:
    """Put a value in the place of another, or where none was."""
    place, value = str(change.items["set"].value), change.items["to"]
    node, last = parent_of(tree, place)
    if node.list:
        here = node.list[counted(last, place, len(node.list))]
        if "prefer" in here.items and isinstance(value.value, str):
            here.items["prefer"] = value  # a statement's expression is what is meant
        else:
            here.value, here.span = value.value, value.span
    elif isinstance(node.value, dict) or node.value is None:
        node.inner(last, value)
        node.items[last] = value
    else:
        raise Unfit(f"`{place}` is not there: what it stands in is a text")


def add_item(tree: Node, change: Node) -> None:
    """Put an item into a list: at its end, or at a place in it."""
    place, item = str(change.items["add"].value), change.items["item"]
    node, last = parent_of(tree, place)
    target = node.inner(last, Node(item.span, [])) if not node.list else below(node, last, place)
    if not isinstance(target.value, list):
        raise Unfit(f"`{place}` is no list", "`set` puts something under a name")
    at = str(change.items["at"].value) if "at" in change.items else str(len(target.list) + 1)
    target.list.insert(counted(at, place, len(target.list) + 1), item)


def drop(tree: Node, change: Node) -> None:
    """Leave something out."""
    place = str(change.items["drop"].value)
    node, last = parent_of(tree, place)
    below(node, last, place)
    if node.list:
        del node.list[int(last) - 1]
    else:
        del node.items[last]


def freeze(tree: Node, change: Node) -> None:
    """Let nobody move an option."""
    frozen = tree.inner("frozen", Node(change.span, {}))
    frozen.items.update(change.items["freeze"].items)


def drop_actor(tree: Node, change: Node) -> None:
    """Freeze what an actor may do at the status quo."""
    actor = str(change.items["drop_actor"].value)
    own = {option: node for option, node in options_of(tree).items() if is_of(option, actor)}
    arcs = tree.items["arcs"].items if "arcs" in tree.items else {}
    if actor in arcs:  # they may lead beyond its options
        arcs[actor] = Node(change.span, {}, change.span)
    elif not own:
        deciders = dict.fromkeys(option.partition(".")[0] for option in options_of(tree))
        raise Unfit(f"no decision maker `{actor}`", DidYouMean(actor, deciders))
    frozen = tree.inner("frozen", Node(change.span, {}))
    stands = tree.items["status_quo"].items if "status_quo" in tree.items else {}
    for option, node in own.items():
        level = stands[option].value if option in stands else first_level(node)
        frozen.items.setdefault(option, Node(change.span, level, change.span))


def is_of(option: str, actor: str) -> bool:
    return option.partition(".")[0] == actor


def first_level(option: Node) -> str | None:
    """The first of an option's levels; they are no and yes where none are written."""
    levels = option.items.get("levels")
    if levels is None:
        return "no"
    if levels.list:
        first = levels.list[0].value
        return first if isinstance(first, str) else None
    return next(iter(levels.items), None)


CHANGES = {
    "set": set_to,
    "add": add_item,
    "drop": drop,
    "freeze": freeze,
    "drop_actor": drop_actor,
}


# ------------------------------------------------------------------------------------ its faults


def faults(overlay: Document) -> Iterator[Problem]:
    """What does not belong into an overlay, and what is missing from it."""
    written = overlay.value
    assert isinstance(written, dict)
    for field in written:
        if field not in FIELDS:
            message = f"an overlay has no field `{field}`"
            yield Problem(overlay.place((field,), key=True), message, "", DidYouMean(field, FIELDS))
    if written["overlay"] != "1":
        yield Problem(overlay.place(("overlay",)), "expected 1, the version of the format")
    if not isinstance(written.get("base"), str):
        yield Problem(overlay.place(()), "`base` is missing", "", "the path or id of a case")
    changes = written.get("changes")
    if not isinstance(changes, list) or not changes:
        yield Problem(overlay.place(("changes",), key=True), "expected a list of changes")
        return
    for place, change in enumerate(changes):
        if wrong := fault_of(change):
            hint = "one of `set`, `add`, `drop`, `freeze`, `drop_actor`"
            yield Problem(overlay.place(("changes", place)), wrong, f"changes.{place + 1}", hint)


def fault_of(change: Value) -> str | None:
    """What is wrong with a change as such."""
    if not isinstance(change, dict):
        return "expected a change"
    verbs = [each for each in VERBS if each in change]
    if len(verbs) != 1:
        return "expected one change" if verbs else "does not say what is changed"
    verb = verbs[0]
    if unknown := set(change) - {verb, *VERBS[verb]}:
        return f"`{verb}` does not go with `{min(unknown)}`"
    if NEEDED.get(verb, verb) not in change:
        return f"`{NEEDED[verb]}` is missing"
    wanted = dict if verb == "freeze" else str
    return None if isinstance(change[verb], wanted) else f"`{verb}` names no place"
