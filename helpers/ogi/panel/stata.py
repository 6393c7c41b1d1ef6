"""The panel as a file of Stata's format 118, written part by part: pandas would hold the whole of it.

Pandas makes a file of each part, headed by a row that is as wide as any, so that the records of all parts
have one layout. Of these files the records are joined; the numbers in the head that count them are put right.
The format: https://www.stata.com/help.cgi?dta
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import pandas as pd
import pyarrow as pa

from ogi.panel.variables import VARIABLES, Variable
from ogi.said import told, worded

LONGEST_TEXT = 2045
"""Bytes of a text of fixed width; a longer one is cut."""
_PLACES = struct.Struct("<14Q")
_DATA, _AFTER_DATA = 9, 10
"""Which of the places in the head is that of the records, and the first of those behind them."""
_OPEN, _CLOSE = b"<data>", b"</data>"
_LABEL_NAMES, _VALUE_LABELS = b"<value_label_names>", b"<value_labels>"
_NAME = 129
"""Bytes of a name: 32 characters of at most four bytes, and a zero."""
_STATES = b"state"
"""The value labels of all states."""
_MEANINGS = next(one.values for one in VARIABLES if one.role == "state")
_OF_STATES = [n for n, one in enumerate(VARIABLES) if one.values == _MEANINGS]
"""Where states stand among the variables, last year's too."""
_FIRST_STATE = VARIABLES[_OF_STATES[0]].name
# The same dataset gives the same bytes on any day.
_WRITTEN = datetime(2000, 1, 1)
_INTEGERS = {"whole": "Int32", "flag": "Int8"}
_CODED = "Int16"

Words = Mapping[str, Sequence[str]]
"""Variable → its words, in the order of their numbers, from 1."""


def write_stata(
    path: Path,
    parts: Iterable[pa.Table],
    widths: Mapping[str, int],
    words: Words,
    language: str,
    version: str,
) -> None:
    """Write the parts as one file.

    `widths`: the bytes of the longest text of each variable; `words`: every text of each variable that is
    written as a number with a label; `language`: that of the labels; `version`: of the
    panel, told in the label of the whole.
    """
    with path.open("xb") as file:
        first = None
        count = 0
        for part in parts:
            own = _File(_made(part, widths, words, language, version))
            if first is None:
                first = own
                file.write(own.head)
            count += part.num_rows
            file.write(own.records)
        if first is None:
            raise ValueError("expected a part at least, if without rows")
        file.write(first.tail)
        first.put_right(file, count)


class _File:
    """A file that pandas made, cut at its records; the first of these, the widest, is left out."""

    def __init__(self, content: bytes) -> None:
        self._at_count = content.index(b"<N>") + len(b"<N>")
        self._at_places = content.index(b"<map>") + len(b"<map>")
        self._places = _PLACES.unpack_from(content, self._at_places)
        start, end = self._places[_DATA] + len(_OPEN), self._places[_AFTER_DATA] - len(_CLOSE)
        (rows,) = struct.unpack_from("<Q", content, self._at_count)
        self.size = (end - start) // rows
        self.head, self.tail = content[:start], content[end:]
        self.records = content[start + self.size : end]

    def put_right(self, file: BinaryIO, count: int) -> None:
        """Write into the head how many records there are, and where what follows them stands."""
        file.seek(self._at_count)
        file.write(struct.pack("<Q", count))
        grown = count * self.size - (self._places[_AFTER_DATA] - len(_CLOSE) - len(self.head))
        behind = [place + grown for place in self._places[_AFTER_DATA:]]
        file.seek(self._at_places)
        file.write(_PLACES.pack(*self._places[:_AFTER_DATA], *behind))


def _made(part: pa.Table, widths: Mapping[str, int], words: Words, language: str, version: str) -> bytes:
    frame = pd.DataFrame({one.name: _column(one, part[one.name], widths, words) for one in VARIABLES})
    file = io.BytesIO()
    frame.to_stata(
        file,
        byteorder="<",
        version=118,
        write_index=False,
        time_stamp=_WRITTEN,
        data_label=told(worded(__package__, "stata_label", version=version), language),
        variable_labels={one.name: one.label_in(language) for one in VARIABLES},
        value_labels=_value_labels(words, language),
    )
    return _with_one_label(file.getvalue())


def _with_one_label(content: bytes) -> bytes:
    """The file with one set of value labels for all states; pandas names each after a variable."""
    changed = bytearray(content)
    names = content.index(_LABEL_NAMES) + len(_LABEL_NAMES)
    for place in _OF_STATES:
        changed[names + place * _NAME : names + (place + 1) * _NAME] = _STATES.ljust(_NAME, b"\0")
    at = content.index(_FIRST_STATE.encode().ljust(_NAME, b"\0"), content.index(_VALUE_LABELS))
    changed[at : at + _NAME] = _STATES.ljust(_NAME, b"\0")
    return bytes(changed)


def _column(
    one: Variable, values: pa.ChunkedArray, widths: Mapping[str, int], words: Words
) -> pd.Series[Any]:
    """The values of a variable behind the widest that there may be."""
    given = values.to_pylist()
    if one.name in words:
        numbers = _numbers(words[one.name])
        return pd.Series([1, *(numbers.get(word) for word in given)], dtype=_CODED)
    if one.type == "text":
        width = min(max(widths.get(one.name, 0), 1), LONGEST_TEXT)
        cut = ((text or "").encode()[:LONGEST_TEXT].decode(errors="ignore") for text in given)
        return pd.Series(["x" * width, *cut], dtype="object")
    if one.type == "number":
        return pd.Series([0.5, *given], dtype="float64")
    return pd.Series([0, *given], dtype=_INTEGERS[one.type])


def _numbers(words: Sequence[str]) -> dict[str, int]:
    """Word → the number that it is written as: 2019 as 2019, any other by its place from 1."""
    return {word: int(word) if word.isdecimal() else n for n, word in enumerate(words, 1)}


def _value_labels(words: Words, language: str) -> dict[Any, dict[float, str]]:
    """Variable → number → what it means; of the states, the first alone."""
    found: dict[Any, dict[float, str]] = {}
    for one in VARIABLES:
        if one.values == _MEANINGS and one.name != _FIRST_STATE:
            continue
        if one.name in words:
            meanings = ((n, one.values.get(word, word)) for word, n in _numbers(words[one.name]).items())
        elif one.values:
            meanings = ((int(value), meaning) for value, meaning in one.values.items())
        else:
            continue
        found[one.name] = {number: told(meaning, language) for number, meaning in meanings}
    return found
