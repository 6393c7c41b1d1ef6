"""The text of a report as it is read: lines joined, blanks taken out, numerals as digits."""

from __future__ import annotations

import re

from ogi.checks.words.vocabulary import pattern

# A text without any mark is one long clause; 80 characters hold the count and two names of agencies.
LONGEST_SHOWN = 80
"""Characters of a report's own words that a message shows."""
# Headings are shorter, and the lines of a page longer.
FULL_LINE = 20
"""Characters from which a line without a mark at its end was broken by its length."""
_PLAIN = str.maketrans("０１２３４５６７８９％．，", "0123456789%.,")
_SPELT = "零〇 一壹 二两贰 三叁 四肆 五伍 六陆 七柒 八捌 九玖".split()
_DIGITS = {sign: n for n, signs in enumerate(_SPELT) for sign in signs}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_WAN = "万"
"""The sign that parts a numeral: what stands before it is counted in tens of thousands."""


def compact(text: str) -> str:
    """The text without any blanks, its full-width digits as ASCII ones."""
    return "".join(text.translate(_PLAIN).split())


def compact_lines(text: str) -> str:
    """The text without blanks inside its lines."""
    return "\n".join(compact(line) for line in text.splitlines())


def flowing(text: str) -> str:
    """The text without blanks, a paragraph a line.

    Word processors and `<br>` break lines where a page ends, even inside a number: lines broken inside a
    sentence are joined. Lists tell one count a line: their counts are parted by commas.
    """
    paragraphs: list[list[str]] = []
    for line in map(_plain_line, text.splitlines()):
        joint = _joint(paragraphs[-1][0], paragraphs[-1][-1], line) if paragraphs else None
        if joint is None:
            paragraphs.append([line])
        else:
            paragraphs[-1].append(joint + line)
    return "\n".join("".join(lines) for lines in paragraphs)


def is_heading(line: str) -> bool:
    """Is a line without blanks a heading: short, with no mark at its end, and no sentence or number in it?"""
    plain = pattern("lines.year").sub("", pattern("lines.marked").sub("", line))
    is_ended = pattern("lines.ended").search(line) is not None
    return len(line) < FULL_LINE and not is_ended and pattern("lines.says").search(plain) is None


def unnumbered(clause: str) -> str:
    """The clause without the number that it has in a list: 一是收到20件, 二、办结20件."""
    return pattern("lines.numbered").sub("", clause)


def _plain_line(line: str) -> str:
    """Without blanks; one that parts two counts is a comma, and a unit stands behind its number."""
    plain = pattern("lines.share").sub(r"\1", compact(pattern("lines.parted").sub(r"\1，", line)))
    plain = pattern("lines.body_aside").sub(r"\1", plain)
    return pattern("lines.aside").sub(r"\1", pattern("lines.unit_first").sub(r"\2\1", plain))


def _joint(first: str, last: str, line: str) -> str | None:
    """What joins a line to a paragraph, of which the first and last lines are given: nothing, or a comma.

    None where the line begins another paragraph.
    """
    if not last or not line or pattern("lines.ended").search(last):
        return None
    # Before what looks like a heading: 2 at the front of the line may be the rest of a number.
    if last[-1].isdecimal() and pattern("lines.in_number").search(line):
        return ""
    if pattern("lines.marked").search(line):
        return None
    if pattern("lines.goes_on").search(line) or pattern("lines.broken").search(last):
        return ""
    # Two lines of a list, a count each, are no one sentence.
    if pattern("lines.count").fullmatch(last[-2:]) and pattern("lines.count").search(line):
        return "，"
    is_marked = first is last and pattern("lines.marked").search(last)
    is_heading_alone = is_marked and not pattern("lines.says").search(last[1:])
    return None if len(last) < FULL_LINE or is_heading_alone else ""


def in_digits(text: str) -> str:
    """The text with each count that is a well-formed numeral (and 为零 at its end) in digits."""
    told = pattern("counts.zero").sub("0件", pattern("counts.spelt").sub(_as_digits, text))
    return pattern("counts.times").sub(r"\g<count>", told)


def number(numeral: str) -> int | None:
    """The number that a numeral tells, in tens of thousands and below; None where it is not well formed."""
    above, wan, below = numeral.partition(_WAN)
    if not wan:
        return _below_wan(numeral)
    parts = _below_wan(above) if above else None, _below_wan(below) if below else 0
    # 四万五 is spoken for 45000: of a single digit behind 万 it is not plain which it is.
    if parts[0] is None or parts[1] is None or len(below) == 1:
        return None
    return parts[0] * 10_000 + parts[1]


def _below_wan(numeral: str) -> int | None:
    """The number that a numeral under ten thousand tells; None where it is not well formed.

    Units stand in falling order, each behind one digit but 十 at the front; 零 fills a gap (一百零二).
    """
    total, least = 0, 10_000
    digit: int | None = None
    for sign in numeral:
        unit = _UNITS.get(sign)
        if unit is None:
            if digit or sign not in _DIGITS:
                return None
            digit = _DIGITS[sign]
            continue
        is_ten_alone = unit == 10 and digit is None and total == 0
        if unit >= least or not (digit or is_ten_alone):
            return None
        total, digit, least = total + (digit or 1) * unit, None, unit
    # 一百二 is spoken for 120: of a digit alone behind a hundred it is not plain which it is.
    is_short = digit is not None and least > 10 and len(numeral) > 1 and numeral[-2] in _UNITS
    return None if is_short else total + (digit or 0)


def _as_digits(match: re.Match[str]) -> str:
    told = number(match["number"])
    return match[0] if told is None else f"{told}{match['rough'] or ''}{match['unit']}"
