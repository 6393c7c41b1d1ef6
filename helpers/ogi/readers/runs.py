"""The text that the runs of a Word paragraph show.

Runs that nobody sees are left out: hidden, tiny, or in the colour of their ground. A raised or lowered number
becomes such characters, for it is no digit of the figure before it. Text struck out is marked as such. What a
field shows without text, and a number whose look is not understood (pressed together, written backwards, in
a formula), is PICTURE. A run's own properties count, else those of its style.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from docx.oxml.ns import qn
from lxml import etree
from lxml.etree import _Element as Element

from ogi.readers.limits import LIMITS
from ogi.readers.looks import PICTURE, lowered, raised, struck
from ogi.readers.settings import SETTINGS


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
_TURNED = tags("bdo dir")
_NOTES = tags("footnoteReference endnoteReference")
_FORMULA = qn("m:oMath")
_LINE_OF_FORMULA = frozenset(qn(f"m:{name}") for name in "r rPr t sty nor lit ctrlPr".split())
"""What a formula consists of that is a line of text."""
_UNKNOWN = "\ufffd"
"""Stands for a character of a symbol font, whose number does not tell what it looks like."""
_FLAGS = ("vanish", "strike", "dstrike")
_VALUES = {
    "vertAlign": "val",
    "position": "val",
    "sz": "val",
    "color": "val",
    "highlight": "val",
    "shd": "fill",
    "w": "val",
    "spacing": "val",
    "rFonts": "ascii",
}
"""Properties that say more than on or off, and in which attribute."""
_FIELD, _CODE = qn("w:fldChar"), qn("w:instrText")
_SILENT = frozenset("XE TC TA RD SET ASK PRIVATE DATA".split())
"""Fields that never show anything."""
_PAPER = "FFFFFF"
_HIGHLIGHTS = {
    "black": "000000", "white": "FFFFFF", "red": "FF0000", "green": "00FF00", "blue": "0000FF",
    "yellow": "FFFF00", "cyan": "00FFFF", "magenta": "FF00FF", "darkRed": "800000", "darkGreen": "008000",
    "darkBlue": "000080", "darkYellow": "808000", "darkCyan": "008080", "darkMagenta": "800080",
    "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip
"""The colours of Word's marker pens."""
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
_DIGIT = re.compile(r"[0-9０-９]")
_SYMBOL_FONTS = re.compile(r"webdings|wingdings|marlett|zapf ?dingbats|bookshelf symbol", re.IGNORECASE)
_FILL = "{http://schemas.microsoft.com/office/word/2010/wordml}textFill"
"""How the insides of letters are painted, over their colour."""
_UNSEEN_FILLS = ("noFill", "bg1")


@dataclass
class _Field:
    """A field that has begun. `has_text`: what it shows stands in the file as text."""

    has_text: bool
    code: str = ""


class Runs:
    """How the runs of one document look."""

    def __init__(self, styles: Element) -> None:
        self._fields: list[_Field] = []
        self.styles = {style.get(qn("w:styleId"), ""): style for style in styles.iter(qn("w:style"))}

    def text(self, paragraph: Element) -> str:
        """The text of a paragraph, a line end for each break in it."""
        style = _value(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}"))
        self._fields = [field for field in self._fields if field.has_text]
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
        own = "" if properties is None else _value(properties.find(qn("w:rStyle")))
        # The nearer to the run, the stronger.
        looks = {**self._of_style(paragraph_style), **self._of_style(own), **_looks(properties)}
        text = "".join(self._pieces(run, paragraph_style))
        if looks.get("vanish") == "on" or _is_tiny(looks):
            return ""
        if _is_of_its_ground(looks, run):
            return PICTURE if _DIGIT.search(text) and _is_block(looks, run) else ""
        if _SYMBOL_FONTS.match(looks.get("rFonts", "")):
            text = _DIGIT.sub(_UNKNOWN, text)
        if _is_pressed(looks) or looks.get("textFill") in _UNSEEN_FILLS:
            text = _odd(text)
        if any(_has_own_mark(mark) for mark in run.iter(*_NOTES)):
            text = raised(text)  # an author's own sign for a note, whatever it looks like
        base = self._base(run)
        level = _half_points(looks.get("position"))
        text = raised(text) if looks.get("vertAlign") == "superscript" or level > base else text
        text = lowered(text) if looks.get("vertAlign") == "subscript" or level < base else text
        return struck(text) if "on" in (looks.get("strike"), looks.get("dstrike")) else text

    def _base(self, run: Element) -> int:
        """The level of the line that a run stands on: that of the first run of its paragraph."""
        paragraph = next(run.iterancestors(qn("w:p")), run)
        if next(paragraph.iter(qn("w:position")), None) is None:
            return 0
        first = next((other for other in paragraph.iter(_RUN) if "".join(other.itertext()).strip()), run)
        return _half_points(_looks(first.find(qn("w:rPr"))).get("position"))

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
        name = _value(property_of(paragraph, "pPr", "pStyle"))
        for _ in range(LIMITS.word_styles):
            style = self.styles.get(name)
            if found is not None or style is None:
                break
            found, name = property_of(style, "pPr", "numPr/numId"), _value(style.find(qn("w:basedOn")))
        return found is not None and _value(found) != "0"

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
    looks = {}
    for name in (*_FLAGS, *_VALUES):
        found = properties.find(qn(f"w:{name}"))
        if found is not None:
            on = "on" if is_on(found) else "off"
            looks[name] = found.get(qn(f"w:{_VALUES[name]}"), "") if name in _VALUES else on
            looks |= {"shd": _filled(found)} if name == "shd" else {}
    if (fill := properties.find(_FILL)) is not None:
        told = [part.get(f"{{{etree.QName(part).namespace}}}val") for part in fill.iterdescendants()]
        names = [etree.QName(part).localname for part in fill]
        looks["textFill"] = next((name for name in (*names, *told) if name in _UNSEEN_FILLS), "seen")
        white = next((value for value in told if value is not None and _COLOUR.fullmatch(value)), None)
        looks |= {} if white is None else {"color": white}
    return looks


