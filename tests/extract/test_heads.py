"""Column heads: typing errors, broken units, and columns that are not understood but keep their place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ogi.extract.head_words import head_words
from ogi.extract.heads import read_head, with_halves_joined
from ogi.extract.walk import walk
from ogi.readers.document import Box, Cell, Grid
from ogi.readers.spans import FramedCell, lay_out
from tests.extract.documents import Values, document, figures_of, numbered, of_year

Tear = Callable[[list[list[Cell]]], list[list[Cell]]]


def head_row(*texts: str) -> list[Cell]:
    return [Cell(text, 0, column) for column, text in enumerate(texts)]


def measures(*texts: str) -> list[str | None]:
    head = read_head([head_row(*texts)], 0, False)
    assert head is not None
    return [column.measure for column in head.columns]


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("上一年目数量", ["items_last_year", "change", "decisions"]),
        ("上一年项目数里", ["items_last_year", "change", "decisions"]),
        ("甲乙丙丁戊", [None, "change", "decisions"]),
    ],
)
def test_a_first_head_misspelt_keeps_its_column(printed: str, meant: list[str | None]) -> None:
    assert measures("信息内容", printed, "本年增/减", "处理决定数量") == meant


def test_notes_and_units_in_heads_but_not_one_of_thousands() -> None:
    heads = ("信息内容", "上一年项目数量（指2019年事项数）", "本年增/减（项）", "处理决定数量（单位：件）")
    assert measures(*heads) == ["items_last_year", "change", "decisions"]
    assert measures("信息内容", "本年增/减", "处理决定数量（万件）") == ["change", None]


@pytest.mark.parametrize(
    ("upper", "lower", "whole"),
    [
        (
            "商业 科研 社会公益组织 法律服务机构 其他",
            "企业 机构",
            "商业企业 科研机构 社会公益组织 法律服务机构 其他",
        ),
        ("本年 本年 现行", "制发件数 废止件数 有效件数", "本年制发件数 本年废止件数 现行有效件数"),
        ("结果 结果 其他 尚未 总计", "维持 纠正 结果 审结", "结果维持 结果纠正 其他结果 尚未审结 总计"),
    ],
)
def test_words_halved_over_two_rows(upper: str, lower: str, whole: str) -> None:
    rows = [head_row(*upper.split()), head_row(*lower.split())]
    joined = [[cell.text for cell in row] for row in with_halves_joined(rows) if row]
    assert joined == [whole.split()]


@pytest.mark.parametrize("lower", ["机构 企业", "企业", "5 机构"])
def test_what_is_no_half_stays_where_it_is(lower: str) -> None:
    rows = [head_row("商业", "科研", "其他"), head_row(*lower.split())]
    assert with_halves_joined(rows) == rows


def on_page(cells: list[Cell]) -> list[Cell]:
    """Cells as a page shows them: each with its box."""
    return [cell._replace(box=Box(1, 40.0 * cell.column, 0, 40.0 * cell.columns.stop, 9)) for cell in cells]


@pytest.mark.parametrize("blot", ["l", "- -", "1\n|"])
def test_what_a_seal_leaves_beside_a_head_is_no_word_of_it(blot: str) -> None:
    assert measures("信息内容", f"{blot}\n本年制发件数", f"本年废止\n件数\n{blot}") == ["issued", "repealed"]


def test_on_a_page_a_word_of_a_group_that_is_not_understood_keeps_its_column() -> None:
    """The corner and 自然人 lie under a seal: the other six columns are read, and only that one is lost."""

    def under_a_seal(cells: list[Cell]) -> list[Cell]:
        spoilt = {"自然人": "丨然乂", cells[0].text: "（本歹数据的关系"}
        return on_page([cell._replace(text=spoilt.get(cell.text, cell.text)) for cell in cells])

    values = numbered("2021")
    read = document(values, change={"requests": under_a_seal})
    figures, _, findings = figures_of(walk(read), of_year(2023))
    found = {f.id: f.value for f in figures if f.table == "requests"}
    assert {key: value for key, value in found.items() if value is not None} == {
        key: value
        for key, value in values.items()
        if "requests/" in key and not key.endswith("natural_person")
    }
    assert any("自然人" in finding.message for finding in findings)


def test_a_typing_error_near_two_names_is_the_nearer_one() -> None:
    assert measures("信息内容", "本年发件数", "本年废止件数", "现行有效件数") == [
        "issued",
        "repealed",
        "in_force",
    ]


def test_a_typing_error_as_near_to_two_names_is_neither() -> None:
    assert measures("信息内容", "本年件数", "现行有效件数") == [None, "in_force"]


def test_several_names_of_one_measure_do_not_contend() -> None:
    assert measures("信息内容", "上一年项目数量", "本年增/减", "理决定数量")[-1] == "decisions"


@pytest.mark.parametrize("printed", ["本年收费金额（单\n位：万元）", "本年收费金额\n（单位：万\n元）"])
def test_a_unit_broken_over_lines_is_one(printed: str) -> None:
    head = read_head([head_row("信息内容", printed)], 0, False)
    assert head is not None
    assert [(column.measure, column.unit) for column in head.columns] == [("amount", "万元")]


def review_head(direct: str) -> list[list[Cell]]:
    kinds = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    upper = [Cell("行政复议", 0, 0, 1, 5), Cell("行政诉讼", 0, 5, 1, 10)]
    middle = [Cell(kind, 1, column, 2) for column, kind in enumerate(kinds)]
    middle += [Cell(direct, 1, 5, 1, 5), Cell("复议后起诉", 1, 10, 1, 5)]
    return [upper, middle, [Cell(kinds[column % 5], 2, 5 + column) for column in range(10)]]


@pytest.mark.parametrize("printed", ["未经复议直接起诉", "未经议直接起诉", "未经复议百接起诉"])
def test_an_item_misspelt_in_a_head_is_still_the_item(printed: str) -> None:
    head = read_head(review_head(printed), 0, False)
    assert head is not None
    assert [column.item for column in head.columns][5:10] == ["litigation_direct"] * 5


@pytest.mark.parametrize("printed", ["行政复诉", "行政"])
def test_a_word_as_near_to_an_item_as_to_a_group_is_neither(printed: str) -> None:
    assert head_words("review").token(Cell(printed, 0, 0)).kind == ""


def figures_under(changed: Callable[[list[Cell]], list[Cell]]) -> Values:
    """The figures read of the requests table whose cells are changed."""
    printed = document(numbered("2021"), change={"requests": changed})
    figures, _, _ = figures_of(walk(printed), of_year(2023))
    return {f.id: f.value for f in figures if f.table == "requests"}


@pytest.mark.parametrize("torn", ["法人或其他组织", "申请人情况", "商业企业"])
def test_a_head_whose_spans_are_torn_never_shifts_a_column(torn: str) -> None:
    """A cell lost, or one that spans a row or a column too many, moves what stands below and beside it."""

    def lost(rows: list[list[Cell]]) -> list[list[Cell]]:
        return [[cell for cell in row if cell.text != torn] for row in rows]

    def lower(rows: list[list[Cell]]) -> list[list[Cell]]:
        return [[c._replace(rowspan=c.rowspan + (c.text == torn)) for c in row] for row in rows]

    def wider(rows: list[list[Cell]]) -> list[list[Cell]]:
        return [[c._replace(colspan=c.colspan + (c.text == torn)) for c in row] for row in rows]

    for tear in (lost, lower, wider):

        def changed(cells: list[Cell], tear: Tear = tear) -> list[Cell]:
            rows = tear(Grid(tuple(cells)).rows())
            return [placed.cell for placed in lay_out([[[FramedCell(c) for c in row] for row in rows]])]

        read = figures_under(changed)
        own = {key: value for key, value in numbered("2021").items() if key in read}
        assert {key: value for key, value in read.items() if value is not None and own[key] != value} == {}
