"""The catalogue itself: found, named, readable."""

import pytest

from detente.case import load
from detente.catalogue import Entry, catalogue, folder, ids


def test_every_case_has_a_sorted_id_that_leads_to_its_folder() -> None:
    assert list(ids()) == sorted(ids())
    assert all((folder(case) / "situation.yaml").is_file() for case in ids())


@pytest.mark.parametrize("entry", catalogue(), ids=lambda entry: entry.id)
def test_the_title_read_without_the_case_is_the_case_title(entry: Entry) -> None:
    assert entry.title == load(entry.folder).title


PUBLISHED = [case for case in ids() if not case.startswith("kim/")]


@pytest.mark.parametrize("case", PUBLISHED)
def test_published_conflicts_say_where_everything_comes_from(case: str) -> None:
    assert "unsupported" not in {warning.check for warning in load(case).warnings}


@pytest.mark.parametrize("case", sorted(set(PUBLISHED) - {"fraser/garrison"}))
def test_published_conflicts_are_examples_without_warnings(case: str) -> None:
    """Garrison's own model joins the options of several actors."""
    assert not load(case).warnings


def test_an_unknown_id_is_no_folder() -> None:
    with pytest.raises(KeyError):
        folder("../case")
