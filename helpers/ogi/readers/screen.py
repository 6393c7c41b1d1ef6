"""Which rules of a style sheet hold on a screen as wide as SETTINGS.screen_width."""

from __future__ import annotations

import re

from ogi.readers.settings import SETTINGS

_WIDTHS = re.compile(r"\((min|max)-width:([\d.]+)(px|r?em)\)")


def holds(keyword: str, condition: str) -> bool:
    """Do the rules hold that stand within such an at-rule? Today's browsers support what pages ask for."""
    if keyword == "media":
        return holds_on_screen(condition)
    return keyword == "layer" or (keyword == "supports" and not condition.lower().startswith("not"))


def holds_on_screen(media: str) -> bool:
    """Does a media query hold on a screen? One that is not understood holds nowhere."""
    return any(_part_holds("".join(part.split("and"))) for part in media.lower().split(","))


def _part_holds(part: str) -> bool:
    words = "".join(part.split())
    wrong = words.startswith("not")
    kind = _WIDTHS.sub("", words).removeprefix("not").removeprefix("only")
    widths = ((end, float(n) * (1 if unit == "px" else 16)) for end, n, unit in _WIDTHS.findall(words))
    fits = all(
        (n <= SETTINGS.screen_width) if end == "min" else (n >= SETTINGS.screen_width) for end, n in widths
    )
    return (
        ((kind in ("", "all", "screen") and fits) != wrong)
        if kind in ("", "all", "screen", "print")
        else False
    )
