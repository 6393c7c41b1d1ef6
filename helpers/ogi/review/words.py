"""The words of a review and its templates, filled in; everything that came from a report is escaped."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup

from ogi import said
from ogi.pages import html
from ogi.pages.html import Html, percent
from ogi.said import wordings

ROOM = "ogi.review"
_NEARLY_ALL = 0.999
"""What is less than everything never reads 100.0 %."""
_TEMPLATES = Path(__file__).parent / "templates"
worded = partial(said.worded, ROOM)
"""A sentence in both languages, by its key in wordings.yaml."""


def render(template: str, language: str, **values: Any) -> Html:
    """The template of that name filled in; `say` gives it the room's words in the language."""
    return html.render(template, language, _TEMPLATES, wordings(ROOM), **values)


def plain(key: str, language: str, **values: object) -> str:
    """The same as text, which whoever shows it escapes once more."""
    return str(say_of(key, language, **values).unescape())


def title(year: int, language: str) -> str:
    """What the review of a year is called."""
    return plain("title", language, year=year)


def likeness(share: float) -> str:
    """How much is alike as a percentage, which is 100 only where nothing differs."""
    return percent(share if share == 1 else min(share, _NEARLY_ALL))


def say_of(key: str, language: str, **values: object) -> Markup:
    """A sentence in one language; values are escaped. KeyError for an unknown key."""
    return html.say(key, language, wordings(ROOM), **values)
