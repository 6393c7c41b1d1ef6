"""The dataset keeps what was read, whole or not at all, and hands out no formula."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from ogi.extract.report import Figure, Finding, Narrative, Report
from ogi.readers.document import Box
from ogi.tables import (
    FIELDS,
    SCHEMAS,
    Filed,
    MissingTablesError,
    alone,
    connect,
    empty,
    frames,
    from_rows,
    parts,
    read,
    read_catalogue,
    to_csv,
    to_json,
    write,
)
from ogi.tables.parts import Part, PartRecord
from ogi.tables.schema import to_arrow

CONTRACT = {
    "figures": "report_id agency year form table item measure value unit state printed note "
    "page x0 top x1 bottom method confidence",
    "checks": "report_id agency year rule_id severity official verdict left right difference cells "
    "message message_zh",
    "reports": "report_id agency year folder printed_agency source sha256 title method form_proactive "
    "form_requests form_review scope scope_words parser_version seconds",
    "narratives": "report_id agency year section number title text page",
    "findings": "report_id agency year kind severity message message_zh table page printed resembles",
    "corrections": "report_id agency year table item measure printed corrected reason evidence who when",
    "review_marks": "agency year rule_id cells mark comment who when",
    "catalogue": "agency year kind published url deadline code region parent",
}


def report(year: int | None = 2021, source: str = "2021.pdf", agency: str | None = "示例县") -> Report:
    new = ("2021", "requests", "new")
    return Report(
        source=source,
        sha256="ab" * 32,
        method="pdf",
        title="示例县2021年度报告",
        agency=agency,
        printed_agency=agency,
        year=year,
        forms={"proactive": None, "requests": "2021", "review": None},
        figures=(
            Figure(
                *new,
                "natural_person",
                21.0,
                "件",
                "reported",
                "21（其中）",
                "其中",
                Box(2, 1.5, 2, 3, 4),
                0.9,
            ),
            Figure(*new, "business", None, "件", "blank", ""),
            Figure(*new, "research", None, "件", "absent"),
        ),
        narratives=(Narrative("overview", "一", "总体情况", "本年\n概况", 1),),
        findings=(Finding("label_unknown", "warning", "row", "requests", None, "=1+1", "new"),),
    )


def filed(name: str = "a/1", agency: str | None = "a", year: int | None = 2021) -> Filed:
    return Filed(name, agency, report(year), 0.5, "v1")


# --- the contract -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CONTRACT)
def test_tables_have_the_columns_of_the_contract(name: str) -> None:
    assert SCHEMAS[name].names == CONTRACT[name].split()
    assert set(CONTRACT) == set(SCHEMAS)


def test_every_field_is_used_and_says_what_it_means() -> None:
    assert set(FIELDS) == {column for schema in SCHEMAS.values() for column in schema.names}
    assert all(doc.endswith((".", "?")) and doc.zh.endswith(("。", "？")) for _, doc in FIELDS.values())


def test_a_report_becomes_typed_rows() -> None:
    made = frames([filed()])
    figures = made["figures"]
    assert figures.iloc[0].to_dict() == {
        **{
            "report_id": "a/1",
            "agency": "a",
            "year": 2021,
            "form": "2021",
            "table": "requests",
            "item": "new",
        },
        **{"measure": "natural_person", "value": 21.0, "unit": "件", "state": "reported", "note": "其中"},
        **{
            "printed": "21（其中）",
            "page": 2,
            "x0": 1.5,
            "top": 2.0,
            "x1": 3.0,
            "bottom": 4.0,
            "method": "pdf",
        },
        "confidence": 0.9,
    }
    assert list(figures["value"].isna()) == [False, True, True]
    assert list(figures["printed"].isna()) == [False, False, True]
    assert (figures["year"].dtype, figures["page"].dtype, figures["value"].dtype) == (
        "int64",
        "Int64",
        "float64",
    )
    row = made["reports"].iloc[0]
    assert (row["agency"], row["printed_agency"], row["parser_version"]) == ("a", "示例县", "v1")
    assert pd.isna(row["form_proactive"])
    assert row["form_requests"] == "2021"
    assert made["narratives"]["text"].iloc[0] == "本年\n概况"
    assert made["findings"]["resembles"].iloc[0] == "new"


def test_a_year_not_known_is_null_and_the_others_stay_whole_numbers() -> None:
    years = frames([filed(), filed("a/2", year=None)])["reports"]["year"]
    assert years.dtype == "Int64"
    assert years.iloc[0] == 2021
    assert years.iloc[1] is pd.NA


def test_a_file_alone_is_known_by_its_name_and_its_title() -> None:
    one = alone(report())
    assert (one.report_id, one.agency) == ("2021.pdf", "示例县")


def test_half_characters_of_a_file_name_do_not_stop_the_tables(tmp_path: Path) -> None:
    write(tmp_path, frames([filed("a/\udce5.pdf")]))
    assert read(tmp_path, "reports")["report_id"].iloc[0] == "a/?.pdf"


def test_no_reports_give_empty_typed_tables() -> None:
    for name, frame in frames([]).items():
        assert list(frame.columns) == SCHEMAS[name].names
        assert to_arrow(name, frame).schema.equals(SCHEMAS[name])


# --- on disk ----------------------------------------------------------------------------------------


def generation(mark: int = 0) -> dict[str, pd.DataFrame]:
    checks = from_rows(
        "checks",
        [("a/1", "a", 2021, "r", "error", True, "holds", 1.0, 1.0, 0.0, ["x/y/z", "x/y/w"], "m", "m")],
    )
    made = frames([filed(), filed("b/1", "b", None)])
    made["reports"]["seconds"] = float(mark)
    by_hand = {name: empty(name) for name in ("corrections", "review_marks", "catalogue")}
    return {**made, "checks": checks, **by_hand}


@pytest.mark.parametrize("name", ["tables", "it's [1] * a? 表"])
def test_what_is_written_is_what_is_read(tmp_path: Path, name: str) -> None:
    folder, given = tmp_path / name, generation()
    write(folder, given)
    for table, frame in given.items():
        pd.testing.assert_frame_equal(read(folder, table), frame)
    assert sorted(path.name for path in folder.glob("*")) == [".ogi-lock", "manifest.json", "parts"]


def test_one_agency_is_read_alone(tmp_path: Path) -> None:
    write(tmp_path, generation())
    assert set(read(tmp_path, "figures", "b")["agency"]) == {"b"}
    assert len(read(tmp_path, "figures", "b' OR '1'='1")) == 0
    assert read(tmp_path, "reports", "a")["year"].dtype == "int64"


def test_every_table_is_a_view(tmp_path: Path) -> None:
    write(tmp_path, generation())
    with connect(tmp_path) as connection:
        for name in SCHEMAS:
            connection.execute(f"SELECT count(*) FROM {name}")
        found = connection.execute(
            "SELECT r.agency, sum(value) FROM figures JOIN reports r USING (report_id) GROUP BY 1 ORDER BY 1"
        ).fetchall()
        assert found == [("a", 21.0), ("b", 21.0)]
        assert connection.execute("SELECT cells[2] FROM checks").fetchall() == [("x/y/w",)]


def test_other_programs_read_the_files(tmp_path: Path) -> None:
    write(tmp_path, generation())
    assert list(pd.read_parquet(file_of(tmp_path, "figures"))["measure"].unique()) == [
        *("natural_person", "business", "research")
    ]


def file_of(folder: Path, name: str) -> Path:
    """The file of a table that lies in one part."""
    (part,) = parts.parts(folder)
    return folder / "parts" / part.key / f"{name}.parquet"


def test_missing_tables_say_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(MissingTablesError, match="found none: run `ogi ingest RAW`"):
        connect(tmp_path / "nowhere")
    write(tmp_path, generation())
    file_of(tmp_path, "checks").unlink()
    with pytest.raises(MissingTablesError, match=r"found no checks.parquet: run `ogi ingest RAW`"):
        read(tmp_path, "checks")
    with pytest.raises(MissingTablesError, match=r"found no checks.parquet: run `ogi ingest RAW`"):
        connect(tmp_path)


def test_a_table_that_was_not_part_of_the_whole_is_missing(tmp_path: Path) -> None:
    write(tmp_path, {"figures": generation()["figures"]})
    assert len(read(tmp_path, "figures")) == 6
    with pytest.raises(MissingTablesError, match=r"no checks.parquet"):
        read(tmp_path, "checks")
    with pytest.raises(ValueError, match="found 'figure'"):
        read(tmp_path, "figure")


@pytest.mark.parametrize("content", [b"", b"PAR1 nonsense PAR1"])
def test_a_damaged_table_is_told(tmp_path: Path, content: bytes) -> None:
    write(tmp_path, generation())
    file_of(tmp_path, "reports").write_bytes(content)
    with pytest.raises(MissingTablesError, match=r"a damaged reports.parquet"):
        read(tmp_path, "reports")


def test_another_byte_within_a_table_is_told_and_no_other_figure_read(tmp_path: Path) -> None:
    write(tmp_path, generation())
    path = file_of(tmp_path, "figures")
    whole = path.read_bytes()
    silent = []
    for place in range(4, len(whole) - 8, 97):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x40]) + whole[place + 1 :])
        try:
            pd.testing.assert_frame_equal(read(tmp_path, "figures"), generation()["figures"])
        except MissingTablesError:
            continue
        except AssertionError:
            silent.append(place)
    assert silent == []


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"version": "another", "parts": []}', '{"parts": 1}'])
def test_a_manifest_of_another_kind_is_told(tmp_path: Path, text: str) -> None:
    write(tmp_path, generation())
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(MissingTablesError, match=r"another version|cannot be read"):
        connect(tmp_path)


def test_no_path_is_made_of_a_manifest(tmp_path: Path) -> None:
    write(tmp_path, generation())
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    manifest["parts"][0]["key"] = "../../elsewhere"
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(MissingTablesError, match="cannot be read"):
        read(tmp_path, "figures")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda f: f.drop(columns="value"), "columns missing: value; unknown: none"),
        (lambda f: f.assign(colour="red"), "columns missing: none; unknown: colour"),
        (lambda f: f.assign(value="many"), "expected columns of its types"),
    ],
)
def test_a_frame_of_another_shape_is_refused_before_anything_changes(tmp_path, change, message) -> None:
    write(tmp_path, generation(1))
    with pytest.raises(ValueError, match=message):
        write(tmp_path, {**generation(2), "figures": change(generation()["figures"])})
    assert read(tmp_path, "reports")["seconds"].iloc[0] == 1


# --- all or nothing ---------------------------------------------------------------------------------

KILLED = """
import os, shutil, signal, sys
from pathlib import Path
import pyarrow.parquet as pq
from tests.tables.test_dataset import generation, write

