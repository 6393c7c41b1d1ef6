"""What readers refuse and note is told in Chinese, too, without an English word left in it."""

from __future__ import annotations

import base64
import io
import os
import pickle
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from PIL import Image

from ogi import readers
from ogi.extract import read_report
from ogi.ingest.reading import read_all
from ogi.ingest.sources import Failure, of_files
from ogi.readers import files, image_files, office, pasted, pictures
from ogi.readers.document import UnreadableFile
from ogi.readers.limits import LIMITS
from ogi.readers.pdf import drawing, images, pages, ruled
from ogi.readers.pdf.settings import PDF
from ogi.readers.scan import pictures as scan_pictures
from ogi.said import Said, in_chinese
from tests.readers.pdf_made import WHITE, Page, written

NAMES = frozenset("PDF Word LibreOffice Office Excel ZIP RAR RTF gzip UTF Big XML PNG JPEG TIFF".split())
ENDING = re.compile(r"\.[a-z]{2,5}(?![a-z])")
FAULT = re.compile(r"（[^（）]*(?:Error|error|is a directory|codec)[^（）]*）")
"""What a library or the system says of a file stays as it says it."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
MHT = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n\n--b--\n"
OFF = {"layers": "/OFF [%d]"}


def english_in(told: str | Said) -> list[str]:
    """The English words of a sentence in Chinese; names, file endings and faults of libraries are none."""
    assert isinstance(told, Said), told
    text = FAULT.sub("", ENDING.sub("", in_chinese(told)))
    return [word for word in re.findall(r"[A-Za-z]{3,}", text) if word not in NAMES]


def is_chinese(told: str | Said) -> bool:
    return re.search(r"[\u4e00-\u9fff]", in_chinese(told)) is not None


def zipped(**parts: bytes) -> bytes:
    written_ = io.BytesIO()
    with ZipFile(written_, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return written_.getvalue()


def word_file(xml: bytes | None = None, picture: bytes | None = None, text: str = "正文") -> bytes:
    """A Word file; `xml` in place of its document."""
    document = docx.Document()
    if text:
        document.add_paragraph(text)
    if picture is not None:
        document.add_picture(io.BytesIO(picture))
    made = io.BytesIO()
    document.save(made)
    if xml is None:
        return made.getvalue()
    with ZipFile(made) as old:
        return zipped(**{n: xml if n == "word/document.xml" else old.read(n) for n in old.namelist()})


def image(kind: str = "PNG", side: int = 60, pages_: int = 1) -> bytes:
    made = io.BytesIO()
    sheet = Image.new("L", (side, side), 255)
    more = {"save_all": True, "append_images": [sheet] * (pages_ - 1)} if pages_ > 1 else {}
    sheet.save(made, kind, **more)
    return made.getvalue()


def noise(side: int = 300) -> bytes:
    made = io.BytesIO()
    Image.frombytes("RGB", (side, side), os.urandom(3 * side * side)).save(made, "PNG")
    return made.getvalue()


def in_page(picture: bytes) -> bytes:
    shown = base64.b64encode(picture).decode()
    return f"<p>一、总体情况</p><img width=600 src='data:image/png;base64,{shown}'>".encode()


BOMB = word_file(b"<w/>" + b" " * (40 * 1024 * 1024))
SPANS = "<table><tr>" + "<td colspan=1000>1" * 400 + "</tr></table>"

REFUSED: dict[str, tuple[str, bytes | None]] = {
    "an ending that no reader has": ("2023.exe", b"x"),
    "no ending": ("2023", b"x"),
    "no such file": ("2023.pdf", None),
    "an empty file": ("2023.pdf", b""),
    "a file of blanks": ("2023.pdf", bytes(200)),
    "text called PDF": ("2023.pdf", b"text"),
    "a picture called PDF": ("2023.pdf", image()),
    "a truncated PDF": ("2023.pdf", written(Page().text(50, 50, "字"))[:-60]),
    "a damaged PDF": ("2023.pdf", b"%PDF-1.4\nnothing\n%%EOF"),
    "a locked PDF": ("2023.pdf", written(Page().text(50, 50, "字"), encrypt=True)),
    "a PDF of too many pages": ("2023.pdf", written(*[Page()] * 301)),
    "a PDF without text": ("2023.pdf", written(Page())),
    "text called Word": ("2023.docx", b"text"),
    "a truncated Word file": ("2023.docx", word_file()[:-100]),
    "a zip archive called Word": ("2023.docx", zipped(a=b"1")),
    "a Word file with damaged XML": ("2023.docx", word_file(b"<w:document")),
    "a Word file without a body": ("2023.docx", word_file(b"<a/>")),
    "a Word file of a picture": ("2023.docx", word_file(picture=image(side=20), text="")),
    "a Word file with too much text": ("2023.docx", BOMB),
    "an old Word file": ("2023.docx", OLE + "WordDocument".encode("utf-16-le")),
    "a locked Office file": ("2023.docx", OLE + "EncryptedPackage".encode("utf-16-le")),
    "an old Excel file": ("2023.docx", OLE + "Workbook".encode("utf-16-le")),
    "an old Office file": ("2023.docx", OLE),
    "a RAR archive": ("2023.txt", b"Rar!1"),
    "a 7z archive": ("2023.txt", b"7z\xbc\xaf\x27\x1c"),
    "a gzip archive": ("2023.txt", b"\x1f\x8b1"),
    "rich text": ("2023.txt", b"{\\rtf1"),
    "a zip archive": ("2023.txt", b"PK\x03\x04"),
    "bytes that are no text": ("2023.txt", bytes(range(256)) * 8),
    "a text of too many cells": ("2023.txt", b"1\t" * 300_001),
    "a text file without text": ("2023.md", b"<!-- -->"),
    "a web page without text": ("2023.html", b"<html><script>1</script></html>"),
    "a web page of nothing": ("2023.html", b"<!-- -->"),
    "tags that are too deep": ("2023.html", b"<div>" * 5000 + b"1"),
    "tables within tables": ("2023.html", b"<table><tr><td>1<td>" * 60 + b"2"),
    "absurd spans": ("2023.html", SPANS.encode()),
    "an archive of no page": ("2023.mht", MHT),
    "a damaged picture": ("2023.png", noise()[:-9000]),
    "text called a picture": ("2023.png", b"text"),
    "an empty picture": ("2023.png", image(side=300)),
    "a page that is no report": ("2023.html", "<p>通知</p>".encode()),
    "a report before the forms": (
        "2017.html",
        "<p>2017年政府信息公开工作年度报告</p><p>一、总体情况</p><p>二、主动公开政府信息情况</p>"
        "<p>三、收到和处理政府信息公开申请情况</p>".encode(),
    ),
}


def refusal(path: Path) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as raised:
        read_report(path)
    return raised.value


def require_chinese(error: UnreadableFile) -> None:
    for told in (error.expected, error.found):
        assert english_in(told) == [], told
    assert is_chinese(error.expected)
    line = in_chinese(error.told)
    assert line == f"{error.path}：未能读取：{in_chinese(error.found)}（应为{in_chinese(error.expected)}）"
    assert str(error) == f"{error.path}: expected {error.expected}, found {error.found}"


@pytest.mark.parametrize("case", REFUSED)
def test_a_refusal_is_told_in_chinese(case: str, tmp_path: Path) -> None:
    name, data = REFUSED[case]
    if data is not None:
        (tmp_path / name).write_bytes(data)
    require_chinese(refusal(tmp_path / name))


def test_so_is_that_of_a_folder_and_of_what_the_system_does_not_give(tmp_path: Path) -> None:
    for name in ("2023.pdf", "2023"):
        (tmp_path / name).mkdir()
        require_chinese(refusal(tmp_path / name))
    with pytest.raises(UnreadableFile) as raised:
        files.contents(tmp_path, Said("a text file", "文本文件"))
    require_chinese(raised.value)
    assert in_chinese(raised.value.found) == "系统无法读取的文件（is a directory）"


def test_so_is_that_of_a_report_on_the_form_of_2014(tmp_path: Path) -> None:
    from ogi import forms

    path = tmp_path / "2018.html"
    path.write_text("".join(f"<p>{mark}</p>" for mark in forms.OLD_FORM_MARKS), "utf-8")
    error = refusal(path)
    require_chinese(error)
    assert "2014年格式" in in_chinese(error.found)


def test_so_are_the_bounds_of_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ogi.readers import unpacked as opening

    for name in ("2023.pdf", "2023.png"):
        (tmp_path / name).touch()
        os.truncate(tmp_path / name, LIMITS.file_bytes + 1)
        require_chinese(refusal(tmp_path / name))
    path = tmp_path / "2023.docx"
    path.write_bytes(word_file())
    for limit in ("word_unpacked_bytes", "word_parts"):
        monkeypatch.setattr(opening, "LIMITS", replace(LIMITS, **{limit: 1}))
        require_chinese(refusal(path))
    monkeypatch.setattr(image_files, "LIMITS", replace(LIMITS, picture_pixels=10))
    path = tmp_path / "2024.tiff"
    path.write_bytes(image("TIFF", pages_=2))
    require_chinese(refusal(path))
    with pytest.raises(UnreadableFile) as raised:
        pictures.page_picture(path, 1)
    require_chinese(raised.value)
    monkeypatch.undo()
    monkeypatch.setattr(image_files, "LIMITS", replace(LIMITS, picture_pages=0))
    require_chinese(refusal(path))


def test_so_are_pages_that_cannot_be_drawn(tmp_path: Path) -> None:
    page, picture, text = (tmp_path / name for name in ("a.pdf", "a.png", "a.txt"))
    page.write_bytes(written(Page().text(50, 50, "字")))
    picture.write_bytes(noise()[:-9000])
    text.write_text("一", "utf-8")
    broken = tmp_path / "b.pdf"
    broken.write_bytes(b"%PDF-1.4\nnothing\n%%EOF")
    for path, number in ((page, 2), (picture, 1), (text, 1), (broken, 1)):
        with pytest.raises(UnreadableFile) as raised:
            pictures.page_picture(path, number)
        require_chinese(raised.value)
    with pytest.raises(UnreadableFile) as raised:
        pictures.lattice_picture(text, 1)
    require_chinese(raised.value)


def test_so_is_what_libreoffice_is_wanted_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "2019.doc"
    path.write_bytes(OLE)
    monkeypatch.setattr(office, "_PROGRAMS", ("no-such-program",))
    require_chinese(refusal(path))
    for script in ("exit 1", "sleep 9", "echo codec"):
        program = tmp_path / "program"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setattr(office, "_PROGRAMS", (str(program),))
        monkeypatch.setattr(office, "LIMITS", replace(LIMITS, office_seconds=1))
        require_chinese(refusal(path))


def failing(path: Path) -> None:
    """Reads in a worker, which finds it by its name."""
    raise ZeroDivisionError("a\nfault")


def test_so_is_what_no_reader_foresaw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ogi.ingest.reading._timed", failing)
    path = tmp_path / "2023.txt"
    path.write_text("一", "utf-8")
    (failure,) = read_all(of_files([path]).sources)
    assert isinstance(failure, Failure)
    assert failure.message.zh.startswith(f"{path}：未能读取：程序未能预料的内容（test_refusals.py:")
    assert failure.message.zh.endswith("（应为年报）")


def test_a_refusal_comes_back_whole_from_another_process(tmp_path: Path) -> None:
    error = refusal(tmp_path / "2023.pdf")
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.told.zh) == (str(error), error.told.zh)
    assert (again.path, again.expected, again.found) == (error.path, error.expected, error.found)


# --- what is read all the same, with a note ------------------------------------------------------------


def framed() -> Page:
    """Four cells, three of them with text."""
    page = Page()
    for at in (50, 150, 250):
        page.stroke(at, 100, at, 140).stroke(50, 60 + at * 0.2 + 30, 250, 60 + at * 0.2 + 30)
    return page.text(60, 114, "甲").text(160, 114, "12").text(60, 134, "乙")


def over(page: Page, **options: object) -> Page:
    return page.text(160, 114, "95", **options)  # type: ignore[arg-type]


NOTED: dict[str, tuple[str, bytes, str]] = {
    "rows of other widths": (
        "2023.md", "|甲|乙|\n|-|-|\n|1|2|3|\n".encode(), "第3行有3个单元格，表头有2个"
    ),
    "stray bytes": (
        "2023.txt", "政府信息公开工作年度报告".encode() * 9 + b"\xff", "有1个字节不属于任何字符，以“�”表示"
    ),
    "attached files": (
        "2023.html", "<p>年报</p><a href=a.pdf>甲</a><a href=b.docx>乙</a>".encode(),
        "其中无数据表格，所附2个文件未予识读：.docx文件1个、.pdf文件1个",
    ),
    "figures that a style sheet hides": (
        "2023.html", "<style>.t{display:none}</style>前<table class=t><tr><td>甲<td>1<td>2</table>".encode(),
        "多数数据由样式表隐藏、须经脚本显示，已全部识读",
    ),
    "a picture in place of a table": (
        "2023.docx", word_file(picture=image(side=200)), "文件中无表格，所含1张图片中亦未发现表格"
    ),
    "a damaged picture": (
        "2023.html", in_page(noise()[:-9000]), "1张图片未查找表格：图片已损坏（OSError）"
    ),
    "a picture of another format": (
        "2023.html", in_page(b"<svg>" * 900), "1张图片未查找表格：格式不支持识读"
    ),
    "a scan": (
        "2023.pdf", written(Page().text(50, 50, "甲"), Page().fill(50, 50, 350, 450)),
        "第2页无文字层，按图片识读",
    ),
    "text on its side": (
        "2023.pdf", written(Page().text(50, 50, "甲"), Page().text(50, 90, "乙", matrix="0 1 -1 0")),
        "第2页除侧向文字外无其他文字，按图片识读",
    ),
    "most text on its side": (
        "2023.pdf", written(Page().text(50, 50, "甲").text(90, 90, "乙丙丁", matrix="0 1 -1 0")),
        "第1页多数文字侧向排列，未予识读",
    ),
    "hidden text": (
        "2023.pdf", written(Page().text(50, 50, "甲"), Page().text(50, 90, "乙", colour=WHITE)),
        "第2页除隐藏文字外无其他文字，按图片识读",
    ),
    "a note over the page": (
        "2023.pdf", written(Page().text(50, 50, "甲").note(60, 90, "12")), "第1页有表单或批注覆盖，已一并识读"
    ),
    "layers that are off": (
        "2023.pdf", written(Page().text(50, 50, "甲").switched_off(50, 90, "12"), **OFF),
        "第1页有2个字符在页面上不显示，未予识读",
    ),
    "a font that is not in the file": (
        "2023.pdf", written(Page().text(50, 50, "甲").text(50, 90, "侧躺", font="S"), **OFF),
        "第1页有2个字符的字体既未嵌入文件，本机亦未安装，未经核对显示即予识读",
    ),
    "characters over one another": (
        "2023.pdf", written(over(framed(), colour="0.5 0.5 0.5")),
        "第1页有4个数字的显示与文件所载不符，已按图片识读",
    ),
    "digits that look like others": (
        "2023.pdf", written(framed().text(60, 134, "12甲乙", font="L"), false="1023456789"),
        "第1页有1个数字的字形与字体所注不符，已按图片识读",
    ),
    "characters without a meaning": (
        "2023.pdf", written(Page().text(50, 50, "甲乙丙丁").text(70, 90, "5", font="G")),
        "第1页有1个字符的字体未注明其含义，以“�”表示",
    ),
}  # fmt: skip


def notes_of(path: Path) -> Iterator[str]:
    for note in readers.read(path).notes:
        assert english_in(note) == [], note
        yield in_chinese(note)


@pytest.mark.parametrize("case", NOTED)
def test_a_note_is_told_in_chinese(case: str, tmp_path: Path) -> None:
    name, data, told = NOTED[case]
    (tmp_path / name).write_bytes(data)
    assert told in list(notes_of(tmp_path / name))


@pytest.mark.parametrize(
    ("module", "limit", "told"),
    [
        (drawing, "most_objects", "第1页绘图对象超过1个，未查找有线表格"),
        (ruled, "most_lines", "第1页表格线交叉过多，未查找有线表格"),
    ],
)
def test_so_are_the_bounds_of_pages(
    module: object, limit: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PDF", replace(PDF, **{limit: 1}))
    monkeypatch.setattr(pages, "PDF", replace(PDF, most_objects=1))
    path = tmp_path / "2023.pdf"
    path.write_bytes(written(framed()))
    assert told in list(notes_of(path))


def test_so_is_a_page_of_too_many_characters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PDF", replace(PDF, most_chars=1))
    path = tmp_path / "2023.pdf"
    path.write_bytes(written(Page().text(50, 50, "甲"), Page().text(50, 50, "甲乙丙")))
    assert list(notes_of(path)) == ["第2页有3个字符，超过1个的上限，未予识读，按图片识读"]


def test_so_are_pictures_beyond_the_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pasted, "LIMITS", replace(LIMITS, pasted_pictures=0))
    monkeypatch.setattr(images, "PDF", replace(PDF, most_pictures=0))
    page, sheet = tmp_path / "2023.html", tmp_path / "2023.pdf"
    page.write_bytes(in_page(noise()))
    marked = tmp_path / "2023.md"
    marked.write_text(f"甲\n\n<div>{page.read_text('utf-8')}</div>\n", "utf-8")
    for path in (page, marked):
        assert list(notes_of(path)) == ["1张图片未查找表格：图片超过0张或合计超过100 MB"]
    gray = "/W 1 /H 1 /CS /G /BPC 8"
    sheet.write_bytes(written(Page().text(50, 20, "甲").picture(50, 50, 350, 250, b"\x80", gray)))
    assert list(notes_of(sheet)) == ["1张图片中有1张未查找表格"]
    monkeypatch.undo()
    monkeypatch.setattr(scan_pictures, "LIMITS", replace(LIMITS, pasted_pixels=10))
    assert list(notes_of(page)) == ["1张图片未查找表格：大小为300 × 300像素"]
