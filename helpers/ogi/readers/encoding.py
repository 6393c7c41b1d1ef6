"""Decode text of unknown charset; no character is lost or invented without a note.

The bytes are decoded strictly in each charset that Chinese agencies use, and the most plausible Chinese text
is taken. What the file declares decides only between equally plausible texts, because it is often wrong.
"""

from __future__ import annotations

import codecs
import logging
import re
from collections import Counter
from functools import cache
from pathlib import Path

from ogi.readers.document import UnreadableFile, worded
from ogi.readers.settings import SETTINGS
from ogi.said import Said

_log = logging.getLogger(__name__)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins this one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# The first of equals is taken, so the likeliest first.
_CHARSETS = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
# Pages that declare GB2312 or Big5 are written in supersets of these.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "cp950": "big5hkscs"}

_DECLARATION = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9._:-]+)""", re.IGNORECASE)
_ASCII = re.compile(r"[ -~\t\r\n\f\v]+")
# Not GB18030, whose characters of four bytes hold digits, nor UTF-16, where one lost byte shifts all.
_STRAY_ALLOWED = ("utf-8", "gbk", "big5hkscs")
STRAY = "\ufffd"
"""Stands for a byte that belongs to no character."""

_FREQUENT = frozenset(
    "的一是不了在人有我他这为之大来以个中上们到说国和地也子时道出而要于就下得可你年生自会那后能对着事其里所去行过"
    "家十用发天如然作方成者多日都三小军二无同么经法当起与好看学进种将还分此心前面又定见只主没公从"
    "政府信息公开工作年度报告本情况申请数量总体根据条例第项区市县局办室处理结果复议诉讼其他予提供机关部门"
    "這為來個們說國時會後對裡過發無經當學進種將還見沒從開報況請數總據條項區縣辦處結復訴訟機關門"
)


def decode(data: bytes, source: Path | str = "text") -> str:
    """The text of a file in UTF-8, GB2312/GBK/GB18030, Big5 or UTF-16, whether it declares so or not.

    A byte order mark is taken off. A few stray bytes, as where a page cuts a character in two or takes in a
    part in another charset, become “�”, which is no digit. `source` is named in UnreadableFile, which is
    raised where no charset decodes nearly every byte to plausible text.
    """
    bom, marked = next(((b, c) for b, c in _BOMS if data.startswith(b)), (b"", None))
    if marked is not None:
        text = _strictly(data.removeprefix(bom), marked)
        if text is not None and "\x00" not in text:  # a mark may stand before text in another charset
            _log.debug("%s: %s by its byte order mark", source, marked)
            return text
    declared = _declared(data)
    best, score, chosen = None, 0.0, ""
    for charset in _CHARSETS:
        text = _strictly(data, charset)
        if text is None:
            continue
        value = _plausibility(text, charset) + (SETTINGS.declared_bonus if charset == declared else 0)
        if value > score:
            best, score, chosen = text, value, charset
    if best is None or score < SETTINGS.least_plausible:
        best, chosen = _leniently(data), "stray bytes replaced"
    if best is None:
        raise UnreadableFile(source, worded("charset"), worded("no_charset"))
    _log.debug("%s: declares %s, read as %s", source, declared, chosen)
    return best


def stray_note(text: str) -> tuple[Said, ...]:
    """A note where some bytes were no text."""
    strays = text.count(STRAY)
    return (worded("strays", n=strays, stray=STRAY),) if strays else ()


def _strictly(data: bytes, charset: str) -> str | None:
    try:
        return data.decode(charset)
    except UnicodeError:
        return None


def _leniently(data: bytes) -> str | None:
    """The most plausible text with the fewest stray bytes, None where they are more than a few.

    In these charsets no digit is ever taken for the second byte of a broken character.
    """
    texts = [data.decode(charset, "replace").removeprefix("\ufeff") for charset in _STRAY_ALLOWED]
    text = min(texts, key=lambda text: text.count(STRAY))
    told = len(_ASCII.sub("", text))
    if (
        text.count(STRAY) > SETTINGS.stray_share * told
        or _plausibility(text.replace(STRAY, ""), "") < SETTINGS.least_plausible
    ):
        return None
    return text


def _declared(data: bytes) -> str | None:
    """The charset that a page or an XML declaration names, under our own name for it."""
    found = _DECLARATION.search(data[: SETTINGS.declared_within])
    if found is None:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return None
    return _WIDER.get(name, name)


def _plausibility(text: str, charset: str) -> float:
    """From 0 to 1: how much the text looks like a Chinese report, or is UTF-8 beyond doubt.

    Printable ASCII reads the same in nearly every charset and so says nothing, unless there is nothing else.
    """
    counts = Counter(_ASCII.sub("", text))
    if not counts:
        return 1.0
    score = sum(_weight(character) * count for character, count in counts.items()) / counts.total()
    if charset == "utf-8" and counts.total() >= SETTINGS.conclusive_utf8 and min(counts) > "\x7f":
        return max(score, 0.99)  # just below text that is ASCII alone, which has 1
    return max(score, 0.0)


def _weight(character: str) -> float:
    if character in _FREQUENT:
        return 1.0
    if character < " " or "\x7f" <= character < "\xa0" or "\ud800" <= character <= "\uf8ff":
        return -2.0  # one control character outweighs two of text
    if "\u3000" <= character <= "\u303f" or "\uff00" <= character <= "\uff5e" or character in "“”‘’—…·\xa0":
        return 0.9
    if "\u2010" <= character <= "\u266f":  # ①, √, ●
        return 0.5
    return 0.8 if character in _common() else 0.2


@cache
def _common() -> frozenset[str]:
    """The characters in common use: the first level of GB2312 (simplified) and of Big5 (traditional)."""
    simplified = _plane("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF))
    traditional = _plane("big5", range(0xA4, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    return frozenset(simplified + traditional)


def _plane(charset: str, leads: range, trails: range | tuple[int, ...]) -> str:
    return "".join(bytes((lead, trail)).decode(charset, "ignore") for lead in leads for trail in trails)
