"""Fragments of a page: escaped HTML that a notebook shows as such."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ogi.pages.words import TAGS, say
from ogi.said import known

ROOF = "ogi-report"
"""The class under which the rules of the pages hold in a notebook."""
TEMPLATES = Path(__file__).parent / "templates"


class Html(Markup):
    """A fragment of HTML in which everything that came from a report is escaped."""

    def _repr_html_(self) -> str:
        return f'<div class="{ROOF}">{self}</div>'

    def __repr__(self) -> str:
        return f"<Html of {len(self)} characters>"


@cache
def environment() -> Environment:
    """The templates; every value put into them is escaped, and a value that is missing is an error."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(template: str, language: str, **values: Any) -> Html:
    """The template of that name filled in; `say` gives it the page's own words in the language."""

    def say_here(key: str, **named: object) -> Markup:
        return say(key, language, **named)

    text = environment().get_template(f"{template}.html.j2")
    tag = TAGS[known(language)]
    return Html(text.render(say=say_here, language=language, tag=tag, **values))
