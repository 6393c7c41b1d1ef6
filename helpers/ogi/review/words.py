"""The words of a review and its templates, filled in; everything that came from a report is escaped."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup

from ogi import said
from ogi.pages.html import TAGS, Html, environment
from ogi.said import Said, known, told, wordings

ROOM = "ogi.review"
_TEMPLATES = Path(__file__).parent / "templates"
worded = partial(said.worded, ROOM)
"""A sentence in both languages, by its key in wordings.yaml."""


def render(template: str, language: str, **values: Any) -> Html:
    """The template of that name filled in; `say` gives it the room's words in the language."""

    def say_here(key: str, **named: object) -> Markup:
        return say_of(key, language, **named)

    text = environment(_TEMPLATES).get_template(f"{template}.html.j2")
    return Html(text.render(say=say_here, language=known(language), tag=TAGS[language], **values))


def plain(key: str, language: str, **values: object) -> str:
    """The same as text, which whoever shows it escapes once more."""
    return str(say_of(key, language, **values).unescape())


def title(year: int, language: str) -> str:
    """What the review of a year is called."""
    return plain("title", language, year=year)


def say_of(key: str, language: str, **values: object) -> Markup:
    """A sentence in one language; values are escaped. KeyError for an unknown key."""
    in_language = {name: told(value, language) for name, value in values.items() if isinstance(value, Said)}
    return Markup(told(wordings(ROOM)[key], known(language))).format(**{**values, **in_language})
