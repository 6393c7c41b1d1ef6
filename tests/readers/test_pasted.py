"""Tables pasted as pictures into Word files, web pages and PDFs: read in their place, all else left alone."""

from __future__ import annotations

import base64
import io
from dataclasses import replace
from pathlib import Path

import docx
import numpy as np
import pytest
from docx.shared import Cm
from PIL import Image

from ogi.readers import html, pasted, pdf, word
from ogi.readers.document import Block, Document, Grid, Paragraph
from ogi.readers.limits import LIMITS
from ogi.readers.pdf import images
from ogi.readers.pdf.settings import PDF
from ogi.readers.pictures import cell_picture
from ogi.readers.scan import pages as scan_pages
from ogi.readers.scan import pictures as scan_pictures
from scripts.samples import drawn, drawn_pdf
from tests.readers.scans import Sheet

XS = (20, 320, 460, 600, 740)
YS = (20, 80, 140, 200)
ROWS = (("项目", "受理", "办结", "结转"), ("行政许可", "1204", "0", "87"), ("行政处罚", "36", "", "5"))


def picture_of_table(kind: str = "PNG", below: str = "") -> bytes:
    sheet = Sheet(760, 300 if below else 220)
    cells = [(text, x, y, x + 1, y + 1) for y, row in enumerate(ROWS) for x, text in enumerate(row)]
    sheet.table(XS, YS, cells)
    if below:
        sheet.line(below, 20, 240, 27)
    return encoded(sheet.image, kind)


def encoded(image: Image.Image, kind: str = "PNG") -> bytes:
    written = io.BytesIO()
    image.save(written, kind)
    return written.getvalue()


def photograph() -> bytes:
    rough = np.random.default_rng(2).integers(0, 255, (30, 40, 3), np.uint8)
    return encoded(Image.fromarray(rough).resize((900, 700), Image.Resampling.BICUBIC))


def chart() -> bytes:
    sheet = Sheet(760, 420)
    for y in range(40, 400, 60):
        sheet.pen.line((60, y, 740, y), fill="gray", width=2)
    for x, height in zip(range(100, 700, 90), (90, 300, 210, 40, 150, 330, 260), strict=True):
        sheet.pen.rectangle((x, 400 - height, x + 50, 400), fill=(30, 90, 160))
    sheet.line("申请数量", 300, 5, 24)
    return encoded(sheet.image)


def order(document: Document) -> list[str]:
    return ["grid" if isinstance(block, Grid) else block.text for block in document.blocks]


def texts(blocks: tuple[Block, ...]) -> list[tuple[str, ...]]:
    (grid,) = [block for block in blocks if isinstance(block, Grid)]
    return [tuple(cell.text for cell in row) for row in grid.rows()]


def in_word(tmp_path: Path, *pictures: bytes, around: bool = True) -> Path:
    document = docx.Document()
    for picture in pictures:
        if around:
            document.add_paragraph("三、收到和处理政府信息公开申请情况")
        document.add_picture(io.BytesIO(picture), Cm(15))
    if around:
        document.add_paragraph("四、政府信息公开行政复议情况")
    path = tmp_path / "report.docx"
    document.save(str(path))
    return path


def in_page(tmp_path: Path, picture: bytes, frame: str = "{}") -> Path:
    shown = f'<img width="640" src="data:image/png;base64,{base64.b64encode(picture).decode()}">'
    path = tmp_path / "report.html"
    path.write_text(f"<p>三、申请情况</p><p>{frame.format(shown)}</p><p>四、复议情况</p>", "utf-8")
    return path


def in_pdf(tmp_path: Path, *pictures: bytes, over: str = "") -> Path:
    """A page for each picture, which is 400 points wide, a line of text above it and one below."""
    pages = []
    for data in pictures:
        with Image.open(io.BytesIO(data)) as image:
            height = 400 * image.height / image.width
        page = drawn.Page(*drawn.A4)
        page.marks.append(drawn.Text(60, 90, 12, "申请情况如下"))
        page.marks.append(drawn.Frame(60, 110, 400, height, data))
        page.marks.append(drawn.Text(60, 140 + height, 12, "以上为办理情况"))
        if over:
            page.marks.append(drawn.Text(300, 150, 9, over))
        pages.append(page)
    path = tmp_path / "report.pdf"
    path.write_bytes(drawn_pdf.write_pages(pages, "申请情况如下以上为办理情况", "报告"))
    return path


