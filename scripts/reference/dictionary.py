"""Every table of the dataset and every figure of the forms."""

from __future__ import annotations

from collections.abc import Iterator

from ogi import forms
from ogi.forms import Item, Table
from ogi.said import Said, say, told
from ogi.tables.schema import FIELDS, SCHEMAS
from scripts.reference.markdown import heads, row

_ABOUT = {
    "figures": Said(
        "A row per cell of the statutory tables, one tidy table for every form, as printed and without "
        "marks. Two files on one agency and year give two rows a cell: to sum and join, take the view "
        "`annual` of [`data.sql`](api.md), one row for each agency, year and cell, which marks "
        "what is in doubt.",
        "法定表格的每个单元格一行，各版本格式同一张表，照年报原文，不带标注。同一机关同一年度有两份文件的，"
        "每个单元格有两行；汇总、连接请用[`data.sql`](../api.md)的视图`annual`：每机关每年每单元格一行，并标明存疑之处。",
    ),
    "checks": Said(
        "A row per rule and line (an item or a measure) of one report, with the verdict.",
        "一份年报的每条规则、每个行目或栏目一行，附核对结果。",
    ),
    "reports": Said("A row per file.", "每个文件一行。"),
    "narratives": Said("A row per section of a report.", "年报的每个部分一行。"),
    "findings": Said(
        "A row for whatever was read but not understood, or expected but not found.",
        "读到但未能理解的、应有而未找到的内容，各一行。",
    ),
    "corrections": Said(
        "A row per cell that a person has corrected. `figures` keeps what is printed; the DuckDB view "
        "`figures_corrected` is `figures` with these put over it, and says by whom and why; asked by "
        "`data.sql`, it marks each row that is in doubt, too.",
        "人工更正的单元格，每个一行。`figures`保持所印数据不变；DuckDB视图`figures_corrected`在其上覆以更正，"
        "并注明更正人和理由；用`data.sql`查询时，存疑的行另有标注。",
    ),
    "review_marks": Said(
        "A row per line of a rule on which a reviewer has said something.",
        "有审核标记的规则，每处一行。",
    ),
    "catalogue": Said(
        "A row per agency of which a person has told something, without a year, and per report, with one: "
        "when it was published and had to be.",
        "机关名录：不带年度的行说明机关，带年度的行说明该年度年报的公布日期和期限。",
    ),
}
_TITLE = Said("Data dictionary", "数据字典")
_MADE = Said(
    "Made by `make docs` from `helpers/ogi/tables/` and `helpers/ogi/forms/`; change it there.",
    "<!-- 由`make docs`根据`helpers/ogi/tables/`和`helpers/ogi/forms/`生成，请在该处修改。 -->",
)
_FORMS = Said("The figures of the forms", "法定表格的数据")
_NUMBERS = {edition: notice.number for edition, notice in forms.NOTICES.items()}
_EDITIONS = Said(
    f"Form `2019` ({_NUMBERS['2019']}) is prescribed for the reports on 2019 and 2020, form `2021`\n"
    f"({_NUMBERS['2021']}) since. A figure is named `table/item/measure`.",
    f"`2019`格式（{_NUMBERS['2019']}）用于2019、2020年度年报，`2021`格式（{_NUMBERS['2021']}）用于其后各年度。\n"
    "数据以`表格/行目/栏目`命名。",
)
_BOTH, _ALL = Said("both editions", "两版格式相同"), Said("all", "全部")
_AS_PRINTED = Said("as printed", "按所印单位")
_YES, _BREAK = Said("yes", "可比"), Said("no: series break", "不可比：序列中断")
_COLUMN, _TYPE, _MEANING = Said("column", "列"), Said("type", "类型"), Said("meaning", "含义")
_ITEM, _LABEL, _MEASURES = Said("item", "行目"), Said("printed label", "所印名称"), Said("measures", "栏目")
_MEASURE, _HEAD, _UNIT = Said("measure", "栏目"), Said("printed head", "所印栏名"), Said("unit", "单位")
_COMPARABLE = Said("comparable across editions", "两版是否可比")


def data_dictionary(language: str) -> str:
    return "\n".join([*_tables(language), *_forms(language)]) + "\n"


def _tables(language: str) -> Iterator[str]:
    yield from (f"# {told(_TITLE, language)}", "", told(_MADE, language))
    for name, schema in SCHEMAS.items():
        yield from ("", f"## `{name}`", "", told(_ABOUT[name], language), "")
        yield from heads(language, _COLUMN, _TYPE, _MEANING)
        for field in schema:
            yield row(language, (f"`{field.name}`", str(field.type), FIELDS[field.name][1]))


def _forms(language: str) -> Iterator[str]:
    yield from ("", f"## {told(_FORMS, language)}", "", told(_EDITIONS, language))
    for table_id, editions in forms.TABLES.items():
        latest = editions[forms.EDITIONS[-1]]
        yield from ("", f"### `{table_id}` {latest.zh}" + (f" · {latest.en}" if language == "en" else ""))
        same = [table.cells_of for table in editions.values()]
        if same[0] == same[1]:
            yield from _cells(latest, _BOTH, language)
            continue
        for edition, table in editions.items():
            yield from _cells(table, say("form {edition}", "{edition}年格式", edition=edition), language)


def _cells(table: Table, edition: Said, language: str) -> Iterator[str]:
    count = sum(1 for _ in table.cells())
    title = say("{edition}: {n} figures", "{edition}：{n}项数据", edition=edition, n=count)
    other = ("",) if language == "en" else ()
    yield from ("", f"#### {told(title, language)}", "")
    yield from heads(language, _ITEM, _LABEL, *other, _MEASURES)
    for item in table.items:
        name = (item.en,) if language == "en" else ()
        yield row(language, (f"`{item.id}`", item.full_label, *name, _measures(table, item)))
    yield ""
    yield from heads(language, _MEASURE, _HEAD, *other, _UNIT, _COMPARABLE)
    for measure in table.measures:
        name = (measure.en,) if language == "en" else ()
        rest = (measure.unit or _AS_PRINTED, _YES if measure.comparable else _BREAK)
        yield row(language, (f"`{measure.id}`", measure.zh, *name, *rest))


def _measures(table: Table, item: Item) -> str:
    ids = table.cells_of[item.id]
    return _ALL if len(ids) == len(table.measures) else ", ".join(f"`{measure}`" for measure in ids)
