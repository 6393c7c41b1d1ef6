"""Write data dictionary, rules, indicators and the panel's codebook as declared: `make docs`.

A test keeps them fresh.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ogi import forms
from ogi.checks import RULES, THEMES, Rule
from ogi.checks.explain import KINDS
from ogi.checks.rows import message
from ogi.checks.words.dates import DEADLINES
from ogi.checks.years import FEW, SMALL_SHARE
from ogi.compare import INDICATORS, SMALL
from ogi.forms import Item, Table
from ogi.panel import codebook
from ogi.tables.schema import FIELDS, SCHEMAS

ROOT = Path(__file__).resolve().parents[1]
DICTIONARY = ROOT / "docs" / "data-dictionary.md"
CATALOGUE = ROOT / "docs" / "rules.md"
INDICATOR_LIST = ROOT / "docs" / "indicators.md"
CODEBOOK = ROOT / "docs" / "panel.md"

_ABOUT = {
    "figures": "A row per cell of the statutory tables, one tidy table for every form.",
    "checks": "A row per rule and line (an item or a measure) of one report, with the verdict.",
    "reports": "A row per file.",
    "narratives": "A row per section of a report.",
    "findings": "A row for whatever was read but not understood, or expected but not found.",
    "corrections": (
        "A row per cell that a person has corrected. `figures` keeps what is printed; the DuckDB view "
        "`figures_corrected` is `figures` with these put over it, and says by whom and why."
    ),
    "review_marks": "A row per line of a rule on which a reviewer has said something.",
    "catalogue": (
        "A row per agency of which a person has told something, without a year, and per report, with one: "
        "when it was published and had to be."
    ),
}


def data_dictionary() -> str:
    """Every table of the dataset and every figure of the forms, as Markdown."""
    return "\n".join([*_tables(), *_forms()]) + "\n"


def _tables() -> Iterator[str]:
    yield "# Data dictionary"
    yield ""
    yield "Made by `make docs` from `helpers/ogi/tables/schema.py` and `helpers/ogi/forms/`; change it there."
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


_VERDICTS = {
    "holds": "The two sides agree, and every cell is filled in.",
    "holds_blank_as_zero": "They agree when blank cells are read as zero.",
    "broken": "They do not agree.",
    "undecided": "A part is missing or unreadable, or our reading may be at fault: a cell read with little "
    "confidence, a row or head that was not understood, a picture that was not read.",
    "not_applicable": "Every cell of the line is blank.",
}


def rules() -> str:
    """Every rule of the catalogue, by theme, as Markdown."""
    return "\n".join([*_verdicts(), *_catalogue()]) + "\n"


def _verdicts() -> Iterator[str]:
    yield from (
        "# Rules",
        "",
        "Made by `make docs` from `helpers/ogi/checks/` and `helpers/ogi/forms/`; change it there.",
    )
    yield from (
        "",
        "A rule is **official** where the form itself demands it; every other one is soft. The severity",
    )
    yield "is that of a breach. Nothing printed is ever repaired."
    yield ""
    yield from _heads("verdict", "meaning")
    yield from (f"| `{verdict}` | {meaning} |" for verdict, meaning in _VERDICTS.items())
    kinds = "; ".join(message("kinds", kind, by="a difference") for kind in KINDS)
    yield from (
        "",
        f"The message of a broken sum ends with the smallest set of cells that would explain it: {kinds}.",
    )
    yield "A cell whose change mends its row and its column comes before one that mends only one of them."


def _catalogue() -> Iterator[str]:
    for theme, (zh, en) in THEMES.items():
        yield from ("", f"## {en} · {zh}", "")
        yield from _heads("rule", "规则", "what it demands", "severity", "official")
        yield from (_rule(rule) for rule in RULES.values() if rule.theme == theme)
        yield from _remarks(theme)


def _rule(rule: Rule) -> str:
    official = "official" if rule.official else ""
    return f"| `{rule.id}` | {rule.zh} | {rule.en} | {rule.severity} | {official} |"


def _remarks(theme: str) -> Iterator[str]:
    if theme == "years":
        yield from (
            "",
            f"A carry-over that differs by at most {FEW}, or by under {SMALL_SHARE:.0%}, is a note.",
            "So is one that the report's own words explain; the message quotes them.",
        )
    if theme == "dates":
        days = "; ".join(f"{kind}: {month:02}-{day:02}" for kind, (month, day) in DEADLINES.items())
        yield from (
            "",
            f"Deadlines in the year after the report's, by kind of agency: {days}. When a report was",
        )
        yield "published is told in `data/catalogue.csv`; `data/deadlines.toml` sets other dates and kinds."


def indicator_list() -> str:
    """Every indicator with what it means and how it is computed, as Markdown."""
    return "\n".join(_indicators()) + "\n"


def _indicators() -> Iterator[str]:
    yield from ("# Indicators", "")
    yield "Made by `make docs` from `helpers/ogi/compare/indicators.yaml`; change it there. A figure that is"
    yield "not known makes no indicator, nor does a denominator of zero. Two things are marked: a rate over"
    yield f"fewer than {SMALL} cases, and figures that take part in a sum of the form that does not hold."
    yield ""
    yield from _heads("indicator", "名称", "name", "what it tells", "how it is computed", "计算方法")
    for one in INDICATORS.values():
        cells = (f"`{one.id}`", one.name.zh, str(one.name), str(one.means), str(one.formula), one.formula.zh)
        yield "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    DICTIONARY.write_text(data_dictionary(), encoding="utf-8")
    CATALOGUE.write_text(rules(), encoding="utf-8")
    INDICATOR_LIST.write_text(indicator_list(), encoding="utf-8")
    CODEBOOK.write_text(codebook(), encoding="utf-8")
