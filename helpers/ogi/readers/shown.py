"""Reduce a page to what a browser shows: hidden elements removed, form fields and marks written as text.

What is understood is read as it shows. Where the look of a number in a table's cell is not understood,
PICTURE stands in its place, so that the cell is unreadable and never blank.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml.html import HtmlElement
from tinycss2.color4 import parse_color

from ogi.readers.settings import SETTINGS
from ogi.readers.stylesheet import Declared, declared_in, ruled, strongest
from ogi.values import visible

_UNSEEN_TAGS = frozenset(
    "script style noscript template head title iframe object embed applet svg math canvas audio video select"
    " textarea button".split()
)
_DRAWN = frozenset("svg math canvas object embed applet iframe button meter progress".split())
"""What shows something that is not read: in a cell it is a picture."""
_INLINE = frozenset("a b bdo big del em font i ins label mark p s small span strike strong sub sup u".split())
_CELLS = ("td", "th")
_TABLE_PARTS = frozenset("table thead tbody tfoot tr".split())
_TEXT_FIELDS = frozenset(("", "text", "number", "tel"))
_TINY = re.compile(r"\s*[0-3](?:px)?\s*")
_SPACER = re.compile(r"(?:spacer?|blank|transparent|pixel|dot)\w*\.(?:gif|png)", re.IGNORECASE)
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
PICTURE = "\ufffc"
"""Stands for what is shown without being text, in a cell that holds nothing else."""

# What a browser gives these elements, and attributes older than style sheets.
_OF_TAGS: dict[str, Declared] = {
    "sup": (("vertical-align", "super", False),),
    "sub": (("vertical-align", "sub", False),),
    "s": (("text-decoration-line", "line-through", False),),
    "strike": (("text-decoration-line", "line-through", False),),
    "del": (("text-decoration-line", "line-through", False),),
    "bdo": (("unicode-bidi", "bidi-override", False),),
}
_OF_ATTRIBUTES = {"color": "color", "text": "color", "bgcolor": "background-color"}
_LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))(px|pt|r?em|ex|%|cm|mm|in|vw|vh)?")
_PIXELS = {"pt": 4 / 3, "rem": 16, "cm": 37.8, "mm": 3.78, "in": 96, "vw": 12.8, "vh": 8}
_SIZES = {"xx-small": 9, "x-small": 10, "small": 13, "medium": 16, "initial": 16, "large": 18}
_CONTENT = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'|attr\(\s*([\w-]+)\s*\)|(\S+)", re.DOTALL)
_ESCAPED = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_Colour = tuple[float, ...]


@dataclass(frozen=True)
class Look:
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
        if self.ground is None:  # white is not sure to show there, nor to be hidden
            dark = max(1 - part for part in self.ink[:3])
            return self.opacity * self.ink[3] * max(dark, SETTINGS.unseen_contrast + 0.01)
        far = max(abs(a - b) for a, b in zip(self.ink, self.ground, strict=False))
        return self.opacity * self.ink[3] * far

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
        faint = self.contrast < SETTINGS.least_contrast or self.size < SETTINGS.least_font
        if self.cell is not None and (self.is_odd or faint) and re.search(r"\d", text):
            return PICTURE
        text = raised(text) if self.raised > 0 else lowered(text) if self.raised < 0 else text
        return struck(text) if self.is_struck else text


def raised(text: str) -> str:
    """Text set above the line, as characters that are so by themselves: a note's 1 is no digit."""
    return text.translate(_SUPERSCRIPTS)


def lowered(text: str) -> str:
    """Text set below the line, as characters that are so by themselves."""
    return text.translate(_SUBSCRIPTS)


def struck(text: str) -> str:
    """Text struck out, as Markdown writes it, so that it is no part of the number beside it."""
    return f"~~{text}~~" if text.strip() else text


