"""Each number of the readers at its edge: what lies on either side of it is read differently."""

from __future__ import annotations

import ast
import inspect
from dataclasses import fields, replace
from pathlib import Path

import pytest

from ogi.readers import html, pasted, text, word
from ogi.readers.document import Cell, Grid, UnreadableFile
from ogi.readers.encoding import STRAY, _declared, _plausibility, decode
from ogi.readers.limits import LIMITS, Limits
from ogi.readers.pasted import Pictures
from ogi.readers.scan.settings import ScanSettings
from ogi.readers.settings import SETTINGS, ReaderSettings
from ogi.readers.spans import Placed, lay_out

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


# --- tables and files -------------------------------------------------------------------------------


@pytest.mark.parametrize(("span", "column"), [(999, 999), (1000, 1000), (1001, 1000)])
def test_a_colspan_is_cut_to_what_html_allows(span, column):
    row = [Placed(Cell("甲", 0, 0, 1, span)), Placed(Cell("乙", 0, 0))]
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
        patch.setattr(word, "LIMITS", replace(LIMITS, word_text_bytes=1024**2))
        assert word._opened(path)
    monkeypatch.setattr(word, "LIMITS", replace(LIMITS, word_text_bytes=1024))
    with pytest.raises(UnreadableFile, match="MB of text"):
        word._opened(path)


# --- charsets ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "certain"), [(11, False), (12, True)])
def test_so_many_characters_are_utf8_beyond_doubt(count, certain):
    assert (_plausibility("é" * count, "utf-8") > SETTINGS.least_plausible) is certain


@pytest.mark.parametrize(("strays", "read"), [(2, True), (3, False)])
def test_so_many_stray_bytes_are_borne(strays, read):
    data = "政府信息公开年度报告".encode() * 10 + b"\xff" * strays
    if read:
        assert decode(data).count(STRAY) == strays
    else:
        with pytest.raises(UnreadableFile):
            decode(data)


@pytest.mark.parametrize(("blanks", "declared"), [(4096 - 11, True), (4096 - 10, False)])
def test_a_charset_is_declared_near_the_head(blanks, declared):
    assert (_declared(b" " * blanks + b"charset=gbk") is not None) is declared


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
