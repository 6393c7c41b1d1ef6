"""The lines of a text as they are read: one broken inside a sentence goes on in the next.

Word processors and `<br>` break lines where a page ends, even inside a number; lists tell one count a line.
"""

from __future__ import annotations

import re

from ogi.checks.passages import compact

FULL_LINE = 20
"""Characters from which a line without a mark at its end was broken by its length."""
_UNIT = "[件宗份起例条]"
_ENDED = ("。", "！", "？", "!", "?", "；", ";", "：", ":")
_BROKEN = ("，", ",", "、", "（", *"的和及与至到自从由为对")
"""What no line ends with that is not broken."""
_MARKED = re.compile(
    r"(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)、．]|\d{1,2}\.(?!\d)|[①-⑳]|第?[一二三四五六七八九十][是，])"
)
"""The number of a heading, or of an item in a list."""
_GOES_ON = re.compile(
    rf"(?:一?共计?|合计|总计|为)?\d[\d,.]*[余多]?{_UNIT}|{_UNIT}(?=[，,。；、（]|$)|[，,。；、）%]"
)
_COUNT = re.compile(rf"\d{_UNIT}")
_IN_NUMBER = re.compile(r"[\d件宗份起条%]")
_SAYS = re.compile(r"[。；\d]")
"""What a heading has not."""
_PARTED = re.compile(rf"(?<![\d \t\u3000])(\d[\d,]*{_UNIT})[ \t\u3000]+(?=[\u4e00-\u9fff]{{2}})")
_UNIT_FIRST = re.compile(rf"[（(]({_UNIT})[）)][:：]?(\d{{1,9}})(?![\d.])")
_ASIDE = re.compile(r"[（(]((?:含|包括)[^（）()\d，,。]{1,12})[）)](?=\d)")
"""An aside between what is counted and its number: 予以公开（含部分公开）20件."""
_YEAR = re.compile(r"20\d\d年")
_NUMBERED = re.compile(r"^(?:第?[一二三四五六七八九十]{1,3}(?:是(?!否)|、)|[①-⑳])")


def flowing(text: str) -> str:
    """The text without blanks, a paragraph a line.

    Lines broken inside a sentence are joined; the counts of a list are parted by commas.
    """
    paragraphs: list[list[str]] = []
    for line in map(_compact, text.splitlines()):
        joint = _joint(paragraphs[-1][0], paragraphs[-1][-1], line) if paragraphs else None
        if joint is None:
            paragraphs.append([line])
        else:
            paragraphs[-1].append(joint + line)
    return "\n".join("".join(lines) for lines in paragraphs)


def is_heading(line: str) -> bool:
    """Is a line without blanks a heading: short, with no mark at its end, and no sentence or number in it?"""
    plain = _YEAR.sub("", _MARKED.sub("", line))
    return len(line) < FULL_LINE and not line.endswith(_ENDED) and not _SAYS.search(plain)


def unnumbered(clause: str) -> str:
    """The clause without the number that it has in a list: 一是收到20件, 二、办结20件."""
    return _NUMBERED.sub("", clause)


def _compact(line: str) -> str:
    """Without blanks; one that parts two counts is told as a comma, and the unit stands behind its number."""
    plain = compact(_PARTED.sub(r"\1，", line))
    return _ASIDE.sub(r"\1", _UNIT_FIRST.sub(r"\2\1", plain))


def _joint(first: str, last: str, line: str) -> str | None:
    """What stands between a paragraph, of which the first and the last line are given, and the next line.

    None where the line begins another paragraph.
    """
    if not last or not line or last.endswith(_ENDED):
        return None
    if last[-1].isdecimal() and _IN_NUMBER.match(line):
        return ""
    if _MARKED.match(line):
        return None
    if _GOES_ON.match(line) or last.endswith(_BROKEN):
        return ""
    if _COUNT.fullmatch(last[-2:]) and _COUNT.search(line):
        return "，"
    is_heading_alone = first is last and _MARKED.match(last) and not _SAYS.search(last[1:])
    return None if len(last) < FULL_LINE or is_heading_alone else ""
