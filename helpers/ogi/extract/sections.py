"""The six sections: their headings, however numbered, and the text between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ogi import forms
from ogi.extract.labels import item_labels, label, typing_error
from ogi.extract.report import Finding, FindingKind, Narrative, Severity, worded
from ogi.extract.script import spellings
from ogi.extract.settings import SETTINGS
from ogi.readers.document import Document, Paragraph

_HEADING = re.compile(
    r"\s*(?:第?\s*([一二三四五六七八九十lI1-9]{1,2})\s*(?:[、.．,，]|部分\s*[:：]?))?\s*(.+)", re.DOTALL
)
PREAMBLE = "preamble"
"""The id of what stands before the first section: by whom the report was made, for which period."""
_SENTENCE_END = "。"
_TITLE_ENDS = re.compile(r"[:：。]")


def section_of(text: str) -> Narrative | None:
    """The section that a paragraph opens, with the text behind its title; None where it opens none.

    Without a number only the exact title counts.
    """
    match = _HEADING.fullmatch(text.strip())
    if match is None:
        return None
    number, tail = match[1] or "", match[2]
    title, *rest = _TITLE_ENDS.split(tail, maxsplit=1)
    if len(title) > SETTINGS.longest_section_title:
        return None
    name = label(title).name
    for section in forms.SECTIONS:
        official = [label(text).name for words in (section.zh, *section.aliases) for text in spellings(words)]
        # A number before it makes a misspelt title sure.
        if name in official or (number and any(typing_error(name, words) is not None for words in official)):
            return Narrative(section.id, number, title.strip(), "".join(rest).strip())
    return None


def narratives(document: Document) -> tuple[tuple[Narrative, ...], tuple[Finding, ...]]:
    """The text of each section, in print order, and a finding for each section that is not there.

    Sentences before the first section are the `preamble`. The words of the forms themselves
    (第二十条第（一）项) are no narrative.
    """
    opened: list[tuple[Narrative, list[str]]] = []
    preamble: list[Paragraph] = []
    for paragraph in document.paragraphs:
        heading = section_of(paragraph.text)
        if heading is not None:
            opened.append((replace(heading, page=paragraph.page), [heading.text] if heading.text else []))
        elif opened and not is_of_form(paragraph.text):
            opened[-1][1].append(paragraph.text.strip())
        elif not opened and _SENTENCE_END in paragraph.text:
            preamble.append(paragraph)
    told = tuple(replace(heading, text="\n".join(texts)) for heading, texts in opened)
    found = {narrative.section for narrative in told}
    return (*_preamble(preamble), *told), tuple(_missing(found))


def _preamble(paragraphs: list[Paragraph]) -> Iterator[Narrative]:
    if paragraphs:
        text = "\n".join(paragraph.text.strip() for paragraph in paragraphs)
        yield Narrative(PREAMBLE, "", "", text, paragraphs[0].page)


def is_of_form(text: str) -> bool:
    """Are these words of the forms themselves, such as 第二十条第（一）项, and none of the report's?"""
    name = label(text).name
    items = forms.TABLES["proactive"]["2019"].items  # the edition with the most blocks
    blocks = {label(item.group.zh).name for item in items if item.group is not None}
    words = {label(t).name for w in (forms.ITEM_COLUMN_HEAD, forms.BALANCE_NOTE) for t in spellings(w)}
    return not name or name in blocks | words or item_labels("requests").group(text) is not None


def _missing(found: set[str]) -> Iterator[Finding]:
    for section in forms.SECTIONS:
        if section.id not in found:
            told = worded("section_missing", name=section.heading)
            yield Finding(FindingKind.SECTION_MISSING, Severity.WARNING, told)
