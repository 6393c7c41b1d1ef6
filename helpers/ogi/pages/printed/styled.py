"""Fragments as a notebook shows them: with the look of the pages, and the characters of their font."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from PIL import Image

from ogi.charts.style import AMBER, RUST
from ogi.fonts import CSS_STACK, web_font_css
from ogi.pages import picture_data
from ogi.pages.html import TEMPLATES, Html, render
from ogi.pages.printed.report import OneReport
from ogi.pages.printed.standing import BROKEN, DOUBT, EMPTY, HOLDS, UNCHECKED
from ogi.pages.words import say

GREEN, GREY = "#00694e", "#767676"
COLOURS = {HOLDS: GREEN, DOUBT: AMBER, BROKEN: RUST, UNCHECKED: GREY, EMPTY: GREY}
"""Told apart without colour too: each standing has a line of its own."""

LARGEST_PICTURE = 110_000
"""Bytes: 147 kB as a data URI."""


NOTEBOOKS = TEMPLATES.parents[3] / "notebooks"
"""Their headings are written in the same font."""


def words_of_notebooks() -> str:
    """What the font must hold for the headings between the outputs."""
    return "".join(file.read_text(encoding="utf-8") for file in sorted(NOTEBOOKS.glob("*.ipynb")))


def fragment(template: str, report: OneReport, more_text: str = "", **values: Any) -> Html:
    """The template filled in for a report, styled."""
    body = render(template, report.language, agency=report.frames.agency, **values)
    return styled(body, report.language, more_text)


def sentence(key: str, language: str, **values: object) -> Html:
    """One of the words as a fragment of its own."""
    return styled(Markup('<p class="note">{}</p>').format(say(key, language, **values)), language)


def styled(body: Markup, language: str, more_text: str = "") -> Html:
    """The body under a roof that carries its own style, since a notebook has none to share.

    The rules of the pages are nested under the roof's class, so that they reach nothing else in the notebook;
    only the font reaches its headings too. `more_text`: what else the font must hold.
    """
    text = body.striptags() + body.unescape() + more_text
    rules = "\n".join((TEMPLATES / name).read_text(encoding="utf-8") for name in ("page.css", "printed.css"))
    colours = "".join(f" --{name}: {colour};" for name, colour in COLOURS.items())
    return render(
        "printed_roof",
        language,
        body=body,
        font=Markup(web_font_css(text)),
        rules=Markup(rules.replace(":root {", "& {")),
        stack=Markup(CSS_STACK),
        variables=Markup(f"--family: {CSS_STACK};{colours}"),
    )


def data_uri(picture: Image.Image) -> str:
    """The picture as a data URI of at most LARGEST_PICTURE bytes."""
    return picture_data.data_uri(picture, LARGEST_PICTURE)
