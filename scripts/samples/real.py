"""The three real bodies whose published figures are printed anew: figures are facts, the words our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ogi import forms
from scripts.samples.compose import TABLES, Sample, compose
from scripts.samples.plan import Plan, Style
from scripts.samples.simulate import Values

FIGURES = Path(__file__).with_name("real_figures.json")

_HONGZE_LABELS = {"refused.law_forbids": "2.其他法律行政止公开"}
_PROBLEMS_TITLE = {"problems": next(s.aliases[0] for s in forms.SECTIONS if s.id == "problems")}
PLANS = {
    ("尧都区商务局", 2020): Plan(
        "txt_cells",
        style=Style(padding=(" {}", "{} ", "　{}"), amount_unit=""),
        labels={"normative_documents": "规范性文件"},
        quirks=("wrapped_heads",),
    ),
    ("淮安市洪泽区人民政府", 2023): Plan(
        "pdf",
        printed_agency="洪泽区人民政府",
        labels=_HONGZE_LABELS,
        break_before=("unavailable.still_unclear",),
        quirks=("hybrid", "label_errors", "renamed"),
    ),
    ("淮安市洪泽区人民政府", 2024): Plan(
        "pdf",
        labels=_HONGZE_LABELS,
        break_before=("unavailable.needs_creation",),
        quirks=("hybrid", "label_errors"),
    ),
    ("上海市人民政府办公厅", 2019): Plan(
        "html",
        title="year first",
        style=Style(amount_unit="元", blank="\xa0"),
        labels={"normative_documents": "规范性文件"},
        section_titles=_PROBLEMS_TITLE,
        quirks=("fragment", "uneven_proactive", "blank_for_zero", "wrapped_heads"),
    ),
}


def samples() -> list[Sample]:
    """A sample of each published report."""
    return [_sample(record, voice) for voice, record in enumerate(json.loads(FIGURES.read_text("utf-8")))]


def _sample(record: dict[str, Any], voice: int) -> Sample:
    editions = {table: record[table]["edition"] for table in TABLES}
    plan = PLANS[record["agency"], record["year"]]
    values = _values(record, editions)
    return compose(record["agency"], record["year"], values, plan, editions, voice=voice, real=True)


def _values(record: dict[str, Any], editions: dict[str, str]) -> Values:
    values: Values = {}
    for table_id, edition in editions.items():
        table = forms.TABLES[table_id][edition]
        for item, numbers in record[table_id]["rows"].items():
            named = zip(table.cells_of[item], numbers, strict=True)
            values |= {f"{table_id}/{item}/{measure}": number for measure, number in named}
    return values
