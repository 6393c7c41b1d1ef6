"""The golden record of a sample: what was printed, told by the printer and never by the reader."""

from __future__ import annotations

import json
from collections.abc import Mapping

from ogi import forms
from scripts.samples.compose import Sample


def golden(sample: Sample) -> str:
    """The record as JSON, one figure a line: `"table/item/measure": [state, value, unit]`.

    `value` is null unless the state is `reported`; the unit is the one printed in the cell, else the form's
    own (null where neither tells one). `printed` holds the text of the cells that print more than a bare
    number, `misprints` the true number and the one printed, `quirks` the special cases of the report.
    """
    head = {
        "source": sample.path,
        "agency": sample.agency,
        "printed_agency": sample.printed_agency,
        "year": sample.year,
        "title": list(sample.title),
        "period": sample.period,
        "format": sample.plan.format,
        "encoding": sample.plan.encoding,
        "forms": {table: edition for table, edition in sample.editions.items() if _differs(table)},
        "quirks": list(sample.plan.quirks),
        "sections": [part.heading for part in sample.parts],
        "narratives": {s.id: p.paragraphs for s, p in zip(forms.SECTIONS, sample.parts, strict=True)},
        "misprints": {key: [sample.values[key], wrong] for key, wrong in sample.plan.misprints.items()},
        "printed": _noted(sample),
    }
    lines = [f"{_json(name)}: {_json(value)}" for name, value in head.items()]
    figures = {key: printed.golden for key, printed in sample.printed.items()}
    return "{\n" + ",\n".join([*lines, f'"figures": {_lines(figures)}']) + "\n}\n"


def _differs(table: str) -> bool:
    """Can the table's edition be told from what is printed?"""
    editions = forms.TABLES[table].values()
    return len({tuple((i.id, m.id) for i, m in t.cells()) for t in editions}) > 1


def _noted(sample: Sample) -> dict[str, str]:
    texts = {key: printed.text for key, printed in sample.printed.items()}
    return {key: text for key, text in texts.items() if text.strip() and not _is_bare(text)}


def _is_bare(text: str) -> bool:
    return text.isascii() and text.strip().isdigit()


def _lines(values: Mapping[str, object]) -> str:
    return "{\n" + ",\n".join(f"{_json(key)}: {_json(value)}" for key, value in values.items()) + "\n}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
