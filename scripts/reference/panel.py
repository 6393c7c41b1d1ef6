"""The codebook of the panel as a page of the docs: the other pages that it names are links there."""

from __future__ import annotations

import re

from ogi.panel import codebook

_PAGE = re.compile(r"`docs/(?:zh/)?([\w-]+)\.md`")


def panel(language: str = "en") -> str:
    return _PAGE.sub(r"[\1](\1.md)", codebook(language))
