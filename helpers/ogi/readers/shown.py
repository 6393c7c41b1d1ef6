"""Reduce a page to what a browser shows: hidden elements removed, form fields and marks written as text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from itertools import chain

from lxml.html import HtmlElement
from tinycss2.color4 import parse_color

from ogi.readers.custom import Custom, alternatives, custom_of
from ogi.readers.doubts import OF_NUMBERS, doubt, joined_boxes, may_be_of_number
from ogi.readers.fields import write_out
from ogi.readers.joints import joints, may_part, parted
from ogi.readers.looks import (
    CELLS,
    DRAWN,
    OUT_OF_FLOW,
    PICTURE,
    TABLE_PARTS,
    UNCHANGED,
    Look,
    look_of,
    stands_apart,
)
from ogi.readers.own_style import content_of, style_of
from ogi.readers.settings import SETTINGS
from ogi.readers.stylesheet import Ruled, perhaps_in, ruled, strongest
from ogi.values import visible

_UNSEEN_TAGS = frozenset(
    "script style noscript template head title iframe object embed applet svg math canvas audio video select"
    " textarea button datalist rp meter progress".split()
)
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
    rules, perhaps = ruled(root, every=next(joints(root), None) is not None)
    styles = {element: style_of(element, rules.get((element, None), ())) for element in root.iter()}
    looks, removed, some_hidden = _looks(root, styles, by_rules=by_rules)
    styled = {element: own for element, own in styles.items() if own}
    found = list(joints(root, styled, looks))
    joined = {element for joint in found for element, _ in joint.crossed}
    changed = _changed(looks, rules, _with_own(perhaps, root), custom_of(root), joined)
    doubt(root, chain(changed, joined_boxes(styled, looks), parted(found, styled, looks)))
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


def _changed(
    looks: dict[HtmlElement, Look], rules: Ruled, perhaps: Ruled, custom: Custom, joined: Set[HtmlElement]
) -> Iterator[HtmlElement]:
    """The elements that would show otherwise, or show at all, if what may be declared held.

    `joined`: those at whose edges a number goes on.
    """
    for (element, pseudo), declared in perhaps.items():
        if pseudo is not None:
            added = content_of(strongest(declared).get("content", ""), element)
            is_changed = OF_NUMBERS.search(added) is not None
        else:
            known = rules.get((element, None), ())
            styles = (style_of(element, known + one) for one in alternatives(declared, custom))
            is_changed = any(_shows_otherwise(element, own, looks, element in joined) for own in styles)
        if is_changed:
            yield element


def _shows_otherwise(
    element: HtmlElement, own: dict[str, str], looks: dict[HtmlElement, Look], is_joined: bool
) -> bool:
    """Would an element with another style show where it does not, or its text in another way?"""
    parent, before = element.getparent(), looks.get(element)
    above = Look() if parent is None else looks.get(parent)
    if above is None or not may_be_of_number(element):
        return False  # within what is removed, or words
    look = look_of(element, own, above)
    if _is_hidden(element, own, look, above):
        return before is not None
    if before is None or stands_apart(element, own) or look.shown("0") != before.shown("0"):
        return True
    return is_joined and may_part(element, own, before, look)


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


def _part_lines(styles: dict[HtmlElement, dict[str, str]]) -> None:
    """Make blocks of the elements that style sets on lines of their own, as a browser does."""
    for element, own in styles.items():
        if stands_apart(element, own):
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
    if around.cell is not None and element.tag in DRAWN and around.contrast > SETTINGS.unseen_contrast:
        if re.search(r"\d", "".join(map(str, element.itertext()))):
            element.tail = PICTURE + (element.tail or "")
        else:
            sides = {side: element.get(side, "") for side in ("width", "height")}
            element.addprevious(element.makeelement("img", sides))
    element.drop_tree()
