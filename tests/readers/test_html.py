"""Web pages: text as a browser breaks it, tables as a browser lays them out."""

from __future__ import annotations

import base64
import quopri
from html import escape
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogi import readers
from ogi.readers.document import Cell, Document, Grid, UnreadableFile
from ogi.readers.html import read


@pytest.fixture
def page(tmp_path):
    def write(markup: str, charset: str = "utf-8") -> Document:
        path = tmp_path / "page.html"
        path.write_bytes(markup.encode(charset))
        return read(path)

    return write


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def rows(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows()]


def places(grid: Grid) -> dict[str, tuple[int, int, int, int]]:
    return {cell.text: (cell.row, cell.column, cell.rowspan, cell.colspan) for cell in grid.cells}


class TestText:
    def test_a_paragraph_per_block_and_per_line_break(self, page):
        document = page("<h1>某局<br>年度报告</h1><div>一<p>二</p>三</div><ul><li>四</li><li>五</li></ul>")
        assert texts(document) == ["某局", "年度报告", "一", "二", "三", "四", "五"]

    def test_text_broken_over_tags_joins_without_a_blank(self, page):
        document = page("<p><span>收到</span><font>1<span>2</span></font><b>3</b>件</p>")
        assert texts(document) == ["收到123件"]

    def test_numbers_apart_stay_apart(self, page):
        assert texts(page("<p><span>1</span>\n <span>2</span></p>")) == ["1 2"]

    def test_a_line_end_in_the_source_is_no_blank_between_chinese_characters(self, page):
        assert texts(page("<p>行政\n    执法 案卷</p>")) == ["行政执法 案卷"]

    def test_hard_blanks_stay_inside_a_line(self, page):
        assert texts(page("<p>&nbsp;&nbsp;甲&nbsp;乙</p>")) == ["甲\xa0乙"]

    def test_lines_of_preformatted_text(self, page):
        assert texts(page("<pre>一\n二</pre>三")) == ["一", "二", "三"]

    @pytest.mark.parametrize(
        "unseen",
        [
            "<script>隐</script>",
            "<style>隐</style>",
            "<noscript>隐</noscript>",
            "<!-- 隐 -->",
            "<div hidden>隐</div>",
            "<div style='color:red; DISPLAY : none'>隐</div>",
            "<span style='visibility:hidden'>隐<b>隐</b></span>",
            "<select><option>隐</option></select>",
            "<template><p>隐</p></template>",
        ],
    )
    def test_what_is_not_shown_is_not_read(self, page, unseen):
        assert texts(page(f"<p>前{unseen}后</p>")) in (["前后"], ["前", "后"])

    @pytest.mark.parametrize(
        "spoilt",
        [
            "前<font style='font-size:0px;color:#fff'>8k</font>后",
            "前<span style='mso-hide:all'>8</span>后",
            "前<b style='opacity: 0'>8</b>后",
            "前<span style='position:absolute;left:-9999px'>8</span>后",
        ],
    )
    def test_text_put_in_to_spoil_a_copy_is_not_read(self, page, spoilt):
        assert texts(page(f"<p>{spoilt}</p>")) == ["前后"]

    def test_a_frame_of_no_font_size_is_shown_where_what_is_in_it_has_one(self, page):
        assert texts(page("<p style='font-size:0'><span style='font-size:12pt'>前</span></p>")) == ["前"]

    def test_a_body_hidden_until_loaded_is_read(self, page):
        assert texts(page("<body style='display:none'><p>报告</p></body>")) == ["报告"]

    def test_text_around_a_table_comes_once_and_in_order(self, page):
        markup = "前<table><tr><td>甲</td><td>乙</td></tr></table>后<p>末</p>"
        before, grid, after, last = page(f"<div>{markup}</div>").blocks
        assert [before.text, after.text, last.text] == ["前", "后", "末"]
        assert rows(grid) == [["甲", "乙"]]

    @pytest.mark.parametrize(
        "rules",
        [
            ".a, .hid { color: red; display : none }",
            "#one{DISPLAY:none!important}",
            "td span.hid{visibility:hidden}",
            ".hid.x{display:none} .hid{display:block}",
            "@media print{.hid{display:block}} /* .hid{display:block} */ .hid{display:none}",
            "td > .hid{display:-webkit-box;display:none}",
            ".x{display:none} .hid{visibility:visible}",
            "a:hover, .hid{display:none}",
        ],
    )
    def test_what_a_style_sheet_hides_is_no_part_of_a_number(self, page, rules):
        spoilt = "<tr><td>甲</td><td>1<span class='hid x' id=one>2</span></td></tr>"
        plain = "<tr><td>乙</td><td>3</td></tr><tr><td>丙</td><td>4</td></tr>"
        document = page(f"<style>{rules}</style><table>{spoilt}{plain}</table>")
        assert rows(grids(document)[0]) == [["甲", "1"], ["乙", "3"], ["丙", "4"]]

    def test_a_style_sheet_never_closed_takes_no_time(self, page):
        began = process_time()
        assert texts(page(f"<style>.hid{{display:none}}{'/*' * 50_000}</style><p class=hid>隐</p>前")) == [
            "前"
        ]
        assert texts(page(f"<style>{'{' * 50_000}</style>前")) == ["前"]
        assert process_time() - began < 3

    @pytest.mark.parametrize(
        "rules",
        [
            "@media print{.hid{display:none}}",
            ".hid{display:none} .hid.x{display:inline}",
            ".other{display:none}",
            "table > .hid{display:none}",
            ".hid:hover, .hid::after{display:none}",
            ".hid{display:none!important;display:inline!important}",
        ],
    )
    def test_what_no_rule_hides_on_a_screen_is_shown(self, page, rules):
        assert texts(page(f"<style>{rules}</style><p>前<b class='hid x'>后</b></p>")) == ["前后"]

    @pytest.mark.parametrize(("media", "shown"), [("print", "前后"), ("screen", "前"), ("all", "前")])
    def test_a_style_sheet_for_print_hides_nothing_on_a_screen(self, page, media, shown):
        markup = f"<style media={media}>.hid{{display:none}}</style><p>前<b class=hid>后</b></p>"
        assert texts(page(markup)) == [shown]

    def test_an_element_s_own_style_is_stronger_than_a_rule_unless_that_is_important(self, page):
        shown = "<p class=hid style='display:inline'>前</p><p class=gone style='display:inline'>后</p>"
        rules = ".hid{display:none} .gone{display:none!important}"
        assert texts(page(f"<style>{rules}</style>{shown}")) == ["前"]

    def test_tables_that_only_a_script_would_show_are_read_with_a_word(self, page):
        table = "<table><tr><td>甲</td><td>1</td></tr><tr><td>2</td><td>3</td></tr></table>"
        document = page(f"<style>.tab{{display:none}}</style><p>前</p><div class=tab>{table}</div>")
        assert rows(grids(document)[0]) == [["甲", "1"], ["2", "3"]]
        assert "style sheet" in document.notes[0]

    def test_of_two_prints_for_two_screens_the_one_shown_is_read(self, page):
        table = "<table class={}><tr><td>甲</td><td>{}</td></tr><tr><td>乙</td><td>{}</td></tr></table>"
        document = page(
            "<style>.m{display:none}</style>" + table.format("pc", 1, 2) + table.format("m", 3, 4)
        )
        assert [rows(grid) for grid in grids(document)] == [[["甲", "1"], ["乙", "2"]]]
        assert document.notes == ()

    def test_titles_name_the_article_first_and_each_once(self, page):
        document = page(
            "<title>某网\n 报告</title><meta name='ArticleTitle' content='年度报告'>"
            "<meta property='og:title' content='年度报告'><meta name='keywords' content='不'><p>文</p>"
        )
        assert document.titles == ("年度报告", "某网 报告")

    def test_an_entity_is_text_and_never_markup(self, page):
        assert texts(page("<p>&lt;script&gt;1&lt;/script&gt;</p>")) == ["<script>1</script>"]

    @pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16"])
    def test_charsets_without_declaration(self, page, charset):
        assert texts(page("<p>政府信息公开工作年度报告</p>", charset)) == ["政府信息公开工作年度报告"]

    def test_a_declaration_that_lies(self, page):
        markup = "<meta charset='gb2312'><?xml version='1.0' encoding='gbk'?><p>政府信息公开</p>"
        assert texts(page(markup)) == ["政府信息公开"]


