"""Tables that a query may name besides: made part by part, once, and the same as the methods give."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

import ogi
from ogi.api.derived import DERIVED
from ogi.compare import series
from ogi.ingest import ingest
from ogi.tables.parts import parts

AGENCIES = ("示例市公安局", "示例市教育局", "示例镇人民政府")


@pytest.fixture
def data(samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ogi.api.Dataset:
    for agency in AGENCIES:
        (tmp_path / "raw" / agency).mkdir(parents=True)
        for file in sorted((samples / agency).glob("202[34].*")):
            shutil.copy(file, tmp_path / "raw" / agency)
    monkeypatch.setattr("ogi.ingest.plan._FEWEST", 1)
    monkeypatch.setattr("ogi.ingest.plan._ONE_IN", 1)
    ingest(tmp_path / "raw", tmp_path / "tables")
    assert len(parts(tmp_path / "tables")) > 1
    return ogi.dataset(tmp_path / "tables")


def test_over_all_parts_they_are_what_the_methods_give(data: ogi.api.Dataset) -> None:
    wanted = {
        "figures_corrected": data.figures,
        "annual": series(data.annual),
        "indicators": data.indicators(),
    }
    assert set(wanted) == set(DERIVED)
    for name, frame in wanted.items():
        found = data.sql(f"SELECT * FROM {name}")
        pd.testing.assert_frame_equal(found, frame, check_dtype=False)


def test_each_is_made_once_and_only_where_it_is_named(
    data: ogi.api.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    make = ogi.api.derived.DerivedTables._make

    def counted(self: ogi.api.derived.DerivedTables, name: str, file: Path) -> None:
        made.append(name)
        make(self, name, file)

    monkeypatch.setattr(ogi.api.derived.DerivedTables, "_make", counted)
    data.sql("SELECT * FROM figures")
    assert made == []
    for _ in range(2):
        data.sql("SELECT * FROM annual JOIN indicators USING (agency, year)")
    assert sorted(made) == ["annual", "indicators"]
