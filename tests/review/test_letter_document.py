"""A letter as a Word document: the words of its sheet, every one of them printed."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from ogi.review import Review
from ogi.review.letter_document import letter_document
from ogi.review.letters import LETTER, Letter, heads_of, letters, parts_of
from ogi.review.words import plain
from tests.corpus.layouts import converted
from tests.province import YEAR, Planted
from tests.review.test_letter_sheet import WRITTEN, Printed, picture, very_long


@pytest.fixture(scope="module")
def sent(data: Review, planted: Planted) -> dict[str, Letter]:
    """A letter about each kind of fault; the first with a picture, one that is very long."""
    own = {sorted(planted.of(fault))[0]: fault for fault in WRITTEN}
    found = {own[letter.agency]: letter for letter in letters(data) if letter.agency in own}
    found["balance_off"] = replace(found["balance_off"], clips={0: ((3, picture()),)})
    found["long"] = replace(found["late"], agency="long", asked=very_long())
    return found


def words(content: bytes) -> tuple[list[str], list[list[list[str]]]]:
    """The paragraphs that say something, and the cells of each table."""
    document = docx.Document(io.BytesIO(content))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    return [one.text for one in document.paragraphs if one.text], tables


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_letter_in_word_says_what_its_parts_say(sent: dict[str, Letter], language: str) -> None:
    for fault, letter in sent.items():
        paragraphs, tables = words(letter_document(letter, YEAR, language))
        parts = [*parts_of(letter, YEAR, language)]
        in_boxes = ("gap", "table", "answer", "box", "picture")
        assert ["".join(text.split("\n")) for text in paragraphs] == [
            text for look, text in parts if look not in in_boxes
        ], fault
        (signed,) = (text for look, text in parts if look == "box")
        assert tables[-1][-1] == [signed]
        if len(letter.rows) > 0:
            assert tables[0][0] == heads_of(language)
            assert len(tables[0]) == 1 + len(letter.rows)
            assert tables[0][1][LETTER.index(next(c for c in LETTER if c.id == "reply"))] == ""


def test_a_letter_of_one_slip_is_a_page_and_an_annex_and_no_sum_is_cut_in_two(
    soffice: str, sent: dict[str, Letter], tmp_path: Path
) -> None:
    slips = ("total_left_zero", "balance_off", "outcome_off", "carried", "told")
    files = [tmp_path / f"{fault}.docx" for fault in slips]
    for fault, file in zip(slips, files, strict=True):
        file.write_bytes(letter_document(replace(sent[fault], clips={}), YEAR, "zh"))
        (table, *_) = docx.Document(str(file)).tables
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    pages = {}
    for fault, printed in zip(slips, converted(files, tmp_path), strict=True):
        with pypdfium2.PdfDocument(printed) as document:
            pages[fault] = [Printed(page).is_upright for page in document]
    assert pages == {fault: [True, False] for fault in slips}


def test_how_far_off_a_figure_is_has_its_sign(sent: dict[str, Letter]) -> None:
    letter = sent["balance_off"]
    _, (slips, *_) = words(letter_document(letter, YEAR, "zh"))
    (at,) = (n for n, column in enumerate(LETTER) if column.id == "off")
    assert slips[1][at] == f"{letter.rows.iloc[0]['off']:+g}"


def test_the_same_letter_is_the_same_bytes_and_tells_of_no_library(sent: dict[str, Letter]) -> None:
    content = letter_document(sent["late"], YEAR, "zh")
    assert content == letter_document(sent["late"], YEAR, "zh")
    assert len(content) < 15_000, "thousands of them lie in one archive"
    document = docx.Document(io.BytesIO(content))
    assert (document.core_properties.author, document.core_properties.comments) == ("", "")
    assert "逾期公布" in document.core_properties.title
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert not [name for name in packed.namelist() if "thumbnail" in name or "theme" in name]


def test_the_heads_stand_on_each_page_and_columns_are_as_wide_as_their_words(
    sent: dict[str, Letter],
) -> None:
    document = docx.Document(io.BytesIO(letter_document(sent["balance_off"], YEAR, "zh")))
    (heads, *_) = document.tables[0].rows
    assert heads._tr.trPr.find(qn("w:tblHeader")) is not None
    assert heads.cells[1].width > 2 * heads.cells[0].width
    assert document.tables[0].columns[1].width == heads.cells[1].width
    body, annex = document.sections
    assert body.page_width < body.page_height
    assert annex.page_width > annex.page_height


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_word_is_seen_when_it_is_printed(
    soffice: str, sent: dict[str, Letter], tmp_path: Path, language: str
) -> None:
    files = {tmp_path / f"{n}.docx": letter for n, letter in enumerate(sent.values())}
    seal = "".join(plain("letter.signed", language).split())[:8]
    for file, letter in files.items():
        file.write_bytes(letter_document(letter, YEAR, language))
    for letter, file, printed in zip(sent.values(), files, converted([*files], tmp_path), strict=True):
        with pypdfium2.PdfDocument(printed) as document:
            pages = [Printed(page) for page in document]
        annex = next(n for n, page in enumerate(pages) if page.shows(seal))
        has_table = len(letter.rows) > 0
        assert [page.is_upright for page in pages] == [n < annex or not has_table for n in range(len(pages))]
        assert min(size for page in pages for size in page.sizes) >= 10, "points: readable in the hand"
        paragraphs, tables = words(file.read_bytes())
        for text in [*paragraphs, *(cell for table in tables for row in table for cell in row if cell)]:
            last = "".join(text.split())[-6:]
            assert any(page.shows(last) for page in pages), (letter.agency, text)
