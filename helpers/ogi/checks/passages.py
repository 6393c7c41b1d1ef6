"""What a report says in words, section by section, beside how far we can be sure to have read it all."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ogi.checks.rows import Identity
from ogi.extract.report import FindingKind
from ogi.readers.document import Method


@dataclass(frozen=True)
class Passage:
    """One section: its id in the form, its number, title and text as printed."""

    section: str
    number: str
    title: str
    text: str


@dataclass(frozen=True)
class Words:
    """All that one report says in words, in print order. `is_doubtful`: may something have been missed?"""

    of: Identity
    title: str
    passages: tuple[Passage, ...]
    is_doubtful: bool

    def text(self, *sections: str) -> str:
        """The text of the sections of these ids, of all where none is named."""
        wanted = [p for p in self.passages if not sections or p.section in sections]
        return "\n".join(passage.text for passage in wanted)


def words_of(
    reports: dict[str, Identity], narratives: pd.DataFrame, titles: dict[str, str], doubtful: set[str]
) -> list[Words]:
    """The words of each report, of none where the narratives tell nothing of it."""
    told: dict[str, list[Passage]] = {}
    columns = (narratives[name].fillna("") for name in ("report_id", "section", "number", "title", "text"))
    for report_id, *passage in zip(*columns, strict=True):
        told.setdefault(str(report_id), []).append(Passage(*(str(text) for text in passage)))
    return [
        Words(of, titles.get(name, ""), tuple(told.get(name, ())), name in doubtful)
        for name, of in reports.items()
    ]


def doubtful_reports(figures: pd.DataFrame, findings: pd.DataFrame | None) -> set[str]:
    """The ids of reports read from pictures, or that hold something that no reader could read."""
    ids: set[str] = set()
    if "method" in figures:
        ids |= set(figures.loc[figures["method"] == Method.OCR, "report_id"])
    if findings is not None:
        ids |= set(findings.loc[findings["kind"] == FindingKind.READER_NOTE, "report_id"])
    return ids


def compact(text: str) -> str:
    """The text without any blanks, its full-width digits as ASCII ones."""
    return "".join(text.translate(_DIGITS).split())


def compact_lines(text: str) -> str:
    """The text without blanks inside its lines."""
    return "\n".join(compact(line) for line in text.splitlines())


_DIGITS = str.maketrans("０１２３４５６７８９％．，", "0123456789%.,")
