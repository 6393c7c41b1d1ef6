"""Numbers of a web page whose digits stand in several elements: do they show as one number?

They do not where one digit is set in smaller type, as the sign of a note is, where there is room between
them, or where a picture stands beside them, which may be another digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from ogi.readers.looks import BLOCK_TAGS, CELLS, DRAWN, PICTURE, UNCHANGED, Look, length_of, stands_apart
from ogi.readers.settings import SETTINGS
from ogi.values import visible

_TINY = re.compile(r"\s*[0-3](?:px)?\s*")
_SPACER = re.compile(r"(?:spacer?|blank|transparent|pixel|dot)\w*\.(?:gif|png)", re.IGNORECASE)
_JOINED = re.compile(rf"\d\d|\d{PICTURE}|{PICTURE}\d")
_ROOM = {True: ("margin-left", "padding-left"), False: ("margin-right", "padding-right")}
"""What leaves room where an element begins (True) and where it ends."""

Looks = Mapping[HtmlElement, Look]
Styles = Mapping[HtmlElement, Mapping[str, str]]
_NO_STYLES: Styles = {}


class Joint(NamedTuple):
    """Where a digit follows upon one of another element.

    `crossed`: what begins (True) or ends (False) between them.
    """

    before: HtmlElement
    after: HtmlElement
    crossed: tuple[tuple[HtmlElement, bool], ...]
    is_drawn: bool
    """Is one of the two a picture?"""


def joints(root: HtmlElement, styles: Styles = _NO_STYLES, looks: Looks | None = None) -> Iterator[Joint]:
    """The joints of numbers in the cells of a page; without `looks`, as if all of it showed."""
    for cell in root.iter(*CELLS):
        if len(cell) > 0 and (looks is None or cell in looks):
            yield from _joints_in(cell, styles, looks)


def _joints_in(cell: HtmlElement, styles: Styles, looks: Looks | None) -> Iterator[Joint]:
    """The joints of a cell, without those of tables within it."""
    last, before, crossed = "", cell, list[tuple[HtmlElement, bool]]()
    walk = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walk:
        begins = event == "start"
        if element is cell and not begins:
            return  # what follows stands outside
        holder = element if begins else element.getparent()
        is_shown = looks is None or element in looks
        if element.tag in BLOCK_TAGS or stands_apart(element, styles.get(element, {})):
            last = ""
        text = PICTURE if begins and _is_drawn(element, is_shown) else ""
        is_skipped = not is_shown or element.tag == "table"
        if is_shown:
            crossed.append((element, begins))
        if begins and is_skipped:
            walk.skip_subtree()  # its end still comes, and with it the text behind it
        else:
            look = None if looks is None or holder is None else looks[holder]
            text += _shown(element.text if begins else element.tail, look)
        if text == "" or holder is None:
            continue
        pair = last + text[0]
        if _JOINED.fullmatch(pair):
            yield Joint(before, holder, tuple(crossed), PICTURE in pair)
        last, before, crossed = text[-1], holder, []


def _is_drawn(element: HtmlElement, is_shown: bool) -> bool:
    """Does an element draw something where it begins?"""
    return (element.tag in DRAWN or (element.tag == "img" and is_shown)) and not is_spacer(element)


def _shown(text: str | None, look: Look | None) -> str:
    """A text as it shows, without what prints nothing; blanks around it are kept, for they part numbers."""
    return "" if not text else visible(f"|{text if look is None else look.shown(text)}|")[1:-1]


def parted(found: Iterable[Joint], styles: Styles, looks: Looks) -> Iterator[HtmlElement]:
    """The elements with a digit that may be none of the number before it."""
    for joint in found:
        if joint.is_drawn:
            yield joint.after
            continue
        room = sum(_room(e, styles.get(e, {}), looks[e].size, begins) for e, begins in joint.crossed)
        if _is_apart((looks[joint.before].size, looks[joint.after].size), room):
            yield joint.after


def may_part(element: HtmlElement, own: Mapping[str, str], before: Look, after: Look) -> bool:
    """Would a digit in the element be none of the number beside it if it had that style and look?"""
    room = sum(_room(element, own, after.size, begins) for begins in (True, False))
    return _is_apart((before.size, after.size), room)


def _is_apart(sizes: tuple[float, float], room: float) -> bool:
    small, large = sorted(sizes)
    return small < SETTINGS.same_font * large or room > SETTINGS.part_gap * small


def _room(element: HtmlElement, own: Mapping[str, str], size: float, begins: bool) -> float:
    """Pixels that an element leaves free where it begins or ends; infinite where that is not known."""
    display = own.get("display", "")
    if display.startswith(("table", "inline-table")):
        return float("inf")
    room = sum(_length(own.get(side, "0"), size) for side in _ROOM[begins])
    if display == "inline-block":
        wide = max(_length(own.get(name, "0"), size) for name in ("width", "min-width"))
        # A digit is half as wide as high.
        room += max(0.0, wide - size / 2 * len("".join(element.itertext())))
    return room


def _length(value: str, size: float) -> float:
    """A length in pixels, infinite where it is told by what is not known."""
    known = None if value.endswith("%") else length_of(value, size)
    return known if known is not None else 0.0 if value in UNCHANGED else float("inf")


def is_spacer(image: HtmlElement) -> bool:
    """Is it a picture that only keeps a place?"""
    is_tiny = any(_TINY.fullmatch(image.get(side, "")) for side in ("width", "height"))
    return is_tiny or _SPACER.search(image.get("src", "")) is not None
