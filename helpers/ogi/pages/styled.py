"""Fragments as a notebook shows them: with the look of the pages, and the characters of their font."""

from __future__ import annotations

import re
from functools import cache

import pandas as pd
from markupsafe import Markup

from ogi.charts.style import AMBER, DARK_LAB, RUST, lab_css
from ogi.files import NOTEBOOKS, PACKAGE
from ogi.fonts import CSS_STACK, web_font_css
from ogi.pages.frames import Frames
from ogi.pages.html import TEMPLATES, Html, number, render

GREEN, GREY = "#00694e", "#767676"
COLOURS = {"holds": GREEN, "doubt": AMBER, "broken": RUST, "unchecked": GREY, "empty": GREY}
"""Told apart without colour too: each standing has a line of its own."""


def look(data: Frames, language: str = "en") -> Html:
    """Style and font for the fragments of an agency; what the font must hold is gathered from its tables.

    An exported page needs nothing of it: its cell is tagged `notebook-only`.
    """
    frames = data.reports, data.figures, data.checks, data.findings, data.corrections, data.marks
    return styled(Markup(), language, words_of_package() + texts_of(*frames))


def styled(body: Markup, language: str, more_text: str = "") -> Html:
    """The body under a roof that carries its own style, since a notebook has none to share.

    The rules of the pages are nested under the roof's class, so that they reach nothing else in the notebook;
    only the font reaches its headings too. `more_text`: what else the font must hold.
    """
    text = body.striptags() + body.unescape() + more_text
    colours = "".join(f" --{name}: {colour};" for name, colour in COLOURS.items())
    return render(
        "printed_roof",
        language,
        body=body,
        font=Markup(web_font_css(text, language)),
        rules=_nested("page.css", "printed.css"),
        charts=Markup(lab_css()),
        dark=Markup(DARK_LAB),
        dark_rules=_nested("dark.css", "printed_dark.css"),
        stack=Markup(CSS_STACK),
        variables=Markup(f"--family: {CSS_STACK};{colours}"),
    )


def _nested(*names: str) -> Markup:
    """Rules for pages, to stand inside a rule for one element."""
    rules = "\n".join((TEMPLATES / name).read_text(encoding="utf-8") for name in names)
    return Markup(re.sub(r"^(:root|html) \{", "& {", rules, flags=re.MULTILINE))


def texts_of(*frames: pd.DataFrame) -> str:
    """The characters of all text in some tables."""
    columns = (frame[column] for frame in frames for column in frame.select_dtypes(["str", "object"]))
    texts = (text for column in columns for text in column.dropna().astype(str).unique())
    return "".join(sorted(set().union(*texts)))


@cache
def words_of_package() -> str:
    """The characters of all that the package itself says: its data, its code, its notebooks' headings.

    That is more than one notebook shows, and 160 kB of font; what is gathered by hand leaves something out.
    """
    files = (*PACKAGE.rglob("*.yaml"), *PACKAGE.rglob("*.py"), *NOTEBOOKS.glob("*.ipynb"))
    return "".join(sorted(set().union(*(file.read_text(encoding="utf-8") for file in files), number(-1))))
