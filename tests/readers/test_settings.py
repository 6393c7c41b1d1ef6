"""Each number of the readers at its edge: what lies on either side of it is read differently."""

from __future__ import annotations

import ast
import inspect
import io
from dataclasses import fields, replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from PIL import Image

from ogi.readers import encoding, files, html, image_files, pasted, runs, stylesheet, text, unpacked, word
from ogi.readers.document import Cell, Grid, UnreadableFile
from ogi.readers.encoding import STRAY, decode
from ogi.readers.limits import LIMITS, Limits
from ogi.readers.pasted import Pictures
from ogi.readers.scan import pictures as scan_pictures
from ogi.readers.scan.settings import ScanSettings
from ogi.readers.settings import ReaderSettings
from ogi.readers.spans import FramedCell, lay_out
from ogi.said import Said

READERS = Path(inspect.getfile(html)).parent


def page(folder: Path, markup: str) -> html.Document:
    path = folder / "page.html"
    path.write_text(markup, "utf-8")
    return html.read(path)


def shown(folder: Path, rules: str, markup: str = "<p>前<b class=hid>后</b></p>") -> str:
    return "".join(p.text for p in page(folder, f"<style>{rules}</style>{markup}").paragraphs)


@pytest.mark.parametrize("record", [Limits, ReaderSettings, ScanSettings])
def test_each_number_says_why_and_is_used(record):
    (declared,) = (n for n in ast.parse(inspect.getsource(record)).body if isinstance(n, ast.ClassDef))
    reasons = [isinstance(n, ast.Expr) for n in declared.body[1:]]
    assert reasons == [False, True] * len(fields(record)), "a reason below each field"
    code = "".join(path.read_text("utf-8") for path in READERS.rglob("*.py"))
    unused = [f.name for f in fields(record) if f".{f.name}" not in code]
    assert not unused


# --- style sheets -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("before", "left"), [(399, "前"), (400, "前后")])
def test_rules_are_read_up_to_a_number(tmp_path, before, left):
    assert shown(tmp_path, ".other{display:none}" * before + ".hid{display:none}") == left


@pytest.mark.parametrize(("names", "left"), [(12, "前"), (13, "前后")])
def test_selectors_are_read_up_to_a_length(tmp_path, names, left):
    assert shown(tmp_path, ".hid" * names + "{display:none}") == left


@pytest.mark.parametrize(("between", "left"), [(37, "前"), (38, "前后")])
def test_selectors_look_so_far_up(tmp_path, between, left):
    """The paragraph and the element itself are two of the forty."""
    inner = f"<div class=far>{'<div>' * between}<p>前<b><i class=hid>后</i></b></p>"
    assert shown(tmp_path, ".far .hid{display:none}", inner) == left


def test_style_sheets_are_read_up_to_a_length(tmp_path):
    rule = ".hid{display:none}"
    room = " " * (LIMITS.css_characters - len(rule))
    assert shown(tmp_path, room + rule) == "前"
    assert shown(tmp_path, room + " " * 9 + rule) == "前后"


@pytest.mark.parametrize(("trials", "left"), [(12, "前"), (11, "前后")])
def test_so_many_selectors_are_tried_on_elements(tmp_path, monkeypatch, trials, left):
    """The sixth element is hidden: page, head, sheet, body and paragraph come before, each tried by both."""
    bounded(monkeypatch, stylesheet, css_trials=trials)
    assert shown(tmp_path, ".hid{display:none} .other{display:none}") == left


# --- tables and files -------------------------------------------------------------------------------


@pytest.mark.parametrize(("span", "column"), [(999, 999), (1000, 1000), (1001, 1000)])
def test_a_colspan_is_cut_to_what_html_allows(span, column):
    row = [FramedCell(Cell("甲", 0, 0, 1, span)), FramedCell(Cell("乙", 0, 0))]
    assert lay_out([[row]])[1].cell.column == column


@pytest.mark.parametrize("deeper", [0, 1])
def test_tables_within_one_another_are_followed_so_deep(tmp_path, deeper):
    start, end = "<table><tr><td>甲</td><td>", "</td></tr></table>"
    depth = LIMITS.nested_tables + deeper
    markup = start * depth + "<table><tr><td>乙</td><td>1</td></tr></table>" + end * depth
    if deeper:
        with pytest.raises(UnreadableFile, match="at most 40 tables within one another"):
            page(tmp_path, markup)
    else:
        assert "乙" in list(page(tmp_path, markup).texts())


@pytest.mark.parametrize(("more", "read"), [(0, True), (1, False)])
def test_a_table_has_so_many_places(tmp_path, monkeypatch, more, read):
    monkeypatch.setattr(text, "LIMITS", replace(LIMITS, table_places=6))
    path = tmp_path / "report.txt"
    path.write_text("甲\t1\t2\n" * 3 + "\t" * more, "utf-8")
    if read:
        assert any(isinstance(block, Grid) for block in text.read(path).blocks)
    else:
        with pytest.raises(UnreadableFile, match="more cells"):
            text.read(path)


