"""Files that a web page links or frames: often the report itself, which is then not in the page."""

from __future__ import annotations

import re
from collections import Counter

from lxml.html import HtmlElement

from ogi.said import Said, say

_ATTACHMENT = re.compile(r"\.(pdf|docx?|wps|xlsx?|ofd|rtf|zip|rar)(?=$|[?#&])", re.IGNORECASE)


def attached(root: HtmlElement) -> list[str]:
    """The kind (pdf, docx …) of each file that the page links or frames."""
    framed = root.iter("a", "iframe", "embed", "object")
    links = [e.get(name, "") for e in framed for name in ("href", "src", "data")]
    found = (_ATTACHMENT.search(link.strip()) for link in dict.fromkeys(links))
    return [match[1].lower() for match in found if match is not None]


def attachment_note(kinds: list[str]) -> Said:
    """What a page without figures says of the files it links."""
    counts = sorted(Counter(kinds).items())
    named = Said(
        ", ".join(f"{number} {kind}" for kind, number in counts),
        "、".join(f".{kind}文件{number}个" for kind, number in counts),
    )
    return say(
        "no table of figures in the page, but {n} attached file(s), which were not read: {named}",
        "网页中无数据表格，所附{n}个文件未予识读：{named}",
        n=len(kinds),
        named=named,
    )
