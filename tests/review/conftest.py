"""A small province, made and reviewed once for the tests of the room."""

from __future__ import annotations

from pathlib import Path

import pytest

from ogi.review import Review
from ogi.review.gather import gathered
from tests.province import YEAR, Planted, make

AGENCIES = 200


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Planted]:
    """The dataset of the province, and what was planted in it."""
    tables = tmp_path_factory.mktemp("province") / "tables"
    return tables, make(tables, AGENCIES)


@pytest.fixture(scope="session")
def planted(province: tuple[Path, Planted]) -> Planted:
    return province[1]


@pytest.fixture(scope="session")
def data(province: tuple[Path, Planted]) -> Review:
    """The review of the province, whose documents do not exist."""
    tables, _ = province
    return Review(YEAR, "en", tables / "no-reports", tables, gathered(tables, YEAR))
