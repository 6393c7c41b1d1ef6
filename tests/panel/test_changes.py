"""What an export changes of the panel that lay there before is told and listed, none of it in silence."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from ogi.cli import app
from ogi.panel import VARIABLES, export
from ogi.panel import changes as panel_changes
from ogi.panel.changes import COLUMNS, changes
from ogi.tables import TableFrames, empty, write
from tests.panel.made import BUREAU, FORMULA, NEW, dataset
from tests.reports_made import made

CARRIED = "requests/carried_in/total"


def tables_of(agency: str, years: dict[int, dict[str, float | str]]) -> TableFrames:
    own = made(years, agency=agency)
    names = ("findings", "narratives", "corrections", "review_marks", "catalogue")
    tables = {"reports": own.reports, "figures": own.figures, "checks": own.checks}
    return {**tables, **{name: empty(name) for name in names}}


def exported(tmp_path: Path, tables: TableFrames, language: str = "en") -> str:
    """What an export of the tables says."""
    write(tmp_path / "tables", dict(tables))
    run = ["export", str(tmp_path / "tables"), "--out", str(tmp_path / "out"), "--language", language]
    done = CliRunner().invoke(app, run)
    assert done.exit_code == 0, done.stderr
    return done.stderr


def test_the_first_export_has_nothing_to_be_held_against(tmp_path: Path) -> None:
    assert "against" not in exported(tmp_path, dataset())
    assert not (tmp_path / "out" / "changes.csv").exists()


def test_the_same_once_more_changes_nothing(tmp_path: Path) -> None:
    exported(tmp_path, dataset())
    said = exported(tmp_path, dataset())
    assert "against the panel before: nothing differs\n" in said
    assert "changes.csv" not in said, "the file may tell of the last change still"
    assert pd.read_csv(tmp_path / "out" / "changes.csv").to_dict("list") == {name: [] for name in COLUMNS}


def test_another_number_and_its_state_are_told_and_listed(tmp_path: Path) -> None:
    exported(tmp_path, tables_of(FORMULA, {2021: {CARRIED: 3}, 2022: {}}))
    said = exported(tmp_path, tables_of(FORMULA, {2021: {CARRIED: "unreadable"}, 2022: {}}))
    rows = pd.read_csv(tmp_path / "out" / "changes.csv").set_index("variable")
    assert set(rows["agency"]) == {f"'{FORMULA}"}
    assert rows.loc["rq_carried_in_tot", ["before", "after"]].isna().to_list() == [False, True]
    assert rows.loc["rq_carried_in_tot_s", "after"] == 3
    assert rows.loc["l_rq_carried_in_tot", "year"] == 2022
    is_flag = {one.name: one.type == "flag" for one in VARIABLES}
    flags = sum(is_flag[name] for name in rows.index)
    assert flags > 0
    told = f"{len(rows) - flags} numbers, {flags} flags and 0 texts differ in 2 rows; 0 rows new, 0 gone: "
    assert told in said
    said = exported(tmp_path, tables_of(FORMULA, {2021: {CARRIED: 3}, 2022: {}}), "zh")
    assert "与此前的面板相比：2行有变动，计数值" in said


def test_rows_that_come_and_go_are_listed_by_their_reports(tmp_path: Path) -> None:
    exported(tmp_path, tables_of(BUREAU, {2020: {NEW: 1}, 2022: {NEW: 2}}))
    said = exported(tmp_path, tables_of(BUREAU, {2022: {NEW: 2}, 2023: {NEW: 3}, 2024: {NEW: 3}}))
    assert "2 rows new, 1 gone: " in said
    rows = pd.read_csv(tmp_path / "out" / "changes.csv")
    rows = rows[rows["variable"] == "n_reports"].fillna(0)
    assert [*rows[["year", "before", "after"]].itertuples(index=False, name=None)] == [
        *((2020, 1, 0), (2023, 0, 1), (2024, 0, 1))
    ]


def test_the_list_ends_where_it_is_long_enough_and_all_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exported(tmp_path, dataset())
    before = tmp_path / "out" / "panel.parquet"
    after = tmp_path / "after.parquet"
    table = pq.read_table(before).to_pandas()
    pq.write_table(pq.read_table(before).schema.empty_table(), after)
    assert changes(before, after).gone == len(table)
    monkeypatch.setattr(panel_changes, "MOST", 3)
    found = changes(before, after)
    assert (found.gone, len(found.listed)) == (len(table), 3)


def test_a_variable_of_one_panel_alone_is_told(tmp_path: Path) -> None:
    exported(tmp_path, dataset())
    before = tmp_path / "out" / "panel.parquet"
    pq.write_table(pq.read_table(before).drop_columns(["rq_new_tot"]), before)
    said = exported(tmp_path, dataset())
    assert "0 numbers, 0 flags and 0 texts differ in 0 rows" in said
    assert "1 variable in one of the two panels alone, not compared" in said


def test_a_panel_that_is_damaged_is_not_compared_and_replaced(tmp_path: Path) -> None:
    exported(tmp_path, dataset())
    (tmp_path / "out" / "panel.parquet").write_bytes(b"no panel")
    assert "the panel before cannot be read; what has changed is not known" in exported(tmp_path, dataset())
    export(tmp_path / "tables", tmp_path / "out")
    assert len(pd.read_parquet(tmp_path / "out" / "panel.parquet")) == 4


def test_the_same_once_more_leaves_what_the_last_change_was(tmp_path: Path) -> None:
    exported(tmp_path, tables_of(FORMULA, {2021: {CARRIED: 3}}))
    exported(tmp_path, tables_of(FORMULA, {2021: {CARRIED: 4}}))
    told = (tmp_path / "out" / "changes.csv").read_bytes()
    assert b"rq_carried_in_tot" in told
    exported(tmp_path, tables_of(FORMULA, {2021: {CARRIED: 4}}))
    assert (tmp_path / "out" / "changes.csv").read_bytes() == told


def test_what_somebody_changed_in_a_file_is_kept_and_told(tmp_path: Path) -> None:
    exported(tmp_path, dataset())
    file = tmp_path / "out" / "panel.csv"
    whole = file.read_bytes()
    for n, mine in ((1, b"mine"), (2, b"mine again")):
        file.write_bytes(mine)
        said = exported(tmp_path, dataset())
        assert f"kept beside the new ones in {file.parent}: panel.changed-{n}.csv" in said
        assert file.with_name(f"panel.changed-{n}.csv").read_bytes() == mine
    assert file.read_bytes() == whole
    assert "kept beside" not in exported(tmp_path, dataset())


def test_two_exports_are_compared_and_none_with_a_dataset(tmp_path: Path) -> None:
    exported(tmp_path, tables_of(FORMULA, {2021: {CARRIED: 3}}))
    (tmp_path / "out").rename(tmp_path / "old")
    exported(tmp_path, tables_of(FORMULA, {2021: {CARRIED: 4}}))
    run, new = CliRunner().invoke, str(tmp_path / "out")
    done = run(app, ["diff", str(tmp_path / "old"), new, "--format", "csv"])
    assert done.exit_code == 0
    assert f"'{FORMULA},2021,rq_carried_in_tot,3,4\n" in done.stdout
    assert "differ in 1 row" in done.stderr
    assert "changed by somebody" not in done.stderr
    (tmp_path / "out" / "panel.csv").write_bytes(b"mine")
    table = run(app, ["diff", str(tmp_path / "old"), new])
    lines = [line.split() for line in table.stdout.splitlines()]
    assert [FORMULA, "2021", "rq_carried_in_tot", "3", "→", "4"] in lines
    assert f"{new}: panel.csv changed by somebody since the export" in table.stderr
    assert "Nothing changed." in run(app, ["diff", new, new]).stdout
    for folders, format_ in (((str(tmp_path / "tables"), new), "csv"), ((new, new), "html")):
        refused = run(app, ["diff", *folders, "--format", format_])
        assert (refused.exit_code, refused.stdout, "export" in refused.stderr) == (2, "", True)
