"""Escaped HTML in both languages: words, official labels, figures, and templates filled in with them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ogi.forms import REPORT_TITLE, Group, Item, Measure, Section, Table
from ogi.said import Said, by_number, known, told, wordings
from ogi.tables import MARKS
from ogi.values import one_decimal

TAGS = {"en": "en", "zh": "zh-Hans"}
"""Language → its tag in HTML."""
ROOF = "ogi-report"
"""The class under which the rules of the pages hold in a notebook."""
TEMPLATES = Path(__file__).parent / "templates"

TEXT: dict[str, Said] = {
    **{key: said for key, said in wordings("ogi").items() if key.startswith(("severity.", "doubted_title"))},
    **wordings("ogi.pages"),
    "kind": Said("Annual reports on open government information", REPORT_TITLE),
    **{f"mark.{mark}": Said(mark, chinese) for mark, chinese in MARKS.items()},
}
"""Key → the words of a page; the keys are those of wordings.yaml."""


class Html(Markup):
    """A fragment of HTML in which everything that came from a report is escaped."""

    def _repr_html_(self) -> str:
        return f'<div class="{ROOF}">{self}</div>'

    def __repr__(self) -> str:
        return f"<Html of {len(self)} characters>"


@cache
def environment(templates: Path = TEMPLATES) -> Environment:
    """A folder's templates; every value put into them is escaped, and a value that is missing is an error."""
    return Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(
    template: str,
    language: str,
    templates: Path = TEMPLATES,
    words: Mapping[str, Said] = TEXT,
    /,
    **values: Any,
) -> Html:
    """A folder's template of that name filled in; `say` gives it the words in the language."""

    def say_here(key: str, **named: object) -> Markup:
        return say(key, language, words, **named)

    text = environment(templates).get_template(f"{template}.html.j2")
    return Html(text.render(say=say_here, language=known(language), tag=TAGS[language], **values))


def say(key: str, language: str, words: Mapping[str, Said] = TEXT, /, **values: object) -> Markup:
    """A sentence or word of a page in one language; values are escaped. KeyError for an unknown key."""
    in_language = {name: told(value, language) for name, value in values.items() if isinstance(value, Said)}
    sentence = by_number(told(words[key], known(language)), values)
    return Markup(sentence).format(**{**values, **in_language})


def plain(key: str, language: str, **values: object) -> str:
    """The same as text: for a title or a tip, where a template escapes it once more."""
    return str(say(key, language, **values).unescape())


def chinese(text: str) -> Markup:
    """Official Chinese beside English."""
    return Markup('<i lang="zh-Hans">{}</i>').format(text)


def label(thing: Item | Measure | Group | Section | Table, language: str) -> Markup:
    """An official label: in Chinese as printed, in English with the Chinese beside it."""
    number = getattr(thing, "number", "")
    if isinstance(thing, Section):
        number += "、"
    if known(language) == "zh":
        return Markup("{}{}").format(number, thing.zh)
    return Markup("{} {}").format(thing.en, chinese(f"{number}{thing.zh}"))


def number(value: float, signed: bool = False) -> str:
    """A figure with thousands separated, a real minus sign, and no more decimals than it has."""
    # Amounts have up to six decimals on the form; what lies behind them is an error of binary floats.
    text = f"{abs(value):,.6f}".rstrip("0").rstrip(".")
    sign = "\u2212" if value < 0 else "+" if signed and value > 0 else ""
    return f"{sign}{text}"


def percent(share: float) -> str:
    """A share as a percentage with one decimal."""
    return f"{one_decimal(100 * share)}%"


def difference(value: float) -> str:
    """A difference of two numbers with one decimal, which has one itself, with its sign."""
    text = one_decimal(abs(value))
    sign = "" if text == "0.0" else "\u2212" if value < 0 else "+"
    return f"{sign}{text}"


def relative(new: float, old: float) -> str:
    """The change in per cent, with its sign."""
    return f"{number(round(100 * (new / old - 1)), signed=True)}%"


def listed(things: list[str], language: str) -> str:
    """Several things in one sentence."""
    return ("、" if known(language) == "zh" else ", ").join(things)
