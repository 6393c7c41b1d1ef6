"""How a run of a Word paragraph looks: as its properties say, and against the ground it stands on."""

from __future__ import annotations

import re

from docx.oxml.ns import qn
from lxml import etree
from lxml.etree import _Element as Element

from ogi.readers.settings import SETTINGS
from ogi.readers.word_xml import is_on, property_of

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
_PAPER = "FFFFFF"
_HIGHLIGHTS = {
    "black": "000000", "white": "FFFFFF", "red": "FF0000", "green": "00FF00", "blue": "0000FF",
    "yellow": "FFFF00", "cyan": "00FFFF", "magenta": "FF00FF", "darkRed": "800000", "darkGreen": "008000",
    "darkBlue": "000080", "darkYellow": "808000", "darkCyan": "008080", "darkMagenta": "800080",
    "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip
"""The colours of Word's marker pens."""
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
_FILL = "{http://schemas.microsoft.com/office/word/2010/wordml}textFill"
"""How the insides of letters are painted, over their colour."""
_UNSEEN_FILLS = ("noFill", "bg1")


def looks_of(properties: Element | None) -> dict[str, str]:
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


def is_pressed(looks: dict[str, str]) -> bool:
    """Do its characters lie over one another, or are they too narrow to be seen?"""
    scale = looks.get("w", "100").rstrip("%")
    is_narrow = scale.isdecimal() and int(scale) < SETTINGS.least_scale
    size = half_points(looks.get("sz")) or SETTINGS.usual_text
    # Twentieths of a point, and half points: a digit is half as wide as the type is high.
    return is_narrow or half_points(looks.get("spacing")) / 20 < -SETTINGS.least_step * size / 4


def has_no_fill(looks: dict[str, str]) -> bool:
    """Are the insides of its letters painted in nothing, or as the paper is?"""
    return looks.get("textFill") in _UNSEEN_FILLS


def half_points(value: str | None) -> int:
    """A measure as Word writes it, 0 where it writes none."""
    return int(value) if value is not None and value.lstrip("+-").isdecimal() else 0


def is_tiny(looks: dict[str, str]) -> bool:
    """Is it too small to be read by anybody, as text that is put in to spoil a copy?"""
    return 0 < half_points(looks.get("sz")) <= SETTINGS.tiny_text


def is_of_its_ground(looks: dict[str, str], run: Element) -> bool:
    """Has a run nearly the colour of its ground: its own, its paragraph's, its cell's, or white paper?"""
    colour = looks.get("color", "")
    if _COLOUR.fullmatch(colour) is None:
        return False
    grounds = (_own_ground(looks), _shade(run, "p"), _shade(run, "tc"), _PAPER)
    return _are_alike(colour, next(ground for ground in grounds if _COLOUR.fullmatch(ground)))


def is_block(looks: dict[str, str], run: Element) -> bool:
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
