"""Counts written in Chinese numerals as digits: 收到申请三十二件 → 收到申请32件."""

from __future__ import annotations

import re

from ogi.checks.words.vocabulary import pattern

_SPELT = "零〇 一壹 二两贰 三叁 四肆 五伍 六陆 七柒 八捌 九玖".split()
_DIGITS = {sign: n for n, signs in enumerate(_SPELT) for sign in signs}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}


def in_digits(text: str) -> str:
    """The text with each count that is a well-formed numeral (and 为零 at its end) in digits."""
    return pattern("counts.zero").sub("0件", pattern("counts.spelt").sub(_as_digits, text))


def number(numeral: str) -> int | None:
    """The number that a numeral under ten thousand tells; None where it is not well formed.

    Units stand in falling order, each behind one digit but 十 at the front; 零 fills a gap (一百零二).
    """
    total, least = 0, 10_000
    digit: int | None = None
    for sign in numeral:
        unit = _UNITS.get(sign)
        if unit is None:
            if digit:
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