def mortal(step):
    left = [step]
    def dying(action):
        def run(*args, **kwargs):
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1
            return action(*args, **kwargs)
        return run
    pq.ParquetWriter.write_table = dying(pq.ParquetWriter.write_table)
    for of, name in ((Path, "replace"), (Path, "mkdir"), (os, "fsync"), (shutil, "rmtree")):
        setattr(of, name, dying(getattr(of, name)))

new = generation(2)
step, code = 0, -9
while code != 0:
    folder = Path(sys.argv[1]) / str(step)
    shutil.copytree(Path(sys.argv[1]) / "start", folder)
    child = os.fork()
    if child == 0:
        mortal(step)
        write(folder, new)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    step += 1
"""


def test_a_process_killed_at_any_step_leaves_the_old_tables_or_the_new(tmp_path: Path, root: Path) -> None:
    start = tmp_path / "start"
    for mark in (0, 1):
        write(start, generation(mark))
    (start / "notes.txt").write_text("mine")
    (start / "own.parquet").write_text("mine too")
    run = [sys.executable, "-c", KILLED, str(tmp_path)]
    subprocess.run(run, cwd=root, check=True, timeout=120)
    folders = sorted((f for f in tmp_path.iterdir() if f != start), key=lambda folder: int(folder.name))
    assert len(folders) > 2 * len(SCHEMAS)
    found = [generation_in(folder) for folder in folders]
    assert found == sorted(found)
    assert set(found) == {1, 2}
    for folder in folders:
        write(folder, generation(3))
        assert generation_in(folder) == 3
        assert len(list((folder / "parts").iterdir())) == 2, "this dataset's part, and that of the one before"
        assert (folder / "notes.txt").read_text() == "mine"
        assert (folder / "own.parquet").read_text() == "mine too"


def generation_in(folder: Path) -> float:
    return float(read(folder, "reports")["seconds"].iloc[0])


@pytest.mark.parametrize("step", range(2 + len(SCHEMAS)))
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_an_error_or_an_interruption_leaves_the_old_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int, error: BaseException
) -> None:
    write(tmp_path, generation(1))
    fsync, calls = os.fsync, []

    def failing(handle: int) -> None:
        calls.append(handle)
        if len(calls) == step + 1:
            raise error
        fsync(handle)

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(type(error)):
        write(tmp_path, generation(2))
    monkeypatch.undo()
    assert generation_in(tmp_path) == 1
    write(tmp_path, generation(3))
    assert generation_in(tmp_path) == 3
    assert len(list((tmp_path / "parts").iterdir())) == 2


def test_who_looked_the_tables_up_before_they_were_replaced_still_reads_them(tmp_path: Path) -> None:
    write(tmp_path, generation(1))
    with connect(tmp_path) as connection:
        write(tmp_path, generation(2))
        assert connection.sql("SELECT DISTINCT seconds FROM reports").fetchall() == [(1.0,)]


# --- parts ------------------------------------------------------------------------------------------


def test_one_agency_and_one_year_are_read_without_the_rest(tmp_path: Path) -> None:
    made = {agency: frames([filed(f"{agency}/{y}", agency, y) for y in (2022, 2020)]) for agency in "abcd"}
    keys = {agency: f"{n:032x}" for n, agency in enumerate("abcd")}
    for agency in "abcd":
        parts.put(tmp_path, keys[agency], made[agency], PartRecord())
    parts.commit(tmp_path, [Part(keys["a"]), *(Part(keys[agency], agency) for agency in "bcd")])
    assert list(read(tmp_path, "reports")["report_id"]) == [f"{a}/{y}" for a in "abcd" for y in (2020, 2022)]
    shutil.rmtree(tmp_path / "parts" / keys["c"])
    assert set(read(tmp_path, "figures", "b")["agency"]) == {"b"}
    assert read(tmp_path, "figures", "a nobody").empty
    footer = pq.read_metadata(tmp_path / "parts" / keys["b"] / "figures.parquet")
    years = [footer.row_group(n).column(2).statistics for n in range(footer.num_row_groups)]
    assert [(year.min, year.max) for year in years] == [(2020, 2020), (2022, 2022)]


# --- export -----------------------------------------------------------------------------------------


def test_numbers_are_written_as_a_reader_writes_them() -> None:
    frame = pd.DataFrame({"value": [550.0, 7730.28, -8.0, np.nan, 12345678.0, 0.1 + 0.2]})
    assert to_csv(frame).split("\n")[1:-1] == [
        "550",
        "7730.28",
        "-8",
        '""',
        "12345678",
        "0.30000000000000004",
    ]


@pytest.mark.parametrize(
    "text", ["=1+1", "+19", "-8", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1+1", "\n=cmd|' /C calc'!A0"]
)
def test_no_text_is_a_formula(text: str) -> None:
    frame = pd.DataFrame({"printed": [text], "cells": [[text, "x"]], "value": [-8.0]})
    (row,) = csv.DictReader(io.StringIO(to_csv(frame), newline=""))
    safe = "'" + text.replace("\r", "\n")
    assert row == {"printed": safe, "cells": f"{safe} x", "value": "-8"}


@pytest.mark.parametrize("text", ["22（其中=16件）", "一、1-2", "0", 'a,"b"\nc', "'=1"])
def test_other_text_is_left_as_it_stands(text: str) -> None:
    (row,) = csv.DictReader(io.StringIO(to_csv(pd.DataFrame({"printed": [text]})), newline=""))
    assert row["printed"] == text


def test_null_is_empty_and_years_are_whole() -> None:
    made = to_csv(frames([filed(year=None), filed("a/2")])["figures"])
    rows = list(csv.DictReader(io.StringIO(made)))
    assert [(row["year"], row["value"], row["page"], row["note"]) for row in rows[2:4]] == [
        ("", "", "", ""),
        ("2021", "21", "2", "其中"),
    ]
    assert to_csv(frames([])["figures"]) == ",".join(SCHEMAS["figures"].names) + "\n"


def test_json_keeps_types_and_text() -> None:
    rows = json.loads(to_json(frames([filed()])["figures"]))
    assert [row["value"] for row in rows] == [21, None, None]
    assert [row["printed"] for row in rows] == ["21（其中）", "", None]
    assert [row["page"] for row in rows] == [2, None, None]
    (check,) = json.loads(to_json(generation()["checks"]))
    assert (check["official"], check["cells"]) == (True, ["x/y/z", "x/y/w"])
    assert to_json(empty("checks")) == "[]"


# --- catalogue --------------------------------------------------------------------------------------

PUBLISHED = "agency,year,kind,published,url"


def catalogue(tmp_path: Path, *lines: str, deadlines: str | None = None) -> tuple[pd.DataFrame, list[str]]:
    path = tmp_path / "catalogue.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    if deadlines is not None:
        path.with_name("deadlines.toml").write_text(deadlines, "utf-8")
    return read_catalogue(path)


def test_the_catalogue_tells_when_a_report_was_published_and_by_when_it_had_to_be(tmp_path: Path) -> None:
    lines = PUBLISHED, "甲局,2023,department,2024-01-30,https://a.example/1", "乙镇,2023,township,,"
    frame, faults = catalogue(tmp_path, *lines, deadlines='[deadlines]\ntownship = "01-20"\n')
    assert faults == []
    assert frame["published"].to_list()[0] == "2024-01-30"
    assert list(frame["published"].isna()) == [False, True]
    assert frame["deadline"].to_list()[1] == "2024-01-20"
    assert list(frame["deadline"].isna()) == [True, False]
    assert to_arrow("catalogue", frame).num_rows == 2


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("甲局,2023,department,2024-13-01,", "expected a date such as 2025-03-31"),
        ("甲局,2023,department,20240131,", "expected a date such as 2025-03-31"),
        ("甲局,二三,department,,", "expected a year, found '二三'"),
        (",2023,department,,", "expected something under agency, found nothing"),
        ("甲局,2023", "expected 5 cells"),
        ("乙局,2023,department,,", "expected 乙局 on 2023 once, found it again"),
    ],
)
def test_an_unsound_row_of_the_catalogue_is_a_line(tmp_path: Path, line: str, message: str) -> None:
    frame, (fault,) = catalogue(tmp_path, PUBLISHED, "乙局,2023,department,,", line)
    assert frame["agency"].to_list() == ["乙局"]
    assert fault.startswith(f"{tmp_path / 'catalogue.csv'}, line 3: {message}")


@pytest.mark.parametrize(
    "deadlines",
    ["township", "[other]\na = 1\n", '[deadlines]\ntownship = "1-20"\n', "[deadlines]\ntownship = 120\n"],
)
def test_deadlines_that_are_none_are_a_line(tmp_path: Path, deadlines: str) -> None:
    frame, (fault,) = catalogue(tmp_path, PUBLISHED, "乙镇,2023,township,,", deadlines=deadlines)
    assert frame["deadline"].isna().all()
    assert fault.startswith(f"{tmp_path / 'deadlines.toml'}: expected")