class TestTables:
    def test_spans_give_each_cell_its_columns(self, page):
        (grid,) = grids(
            page(
                "<table><tr><td rowspan=2>甲</td><td colspan=2>乙</td><td rowspan='2'>丙</td></tr>"
                "<tr><td>丁</td><td>戊</td></tr></table>"
            )
        )
        assert places(grid) == {
            "甲": (0, 0, 2, 1),
            "乙": (0, 1, 1, 2),
            "丙": (0, 3, 2, 1),
            "丁": (1, 1, 1, 1),
            "戊": (1, 2, 1, 1),
        }

    def test_a_zero_rowspan_reaches_to_the_end_of_its_group_and_none_reaches_over_it(self, page):
        (grid,) = grids(
            page(
                "<table><thead><tr><td rowspan=9>甲</td><td>乙</td></tr></thead>"
                "<tbody><tr><td rowspan=0>丙</td><td>丁</td></tr><tr><td>戊</td></tr></tbody></table>"
            )
        )
        assert places(grid)["甲"] == (0, 0, 1, 1)
        assert places(grid)["丙"] == (1, 0, 2, 1)
        assert places(grid)["戊"] == (2, 1, 1, 1)

    def test_one_table(self, page):
        """A report typed into one table: running text in the first cell of rows that are empty beside it."""
        rows_of = [
            "某局<br>2023年度报告",
            "全年公开2件。",
            "四、行政复议、行政诉讼情况",
            "一、总体情况",
            "规章",
        ]
        empty = "".join(f"<tr><td>{text}</td><td></td><td>&nbsp;</td></tr>" for text in rows_of)
        document = page(f"<table>{empty}<tr><td>甲</td><td>1</td><td>2</td></tr></table>")
        assert texts(document)[:3] == ["某局", "2023年度报告", "全年公开2件。"]
        assert "一、总体情况" in texts(document)
        assert rows(grids(document)[-1]) == [["规章", "", "\xa0"], ["甲", "1", "2"]]

    def test_rowspan_a_row_too_far(self, page):
        """rowspan=3 over two rows, in a table whose other rows have no room for it."""
        rows_of = "<tr><td rowspan={}>{}</td><td>{}</td><td>1</td></tr><tr><td>{}</td><td>2</td></tr>"
        document = page(f"<table>{rows_of.format(3, *'甲乙丙')}{rows_of.format(2, *'丁戊己')}</table>")
        (grid,) = grids(document)
        assert places(grid)["甲"] == (0, 0, 2, 1)
        assert places(grid)["丁"] == (2, 0, 2, 1)
        assert places(grid)["戊"] == (2, 1, 1, 1)

    def test_a_row_wider_than_most_keeps_what_reaches_into_it(self, page):
        """A head without its colspan: the rows below it are as wide as the span leaves them."""
        head = "<tr><td rowspan=2>项</td><td>数量</td></tr><tr><td>本年</td><td>上年</td></tr>"
        body = "".join(f"<tr><td>{letter}</td><td>1</td><td>2</td></tr>" for letter in "甲乙丙丁")
        (grid,) = grids(page(f"<table>{head}{body}</table>"))
        assert places(grid)["项"] == (0, 0, 2, 1)
        assert places(grid)["本年"] == (1, 1, 1, 1)

    def test_a_span_wider_than_the_table_takes_only_its_width(self, page):
        document = page(
            "<table><tr><td colspan=10000>题</td></tr><tr><td>甲</td><td colspan='x'>1</td></tr></table>"
        )
        heading, grid = document.blocks
        assert heading.text == "题"
        assert places(grid) == {"甲": (1, 0, 1, 1), "1": (1, 1, 1, 1)}

    def test_a_row_across_all_real_columns_is_text_whatever_wider_span_stands_elsewhere(self, page):
        document = page(
            "<table><tr><td colspan=7>题</td></tr><tr><td colspan=2>第一项</td></tr>"
            "<tr><td>甲</td><td>1</td></tr></table>"
        )
        assert texts(document) == ["题", "第一项"]

    def test_absurd_spans_are_refused(self, page):
        row = "<tr>" + "<td colspan=1000 rowspan=60000>1</td>" * 100 + "</tr>"
        with pytest.raises(UnreadableFile, match="absurd spans"):
            page(f"<table>{row * 3}</table>")

    def test_breaks_in_a_cell_are_line_ends_and_digits_join(self, page):
        (grid,) = grids(
            page(
                "<table><tr><td><p>本年新<br/>制作</p><div>数量</div></td>"
                "<td><p><font>1</font><font>2</font></p><p>&nbsp;</p></td><td>&nbsp;</td><td></td></tr></table>"
            )
        )
        assert rows(grid) == [["本年新\n制作\n数量", "12", "\xa0", ""]]
        assert [cell.is_blank for cell in grid.cells] == [False, False, True, True]

    @pytest.mark.parametrize(
        ("inside", "text"),
        [
            ("<input value='12'>", "12"),
            ("<input type=TEXT value=12 readonly> 件", "12 件"),
            ("<input type=hidden value=99>12", "12"),
            ("<textarea>12</textarea>", "12"),
            ("<select><option>99<option selected>12</select>", "12"),
            ("12<sup>1</sup>", "12¹"),
            ("12<span style='vertical-align:super'><b>10</b></span>", "12¹⁰"),
            ("<p style='vertical-align:super'>12</p>", "¹²"),
            ("<s>9</s>12", "~~9~~12"),
            ("<span style='text-decoration: line-through'>9</span>12", "~~9~~12"),
            ("<img src=/n/12.gif width=20>", "\ufffc"),
            ("<img src=/s.gif width=1 height=1>", ""),
            ("<img src=/images/spacer.gif>", ""),
            ("12<img src=up.gif>", "12"),
        ],
    )
    def test_what_a_cell_shows_without_being_its_plain_text(self, page, inside, text):
        document = page(f"<table><tr><td>{inside}</td><td>甲</td></tr></table>")
        assert rows(grids(document)[0]) == [[text, "甲"]]

    def test_hidden_rows_and_cells_take_no_place(self, page):
        (grid,) = grids(
            page(
                "<table><tr style='display:none'><td>0</td><td>0</td></tr>"
                "<tr><td hidden>0</td><td>甲</td><td>1</td></tr></table>"
            )
        )
        assert places(grid) == {"甲": (0, 0, 1, 1), "1": (0, 1, 1, 1)}

    def test_parts_keep_the_order_of_the_source(self, page):
        (grid,) = grids(
            page("<table><tfoot><tr><td>尾<td>1</tfoot><thead><tr><td>头<td>2</thead><tr><td>身<td>3</table>")
        )
        assert rows(grid) == [["尾", "1"], ["头", "2"], ["身", "3"]]

    def test_caption_and_stray_text_come_before_the_cells(self, page):
        document = page("<table><caption>表一</caption><tr><td>甲</td><td>1</td></tr></table>")
        assert [type(block).__name__ for block in document.blocks] == ["Paragraph", "Grid"]
        assert texts(document) == ["表一"]

    def test_a_table_inside_a_form_tag(self, page):
        (grid,) = grids(page("<table><form><tr><td>甲</td><td>1</td></tr></form></table>"))
        assert rows(grid) == [["甲", "1"]]

    def test_full_width_rows_are_text_and_the_grids_between_share_their_origin(self, page):
        document = page(
            "<table><tr><td colspan=2>第一项</td></tr><tr><td>甲</td><td>1</td></tr>"
            "<tr><td colspan=2>第二项</td></tr><tr><td>乙</td><td>2</td></tr></table>"
            "<table><tr><td>丙</td><td>3</td></tr></table>"
        )
        assert texts(document) == ["第一项", "第二项"]
        assert [grid.origin for grid in grids(document)] == [0, 0, 1]

    def test_a_layout_table_is_walked_as_text_and_tables(self, page):
        document = page(
            "<table><tr><td>索引号</td><td>1</td></tr><tr><td colspan=2><p>一、总体情况</p><p>正文。</p>"
            "<table><tr><td>甲</td><td>7</td></tr></table><p>六、其他</p></td></tr></table>"
        )
        assert [rows(b) if isinstance(b, Grid) else b.text for b in document.blocks] == [
            [["索引号", "1"]],
            "一、总体情况",
            "正文。",
            [["甲", "7"]],
            "六、其他",
        ]

    def test_a_one_column_table_of_running_text_is_paragraphs(self, page):
        document = page("<table><tr><td><p>一</p><p>二</p></td></tr><tr><td>三</td></tr></table>")
        assert texts(document) == ["一", "二", "三"]
        assert not grids(document)

    def test_a_frame_of_one_cell_within_a_data_cell_is_only_its_text(self, page):
        (grid,) = grids(
            page("<table><tr><td>甲</td><td><table><tr><td>5</td></tr></table></td></tr></table>")
        )
        assert rows(grid) == [["甲", "5"]]

    def test_cells_outside_any_row_are_not_lost(self, page):
        assert "孤" in texts(page("<div><td>孤</td></div><p>文</p>"))


