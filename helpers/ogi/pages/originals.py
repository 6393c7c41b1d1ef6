"""The reports that lie beside a page, and what leads to them."""

from __future__ import annotations

import html
import re
from collections.abc import Collection
from pathlib import Path
from urllib.parse import quote

from ogi.pages.html import render
from ogi.readers import WEB_SUFFIXES

FOLDER = "reports"
"""Where the copies lie, seen from the page: they go wherever the page goes."""
_MARKED = re.compile(r'<a class="original" data-original="([^"]*)" data-page="(\d*)">')
"""As the macro `original` writes it: in a notebook, which has no such folder, it leads nowhere."""


def is_web_page(name: str) -> bool:
    """Is a report a web page? Its copy is not as it was published, but `framed`."""
    return Path(name).suffix.lower() in WEB_SUFFIXES


def copy_name(name: str) -> str:
    """How the copy of a report is called; that of any web page is one in HTML."""
    is_other_page = is_web_page(name) and not name.lower().endswith((".html", ".htm"))
    return f"{name}.html" if is_other_page else name


def framed(text: str, name: str) -> str:
    """A web page in a frame where no script of it runs and nothing is fetched; it looks plainer for it."""
    return render("framed", "zh", name=name, text=text)


def place_of(name: str, page: int | str | None = None) -> str:
    """Where the copy of a report lies, seen from the page; of a PDF the page that is meant, if one is."""
    at = f"#page={page}" if page and name.lower().endswith(".pdf") else ""
    return f"{FOLDER}/{quote(copy_name(name))}{at}"


def linked(body: str, names: Collection[str]) -> str:
    """The body with each mention of a report leading to its copy, of a PDF to the page that is meant.

    `names`: the files that are there; what mentions another leads nowhere.
    """

    def link(found: re.Match[str]) -> str:
        name, page = html.unescape(found[1]), found[2]
        if name not in names:
            return found[0]
        return f'<a class="original" href="{place_of(name, page)}">'

    return _MARKED.sub(link, body)