def show(root: HtmlElement, *, by_rules: bool = True) -> bool:
    """Remove from a tree what a browser does not show, and write out as text what it shows without text.

    Args:
        by_rules: Remove also tables that only a style sheet hides. A script may show them again.

    Returns:
        Whether a style sheet hid a table.
    """
    for field in list(root.iter("input", "textarea", "select")):
        if next(field.iterancestors("td", "th"), None) is not None:
            _write_out(field)
    rules = ruled(root)
    looks: dict[HtmlElement, Look] = {}
    removed: list[HtmlElement] = []
    lost: set[HtmlElement] = set()
    some_hidden = False
    # Where a sheet that is not in the page may set colours, no ground is known but those set in the page.
    around = Look(ground=None) if _has_sheet_elsewhere(root) else Look()
    for element in root.iter():
        parent = None if element is root else element.getparent()
        if parent is not None and parent not in looks:
            continue  # within what is removed
        above = around if parent is None else looks[parent]
        by_itself = (*_hints(element), *_own(element))
        by_sheets = rules.get((element, None), ())
        if element.tag in _UNSEEN_TAGS:
            removed.append(element)
            continue
        if not by_itself and not by_sheets:
            looks[element] = _look(element, {}, above)
            continue
        own = strongest((*_hints(element), *by_sheets, *_own(element)))
        look = _look(element, own, above)
        if element.tag in ("html", "body"):  # scripts hide the body until the page has loaded
            look = replace(look, is_visible=True, is_away=False)
        elif _is_hidden(own, look, above) and (has_table := _has_table(element)) | _is_removed(own):
            alone = strongest(by_itself)
            only_by_sheets = has_table and not _is_hidden(alone, _look(element, alone, above), above)
            some_hidden = some_hidden or only_by_sheets
            if by_rules or not only_by_sheets:
                removed.append(element)
                continue
            look = replace(look, is_visible=True, is_away=False)
        looks[element] = look
        is_own = element is not look.cell or "style" in element.attrib or "background" in element.attrib
        if look.cell is not None and is_own and "url(" in own.get("background-image", ""):
            lost.add(look.cell)
    lost |= _rewrite(looks, rules)
    for element in removed:
        parent = element.getparent()
        if parent is not None:
            _remove(element, looks[parent])
    for cell in lost:
        if not visible("".join(cell.itertext())):
            cell.text = PICTURE
    return some_hidden


def _has_sheet_elsewhere(root: HtmlElement) -> bool:
    return any("stylesheet" in link.get("rel", "").lower() for link in root.iter("link")) or any(
        "@import" in (sheet.text or "") for sheet in root.iter("style")
    )


def shows_picture(cell: HtmlElement) -> bool:
    """Does a cell hold a picture that may be a printed figure, not one that only keeps a place?"""
    return any(
        not any(_TINY.fullmatch(image.get(side, "")) for side in ("width", "height"))
        and _SPACER.search(image.get("src", "")) is None
        for image in cell.iterdescendants("img")
    )


def _hints(element: HtmlElement) -> Declared:
    """What the tag and its attributes say of its look, weaker than any style."""
    hints = _OF_TAGS.get(str(element.tag), ())
    for name, value in element.attrib.items():
        if name in _OF_ATTRIBUTES and value.strip():
            known = parse_color(value.strip()) is not None
            hints += ((_OF_ATTRIBUTES[name], value if known else f"#{value.strip()}", False),)
        elif name == "background":
            hints += (("background-image", "url()", False),)
        elif name == "hidden":
            hints += (("display", "none", False),)
        elif name == "href" and element.tag == "a":
            hints += (("color", "#0000ee", False),)
    return hints


def _own(element: HtmlElement) -> Declared:
    return declared_in(element.get("style", "")) if "style" in element.attrib else ()


def _is_removed(own: dict[str, str]) -> bool:
    """Does it take no place at all?"""
    collapsed = own.get("visibility") == "collapse"
    return own.get("display") == "none" or own.get("mso-hide") == "all" or collapsed


def _is_hidden(own: dict[str, str], look: Look, above: Look) -> bool:
    unseen = above.is_visible and not look.is_visible
    return _is_removed(own) or unseen or (look.is_away and not above.is_away)


