"""A body → one document that needs nothing else: the font of its characters, the style, a script."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import lxml.html
from markupsafe import Markup

from ogi.charts.style import css as chart_rules
from ogi.fonts import CSS_STACK, web_font_css
from ogi.pages.html import TEMPLATES, Html, render, say

_DARK_SCREEN = "@media screen and (prefers-color-scheme: dark) {{{}}}"
SHARED = "page.css"
"""The file with font and style that the pages of a run may share."""
_MADE_FROM, _HEAD_ENDS = re.compile(r'<meta name="ogi-made-from" content="(\w+)">'), 2_000
"""What tells a page's key, and the characters within which it stands."""
_SAID = ("data-states", "data-printed", "data-sure", "data-x", "data-hide", "data-y")
"""Attributes whose text a script shows."""
_PLAIN = ("beside", "verdicts")
"""Classes of elements in the reader's own font: the words compared, the rules."""


def whole(
    body: Html,
    title: str,
    language: str,
    agency: str = "",
    script: str = "",
    assets: str = "",
    made_from: str = "",
    beside: str = "",
) -> str:
    """A complete document around a body, with the font of exactly the characters in it and those `beside`.

    `made_from`: a hash of all that it follows from, which `made_from` finds again.
    With `assets` it takes font and style from SHARED there. The script, of 5 kB, always stands in the page:
    its hash keeps any other from running, which no browser checks of a file on disk.
    """
    full_title = f"{title} · {say('product', language)}"
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return render(
        "page",
        language,
        body=body,
        title=full_title,
        agency=agency,
        made_from=made_from,
        script=Markup(script),
        script_source=f"'sha256-{digest}'" if script else "'none'",
        style=Markup("" if assets else _style(_characters(f"{body}{full_title}") + beside, language)),
        shared=f"{assets}/{SHARED}" if assets else "",
    )


def made_from(page: Path) -> str | None:
    """What the page in that file was made from; None where it does not say so."""
    try:
        with page.open(encoding="utf-8") as file:
            found = _MADE_FROM.search(file.read(_HEAD_ENDS))
    except (OSError, UnicodeDecodeError):
        return None
    return None if found is None else found[1]


def shared_style(language: str) -> str:
    """What SHARED holds: the rules of pages, and the font with the characters that reports use."""
    # Rows 16 to 55 of GB 2312 are its 3,755 common characters; a rarer one is drawn in the reader's own font.
    common = bytes(byte for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF) for byte in (row, cell))
    words = (TEMPLATES.parents[1].rglob("*.yaml"), TEMPLATES.glob("*"))
    said = "".join(file.read_text("utf-8") for files in words for file in sorted(files))
    return _style(common.decode("gb2312", "ignore") + said, language)


def _style(characters: str, language: str) -> str:
    written = read("page.css") + _DARK_SCREEN.format(read("dark.css"))
    rules = re.sub(r"/\*.*?\*/|^\s+|\n", "", written, flags=re.M | re.S)
    return f"{web_font_css(characters, language)}\n:root {{ --family: {CSS_STACK}; }}\n{rules}{chart_rules()}"


def _characters(html: str) -> str:
    """The characters that the page shows in its own font."""
    tree = lxml.html.fragment_fromstring(html, create_parent="div")
    plain = (element for name in _PLAIN for element in tree.find_class(name))
    for words in (*plain, *tree.iter("script", "style")):
        words.drop_tree()
    said = [value for name in _SAID for value in tree.xpath(f"//@{name}")]
    return "".join({*tree.text_content(), *"".join(said)})


def read(name: str) -> str:
    """A file of the templates."""
    return (TEMPLATES / name).read_text(encoding="utf-8").strip()
