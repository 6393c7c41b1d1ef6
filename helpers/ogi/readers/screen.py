"""Which rules of a style sheet hold on a screen as wide as SETTINGS.screen_width."""

from __future__ import annotations

import re

from ogi.readers.settings import SETTINGS

_WIDTHS = re.compile(r"\((min|max)-(?:device-)?width:([\d.]+)(px|r?em)\)")
_OTHERS = re.compile(
    r"\((?:prefers-[\w-]*:(?:dark|more|less|reduce)|forced-colors:active|orientation:portrait)\)"
)
"""Features that the screen of nobody in particular has not."""


def holds(keyword: str, condition: str) -> bool | None:
    """Do the rules hold that stand within such an at-rule? None where that is not known.

    Today's browsers support what pages ask for.
    """
    if keyword == "media":
        return holds_on_screen(condition)
    if keyword in ("container", "scope"):
        return None
    return keyword == "layer" or (keyword == "supports" and not condition.lower().startswith("not"))


def holds_on_screen(media: str) -> bool | None:
    """Does a media query hold on a screen? None where it asks for what is not known."""
    parts = [_part_holds("".join(part.split("and"))) for part in media.lower().split(",")]
    return True if True in parts else None if None in parts else False


def _part_holds(part: str) -> bool | None:
    words = "".join(part.split())
    wrong = words.startswith("not")
    kind = _OTHERS.sub("", _WIDTHS.sub("", words)).removeprefix("not").removeprefix("only")
    widths = ((end, float(n) * (1 if unit == "px" else 16)) for end, n, unit in _WIDTHS.findall(words))
    fits = _OTHERS.search(words) is None and all(
        (n <= SETTINGS.screen_width) if end == "min" else (n >= SETTINGS.screen_width) for end, n in widths
    )
    if kind in ("", "all", "screen"):
        return fits != wrong
    if not kind.startswith(("(", "all(", "screen(")):
        return wrong  # it is for paper, a voice or a television
    return None if fits else wrong
