"""Links from a page to the reports themselves, copies of which lie in a folder beside it."""

from __future__ import annotations

import html
import re
from collections.abc import Collection
from urllib.parse import quote

FOLDER = "reports"
"""Where the copies lie, seen from the page: they go wherever the page goes."""
_WITH_PAGES = ".pdf"
_MARKED = re.compile(r'<a class="original" data-original="([^"]*)" data-page="(\d*)">')
"""As the macro `original` writes it: in a notebook, which has no such folder, it leads nowhere."""


def linked(body: str, names: Collection[str]) -> str:
    """The body with each mention of a report leading to its copy, of a PDF to the page that is meant.

    `names`: the files that are there; what mentions another leads nowhere.
    """

    def link(found: re.Match[str]) -> str:
        name, page = html.unescape(found[1]), found[2]
        if name not in names:
            return found[0]
        place = f"#page={page}" if page and name.lower().endswith(_WITH_PAGES) else ""
        return f'<a class="original" href="{FOLDER}/{quote(name)}{place}" rel="noreferrer">'

    return _MARKED.sub(link, body)
