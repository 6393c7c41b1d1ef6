"""Plain text and the tables pasted into it."""

from __future__ import annotations

from contextlib import suppress
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogi.readers.document import Document, Grid, Paragraph, UnreadableFile
from ogi.readers.text import plain_blocks, read


def shape(blocks) -> list:
    """Grids as rows of texts, paragraphs as texts."""
    return [[[c.text for c in r] for r in b.rows()] if isinstance(b, Grid) else b.text for b in blocks]


def plain(text: str) -> list:
    return shape(plain_blocks(text))


class TestLines:
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n \n", "\f", "\v"])
    def test_a_paragraph_a_line(self, end: str):
        assert plain(f"一、总体情况{end}　　正文。{end}") == ["一、总体情况", "正文。"]

    def test_indented_running_text_is_no_table(self):
        first, last = (
            "本年度本机关主动公开政府信息若干条，较上年增加。",
            "末段也是一句完整而且足够长的正文，不是单元格。",
        )
        text = f"\t一、总体情况\n\t{first}\n续行。\n\n\t{last}"
        assert plain(text) == ["一、总体情况", first, "续行。", last]

    def test_a_number_and_a_tab_before_a_heading(self):
        assert plain("一、\t总体情况\n1.\t加强培训\n") == ["一、总体情况", "1.加强培训"]


class TestRowALine:
    def test_cells_between_tabs_blank_ones_kept(self):
        assert plain("前\n甲\t1\t\n\t2\t3\n后") == ["前", [["甲", "1", ""], ["", "2", "3"]], "后"]

    def test_empty_lines_between_rows_do_not_divide_the_table(self):
        blocks = list(plain_blocks("甲\t1\n\n乙\t2\n正文\n丙\t3\n"))
        assert shape(blocks) == [[["甲", "1"], ["乙", "2"]], "正文", [["丙", "3"]]]
        assert [b.origin for b in blocks if isinstance(b, Grid)] == [0, 1]

    def test_a_break_within_a_cell(self):
        assert plain("甲\t本年新\v制作数量\n乙\t1\n") == [[["甲", "本年新\n制作数量"], ["乙", "1"]]]

    def test_the_grid_is_ragged(self):
        (grid,) = plain_blocks("甲\t1\t2\n乙\t1\n")
        assert isinstance(grid, Grid)
        assert grid.ragged
        assert {(c.rowspan, c.colspan) for c in grid.cells} == {(1, 1)}


class TestCellALine:
    def test_a_tab_begins_a_cell_and_an_empty_line_ends_the_row(self):
        text = "前\n\t信息内容\n\t本年新\n制作数量\n\t\n\n\t甲\n\t 0\n\t　0\n\n\n后\n"
        assert plain(text) == ["前", [["信息内容", "本年新\n制作数量", ""], ["甲", " 0", "　0"]], "后"]

    def test_blank_cells_at_the_start_of_a_row(self):
        assert plain("\t甲\n\t乙\n\t1\n\n\t\n\t丙\n\t2\n") == [[["甲", "乙", "1"], ["", "丙", "2"]]]

    def test_a_cell_alone_in_its_row_is_text(self):
        blocks = list(plain_blocks("\t第一项\n\n\t甲\n\t1\n\n\t第二项\n\n\t乙\n\t2\n"))
        assert shape(blocks) == ["第一项", [["甲", "1"]], "第二项", [["乙", "2"]]]
        assert [b.origin for b in blocks if isinstance(b, Grid)] == [0, 0]

    def test_one_stray_tab_does_not_change_the_manner(self):
        assert plain("\t甲\n\t1\t\n\n\t乙\n\t2\n") == [[["甲", "1", ""], ["乙", "2"]]]

    def test_windows_line_ends(self):
        assert plain("\t甲\r\n\t1\r\n\r\n\t乙\r\n\t2\r\n") == [[["甲", "1"], ["乙", "2"]]]


class TestBars:
    def test_lines_with_bars_stay_lines_for_only_the_forms_tell_their_cells(self):
        assert plain("| 甲 | 1 |\n|---|---|\n\n| 乙 |  |\n") == ["| 甲 | 1 |", "|---|---|", "| 乙 |  |"]

    def test_they_end_a_tabbed_table(self):
        assert plain("甲\t1\n乙\t2\n首页 | 公开\n") == [[["甲", "1"], ["乙", "2"]], "首页 | 公开"]


cell = st.text("甲乙丙0123456789　 ", max_size=5)
rows = st.lists(st.lists(cell, min_size=2, max_size=6), min_size=1, max_size=6)


