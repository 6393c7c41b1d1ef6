"""How the text of an element of a page shows, by its style and by what is around it.

Where the look of a number in a table's cell is not understood, PICTURE stands in its place, so that the cell
is unreadable and never blank.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from lxml.html import HtmlElement
from tinycss2.color4 import parse_color

from ogi.readers.settings import SETTINGS

PICTURE = "\ufffc"
"""Stands for what is shown without being text, in a cell that holds nothing else."""
CELLS = ("td", "th")
TABLE_PARTS = frozenset("table thead tbody tfoot tr".split())
UNCHANGED = ("none", "auto", "initial", "inherit", "unset", "normal")
INLINE = frozenset(
    "a b bdi bdo big cite code data del dfn em font i ins kbd label mark output p q s samp small span strike"
    " strong sub sup time tt u var rt ruby".split()
)
BLOCK_TAGS = frozenset(
    "address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p"
    " pre section summary table tbody td tfoot th thead tr ul".split()
)
"""Elements that begin and end on lines of their own."""
DRAWN = frozenset("svg math canvas object embed applet iframe button meter progress".split())
"""What shows something that is not read: in a cell it is a picture."""
_BLOCKS = ("block", "flex", "grid", "table", "list-item", "flow-root")
"""Values of `display` that part an element from the line it stands in."""
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))(px|pt|pc|r?em|ex|ch|%|cm|mm|in|vw|vh)?")
_PIXELS = {"pt": 4 / 3, "pc": 16, "rem": 16, "cm": 37.8, "mm": 3.78, "in": 96, "vw": 12.8, "vh": 8}
_SIZES = {"xx-small": 9, "x-small": 10, "small": 13, "medium": 16, "initial": 16, "large": 18, "x-large": 24}
_RELATIVE_SIZES = {"smaller": 1 / 1.2, "larger": 1.2}
_LENGTHS = frozenset(
    "text-indent left top right bottom width height max-width max-height margin-left margin-right margin-top"
    " letter-spacing".split()
)
_VISIBLE = {"visible": True, "initial": True, "hidden": False, "collapse": False}
OUT_OF_FLOW = ("absolute", "fixed")
_CHANGING = (
    "transform scale translate rotate filter clip clip-path mask mask-image -webkit-mask-image"
    " -webkit-text-security grid-area grid-column grid-row"
).split()
"""What turns, moves, cuts or veils what is shown."""
_Colour = tuple[float, ...]


class Look(NamedTuple):
    """How the text of an element shows."""

    ink: _Colour = (0.0, 0.0, 0.0, 1.0)
    """Red, green, blue and opacity, from 0 to 1."""
    ground: _Colour | None = (1.0, 1.0, 1.0)
    """The colour behind the text, None where a picture lies there."""
    opacity: float = 1.0
    size: float = 16.0
    """Pixels."""
    is_visible: bool = True
    is_away: bool = False
    """Is it out of the screen, or cut off?"""
    is_odd: bool = False
    """Does it show in a way that is not understood?"""
    raised: int = 0
    """1 above the line, -1 below it."""
    is_struck: bool = False
    cell: HtmlElement | None = None
    """The cell around it."""

    @property
    def contrast(self) -> float:
        """How far the ink stands out from its ground, from 0 to 1."""
        return self.opacity * self.ink[3] * _distance(self.ink, self.ground)

    @property
    def is_plain(self) -> bool:
        """Does any text in it show as it stands?"""
        is_changed = self.is_away or self.is_odd or self.is_struck or self.raised != 0
        return not is_changed and self.is_visible and not self._is_faint

    @property
    def _is_faint(self) -> bool:
        return self.contrast < SETTINGS.least_contrast or self.size < SETTINGS.least_font

    def shown(self, text: str) -> str:
        """A text as it shows: a blank where it leaves a gap in a cell, PICTURE where that is not sure."""
        if not text.strip():
            return text
        gap = "" if self.cell is None else " "
        if self.is_away:
            return ""
        if (
            not self.is_visible
            or self.size <= SETTINGS.unseen_font
            or self.contrast <= SETTINGS.unseen_contrast
        ):
            return gap
        if self.cell is not None and (self.is_odd or self._is_faint) and re.search(r"\d", text):
            return PICTURE
        text = raised(text) if self.raised > 0 else lowered(text) if self.raised < 0 else text
        return struck(text) if self.is_struck else text


@lru_cache
def _distance(ink: _Colour, ground: _Colour | None) -> float:
    """How far two colours are apart; where a picture lies, white is not sure to show, nor to be hidden."""
    if ground is None:
        return max(*(1 - part for part in ink[:3]), SETTINGS.unseen_contrast + 0.01)
    return max(abs(a - b) for a, b in zip(ink, ground, strict=False))


def raised(text: str) -> str:
    """Text set above the line, as characters that are so by themselves: a note's 1 is no digit."""
    return text.translate(_SUPERSCRIPTS)


def lowered(text: str) -> str:
    """Text set below the line, as characters that are so by themselves."""
    return text.translate(_SUBSCRIPTS)


def struck(text: str) -> str:
    """Text struck out, as Markdown writes it, so that it is no part of the number beside it."""
    return f"~~{text}~~" if text.strip() else text


