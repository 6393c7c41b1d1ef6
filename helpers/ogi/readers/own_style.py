"""The style of one element of a page: by its tag, its attributes, rules and its own declarations."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain

from lxml.html import HtmlElement
from tinycss2.color4 import parse_color

from ogi.readers.looks import PICTURE, UNCHANGED
from ogi.readers.stylesheet import Declared, declared_in, strongest

# What a browser gives these elements, and attributes older than style sheets.
_OF_TAGS: dict[str, Declared] = {
    "sup": (("vertical-align", "super", False), ("font-size", "smaller", False)),
    "sub": (("vertical-align", "sub", False), ("font-size", "smaller", False)),
    "rt": (("vertical-align", "super", False), ("font-size", "50%", False)),
    "small": (("font-size", "smaller", False),),
    "big": (("font-size", "larger", False),),
    "s": (("text-decoration-line", "line-through", False),),
    "strike": (("text-decoration-line", "line-through", False),),
    "del": (("text-decoration-line", "line-through", False),),
    "bdo": (("unicode-bidi", "bidi-override", False),),
}
_OF_ATTRIBUTES = {"color": "color", "text": "color", "bgcolor": "background-color"}
_FONT_SIZES = {"1": "10px", "2": "13px", "3": "16px", "4": "18px", "5": "24px", "6": "32px", "7": "48px"}
_FONT_SIZES |= {"-2": "10px", "-1": "13px", "+1": "18px", "+2": "24px", "+3": "32px", "+4": "48px"}
_CONTENT = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'|attr\(\s*([\w-]+)\s*\)|(\S+)", re.DOTALL)
_ESCAPED = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)


def style_of(element: HtmlElement, ruled: Declared = ()) -> dict[str, str]:
    """The value of each property of an element by its tag and attributes, and by rules in between."""
    told = str(element.tag), tuple(element.items())
    if not ruled:
        return _unruled(*told)
    hints, own = _told(*told)
    return strongest((*hints, *ruled, *own))


@lru_cache(maxsize=4096)
def _unruled(tag: str, attributes: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return strongest(chain.from_iterable(_told(tag, attributes)))


def _told(tag: str, attributes: tuple[tuple[str, str], ...]) -> tuple[Declared, Declared]:
    """What a tag and its attributes say of its look, weaker than any rule; and its own style, stronger."""
    hints = _OF_TAGS.get(tag, ())
    own: Declared = ()
    for name, value in attributes:
        if name == "style":
            own = declared_in(value)
        elif name in _OF_ATTRIBUTES and value.strip():
            known = parse_color(value.strip()) is not None
            hints += ((_OF_ATTRIBUTES[name], value if known else f"#{value.strip()}", False),)
        elif name == "size" and tag == "font":
            hints += (("font-size", _FONT_SIZES.get(value.strip(), "medium"), False),)
        elif name == "background":
            hints += (("background-image", "url()", False),)
        elif name == "dir":
            hints += (("direction", value.strip().lower(), False),)
        elif name in ("hidden", "popover"):
            hints += (("display", "none", False),)
        elif name == "href" and tag == "a":
            hints += (("color", "#0000ee", False),)
    return hints, own


def content_of(value: str, element: HtmlElement) -> str:
    """What `content` shows; PICTURE for what is neither a text nor an attribute."""
    if value in UNCHANGED:
        return ""
    texts = []
    for double, single, name, other in _CONTENT.findall(value):
        if other == "/":
            break  # what follows is read aloud, not shown
        written = _ESCAPED.sub(lambda m: chr(min(int(m[1], 16), 0xFFFD)) if m[1] else m[2], double or single)
        texts.append(PICTURE if other else element.get(name, "") if name else written)
    return "".join(texts)