@given(rows)
def test_a_row_a_line_is_read_back(table: list[list[str]]):
    table = [["表头", *row] for row in table]
    assert plain("前\n" + "\n".join("\t".join(row) for row in table) + "\n后") == ["前", table, "后"]


@given(rows)
def test_a_cell_a_line_is_read_back(table: list[list[str]]):
    text = "".join("".join(f"\t{c}\n" for c in row) + "\n" for row in table)
    assert plain(f"前\n\n{text}\n后") == ["前", table, "后"]


@pytest.fixture
def markdown(tmp_path):
    def write(text: str) -> Document:
        path = tmp_path / "report.md"
        path.write_text(text, encoding="utf-8")
        return read(path)

    return write


class TestMarkdown:
    def test_headings_emphasis_and_lists(self, markdown):
        text = (
            "# **一、总体情况：**概述\n\n第一行\n第二行 *重*\n\n    缩进\n\n1. 甲\n2. 乙\n- 丙\n\n[a]: 注\n"
        )
        assert shape(markdown(text).blocks) == [
            "一、总体情况：概述",
            "第一行",
            "第二行 重",
            "缩进",
            "1.甲",
            "2.乙",
            "丙",
            "[a]: 注",
        ]

    def test_a_table_is_rectangular(self, markdown):
        document = markdown("| 项 | 本年新<br>制作 | **数** |\n|:-|-:|---|\n| 甲 |  | 1\\|2 |\n")
        (grid,) = document.blocks
        assert isinstance(grid, Grid)
        assert not grid.ragged
        assert shape([grid]) == [[["项", "本年新\n制作", "数"], ["甲", "", "1|2"]]]
        assert [c.column for c in grid.cells] == [0, 1, 2, 0, 1, 2]
        assert document.notes == ()

    def test_no_cell_is_dropped_or_made_up_where_a_row_disagrees_with_its_head(self, markdown):
        document = markdown("|项|数|\n|-|-|\n|甲|1|2|\n|乙|1|\n\n|项|数|额|\n|-|-|-|\n|丙|1|\n")
        assert shape(document.blocks) == [
            [["项", "数"], ["甲", "1", "2"], ["乙", "1"]],
            [["项", "数", "额"], ["丙", "1"]],
        ]
        assert document.notes == ("line 3: 3 cells under a head of 2", "line 8: 2 cells under a head of 3")

    def test_a_cell_alone_in_its_row_is_text(self, markdown):
        document = markdown("|项|数|\n|-|-|\n|甲|1|\n|第二项|\n|乙|2|\n")
        assert shape(document.blocks) == [[["项", "数"], ["甲", "1"]], "第二项", [["乙", "2"]]]

    def test_html_tables_even_with_empty_lines_in_them(self, markdown):
        document = markdown(
            "前<table><tr><td rowspan=2>甲</td><td>1</td></tr>\n\n<tr><td>2</td></tr></table>后\n\n末"
        )
        assert shape(document.blocks) == ["前", [["甲", "1"], ["2"]], "后", "末"]

    def test_tables_never_closed_take_no_time(self, markdown):
        began = monotonic()
        with suppress(UnreadableFile):
            markdown("<table>" * 50_000)
        assert monotonic() - began < 10

    def test_tables_are_numbered_whatever_their_manner(self, markdown):
        document = markdown("|甲|1|\n|-|-|\n\n<table><tr><td>乙</td><td>2</td></tr></table>\n")
        assert [b.origin for b in document.blocks if isinstance(b, Grid)] == [0, 1]


class TestFile:
    @pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    def test_charsets(self, tmp_path, charset: str):
        path = tmp_path / "report.txt"
        path.write_bytes("某局\n政府信息公开工作年度报告\n".encode(charset))
        document = read(path)
        assert document.method == "text"
        assert document.blocks == (Paragraph("某局"), Paragraph("政府信息公开工作年度报告"))

    @pytest.mark.parametrize("data", [b"", b"\n\t\n", b"%PDF-1.4", b"\x80\x81\xff" * 50, "\t\n　\n".encode()])
    def test_refusals(self, tmp_path, data: bytes):
        path = tmp_path / "report.txt"
        path.write_bytes(data)
        with pytest.raises(UnreadableFile, match=r"expected .*text.*, found"):
            read(path)

    def test_more_text_or_more_cells_than_any_report_has(self, tmp_path):
        path = tmp_path / "report.txt"
        for text in ("公开信息" * 800_000, "\t" * 400_000 + "公开"):
            path.write_text(text, "utf-8")
            with pytest.raises(UnreadableFile, match=r"expected .*, found"):
                read(path)
