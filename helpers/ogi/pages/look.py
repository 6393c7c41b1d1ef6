"""The look of the pages for a notebook that is opened by hand: one output carries it for all."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from ogi import forms
from ogi.checks import RULES, THEMES, rule_name
from ogi.pages.cells import MARKS
from ogi.pages.frames import Frames
from ogi.pages.html import Html
from ogi.pages.printed.styled import styled, words_of_notebooks
from ogi.pages.words import listed, number
from ogi.said import wordings


def look(data: Frames, language: str = "en") -> Html:
    """Style and font for the fragments of an agency; what the font must hold is gathered from its tables.

    An exported page needs nothing of it: its cell is tagged `notebook-only`.
    """
    return styled(Markup(), language, "".join(dict.fromkeys("".join(_texts(data)))))


def _texts(data: Frames) -> Iterator[str]:
    for frame in (data.reports, data.figures, data.checks, data.findings, data.corrections, data.marks):
        for column in frame.select_dtypes(["str", "object"]):
            yield from frame[column].dropna().astype(str).unique()
    for editions in forms.TABLES.values():
        for table in editions.values():
            yield from (item.full_label for item in table.items)
            yield from (measure.zh for measure in table.measures)
            yield table.zh
    yield from (rule_name(rule_id, "zh") for rule_id in RULES)
    yield from (chinese for chinese, _ in THEMES.values())
    yield from (text + text.zh for room in ("ogi.pages", "ogi.charts") for text in wordings(room).values())
    yield listed(["", ""], "zh")
    yield words_of_notebooks()
    yield from MARKS.values()
    yield number(-1)  # its minus sign is written as an escape
