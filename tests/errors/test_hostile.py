"""Files made to crash a reader: refused with one clear line, in little memory, without a hang.

They are read in a process of its own, which the system stops where it takes too much of either.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from detente.case.checks import SOUND

resource = pytest.importorskip("resource", reason="no limits on processes on this system")

MOST_SECONDS = 20  # of processor time for all of them and the imports; a guard against a hang
MOST_MEMORY = 600 * 2**20

READ_ALL = f"""\
import json, resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({MOST_SECONDS}, {MOST_SECONDS}))
resource.setrlimit(resource.RLIMIT_DATA, ({MOST_MEMORY}, {MOST_MEMORY}))
from detente.case import load
from detente.errors import DetenteError
for name in sys.argv[1:]:
    try:
        load(name)
    except DetenteError as error:
        print(json.dumps([name, str(error)]), flush=True)
"""

OPTIONS = ", ".join(f"o{n}: " for n in range(60))
SINGLE = ", ".join(f"o{n}: {{levels: [no]}}" for n in range(70))


def sound_but(old: str, new: str) -> str:
    assert old in SOUND
    return SOUND.replace(old, new)


def indicators(*formulas: str) -> str:
    lines = [f"  i{n}: {{formula: '{formula}'}}\n" for n, formula in enumerate(formulas)]
    return SOUND + "indicators:\n" + "".join(lines)


HOSTILE: dict[str, tuple[str, str]] = {
    "brackets": ("[" * 100_000, "nested deeper than 40"),
    "braces": ("{a: " * 100_000, "nested deeper than 40"),
    "dashes": ("- " * 100_000, "nested deeper than 40"),
    "questions": ("? " * 100_000, "a key must be a name"),
    "billion_laughs": (
        "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(50)),
        "anchors and aliases are not used in cases",
    ),
    "python": (
        "id: !!python/object/apply:os.system [echo]",
        "the tag `tag:yaml.org,2002:python/object/apply:os.system` means nothing here",
    ),
    "large": ("id: " + "x" * 3_000_000, "larger than 2 MB: not read"),
    "many_keys": (
        "".join(f"k{n}:\n" for n in range(200_000)),
        "more than 100,000 keys, values and brackets",
    ),
    "long_text": ("id: " + "x" * 200_000, "a text longer than 100,000 characters"),
    "long_formula": (
        sound_but("not col.arm", " or ".join(["col.arm"] * 9_000)),
        "longer than 4,000 characters",
    ),
    "deep_formula": (sound_but("not col.arm", "not " * 900 + "col.arm"), "nested deeper than 100"),
    "doubling_formulas": (
        indicators(*(f"i{n + 1} and i{n + 1}" for n in range(60)), "row.arm"),
        "too large, with the formulas of its indicators put in",
    ),
    "chained_formulas": (
        indicators(*(f"not (not i{n + 1})" for n in range(3_000)), "row.arm"),
        "too large, with the formulas of its indicators put in",
    ),
    "circle_of_formulas": (
        indicators(*(f"i{(n + 1) % 3_000}" for n in range(3_000))),
        "`i0` is defined by itself: i0 → i1 → i2",
    ),
    "many_states": (
        sound_but("row: {arm:", f"row: {{{OPTIONS}, arm:"),
        "10^19 combinations of levels; at most 67,108,864 are taken on",
    ),
    "many_axes": (
        sound_but("row: {arm:", "row: {" + SINGLE + ", arm:"),
        "72 options; at most 64 are taken on",
    ),
    "huge_number": (
        sound_but("{name: Row}", "{cow: " + "9" * 5_000 + "}"),
        "expected a whole number, got `999999999",
    ),
    "huge_fraction": (
        SOUND + "uncertainties: {u: {kind: uniform, range: [0, " + "9" * 50_000 + "]}}",
        "expected a finite number, got `999999999",
    ),
    "many_unknown_names": (
        SOUND + "strategies: {" + ", ".join(f"strategy_{n}: {{row.option_{n}: }}" for n in range(9_000)) + "}",
        "unknown option `row.option_0`",
    ),
    "circle_of_claims": (
        SOUND + "claims:\n" + "".join(
            f"  c{n}: {{says: A, untested: b, rests_on: [c{(n + 1) % 5_000}]}}\n" for n in range(5_000)
        ),
        "rests on itself: c0 → c1 → c2",
    ),
    "many_rules": (
        sound_but("row: {arm:", "row: {" + ", ".join(f"o{n}: " for n in range(24)) + ", arm:")
        + "infeasible: [" + ", ".join(["{when: row.o1 and row.arm}"] * 3_000) + "]",
        "67,108,864 states are too many for 3,000 infeasibilities",
    ),
    "binary": ("id: \0\x01\x02", "a control character, U+0000"),
}  # fmt: skip


def test_hostile_files_are_refused(tmp_path: Path) -> None:
    for name, (text, _) in HOSTILE.items():
        (tmp_path / f"{name}.yaml").write_text(text)
    done = subprocess.run(
        [sys.executable, "-c", READ_ALL, *(f"{name}.yaml" for name in HOSTILE)],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    said = dict(json.loads(line) for line in done.stdout.splitlines())
    assert {name: said.get(f"{name}.yaml") for name in HOSTILE} == {
        name: Containing(message) for name, (_, message) in HOSTILE.items()
    }


def test_a_hostile_section_is_refused(tmp_path: Path) -> None:
    (tmp_path / "situation.yaml").write_text(SOUND)
    (tmp_path / "claims.yaml").write_text("[" * 100_000)
    script = READ_ALL.replace("sys.argv[1:]", "['.']")
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, check=False, text=True
    )
    assert "claims.yaml:1:41: nested deeper than 40" in done.stdout


class Containing:
    """Equal to every text that contains this one."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and self.text in other

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"… {self.text} …"
