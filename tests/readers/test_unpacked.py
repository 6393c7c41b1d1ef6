"""Files of a few bytes that unpack to more than a report needs are refused before anything unpacks them."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path

import pytest
from PIL import Image

from ogi.readers import read
from ogi.readers.document import UnreadableFile
from ogi.readers.scan.pictures import pasted_picture
from ogi.readers.stylesheet import declared_in
from ogi.said import Said
from tests.corpus.hostile import archive, docx, lying

SPACES = "".join(
    f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
)


def ods(rows: str) -> bytes:
    table = f'<table:table table:name="a">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    content = f"<office:document-content{SPACES}>{body}</office:document-content>"
    return archive(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_xml=content)


def xlsx(*cells: str) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    filled = "".join(f'<c r="{cell}"><v>1</v></c>' for cell in cells)
    sheet = f'<worksheet xmlns="{main}"><sheetData><row>{filled}</row></sheetData></worksheet>'
    return archive(xl__workbook_xml="<workbook/>", xl__worksheets__sheet1_xml=sheet)


def refusal(tmp_path: Path, name: str, data: bytes) -> str:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableFile) as raised:
        read(path)
    return str(raised.value)


def test_what_a_zip_file_declares_is_not_believed(tmp_path: Path) -> None:
    bomb = lying(docx(" " * 10**8), b"word/document.xml", 5000)
    tracemalloc.start()
    assert "damaged or locked" in refusal(tmp_path, "a.docx", bomb)
    assert tracemalloc.get_traced_memory()[1] < 10**7
    tracemalloc.stop()


CELL = '<table:table-cell table:number-columns-repeated="{}"><text:p>1</text:p></table:table-cell>'
ROW = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("rows.ods", ods(ROW.format(10**6, CELL.format(1)))),
        ("columns.ods", ods(ROW.format(1, CELL.format(10**6)))),
        ("many_rows.ods", ods(ROW.format(1000, CELL.format(100)) * 4)),
        ("no_number.ods", ods(ROW.format("9" * 30, CELL.format(1)))),
        ("far.xlsx", xlsx("A1", "XFD1048576")),
        ("two_corners.xlsx", xlsx("A1048576", "ZZ1")),
    ],
)
def test_cells_without_end_are_refused_before_they_are_converted(
    name: str, data: bytes, tmp_path: Path
) -> None:
    assert "absurd spans" in refusal(tmp_path, name, data)


def test_blank_cells_to_the_sheets_end_are_usual(tmp_path: Path) -> None:
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    usual = ods(ROW.format(3, CELL.format(4) + blank) + ROW.format(1048576, blank))
    assert "absurd spans" not in refusal(tmp_path, "usual.ods", usual)  # it lacks what LibreOffice asks for


@pytest.mark.parametrize("size", [(20_000, 1), (1, 20_000), (99, 20_000)])
def test_a_strip_is_no_page(size: tuple[int, int], tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.new("L", size, 255).save(picture, "PNG")
    assert f"{size[0]} × {size[1]}" in refusal(tmp_path, "a.png", picture.getvalue())
    assert isinstance(pasted_picture(picture.getvalue()), Said)


@pytest.mark.parametrize("bracket", ["{", "(", "[", "rgb(", "a{color:"])
def test_brackets_without_end_leave_what_stands_before_them(bracket: str) -> None:
    assert declared_in("display: none; color: " + bracket * 50_000)[0] == ("display", "none", False)
