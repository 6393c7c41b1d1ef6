"""One printed cell → value, unit, note and state, or a refusal that says why.

A number is taken only from text that can mean nothing else. "1,5", "12 and 34", "5-10", "约20" give none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from ogi.said import Said, say


class State(StrEnum):
    """What a cell of a statutory table holds."""

    REPORTED = "reported"
    """A number."""
    BLANK = "blank"
    """Nothing."""
    NOT_APPLICABLE = "not_applicable"
    """A sign for nothing: / — 无."""
    UNREADABLE = "unreadable"
    """Something that is no number."""
    ABSENT = "absent"
    """The cell is not in the document."""


LEAST_CONFIDENCE = 0.9
"""What is read with less is doubtful: marked wherever it is shown, and no ground to accuse anybody."""

_FOLD = str.maketrans(
    "０１２３４５６７８９＋－．，／（）−﹣無適萬億項個條", "0123456789+-.,/()--无适万亿项个条"
)
_INVISIBLE = dict.fromkeys(
    (
        *(0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202E), *range(0x2060, 0x2070)),
        *(0xFEFF, 0x2800, 0x3164, 0xFFA0),
    )
)
"""Characters that print nothing: soft hyphens, joiners, marks of direction or byte order, empty letters.

Not U+202E, behind which digits are shown backwards."""

# Not 0 or 零: those are numbers. A dash of any kind, since fonts and editors turn one into the other.
_NONE = re.compile(r"[/\\]+|[-—–―─]+|无|n/a|不涉及|不适用", re.IGNORECASE)
_UNIT = r"[十百千万亿]*(?:元|件|项|个|条|宗|份|部|次|人次|人|篇|起)"
NOTE_MARK = (
    r"(?:\s*+(?:[①-⑳*＊※†‡¹²³⁰⁴-⁹]|\[(?:\d{1,2}|注?[\d①-⑳一二三四五六七八九]{0,2}|\^\w{1,9})\]|〔\d{1,2}〕))+"
)
"""What calls a note below a table: ①, *, a raised number, [1], [注]."""
# No zeros in front (007 is a code) and groups of three alone (1,5 may be 1.5); fifteen digits at most are
# exact as a float. Possessive blanks (\s*+), since cells of thousands of them would be tried in every way.
_NUMBER = re.compile(
    rf"""(?P<sign>[+-])?\s*+
        (?P<whole>0|[1-9][0-9]{{0,2}}(?:,[0-9]{{3}}){{1,4}}|[1-9][0-9]{{0,14}})
        (?P<fraction>\.[0-9]{{1,9}})?
        \s*+(?P<unit>{_UNIT})?
        \s*+(?:(?P<note>\(.*\))|(?P<mark>{NOTE_MARK}))?""",
    re.VERBOSE | re.DOTALL,
)

_NO_TEXT = (
    "a picture or an automatic number stands in the cell, no text",
    "单元格内为图片或自动编号，不是文字",
)


@dataclass(frozen=True)
class CellValue:
    """What a printed cell says. `value` is a number where `state` is reported, else None."""

    state: State
    value: float | None = None
    unit: str | None = None
    note: str | None = None
    problem: Said | None = None
    """Why the text is no number, where `state` is unreadable."""


def parse(printed: str) -> CellValue:
    """Read one cell of a statutory table.

    The unit is the one printed in the cell, None where none is; nothing is converted. The note is what
    brackets after the number say: 22（其中修订16件）.
    """
    text = visible(printed).translate(_FOLD)
    if text == "":
        return CellValue(State.BLANK)
    # Signs are set wide: 不 适 用, — —.
    if _NONE.fullmatch("".join(text.split())):
        return CellValue(State.NOT_APPLICABLE)
    match = _NUMBER.fullmatch(text)
    if text == "\ufffc":
        return CellValue(State.UNREADABLE, problem=Said(*_NO_TEXT))
    if match is None:
        problem = say("“{printed}” is no single number", "“{printed}”不是单个数字", printed=shown(printed))
        return CellValue(State.UNREADABLE, problem=problem)
    unit, note = match["unit"], None if match["note"] is None else match["note"][1:-1].strip()
    # 12（件） tells the unit, not a note.
    if note is not None and unit is None and re.fullmatch(_UNIT, note):
        unit, note = note, None
    # Without a letter it is another number, 22（16）, and which of the two is the figure is not plain.
    if note is not None and not re.search(r"[^\W\d_]", note):
        problem = say("“{printed}” holds two numbers", "“{printed}”含有两个数字", printed=shown(printed))
        return CellValue(State.UNREADABLE, problem=problem)
    number = float((match["sign"] or "") + match["whole"].replace(",", "") + (match["fraction"] or ""))
    return CellValue(State.REPORTED, number, unit, note if match["mark"] is None else match["mark"].strip())


def visible(printed: str) -> str:
    """A text without the characters that print nothing, and without blanks around it."""
    return printed.translate(_INVISIBLE).strip()


def shown(printed: str, limit: int = 40) -> str:
    """A cell's text for a message: on one line, cut where it is long."""
    line = " ".join(printed.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def one_decimal(value: float) -> str:
    """A value rounded as by hand: 6.25 to 6.3, where Python makes it 6.2, the even one."""
    return str(Decimal(repr(float(value))).quantize(Decimal("0.1"), ROUND_HALF_UP))
