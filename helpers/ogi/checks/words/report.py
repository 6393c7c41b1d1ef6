"""What one report says in words, section by section, beside its figures and how surely all of it was read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from ogi.agencies.bodies import body_of
from ogi.checks.words.mention import Mention
from ogi.checks.words.mentions import mentions
from ogi.checks.words.sums import ReportFigures
from ogi.extract.report import FindingKind, Narrative
from ogi.extract.scope import COUNTED_IN, Scope, area_words, scope_of
from ogi.figures import Figures, Identity
from ogi.readers.document import Method


@dataclass(frozen=True, eq=False)
class ReportWords:
    """All that one report says in words, in print order.

    `title` and `agency` are those printed above it (empty, and that of `of`, where not known);
    `is_doubtful`: may something have been missed?
    """

    of: Identity
    title: str
    agency: str | None
    passages: tuple[Narrative, ...]
    figures: ReportFigures | None
    is_doubtful: bool

    def text(self, *sections: str) -> str:
        """The text of the sections of these ids, of all where none is named."""
        wanted = [p for p in self.passages if not sections or p.section in sections]
        return "\n".join(passage.text for passage in wanted)

    @cached_property
    def area(self) -> re.Pattern[str] | None:
        """The words for the area whose figures the tables hold, None where these may be the body's own."""
        body = body_of(self.agency or "")
        is_area = body.is_government and scope_of(self.agency, self.passages)[0] == Scope.AREA
        return area_words(body) if is_area else None

    @cached_property
    def mentions(self) -> list[tuple[str, Mention]]:
        """Every count told in the sections that tell of the tables, with its section."""
        return [
            (passage.section, mention)
            for passage in self.passages
            if passage.section in COUNTED_IN
            for mention in mentions(passage.text, self.of.year, self.agency, passage.section, self.area)
        ]


def words_of(
    reports: dict[str, Identity],
    figures: Figures,
    narratives: pd.DataFrame,
    printed: pd.DataFrame | None,
    doubtful: Collection[str] = (),
) -> Iterator[ReportWords]:
    """The words of each report, none where the narratives lack it; `printed`: the table reports.

    `doubtful`: the reports of which something may not have been read."""
    passages: dict[str, list[Narrative]] = {}
    columns = (narratives[name].fillna("") for name in ("report_id", "section", "number", "title", "text"))
    for report_id, section, number, title, text in zip(*columns, strict=True):
        own_text = Narrative(str(section), str(number), str(title), str(text))
        passages.setdefault(str(report_id), []).append(own_text)
    titles, names = ({} if printed is None else _told(printed, name) for name in ("title", "printed_agency"))
    for name, of in reports.items():
        own, row = tuple(passages.get(name, ())), figures.row_of.get(name)
        held = ReportFigures(figures, row) if own and row is not None else None
        agency = names.get(name, of.agency)
        yield ReportWords(of, titles.get(name, ""), agency, own, held, name in doubtful)


def _told(printed: pd.DataFrame, column: str) -> dict[str, str]:
    """Report id → what a column of the table reports tells of it, where it tells anything."""
    known = printed.dropna(subset=[column])
    return dict(zip(known["report_id"].map(str), known[column].map(str), strict=True))


def doubtful_reports(figures: pd.DataFrame, findings: pd.DataFrame | None) -> set[str]:
    """The ids of reports read from pictures, or that hold something that no reader could read."""
    ids: set[str] = set()
    if "method" in figures:
        ids |= set(figures.loc[figures["method"] == Method.OCR, "report_id"])
    if findings is not None:
        ids |= set(findings.loc[findings["kind"] == FindingKind.READER_NOTE, "report_id"])
    return ids