printed_text = st.text("甲乙0123456789<&\"' ", max_size=4).map(str.strip)


@st.composite
def tables(draw) -> list[Cell]:
    """A table of random spans without gaps."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(2, 6))
    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(height):
        for column in range(width):
            if (row, column) in taken:
                continue
            wide = draw(st.integers(1, 3))
            wide = next(n for n in range(wide, 0, -1) if _free(taken, row, column, n, width))
            tall = draw(st.integers(1, min(3, height - row)))
            taken |= {(row + r, column + c) for r in range(tall) for c in range(wide)}
            cells.append(Cell(" ".join(draw(printed_text).split()), row, column, tall, wide))
    return cells


def _free(taken, row: int, column: int, wide: int, width: int) -> bool:
    return column + wide <= width and not any((row, column + c) in taken for c in range(wide))


def _markup(cells: list[Cell]) -> str:
    height = max(cell.row + cell.rowspan for cell in cells)
    lines = ["".join(_td(cell) for cell in cells if cell.row == row) for row in range(height)]
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def _td(cell: Cell) -> str:
    return f"<td rowspan={cell.rowspan} colspan={cell.colspan}>{escape(cell.text)}</td>"


@given(tables())
def test_a_printed_grid_is_read_back(tmp_path_factory, cells):
    width = max(cell.columns.stop for cell in cells)
    marker = [Cell(f"列{column}", 0, column) for column in range(width)]
    below = [Cell(c.text, c.row + 1, c.column, c.rowspan, c.colspan) for c in cells]
    path = tmp_path_factory.mktemp("grid") / "grid.html"
    path.write_text("<p>前</p>" + _markup(marker + below), encoding="utf-8")
    document = read(path)
    got = [cell for grid in grids(document) for cell in grid.cells]
    full = {c.row for c in below if c.colspan == width}
    assert sorted(got, key=lambda c: (c.row, c.column)) == sorted(
        (c for c in marker + below if c.row not in full), key=lambda c: (c.row, c.column)
    )
    assert texts(document)[1:] == [c.text for c in below if c.row in full and c.text]


class TestRefusals:
    @pytest.mark.parametrize(
        ("data", "found"),
        [
            (b"", "empty"),
            (b" \r\n", "empty"),
            (b"%PDF-1.7 x", "a PDF file"),
            (b"PK\x03\x04rest", "zip"),
            (bytes(range(256)) * 8, "no such charset"),
            (b"<html><script>1</script></html>", "no visible text"),
            (b"<!-- -->", "no visible text"),
            (b"<div>" * 5000 + b"1", "nested deeper"),
            (b"<table><tr><td>1<td>" * 60 + b"2", "more"),
        ],
        ids=["empty", "blank", "pdf", "zip", "binary", "script", "comment", "deep", "nested"],
    )
    def test_one_line_that_names_the_file(self, tmp_path: Path, data: bytes, found: str):
        path = tmp_path / "page.html"
        path.write_bytes(data)
        with pytest.raises(UnreadableFile, match=found) as raised:
            read(path)
        assert str(raised.value).startswith(str(path))
        assert "\n" not in str(raised.value)

    def test_many_unclosed_tags_are_no_obstacle(self, page):
        assert texts(page("<font>" * 900 + "文" + "<p>末</p>")) == ["文", "末"]


class TestAttachments:
    LINKS = (
        "<a href='/a.pdf'>甲</a><a href='/a.pdf'>又</a><a href='b.DOCX?x=1'>乙</a><a href='/pdf.html'>丙</a>"
    )

    def test_a_page_that_only_links_its_report_says_so(self, page):
        (note,) = page(self.LINKS).notes
        assert "2 attached file(s)" in note
        assert "1 docx, 1 pdf" in note

    def test_a_page_with_figures_does_not(self, page):
        table = "<table><tr><td>甲</td><td>1</td><td>2</td><td>3,000</td></tr></table>"
        assert page(table + self.LINKS).notes == ()


@pytest.mark.parametrize(
    ("charset", "encoding", "encode"),
    [
        ("gb2312", "base64", base64.encodebytes),
        ("utf-8", "quoted-printable", quopri.encodestring),
        ("utf-8", "8bit", bytes),
    ],
)
@pytest.mark.parametrize("name", ["page.mht", "page.html"])
def test_a_page_saved_as_a_single_file(tmp_path, name, charset, encoding, encode):
    head = (
        "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n"
    )
    part = f"\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    page = "<p>年度报告</p><table><tr><td>甲</td><td>1</td></tr></table>".encode(charset)
    path = tmp_path / name
    path.write_bytes(head.encode() + part.encode() + encode(page) + b"\r\n--b--\r\n")
    document = readers.read(path)
    assert texts(document) == ["年度报告"]
    assert rows(grids(document)[0]) == [["甲", "1"]]


def test_a_single_file_without_a_page_is_refused(tmp_path):
    path = tmp_path / "page.mht"
    path.write_bytes(b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n\n--b--\n")
    with pytest.raises(UnreadableFile):
        readers.read(path)


def test_parts_within_parts_without_end_are_refused(tmp_path):
    path = tmp_path / "page.mht"
    parts = (f"--b{n}\nContent-Type: multipart/related; boundary=b{n + 1}\n\n" for n in range(3000))
    path.write_text("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b0\n\n" + "".join(parts))
    with pytest.raises(UnreadableFile, match="no page in it"):
        readers.read(path)


@pytest.mark.parametrize(
    "rules",
    [
        "".join(f".a .b{n} .c .d{{display:none}}" for n in range(400)) + ".d{display:none}" * 400,
        "".join(f".d.x{n}{{display:none}}" for n in range(400)),
        ".x" + " .a" * 8 + " .d{display:none}",
        ".a " * 5_000 + ".d{display:none}",
        "(" * 100_000 + ".d{display:none}",
        "[" * 100_000,
    ],
    ids=["many", "of one class", "within one another", "long", "brackets", "open"],
)
def test_rules_made_to_be_slow_take_little_time(page, rules):
    began = process_time()
    inner = "<b class=d></b>" * 20_000
    assert texts(page(f"<style>{rules}</style>{'<div class=a>' * 200}{inner}前")) == ["前"]
    assert process_time() - began < 20
