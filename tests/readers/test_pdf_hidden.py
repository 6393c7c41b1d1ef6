"""What lies over what: text painted over, under pictures, twice at one place, in notes and form fields."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from ogi.readers.document import Method
from ogi.readers.pdf.marks import UNKNOWN
from ogi.readers.pdf.pages import read_pages
from ogi.readers.pdf.settings import PDF
from ogi.readers.scan import SCAN
from tests.readers.pdf_made import BLACK, SIZE, WHITE, Page, written
from tests.readers.test_pdf import TEXTS, Reading, cell, filled, lined, only_grid, reading, texts_of

__all__ = ["reading"]  # the fixture

GREY = "0.9 0.9 0.9"
OPAQUE, STENCIL = "/W 1 /H 1 /BPC 8 /CS /G", "/W 8 /H 1 /BPC 1 /IM true"


def shows(page: Page, tmp_path: Path) -> tuple[str, tuple[str, ...]]:
    """The characters of a page, and what was not read of it."""
    path = tmp_path / "made.pdf"
    path.write_bytes(written(page))
    with pypdfium2.PdfDocument(path) as document:
        marks = next(read_pages(document, path))
    return "".join(char.text for char in marks.chars), marks.notes


@pytest.mark.parametrize("ink", [WHITE, GREY])
def test_a_number_painted_over_and_corrected_is_read_as_corrected(ink: str, reading: Reading) -> None:
    page = lined(Page()).text(160, 134, "95").text(190, 134, "7").fill(150, 120, 250, 140, ink)
    page.text(160, 134, "96").text(60, 134, "甲")
    assert cell(reading(page), 1, 1).text == "96"


def test_what_is_painted_over_in_a_form_is_not_read(reading: Reading) -> None:
    page = lined(Page()).text(160, 134, "95").fill(155, 122, 240, 138, WHITE).text(160, 134, "96")
    assert cell(reading(page.in_form()), 1, 1).text == "96"


def test_half_a_number_painted_over_is_not_read(reading: Reading) -> None:
    page = lined(Page()).text(160, 134, "9567").fill(170.5, 122, 240, 138, WHITE).text(60, 134, "甲")
    assert cell(reading(page), 1, 1).text == "95"


@pytest.mark.parametrize(
    ("shown", "text"), [("0 0 171", f"9{UNKNOWN}"), ("171 0 400", f"{UNKNOWN}7"), ("0 0 190", "9567")]
)
def test_a_number_cut_by_the_edge_of_the_page_is_not_the_part_that_shows(
    shown: str, text: str, tmp_path: Path
) -> None:
    path = tmp_path / "cut.pdf"
    page = Page().text(160, 134, "9567").text(20, 200, "12345678").text(220, 200, "12345678")
    path.write_bytes(written(page, crop=f"/CropBox [{shown} 500]"))
    with pypdfium2.PdfDocument(path) as document:
        assert text in "".join(char.text for char in next(read_pages(document, path)).chars)


def test_a_number_beside_one_beyond_the_page_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "cut.pdf"
    page = Page().text(160, 134, "95").text(170 + 1.1 * PDF.cut_gap * SIZE, 134, "67")
    path.write_bytes(written(page, crop="/CropBox [0 0 171 500]"))
    with pypdfium2.PdfDocument(path) as document:
        assert "".join(char.text for char in next(read_pages(document, path)).chars) == "95"


def test_a_slanted_shape_over_a_number_hides_nothing(reading: Reading) -> None:
    page = lined(Page()).text(160, 134, "95").text(60, 134, "甲")
    page.content.append("1 1 1 rg 150 400 m 200 340 l 250 400 l f")
    assert cell(reading(page), 1, 1).text == "95"


def test_text_below_a_picture_is_no_text_of_the_page(tmp_path: Path) -> None:
    page = filled(Page()).text(60, 200, "侧", font="S").picture(0, 0, 400, 500, b"\xff", OPAQUE)
    assert shows(page, tmp_path) == ("", ("no text but text that is hidden",))


def test_text_over_a_picture_and_below_a_stamp_is_read(tmp_path: Path) -> None:
    page = Page().picture(0, 0, 400, 500, b"\xff", OPAQUE).text(60, 100, "12")
    assert shows(page.picture(40, 80, 120, 120, b"\xaa", STENCIL), tmp_path) == ("12", ())


def test_white_text_where_a_number_stands_takes_none_of_its_digits(reading: Reading) -> None:
    page = (
        lined(Page()).text(160, 134, "182", colour=WHITE).text(160, 134, "12", mode=3).text(160, 134, "162")
    )
    assert cell(reading(page.text(60, 134, "甲")), 1, 1).text == "162"


def test_a_number_with_a_shadow_is_one_number(reading: Reading) -> None:
    page = lined(Page()).text(161.6, 135.6, "95", colour="0.6 0.6 0.6").text(160, 134, "95")
    assert cell(reading(page.text(60, 134, "甲")), 1, 1).text == "95"


@pytest.mark.parametrize("ink", [BLACK, GREY])
@pytest.mark.parametrize(("under", "over", "shift"), [("95", "12", 0.0), ("9", "81", 1.0), ("89", "12", 1.0)])
def test_two_numbers_at_one_place_are_never_sure(
    under: str, over: str, shift: float, ink: str, reading: Reading
) -> None:
    page = lined(Page()).text(160 + shift, 134, under, colour=ink).text(160, 134, over).text(60, 134, "甲")
    document = reading(page)
    assert (cell(document, 1, 1).method, cell(document, 1, 1).confidence <= SCAN.disputed) == (
        Method.OCR,
        True,
    )
    assert "do not show as the file has them" in document.notes[-1]


def test_close_digits_and_words_over_a_pale_word_stay(reading: Reading) -> None:
    page = lined(Page()).text(60, 134, "样", colour=GREY).text(60, 134, "甲")
    for place in (160, 163.5, 167):
        page.text(place, 134, "1")
    document = reading(page)
    assert (cell(document, 1, 1).text, document.notes) == ("111", ())


@pytest.mark.parametrize("kind", ["FreeText", "Widget", "Stamp"])
def test_figures_in_form_fields_and_notes_are_read_and_told(kind: str, reading: Reading) -> None:
    page = lined(Page())
    for row, texts in enumerate(TEXTS):
        for column, text in enumerate(texts):
            x, y = 55.0 + 100 * column, 114.0 + 20 * row
            page = page.note(x, y, text, kind) if text.isdigit() else page.text(x, y, text)
    document = reading(page)
    assert texts_of(only_grid(document)) == TEXTS
    assert document.notes == ("page 1: form fields or notes lie over it and were read with it",)


def test_a_link_is_no_text(reading: Reading) -> None:
    assert reading(filled(lined(Page())).note(60, 300, "12", "Link")).notes == ()


@pytest.mark.parametrize(
    ("x", "y", "doubtful"),
    [(247.0, 134.0, [1, 2]), (246.0, 134.0, []), (148.0, 134.0, [0, 1]), (200.0, 143.0, [1])],
)
def test_a_digit_across_a_line_is_doubtful_in_both_cells(
    x: float, y: float, doubtful: list[int], reading: Reading
) -> None:
    page = lined(Page()).text(x, y, "7").text(60, 134, "甲").text(260, 134, "乙")
    row = [cell(reading(page), 1, column) for column in range(3)]
    assert "".join(c.text for c in row) == "甲7乙"
    assert [c.column for c in row if c.confidence == PDF.cut] == doubtful


def test_a_long_number_that_reaches_over_a_line_is_sure(reading: Reading) -> None:
    page = lined(Page()).text(227, 134, "12345").text(60, 134, "甲")
    assert (cell(reading(page), 1, 1).text, cell(reading(page), 1, 1).confidence) == ("12345", 1.0)


def beside(page: Page) -> Page:
    """A ruled table with a label in its second row."""
    return lined(page).text(60, 114, "甲").text(60, 134, "乙")


@pytest.mark.parametrize(("ground", "ink"), [("0.2 0.3 0.6", "0.21 0.3 0.6"), (WHITE, WHITE)])
def test_text_in_the_colour_of_its_cell_is_not_read(ground: str, ink: str, reading: Reading) -> None:
    page = beside(Page().fill(0, 0, 400, 500, "0.9 0.9 0.8").fill(150, 120, 250, 140, ground))
    page.text(160, 134, "95", colour=ink).text(260, 134, "7")
    assert [cell(reading(page), 1, column).text for column in range(3)] == ["乙", "", "7"]


def test_text_in_the_colour_of_a_picture_is_not_read(reading: Reading) -> None:
    page = beside(Page().picture(150, 120, 250, 140, b"\xff", OPAQUE)).text(160, 134, "95", colour=WHITE)
    assert cell(reading(page.text(260, 134, "7")), 1, 1).text == ""


@pytest.mark.parametrize("is_over", [False, True])
def test_a_cell_whose_number_is_blacked_out_is_no_blank(is_over: bool, reading: Reading) -> None:
    page = beside(Page()).text(160, 134, "95") if is_over else beside(Page().fill(150, 120, 250, 140))
    page = page.fill(150, 120, 250, 140) if is_over else page.text(160, 134, "95")
    found = cell(reading(page.text(260, 134, "7")), 1, 1)
    assert found.method == Method.OCR
    assert found.confidence <= SCAN.disputed


@pytest.mark.parametrize(("below", "above"), [(WHITE, BLACK), (BLACK, "0.9 0.9 0.8")])
def test_text_in_a_colour_that_lies_deeper_is_read(below: str, above: str, reading: Reading) -> None:
    page = beside(Page().fill(0, 0, 400, 500, below).fill(150, 120, 250, 140, above))
    assert cell(reading(page.text(160, 134, "95", colour=below).text(260, 134, "7")), 1, 1).text == "95"


def test_text_too_faint_to_be_seen_is_not_read(reading: Reading) -> None:
    page = beside(Page()).text(160, 134, "95", colour="0.99 0.99 0.99")
    assert cell(reading(page.text(260, 134, "7")), 1, 1).text == ""


OFF = ["/OFF [%d]", "/BaseState /OFF"]


@pytest.mark.parametrize("layers", OFF)
def test_figures_in_a_layer_that_is_off_are_not_read_and_that_is_told(layers: str, reading: Reading) -> None:
    page = beside(Page()).switched_off(160, 134, "95").text(260, 134, "7")
    document = reading(page, layers=layers)
    assert [cell(document, 1, column).text for column in range(3)] == ["乙", "", "7"]
    assert document.notes == ("page 1: 2 characters that do not show on the page were not read",)


def test_a_number_over_one_whose_layer_is_off_is_no_sure_figure(reading: Reading) -> None:
    page = beside(Page()).switched_off(160, 134, "95").text(160, 134, "96").text(260, 134, "7")
    document = reading(page, layers=OFF[0])
    assert (cell(document, 1, 1).text, cell(document, 1, 1).confidence) == ("96", SCAN.disputed)
    assert len(document.notes) == 1


def test_figures_in_layers_that_are_on_are_read(reading: Reading) -> None:
    page = beside(Page()).switched_off(160, 134, "95").text(260, 134, "7")
    for options in ({"layers": "/OFF []"}, {}):
        document = reading(page, **options)
        assert (cell(document, 1, 1).text, document.notes) == ("95", ())


def test_text_in_a_font_that_cannot_be_drawn_here_is_read_and_said_to_be_unseen(reading: Reading) -> None:
    page = beside(Page()).text(160, 134, "侧躺", font="S").text(260, 134, "7")
    document = reading(page)
    assert cell(document, 1, 1).text == "侧躺"
    assert any("2 characters whose font is neither in the file" in note for note in document.notes)


@pytest.mark.parametrize(
    "options", [{"turn": 90}, {"turn": 180}, {"turn": 270}, {"crop": "/CropBox [30 40 390 480]"}]
)
def test_what_shows_is_looked_at_where_it_shows_on_turned_and_cropped_pages(
    options: dict[str, object], tmp_path: Path
) -> None:
    matrix = {0: "1 0 0 1", 90: "0 1 -1 0", 180: "-1 0 0 -1", 270: "0 -1 1 0"}[
        int(str(options.get("turn", 0)))
    ]
    page = Page().picture(0, 0, 400, 500, b"\xff", OPAQUE)
    page.text(100, 200, "12", matrix=matrix).text(200, 300, "95", colour=WHITE, matrix=matrix)
    path = tmp_path / "made.pdf"
    path.write_bytes(written(page, **options))  # type: ignore[arg-type]
    with pypdfium2.PdfDocument(path) as document:
        marks = next(read_pages(document, path))
    assert "".join(char.text for char in marks.chars) == "12"
