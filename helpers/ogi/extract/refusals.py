"""Files that are no report on one of the two forms, and what they are instead."""

from __future__ import annotations

import re
from collections.abc import Collection

from ogi import forms
from ogi.extract.report import Figure, Narrative, worded
from ogi.extract.script import simplified
from ogi.extract.sections import PREAMBLE
from ogi.extract.settings import SETTINGS
from ogi.extract.title import ReportIdentity
from ogi.extract.walk import Walk
from ogi.readers.document import Document, UnreadableFile
from ogi.said import Said
from ogi.values import State

_INSIDE = "[^（）()]"
_PLACEHOLDER = re.compile(
    rf"[（(]文字(?:描述|叙述|说明|部分){_INSIDE}{{0,40}}[）)]|[（(]{_INSIDE}{{0,12}}名称[）)]"
    rf"|[（(]{_INSIDE}{{0,30}}(?:填写|填报|字以内|字左右){_INSIDE}{{0,40}}[）)]"
    r"|(?:20|二[〇○零])[×✕XxＸ_]{1,2}年|[×✕XxＸ]{2,}(?=[省市区县镇乡厅局委办]|街道|单位)|_{3,}"
)
"""What the form and the templates made of it have where a report has words."""


def require_form_of_today(document: Document) -> None:
    """UnreadableFile for a report before 2019, whose form is one long list: recognised, not mapped."""
    texts = ["".join(simplified(text).split()) for text in document.texts()]
    marks = [mark for mark in forms.OLD_FORM_MARKS if any(mark in text for text in texts)]
    if len(marks) > 1:  # one may be quoted in a report on the new form
        expected = worded("refused.form", first=forms.FIRST_YEAR)
        raise UnreadableFile(document.path, expected, worded("refused.old_form"))


def require_report(document: Document, found: Walk, told: Collection[Narrative], who: ReportIdentity) -> None:
    """UnreadableFile where there are neither rows of the tables nor enough sections, or all is too old."""
    if who.year is not None and who.year < forms.FIRST_YEAR:
        expected = worded("refused.year", first=forms.FIRST_YEAR)
        raise UnreadableFile(document.path, expected, worded("refused.old_year", year=who.year))
    sections = [part for part in told if part.section != PREAMBLE and (part.number or part.title)]
    if not found.rows and not found.said and len(sections) < SETTINGS.fewest_sections:
        raise UnreadableFile(document.path, worded("refused.no_report"), _what_is_there(document, sections))


def _what_is_there(document: Document, sections: list[Narrative]) -> Said:
    titles = [section.zh for section in forms.SECTIONS]
    if any(sum(title in text for title in titles) >= SETTINGS.fewest_sections for text in document.texts()):
        return worded("refused.one_line")
    if sections:
        headings = {section.id: section.heading for section in forms.SECTIONS}
        named = "、".join(dict.fromkeys(headings[part.section] for part in sections))
        return worded("refused.sections", sections=named)
    return worded("refused.damaged" if document.is_damaged else "refused.other_file")


def require_filled_in(document: Document, figures: Collection[Figure], told: Collection[Narrative]) -> None:
    """UnreadableFile for the form itself: tables without any figure, no words but those to be replaced."""
    printed = [figure for figure in figures if figure.state != State.ABSENT]
    if not printed or any(figure.state != State.BLANK for figure in printed):
        return
    left = next(
        (match[0] for text in document.texts() if (match := _PLACEHOLDER.search(text)) is not None), None
    )
    if left is not None:
        raise UnreadableFile(document.path, worded("refused.filled"), worded("refused.form_with", left=left))
    if not any(part.text for part in told):
        raise UnreadableFile(document.path, worded("refused.filled"), worded("refused.blank_form"))
