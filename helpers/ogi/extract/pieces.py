"""Lines of text in pieces: what stands between two bars, tabs, commas or blanks, or between two line ends.

A bar ends a cell for certain. A blank or a line's end may also stand within one (商业⏎企业), which the words
of the forms decide: pieces that are one of these only together are put together.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from ogi import forms
from ogi.extract.head_words import head_words, on_one_line
from ogi.extract.labels import item_labels, label
from ogi.extract.rows import is_figure
from ogi.extract.settings import SETTINGS
from ogi.values import visible

_BLANKS = re.compile(r"[ \t\u3000\xa0\u2000-\u200a]+")
_BAR = re.compile("[|｜│┃]")
_NUMBER_BEGUN = re.compile("[（(]?[一二三四五六七八九十]{0,3}")
"""A row's number that is broken before its end."""
_RULE = re.compile(r"(?=.*[\-=─━═])[\s|｜│┃:+=\-─━═┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝]*")


@dataclass(frozen=True)
class Piece:
    """A text of a line, stripped; empty for a blank cell."""

    text: str
    line: int
    """The number of its line, from 0; lines over which a word is broken are one."""
    may_go_on: bool
    """May its cell go on in the next piece? Not where a bar ends it."""


def is_barred(lines: list[str]) -> bool:
    """Do bars part the cells of these lines? One alone may stand in any text."""
    barred = sum(_BAR.search(line) is not None for line in lines)
    return barred > 1 and barred >= SETTINGS.least_barred * len(lines)


def pieces_of(lines: list[str]) -> list[Piece]:
    """The pieces of lines, in order, those that are a word of the forms only together put together."""
    parted = _between_bars(lines) if is_barred(lines) else _between_blanks(lines)
    return list(_together(list(parted)))


def _between_bars(lines: list[str]) -> Iterator[Piece]:
    """Split at bars as if all lines were one, so that a bar alone in its line is no cell.

    Where lines begin and end with a bar, those at the beginning only frame them. Where they do not end with
    one, what is behind the last bar of a line is a cell too, even if it is blank.
    """
    framed = [line.strip() for line in lines if _BAR.search(line) and visible(_BAR.sub("", line))]
    begin = 2 * sum(_BAR.match(line) is not None for line in framed) > len(framed)
    end = 2 * sum(_BAR.match(line[-1]) is not None for line in framed) > len(framed)
    is_open = True
    for number, line in enumerate(lines):
        if _RULE.fullmatch(line):
            continue
        texts = [visible(text) for text in _BAR.split(line.strip())]
        is_open_at_end = bool(texts[-1]) or (not end and (begin or any(texts)))
        if len(texts) > 1 and not texts[0] and (is_open or (begin and end)):
            texts = texts[1:]
        is_open = is_open_at_end
        *ended, last = texts
        yield from (Piece(text, number, may_go_on=False) for text in ended)
        if is_open:
            yield Piece(last, number, may_go_on=True)


def _between_blanks(lines: list[str]) -> Iterator[Piece]:
    for number, line in enumerate(lines):
        for text in _cells(line if "\t" in line else _BLANKS.sub(" ", line)):
            yield Piece(text, number, may_go_on=True)


def _cells(text: str) -> list[str]:
    """The cells of a line: between tabs or commas where there are several, blank ones too; else all words."""
    words = [cell for cell in _BLANKS.split(text) if cell]
    if "\t" not in text and words and ((len(words) == 1 and is_figure(text)) or _ends_in_numbers(words)):
        return words
    for divider in ("\t", ",", ";"):
        parted = [cell.strip() for cell in next(csv.reader([text], delimiter=divider))]
        if len(parted) >= SETTINGS.fewest_parted or (len(parted) > 1 and is_figure(parted[-1])):
            return parted
    return words


def _ends_in_numbers(words: list[str]) -> bool:
    """Are these cells between blanks, the last one a number, and not the parts between commas?"""
    return len(words) > 1 and is_figure(words[-1]) and not any(word.endswith((",", ";")) for word in words)


def _together(pieces: list[Piece]) -> Iterator[Piece]:
    at, begun_in = 0, dict[int, int]()
    while at < len(pieces):
        end = _end_of_word(pieces, at)
        first, last = pieces[at], pieces[end - 1]
        line = begun_in.get(first.line, first.line)
        begun_in[last.line] = line
        yield Piece("".join(piece.text for piece in pieces[at:end]), line, last.may_go_on)
        at = end


def _end_of_word(pieces: list[Piece], start: int) -> int:
    """Where the longest word of the forms ends that begins with a piece; behind the piece where none does."""
    whole, end = "", start + 1
    for at in range(start, min(start + SETTINGS.most_pieces, len(pieces))):
        text = pieces[at].text
        whole += text
        if not text or is_figure(text) or not _may_begin_word(whole):
            break
        end = at + 1 if is_word(whole) else end
        if not pieces[at].may_go_on:
            break
    return end


def is_word(text: str) -> bool:
    """Is it the name of a row, a heading or a column of the forms?"""
    return label(on_one_line(text)).name in _words()


def _may_begin_word(text: str) -> bool:
    return _NUMBER_BEGUN.fullmatch(text) is not None or label(on_one_line(text)).name in _beginnings()


@cache
def _words() -> frozenset[str]:
    """The names of all rows, headings and columns of the forms; those of `review` are columns alone."""
    rows = (item_labels(table).names for table in ("proactive", "requests"))
    heads = (head_words(table).names for table in forms.TABLES)
    return frozenset(name for names in (*rows, *heads) for name in names)


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(name[:end] for name in _words() for end in range(len(name) + 1))


def by_line(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """The pieces of each line that holds any."""
    for _, line in groupby(pieces, key=lambda piece: piece.line):
        yield list(line)