def test_a_text_has_so_many_bytes(tmp_path):
    path = tmp_path / "report.txt"
    path.write_bytes(b"1" * LIMITS.text_bytes)
    assert text.read(path).blocks
    path.write_bytes(b"1" * (LIMITS.text_bytes + 1))
    with pytest.raises(UnreadableFile, match="at most 8 MB"):
        text.read(path)


def test_the_text_of_a_word_file_is_bounded_apart_from_its_pictures(tmp_path, monkeypatch):
    import docx

    path = tmp_path / "report.docx"
    docx.Document().save(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unpacked, "LIMITS", replace(LIMITS, word_text_bytes=1024**2))
        assert word._opened(path)
    monkeypatch.setattr(unpacked, "LIMITS", replace(LIMITS, word_text_bytes=1024))
    with pytest.raises(UnreadableFile, match="MB of text"):
        word._opened(path)


# --- charsets ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("strays", "read"), [(2, True), (3, False)])
def test_so_many_stray_bytes_are_borne(strays, read):
    text = "政府信息公开年度报告".encode()
    data = text * (10 - strays) + (b"\xff" + text) * strays
    if read:
        assert decode(data).count(STRAY) == strays
    else:
        with pytest.raises(UnreadableFile):
            decode(data)


# --- plain text and pictures ------------------------------------------------------------------------


def is_table(folder: Path, last: str) -> bool:
    path = folder / "report.txt"
    path.write_text(f"甲\t乙\n丙\t{last}\n", "utf-8")
    (*_, block) = text.read(path).blocks
    return isinstance(block, Grid)


@pytest.mark.parametrize(("length", "expected"), [(80, True), (81, False)])
def test_a_cell_is_so_long_at_most(tmp_path, length, expected):
    assert is_table(tmp_path, "字" * length) is expected


@pytest.mark.parametrize(("length", "expected"), [(20, True), (21, False)])
def test_a_cell_that_ends_as_a_sentence_is_so_long_at_most(tmp_path, length, expected):
    assert is_table(tmp_path, "字" * (length - 1) + "。") is expected


@pytest.mark.parametrize(("figures", "noted"), [(2, True), (3, False)])
def test_a_page_of_few_figures_names_what_it_attaches(tmp_path, figures, noted):
    cells = "".join(f"<tr><td>甲</td><td>{n}</td></tr>" for n in range(figures))
    document = page(tmp_path, f"<a href=report.pdf>附件</a><table>{cells}</table>")
    assert any("attached" in note for note in document.notes) is noted


@pytest.mark.parametrize(
    ("size", "width", "seen"), [(799, 450, 0), (800, 450, 1), (800, 149, 0), (800, 150, 1)]
)
def test_a_picture_is_looked_at_from_so_many_bytes_and_points_on(size, width, seen):
    pictures = Pictures(iter(range(9)))
    assert pictures.blocks(b"\0" * size, width) == []
    assert pictures.seen == seen


@pytest.mark.parametrize(("bound", "read"), [(800, True), (799, False)])
def test_the_pictures_of_a_report_have_so_many_bytes_together(monkeypatch, bound, read):
    monkeypatch.setattr(pasted, "LIMITS", replace(LIMITS, pasted_bytes=bound))
    pictures = Pictures(iter(range(9)))
    pictures.blocks(b"\0" * 800)
    (note,) = pictures.notes()
    assert ("format" in note) is read


# --- files and pictures, each bound at its edge -----------------------------------------------------


def bounded(monkeypatch: pytest.MonkeyPatch, module: object, **limits: int) -> None:
    monkeypatch.setattr(module, "LIMITS", replace(LIMITS, **limits))


@pytest.mark.parametrize(("size", "read"), [(9, True), (10, False)])
def test_a_file_has_so_many_bytes(tmp_path, size, read):
    path = tmp_path / "report.txt"
    path.write_bytes(b"1" * size)
    if read:
        assert files.contents(path, Said("a file", "文件"), 9) == b"1" * 9
    else:
        with pytest.raises(UnreadableFile):
            files.contents(path, Said("a file", "文件"), 9)


def word_with(folder: Path, parts: int, text: int) -> Path:
    """A zip archive of so many parts: a text of that length, a picture of 50 bytes, and empty ones."""
    path = folder / "report.docx"
    with ZipFile(path, "w") as archive:
        archive.writestr("a.xml", "x" * text)
        archive.writestr("a.png", "x" * 50)
        for number in range(parts - 2):
            archive.writestr(f"{number}.xml", "")
    return path


