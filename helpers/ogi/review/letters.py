"""What each agency is written: what it is asked about, reason by reason, and a row for each of its slips."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ogi.checks.causes import CARRIED
from ogi.forms import REPORT_TITLE
from ogi.review.asked import Asked, Reason, asked, in_rows
from ogi.review.data import Review
from ogi.review.listing import columns, head, is_none
from ogi.review.pictures import Clips, pictures
from ogi.review.sent_back import place_told, slips
from ogi.review.settings import SETTINGS
from ogi.review.words import plain, worded
from ogi.review.written import column_label, dated_row, table_label
from ogi.said import Said, told
from ogi.tables import number
from ogi.tables.marks import CONFIRMED
from ogi.values import parse

LETTER = columns(
    "level_told", "cell_told", "as_printed", "should_be", "off", "sum_told", "place_told", "reply",
    cell_told="text",
)  # fmt: skip
"""The columns of the table in a letter; the last is left to the agency."""
_MOST_CELLS = 6
"""Cells of a slip that have a row each; a line of more is told by its sum alone."""


@dataclass(frozen=True)
class Letter:
    """What one agency is sent: `asked`, and its slips in `rows` with the columns of LETTER.

    `points`: how many things it is asked about; `clips`: the pictures of the slips, by row of `rows`.
    """

    agency: str
    asked: Asked
    rows: pd.DataFrame
    points: int
    clips: Mapping[int, Clips]


def letters(data: Review) -> list[Letter]:
    """A letter for each agency that is written to, those with slips first."""
    found = slips(data).rows
    found = in_rows(data, found[~found["is_settled"].astype(bool)])
    clips = pictures(data, found, SETTINGS.pictures_in_book)
    of_agency = {str(name): own for name, own in found.groupby("agency", sort=False)}
    return [
        _letter(name, one, of_agency.get(name, found.head(0)), clips) for name, one in asked(data).items()
    ]


def _letter(agency: str, one: Asked, own: pd.DataFrame, clips: Mapping[int, Clips]) -> Letter:
    rows: list[dict[str, Any]] = []
    shown: dict[int, Clips] = {}
    for at, slip in zip(own.index.tolist(), own.to_dict("records"), strict=True):
        if clips.get(at):
            shown[len(rows)] = clips[at]
        rows += _rows(slip)
    # As objects: pandas would make plain text of what is said, and drop its Chinese.
    table = pd.DataFrame(rows, columns=[column.id for column in LETTER], dtype="object")
    return Letter(agency, one, table, sum(one.counts.values()), shown)


def lines_of(letter: Letter) -> Iterator[tuple[Said, list[Said]]]:
    """The opening of each reason with the lines under it; of very many that are alike only the first.

    What is asked about these stands below them: first one has to know what is alike, and with whom.
    """
    for reason in letter.asked.reasons:
        opening, lines = letter.asked.openings[reason], letter.asked.lines[reason]
        if reason is Reason.LIKENESS:
            left = len(lines) - SETTINGS.alike
            more = [worded("also.more", n=left)] if left > 0 else []
            lines = [*lines[: SETTINGS.alike], *more, worded("likeness.asked")]
        yield opening, lines


def _rows(slip: dict[Any, Any]) -> Iterator[dict[str, Any]]:
    """A row for each cell that would mend the slip, and for each line that it breaks."""
    first, *others = slip["lines"]
    nothing = {column.id: "" for column in LETTER}
    whole = {
        **nothing,
        "level_told": _level(slip),
        "sum_told": first + _in_words(slip),
        "place_told": place_told(slip),
    }
    for n, cell in enumerate(_cells(slip)):
        own = whole if n == 0 else nothing
        yield {**own, **cell, "level_told": own["level_told"] or cell.get("level_told", "")}
    for line in others:
        yield {**nothing, "level_told": worded("letter.also"), "sum_told": line}


def _level(slip: dict[Any, Any]) -> Said:
    """What the slip is called, and whether somebody has confirmed it."""
    level: Said = slip["level_told"]
    return worded("letter.confirmed", level=level) if slip["mark"] == CONFIRMED else level


def _in_words(slip: dict[Any, Any]) -> Said:
    """That the report's own text tells the number that would hold."""
    n = slip["in_words"]
    return Said("", "") if is_none(n) else worded("letter.in_words", n=number(float(n)))


