"""What the panel was made from, and what has no row in it: nothing is left out without a word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from typer.testing import CliRunner

from ogi.cli import app
from ogi.panel import export
from ogi.panel.sources import LACKING, SOURCES, Files
from ogi.tables import empty, from_rows, write
from tests.panel.made import BUREAU, FORMULA, NEW, dataset
from tests.reports_made import made

TOWN = "云溪镇人民政府"
GARBAGE = f"{BUREAU}/2022.pdf"
NO_CHECKS = {name: empty(name) for name in ("checks", "review_marks")}


def finding(agency: str, year: int | None, file: str, kind: str = "unreadable_file") -> tuple[Any, ...]:
    told = f"{file}: expected a PDF, found garbage", f"{file}：不是PDF"
    return (f"{agency}/{file}", agency, year, kind, "error", *told, None, None, None, None)


def filed(
    years: dict[str, list[int]], findings: list[tuple[Any, ...]], catalogue: list[tuple[Any, ...]]
) -> pd.DataFrame:
    """What is lacking of agencies with reports on those years."""
    found = Files(from_rows("catalogue", catalogue))
    for agency, own in years.items():
        reports = made({year: {NEW: 1} for year in own}, agency=agency).reports
        found.see({**NO_CHECKS, "reports": reports, "findings": from_rows("findings", findings)})
        findings = []
    return found.lacking()


def listed(agency: str, year: int | None = None, published: str | None = None) -> tuple[Any, ...]:
    return (agency, year, None, published, None, None, None, None, None)


def told(rows: pd.DataFrame) -> list[tuple[Any, ...]]:
    plain = rows[["agency", "year", "status", "file"]].astype(object)
    return [*plain.where(plain.notna(), None).itertuples(index=False, name=None)]


def test_a_file_that_could_not_be_read_is_named_with_its_year_and_why() -> None:
    rows = filed({BUREAU: [2021, 2023]}, [finding(BUREAU, 2022, "2022.pdf")], [])
    assert told(rows) == [(BUREAU, 2022, "unread", GARBAGE)]
    assert rows[["why", "why_zh"]].iloc[0].to_list() == [
        "2022.pdf: expected a PDF, found garbage",
        "2022.pdf：不是PDF",
    ]


def test_other_findings_are_no_files_that_could_not_be_read() -> None:
    assert told(filed({BUREAU: [2022]}, [finding(BUREAU, 2022, "2022.pdf", "label_unknown")], [])) == []


def test_a_year_that_the_catalogue_or_earlier_reports_expect_is_lacking() -> None:
    catalogue = [listed(TOWN), listed(TOWN, 2022, "2023-01-31")]
    rows = filed({BUREAU: [2021], FORMULA: [2023]}, [], catalogue)
    assert told(rows) == [
        *((TOWN, 2021, "missing", None), (TOWN, 2022, "no_file", None), (TOWN, 2023, "missing", None)),
        *((BUREAU, 2022, "missing", None), (BUREAU, 2023, "missing", None)),
    ]
    assert rows[["why", "why_zh"]].notna().all(axis=None)


def test_a_file_of_no_known_year_may_be_any_that_is_lacking() -> None:
    rows = filed({BUREAU: [2021, 2023]}, [finding(BUREAU, None, "年报.pdf")], [])
    assert told(rows) == [(BUREAU, 2022, "unread", None), (BUREAU, None, "unread", f"{BUREAU}/年报.pdf")]


def test_a_year_to_come_expects_nothing() -> None:
    assert told(filed({BUREAU: [2022, 2099]}, [], [])) == []
    found = Files(from_rows("catalogue", [listed(TOWN)]))
    found.see({**NO_CHECKS, "reports": empty("reports"), "findings": empty("findings")})
    assert told(found.lacking()) == []


def test_export_tells_what_has_no_row_and_neutralises_formulas(tmp_path: Path) -> None:
    tables, out = tmp_path / "tables", tmp_path / "out"
    findings = from_rows("findings", [finding(FORMULA, 2022, "2022.pdf"), finding(BUREAU, 2022, "2022.pdf")])
    write(tables, {**dataset(), "findings": findings})
    done = CliRunner().invoke(app, ["export", str(tables), "--out", str(out)])
    assert done.exit_code == 0
    where = out / "missing.csv"
    said = (
        "2 files could not be read, 0 reports of another agency than the folder, "
        "2 reports expected but not there; no rows for them: "
    )
    assert f"{said}{where}" in done.stderr
    rows = pd.read_csv(where)
    assert rows.columns.to_list() == LACKING
    assert told(rows) == [
        (f"'{FORMULA}", 2020, "unread", None),
        (f"'{FORMULA}", 2021, "unread", None),
        (f"'{FORMULA}", 2022, "unread", f"'{FORMULA}/2022.pdf"),
        (f"'{FORMULA}", None, "unread", f"'{FORMULA}/x.pdf"),
        (BUREAU, 2022, "unread", GARBAGE),
    ]


def test_nothing_is_said_where_nothing_is_lacking(tmp_path: Path) -> None:
    own = made({2022: {NEW: 1}}, agency=BUREAU)
    tables = {"reports": own.reports, "figures": own.figures, "checks": own.checks}
    names = ("findings", "narratives", "corrections", "review_marks", "catalogue")
    write(tmp_path / "tables", {**tables, **{name: empty(name) for name in names}})
    done = CliRunner().invoke(app, ["export", str(tmp_path / "tables"), "--out", str(tmp_path / "out")])
    assert (done.exit_code, "missing.csv" in done.stderr) == (0, False)
    assert pd.read_csv(tmp_path / "out" / "missing.csv").columns.to_list() == LACKING


def test_every_row_of_the_panel_names_its_files_and_their_bytes(tmp_path: Path) -> None:
    given = dataset()
    place = (BUREAU, 2023, None, "2024-01-31", "https://example.com/2023", None, None, None, None)
    given["catalogue"] = pd.concat([given["catalogue"], from_rows("catalogue", [place])])
    write(tmp_path / "tables", given)
    export(tmp_path / "tables", tmp_path / "out")
    rows = pd.read_csv(tmp_path / "out" / "sources.csv")
    panel = pd.read_parquet(tmp_path / "out" / "panel.parquet", columns=["agency", "year", "n_reports"])
    assert rows.columns.to_list() == SOURCES
    counts = rows.groupby([rows["agency"].str.removeprefix("'"), "year"]).size()
    assert counts.to_dict() == panel.set_index(["agency", "year"])["n_reports"].to_dict()
    reports = given["reports"].set_index("report_id")
    assert (
        rows["sha256"].to_list() == reports.loc[rows["report_id"].str.removeprefix("'"), "sha256"].to_list()
    )
    assert rows.set_index("report_id")["url"].dropna().to_dict() == {
        f"{BUREAU}/2023.pdf": "https://example.com/2023"
    }
