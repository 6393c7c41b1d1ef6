"""Which one or two cells, printed otherwise, would mend a broken sum, by all the sums they take part in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ogi.checks.rows import Check
from ogi.checks.sentences import Verdict
from ogi.figures import BADLY_READ, COLUMN, TOLERANCE, Figures
from ogi.forms import TABLES

TOTAL_LEFT_ZERO, TRANSPOSED, DIGIT = "total_left_zero", "digits_transposed", "digit_lost_or_added"
OFF_BY, SWAPPED = "one_cell_off_by", "two_cells_swapped"
MOST = 3
_RANKS = (TOTAL_LEFT_ZERO, SWAPPED, TRANSPOSED, DIGIT, OFF_BY)
"""The kinds, the readiest to believe first."""

KINDS = {
    TOTAL_LEFT_ZERO: ("a total left at zero", "总计漏填"),
    SWAPPED: ("two figures swapped", "两数互换"),
    TRANSPOSED: ("two digits transposed", "数位颠倒"),
    DIGIT: ("a digit lost or added", "多写或漏写一位"),
    OFF_BY: ("off by {by}", "相差{by}"),
}
"""Kind → how it is called."""
_TOTALS = {
    f"{table.id}/{cell}"
    for forms in TABLES.values()
    for table in forms.values()
    for rule in table.equations
    if len(rule.right) == 1
    for cell in (
        [f"{item.id}/{rule.right[0]}" for item in table.items]
        if rule.axis == "measures"
        else [f"{rule.right[0]}/{measure.id}" for measure in table.measures]
    )
}
"""The cells that hold totals."""

CellKey = tuple[str, str]
"""Report id and table/item/measure."""

OFF = "off"
"""The verdict on a line whose sides differ, and in which a cell was badly read: it may be our own fault."""


@dataclass(frozen=True)
class SumLine:
    """One line of a sum in one report: how each cell enters it (1 left, -1 right), and its verdict."""

    check: Check
    signs: Mapping[CellKey, int]
    verdict: str

    @property
    def name(self) -> str:
        """The item or the measure that the line is about: what all of its cells share."""
        parts = [cell.split("/") for _, cell in self.signs]
        items, measures = {item for _, item, _ in parts}, {measure for _, _, measure in parts}
        return (items if len(items) == 1 else measures).pop()


@dataclass(frozen=True)
class Suspicion:
    """A change of one or two cells that would mend a broken line.

    `gain`: how many lines it mends, less those it breaks; `rank`: how readily it is believed, best first;
    `is_among`: would others that are not named mend as much?
    """

    kind: str
    would_be: Mapping[CellKey, float]
    gain: int
    rank: int
    is_among: bool = False


class Sums:
    """All sums of some reports, with the printed numbers; a blank cell counts as zero.

    Where a line may be off for a cell that was badly read (`doubted`), such cells come first.
    """

    def __init__(self, lines: Sequence[SumLine], figures: Figures) -> None:
        self.lines = lines
        self.values: dict[CellKey, float] = {}
        self.doubted: set[CellKey] = set()
        self.of_cell: dict[CellKey, list[int]] = {}
        self.beside: dict[tuple[str, str], list[CellKey]] = {}
        for n, line in enumerate(lines):
            for key in line.signs:
                self.of_cell.setdefault(key, []).append(n)
        for key in self.of_cell:
            at = figures.row_of[key[0]], COLUMN[key[1]]
            self.values[key] = float(figures.blank_as_zero[at])
            if figures.doubt[at] == BADLY_READ:
                self.doubted.add(key)
            for strand in _strands(key):
                self.beside.setdefault(strand, []).append(key)
        self.rests = [sum(sign * self.values[key] for key, sign in line.signs.items()) for line in lines]

    def suspicions(self, line: int) -> list[Suspicion]:
        """The best explanations of a line that does not hold: they mend most.

        At most MOST, the readiest to believe; where more would do as well, each is told to be among others.
        Of a line that is off, those that change a badly read cell come before all others. A total left at
        zero explains a line by itself: that a part beside it should be zero too is no rival.
        """
        found = [*self._single(line), *self._swaps(line)]
        if not found:
            return []
        best = max(map(self._worth, found))
        equal = [one for one in found if self._worth(one) == best]
        if any(one.kind == TOTAL_LEFT_ZERO for one in equal):
            equal = [one for one in equal if one.kind in (TOTAL_LEFT_ZERO, SWAPPED)]
        few = list(_few(sorted(equal, key=lambda one: one.rank)))
        return [replace(one, is_among=len(few) < len(equal)) for one in few]

    def _worth(self, one: Suspicion) -> tuple[bool, int]:
        return any(key in self.doubted for key in one.would_be), one.gain

    def _single(self, line: int) -> Iterator[Suspicion]:
        for key, sign in self.lines[line].signs.items():
            would_be = self.values[key] - sign * self.rests[line]
            if would_be < 0 and not key[1].endswith("/change"):
                continue
            gain = self._gain({key: would_be})
            if gain > 0:
                kind = _kind(key, self.values[key], would_be)
                yield Suspicion(kind, {key: would_be}, gain, _rank(kind, self.values[key]))

    def _swaps(self, line: int) -> Iterator[Suspicion]:
        signs, rest = self.lines[line].signs, self.rests[line]
        for key, sign in signs.items():
            for other in (k for strand in _strands(key) for k in self.beside[strand]):
                together = sign - signs.get(other, 0)
                by = self.values[other] - self.values[key]
                if together == 0 or by == 0 or abs(rest + together * by) > TOLERANCE:
                    continue
                swapped = {key: self.values[other], other: self.values[key]}
                gain = self._gain(swapped)
                if gain > 0 and (other not in signs or key < other):
                    yield Suspicion(SWAPPED, dict(sorted(swapped.items())), gain, _RANKS.index(SWAPPED))

    def _gain(self, would_be: Mapping[CellKey, float]) -> int:
        """How many broken lines the change mends, less those it breaks."""
        gain = 0
        for n in {n for key in would_be for n in self.of_cell[key]}:
            line = self.lines[n]
            shift = sum(
                line.signs.get(key, 0) * (value - self.values[key]) for key, value in would_be.items()
            )
            holds = abs(self.rests[n] + shift) < TOLERANCE
            if line.verdict in (Verdict.BROKEN, OFF):
                gain += holds
            elif line.verdict != Verdict.UNDECIDED:
                gain -= not holds
        return gain


def _strands(key: CellKey) -> tuple[tuple[str, str], ...]:
    """The row and the column that a cell lies in."""
    table, item, measure = key[1].split("/")
    return (key[0], f"{table}/{item}/"), (key[0], f"{table}//{measure}")


def _kind(key: CellKey, printed: float, would_be: float) -> str:
    if printed == 0 and key[1] in _TOTALS:
        return TOTAL_LEFT_ZERO
    if printed == 0 or would_be == 0 or not (printed.is_integer() and would_be.is_integer()):
        return OFF_BY
    a, b = str(int(printed)), str(int(would_be))
    if _is_transposed(a, b):
        return TRANSPOSED
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    one_less = len(longer) == len(shorter) + 1
    lost = one_less and any(longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer)))
    return DIGIT if lost else OFF_BY


def _is_transposed(a: str, b: str) -> bool:
    return (
        len(a) == len(b)
        and a != b
        and any(a[:n] + a[n + 1] + a[n] + a[n + 2 :] == b for n in range(len(a) - 1))
    )


def _rank(kind: str, printed: float) -> int:
    """How readily a change is believed: a figure printed as zero is less likely to be the wrong one."""
    return _RANKS.index(kind) + (kind == OFF_BY and printed == 0)


def _few(suspicions: Iterable[Suspicion]) -> Iterator[Suspicion]:
    """The likeliest, whole ranks at a time, MOST in all; of the first rank as many as fit."""
    count = 0
    for _, same in groupby(suspicions, key=lambda one: one.rank):
        ones = list(same)
        if count and count + len(ones) > MOST:
            return
        yield from ones[:MOST]
        count += len(ones)