def _cells(slip: dict[Any, Any]) -> Iterator[dict[str, Any]]:
    """What is said of each cell: where it is, what it holds, and what would hold, way by way."""
    texts = dict(zip(slip["cells"], zip(slip["printed_cells"], slip["numbers"], strict=True), strict=True))
    if slip["rule_id"] == CARRIED and not slip["ways"]:
        yield _carried(slip)
        return
    ways = [way for way in slip["ways"] if not any(_is_printed(texts[cell][0], way[cell]) for cell in way)]
    if not slip["ways"]:
        ways = [dict.fromkeys(slip["cells"])]
    if sum(len(way) for way in ways) > _MOST_CELLS or not any(ways):
        yield _table_of(slip)
        return
    for n, way in enumerate(ways):
        for place, (cell, would_be) in enumerate(way.items()):
            printed, value = texts[cell]
            yield {
                "level_told": worded("letter.or") if n and place == 0 else "",
                "cell_told": _cell(cell),
                "as_printed": printed or "",
                "should_be": "" if would_be is None else number(float(would_be)),
                "off": None if would_be is None or value is None else value - float(would_be),
            }


def _is_printed(text: str | None, would_be: float) -> bool:
    """Does the report print the very number that would hold?

    It does where a person corrected it to another one: nobody is asked to mend a number to itself.
    """
    return text is not None and parse(text).value == float(would_be)


def _table_of(slip: dict[Any, Any]) -> dict[str, Any]:
    """Of a line of many cells, the table that they are all in."""
    tables = {table_label(cell) for cell in slip["cells"]}
    return {"cell_told": tables.pop()} if len(tables) == 1 else {}


def _carried(slip: dict[Any, Any]) -> dict[str, Any]:
    """What this year's report carries in, beside what last year's carried over."""
    (before, now), (left, own) = slip["cells"], slip["numbers"]
    year, _, _ = before.partition(":")
    return {
        "cell_told": _cell(now),
        "as_printed": slip["printed_cells"][1] or "",
        "should_be": worded("letter.as_last_year", n=number(left), year=year),
        "off": own - left,
    }


def _cell(cell: str) -> Said:
    labels = {"table": table_label(cell), "row": dated_row(cell), "column": column_label(cell)}
    return worded("letter.cell", **labels)


def parts_of(letter: Letter, year: int, language: str) -> Iterator[tuple[str, str]]:
    """What a letter consists of, from the top: how each part looks, and its text in the language.

    From the part "annex" on it is what the agency fills in. A gap and the table have no text; of a picture it
    is the data URI.
    """
    yield "number", plain("letter.number", language)
    yield "gap", ""
    yield "title", told(title_of(letter, year), language)
    yield "gap", ""
    yield "to", told(worded("letter.to", agency=letter.agency), language)
    for opening, lines in lines_of(letter):
        yield from (("text", told(text, language)) for text in (opening, *lines))
    yield "text", told(reply_of(letter), language)
    yield "closing", plain("letter.closing", language)
    yield "gap", ""
    yield "closing", plain("letter.annexed", language, name=worded("letter.annex"))
    yield "gap", ""
    yield from (("signed", plain(f"letter.{key}", language)) for key in ("issuer", "issued"))
    yield "text", plain("letter.contact", language)
    yield "annex", plain("letter.annex_head", language)
    yield "annex_title", plain("letter.annex", language)
    yield "gap", ""
    has_table = len(letter.rows) > 0
    if has_table:
        yield from (("table", ""), ("gap", ""))
    if not has_table or not set(letter.asked.reasons) <= _IN_TABLE:
        yield "answer", plain("letter.answer", language)
    yield "box", plain("letter.signed", language)
    for page, picture in (one for clips in letter.clips.values() for one in clips):
        yield from (("gap", ""), ("caption", plain("letter.picture", language, page=page)))
        yield "picture", picture


def in_lines(title: str, fits: Callable[[str], bool]) -> str:
    """The title with a line for what does not fit on one, broken between words: a 函 alone is no line."""
    before, name, rest = title.partition(REPORT_TITLE)
    if fits(title):
        return title
    after = [name + rest] if fits(name + rest) else [name, rest]
    return "\n".join(line for line in (before, *after) if line)


def heads_of(language: str) -> list[str]:
    """The heads of the table in a letter."""
    return [str(head(column.id, language).unescape()) for column in LETTER]


def title_of(letter: Letter, year: int) -> Said:
    """What the letter is called: what it asks for first, and whether there is more."""
    first, *others = dict.fromkeys(worded(f"subject.{one}", year=year) for one in letter.asked.reasons)
    return worded("letter.title_more" if others else "letter.title", subject=first)


def reply_of(letter: Letter) -> Said:
    """By when to answer: where all that is asked for has its day already, by then."""
    return worded("letter.reply_with" if set(letter.asked.reasons) <= _WITH_DAY else "letter.reply")


_IN_TABLE = {Reason.SLIPS, Reason.CONFIRMED, Reason.WARNINGS}
"""Reasons that the agency answers in the rows of the table."""
_WITH_DAY = {Reason.MISSING, Reason.NO_FILE, Reason.UNREAD, Reason.CONFIRMED, Reason.MISPRINTS}
"""Reasons whose words name the day by which something is asked for."""