def _drawn(element: Element) -> str:
    """What stands for something drawn: PICTURE in a cell, nothing elsewhere."""
    return "" if next(element.iterancestors(qn("w:tc")), None) is None else PICTURE


def _odd(text: str) -> str:
    """A number that does not show as it stands, as PICTURE."""
    return PICTURE if _DIGIT.search(text) else text


def _is_pressed(looks: dict[str, str]) -> bool:
    """Do its characters lie over one another, or are they too narrow to be seen?"""
    scale = looks.get("w", "100").rstrip("%")
    is_narrow = scale.isdecimal() and int(scale) < SETTINGS.least_scale
    size = _half_points(looks.get("sz")) or SETTINGS.usual_text
    # Twentieths of a point, and half points: a digit is half as wide as the type is high.
    return is_narrow or _half_points(looks.get("spacing")) / 20 < -SETTINGS.least_step * size / 4


def _half_points(value: str | None) -> int:
    """A measure as Word writes it, 0 where it writes none."""
    return int(value) if value is not None and value.lstrip("+-").isdecimal() else 0


def _is_tiny(looks: dict[str, str]) -> bool:
    return 0 < _half_points(looks.get("sz")) <= SETTINGS.tiny_text


def _is_of_its_ground(looks: dict[str, str], run: Element) -> bool:
    """Has a run nearly the colour of its ground: its own, its paragraph's, its cell's, or white paper?"""
    colour = looks.get("color", "")
    if _COLOUR.fullmatch(colour) is None:
        return False
    grounds = (_own_ground(looks), _shade(run, "p"), _shade(run, "tc"), _PAPER)
    return _are_alike(colour, next(ground for ground in grounds if _COLOUR.fullmatch(ground)))


def _is_block(looks: dict[str, str], run: Element) -> bool:
    """Does its own ground, or its paragraph's, show where its text does not, as a black bar does?"""
    own = _own_ground(looks) or _shade(run, "p")
    around = next(ground for ground in (_shade(run, "tc"), _PAPER) if _COLOUR.fullmatch(ground))
    return _COLOUR.fullmatch(own) is not None and not _are_alike(own, around)


def _own_ground(looks: dict[str, str]) -> str:
    """The ground of a run itself, that of a marker pen over any other; empty where it has none."""
    return _HIGHLIGHTS.get(looks.get("highlight", ""), "") or looks.get("shd", "")


def _filled(shade: Element) -> str:
    """The colour that shows of a ground: a solid pattern hides what it is drawn on."""
    return shade.get(qn("w:color" if shade.get(qn("w:val")) == "solid" else "w:fill"), "")


def _shade(run: Element, tag: str) -> str:
    """The ground of the paragraph or cell around a run, empty where it has none of its own."""
    element = next(run.iterancestors(qn(f"w:{tag}")), None)
    found = None if element is None else property_of(element, f"{tag}Pr", "shd")
    return "" if found is None else _filled(found)


def _are_alike(one: str, other: str) -> bool:
    pairs = zip(bytes.fromhex(one), bytes.fromhex(other), strict=True)
    return max(abs(a - b) for a, b in pairs) <= SETTINGS.same_colour


def _chosen(mark: Element) -> str | None:
    """The entry that a drop-down field shows; None for another field."""
    entries = [_value(entry) for entry in mark.iter(qn("w:listEntry"))]
    chosen = property_of(mark, "ffData", "ddList/result")
    place = 0 if chosen is None else number_of(mark, "ffData", "ddList/result", 0)
    return entries[place] if place < len(entries) else None


def _has_own_mark(note: Element) -> bool:
    """Does the text behind the reference to a note stand for it, in place of a number that Word counts?"""
    return note.get(qn("w:customMarkFollows"), "0") not in ("0", "false", "off")


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
