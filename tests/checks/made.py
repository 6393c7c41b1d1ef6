"""Small reports made from the forms: tables, words, and the other frames that the checks look at."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from ogi.checks import check
from ogi.forms import SECTIONS, TABLES
from ogi.tables import empty, from_rows

Cell = float | str | None
STATES = {"": "blank", "/": "not_applicable", "?": "unreadable", None: "absent"}
CHECKED = [(table, edition) for table in ("requests", "review") for edition in TABLES[table]]
REST = {
    "overview": "本年度工作有序开展。",
    "problems": "个别栏目更新不及时，下一步将按月核对目录，补齐缺项。",
    "other": "本年度没有需要报告的事项。",
}


def report(
    table: str = "review",
    edition: str = "2021",
    cells: dict[str, Cell] | None = None,
    name: str = "a/1",
    agency: str | None = "a",
    year: int | None = 2022,
    otherwise: Cell = 0,
) -> pd.DataFrame:
    """One table of one report. `cells` by item/measure: number, "" blank, "/", "?" unread, None absent."""
    given = dict(cells or {})
    rows = []
    for item, measure in TABLES[table][edition].cells():
        cell = given.pop(f"{item.id}/{measure.id}", otherwise)
        told = isinstance(cell, str) or cell is None
        value, state = (np.nan, STATES[cell]) if told else (float(cell), "reported")
        rows.append((name, agency, year, edition, table, item.id, measure.id, value, state))
    assert not given, given
    columns = ["report_id", "agency", "year", "form", "table", "item", "measure", "value", "state"]
    return pd.DataFrame(rows, columns=columns)


def line(table: str, item: str, cells: list[Cell], edition: str = "2021") -> dict[str, Cell]:
    """The cells of one row, in the order of its measures."""
    return {f"{item}/{m}": cell for m, cell in zip(TABLES[table][edition].cells_of[item], cells, strict=True)}


def sound_cells(table: str, edition: str) -> dict[str, Cell]:
    """A one in every part, and all of it rightly added up; no change from one year to the next."""
    form = TABLES[table][edition]
    values = {(item.id, m.id): 0.0 if m.id == "change" else 1.0 for item, m in form.cells()}
    down = sorted((r for r in form.equations if r.axis == "items"), key=lambda rule: len(rule.right))
    for rule, measure in product(down, form.cells_of[form.items[0].id]):
        free, *given = rule.right if len(rule.right) == 1 else rule.left
        told = rule.left if len(rule.right) == 1 else rule.right
        values[free, measure] = sum(values[i, measure] for i in told) - sum(values[i, measure] for i in given)
    for rule, item in product((r for r in form.equations if r.axis == "measures"), form.items):
        values[item.id, rule.right[0]] = sum(values[item.id, part] for part in rule.left)
    return {f"{i}/{m}": value for (i, m), value in values.items()}


def sound(table: str, edition: str, name: str = "a/1", agency: str = "a") -> pd.DataFrame:
    """One table of a sound report."""
    return report(table, edition, sound_cells(table, edition), name, agency)


def whole(
    changes: dict[str, Cell] | None = None, *, year: int = 2023, edition: str = "2021", name: str = ""
) -> pd.DataFrame:
    """All three tables of a sound report of agency a. `changes` by table/item/measure."""
    parts = []
    for table in TABLES:
        own = {k.partition("/")[2]: v for k, v in (changes or {}).items() if k.startswith(f"{table}/")}
        cells = sound_cells(table, edition) | own
        parts.append(report(table, edition, cells, name or f"a/{year}.pdf", year=year))
    return pd.concat(parts, ignore_index=True)


def narratives(name: str = "a/2023.pdf", year: int = 2023, **texts: str) -> pd.DataFrame:
    """The six sections, those named with another text."""
    told = REST | texts
    rows = [(name, "a", year, s.id, s.number, s.zh, told.get(s.id, ""), None) for s in SECTIONS]
    return from_rows("narratives", rows)


def reports(*names: str, first: int = 2022) -> pd.DataFrame:
    """A row for each printed name, on successive years."""
    rows = [
        (
            f"a/{y}.pdf",
            "a",
            y,
            None,
            name,
            f"{y}.pdf",
            "",
            f"{name}{y}年",
            "pdf",
            *[None] * 3,
            "unknown",
            None,
            "1",
            0.0,
        )
        for y, name in enumerate(names, first)
    ]
    return from_rows("reports", rows)


def findings(*rows: tuple[str, str | None], name: str = "a/2023.pdf") -> pd.DataFrame:
    """A finding of each (kind, table)."""
    return from_rows(
        "findings", [(name, "a", 2023, kind, "warning", "", "", table, *[None] * 3) for kind, table in rows]
    )


def no_findings() -> pd.DataFrame:
    return empty("findings")


def catalogue(published: str | None, kind: str = "department", **more: str) -> pd.DataFrame:
    """The catalogue's row for the report on 2023."""
    told: dict[str, Any] = {"agency": "a", "year": 2023, "kind": kind, "published": published, "url": ""}
    return pd.DataFrame([told | more])


def of_rule(checks: pd.DataFrame, rule_id: str) -> pd.DataFrame:
    return checks[checks["rule_id"] == rule_id]


def sums(figures: pd.DataFrame, language: str = "en", **given: pd.DataFrame) -> pd.DataFrame:
    """The checks of the forms' own sums and of what one year hands to the next alone."""
    checks = check(figures, language, **given)
    own = checks["rule_id"].str.startswith(("requests.", "review.", "proactive."))
    return checks[own].reset_index(drop=True)