def _look(element: HtmlElement, own: dict[str, str], above: Look) -> Look:
    """The look of an element with the style of its own in what is around it."""
    tag = str(element.tag)
    cell = element if tag in _CELLS else above.cell
    look = above if cell is above.cell else replace(above, cell=cell, raised=0)
    if not own:
        return look
    is_inline = tag in _INLINE or own.get("display", "").startswith("inline")
    size = _size(own.get("font-size", ""), above.size)
    lengths = {name: _pixels(value, size) for name, value in own.items() if name in _LENGTHS}
    judged = is_inline or cell is not None
    return replace(
        look,
        ink=_colour(own.get("color", "")) or above.ink,
        ground=_ground(own, above.ground),
        opacity=above.opacity * (_pixels(own["opacity"], 1.0) if judged and "opacity" in own else 1.0),
        size=size,
        is_visible=_VISIBLE.get(own.get("visibility", ""), above.is_visible),
        is_away=above.is_away or _is_away(own, lengths),
        is_odd=above.is_odd or (tag not in _TABLE_PARTS and _is_odd(tag, own, lengths)),
        raised=(_raised(own, lengths) if is_inline else 0) or look.raised,
        is_struck=above.is_struck or "line-through" in own.get("text-decoration-line", ""),
    )


_LENGTHS = frozenset(
    "text-indent left top right bottom width height max-width max-height margin-left letter-spacing".split()
)
_VISIBLE = {"visible": True, "initial": True, "hidden": False, "collapse": False}
_OUT_OF_FLOW = ("absolute", "fixed")


def _is_away(own: dict[str, str], lengths: dict[str, float]) -> bool:
    """Is it moved out of the screen, or cut off altogether, as texts for screen readers are?"""
    far = (lengths.get(name, 0.0) for name in ("left", "top", "text-indent", "margin-left"))
    if min(far) <= -SETTINGS.far_away:
        return True
    sides = (lengths.get(name, 99.0) for name in ("width", "height", "max-width", "max-height"))
    return own.get("position") in _OUT_OF_FLOW and own.get("overflow") == "hidden" and min(sides) <= 1


def _is_odd(tag: str, own: dict[str, str], lengths: dict[str, float]) -> bool:
    """Does anything move, turn or cut text so that it may not show where it stands in the page?"""
    changed = any(
        own.get(name, "none") not in _UNCHANGED for name in ("transform", "filter", "clip", "clip-path")
    )
    turned = "override" in own.get("unicode-bidi", "") or own.get("order", "0") != "0"
    moved = own.get("position") in _OUT_OF_FLOW or own.get("float", "none") not in _UNCHANGED
    aside = own.get("position") == "relative" and any(abs(lengths.get(n, 0.0)) > 2 for n in ("left", "right"))
    sides = (lengths.get(name, 99.0) for name in ("width", "height", "max-width", "max-height"))
    is_cut = (
        tag not in _CELLS and own.get("overflow") in ("hidden", "clip") and min(sides) < SETTINGS.least_font
    )
    pulled = min(lengths.get("text-indent", 0.0), lengths.get("margin-left", 0.0)) < -100
    return changed or turned or moved or aside or is_cut or pulled or lengths.get("letter-spacing", 0.0) < -3


_UNCHANGED = ("none", "auto", "initial", "inherit", "unset", "normal")


def _raised(own: dict[str, str], lengths: dict[str, float]) -> int:
    """1 where text is set above its line, -1 where below, by whatever means."""
    align = own.get("vertical-align", "")
    up = {"super": 9.0, "sub": -9.0}.get(align, _pixels(align, 16.0))
    if own.get("position") == "relative":
        up += lengths.get("bottom", 0.0) - lengths.get("top", 0.0)
    return 0 if abs(up) < 2 else 1 if up > 0 else -1


def _pixels(value: str, size: float) -> float:
    """A length, 0 where it is not understood; `size` is what 1em and 100% are."""
    found = _LENGTH.fullmatch(value)
    if found is None:
        return 0.0
    unit = found[2] or "px"
    return float(found[1]) * ({"px": 1.0, "em": size, "ex": size / 2, "%": size / 100} | _PIXELS)[unit]


