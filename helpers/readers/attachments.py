"""Files that a web page links or frames: often the report itself, which is then not in the page."""

from __future__ import annotations

import re
from collections import Counter

from lxml.html import HtmlElement

_ATTACHMENT = re.compile(r"\.(pdf|docx?|wps|xlsx?|ofd|rtf|zip|rar)(?=$|[?#&])", re.IGNORECASE)


def attached(root: HtmlElement) -> list[str]:
    """The kind (pdf, docx …) of each file that the page links or frames."""
    framed = root.iter("a", "iframe", "embed", "object")
    links = [e.get(name, "") for e in framed for name in ("href", "src", "data")]
    found = (_ATTACHMENT.search(link.strip()) for link in dict.fromkeys(links))
    return [match[1].lower() for match in found if match is not None]


def attachment_note(kinds: list[str]) -> str:
    """What a page without figures says of the files it links."""
    named = ", ".join(f"{number} {kind}" for kind, number in sorted(Counter(kinds).items()))
    return f"no table of figures in the page, but {len(kinds)} attached file(s), which were not read: {named}"
