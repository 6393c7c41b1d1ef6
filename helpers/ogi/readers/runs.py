"""The text that the runs of a Word paragraph show.

Runs that nobody sees are left out: hidden, tiny, or in the colour of their ground. A raised or lowered number
becomes such characters, for it is no digit of the figure before it. Text struck out is marked as such. What a
field shows without text, and a number whose look is not understood (pressed together, written backwards, in
a formula), is PICTURE. A run's own properties count, else those of its style.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from ogi.readers.limits import LIMITS
from ogi.readers.looks import PICTURE, lowered, raised, struck
from ogi.readers.run_looks import (
    half_points,
    has_no_fill,
    is_block,
    is_of_its_ground,
    is_pressed,
    is_tiny,
    looks_of,
)
from ogi.readers.settings import SETTINGS
from ogi.readers.word_xml import FALLBACK, number_of, property_of, tags, value_of
from ogi.values import visible

_RUN, _TAB, _HYPHEN, _SYMBOL = qn("w:r"), qn("w:tab"), qn("w:noBreakHyphen"), qn("w:sym")
_BREAKS = tags("br cr")
_TEXTS = frozenset((qn("w:t"), qn("m:t")))
_DROPPED = tags("del moveFrom rPr pPr sdtPr rt txbxContent") | {FALLBACK}
_TURNED = tags("bdo dir")
_NOTES = tags("footnoteReference endnoteReference")
_FORMULA = qn("m:oMath")
_LINE_OF_FORMULA = frozenset(qn(f"m:{name}") for name in "r rPr t sty nor lit ctrlPr".split())
"""What a formula consists of that is a line of text."""
_UNKNOWN = "\ufffd"
"""Stands for a character of a symbol font, whose number does not tell what it looks like."""
_FIELD, _CODE = qn("w:fldChar"), qn("w:instrText")
_SILENT = frozenset("XE TC TA RD SET ASK PRIVATE DATA".split())
"""Fields that never show anything."""
_DIGIT = re.compile(r"[0-9０-９]")
_SYMBOL_FONTS = re.compile(r"webdings|wingdings|marlett|zapf ?dingbats|bookshelf symbol", re.IGNORECASE)


@dataclass
class _Field:
    """A field that has begun. `has_text`: what it shows stands in the file as text."""

    has_text: bool
    code: str = ""


class Runs:
    """How the runs of one document look."""

    def __init__(self, styles: Element) -> None:
        self._fields: list[_Field] = []
        self._last, self._last_size = "", 0
        self.styles = {style.get(qn("w:styleId"), ""): style for style in styles.iter(qn("w:style"))}
        self.is_mixed = False
        """Had a number a digit in smaller type, as the sign of a note is, since this was set to False?"""
        self._usual_size = self._size_told(styles) or SETTINGS.usual_text

    def _size_told(self, styles: Element) -> int:
        """The size of type, in half points, where nothing nearer tells one; 0 where none is told."""
        usual = styles.iterfind(f"{qn('w:style')}[@{qn('w:default')}='1'][@{qn('w:type')}='paragraph']")
        looks = [self._of_style(style.get(qn("w:styleId"), "")) for style in usual]
        looks.append(looks_of(styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")))
        return next(filter(None, (half_points(one.get("sz")) for one in looks)), 0)

    def text(self, paragraph: Element) -> str:
        """The text of a paragraph, a line end for each break in it."""
        style = value_of(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}"))
        self._fields = [field for field in self._fields if field.has_text]
        self._last = ""
        text = "".join(self._pieces(paragraph, style))
        return text + _drawn(paragraph) if self._is_in_code else text

    @property
    def _is_in_code(self) -> bool:
        """Is it within what a field is told by, of which nothing shows, not even another field's text?"""
        return not all(field.has_text for field in self._fields)

    def _pieces(self, parent: Element, style: str) -> Iterator[str]:
        for child in parent:
            if child.tag in _DROPPED:
                continue
            if child.tag == _RUN:
                yield self._run(child, style)
            elif child.tag in _TEXTS:
                yield "" if self._is_in_code else child.text or ""
            elif child.tag in _BREAKS:
                yield "\n"
            elif child.tag == _TAB:
                yield "\t"
            elif child.tag == _HYPHEN:
                yield "-"
            elif child.tag == _SYMBOL:
                yield _UNKNOWN
            elif child.tag in _TURNED:
                yield _odd("".join(self._pieces(child, style)))
            elif child.tag == _FORMULA:
                text = "".join(self._pieces(child, style))
                is_line = all(part.tag in _LINE_OF_FORMULA for part in child.iterdescendants())
                yield text if is_line else _odd(text)
            elif child.tag == _FIELD:
                yield self._field(child)
            elif child.tag == _CODE:
                if self._fields:
                    self._fields[-1].code += child.text or ""
            else:
                yield from self._pieces(child, style)

    def _run(self, run: Element, paragraph_style: str) -> str:
        properties = run.find(qn("w:rPr"))
        own = "" if properties is None else value_of(properties.find(qn("w:rStyle")))
        # The nearer to the run, the stronger.
        looks = {**self._of_style(paragraph_style), **self._of_style(own), **looks_of(properties)}
        text = "".join(self._pieces(run, paragraph_style))
        if looks.get("vanish") == "on" or is_tiny(looks):
            return ""
        if is_of_its_ground(looks, run):
            return PICTURE if _DIGIT.search(text) and is_block(looks, run) else ""
        if _SYMBOL_FONTS.match(looks.get("rFonts", "")):
            text = _DIGIT.sub(_UNKNOWN, text)
        if is_pressed(looks) or has_no_fill(looks):
            text = _odd(text)
        if any(_has_own_mark(mark) for mark in run.iter(*_NOTES)):
            text = raised(text)  # an author's own sign for a note, whatever it looks like
        base = self._base(run)
        level = half_points(looks.get("position"))
        text = raised(text) if looks.get("vertAlign") == "superscript" or level > base else text
        text = lowered(text) if looks.get("vertAlign") == "subscript" or level < base else text
        self._follow(text, half_points(looks.get("sz")) or self._usual_size)
        return struck(text) if "on" in (looks.get("strike"), looks.get("dstrike")) else text

    def _follow(self, text: str, size: int) -> None:
        """Note where a digit follows upon one of another size."""
        text = visible(f"|{text}|")[1:-1]  # without what prints nothing, but with the blanks around it
        if text == "":
            return
        small, large = sorted((size, self._last_size))
        if _DIGIT.match(self._last) and _DIGIT.match(text) and small < SETTINGS.same_font * large:
            self.is_mixed = True
        self._last, self._last_size = text[-1], size

    def _base(self, run: Element) -> int:
        """The level of the line that a run stands on: that of the first run of its paragraph."""
        paragraph = next(run.iterancestors(qn("w:p")), run)
        if next(paragraph.iter(qn("w:position")), None) is None:
            return 0
        first = next((other for other in paragraph.iter(_RUN) if "".join(other.itertext()).strip()), run)
        return half_points(looks_of(first.find(qn("w:rPr"))).get("position"))

    def _field(self, mark: Element) -> str:
        """What a mark of a field shows: the chosen entry of a list; PICTURE in a cell for what Word draws."""
        kind = mark.get(qn("w:fldCharType"), "")
        if kind == "begin":
            chosen = _chosen(mark)
            self._fields.append(_Field(has_text=chosen is not None))
            return chosen or ""
        if not self._fields:
            return ""
        if kind == "separate":
            self._fields[-1].has_text = True
            return ""
        field = self._fields.pop()
        name = (field.code.split() or [""])[0].upper()
        is_silent = field.has_text or name in _SILENT or self._is_in_code
        return "" if is_silent else _drawn(mark)

    def is_numbered(self, paragraph: Element) -> bool:
        """Does Word put a number before a paragraph, which its own properties or its style's ask for?"""
        found = property_of(paragraph, "pPr", "numPr/numId")
        name = value_of(property_of(paragraph, "pPr", "pStyle"))
        for _ in range(LIMITS.word_styles):
            style = self.styles.get(name)
            if found is not None or style is None:
                break
            found, name = property_of(style, "pPr", "numPr/numId"), value_of(style.find(qn("w:basedOn")))
        return found is not None and value_of(found) != "0"

    def _of_style(self, name: str, depth: int = 0) -> dict[str, str]:
        style = self.styles.get(name)
        if style is None or depth > LIMITS.word_styles:
            return {}
        above = self._of_style(value_of(style.find(qn("w:basedOn"))), depth + 1)
        return {**above, **looks_of(style.find(qn("w:rPr")))}


def _drawn(element: Element) -> str:
    """What stands for something drawn: PICTURE in a cell, nothing elsewhere."""
    return "" if next(element.iterancestors(qn("w:tc")), None) is None else PICTURE


def _odd(text: str) -> str:
    """A number that does not show as it stands, as PICTURE."""
    return PICTURE if _DIGIT.search(text) else text


def _chosen(mark: Element) -> str | None:
    """The entry that a drop-down field shows; None for another field."""
    entries = [value_of(entry) for entry in mark.iter(qn("w:listEntry"))]
    chosen = property_of(mark, "ffData", "ddList/result")
    place = 0 if chosen is None else number_of(mark, "ffData", "ddList/result", 0)
    return entries[place] if place < len(entries) else None


def _has_own_mark(note: Element) -> bool:
    """Does the text behind the reference to a note stand for it, in place of a number that Word counts?"""
    return note.get(qn("w:customMarkFollows"), "0") not in ("0", "false", "off")