@pytest.fixture
def no_recogniser(monkeypatch):
    """Any use of the recogniser fails."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the recogniser was asked")

    monkeypatch.setattr(scan_pages, "read_picture", refuse)
    monkeypatch.setattr(scan_pages, "read_boxes", refuse)


def test_a_table_pasted_into_a_word_file_stands_where_it_was_pasted(tmp_path):
    read = word.read(in_word(tmp_path, picture_of_table(), photograph()))
    heading = "三、收到和处理政府信息公开申请情况"
    assert order(read) == [heading, "grid", heading, "四、政府信息公开行政复议情况"]
    assert texts(read.blocks) == list(ROWS)
    (grid,) = [block for block in read.blocks if isinstance(block, Grid)]
    assert {cell.method for cell in grid.cells} == {"ocr"}
    assert all(cell.box is None for cell in grid.cells)
    assert (read.method, read.notes) == ("word", ())


def test_a_picture_in_a_cell_of_a_word_file_is_read(tmp_path):
    document = docx.Document()
    table = document.add_table(2, 1)
    table.cell(0, 0).text = "申请情况"
    table.cell(1, 0).paragraphs[0].add_run().add_picture(io.BytesIO(picture_of_table("JPEG")), Cm(15))
    document.save(str(tmp_path / "report.docx"))
    read = word.read(tmp_path / "report.docx")
    assert order(read) == ["申请情况", "grid"]
    assert texts(read.blocks) == list(ROWS)


def test_a_word_file_of_nothing_but_pictures_is_read_page_by_page(tmp_path):
    first, second = picture_of_table(below="以上为办理情况"), picture_of_table()
    read = word.read(in_word(tmp_path, first, second, around=False))
    assert order(read) == ["grid", "以上为办理情况", "grid"]
    assert [block.origin for block in read.blocks if isinstance(block, Grid)] == [0, 1]


def test_a_table_in_a_web_page_is_read_and_its_text_with_it(tmp_path):
    read = html.read(in_page(tmp_path, picture_of_table(below="以上为办理情况")))
    assert order(read) == ["三、申请情况", "grid", "以上为办理情况", "四、复议情况"]
    assert texts(read.blocks) == list(ROWS)
    assert read.method == "html"


def test_a_picture_in_a_cell_of_a_web_page_is_read(tmp_path):
    read = html.read(in_page(tmp_path, picture_of_table(), "<table><tr><td>{}</td></tr></table>"))
    assert texts(read.blocks) == list(ROWS)


def test_a_table_pasted_into_a_pdf_has_its_place_on_the_page(tmp_path):
    path = in_pdf(tmp_path, picture_of_table())
    read = pdf.read(path)
    assert order(read) == ["申请情况如下", "grid", "以上为办理情况"]
    assert texts(read.blocks) == list(ROWS)
    (grid,) = [block for block in read.blocks if isinstance(block, Grid)]
    scale = 400 / 760
    for cell in grid.cells:
        assert cell.method == "ocr"
        assert cell.box is not None
        middle = (cell.box.x0 + cell.box.x1) / 2, (cell.box.top + cell.box.bottom) / 2
        x, y = (XS[cell.column] + XS[cell.column + 1]) / 2, (YS[cell.row] + YS[cell.row + 1]) / 2
        assert middle == pytest.approx((60 + x * scale, 110 + y * scale), abs=2)
    inked = np.asarray(cell_picture(path, grid.cells[5].box, margin=-2).convert("L"))
    assert inked.min() < 120, "its picture shows the print"


def test_a_picture_cut_into_strips_is_one_picture(tmp_path):
    whole = Image.open(io.BytesIO(picture_of_table()))
    page, y = drawn.Page(*drawn.A4), 110.0
    page.marks.append(drawn.Text(60, 90, 12, "申请情况如下"))
    for top in range(0, whole.height, 44):
        strip = whole.crop((0, top, whole.width, min(top + 44, whole.height)))
        high = 400 * strip.height / whole.width
        page.marks.append(drawn.Frame(60, y, 400, high, encoded(strip)))
        y += high
    path = tmp_path / "report.pdf"
    path.write_bytes(drawn_pdf.write_pages([page], "申请情况如下", "报告"))
    assert texts(pdf.read(path).blocks) == list(ROWS)


def test_a_page_scanned_behind_its_number_is_read_with_all_its_text(tmp_path):
    """What a scanner's program or a document system stamps on a scan is text; the page is a picture still."""
    sheet = Sheet()
    for line in range(8):
        sheet.line(f"{'一二三四五六七八'[line]}、政府信息公开工作情况", 160, 200 + 120 * line)
    page = drawn.Page(*drawn.A4)
    page.marks.append(drawn.Frame(0, 0, *drawn.A4, encoded(sheet.image)))
    page.marks.append(drawn.Text(280, 820, 9, "- 3 -"))
    path = tmp_path / "report.pdf"
    path.write_bytes(drawn_pdf.write_pages([page], "", "报告"))
    assert "".join(order(pdf.read(path))) == "".join(f"{n}、政府信息公开工作情况" for n in "一二三四五六七八")


