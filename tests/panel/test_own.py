"""A report that is surely another agency's is in no row, lag or conflict, and is told with its name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from ogi.ingest import ingest
from ogi.panel import export
from ogi.tables import SCHEMAS, joined, read, write

TOWN, OTHER = "示例镇人民政府", "虚构市气象局"
HEAD = "agency,year,rule_id,cells,mark,comment,who,when\n"
MARK = f"{TOWN},2020,agency.folder,,explained,merged,W,2025-03-31\n"


def put(samples: Path, folder: Path, name: str, to: str, *, is_strange: bool) -> None:
    text = (samples / TOWN / name).read_text("utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / to).write_text(text.replace(TOWN, OTHER) if is_strange else text, "utf-8")


@pytest.fixture
def raw(samples: Path, tmp_path: Path) -> Path:
    """A town of whose folder 2020 holds a weather office's report alone, 2021 its own and another one."""
    folder = tmp_path / "raw" / TOWN
    put(samples, folder, "2020.md", "2020.md", is_strange=True)
    put(samples, folder, "2021.txt", "2021.txt", is_strange=False)
    put(samples, folder, "2024.md", "2024.md", is_strange=False)
    again = (samples / TOWN / "2020.md").read_text("utf-8").replace(TOWN, OTHER).replace("2020年", "2021年")
    (folder / "2021b.md").write_text(again, "utf-8")
    return tmp_path / "raw"


def exported(raw: Path, marks: str = "") -> Path:
    (raw.parent / "review_marks.csv").write_text(HEAD + marks, "utf-8")
    ingest(raw, raw.parent / "tables")
    export(raw.parent / "tables", raw.parent / "out")
    return raw.parent / "out"


def alone(raw: Path) -> Path:
    """The panel of the town's own reports, as if no other had ever been there."""
    folder = raw.parent / "alone" / "raw" / TOWN
    folder.mkdir(parents=True)
    for name in ("2021.txt", "2024.md"):
        shutil.copy(raw / TOWN / name, folder)
    return exported(folder.parent)


def test_the_panel_is_as_if_it_had_never_been_there(raw: Path) -> None:
    panel, own = (pd.read_parquet(out / "panel.parquet") for out in (exported(raw), alone(raw)))
    assert own[["year", "n_reports"]].to_numpy().tolist() == [[2021, 1], [2024, 1]]
    assert own["rq_new_tot"].notna().all()
    pd.testing.assert_frame_equal(panel, own)


def test_its_words_are_none_of_the_agency(raw: Path) -> None:
    told = pd.read_parquet(exported(raw) / "narratives.parquet")
    assert set(told["report_id"]) == {f"{TOWN}/2021.txt", f"{TOWN}/2024.md"}


def test_missing_and_sources_name_it_and_whose_it_is(raw: Path) -> None:
    out = exported(raw)
    missing = pd.read_csv(out / "missing.csv").set_index("year")
    assert missing["status"].to_dict() == {2020: "other_agency", 2022: "missing", 2023: "missing"}
    assert missing.loc[2020, ["file", "why", "why_zh"]].to_list() == [
        f"{TOWN}/2020.md",
        f"{TOWN}/2020.md: the title names {OTHER}",
        f"{TOWN}/2020.md：标题所印机关为{OTHER}",
    ]
    sources = pd.read_csv(out / "sources.csv").set_index("report_id")
    assert sources["printed_agency"].str.contains(OTHER).to_list() == [True, False, True, False]
    assert sources["left_out"].fillna("").to_list() == ["other_agency", "", "other_agency", ""]


def test_a_mark_that_explains_it_brings_it_back(raw: Path) -> None:
    panel = pd.read_parquet(exported(raw, MARK) / "panel.parquet").set_index("year")
    assert panel.index.to_list() == [2020, 2021, 2024]
    assert panel.loc[2021, "l_rq_new_tot"] == panel.loc[2020, "rq_new_tot"]


def test_one_of_no_known_year_is_named_as_such(raw: Path) -> None:
    exported(raw)
    tables = {name: read(raw.parent / "tables", name) for name in SCHEMAS}
    is_meant = {name: tables[name]["report_id"] == f"{TOWN}/2020.md" for name in ("reports", "checks")}
    for name, meant in is_meant.items():
        tables[name].loc[meant, "year"] = None
    write(raw.parent / "undated", tables)
    export(raw.parent / "undated", raw.parent / "other")
    missing = pd.read_csv(raw.parent / "other" / "missing.csv")
    (row,) = missing[missing["file"] == f"{TOWN}/2020.md"].to_dict("records")
    assert (row["status"], pd.isna(row["year"])) == ("other_agency", True)


def test_one_that_may_be_another_agencys_shows_in_its_row(raw: Path) -> None:
    before = pd.read_parquet(alone(raw) / "panel.parquet").set_index("year")
    tables = {name: read(raw.parent / "alone" / "tables", name) for name in SCHEMAS}
    checks = tables["checks"]
    is_meant = (checks["rule_id"] == "agency.folder") & (checks["report_id"] == f"{TOWN}/2024.md")
    told = checks[is_meant].assign(verdict="undecided")
    tables["checks"] = joined("checks", [checks[~is_meant], told])
    write(raw.parent / "unsure", tables)
    export(raw.parent / "unsure", raw.parent / "other")
    row = pd.read_parquet(raw.parent / "other" / "panel.parquet").set_index("year").loc[2024]
    assert pd.isna(row["b_agency_folder"])
    assert before.loc[2024, "b_agency_folder"] == 0
    assert row["n_undecided"] == before.loc[2024, "n_undecided"] + 1
