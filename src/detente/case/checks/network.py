"""Whether arrangements stand in layers of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.case.checks.draft import Finding
from detente.case.routes import matching

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.case.checks.draft import Draft

__all__ = ["layers_called_all"]

COMBINED = "all"
PATTERNS = (
    "arrangements.*.layer", "arrangements.*.layer.#",
    "aftermath.arrangements.*.layer", "aftermath.arrangements.*.layer.#",
)  # fmt: skip


def layers_called_all(draft: Draft) -> Iterator[Finding]:
    """Arrangements in a layer that has the name of all layers combined."""
    for pattern in PATTERNS:
        for route, layer in matching(draft.document.value, pattern):
            if layer == COMBINED:
                message = f"`{COMBINED}` is the combination of all layers"
                yield Finding(route, message, "name the layer otherwise")
