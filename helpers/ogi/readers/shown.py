"""Reduce a page to what a browser shows: hidden elements removed, form fields and marks written as text."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml.html import HtmlElement

from ogi.readers.stylesheet import hidden_by_rules

_UNSEEN_TAGS = frozenset(
    "script style noscript template head title iframe object embed applet svg math canvas audio video select"
    " textarea button".split()
)
_UNSEEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all|(?:left|top)\s*:\s*-\d{4,}px",
    re.IGNORECASE,
)
_VANISHING_STYLE = re.compile(
    r"(?:font-size\s*:\s*0+(?:px|pt|r?em|%)?|opacity\s*:\s*0+(?:\.0+)?)\s*(?:!|;|$)", re.IGNORECASE
)
_INLINE = frozenset("a b bdo big em font i label mark p s small span strong u".split())
"""Only text so small is put in to spoil a copy; a frame has it to close the gaps between its children."""
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_TEXT_FIELDS = frozenset(("", "text", "number", "tel"))
_TINY = re.compile(r"\s*[0-3](?:px)?\s*")
_SPACER = re.compile(r"(?:spacer?|blank|transparent|pixel|dot)\w*\.(?:gif|png)", re.IGNORECASE)
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
PICTURE = "\ufffc"
"""Stands for what is shown without being text, in a cell that holds nothing else."""


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
        by_rules: Remove also what only a style sheet hides. A script may show it again.

    Returns:
        Whether a style sheet hid anything.
    """
    hidden = hidden_by_rules(root) if by_rules else set()
    for field in list(root.iter("input", "textarea", "select")):
        if next(field.iterancestors("td", "th"), None) is not None:
            _write_out(field)
    for element in [e for e in root.iterdescendants() if e in hidden or _is_unseen(e)]:
        element.drop_tree()
    for element in root.iterdescendants():
        style = element.get("style", "")
        if element.tag == "sup" or (element.tag in _INLINE and _RAISED.search(style)):
            _change(element, raised)
        if element.tag in ("s", "strike", "del") or _STRUCK.search(style):
            _change(element, struck)
    return bool(hidden)


def shows_picture(cell: HtmlElement) -> bool:
    """Does a cell hold a picture that may be a printed figure, not one that only keeps a place?"""
    return any(
        not any(_TINY.fullmatch(image.get(side, "")) for side in ("width", "height"))
        and _SPACER.search(image.get("src", "")) is None
        for image in cell.iterdescendants("img")
    )


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


def _change(root: HtmlElement, how: Callable[[str], str]) -> None:
    """Change all text within an element, each piece by itself."""
    for element in root.iter():
        element.text = how(element.text) if element.text else element.text
        if element is not root:
            element.tail = how(element.tail) if element.tail else element.tail


def _is_unseen(element: HtmlElement) -> bool:
    if element.tag in _UNSEEN_TAGS:
        return True
    style = element.get("style", "")
    if "hidden" in element.attrib or _UNSEEN_STYLE.search(style) is not None:
        return bool(element.tag != "body")  # scripts hide the body until the page has loaded
    vanishes = element.tag in _INLINE and _VANISHING_STYLE.search(style) is not None
    return vanishes and not any("font-size" in inner.get("style", "") for inner in element.iterdescendants())
