"""Word files: merged cells, content controls, tracked changes, and files that are none."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from ogi.readers import unpacked
from ogi.readers.document import Document, Grid, UnreadableFile
from ogi.readers.limits import LIMITS
from ogi.readers.word import read

W = nsdecls("w")


@pytest.fixture
def written(tmp_path):
    def write(document) -> Document:
        path = tmp_path / "report.docx"
        document.save(str(path))
        return read(path)

    return write


@pytest.fixture
def body(written):
    """Read a document whose body is the given WordprocessingML."""

    def write(markup: str) -> Document:
        document = docx.Document()
        for element in parse_xml(f"<w:body {W} {MORE}>{markup}</w:body>"):
            document.element.body.insert(len(document.element.body) - 1, element)
        return written(document)

    return write


MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def p(text: str, inside: str = "{}") -> str:
    return "<w:p>" + inside.format(f"<w:r><w:t>{text}</w:t></w:r>") + "</w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text if text.startswith('<') else p(text)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def shape(document: Document) -> list:
    return [
        [[c.text for c in row] for row in b.rows()] if isinstance(b, Grid) else b.text
        for b in document.blocks
    ]


def places(grid) -> dict[str, tuple[int, int, int, int]]:
    return {c.text: (c.row, c.column, c.rowspan, c.colspan) for c in grid.cells}


class TestText:
    def test_paragraphs_and_tables_in_order_and_the_title(self, written):
        document = docx.Document()
        document.core_properties.title = " 年度报告 "
        document.add_heading("一、总体情况")
        document.add_table(1, 2).rows[0].cells[1].text = "1"
        document.add_paragraph("　　正文\n次行")
        read_back = written(document)
        assert shape(read_back) == ["一、总体情况", [["", "1"]], "正文", "次行"]
        assert (read_back.method, read_back.titles, read_back.notes) == ("word", ("年度报告",), ())

    def test_runs_join_without_a_blank(self, body):
        runs = "".join(f"<w:r><w:t>{text}</w:t></w:r>" for text in ("收到1", "2", "件"))
        assert shape(body(f"<w:p>{runs}</w:p>")) == ["收到12件"]

    def test_tracked_changes_are_read_as_accepted(self, body):
        markup = (
            "<w:p><w:r><w:t>共</w:t></w:r><w:del><w:r><w:delText>8</w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t>9</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>甲</w:t></w:r></w:moveFrom>"
            "<w:moveTo><w:r><w:t>乙</w:t></w:r></w:moveTo></w:p>"
        )
        assert shape(body(markup)) == ["共9乙"]

    def test_hidden_text_and_field_codes_are_not_read(self, body):
        markup = (
            "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>"
            "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>显</w:t></w:r>"
            "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
        )
        assert shape(body(markup)) == ["显"]

    def test_text_hidden_by_a_style_is_not_read_unless_the_run_shows_it(self, written):
        document = docx.Document()
        base = document.styles.add_style("甲", WD_STYLE_TYPE.CHARACTER)
        base.font.hidden = True
        document.styles.add_style("乙", WD_STYLE_TYPE.CHARACTER).base_style = base
        paragraph = document.add_paragraph("收到12")
        paragraph.add_run("5", style="乙")
        paragraph.add_run("件", style="乙").font.hidden = False
        assert shape(written(document)) == ["收到12件"]

    def test_styles_based_on_one_another_in_a_circle(self, written):
        document = docx.Document()
        one, other = (document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER) for name in "甲乙")
        one.base_style, other.base_style = other, one
        document.add_paragraph().add_run("收到", style="甲")
        assert shape(written(document)) == ["收到"]

    @pytest.mark.parametrize(
        ("run", "text"),
        [
            ("<w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>1</w:t>", "12¹"),
            ("<w:rPr><w:strike/></w:rPr><w:t>1</w:t>", "12~~1~~"),
            ("<w:rPr><w:dstrike/></w:rPr><w:t>1</w:t>", "12~~1~~"),
            ("<w:rPr><w:strike w:val='false'/></w:rPr><w:t>1</w:t>", "121"),
            ("<w:sym w:font='Wingdings' w:char='F031'/>", "12\ufffd"),
        ],
    )
    def test_what_is_set_apart_is_no_digit_of_the_number(self, body, run, text):
        assert shape(body(f"<w:p><w:r><w:t>12</w:t></w:r><w:r>{run}</w:r></w:p>")) == [text]

    def test_content_controls(self, body):
        table = tbl(f"<w:sdt><w:sdtContent>{tr(tc('甲'), tc('1'))}</w:sdtContent></w:sdt>")
        markup = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('段')}{table}</w:sdtContent></w:sdt>"
        inline = p("内", "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>")
        assert shape(body(markup + inline)) == ["段", [["甲", "1"]], "内"]

    def test_a_text_box_is_read_once(self, body):
        box = f"<wps:txbx><w:txbxContent>{p('框')}</w:txbxContent></wps:txbx>"
        old = f"<v:textbox><w:txbxContent>{p('框')}</w:txbxContent></v:textbox>"
        choice = f"<mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{old}</mc:Fallback>"
        markup = f"<w:p><w:r><w:t>外</w:t><mc:AlternateContent>{choice}</mc:AlternateContent></w:r></w:p>"
        assert shape(body(markup)) == ["外", "框"]

    def test_what_is_said_again_for_old_programs_is_left_out(self, body):
        choice = "<mc:Choice Requires='wps'><w:t>甲</w:t></mc:Choice><mc:Fallback><w:t>乙</w:t></mc:Fallback>"
        markup = f"<w:p><w:r><mc:AlternateContent>{choice}</mc:AlternateContent></w:r></w:p>"
        assert shape(body(markup)) == ["甲"]


class TestTables:
    def test_spans_merges_and_columns_left_out_at_the_start(self, body):
        document = body(
            tbl(
                tr(tc("甲", '<w:vMerge w:val="restart"/>'), tc("乙", '<w:gridSpan w:val="2"/>')),
                tr(tc("", "<w:vMerge/>"), tc("丙"), tc("丁")),
                tr(tc("戊"), tc("己"), properties='<w:gridBefore w:val="1"/>'),
            )
        )
        assert places(document.blocks[0]) == {
            "甲": (0, 0, 2, 1),
            "乙": (0, 1, 1, 2),
            "丙": (1, 1, 1, 1),
            "丁": (1, 2, 1, 1),
            "戊": (2, 1, 1, 1),
            "己": (2, 2, 1, 1),
        }

    def test_a_merge_begins_anew_where_it_says_so_or_where_nothing_is_above(self, body):
        restart = '<w:vMerge w:val="restart"/>'
        document = body(
            tbl(
                tr(tc("甲", restart), tc("1", "<w:vMerge/>")),
                tr(tc("乙", restart), tc("2")),
                tr(tc("", "<w:vMerge/>"), tc("3", "<w:vMerge/>")),
            )
        )
        assert places(document.blocks[0]) == {
            "甲": (0, 0, 1, 1),
            "1": (0, 1, 1, 1),
            "乙": (1, 0, 2, 1),
            "2": (1, 1, 1, 1),
            "3": (2, 1, 1, 1),
        }

    def test_cell_text_as_it_stands(self, body):
        two = p("本年新") + p("制作数量")
        (grid,) = body(tbl(tr(tc(two), tc("　"), tc("<w:p/>"), tc(p("5") + p(" "))))).blocks
        assert [c.text for c in grid.cells] == ["本年新\n制作数量", "　", "", "5"]
        assert [c.is_blank for c in grid.cells] == [False, True, True, False]

    @pytest.mark.parametrize(
        "shown",
        [
            "<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:p>",
            "<w:p><w:r><w:pict><v:imagedata/></w:pict></w:r></w:p>",
        ],
    )
    def test_a_cell_that_shows_what_is_no_text_is_not_blank(self, body, shown):
        (grid,) = body(tbl(tr(tc("甲"), tc(shown)), tr(tc("乙"), tc("<w:p/>")))).blocks
        assert [c.text for c in grid.cells] == ["甲", "\ufffc", "乙", ""]

    def test_tracked_changes_of_cells_and_of_ends_of_paragraphs(self, body):
        cut = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>1</w:t></w:r></w:p>"
        row = tr(tc("甲"), tc("9", "<w:cellDel/>"), tc(cut + p("2")))
        assert shape(body(tbl(row, tr(tc("乙"), tc("3"))))) == [[["甲", "12"], ["乙", "3"]]]

    def test_rows_deleted_or_hidden_are_left_out(self, body):
        document = body(
            tbl(
                tr(tc("甲"), tc("0"), properties="<w:del/>"),
                tr(tc("乙"), tc("0"), properties="<w:hidden/>"),
                tr(tc("丙"), tc("1")),
            )
        )
        assert shape(document) == [[["丙", "1"]]]

    def test_full_width_rows_are_text(self, body):
        full = '<w:gridSpan w:val="2"/>'
        document = body(tbl(tr(tc("第一项", full)), tr(tc("甲"), tc("1")), tr(tc("第二项", full))))
        assert shape(document) == ["第一项", [["甲", "1"]], "第二项"]

    def test_a_table_that_frames_others_is_walked(self, body):
        inner = tbl(tr(tc("甲"), tc("1"))) + p("后")
        document = body(tbl(tr(tc(p("前") + inner)), tr(tc("末"))))
        assert shape(document) == ["前", [["甲", "1"]], "后", "末"]

    def test_a_frame_of_one_cell_is_only_its_text(self, body):
        assert shape(body(tbl(tr(tc("甲"), tc(tbl(tr(tc("5"))) + p("")))))) == [[["甲", "5"]]]

    def test_tables_too_deep_are_refused(self, body):
        markup = tbl(tr(tc("甲"), tc("1")))
        for _ in range(45):
            markup = tbl(tr(tc(markup + p("后"))))
        with pytest.raises(UnreadableFile):
            body(markup)


@settings(max_examples=20)
@given(st.data())
def test_merges_made_by_python_docx_are_read_back(tmp_path_factory, data):
    height, width = data.draw(st.integers(1, 5)), data.draw(st.integers(2, 5))
    document = docx.Document()
    table = document.add_table(height + 1, width)
    expected = {(0, column): (1, 1) for column in range(width)}
    taken: set[tuple[int, int]] = set()
    for row in range(1, height + 1):
        for column in range(width):
            if (row, column) in taken:
                continue
            tall = data.draw(st.integers(1, height + 1 - row))
            free = next((c for c in range(column, width) if (row, c) in taken), width)
            wide = data.draw(st.integers(1, min(free, width) - column))
            table.cell(row, column).merge(table.cell(row + tall - 1, column + wide - 1))
            taken |= {(row + r, column + c) for r in range(tall) for c in range(wide)}
            if wide < width:
                expected[row, column] = (tall, wide)
    for row, column in expected:
        table.cell(row, column).text = f"{row},{column}"
    path = tmp_path_factory.mktemp("merge") / "merge.docx"
    document.save(str(path))
    cells = [cell for block in read(path).blocks if isinstance(block, Grid) for cell in block.cells]
    assert {(c.row, c.column): (c.rowspan, c.colspan) for c in cells} == expected
    assert all(c.text == f"{c.row},{c.column}" for c in cells)


def _docx() -> bytes:
    document = docx.Document()
    document.add_paragraph("正文" * 500)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _without(part: str, instead: bytes | None = None) -> bytes:
    stream = BytesIO()
    with ZipFile(BytesIO(_docx())) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
            elif instead is not None:
                new.writestr(name, instead)
    return stream.getvalue()


def _zip(entries: int, size: int) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for number in range(entries):
            archive.writestr(str(number), bytes(size))
    return stream.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64)
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, (b"&a%d;" % (n - 1)) * 10) for n in range(1, 9))
    + b"]><d>&a8;</d>"
)


class TestRefusals:
    @pytest.mark.parametrize(
        ("data", "found"),
        [
            (b"", "an empty file"),
            ("一、总体情况".encode(), "no zip archive"),
            (OLE + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
            (OLE + "WordDocument".encode("utf-16-le"), r"old Word file \(\.doc"),
            (_docx()[:-100], "damaged"),
            (_docx()[: len(_docx()) // 2], "damaged"),
            (_zip(3, 10), "without a Word document"),
            (_without("[Content_Types].xml"), "without a Word document"),
            (_without("word/document.xml"), "without a Word document"),
            (_without("word/document.xml", b"<w:document"), "XML is damaged"),
            (_without("word/document.xml", BOMB), "found"),
            (_without("word/document.xml", b"<a/>"), "no text"),
            (_without("word/document.xml", f"<w:document {W}/>".encode()), "no text"),
            (_without("word/document.xml", f"<w:document {W}><w:body/></w:document>".encode()), "no text"),
        ],
    )
    def test_one_line_that_names_the_file(self, tmp_path: Path, data: bytes, found: str):
        path = tmp_path / "report.docx"
        path.write_bytes(data)
        with pytest.raises(UnreadableFile, match=found) as raised:
            read(path)
        assert str(raised.value).startswith(str(path))
        assert "\n" not in str(raised.value)

    def test_zip_bombs(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        path = tmp_path / "report.docx"
        monkeypatch.setattr(unpacked, "LIMITS", replace(LIMITS, word_unpacked_bytes=1024**2))
        path.write_bytes(_zip(2, 600 * 1024))
        with pytest.raises(UnreadableFile, match="at most 1 MB unpacked"):
            read(path)
        monkeypatch.setattr(unpacked, "LIMITS", replace(LIMITS, word_parts=10))
        path.write_bytes(_zip(11, 1))
        with pytest.raises(UnreadableFile, match="11 parts"):
            read(path)

    def test_more_text_than_any_report_has(self, tmp_path: Path):
        path = tmp_path / "report.docx"
        path.write_bytes(_without("word/document.xml", b"<w/>" + b" " * (40 * 1024 * 1024)))
        with pytest.raises(UnreadableFile, match="at most 32 MB of text"):
            read(path)

    def test_bytes_damaged_anywhere_never_end_in_another_error(self, tmp_path: Path):
        whole = _docx()
        path = tmp_path / "report.docx"
        for place in range(0, len(whole), len(whole) // 60):
            path.write_bytes(
                whole[:place] + bytes(b ^ 0x5A for b in whole[place : place + 20]) + whole[place + 20 :]
            )
            with suppress(UnreadableFile):
                read(path)


def test_properties_declared_as_something_else_are_only_no_title(tmp_path: Path):
    with ZipFile(BytesIO(_docx())) as archive:
        types = archive.read("[Content_Types].xml").replace(b"core-properties+xml", b"unknown+xml")
    path = tmp_path / "report.docx"
    path.write_bytes(_without("[Content_Types].xml", types))
    assert read(path).titles == ()


def test_pictures_without_a_table_are_noted(written, tmp_path):
    Image.new("RGB", (4, 4)).save(tmp_path / "table.png")
    document = docx.Document()
    document.add_paragraph("正文")
    document.add_picture(str(tmp_path / "table.png"))
    assert written(document).notes == ("no table in the file, but 1 picture(s), in which none was found",)
