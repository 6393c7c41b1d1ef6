"""One count that a text tells."""

from __future__ import annotations

from dataclasses import dataclass

from ogi.checks.words.sums import Meaning
from ogi.checks.words.vocabulary import Wording

_WAN = 10_000
"""元 in 万元."""


@dataclass(frozen=True)
class Mention:
    """One count told in a text.

    Args:
        kind: what is counted.
        clause: the words as printed.
        scope: words that may narrow or widen what is counted, None where none do.
        meanings: what the number may be.
        measures: the columns it is of, none for the total; `also`: columns that it may be of instead.
        unit: that of the number as told.
    """

    kind: Wording
    number: float
    clause: str
    scope: str | None
    meanings: tuple[Meaning, ...]
    measures: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    unit: str = "件"

    def is_of(self, table: str) -> bool:
        """Is it a count of what this table holds?"""
        return self.meanings[0].table == table

    @property
    def numbers(self) -> tuple[float, ...]:
        """The number as it may stand in the table: an amount in 万元, or in 元."""
        if "元" not in self.unit:
            return (self.number,)
        if "亿" in self.unit:
            return round(self.number * _WAN, 6), round(self.number * _WAN * _WAN, 6)
        return self.number, round(self.number / _WAN, 6), round(self.number * _WAN, 6)