@pytest.mark.parametrize(
    ("parts", "text", "refusal"),
    [(5, 100, "without a Word"), (6, 100, "5 parts"), (5, 101, "of text"), (5, 201, "unpacked")],
)
def test_a_word_file_has_so_many_parts_and_bytes(tmp_path, monkeypatch, parts, text, refusal):
    most = 100 if text < 200 else 1000
    bounded(monkeypatch, unpacked, word_parts=5, word_text_bytes=most, word_unpacked_bytes=250)
    with pytest.raises(UnreadableFile, match=refusal):
        word.read(word_with(tmp_path, parts, text))


@pytest.mark.parametrize(("depth", "hidden"), [(2, True), (3, False)])
def test_styles_are_followed_so_far(monkeypatch, depth, hidden):
    """The last of the styles that are based on one another hides its text."""
    bounded(monkeypatch, runs, word_styles=2)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    based = "".join(f'<w:style w:styleId="{n}"><w:basedOn w:val="{n + 1}"/></w:style>' for n in range(depth))
    last = f'<w:style w:styleId="{depth}"><w:rPr><w:vanish/></w:rPr></w:style>'
    styles = etree.fromstring(f"<w:styles {space}>{based}{last}</w:styles>")
    paragraph = etree.fromstring(
        f'<w:p {space}><w:pPr><w:pStyle w:val="0"/></w:pPr><w:r><w:t>字</w:t></w:r></w:p>'
    )
    assert runs.Runs(styles).text(paragraph) == ("" if hidden else "字")


@pytest.mark.parametrize(("parts", "page_"), [(2, b"<p>1</p>"), (1, b"")])
def test_a_saved_page_is_looked_for_among_so_many_parts(monkeypatch, parts, page_):
    """The whole is one part, the page in it the second."""
    bounded(monkeypatch, files, mht_parts=parts)
    head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
    assert files.page_within(head + b"--b\nContent-Type: text/html\n\n<p>1</p>\n--b--\n") == page_


def png(width: int, height: int, pages: int = 1) -> bytes:
    made, sheet = io.BytesIO(), Image.new("L", (width, height), 255)
    sheet.save(made, "TIFF", save_all=True, append_images=[sheet] * (pages - 1))
    return made.getvalue()


@pytest.mark.parametrize(("width", "pages", "read"), [(10, 2, True), (11, 2, False), (10, 3, False)])
def test_an_image_file_has_so_many_pixels_and_pages(tmp_path, monkeypatch, width, pages, read):
    bounded(monkeypatch, image_files, picture_pixels=100, picture_pages=2)
    path = tmp_path / "report.tiff"
    path.write_bytes(png(width, 10, pages))
    if read:
        assert len(list(scan_pictures.pictures_of(path))) == 2
    else:
        with pytest.raises(UnreadableFile):
            list(scan_pictures.pictures_of(path))


@pytest.mark.parametrize(("dpi", "taken"), [(49, 200), (50, 50), (1200, 1200), (1201, 200)])
def test_a_resolution_is_believed_within_bounds(tmp_path, dpi, taken):
    path = tmp_path / "report.png"
    Image.new("L", (90, 90), 255).save(path, dpi=(dpi, dpi))
    (picture,) = scan_pictures.pictures_of(path)
    assert picture.points_per_pixel == pytest.approx(72 / taken, rel=0.001)


@pytest.mark.parametrize(("width", "read"), [(10, True), (11, False)])
def test_a_pasted_picture_has_so_many_pixels(monkeypatch, width, read):
    bounded(monkeypatch, scan_pictures, pasted_pixels=100)
    assert isinstance(scan_pictures.pasted_picture(png(width, 10)), Said) is not read


@pytest.mark.parametrize(("count", "read"), [(2, True), (3, False)])
def test_so_many_pictures_of_a_report_are_looked_at(monkeypatch, count, read):
    bounded(monkeypatch, pasted, pasted_pictures=2)
    pictures = Pictures(iter(range(9)))
    for _ in range(count):
        pictures.blocks(b"\0" * 800)
    assert any("more than 2" in note for note in pictures.notes()) is not read


def test_a_picture_of_no_told_width_is_as_wide_as_text(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(Pictures, "blocks", lambda _self, _data, width: seen.append(width) or [])
    page(
        tmp_path,
        "<p>字</p><img src='data:image/png;base64,AAAA'><img width=200 src='data:image/png;base64,AA'>",
    )
    assert seen == [450.0, 150.0]


@pytest.mark.parametrize(("share", "read"), [(0.6, True), (0.59, False)])
def test_a_text_is_so_plausible_at_least(monkeypatch, share, read):
    monkeypatch.setattr(encoding, "_plausibility", lambda _text: share)
    if read:
        assert decode("年".encode("gbk")) == "年"
    else:
        with pytest.raises(UnreadableFile):
            decode("年".encode("gbk"))
