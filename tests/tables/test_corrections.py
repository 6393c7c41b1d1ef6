"""Corrections: read as typed, put over the figures where they fit, refused where they do not."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from ogi.extract.report import FindingKind
from ogi.tables import (
    SCHEMAS,
    apply_corrections,
    connect,
    empty,
    from_rows,
    joined,
    marked,
    read_corrections,
    to_frame,
    write,
)
from ogi.tables.corrections import COLUMNS, counted
from ogi.values import State
from tests.reports_made import figures as figures_made

HEAD = "agency,year,table,item,measure,printed,corrected,reason,evidence,who,when"
SOUND = "a,2023,review,reconsideration,total,0,11,sum,called the office,W. L.,2025-03-31"
TOTAL = "review/reconsideration/total"
LABELS = {
    "reconsideration": "Reconsideration / total",
    "procurement": "Government procurement / amount procured",
}


def corrections(tmp_path: Path, *lines: str) -> tuple[pd.DataFrame, list[str]]:
    path = tmp_path / "corrections.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8-sig")
    return read_corrections(path)


def said(*lines: str) -> pd.DataFrame:
    rows = [line.split(",") for line in lines]
    return from_rows("corrections", [(None, row[0], int(row[1]), *row[2:]) for row in rows])[COLUMNS]


def printed(
    told: dict[str, float | str | tuple[str, str | None]] | None = None, year: int = 2023
) -> pd.DataFrame:
    return figures_made("a", year, told or {}, 0, {})


def cell(figures: pd.DataFrame, id: str = TOTAL) -> pd.Series:
    table, item, measure = id.split("/")
    is_meant = (figures["table"] == table) & (figures["item"] == item) & (figures["measure"] == measure)
    (found,) = figures[is_meant].to_dict("records")
    return pd.Series(found)


# --- read -------------------------------------------------------------------------------------------


def test_heads_and_cells_may_be_told_in_chinese(tmp_path: Path) -> None:
    head = "机关,年度,表格,行目,栏目,原文,更正为,理由,依据,填写人,填写日期"
    line = (
        "a,2023年,政府信息公开行政复议、行政诉讼情况,行政复议,总计,0,11,sum,called the office,W. L.,2025/3/31"
    )
    frame, faults = corrections(tmp_path, head, line)
    assert faults == []
    pd.testing.assert_frame_equal(frame, corrections(tmp_path, HEAD, SOUND)[0])
    _, (fault,) = corrections(tmp_path, head, line.replace("行政复议,总计", "行政复议,自然人"))
    assert "of that row under measure" in fault
    assert "found '自然人'" in fault


def test_what_is_refused_is_told_in_the_words_of_the_form() -> None:
    _, _, refused = vars(apply_corrections(printed(), said(SOUND.replace(",0,11", ",7,11")))).values()
    assert TOTAL in refused["message"][0]
    assert (
        "“行政复议 / 总计”（review/reconsideration/total）更正为11未采用：年报该处印的是“0”"
        in refused["message_zh"][0]
    )


def test_corrections_are_read_as_typed(tmp_path: Path) -> None:
    frame, faults = corrections(tmp_path, HEAD, SOUND, SOUND.replace(",0,11,", ",011,,"))
    assert faults == []
    assert list(frame["printed"]) == ["0", "011"]
    assert list(frame["corrected"]) == ["11", ""]
    assert frame["year"].dtype == "int64"
    assert list(frame.columns) == HEAD.split(",") == SCHEMAS["corrections"].names[1:]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("2023", "23", "expected a year, found '23'"),
        (
            "total",
            "sum",
            "expected a column of that row under measure, such as other (其他结果), found 'sum'",
        ),
        (",11,", ",eleven,", "expected a number or nothing under corrected, found 'eleven'"),
        ("2025-03-31", "31.3.2025", "expected a date such as 2025-03-31 under when, found '31.3.2025'"),
        ("called the office", " ", "expected something under evidence, found nothing"),
        (",W. L.", "", "expected 11 cells, found 10"),
        ("W. L.", "W,L", "expected 11 cells, found 12"),
    ],
)
def test_an_unsound_correction_is_one_line_and_costs_no_other(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    frame, faults = corrections(tmp_path, HEAD, SOUND, SOUND.replace(old, new))
    assert len(frame) == 1
    assert faults == [f"{tmp_path / 'corrections.csv'}, line 3: {message}"]


@pytest.mark.parametrize("content", ["", "agency,year\na,2020\n", SOUND])
def test_a_file_without_the_columns_is_refused(tmp_path: Path, content: str) -> None:
    frame, (fault,) = corrections(tmp_path, content)
    assert len(frame) == 0
    assert f"expected the columns {', '.join(HEAD.split(','))}" in fault


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_bytes(b"\xff\x00\x01")
    assert "expected a CSV file in UTF-8" in read_corrections(tmp_path / "c.csv")[1][0]


AS_TYPED = {
    "byte order mark": (HEAD + "\n" + SOUND).encode("utf-8-sig"),
    "GBK": (HEAD + "\n" + SOUND).encode("gbk"),
    "Unicode text": (HEAD + "\n" + SOUND).replace(",", "\t").encode("utf-16"),
    "semicolons": (HEAD + "\n" + SOUND).replace(",", ";").encode(),
    "empty rows": (HEAD + "\r\n" + SOUND + "\r\n,,,,,,,,,,\r\n\r\n").encode(),
    "empty columns": (HEAD + ",,\n" + SOUND + ",,\n").encode(),
    "capitals": (HEAD.title() + "\n" + SOUND).encode(),
    "blanks": (HEAD + "\n" + SOUND.replace("2023", " 2023 ").replace("review", "review ")).encode(),
    "a year of a spreadsheet": (HEAD + "\n" + SOUND.replace("2023", "2023.0")).encode(),
    "full-width digits": (HEAD + "\n" + SOUND.replace("2023", "２０２３").replace(",11,", ",１１,")).encode(),
    "a day of a spreadsheet": (HEAD + "\n" + SOUND.replace("2025-03-31", "2025/3/31")).encode(),
    "a day in Chinese": (HEAD + "\n" + SOUND.replace("2025-03-31", "2025年3月31日")).encode(),
}


@pytest.mark.parametrize("name", AS_TYPED)
def test_files_are_read_as_spreadsheets_write_them(tmp_path: Path, name: str) -> None:
    plain, faults = corrections(tmp_path, HEAD, SOUND)
    assert faults == []
    path = tmp_path / "typed.csv"
    path.write_bytes(AS_TYPED[name])
    frame, faults = read_corrections(path)
    assert faults == []
    pd.testing.assert_frame_equal(frame, plain)
    assert path.read_bytes() == AS_TYPED[name]


@pytest.mark.parametrize(
    ("head", "difference"),
    [
        (HEAD + ",note", "found also 'note'"),
        (HEAD.replace("printed", "print"), "there is no 'printed'; found also 'print'"),
        (HEAD.replace(",when", ""), "there is no 'when'"),
        (HEAD + ",who", "found also 'who'"),
    ],
)
def test_a_wrong_head_is_told_by_what_differs(tmp_path: Path, head: str, difference: str) -> None:
    _, (fault,) = corrections(tmp_path, head, SOUND)
    assert fault.endswith(f"when, {difference}")


def test_a_number_beyond_all_counts_is_refused(tmp_path: Path) -> None:
    frame, (fault,) = corrections(tmp_path, HEAD, SOUND.replace(",11,", f",{'9' * 400},"))
    assert len(frame) == 0
    assert "expected a number or nothing under corrected" in fault
    assert len(fault) < 400


# --- applied ----------------------------------------------------------------------------------------


def test_a_correction_changes_one_value_and_keeps_what_is_printed() -> None:
    before = printed()
    done = apply_corrections(before, said(SOUND))
    assert done.failures == []
    assert cell(done.figures)[["value", "state", "printed"]].to_list() == [11.0, "reported", "0"]
    assert cell(before)["value"] == 0, "the figures given are left as they are"
    changed = done.figures.drop(columns="value")
    pd.testing.assert_frame_equal(changed, before.drop(columns="value"))
    assert (done.figures["value"] != before["value"]).sum() == 1
    assert done.applied.to_dict("records") == [
        {"report_id": "a/2023.pdf", **said(SOUND).iloc[0].to_dict()},
    ]


def test_a_cell_becomes_blank_or_read_and_a_person_has_no_doubt() -> None:
    before = printed({TOTAL: (State.UNREADABLE, "l1"), "review/reconsideration/upheld": 3})
    before["confidence"] = 0.5
    done = apply_corrections(
        before, said(SOUND.replace(",0,11,", ",l1,11,"), SOUND.replace("total,0,11", "upheld,3,"))
    )
    read, blank = cell(done.figures), cell(done.figures, "review/reconsideration/upheld")
    assert (read["value"], read["state"], read["printed"], read["confidence"]) == (11, "reported", "l1", 1)
    assert (blank["state"], blank["printed"]) == (State.BLANK, "3")
    assert pd.isna(blank["value"])
    assert done.figures["confidence"].value_counts()[1.0] == 2


def test_blanks_around_what_is_printed_do_not_matter() -> None:
    done = apply_corrections(
        printed({TOTAL: (State.UNREADABLE, " 1\n1 ")}), said(SOUND.replace(",0,", ",1 1,"))
    )
    assert done.failures == []
    empty_cell = apply_corrections(
        printed({TOTAL: (State.BLANK, None)}), said(SOUND.replace(",0,11", ",,11"))
    )
    assert cell(empty_cell.figures)["value"] == 11


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (SOUND.replace(",0,11,", ",1,11,"), "expected “1” to be printed there, found “0”"),
        (SOUND.replace("2023", "2022"), "expected a report of that agency and year, found none"),
        (SOUND.replace("a,", "b,", 1), "expected a report of that agency and year, found none"),
        (
            SOUND.replace("review,reconsideration,total", "proactive,procurement,amount"),
            "expected the cell in the report, found that its form has none",
        ),
    ],
)
def test_what_does_not_fit_is_refused_and_told(line: str, why: str) -> None:
    before = printed()
    done = apply_corrections(before, said(line))
    pd.testing.assert_frame_equal(done.figures, before)
    assert done.applied.empty
    (finding,) = done.refused.to_dict("records")
    agency, year, table, item, measure, stood, *_ = line.split(",")
    told = (
        f"correction of {agency} {year}, {LABELS[item]} ({table}/{item}/{measure}), to 11 not applied: {why}"
    )
    assert finding["message"] == told
    assert done.failures == [finding["message"]]
    assert (finding["kind"], finding["printed"], finding["table"]) == (
        FindingKind.CORRECTION_REFUSED,
        stood,
        table,
    )
    there = "printed there" in why
    assert (finding["report_id"] == "a/2023.pdf") == there
    assert (finding["page"] == 3) == there


def test_two_that_contradict_are_both_refused_and_two_that_agree_are_one() -> None:
    before = printed()
    done = apply_corrections(before, said(SOUND, SOUND.replace(",11,", ",12,")))
    pd.testing.assert_frame_equal(done.figures, before)
    assert [told.partition("), ")[2] for told in done.failures] == [
        f"to {number} not applied: expected one correction, found 11 and 12" for number in (11, 12)
    ]
    assert counted(done.applied, done.refused) == (0, 2)
    agreeing = apply_corrections(before, said(SOUND, SOUND.replace(",11,", ",11.0,")))
    assert (agreeing.failures, len(agreeing.applied)) == ([], 1)
    assert counted(agreeing.applied, agreeing.refused) == (1, 0)


def test_what_is_printed_may_be_typed_in_full_width_signs() -> None:
    """As a Chinese keyboard has them: a clerk's “１２（件）” was refused for a printed “12(件)”."""
    figures = printed({TOTAL: 12}).replace({"printed": {"12": "12 (件)"}})
    done = apply_corrections(figures, said(SOUND.replace(",0,11", ",１２　（件）,11")))
    assert (done.failures, cell(done.figures)["value"]) == ([], 11)
    other = apply_corrections(figures, said(SOUND.replace(",0,11", ",１３　（件）,11")))
    assert len(other.failures) == 1


