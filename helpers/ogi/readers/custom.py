"""Custom properties of a page (--name): what var(--name) may stand for.

Which of several values holds where is not looked at, so whatever one of them may change is doubted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain

from lxml.html import HtmlElement

from ogi.readers.limits import LIMITS
from ogi.readers.stylesheet import Declared, declared_in

_GIVEN = re.compile(r"(--[\w-]+)\s*:\s*([^;{}]*)")
_VAR = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)", re.IGNORECASE)
"""The innermost one; its second part holds where the property is nowhere given."""

Custom = Mapping[str, tuple[str, ...]]
"""Name of a custom property → the values that it is given anywhere in the page."""


def custom_of(root: HtmlElement) -> Custom:
    """The custom properties that sheets and the styles of elements give."""
    texts = chain(
        (sheet.text or "" for sheet in root.iter("style")), root.xpath("//@style[contains(., '--')]")
    )
    text = ";".join(map(str, texts))[: LIMITS.css_characters]
    found: dict[str, dict[str, None]] = {}
    for name, value in _GIVEN.findall(text[: LIMITS.css_characters]):
        found.setdefault(name, {})[value.replace("!important", "").strip()[: LIMITS.css_custom_value]] = None
    return {name: tuple(values) for name, values in found.items()}


def alternatives(declared: Declared, custom: Custom) -> Iterator[Declared]:
    """What may be declared, with one value of each property at a time.

    First all that was declared first of each property, then the second, and so on.
    """
    values: dict[str, list[tuple[str, str, bool]]] = {}
    for name, value, important in declared:
        for text in _meant(value, custom):
            # A value without var() is a longhand's already.
            for longhand, told, _ in (
                declared_in(f"{name}:{text}") if text != value else ((name, value, False),)
            ):
                values.setdefault(longhand, []).append((longhand, told, important))
    for at in range(max(map(len, values.values()), default=0)):
        yield tuple(told[min(at, len(told) - 1)] for told in values.values())


def _meant(value: str, custom: Custom) -> list[str]:
    """What a value with var() may stand for; nothing where no property of that name is given."""
    unknown, known = [value], list[str]()
    for _ in range(LIMITS.css_custom):
        if not unknown:
            break
        one = unknown.pop()
        if (var := _VAR.search(one)) is None:
            known.append(one)
            continue
        may_be = (*custom.get(var[1], ()), *([] if var[2] is None else [var[2].strip()]))
        unknown += [one[: var.start()] + text + one[var.end() :] for text in reversed(may_be)]
    return list(dict.fromkeys(known))