def test_a_picture_under_text_is_a_background_and_no_table(tmp_path):
    read = pdf.read(in_pdf(tmp_path, picture_of_table(), over="1204"))
    assert not any(isinstance(block, Grid) for block in read.blocks)


@pytest.mark.parametrize("picture", [photograph(), chart()], ids=["photograph", "chart"])
def test_what_is_no_table_is_never_recognised(tmp_path, no_recogniser, picture):
    assert order(html.read(in_page(tmp_path, picture))) == ["三、申请情况", "四、复议情况"]
    assert order(pdf.read(in_pdf(tmp_path, picture))) == ["申请情况如下以上为办理情况"]
    assert len(order(word.read(in_word(tmp_path, picture)))) == 2


@pytest.mark.parametrize("source", ["http://127.0.0.1/t.png", "table.png", "file:///{}/table.png"])
def test_no_picture_outside_the_file_is_opened(tmp_path, no_recogniser, source):
    (tmp_path / "table.png").write_bytes(picture_of_table())
    page = tmp_path / "report.html"
    page.write_text(f'<p>正文</p><img src="{source.format(tmp_path)}">', "utf-8")
    assert order(html.read(page)) == ["正文"]


def test_pictures_beyond_the_bound_are_named_in_one_note(tmp_path, monkeypatch, no_recogniser):
    monkeypatch.setattr(pasted, "LIMITS", replace(LIMITS, pasted_pictures=2))
    monkeypatch.setattr(images, "PDF", replace(PDF, most_pictures=2))
    many = [chart(), photograph(), chart(), chart()]
    assert [note for note in word.read(in_word(tmp_path, *many)).notes if "looked at" in note] == [
        "2 picture(s) not looked at for tables: there are more than 2, or 100 MB of them"
    ]
    assert pdf.read(in_pdf(tmp_path, *many)).notes == ("2 of 4 pictures were not looked at for tables",)


def test_a_damaged_or_vast_picture_is_named_and_the_rest_is_read(tmp_path, monkeypatch):
    broken = html.read(in_page(tmp_path, picture_of_table()[:3000]))
    assert order(broken) == ["三、申请情况", "四、复议情况"]
    assert broken.notes == ("1 picture(s) not looked at for tables: a damaged one (OSError)",)
    monkeypatch.setattr(scan_pictures, "LIMITS", replace(LIMITS, pasted_pixels=1000))
    vast = html.read(in_page(tmp_path, picture_of_table()))
    assert vast.notes == ("1 picture(s) not looked at for tables: one of 760 × 220 pixels",)


def test_only_text_that_is_there_already_is_left_out(tmp_path):
    """A picture of a table with text beside it, as text: the table and the text, each once."""
    read = pdf.read(in_pdf(tmp_path, picture_of_table(below="以上为办理情况")))
    assert [block.text for block in read.blocks if isinstance(block, Paragraph)].count("申请情况如下") == 1
