"""What each agency is written, and that nobody who is asked about anything goes without a letter."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pandas as pd
import pytest

from ogi.review import Review
from ogi.review.letters import Letter, _letter, letters
from ogi.review.settings import SETTINGS
from ogi.review.workbook import archived
from ogi.said import Said
from tests.province import YEAR, Planted


@pytest.fixture(scope="module")
def sent(data: Review) -> dict[str, Letter]:
    return {letter.agency: letter for letter in letters(data)}


def lines(letter: Letter) -> list[str]:
    return [str(line) for line in letter.lines]


def test_everyone_who_is_asked_about_anything_has_a_letter(sent: dict[str, Letter], planted: Planted) -> None:
    no_fault_of_theirs = planted.of("explained", "sudden", "far")
    assert set(sent) == {name for names in planted.agencies.values() for name in names} - no_fault_of_theirs
    slips = [len(letter.slips) > 0 for letter in sent.values()]
    assert slips == sorted(slips, reverse=True), "those with slips come first"


def test_a_report_that_is_not_there_is_asked_for_with_its_deadline(
    sent: dict[str, Letter], planted: Planted
) -> None:
    for fault, said in (
        ("missing", f"{YEAR}: no report has come in, due by 2024-01-31."),
        ("no_file", f"{YEAR}: published on 2024-01-25 by the catalogue, but the file is not here"),
        ("unread", f"{YEAR}: no report is known, due by 2024-01-31; a file that is here cannot be read"),
    ):
        for name in planted.of(fault):
            (line,) = lines(sent[name])
            assert said in line
            assert sent[name].points == 1


def test_a_late_report_is_one_point(sent: dict[str, Letter], planted: Planted) -> None:
    for name in planted.of("late"):
        assert sent[name].points == len(sent[name].slips) == 1
        assert "80 days after the deadline of 2024-01-31" in sent[name].slips["message"].iloc[0]


def test_copies_blank_tables_and_changed_files_are_asked_about(
    sent: dict[str, Letter], planted: Planted
) -> None:
    for one, other in map(sorted, planted.groups("copied", 2)):
        assert any(f"is 100.0% like that of {other}" in line for line in lines(sent[one]))
        assert any(f"is 100.0% like that of {one}" in line for line in lines(sent[other]))
    assert all("last year's words" in lines(sent[name])[0] for name in planted.of("repeated"))
    assert all("is blank throughout" in lines(sent[name])[0] for name in planted.of("blank"))
    (blank, *_) = planted.of("blank")
    assert "(政府信息公开行政复议、行政诉讼情况)" in lines(sent[blank])[0]
    assert all("than when it was first read" in lines(sent[name])[0] for name in planted.of("changed"))


def test_of_very_many_lines_the_last_says_how_many_are_left() -> None:
    made = _letter("甲", pd.DataFrame(), [Said("a", "甲")] * (SETTINGS.also + 3), {})
    assert made.points == SETTINGS.also + 3
    assert lines(made)[SETTINGS.also :] == ["And 3 more, which are in the lists of the review."]


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