def test_a_correction_of_two_files_on_one_year_counts_once() -> None:
    both = joined("figures", [printed(), printed().assign(report_id="a/2023 again.pdf")])
    lines = (SOUND, SOUND.replace(",11,", ",11.0,"), SOUND.replace(",0,11,", ",5,11,"))
    done = apply_corrections(both, said(*lines))
    assert (len(done.applied), len(done.refused)) == (2, 2)
    assert counted(done.applied, done.refused) == (1, 1)


def test_a_stale_correction_does_not_stand_in_the_way_of_the_new_one() -> None:
    done = apply_corrections(printed({TOTAL: 7}), said(SOUND, SOUND.replace(",0,11,", ",7,11,")))
    assert cell(done.figures)["value"] == 11
    assert len(done.failures) == 1


def test_of_two_files_on_one_year_the_one_that_prints_it_is_corrected() -> None:
    other = printed({TOTAL: 11}).assign(report_id="a/2023 again.pdf")
    both = joined("figures", [printed(), other])
    done = apply_corrections(both, said(SOUND))
    assert done.failures == []
    assert list(done.applied["report_id"]) == ["a/2023.pdf"]


def test_the_order_of_the_index_does_not_matter() -> None:
    figures = printed().iloc[::-1]
    assert cell(apply_corrections(figures, said(SOUND)).figures)["value"] == 11


def test_the_view_is_what_python_gives(tmp_path: Path) -> None:
    figures = joined("figures", [printed({TOTAL: (State.UNREADABLE, "?")}), printed(year=2022)])
    lines = SOUND.replace(",0,11,", ",?,11.5,"), SOUND.replace("2023", "2022").replace(",0,11,", ",0,,")
    done = apply_corrections(figures, said(*lines))
    assert len(done.applied) == 2
    parts = {name: empty(name) for name in ("reports", "checks")}
    write(tmp_path, {**parts, "figures": figures, "corrections": done.applied})
    with connect(tmp_path) as connection:
        found = to_frame(connection.sql("SELECT * FROM figures_corrected").to_arrow_table())
    expected = marked(done.figures, done.applied)
    assert list(found.columns) == list(expected.columns)
    key = ["report_id", "table", "item", "measure"]
    ordered = [frame.sort_values(key).reset_index(drop=True) for frame in (found, expected)]
    pd.testing.assert_frame_equal(*ordered)
    assert list(found.loc[found["corrected_by"].notna(), "correction_reason"]) == ["sum", "sum"]