def _size(value: str, above: float) -> float:
    """The size of a font whose style says so, in pixels."""
    if value in _SIZES:
        return float(_SIZES[value])
    return _pixels(value, above) if _LENGTH.fullmatch(value) is not None else above


def _colour(value: str) -> _Colour | None:
    colour = parse_color(value) if value else None
    if colour is None or isinstance(colour, str) or colour.space not in ("srgb", "hsl", "hwb"):
        return None
    return (*(c or 0.0 for c in colour.to("srgb").coordinates), colour.alpha)


def _ground(own: dict[str, str], above: _Colour | None) -> _Colour | None:
    """What lies behind the text: a colour over what is behind that."""
    if own.get("background-image", "none") not in _UNCHANGED:
        return None
    colour = _colour(own.get("background-color", ""))
    if colour is None:
        return above
    if colour[3] == 1:
        return colour[:3]
    return (
        None if above is None else tuple(b + colour[3] * (a - b) for a, b in zip(colour, above, strict=False))
    )


def _has_table(element: HtmlElement) -> bool:
    return element.tag in _TABLE_PARTS or next(element.iterdescendants("table"), None) is not None


def _rewrite(
    looks: dict[HtmlElement, Look], rules: dict[tuple[HtmlElement, str | None], Declared]
) -> set[HtmlElement]:
    """Write each text as it shows, and what ::before and ::after add; return the cells that lost some."""
    lost: set[HtmlElement] = set()

    def shown(text: str | None, look: Look) -> str | None:
        new = look.shown(text) if text else text
        if text and text.strip() and not (new or "").strip() and look.cell is not None:
            lost.add(look.cell)
        return new

    for element, look in looks.items():
        element.text = shown(element.text, look)
        for child in element:
            child.tail = shown(child.tail, look)
    for (element, pseudo), declared in rules.items():
        inside = looks.get(element)
        if pseudo in ("before", "after") and inside is not None and inside.cell is not None:
            own = strongest(declared)
            added = element.makeelement("span")
            added.text = shown(_content(own.get("content", ""), element), _look(added, own, inside))
            if added.text and own.get("display") != "none":
                _insert(added, element, first=pseudo == "before")
    return lost


def _insert(added: HtmlElement, element: HtmlElement, *, first: bool) -> None:
    if first:
        added.tail, element.text = element.text, None
        element.insert(0, added)
    else:
        element.append(added)


def _content(value: str, element: HtmlElement) -> str:
    """What `content` shows; PICTURE for what is neither a text nor an attribute."""
    if value in _UNCHANGED:
        return ""
    texts = []
    for double, single, name, other in _CONTENT.findall(value):
        if other == "/":
            break  # what follows is read aloud, not shown
        written = _ESCAPED.sub(lambda m: chr(min(int(m[1], 16), 0xFFFD)) if m[1] else m[2], double or single)
        texts.append(PICTURE if other else element.get(name, "") if name else written)
    return "".join(texts)


def _remove(element: HtmlElement, around: Look) -> None:
    """Take an element out of the page; one that draws something leaves a picture in its cell."""
    if around.cell is not None and element.tag in _DRAWN and around.contrast > SETTINGS.unseen_contrast:
        if re.search(r"\d", "".join(map(str, element.itertext()))):
            element.tail = PICTURE + (element.tail or "")
        else:
            sides = {side: element.get(side, "") for side in ("width", "height")}
            element.addprevious(element.makeelement("img", sides))
    element.drop_tree()


def _write_out(field: HtmlElement) -> None:
    """What a form field shows, as the text of a span in its place."""
    if field.tag == "input":
        if field.get("type", "").strip().lower() not in _TEXT_FIELDS:
            return
        text = field.get("value", "")
    elif field.tag == "select":
        options = list(field.iterdescendants("option"))
        chosen = [o for o in options if "selected" in o.attrib] or options
        text = "".join(chosen[0].itertext()) if chosen else ""
    else:
        text = "".join(field.itertext())
    for child in list(field):
        field.remove(child)
    field.tag, field.text = "span", text
