"""What each agency is written, and that nobody who is asked about anything goes without a letter."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pandas as pd
import pytest

from ogi.review import Review
from ogi.review.asked import Asked, Reason, agencies_of, asked
from ogi.review.letters import Letter, _letter, letters, lines_of
from ogi.review.page import what_to_send_back
from ogi.review.settings import SETTINGS
from ogi.review.slips import SLIP_COLUMNS
from ogi.review.workbook import archived
from ogi.said import Said
from tests.province import YEAR, Planted


@pytest.fixture(scope="module")
def sent(data: Review) -> dict[str, Letter]:
    return {letter.agency: letter for letter in letters(data)}


def lines(letter: Letter) -> list[str]:
    """Openings and lines, one below the other."""
    return [str(text) for opening, own in lines_of(letter) for text in (opening, *own)]


def test_everyone_who_is_asked_about_anything_has_a_letter(sent: dict[str, Letter], planted: Planted) -> None:
    named = {name for names in planted.agencies.values() for name in names}
    # What is only somewhat alike, or their own words of last year, asks for no letter of its own.
    no_fault_of_theirs = planted.of("explained", "sudden", "far", "repeated", "shared", "near")
    assert set(sent) == named - no_fault_of_theirs
    in_rows = [len(letter.rows) > 0 for letter in sent.values()]
    assert in_rows == sorted(in_rows, reverse=True), "those with slips come first"


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (
            "missing",
            f"By [date] no report of yours on {YEAR} is known to have been published (due by 2024-01-31).",
        ),
        ("no_file", f"your report on {YEAR} was published on 2024-01-25, but we have not received the file"),
        (
            "unread",
            f"Your report on {YEAR} could not be told from the files that came in (due by 2024-01-31): ",
        ),
    ],
)
def test_a_report_that_is_not_there_is_asked_for_and_blamed_for_no_slips(
    sent: dict[str, Letter], planted: Planted, fault: str, said: str
) -> None:
    assert planted.of(fault)
    for name in planted.of(fault):
        (line,) = lines(sent[name])
        assert said in line
        assert sent[name].points == 1
        assert sent[name].asked.reasons == [Reason(fault)]
        assert "sums" not in line


def test_the_law_is_named_only_where_it_sets_the_deadline(data: Review, planted: Planted) -> None:
    (name, *_) = sorted(planted.of("missing"))
    rows = data.reported.copy()
    told = {}
    for by in ("law", "catalogue"):
        other = Review(data.year, "zh", data.reports, data.tables, data.found)
        other.__dict__["reported"] = rows.assign(deadline_by=by)
        told[by] = asked(other)[name].openings[Reason.MISSING].zh
    assert "第四十九条" in told["law"]
    assert "第四十九条" not in told["catalogue"]


def test_a_late_report_is_one_point(sent: dict[str, Letter], planted: Planted) -> None:
    for name in planted.of("late"):
        assert sent[name].points == len(sent[name].rows) == 1
        assert "80 days after the deadline of 2024-01-31" in sent[name].rows["sum_told"].iloc[0]


def test_copies_blank_tables_and_changed_files_are_asked_about(
    sent: dict[str, Letter], planted: Planted
) -> None:
    for one, other in map(sorted, planted.groups("copied", 2)):
        for own, named in ((one, other), (other, one)):
            assert lines(sent[own])[0].startswith("For your information, and no slip")
            assert any(f"is 100.0% like that of {named}" in line for line in lines(sent[own]))
    assert all("is blank throughout" in lines(sent[name])[1] for name in planted.of("blank"))
    (blank, *_) = planted.of("blank")
    assert "(政府信息公开行政复议、行政诉讼情况)" in lines(sent[blank])[1]
    assert all("than when it was first read" in lines(sent[name])[1] for name in planted.of("changed"))


def test_the_page_tells_how_many_are_written_to_and_why(data: Review, sent: dict[str, Letter]) -> None:
    found = asked(data)
    assert set(found) == set(sent)
    shown = str(what_to_send_back(data))
    assert f"Agencies to be written to: {len(sent)}." in shown
    for reason, n in agencies_of(found).items():
        assert n == sum(reason in letter.asked.reasons for letter in sent.values())
    assert f"no report: {agencies_of(found)[Reason.MISSING]}" in shown


def test_a_sum_is_written_with_every_number_and_every_line_of_the_cause(
    sent: dict[str, Letter], planted: Planted
) -> None:
    (name, *_) = sorted(planted.of("total_left_zero"))
    rows = sent[name].rows
    first = rows.iloc[0]
    assert first["table_told"].zh.startswith("四、")
    assert (first["row_told"].zh, first["column_told"].zh) == ("行政复议", "总计")
    assert (first["as_printed"], first["should_be"], first["off"]) == ("0", "6", 6.0)
    assert "= 6; Total (总计) = 0" in first["sum_told"]
    assert "总计 = 0" in first["sum_told"].zh
    assert (rows["reply"] == "").all()


def test_of_very_many_lines_the_last_says_how_many_are_left() -> None:
    one = Asked({Reason.FILES: Said("look", "看")})
    one.lines[Reason.FILES] += [Said("a", "甲")] * (SETTINGS.also + 3)
    made = _letter("甲", one, pd.DataFrame(columns=SLIP_COLUMNS), {})
    assert made.points == SETTINGS.also + 3
    assert lines(made)[SETTINGS.also + 1 :] == ["And 3 more, which are in the lists of the review."]


def test_the_archive_has_a_workbook_for_each_letter_alone(data: Review, sent: dict[str, Letter]) -> None:
    some = list(sent.values())[:3]
    with zipfile.ZipFile(io.BytesIO(archived(data, some))) as archive:
        assert archive.namelist() == [f"{letter.agency}.xlsx" for letter in some]
        for letter in some:
            book = zipfile.ZipFile(io.BytesIO(archive.read(f"{letter.agency}.xlsx")))
            assert book.read("xl/workbook.xml").decode().count("<sheet ") == 1
            others = {one.agency for one in some} - {letter.agency}
            told = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
            assert letter.agency in told
            assert not any(name in told for name in others)
    assert archived(data, some) == archived(data, some)


def test_a_name_that_no_file_can_have_is_put_otherwise_and_none_is_lost(data: Review) -> None:
    (first, *_) = letters(data)
    with zipfile.ZipFile(
        io.BytesIO(archived(data, [replace(first, agency=name) for name in ("甲/乙", "甲:乙", "../丙")]))
    ) as archive:
        assert archive.namelist() == ["甲_乙.xlsx", "甲_乙_.xlsx", ".._丙.xlsx"]
