"""Write docs/data-dictionary.md from the declarations it tells of: `make docs`. A test keeps it fresh."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from helpers import forms
from helpers.forms import Item, Table
from helpers.tables.schema import FIELDS, SCHEMAS

ROOT = Path(__file__).resolve().parents[1]
DICTIONARY = ROOT / "docs" / "data-dictionary.md"

_ABOUT = {
    "figures": "A row per cell of the statutory tables, one tidy table for every form.",
    "checks": "A row per rule and line (an item or a measure) of one report, with the verdict.",
    "reports": "A row per file.",
    "narratives": "A row per section of a report.",
    "findings": "A row for whatever was read but not understood, or expected but not found.",
    "corrections": "A row per figure that a person has corrected.",
}


def data_dictionary() -> str:
    """Every table of the dataset and every figure of the forms, as Markdown."""
    return "\n".join([*_tables(), *_forms()]) + "\n"


def _tables() -> Iterator[str]:
    yield "# Data dictionary"
    yield ""
    yield "Made by `make docs` from `helpers/tables/schema.py` and `helpers/forms/`; change it there."
    for name, schema in SCHEMAS.items():
        yield from ("", f"## `{name}`", "", _ABOUT[name], "")
        yield from _heads("column", "type", "meaning")
        for field in schema:
            yield f"| `{field.name}` | {field.type} | {FIELDS[field.name][1].replace('<', '&lt;')} |"


def _forms() -> Iterator[str]:
    yield from ("", "# The figures of the forms", "")
    yield "Form `2019` (国办公开办函〔2019〕60号) is prescribed for the reports on 2019 and 2020, form `2021`"
    yield "(国办公开办函〔2021〕30号) since. A figure is named `table/item/measure`."
    for table_id, editions in forms.TABLES.items():
        latest = editions[forms.EDITIONS[-1]]
        yield from ("", f"## `{table_id}` {latest.zh} · {latest.en}")
        same = [table.cells_of for table in editions.values()]
        if same[0] == same[1]:
            yield from _cells(latest, "both editions")
            continue
        for edition, table in editions.items():
            yield from _cells(table, f"form {edition}")


def _cells(table: Table, edition: str) -> Iterator[str]:
    count = sum(1 for _ in table.cells())
    yield from ("", f"### {edition}: {count} figures", "")
    yield from _heads("item", "printed label", "", "measures")
    for item in table.items:
        yield f"| `{item.id}` | {item.full_label} | {item.en} | {_measures(table, item)} |"
    yield ""
    yield from _heads("measure", "printed head", "", "unit", "comparable across editions")
    for measure in table.measures:
        unit, comparable = measure.unit or "as printed", "yes" if measure.comparable else "no: series break"
        yield f"| `{measure.id}` | {measure.zh} | {measure.en} | {unit} | {comparable} |"


def _heads(*names: str) -> Iterator[str]:
    yield "| " + " | ".join(names) + " |"
    yield "|---" * len(names) + "|"


def _measures(table: Table, item: Item) -> str:
    ids = table.cells_of[item.id]
    return "all" if len(ids) == len(table.measures) else ", ".join(f"`{measure}`" for measure in ids)


if __name__ == "__main__":
    DICTIONARY.write_text(data_dictionary(), encoding="utf-8")
