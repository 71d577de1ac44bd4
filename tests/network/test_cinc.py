"""Capability: the published scores of six years, and what a missing component does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from detente.errors import InputError
from detente.network.cinc import COMPONENTS, cinc

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def capabilities(shared: Path) -> pd.DataFrame:
    return pd.read_csv(shared / "data" / "cow_nmc.csv")


@pytest.mark.parametrize("year", [1816, 1914, 1945, 1985, 2016, 2022])
def test_the_published_scores_are_reproduced(capabilities: pd.DataFrame, year: int) -> None:
    rows = capabilities[capabilities["year"] == year]
    found = cinc(rows[list(COMPONENTS)].to_numpy(np.float64), rows["year"].to_numpy())
    np.testing.assert_allclose(found, rows["cinc"], rtol=0, atol=1e-7)


def test_years_are_systems_of_their_own(capabilities: pd.DataFrame) -> None:
    """All years at once, shuffled: of every one the published score."""
    rows = capabilities.sample(frac=1, random_state=0)
    rows = rows[rows["year"].isin([1914, 2022])]
    found = cinc(rows[list(COMPONENTS)].to_numpy(np.float64), rows["year"].to_numpy())
    np.testing.assert_allclose(found, rows["cinc"], rtol=0, atol=1e-7)


def test_missing_components_make_a_year_add_up_to_more_than_one(
    capabilities: pd.DataFrame,
) -> None:
    rows = capabilities[capabilities["year"].isin([1816, 2022])]
    found = cinc(rows[list(COMPONENTS)].to_numpy(np.float64), rows["year"].to_numpy())
    sums = pd.Series(found).groupby(rows["year"].to_numpy()).sum()
    assert sums.round(4).tolist() == [1.0535, 1.0071]


def test_a_state_of_which_nothing_is_known_has_no_score() -> None:
    nan = np.nan
    found = cinc(np.array([[1.0, 3.0], [nan, 1.0], [nan, nan]]), np.array([1950, 1950, 1950]))
    assert found.tolist() == pytest.approx([0.875, 0.25, nan], nan_ok=True)


def test_a_component_nobody_has_tells_nothing() -> None:
    found = cinc(np.array([[1.0, 0.0], [3.0, 0.0]]), np.array([1816, 1816]))
    assert found.tolist() == [0.25, 0.75]


def test_a_code_for_missing_is_no_amount() -> None:
    with pytest.raises(InputError) as error:
        cinc(np.array([[1.0, 2.0], [1.0, -9.0]]), np.array([1816, 1816]))
    assert str(error.value) == "row 1, component 1: -9 is negative\n  write NaN for what is missing"
