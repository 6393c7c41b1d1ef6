"""Where things stand in the XML of a Word file: children, properties, and what these say."""

from __future__ import annotations

from collections.abc import Iterator, Set

from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from ogi.readers.limits import LIMITS


def tags(names: str) -> frozenset[str]:
    """Names of Word's own namespace as lxml has them."""
    return frozenset(qn(f"w:{name}") for name in names.split())


FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""What a text box says again for old programs."""
_WRAPPERS = tags("sdt sdtContent ins moveTo customXml smartTag")


def is_on(found: Element) -> bool:
    """A property that is there is on unless it says otherwise."""
    return found.get(qn("w:val"), "1") not in ("0", "false", "off")


def value_of(found: Element | None) -> str:
    """What a property says, empty where it is not there."""
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
