"""Both statutory forms as typed records; what they print is declared once, in forms.yaml.

Reader, checks, charts, pages and the data dictionary are all derived from here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ogi.forms.model import Equation, Group, Item, Labelled, Measure, Section, Table
from ogi.said import packaged

EDITIONS = ("2019", "2021")
FIRST_YEAR = 2019
"""The first year reported on these forms; earlier reports have the form of 国办发〔2014〕32号."""

ITEM_COLUMN_HEAD = "信息内容"
BALANCE_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
REPORT_TITLE = "政府信息公开工作年度报告"

# Two of them, since a report on the new form may name one where it looks back.
OLD_FORM_MARKS = ("政府信息公开情况统计表", "统计指标", "主动公开政府信息数")
"""Words that only the form of 国办发〔2014〕32号 prints; two of them together identify it."""

_DECLARED = packaged(__package__, "forms.yaml")


def edition_of_year(year: int) -> str:
    """The edition prescribed for reports on `year`; what a report really prints may be the other one."""
    # The notice on the new form is of 2021, in time for the reports on that year.
    return "2019" if year < 2021 else "2021"


def _groups() -> dict[str, Group]:
    groups: dict[str, Group] = {}
    # A heading is declared below the one that it stands under.
    for group_id, entry in _DECLARED["headings"].items():
        groups[group_id] = Group(group_id, **{**entry, "group": groups.get(entry.get("group", ""))})
    return groups


def _entries(declared: list[dict[str, Any]], edition: str) -> Iterator[dict[str, Any]]:
    """The items or measures of a table that stand in an edition, each as the fields of its record."""
    for entry in declared:
        if entry.get("edition", edition) == edition and edition in entry.get("measures", EDITIONS):
            own = {name: value for name, value in entry.items() if name not in ("edition", "measures")}
            aliases = tuple(entry.get("aliases", ()))
            yield {**own, "group": GROUPS.get(entry.get("group", "")), "aliases": aliases}


def _equation(declared: dict[str, Any], items: tuple[Item, ...]) -> Equation:
    outcomes = [item.id for item in items if item.outcome]
    left = outcomes if declared["left"] == "outcomes" else declared["left"]
    return Equation(**{**declared, "left": tuple(left), "right": tuple(declared["right"])})


def _table(table_id: str, edition: str) -> Table:
    declared = _DECLARED["tables"][table_id]
    items = tuple(Item(**entry) for entry in _entries(declared["items"], edition))
    measures = tuple(Measure(**entry) for entry in _entries(declared["measures"], edition))
    printed = {entry["id"]: entry.get("measures", {}).get(edition) for entry in declared["items"]}
    return Table(
        table_id,
        edition,
        declared["zh"],
        declared["en"],
        items,
        measures,
        {item.id: tuple(printed[item.id] or (measure.id for measure in measures)) for item in items},
        tuple(_equation(equation, items) for equation in declared.get("equations", ())),
    )


GROUPS = _groups()
"""Id → heading over items or measures, such as （三）不予公开."""
OUTCOME_GROUPS = tuple(group for group in GROUPS.values() if group.group == GROUPS["results"])
TABLES = {
    table_id: {edition: _table(table_id, edition) for edition in EDITIONS} for table_id in _DECLARED["tables"]
}
"""Table id → edition → table."""
ALL_TABLES = tuple(table for editions in TABLES.values() for table in editions.values())
SECTIONS = tuple(
    Section(**{**declared, "aliases": tuple(declared.get("aliases", ()))})
    for declared in _DECLARED["sections"]
)
"""The six sections of a report, in the order prescribed."""

__all__ = [
    "ALL_TABLES",
    "BALANCE_NOTE",
    "EDITIONS",
    "FIRST_YEAR",
    "GROUPS",
    "ITEM_COLUMN_HEAD",
    "OLD_FORM_MARKS",
    "OUTCOME_GROUPS",
    "REPORT_TITLE",
    "SECTIONS",
    "TABLES",
    "Equation",
    "Group",
    "Item",
    "Labelled",
    "Measure",
    "Section",
    "Table",
    "edition_of_year",
]
