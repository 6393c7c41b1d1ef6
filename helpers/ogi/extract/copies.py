"""A table printed more than once: for the whole and a part, for two years or agencies, a blank one as well.

One copy is taken whole and a finding says which; copies that agree are one. Figures of two are never mixed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

from ogi import forms, values
from ogi.extract.report import Finding, FindingKind, Severity, worded
from ogi.extract.rows import TableRow
from ogi.extract.settings import SETTINGS
from ogi.extract.title import ReportIdentity, years_in
from ogi.said import Said

_BELOW = re.compile(
    r"[(（]?(?:附[件表录]?[一二三\d]*[:：、]?)?(?:[本我]?[局委厅])?(?:下属|所属|直属|属|下级)(?:各|事业)*(?:单位|机构|部门)"
)
"""What begins the caption of figures that are not the body's own: 附：下属单位情况, 局属单位."""
_TOGETHER = re.compile("[含及和与]|包括|本级|本机关|汇总")


@dataclass
class Copy:
    """Rows of one print of a table, and what stands above it."""

    rows: list[TableRow] = field(default_factory=list)
    printed: dict[tuple[str, str], str] = field(default_factory=dict)
    """(item, measure) → the text printed for it."""

    @property
    def captions(self) -> list[str]:
        """What stands above its first row and in it, the nearest first."""
        return [caption for caption in reversed(self.rows[0].captions) if caption]

    @property
    def years(self) -> set[int]:
        """The years that the nearest caption with a year names."""
        return next(filter(None, map(years_in, self.captions)), set())


def one_copy(table: str, rows: list[TableRow], who: ReportIdentity) -> tuple[list[TableRow], list[Finding]]:
    """The rows of one print of a table, with a finding where others were left out."""
    copies = _copies(rows)
    if len(copies) < 2:
        return rows, [*_of_other_year(table, rows, who), *_of_others(table, rows)]
    filled = [copy for copy in copies if any(copy.printed.values())] or copies[:1]
    findings = [_finding(Severity.NOTE, table, "copies.blank")] if len(filled) < len(copies) else []
    taken, why = _best(filled, who)
    kept = taken.printed.items()
    others = [copy for copy in filled if any(copy.printed.get(key, text) != text for key, text in kept)]
    if others:
        names = [f"“{_shown(copy)}”" for copy in others]
        most = SETTINGS.most_copies_named
        named = "、".join(names[:most]) + "…" * (len(names) > most)
        told = {"number": len(others) + 1, "taken": _shown(taken), "why": why, "others": named}
        findings.append(_finding(Severity.WARNING, table, "copies.differ", **told))
    return [row for copy in filled if copy not in others for row in copy.rows], findings


def _of_other_year(table: str, rows: list[TableRow], who: ReportIdentity) -> Iterator[Finding]:
    """A finding where what heads the only print of a table within the report names other years alone."""
    named = next((caption for caption in _above(rows) if years_in(caption)), "")
    if who.year is not None and named and who.year not in years_in(named):
        told = {"caption": values.shown(named), "year": who.year}
        found = _finding(Severity.WARNING, table, "copies.other_year", **told)
        yield replace(found, kind=FindingKind.YEAR_CONTRADICTION)


def _of_others(table: str, rows: list[TableRow]) -> Iterator[Finding]:
    """A finding where what heads the only print of a table says that it is of those below the body alone."""
    for caption in _above(rows):
        if _BELOW.match(caption) and not _TOGETHER.search(caption):
            found = _finding(Severity.WARNING, table, "copies.of_others", caption=values.shown(caption))
            yield replace(found, kind=FindingKind.AGENCY_CONTRADICTION)


def _above(rows: list[TableRow]) -> list[str]:
    """What heads a table within the report, the nearest first, without sentences."""
    above = [caption for row in rows[:1] for caption in reversed(row.captions[1:3])]
    return [caption for caption in above if not caption.endswith(("。", "；"))]


def _finding(severity: Severity, table: str, key: str, **told: object) -> Finding:
    name = forms.TABLES[table][forms.EDITIONS[-1]].zh
    return Finding(FindingKind.TABLE_REPEATED, severity, worded(key, table=name, **told), table)


def _best(copies: list[Copy], who: ReportIdentity) -> tuple[Copy, Said]:
    """The copy that names the report's year, else its agency, where others name others; else the first."""
    # A copy for another year is never the report's.
    of_year = [copy for copy in copies if who.year in copy.years]
    silent = [copy for copy in copies if not copy.years]
    best = of_year or silent or copies
    if len(best) == 1 < len(copies):
        return best[0], worded("copies.of_year")
    named = [copy for copy in best if who.agency and any(who.agency in c for c in copy.captions)]
    if named and len(named) < len(best):
        return named[0], worded("copies.of_agency")
    return best[0], worded("copies.first")


def _shown(copy: Copy) -> str | Said:
    return values.shown(copy.captions[0]) if copy.captions else worded("copies.no_heading")


def _copies(rows: list[TableRow]) -> list[Copy]:
    """The prints of a table in order: a part of whose figures the last one has most begins the next."""
    copies = [Copy()]
    for part in _parts(rows):
        printed = dict(entry for row in part for entry in _printed(row))
        known = printed.keys() & copies[-1].printed.keys()
        # Fewer repeat when a table goes on under its head printed again.
        if printed and 2 * len(known) > len(printed):
            copies.append(Copy())
        copies[-1].rows += part
        copies[-1].printed |= printed
    first, *others = ({item for item, _ in copy.printed} for copy in copies)
    shared = (len(first & items) for items in others)
    return copies if all(n >= SETTINGS.fewest_in_common for n in shared) else [Copy(rows)]


def _parts(rows: list[TableRow]) -> Iterator[list[TableRow]]:
    """The rows under one reading of a head; rows that name no item but have a label are a part each."""
    for _, group in groupby(rows, key=lambda row: row.part):
        part = list(group)
        if part[0].head.names_items:
            filled = [row for row in part if row.is_filled] or part
            yield from ([row] for row in filled) if all(row.label.strip() for row in filled) else [filled]
        else:
            yield part


def _printed(row: TableRow) -> Iterable[tuple[tuple[str, str], str]]:
    for rank, column in enumerate(row.head.columns):
        item = column.item if row.head.names_items else row.item
        if item is not None and column.measure is not None and rank in row.under:
            text = values.visible(row.under[rank].text)
            yield (item, column.measure), "".join(text.split())
