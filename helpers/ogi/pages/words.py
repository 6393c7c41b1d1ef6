"""The page's own words in both languages, and how a figure is written. Official labels come from forms."""

from __future__ import annotations

from markupsafe import Markup

from ogi.forms import REPORT_TITLE, Group, Item, Measure
from ogi.said import Said, known, told, wordings
from ogi.tables import MARKS

TAGS = {"en": "en", "zh": "zh-Hans"}
"""Language → its tag in HTML."""

TEXT: dict[str, Said] = {
    **wordings("ogi.pages"),
    "kind": Said("Annual reports on open government information", REPORT_TITLE),
    **{f"mark.{mark}": Said(mark, chinese) for mark, chinese in MARKS.items()},
}
"""Key → the words of a page; the keys are those of wordings.yaml."""


def say(key: str, language: str, **values: object) -> Markup:
    """A sentence or word of the page; values are escaped. KeyError for an unknown key."""
    return Markup(told(TEXT[key], known(language))).format(**values)


def chinese(text: str) -> Markup:
    """Official Chinese beside English."""
    return Markup('<span lang="zh-Hans" class="zh">{}</span>').format(text)


def label(thing: Item | Measure | Group, language: str) -> Markup:
    """An official label: in Chinese as printed, in English with the Chinese beside it."""
    number = getattr(thing, "number", "")
    if known(language) == "zh":
        return Markup("{}{}").format(number, thing.zh)
    return Markup("{} {}").format(thing.en, chinese(f"{number}{thing.zh}"))


def number(value: float, signed: bool = False) -> str:
    """A figure with thousands separated, a real minus sign, and no more decimals than it has."""
    text = f"{abs(value):,.6f}".rstrip("0").rstrip(".")
    sign = "\u2212" if value < 0 else "+" if signed and value > 0 else ""
    return f"{sign}{text}"


def percent(share: float) -> str:
    """A share as a percentage with one decimal."""
    return f"{100 * share:.1f}%"


def listed(things: list[str], language: str) -> str:
    """Several things in one sentence."""
    return ("、" if known(language) == "zh" else ", ").join(things)