def look_of(element: HtmlElement, own: dict[str, str], above: Look) -> Look:
    """The look of an element with the style of its own in what is around it."""
    tag = str(element.tag)
    cell = element if tag in CELLS else above.cell
    look = above if cell is above.cell else above._replace(cell=cell, raised=0)
    if not own:
        return look
    is_inline = tag in INLINE or own.get("display", "").startswith("inline")
    size = _size(own.get("font-size", ""), above.size)
    lengths = {name: _pixels(value, size) for name, value in own.items() if name in _LENGTHS}
    judged = is_inline or cell is not None
    return look._replace(
        ink=colour_of(own.get("color", "")) or above.ink,
        ground=_ground(own, above.ground),
        opacity=above.opacity * (_pixels(own["opacity"], 1.0) if judged and "opacity" in own else 1.0),
        size=size,
        is_visible=_VISIBLE.get(own.get("visibility", ""), above.is_visible),
        is_away=above.is_away or _is_away(own, lengths),
        is_odd=above.is_odd or (tag not in TABLE_PARTS and _is_odd(tag, own, lengths)),
        raised=(_raised(own, lengths) if is_inline else 0) or look.raised,
        is_struck=above.is_struck or "line-through" in own.get("text-decoration-line", ""),
    )


def _is_away(own: dict[str, str], lengths: dict[str, float]) -> bool:
    """Is it moved out of the screen, or cut off altogether, as texts for screen readers are?"""
    far = (lengths.get(name, 0.0) for name in ("left", "top", "text-indent", "margin-left"))
    if min(far) <= -SETTINGS.far_away:
        return True
    sides = (lengths.get(name, 99.0) for name in ("width", "height", "max-width", "max-height"))
    return own.get("position") in OUT_OF_FLOW and own.get("overflow") == "hidden" and min(sides) <= 1


def _is_odd(tag: str, own: dict[str, str], lengths: dict[str, float]) -> bool:
    """Does anything move, turn or cut text so that it may not show where it stands in the page?"""
    changed = any(own.get(name, "none") not in UNCHANGED for name in _CHANGING)
    turned = "override" in own.get("unicode-bidi", "") or own.get("order", "0") != "0"
    turned |= own.get("direction") == "rtl" or "reverse" in own.get("flex-direction", "")
    moved = own.get("position") in OUT_OF_FLOW or own.get("float", "none") not in UNCHANGED
    aside = own.get("position") == "relative" and any(abs(lengths.get(n, 0.0)) > 2 for n in ("left", "right"))
    sides = (lengths.get(name, 99.0) for name in ("width", "height", "max-width", "max-height"))
    is_cut = (
        tag not in CELLS and own.get("overflow") in ("hidden", "clip") and min(sides) < SETTINGS.least_font
    )
    pulled = min(lengths.get(name, 0.0) for name in ("text-indent", "margin-left", "margin-top")) < -100
    margins = (lengths.get(name, 0.0) for name in ("margin-left", "margin-right"))
    pressed = lengths.get("letter-spacing", 0.0) < -3 or (tag in INLINE and tag != "p" and min(margins) < -3)
    return changed or turned or moved or aside or is_cut or pulled or pressed


def _raised(own: dict[str, str], lengths: dict[str, float]) -> int:
    """1 where text is set above its line, -1 where below, by whatever means."""
    align = own.get("vertical-align", "")
    up = {"super": 9.0, "sub": -9.0}.get(align, _pixels(align, 16.0))
    if own.get("position") == "relative":
        up += lengths.get("bottom", 0.0) - lengths.get("top", 0.0)
    return 0 if abs(up) < 2 else 1 if up > 0 else -1


def stands_apart(element: HtmlElement, own: Mapping[str, str]) -> bool:
    """Does style set an element of a line on lines of its own?"""
    return (element.tag in INLINE or "-" in str(element.tag)) and own.get("display") in _BLOCKS


def length_of(value: str, size: float) -> float | None:
    """A length in pixels, None where it is not understood; `size` is what 1em and 100% are."""
    found = _LENGTH.fullmatch(value)
    if found is None:
        return None
    own = {"px": 1.0, "em": size, "ex": size / 2, "ch": size / 2, "%": size / 100}
    return float(found[1]) * (own | _PIXELS)[found[2] or "px"]


def _pixels(value: str, size: float) -> float:
    return length_of(value, size) or 0.0


def _size(value: str, above: float) -> float:
    """The size of a font whose style says so, in pixels."""
    if value in _SIZES:
        return float(_SIZES[value])
    if value in _RELATIVE_SIZES:
        return above * _RELATIVE_SIZES[value]
    return _pixels(value, above) if _LENGTH.fullmatch(value) is not None else above


def colour_of(value: str) -> _Colour | None:
    """A colour that style tells, None where it is not understood."""
    colour = parse_color(value) if value else None
    if colour is None or isinstance(colour, str) or colour.space not in ("srgb", "hsl", "hwb"):
        return None
    return (*(c or 0.0 for c in colour.to("srgb").coordinates), colour.alpha)


def _ground(own: dict[str, str], above: _Colour | None) -> _Colour | None:
    """What lies behind the text: a colour over what is behind that."""
    if own.get("background-image", "none") not in UNCHANGED:
        return None
    colour = colour_of(own.get("background-color", ""))
    if colour is None:
        return above
    if colour[3] == 1:
        return colour[:3]
    return (
        None if above is None else tuple(b + colour[3] * (a - b) for a, b in zip(colour, above, strict=False))
    )
