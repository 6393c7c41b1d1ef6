"""Decode text of unknown charset; no character is lost or invented without a note.

What is valid UTF-8 is UTF-8. Other bytes are decoded in each charset that Chinese agencies use, and the text
with the most characters in common use is taken. What a file declares is often wrong, and so not looked at.
"""

from __future__ import annotations

import logging
import re
from functools import cache
from pathlib import Path

from ogi.readers.document import UnreadableFile, worded
from ogi.readers.settings import SETTINGS
from ogi.said import Said

_log = logging.getLogger(__name__)
# The first of equals is taken, so the likeliest first.
_CHARSETS = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
# Not GB18030, whose characters of four bytes hold digits, nor UTF-16, where one lost byte shifts all.
_STRAY_ALLOWED = ("utf-8", "gbk", "big5hkscs")
_ASCII = re.compile(r"[ -~\t\r\n\f\v]+")
_MARK = "\ufeff"
"""The byte order mark that may stand at the head of a file, in whatever charset."""
STRAY = "\ufffd"
"""Stands for a byte that belongs to no character."""
_STRAYS = re.compile(STRAY + "+")


def decode(data: bytes, source: Path | str = "text") -> str:
    """The text of a file in UTF-8, GB2312/GBK/GB18030, Big5 or UTF-16, without its byte order mark.

    A few stray bytes, as where a page cuts a character in two or takes in a part in another charset, become
    “�”, which is no digit. `source` is named in UnreadableFile, which is raised where no charset decodes
    nearly every byte to plausible text.
    """
    text = _strictly(data, "utf-8")
    if text is not None and "\x00" not in text:  # in UTF-16 each second byte of ASCII is 0
        return text
    decoded = {charset: _strictly(data, charset) for charset in _CHARSETS}
    scores = {charset: _plausibility(text) for charset, text in decoded.items() if text is not None}
    likeliest = max(scores, key=lambda charset: scores[charset], default="none")
    _log.debug("%s: no UTF-8, the likeliest charset is %s", source, likeliest)
    plausible = scores.get(likeliest, 0.0) >= SETTINGS.least_plausible
    text = decoded[likeliest] if plausible else _leniently(data)
    if text is None:
        raise UnreadableFile(source, worded("charset"), worded("no_charset"))
    return text


def stray_note(text: str) -> tuple[Said, ...]:
    """A note where some bytes were no text."""
    strays = text.count(STRAY)
    return (worded("strays", n=strays, stray=STRAY),) if strays else ()


def _strictly(data: bytes, charset: str) -> str | None:
    try:
        return data.decode(charset).removeprefix(_MARK)
    except UnicodeError:
        return None


def _leniently(data: bytes) -> str | None:
    """The text with the fewest stray bytes, None where too many places have some or it is implausible.

    Stray bytes in a row count once: a heading taken in from a page in GBK is one fault, not twenty.
    In these charsets no digit is ever taken for the second byte of a broken character.
    """
    texts = [data.decode(charset, "replace").removeprefix(_MARK) for charset in _STRAY_ALLOWED]
    text = min(texts, key=lambda text: text.count(STRAY))
    told = len(_ASCII.sub("", text.replace(STRAY, "")))
    is_text = _plausibility(text.replace(STRAY, "")) >= SETTINGS.least_plausible
    return text if is_text and len(_STRAYS.findall(text)) <= SETTINGS.stray_share * told else None


def _plausibility(text: str) -> float:
    """From 0 to 1: the share of characters in common use in Chinese.

    Printable ASCII reads the same in nearly every charset and so says nothing, unless there is nothing else.
    """
    told = _ASCII.sub("", text)
    return sum(character in _common() for character in told) / len(told) if told else 1.0


@cache
def _common() -> frozenset[str]:
    """Marks and the characters in common use: the first level of GB2312 and of Big5 (traditional)."""
    simplified = _plane("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF))
    traditional = _plane("big5", range(0xA4, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    marks = _plane("gb2312", range(0xA1, 0xA4), range(0xA1, 0xFF))
    return frozenset(simplified + traditional + marks + "〇·—\xa0\u200b")


def _plane(charset: str, leads: range, trails: range | tuple[int, ...]) -> str:
    return "".join(bytes((lead, trail)).decode(charset, "ignore") for lead in leads for trail in trails)
