"""The picture of the page is the judge: whatever is done to a number, none is told that does not show."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ogi.arrays import Pixels
from ogi.readers.document import Cell, Method, UnreadableFile
from ogi.readers.pdf.pages import opened, read_pages
from ogi.readers.pdf.settings import PDF
from ogi.readers.scan import SCAN
from tests.readers.pdf_made import BLACK, WHITE, Page, written
from tests.readers.test_pdf import Reading, cell, lined, reading

__all__ = ["reading"]  # the fixture

SURE = 0.9
X, Y = 160.0, 134.0
LEFT, TOP, RIGHT, BOTTOM = 150.0, 120.0, 250.0, 140.0
FALSE = "8123456709"
"""What the font L shows for 0 to 9: 0 and 8 changed for each other."""


def plain(page: Page, number: str) -> str:
    page.text(X, Y, number)
    return number


def pale(page: Page, number: str) -> str:
    page.text(X, Y, number, colour="0.7 0.2 0.2")
    return number


def white(page: Page, number: str) -> str:
    page.text(X, Y, number, colour=WHITE)
    return ""


def without_ink(page: Page, number: str) -> str:
    page.text(X, Y, number, mode=3)
    return ""


def in_a_layer_that_is_off(page: Page, number: str) -> str:
    page.switched_off(X, Y, number)
    return ""


def clipped(page: Page, number: str) -> str:
    page.text(X, Y, number)
    page.content[-1] = f"q 0 0 10 10 re W n {page.content[-1]} Q"
    return ""


def with_the_first_digit_clipped(page: Page, number: str) -> str:
    page.text(X, Y, number)
    page.content[-1] = f"q {X + 5} 0 300 500 re W n {page.content[-1]} Q"
    return number[1:]


def covered(page: Page, number: str) -> str:
    page.text(X, Y, number).fill(X - 2, Y - 10, X + 40, Y + 3, WHITE)
    return ""


def with_the_last_digit_covered(page: Page, number: str) -> str:
    page.text(X, Y, number).fill(X + 5 * len(number) - 5, Y - 10, X + 40, Y + 3, WHITE)
    return number[:-1]


def corrected(page: Page, number: str) -> str:
    covered(page, number[::-1] + "7")
    return plain(page, number)


def struck(page: Page, number: str) -> None:
    page.text(X, Y, number).stroke(X, Y - 3.5, X + 5, Y - 3.5)


def blacked_out(page: Page, number: str) -> None:
    page.text(X, Y, number).fill(X - 2, Y - 10, X + 5 * len(number) + 2, Y + 3, BLACK)


def overprinted(page: Page, number: str) -> None:
    other = "7" if number.startswith("4") else "4"  # the same digit again would be bold type
    page.text(X + 1, Y, other).text(X, Y, number)


def in_a_lying_font(page: Page, number: str) -> str:
    page.text(X, Y, number, font="L")
    return number.translate(str.maketrans("0123456789", FALSE))


def as_a_picture(page: Page, number: str) -> None:
    pixels = bytes(255 * (x % 4 == 0 or y % 7 == 0) for y in range(14) for x in range(20))
    page.picture(X, Y - 8, X + 12, Y, pixels, "/W 20 /H 14 /BPC 8 /CS /G")


TRICKS = (
    plain, pale, white, without_ink, in_a_layer_that_is_off, clipped, with_the_first_digit_clipped, covered,
    with_the_last_digit_covered, corrected, struck, blacked_out, overprinted, in_a_lying_font, as_a_picture,
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(trick=st.sampled_from(TRICKS), number=st.integers(10, 99_999).map(str))
def test_no_number_is_told_with_confidence_that_does_not_show(
    trick: object, number: str, reading: Reading
) -> None:
    found, shown = done(trick, number, reading)
    if shown is None:
        assert found.confidence < SURE
        assert found.text
    elif found.confidence >= SURE:
        assert found.text == shown


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: trick.__name__)
def test_a_number_is_read_as_it_shows_or_doubted(trick: object, reading: Reading) -> None:
    found, shown = done(trick, "8305", reading)
    is_sure = (found.text, found.confidence >= SURE) == (shown, True)
    assert is_sure or (found.method == Method.OCR and found.confidence <= SCAN.disputed)


def done(trick: object, number: str, reading: Reading) -> tuple[Cell, str | None]:
    """The cell in which a trick was played, and the number that shows there; None where none does plainly."""
    assert callable(trick)
    page = lined(Page()).text(60, 114, "甲乙").text(60, 134, "丙丁").text(260, 134, "7")
    shown = trick(page, number)
    return cell(reading(page, layers="/OFF [%d]", false=FALSE), 1, 1), shown


def test_digits_that_look_different_are_read_by_picture_and_told(reading: Reading) -> None:
    page = lined(Page()).text(60, 114, "甲乙").text(60, 134, "丙丁").text(X, Y, "1058", font="L")
    document = reading(page, false=FALSE)
    assert (cell(document, 1, 1).text, cell(document, 1, 1).method) == ("1850", Method.OCR)
    assert document.notes == (
        "page 1: 2 digits look different from what their font says, they were read by picture",
    )


def test_text_whose_digits_look_different_is_read_by_picture(reading: Reading) -> None:
    page = Page()
    for place, text in enumerate(("2023", "1058")):
        page.text(60, 60 + 40 * place, text, font="L", size=20)
    (paragraph,) = reading(page, false=FALSE).paragraphs
    assert paragraph.text == "2823 1850"


@pytest.mark.parametrize(("lighter", "is_line"), [(PDF.line_ink + 2, True), (PDF.line_ink - 3, False)])
def test_rows_are_parted_by_the_ground_alone_where_it_shows(
    lighter: int, is_line: bool, reading: Reading
) -> None:
    ground = f"{1 - lighter / 255:.4f}"
    page = Page().fill(50, 120, 250, 140, f"{ground} {ground} {ground}")
    for x in (50.0, 150.0, 250.0):
        page.stroke(x, 100, x, 140)
    for y in (100.0, 140.0):
        page.stroke(50, y, 250, y)
    page.text(60, 114, "甲").text(160, 114, "12").text(60, 134, "乙").text(160, 134, "34")
    texts = {c.text for c in reading(page).blocks[0].cells}  # type: ignore[union-attr]
    assert texts == ({"甲", "12", "乙", "34"} if is_line else {"甲\n乙", "12\n34"})


@pytest.mark.parametrize(
    ("levels", "shown", "is_sure"), [(12, "", True), (13, None, False), (39, None, False), (40, "8305", True)]
)
def test_digits_so_faint_are_not_seen_and_so_pale_are_doubted(
    levels: int, shown: str | None, is_sure: bool, reading: Reading
) -> None:
    grey = f"{1 - levels / 255:.4f}"
    page = lined(Page()).text(60, 114, "甲乙").text(60, 134, "丙丁").text(260, 134, "7")
    found = cell(reading(page.text(X, Y, "8305", colour=f"{grey} {grey} {grey}")), 1, 1)
    assert (found.text == shown, found.confidence >= SURE) == (is_sure, is_sure)


@pytest.mark.parametrize(("level", "is_covered"), [(39, False), (40, True)])
def test_what_a_ground_so_black_hides_is_doubted(level: int, is_covered: bool, reading: Reading) -> None:
    """It may be a number blacked out; on a paler ground the cell is as empty as it looks."""
    grey = f"{level / 255:.4f}"
    page = lined(Page()).text(60, 114, "甲乙").text(60, 134, "丙丁").text(X, Y, "8305")
    found = cell(reading(page.fill(152.0, 121, 248.0, 139, f"{grey} {grey} {grey}")), 1, 1)
    assert (found.text == "") is is_covered


@pytest.mark.parametrize(
    ("digit", "covered", "left", "text"),
    [("2", 1.25, 0.74, "12"), ("2", 2.25, 0.65, None), ("7", 5.75, 0.17, None), ("7", 6.25, 0.12, "1")],
)
def test_a_digit_is_read_by_so_much_of_its_ink(
    digit: str, covered: float, left: float, text: str | None, reading: Reading
) -> None:
    """Covered from above, with less than 0.7 of its ink it is doubted, with less than 0.15 not seen."""
    page = lined(Page()).text(60, 114, "甲乙").text(60, 134, "丙丁").text(X, Y, "1" + digit)
    whole = ink_in(page)
    page.fill(X + 5, Y - 7.5, X + 10, Y - 7.5 + covered, WHITE)
    assert ink_in(page) / whole == pytest.approx(left, abs=0.006)
    found = cell(reading(page), 1, 1)
    assert found.confidence < SURE if text is None else (found.text, found.confidence >= SURE) == (text, True)


def ink_in(page: Page) -> float:
    """The ink where the second of the digits stands."""
    with pdfium.PdfDocument(written(page)) as document:
        pixels = document[0].render(scale=10, grayscale=True).to_numpy()
    x, y = round(10 * X), round(10 * Y)
    return float((255.0 - pixels[y - 80 : y + 10, x + 50 : x + 100]).sum())


def test_text_of_which_so_much_has_no_meaning_is_of_no_use(reading: Reading) -> None:
    """A quarter is read, two of seven are not: the page is a picture then, and this one shows no table."""
    (paragraph,) = reading(Page().text(60, 60, "甲乙丙\ue000")).paragraphs
    assert paragraph.text == "甲乙丙\ue000"
    with pytest.raises(UnreadableFile, match="pictures without text"):
        reading(Page().text(60, 60, "甲乙丙丁戊\ue000\ue000"))


def test_no_page_is_drawn_into_a_picture_that_is_in_use(tmp_path: Path) -> None:
    """Bitmaps are drawn into again, but for those of which an array or a part of one is left."""
    path = tmp_path / "made.pdf"
    pages = [lined(Page()).text(X, Y, "95").fill(30, 300 + 20 * n, 90, 310 + 20 * n) for n in range(4)]
    path.write_bytes(written(*pages))

    def parts() -> list[Pixels]:
        with opened(path) as document:
            inks = [page.other_ink for page in read_pages(document, path)]
        return [ink.pixels[290:] for ink in inks if ink is not None]

    before = parts()
    blocks = [int(part[:, 60].argmin()) for part in before]
    addresses = {part.ctypes.data for part in before}
    again = parts()
    assert [int(part[:, 60].argmin()) for part in before] == blocks == [10, 30, 50, 70]
    assert addresses.isdisjoint(part.ctypes.data for part in again)
    del before
    assert addresses & {part.ctypes.data for part in parts()}
