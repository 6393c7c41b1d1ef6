"""What lines between tables tell of the rows below them, and what a walk keeps of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ogi import forms, readers
from ogi.extract import report_of
from ogi.extract.report import Figure
from ogi.readers.document import Block, Cell, Document, Method, Paragraph, blocks_of
from ogi.values import State
from tests.extract.documents import Values, numbered, table_cells

TITLE = Paragraph("示例市教育局2023年政府信息公开工作年度报告")
REQUESTS = forms.TABLES["requests"]["2021"]
SECTION = Paragraph("三、收到和处理政府信息公开申请情况")


def figures(*blocks: Block) -> dict[str, Figure]:
    """The figures of a document, kept where files are hashed."""
    document = Document(Path(__file__), Method.HTML, (TITLE, *blocks))
    return {figure.id: figure for figure in report_of(document).figures}


def grid(*rows: list[str], origin: int = 0) -> list[Block]:
    cells = [Cell(text, row, column) for row, texts in enumerate(rows) for column, text in enumerate(texts)]
    return blocks_of(cells, origin=origin)


# --- headings in a line of their own ------------------------------------------------------------------------

HEAD = ["", *(measure.zh for measure in REQUESTS.measures)]
OTHER = next(item for item in REQUESTS.items if item.zh == "其他" and item.group is not None)
ROW = [OTHER.label, *"1234567"]


@pytest.mark.parametrize("between", [[], ["单位：件"], ["2023年", "单位：件"]], ids=len)
def test_a_heading_in_a_line_above_the_table_holds_until_the_next_one(between: list[str]) -> None:
    """其他 is a row of several headings; the line （六）其他处理 tells of which, the next line nothing."""
    assert OTHER.group is not None
    heading = Paragraph(OTHER.group.number + OTHER.group.zh)
    read = figures(SECTION, heading, *map(Paragraph, between), *grid(HEAD, ROW))
    ids = [f"requests/{OTHER.id}/{measure.id}" for measure in REQUESTS.measures]
    assert [read[figure].value for figure in ids] == [1, 2, 3, 4, 5, 6, 7]


def test_without_a_heading_a_bare_name_is_no_row() -> None:
    read = figures(SECTION, *grid(HEAD, ROW))
    assert all(figure.value is None for figure in read.values())


@pytest.mark.parametrize("between", [[], ["单位：件"]], ids=len)
def test_the_item_of_a_table_of_its_own_stands_in_a_line_above_it(between: list[str]) -> None:
    review = forms.TABLES["review"]["2021"]
    head = [measure.zh for measure in review.measures]
    section = Paragraph("四、政府信息公开行政复议、行政诉讼情况")
    item = review.items[0]
    read = figures(section, Paragraph(item.zh), *map(Paragraph, between), *grid(head, list("12306")))
    assert [read[f"review/{item.id}/{measure.id}"].value for measure in review.measures] == [1, 2, 3, 0, 6]


# --- captions ---------------------------------------------------------------------------------------------


def test_words_of_the_form_under_a_caption_do_not_take_its_place() -> None:
    """Last year's table stands first; each has its year above it, and below that a note of the form."""
    own = numbered("2021")
    last: Values = {key: 5000.0 + rank for rank, key in enumerate(own)}
    tables = (("2022年度", last), ("2023年度", own))
    blocks = [
        block
        for origin, (caption, values) in enumerate(tables)
        for block in (
            Paragraph(caption),
            Paragraph(forms.BALANCE_NOTE),
            *blocks_of(table_cells("requests", "2021", values), origin=origin),
        )
    ]
    read = figures(SECTION, *blocks)
    assert {key: f.value for key, f in read.items() if key.startswith("requests/")} == {
        key: value for key, value in own.items() if key.startswith("requests/")
    }


# --- heads of pasted text -----------------------------------------------------------------------------------

PASTED = """示例市教育局2023年政府信息公开工作年度报告
一、总体情况
三、收到和处理政府信息公开申请情况
（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\t自然人\t单位申请人\t总计
商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他
一、本年新收政府信息公开申请数量\t5\t4\t3\t2\t1\t\t
二、上年结转政府信息公开申请数量\t9\t8\t7\t6\t5\t\t
四、政府信息公开行政复议、行政诉讼情况
五、存在的主要问题及改进情况
六、其他需要报告的事项
"""


def test_a_pasted_head_with_a_strange_word_is_not_read_by_its_lower_row_alone(tmp_path: Path) -> None:
    """Its five columns would fit the five figures, the first of which is that of natural persons."""
    path = tmp_path / "2023.txt"
    path.write_text(PASTED, "utf-8")
    report = report_of(readers.read(path))
    assert {figure.state for figure in report.figures if figure.table == "requests"} == {State.ABSENT}
    assert "head_strange" in {finding.kind for finding in report.findings}
