"""The words of a review and its templates, filled in; everything that came from a report is escaped."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ogi import said
from ogi.pages.html import TAGS, Html
from ogi.said import known, told, wordings

ROOM = "ogi.review"
worded = partial(said.worded, ROOM)
"""A sentence in both languages, by its key in wordings.yaml."""


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(template: str, language: str, **values: Any) -> Html:
    """The template of that name filled in; `say` gives it the room's words in the language."""

    def say_here(key: str, **named: object) -> Markup:
        return say_of(key, language, **named)

    text = _environment().get_template(f"{template}.html.j2")
    return Html(text.render(say=say_here, language=known(language), tag=TAGS[language], **values))


def say_of(key: str, language: str, **values: object) -> Markup:
    """A sentence in one language; values are escaped. KeyError for an unknown key."""
    return Markup(told(wordings(ROOM)[key], known(language))).format(**values)
