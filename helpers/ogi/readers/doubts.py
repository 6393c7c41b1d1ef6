"""Cells of a web page whose numbers may show otherwise than they are read, by style that is not evaluated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from lxml.html import HtmlElement

from ogi.readers.looks import CELLS, PICTURE, Look

DOUBTED = "data-ogi-doubted"
"""The attribute of such a cell."""
_ROWS = ("tr", "thead", "tbody", "tfoot")
_BOXES = ("flex", "inline-flex", "grid", "inline-grid")
"""Values of `display` that make a box of each child."""
OF_NUMBERS = re.compile(f"[\\d.,，{PICTURE}-]")
"""What makes another number of the one that it is added to or taken from."""
_MOST_TEXTS = 200
"""Texts of an element that are looked at."""
_DIGIT = re.compile(r"\d")


def doubt(root: HtmlElement, changed: Iterable[HtmlElement]) -> None:
    """Mark the cells with digits that are among the elements, within them as rows, or around them."""
    rows, cells = set(), set()
    for element in changed:
        if element.tag in _ROWS:
            rows.add(element)
        elif (cell := _cell_around(element)) is not None:
            cells.add(cell)
    if not rows and not cells:
        return
    for cell in root.iter(*CELLS):
        around = islice(cell.iterancestors(), 2)  # its row, and the part of the table
        if (cell in cells or not rows.isdisjoint(around)) and _has_digit(cell):
            cell.set(DOUBTED, "")


def joined_boxes(
    styles: Mapping[HtmlElement, dict[str, str]], looks: Mapping[HtmlElement, Look]
) -> Iterator[HtmlElement]:
    """The elements in cells that make boxes of several children with digits, on lines or apart."""
    for element, own in styles.items():
        if own.get("display") in _BOXES and element in looks and looks[element].cell is not None:
            texts = [element.text or "", *(child.tail or "" for child in element)]
            if sum(map(_has_digit, element)) + sum(_DIGIT.search(text) is not None for text in texts) > 1:
                yield element


def may_be_of_number(element: HtmlElement) -> bool:
    """Does an element hold, or may it, what is a part of a number?"""
    texts = list(islice(element.itertext(), _MOST_TEXTS))
    return len(texts) == _MOST_TEXTS or any(OF_NUMBERS.search(str(text)) is not None for text in texts)


def _cell_around(element: HtmlElement) -> HtmlElement | None:
    return element if element.tag in CELLS else next(element.iterancestors(*CELLS), None)


def _has_digit(element: HtmlElement) -> bool:
    return any(_DIGIT.search(str(text)) for text in element.itertext())
