"""The text that the runs of a Word paragraph show.

Hidden runs are left out. A raised number becomes superscript characters, for it refers to a note and is no
digit of the figure before it. Text struck out is marked as such. A run's own properties count, else those of
its style.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from ogi.readers.limits import LIMITS
from ogi.readers.shown import raised, struck


def tags(names: str) -> frozenset[str]:
    """Names of Word's own namespace as lxml has them."""
    return frozenset(qn(f"w:{name}") for name in names.split())


FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""What a text box says again for old programs."""
_RUN, _TAB, _HYPHEN, _SYMBOL = qn("w:r"), qn("w:tab"), qn("w:noBreakHyphen"), qn("w:sym")
_WRAPPERS = tags("sdt sdtContent ins moveTo customXml smartTag")
_BREAKS = tags("br cr")
_TEXTS = frozenset((qn("w:t"), qn("m:t")))
_DROPPED = tags("del moveFrom rPr pPr sdtPr rt txbxContent") | {FALLBACK}
_UNKNOWN = "\ufffd"
"""Stands for a character of a symbol font, whose number does not tell what it looks like."""
_LOOKS = ("vanish", "strike", "dstrike", "vertAlign")


class Runs:
    """How the runs of one document look."""

    def __init__(self, styles: Element) -> None:
        self.styles = {style.get(qn("w:styleId"), ""): style for style in styles.iter(qn("w:style"))}

    def text(self, paragraph: Element) -> str:
        """The text of a paragraph, a line end for each break in it."""
        style = _value(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}"))
        return "".join(self._pieces(paragraph, style))

    def _pieces(self, parent: Element, style: str) -> Iterator[str]:
        for child in parent:
            if child.tag in _DROPPED:
                continue
            if child.tag == _RUN:
                yield self._run(child, style)
            elif child.tag in _TEXTS:
                yield child.text or ""
            elif child.tag in _BREAKS:
                yield "\n"
            elif child.tag == _TAB:
                yield "\t"
            elif child.tag == _HYPHEN:
                yield "-"
            elif child.tag == _SYMBOL:
                yield _UNKNOWN
            else:
                yield from self._pieces(child, style)

    def _run(self, run: Element, paragraph_style: str) -> str:
        properties = run.find(qn("w:rPr"))
        own = "" if properties is None else _value(properties.find(qn("w:rStyle")))
        # The nearer to the run, the stronger.
        looks = {**self._of_style(paragraph_style), **self._of_style(own), **_looks(properties)}
        if looks.get("vanish") == "on":
            return ""
        text = "".join(self._pieces(run, paragraph_style))
        text = raised(text) if looks.get("vertAlign") == "superscript" else text
        return struck(text) if "on" in (looks.get("strike"), looks.get("dstrike")) else text

    def _of_style(self, name: str, depth: int = 0) -> dict[str, str]:
        style = self.styles.get(name)
        if style is None or depth > LIMITS.word_styles:
            return {}
        above = self._of_style(_value(style.find(qn("w:basedOn"))), depth + 1)
        return {**above, **_looks(style.find(qn("w:rPr")))}


def _looks(properties: Element | None) -> dict[str, str]:
    """What properties say of a run's looks: on or off, or where it is set."""
    if properties is None:
        return {}
    told = ((name, properties.find(qn(f"w:{name}"))) for name in _LOOKS)
    return {
        name: _value(found) if name == "vertAlign" else "on" if is_on(found) else "off"
        for name, found in told
        if found is not None
    }


def is_on(found: Element) -> bool:
    """A property that is there is on unless it says otherwise."""
    return found.get(qn("w:val"), "1") not in ("0", "false", "off")


def _value(found: Element | None) -> str:
    return "" if found is None else found.get(qn("w:val"), "")


def children(parent: Element, wanted: Set[str]) -> Iterator[Element]:
    """The children of those tags, also where content controls or tracked insertions wrap them."""
    for child in parent:
        if child.tag in wanted:
            yield child
        elif child.tag in _WRAPPERS:
            yield from children(child, wanted)


def property_of(element: Element, properties: str, name: str) -> Element | None:
    """A property by the group that holds it; `name` may be a path below."""
    return element.find("/".join(qn(f"w:{step}") for step in (properties, *name.split("/"))))


def has_flag(element: Element, properties: str, name: str) -> bool:
    """Is a property there, and not set to off?"""
    found = property_of(element, properties, name)
    return found is not None and is_on(found)


def number_of(element: Element, properties: str, name: str, default: int) -> int:
    """The number that a property tells, within bounds; `default` where it tells none."""
    found = property_of(element, properties, name)
    value = "" if found is None else found.get(qn("w:val"), "")
    return min(int(value), LIMITS.colspan) if value.isdecimal() else default


def merge_of(cell: Element) -> str | None:
    """restart, continue, or None for a cell that is not merged vertically."""
    found = property_of(cell, "tcPr", "vMerge")
    return None if found is None else found.get(qn("w:val"), "continue")
