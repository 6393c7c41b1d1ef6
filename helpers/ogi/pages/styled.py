"""Fragments as a notebook shows them: with the look of the pages, and the characters of their font."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup

from ogi import forms
from ogi.agencies import KINDS
from ogi.charts.style import AMBER, DARK_LAB, RUST, lab_css
from ogi.checks import RULES, THEMES, rule_name
from ogi.compare import INDICATORS
from ogi.files import NOTEBOOKS
from ogi.fonts import CSS_STACK, web_font_css
from ogi.pages.cells import MARKS
from ogi.pages.frames import Frames
from ogi.pages.html import TEMPLATES, Html, listed, number, render
from ogi.said import wordings

GREEN, GREY = "#00694e", "#767676"
COLOURS = {"holds": GREEN, "doubt": AMBER, "broken": RUST, "unchecked": GREY, "empty": GREY}
"""Told apart without colour too: each standing has a line of its own."""


def look(data: Frames, language: str = "en") -> Html:
    """Style and font for the fragments of an agency; what the font must hold is gathered from its tables.

    An exported page needs nothing of it: its cell is tagged `notebook-only`.
    """
    return styled(Markup(), language, "".join(dict.fromkeys("".join(_texts(data)))))


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
        font=Markup(web_font_css(text)),
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


def words_of_notebooks() -> str:
    """What the font must hold for the headings between the outputs."""
    return "".join(file.read_text(encoding="utf-8") for file in sorted(NOTEBOOKS.glob("*.ipynb")))


def _texts(data: Frames) -> Iterator[str]:
    for frame in (data.reports, data.figures, data.checks, data.findings, data.corrections, data.marks):
        for column in frame.select_dtypes(["str", "object"]):
            yield from frame[column].dropna().astype(str).unique()
    for editions in forms.TABLES.values():
        for table in editions.values():
            yield from (item.full_label for item in table.items)
            yield from (measure.zh for measure in table.measures)
            yield table.zh
    yield from (rule_name(rule_id, "zh") for rule_id in RULES)
    yield from (chinese for chinese, _ in THEMES.values())
    yield from (text + text.zh for room in ("ogi.pages", "ogi.charts") for text in wordings(room).values())
    for indicator in INDICATORS.values():
        yield from (indicator.name.zh, indicator.means.zh, indicator.formula + indicator.formula.zh)
    yield from (kind.label + kind.label.zh for kind in KINDS.values())
    yield listed(["", ""], "zh")
    yield words_of_notebooks()
    yield from MARKS.values()
    yield number(-1)  # its minus sign is written as an escape
