"""The workbook: lists whole, a sheet for each agency, and nothing that a program would take for a formula."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from ogi import review
from ogi.review import Review, workbook
from ogi.review.letters import letters
from ogi.review.sent_back import slips
from ogi.review.sheets import height_of
from tests.province import Planted


@pytest.fixture(scope="module")
def book(data: Review) -> zipfile.ZipFile:
    return opened(data)


def opened(data: Review) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(workbook(data, letters(data))))


def sheets(book: zipfile.ZipFile) -> dict[str, str]:
    """Name of each sheet → its XML."""
    names = re.findall(r'<sheet name="([^"]*)" sheetId="(\d+)"', book.read("xl/workbook.xml").decode())
    return {name: book.read(f"xl/worksheets/sheet{number}.xml").decode() for name, number in names}


def test_each_agency_that_is_written_to_has_a_sheet(
    book: zipfile.ZipFile, data: Review, planted: Planted
) -> None:
    found = sheets(book)
    assert {letter.agency for letter in letters(data)} <= set(found)
    assert not planted.of("explained") & set(found)
    late = sorted(planted.of("late"))[0]
    assert "was published on 2024-04-20, 80 days late" in found[late]
    zero = sorted(planted.of("total_left_zero"))[0]
    assert "= 6" in found[zero]


def test_lists_are_whole(book: zipfile.ZipFile, data: Review) -> None:
    found = sheets(book)
    assert found["Who has reported"].count("<row ") == 1 + len(data.reported)
    assert found["What to send back"].count("<row ") == 1 + len(data.to_send)


def test_every_row_of_a_list_is_as_high_as_its_text(book: zipfile.ZipFile, data: Review) -> None:
    """On paper 情况说明 was cut: without a height of its own, not every program makes a row high."""
    rows = re.findall(r"<row [^>]*>", sheets(book)["What to send back"])
    heights = [float(height[1]) for row in rows if (height := re.search(r' ht="([\d.]+)" customHeight', row))]
    assert len(heights) == len(rows) == 1 + len(data.to_send)
    needed = [height_of(str(told), 48) for told in slips(data).rows["told"]]
    assert max(needed) > 2 * height_of("", 48)
    # Heights are whole pixels, of which a point has four thirds.
    assert all(height > least - 1 for height, least in zip(heights[1:], needed, strict=True))


def test_nothing_is_a_formula_or_a_link(book: zipfile.ZipFile, data: Review) -> None:
    assert not any("<f>" in xml or "<hyperlink" in xml for xml in sheets(book).values())
    agencies = data.found.agencies.assign(
        agency=data.found.agencies["agency"].where(lambda n: n.index > 0, "=1+1")
    )
    strange = replace(data, found=replace(data.found, agencies=agencies))
    told = sheets(opened(strange))
    assert any(">=1+1<" in xml for xml in told.values())
    assert not any("<f>" in xml for xml in told.values())


def test_the_same_review_gives_the_same_workbook(data: Review) -> None:
    assert workbook(data, letters(data)) == workbook(data, letters(data))


def test_it_is_written_where_it_is_asked_for(data: Review, tmp_path: Path) -> None:
    said = review.save(data, str(tmp_path / "review.xlsx"))
    assert 'href="review.xlsx"' in said
    assert 'href="review.zip"' in said
    assert (tmp_path / "review.xlsx").read_bytes()[:2] == b"PK"
    assert len(zipfile.ZipFile(tmp_path / "review.zip").namelist()) == 2 * len(letters(data))
    assert "href" not in review.save(data, "")


def test_every_row_of_a_letter_has_its_height(book: zipfile.ZipFile, data: Review, planted: Planted) -> None:
    """The workbook of all is written row by row, which are gone when the next one begins."""
    xml = sheets(book)[sorted(planted.of("total_left_zero"))[0]]
    rows = re.findall(r'<row r="(\d+)"([^>]*)', xml)
    assert len(rows) > 10
    assert all(' ht="' in told for _, told in rows), rows
