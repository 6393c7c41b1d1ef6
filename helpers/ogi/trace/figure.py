"""The way of one figure from the page to its value and the rules on it, told step by step."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from rapidfuzz import process

from ogi import workers
from ogi.checks import told_rule
from ogi.checks.marks import signed
from ogi.compare import added_into
from ogi.extract import explain
from ogi.extract.figures import Trace
from ogi.extract.found_cells import FoundCell
from ogi.extract.report import Figure, Report
from ogi.extract.rows import TableRow
from ogi.forms import TABLES, Item
from ogi.forms.named import official_name
from ogi.readers import characters_in
from ogi.readers.document import Box, Cell, Document
from ogi.said import Refused, Said, joined, packaged, say, told, worded, wordings
from ogi.tables import number, records
from ogi.values import LEAST_CONFIDENCE, CellValue, shown

_WORDS = wordings("ogi")
_MODULES = packaged("ogi", "modules.yaml")
"""Where each step is decided."""
# As many ids as fit a line of a terminal beside the sentence.
_NEAREST = 3
# Digits of another script, letters and signs like others look alike: their codes do not.
_ODD = re.compile(r"[^0-9\u4e00-\u9fff]")


@dataclass(frozen=True)
class Step:
    """One step of the way, in one language: its name, what was found there, the module that decided it."""

    name: str
    text: str
    module: str


def steps_of(
    document: Document,
    report: Report,
    figure_id: str,
    checks: pd.DataFrame,
    language: str = "en",
    corrections: pd.DataFrame | None = None,
) -> list[Step]:
    """Tell how one figure of a report was read and what the rules say of it, step by step.

    Of a figure that the report's form divides: which cells are added up, and the same of these.

    Args:
        document: What `readers.read` made of the file.
        report: What `extract.report_of` made of the document.
        figure_id: table/item/measure, such as "requests/granted/total".
        checks: What `checks.check` said of the report, in the language, with the marks on it if any.
        language: en or zh.
        corrections: Those applied to the report, of which the checks know; None where it is as printed.

    Raises:
        Refused: The report has no such figure; the nearest ids are named.
    """
    printed = {figure.id: figure for figure in report.figures}
    cells = [id for id in printed if figure_id in (id, added_into(id))]
    if not cells:
        raise Refused(_unknown(figure_id, report), language)
    if figure_id in printed:
        way = explain(document, figure_id)
        steps, method = [*_reading(document, report, way)], way.figure.method
        findings = [("finding", text) for text in _findings(report, way)]
    else:
        steps, method, findings = [*_added_up(report, [printed[id] for id in cells])], None, []
    corrected = [] if corrections is None else [*corrected_steps(corrections, cells)]
    if figure_id not in printed and not corrected:
        steps += _sum_of([printed[id] for id in cells])
    steps += [*corrected, *findings]
    verdicts = [verdict(row) for row in checks.to_dict("records") if speaks_of(row, report, cells)]
    steps += [("rule", one) for one in verdicts or [_WORDS["no_rule"]]]
    modules = _MODULES["methods"][method or report.method] | _MODULES["steps"]
    return [
        Step(told(_WORDS[f"step.{name}"], language), told(text, language), modules.get(name, "ogi.readers"))
        for name, text in steps
    ]


def _unknown(figure_id: str, report: Report) -> Said:
    """The report has no such figure; the nearest by their ids, or by their labels where labels were typed."""
    names = {figure.id: official_name(figure.id).zh for figure in report.figures}
    choices = {id: id for id in names} if figure_id.isascii() else names
    near = [Said(id, names[id]) for *_, id in process.extract(figure_id, choices, limit=_NEAREST)]
    told_near, told_id = joined(near, ", ", "、"), shown(figure_id)
    return worded("ogi", "unknown_figure", file=report.source, near=told_near, id=told_id)


def speaks_of(row: Mapping[Hashable, Any], report: Report, cells: Sequence[str]) -> bool:
    """Is one of them a cell of the rule: of this report alone, or, told with its year, of several?"""
    dated = {f"{report.year}:{cell}" for cell in cells}
    return not dated.isdisjoint(row["cells"]) or (
        row["year"] == report.year and not set(cells).isdisjoint(row["cells"])
    )


def verdict(row: Mapping[Hashable, Any]) -> Said:
    """A row of checks in a line, with the review mark beside it where it has one."""
    message = Said(str(row["message"]), str(row["message"]))  # it is in the language of the checks
    told_verdict, rule = _WORDS[f"verdict.{row['verdict']}"], told_rule(row["rule_id"])
    line = "{verdict} · {rule} · {message}"
    said = say(line, line, verdict=told_verdict, rule=rule, message=message)
    if row.get("mark") is None:
        return said
    return say("{said} · {mark}", "{said} · {mark}", said=said, mark=signed(row))


def _reading(document: Document, report: Report, way: Trace) -> Iterator[tuple[str, Said]]:
    """Each step from the file to the value, with the key of its name."""
    figure, found = way.figure, way.found
    form = TABLES[figure.table][figure.form]
    method = figure.method or report.method
    yield "read", worded("ogi", "read_as", file=report.source, method=_WORDS[f"method.{method}"])
    if found is None:
        yield "row", worded("ogi", "not_found", label=form.item(figure.item).full_label, form=figure.form)
        return
    if found.cell is not None:
        yield "place", _where(document, found.cell, found.row)
        yield from _cell(document, found.cell)
    yield "row", _row(found.row)
    yield "label", _label(found, form.item(figure.item))
    head, zh = shown(found.column.cell.text), form.measure(figure.measure).zh
    yield "column", worded("ogi", "column_is", head=head, measure=figure.measure, zh=zh)
    if way.value is not None:
        yield "parsed", _valued(way.value)
    yield "value", told_figure(figure)
    for doubt in (found.problem, way.value.problem if way.value is not None else None, found.row.problem):
        if doubt is not None:
            yield "doubt", doubt


def _added_up(report: Report, parts: Sequence[Figure]) -> Iterator[tuple[str, Said]]:
    """Of a figure that the form divides, and prints nowhere: the cells that are added up."""
    yield "read", worded("ogi", "read_as", file=report.source, method=_WORDS[f"method.{report.method}"])
    yield "value", worded("ogi", "added_up", form=parts[0].form, number=len(parts))
    for part in parts:
        words = "{cell}: {valued}", "{cell}：{valued}"
        yield "value", say(*words, cell=told_cell(part.id), valued=told_figure(part))


def _sum_of(parts: Sequence[Figure]) -> Iterator[tuple[str, Said]]:
    """The sum of parts that are all numbers."""
    values = [part.value for part in parts if part.value is not None]
    if len(values) == len(parts):
        told_sum = " + ".join(map(number, values))
        yield "computed", Said.as_printed(f"{told_sum} = {number(sum(values))}")


def told_cell(cell: str) -> Said:
    """A cell by its id, which commands take, and its label; in Chinese the label first. YEAR: may precede."""
    year, _, id = cell.rpartition(":")
    words = ("{id} ({label})", "{label}（{id}）")
    if year:
        words = ("{year}:{id} ({label})", "{year}年{label}（{id}）")
    return say(*words, id=id, label=official_name(id), year=year)


def told_figure(figure: Figure) -> Said:
    """State, number, unit and note of a figure, and whether it was read with doubt."""
    return _valued(figure) + (_WORDS["doubtful"] if figure.confidence < LEAST_CONFIDENCE else "")


def corrected_steps(corrections: pd.DataFrame, cells: Sequence[str]) -> Iterator[tuple[str, Said]]:
    """The corrections of these cells, or of parts that add into them, each with the key of its step."""
    for row in records(corrections):
        if f"{row['table']}/{row['item']}/{row['measure']}" in cells:
            number = row["corrected"] or _WORDS["state.blank"]
            told = {"corrected": number, **{name: row[name] for name in ("reason", "who", "when")}}
            yield "corrected", worded("ogi", "corrected_to", **told)


def _cell(document: Document, cell: Cell) -> Iterator[tuple[str, Said]]:
    if cell.box is not None:
        for characters in filter(None, [workers.run(characters_in, document.path, cell.box)]):
            yield "characters", Said.as_printed(" ".join(f"“{character}”" for character in characters))
    codes = ", ".join(_code(character) for character in dict.fromkeys(_ODD.findall(cell.text)))
    text = f"“{cell.text}”"
    yield "text", Said(f"{text} ({codes})", f"{text}（{codes}）") if codes else Said.as_printed(text)
    # Only what is not as usual is told: a cell read with some doubt, one over several fields.
    sure = "" if cell.confidence == 1 else f" · {cell.confidence:g}"
    wide = "" if cell.rowspan == cell.colspan == 1 else f" · {cell.rowspan} × {cell.colspan}"
    yield "cell", worded("ogi", "cell_is", row=cell.row, column=cell.column, wide=wide, sure=sure)


def _code(character: str) -> str:
    code = f"U+{ord(character):04X}"
    return code if character.isspace() or not character.isprintable() else f"{character} {code}"


def _where(document: Document, cell: Cell, row: TableRow) -> Said:
    """Its page and box, or how much of that is known: of a figure in a line of text, the page alone."""
    if cell.box is not None:
        return _place(cell.box)
    if row.page is not None:
        return worded("ogi", "page_is", page=row.page)
    return _WORDS["place_unknown" if document.tells_places else "no_pages"]


def place_of(document: Document, found: FoundCell) -> Said:
    """The page of a cell, as far as that is known, without its box."""
    page = found.row.page if found.cell is None or found.cell.box is None else found.cell.box.page
    if page is not None:
        return worded("ogi", "on_page", page=page)
    return _WORDS["place_unknown" if document.tells_places else "no_pages"]


def printed_row(found: FoundCell) -> Said:
    """The label of the row and its cells, as printed, without what stands above it."""
    cells = " | ".join(shown(cell.text, 12) or "·" for cell in found.row.cells)
    return Said.as_printed(" | ".join(filter(None, [shown(found.row.label), cells])))


def _place(box: Box) -> Said:
    edges = {name: f"{getattr(box, name):.1f}" for name in ("x0", "top", "x1", "bottom")}
    return worded("ogi", "place_is", page=box.page, **edges)


def _row(row: TableRow) -> Said:
    """What stands in the row, and above it."""
    captions = " › ".join(shown(caption) for caption in row.captions if caption)
    under = "" if row.group is None else f" › {row.group.number}{row.group.zh}"
    # Twelve characters are enough to know a cell by, and a row of requests has ten cells.
    cells = " | ".join(shown(cell.text, 12) or "·" for cell in row.cells)
    rest = "" if row.rest is None else _WORDS["goes_on"]
    return worded("ogi", "row_is", above=f"{captions}{under}", cells=cells, rest=rest)


def _label(found: FoundCell, item: Item) -> Said:
    match = found.match
    return worded(
        "ogi",
        "label_is" if found.row.label.strip() else "no_label",
        label=shown(found.row.label),
        item=match.item,
        official=item.full_label,
        basis=_WORDS[f"basis.{match.basis}"],
        far="" if match.distance == 0 else worded("ogi", "distance", distance=match.distance),
    )


def _valued(read: Figure | CellValue) -> Said:
    # Fifteen digits are what a float holds exactly: more would be its error, fewer another number.
    number = None if read.value is None else f"{read.value:.15g}"
    parts = [part for part in (number, read.unit, read.note) if part is not None]
    return _WORDS[f"state.{read.state}"] + "".join(f" · {part}" for part in parts)


def _findings(report: Report, way: Trace) -> Iterator[Said]:
    """What was noted while reading on the very cell, its row, or its table as a whole."""
    item = TABLES[way.figure.table][way.figure.form].item(way.figure.item).full_label
    label = None if way.found is None else shown(way.found.row.label)
    for finding in report.findings:
        own = finding.printed is not None and finding.printed == label
        if finding.table == way.figure.table and (own or finding.printed is None or item in finding.message):
            yield finding.message
