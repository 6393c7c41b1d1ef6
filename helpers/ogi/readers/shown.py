"""Reduce a page to what a browser shows: hidden elements removed, form fields and marks written as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from lxml.html import HtmlElement
from tinycss2.color4 import parse_color

from ogi.readers.doubts import OF_NUMBERS, doubt, joined_boxes, may_be_of_number
from ogi.readers.fields import write_out
from ogi.readers.looks import CELLS, INLINE, OUT_OF_FLOW, PICTURE, TABLE_PARTS, UNCHANGED, Look, look_of
from ogi.readers.own_style import content_of, style_of
from ogi.readers.settings import SETTINGS
from ogi.readers.stylesheet import Ruled, perhaps_in, ruled, strongest
from ogi.values import visible

_UNSEEN_TAGS = frozenset(
    "script style noscript template head title iframe object embed applet svg math canvas audio video select"
    " textarea button datalist rp meter progress".split()
)
_DRAWN = frozenset("svg math canvas object embed applet iframe button meter progress".split())
"""What shows something that is not read: in a cell it is a picture."""
_BLOCKS = ("block", "flex", "grid", "table", "list-item", "flow-root")
"""Values of `display` that part an element from the line it stands in."""
_TINY = re.compile(r"\s*[0-3](?:px)?\s*")
_SPACER = re.compile(r"(?:spacer?|blank|transparent|pixel|dot)\w*\.(?:gif|png)", re.IGNORECASE)
_WITH_CUSTOM = "//*[contains(@style, 'var(')]"


def show(root: HtmlElement, *, by_rules: bool = True) -> bool:
    """Remove from a tree what a browser does not show, and write out as text what it shows without text.

    Args:
        by_rules: Remove also tables that only a style sheet hides. A script may show them again.

    Returns:
        Whether a style sheet hid a table.
    """
    for field in list(root.iter("input", "textarea", "select")):
        if next(field.iterancestors(*CELLS), None) is not None:
            write_out(field)
    rules, perhaps = ruled(root)
    styles = {element: style_of(element, rules.get((element, None), ())) for element in root.iter()}
    looks, removed, some_hidden = _looks(root, styles, by_rules=by_rules)
    styled = {element: own for element, own in styles.items() if own}
    doubt(root, chain(_changed(looks, rules, _with_own(perhaps, root)), joined_boxes(styled, looks)))
    covered = _covered(looks, styled, rules)
    looks |= {e: look._replace(is_odd=True) for e, look in looks.items() if covered and look.cell in covered}
    lost = _rewrite(looks, rules) | _cells_with_pictures(looks, styled)
    _part_lines(styled)
    for element, above in removed.items():
        _remove(element, above)
    for cell in lost:
        if not visible("".join(cell.itertext())):
            cell.text = PICTURE
    return some_hidden


def _looks(
    root: HtmlElement, styles: dict[HtmlElement, dict[str, str]], *, by_rules: bool
) -> tuple[dict[HtmlElement, Look], dict[HtmlElement, Look], bool]:
    """The look of each shown element; of what is around each that is not; and whether a sheet hid a table."""
    looks: dict[HtmlElement, Look] = {}
    removed: dict[HtmlElement, Look] = {}
    some_hidden = False
    # Where a sheet that is not in the page may set colours, no ground is known but those set in the page.
    around = Look(ground=None) if _has_sheet_elsewhere(root) else Look()
    for element, own in styles.items():
        parent = element.getparent()
        above = around if element is root or parent is None else looks.get(parent)
        if above is None:
            continue  # within what is removed
        look = look_of(element, own, above)
        is_kept = element.tag in ("html", "body")  # scripts hide the body until the page has loaded
        if not is_kept and _is_hidden(element, own, look, above):
            alone = style_of(element)
            if _has_table(element) and not _is_hidden(element, alone, look_of(element, alone, above), above):
                some_hidden, is_kept = True, not by_rules
            if not is_kept:
                removed[element] = above
                continue
        looks[element] = look._replace(is_visible=True, is_away=False) if is_kept else look
    return looks, removed, some_hidden


def _with_own(perhaps: Ruled, root: HtmlElement) -> Ruled:
    """What may be declared, by rules and by the style of elements of their own."""
    own = ((element, perhaps_in(element.get("style", ""))) for element in root.xpath(_WITH_CUSTOM))
    return perhaps | {(e, None): perhaps.get((e, None), ()) + declared for e, declared in own if declared}


def _changed(looks: dict[HtmlElement, Look], rules: Ruled, perhaps: Ruled) -> Iterator[HtmlElement]:
    """The elements that would show otherwise, or show at all, if all declared held that may."""
    for (element, pseudo), declared in perhaps.items():
        own = style_of(element, rules.get((element, None), ()) + declared)
        if pseudo is not None:
            is_changed = (
                OF_NUMBERS.search(content_of(strongest(declared).get("content", ""), element)) is not None
            )
        else:
            is_changed = _shows_otherwise(element, own, looks)
        if is_changed:
            yield element


def _shows_otherwise(element: HtmlElement, own: dict[str, str], looks: dict[HtmlElement, Look]) -> bool:
    """Would an element with another style show where it does not, or its text in another way?"""
    parent, before = element.getparent(), looks.get(element)
    above = Look() if parent is None else looks.get(parent)
    if above is None or not may_be_of_number(element):
        return False  # within what is removed, or words
    look = look_of(element, own, above)
    if _is_hidden(element, own, look, above):
        return before is not None
    is_apart = element.tag in INLINE and own.get("display") in _BLOCKS
    return before is None or is_apart or look.shown("0") != before.shown("0")


def _is_hidden(element: HtmlElement, own: dict[str, str], look: Look, above: Look) -> bool:
    """Does it take no place at all, or is a table in it that is not seen?"""
    if not own:
        return element.tag in _UNSEEN_TAGS
    is_removed = own.get("display") == "none" or own.get("mso-hide") == "all"
    if element.tag in _UNSEEN_TAGS or is_removed or own.get("visibility") == "collapse":
        return True
    unseen = (above.is_visible and not look.is_visible) or (look.is_away and not above.is_away)
    return unseen and _has_table(element)


def _cells_with_pictures(
    looks: dict[HtmlElement, Look], styles: dict[HtmlElement, dict[str, str]]
) -> set[HtmlElement]:
    """The cells whose own style or an element in which sets a picture behind the text."""
    pictured = (e for e, own in styles.items() if "url(" in own.get("background-image", ""))
    return {
        cell
        for element in pictured
        if element in looks and (cell := looks[element].cell) is not None
        if element is not cell or "style" in element.attrib or "background" in element.attrib
    }


def _covered(
    looks: dict[HtmlElement, Look],
    styles: dict[HtmlElement, dict[str, str]],
    rules: Ruled,
) -> set[HtmlElement | None]:
    """The cells within which something with a ground of its own is laid over the text."""
    added = ((e, strongest(own)) for (e, pseudo), own in rules.items() if pseudo in ("before", "after"))
    laid = ((e, own) for e, own in chain(styles.items(), added) if own.get("position") in OUT_OF_FLOW)
    return {
        looks[e].cell
        for e, own in laid
        if e in looks and own.get("display") != "none" and _has_ground(own) and e is not looks[e].cell
    } - {None}


def _has_ground(own: dict[str, str]) -> bool:
    colour = parse_color(own.get("background-color", "transparent"))
    is_clear = colour is None or colour == "currentcolor" or colour.alpha == 0
    return not is_clear or own.get("background-image", "none") not in UNCHANGED


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


def _part_lines(styles: dict[HtmlElement, dict[str, str]]) -> None:
    """Make blocks of the elements that style sets on lines of their own, as a browser does."""
    for element, own in styles.items():
        if (element.tag in INLINE or "-" in str(element.tag)) and own.get("display") in _BLOCKS:
            element.tag = "div"


def _has_table(element: HtmlElement) -> bool:
    return element.tag in TABLE_PARTS or next(element.iterdescendants("table"), None) is not None


def _rewrite(looks: dict[HtmlElement, Look], rules: Ruled) -> set[HtmlElement]:
    """Write each text as it shows, and what ::before and ::after add; return the cells that lost some."""
    lost: set[HtmlElement] = set()

    def shown(text: str | None, look: Look) -> str | None:
        new = look.shown(text) if text else text
        if text and text.strip() and not (new or "").strip() and look.cell is not None:
            lost.add(look.cell)
        return new

    for element, look in looks.items():
        if look.is_plain:
            continue
        if (text := element.text) and (new := shown(text, look)) != text:
            element.text = new
        for child in element:
            if (text := child.tail) and (new := shown(text, look)) != text:
                child.tail = new
    for (element, pseudo), declared in rules.items():
        inside = looks.get(element)
        if pseudo in ("before", "after") and inside is not None and inside.cell is not None:
            own = strongest(declared)
            added = element.makeelement("span")
            added.text = shown(content_of(own.get("content", ""), element), look_of(added, own, inside))
            if added.text and own.get("display") != "none":
                _insert(added, element, first=pseudo == "before")
    return lost


def _insert(added: HtmlElement, element: HtmlElement, *, first: bool) -> None:
    if first:
        added.tail, element.text = element.text, None
        element.insert(0, added)
    else:
        element.append(added)


def _remove(element: HtmlElement, around: Look) -> None:
    """Take an element out of the page; one that draws something leaves a picture in its cell."""
    if around.cell is not None and element.tag in _DRAWN and around.contrast > SETTINGS.unseen_contrast:
        if re.search(r"\d", "".join(map(str, element.itertext()))):
            element.tail = PICTURE + (element.tail or "")
        else:
            sides = {side: element.get(side, "") for side in ("width", "height")}
            element.addprevious(element.makeelement("img", sides))
    element.drop_tree()
