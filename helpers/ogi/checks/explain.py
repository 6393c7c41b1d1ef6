"""Which one or two cells, printed otherwise, would mend a broken sum; nothing is ever repaired.

A cell is named by its place in the index over figures: the row of its report, and its column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ogi.checks.catalogue import RULES
from ogi.checks.rows import Check, Verdict, amount, cell_name, message, short_label
from ogi.columns import CELLS, COLUMN, LINES
from ogi.figures import BADLY_READ, TOLERANCE, Figures
from ogi.forms import TABLES
from ogi.said import Said, joined, say

TOTAL_LEFT_ZERO, SWAPPED, TRANSPOSED = "total_left_zero", "two_cells_swapped", "digits_transposed"
DIGIT, OFF_BY = "digit_lost_or_added", "one_cell_off_by"
# The slips that typists are known for come before any other number that happens to fit.
KINDS = (TOTAL_LEFT_ZERO, SWAPPED, TRANSPOSED, DIGIT, OFF_BY)
"""The kinds of explanations, the readiest to believe first."""
# With more of them, none is a place to look at first.
MOST = 3
"""Explanations told of one line."""
_TOTALS = {
    column
    for equations in LINES.values()
    for lines in equations
    if lines.right.shape[1] == 1
    for column in lines.right[:, 0].tolist()
}
"""The columns of CELLS that hold totals."""


@dataclass(frozen=True)
class SumLine:
    """One line of a sum in one report.

    Args:
        signs: each cell with how it enters the line: 1 left, -1 right; in the order of the check's cells.
        holds: by its numbers; None where it is undecided for another reason than a badly read cell: it proves
            nothing.
    """

    check: Check
    signs: Mapping[tuple[int, int], int]
    holds: bool | None


@dataclass(frozen=True)
class Explanation:
    """What would explain a line that does not hold: one or two cells, if they were so and not as printed.

    Args:
        gain: how many lines the change mends, less those it breaks.
        rank: how readily it is believed, best first.
        is_among: would others, that are not told, do as well?
    """

    line: SumLine
    kind: str
    would_be: Mapping[tuple[int, int], float]
    gain: int
    rank: int
    is_among: bool = False


def with_explanations(checks: Sequence[Check], figures: Figures) -> list[Check]:
    """The checks, the message of every explained breach followed by what would explain it."""
    found: dict[int, list[Explanation]] = {}
    for explanation in explain(figures, checks):
        found.setdefault(id(explanation.line.check), []).append(explanation)
    return [_explained(check, found.get(id(check), ()), figures) for check in checks]


def explain(figures: Figures, checks: Sequence[Check]) -> list[Explanation]:
    """What would explain each sum that does not hold, the smallest changes; nothing is changed.

    A sum left undecided because a cell in it was badly read is explained by such a cell where one would do:
    the place to look at. All sums of the reports count: a cell whose change mends its row and its column
    comes before one that mends the row and breaks the column. A line that no such change explains has none.
    """
    added = [check for check in checks if RULES[check.rule_id].equation is not None]
    wrong = [check.of for check in added if check.verdict == Verdict.BROKEN or _differs(check)]
    reports, agencies = {of.report_id for of in wrong}, {of.agency for of in wrong} - {None}
    near = [check for check in added if check.of.report_id in reports or check.of.agency in agencies]
    suspects = Suspects(list(_lines(near, figures)) if wrong else [], figures)
    off = [n for n, line in enumerate(suspects.lines) if line.holds is False]
    return [explanation for n in off for explanation in suspects.explanations(n)]


def _differs(check: Check) -> bool:
    """Is a check undecided though both sides are known and differ?"""
    return check.verdict == Verdict.UNDECIDED and abs(check.difference or 0.0) > TOLERANCE


def _lines(checks: Sequence[Check], figures: Figures) -> Iterator[SumLine]:
    """The sums whose cells are all known: of years of which there is exactly one report."""
    for check in checks:
        cells = [cell.rpartition(":") for cell in check.cells]
        rows = [
            figures.rows_on_year[str(check.of.agency), int(year)]
            if year
            else [figures.row_of[check.of.report_id]]
            for year, *_ in cells
        ]
        # Of two files on one year, nothing says which one the other year's report should follow.
        if any(len(own) != 1 for own in rows):
            continue
        places = [(row, COLUMN[cell]) for (row,), (*_, cell) in zip(rows, cells, strict=True)]
        if any(figures.blank_as_zero[at] != figures.blank_as_zero[at] for at in places):
            continue
        equation = RULES[check.rule_id].equation
        left = len(places) - len(equation.right if equation is not None else ())
        is_doubted = any(figures.doubt[at] == BADLY_READ for at in places)
        is_undecided = check.verdict == Verdict.UNDECIDED and not (is_doubted and _differs(check))
        signs = {at: 1 if n < left else -1 for n, at in enumerate(places)}
        rest = sum(sign * float(figures.blank_as_zero[at]) for at, sign in signs.items())
        yield SumLine(check, signs, None if is_undecided else abs(rest) <= TOLERANCE)


class Suspects:
    """The cells of some sums, each of which may be wrong; a blank cell counts as zero."""

    def __init__(self, lines: Sequence[SumLine], figures: Figures) -> None:
        self.lines = lines
        self._lines_of: dict[tuple[int, int], list[int]] = {}
        self._beside: dict[tuple[int, str, str], list[tuple[int, int]]] = {}
        for n, line in enumerate(lines):
            for at in line.signs:
                self._lines_of.setdefault(at, []).append(n)
        for at in self._lines_of:
            for strand in _strands(at):
                self._beside.setdefault(strand, []).append(at)
        self._values = {at: float(figures.blank_as_zero[at]) for at in self._lines_of}
        self._doubted = {at for at in self._lines_of if figures.doubt[at] == BADLY_READ}
        self._rests = [sum(sign * self._values[at] for at, sign in line.signs.items()) for line in lines]

    def explanations(self, n: int) -> list[Explanation]:
        """The best explanations of a line that does not hold: they mend most.

        At most MOST, the readiest to believe; where more would do as well, each is told to be among others.
        Those that change a badly read cell come before all others. A total left at zero explains a line by
        itself: that a part beside it should be zero too is no rival.
        """
        found = [*self._single(n), *self._swaps(n)]
        best = max(map(self._worth, found), default=None)
        equal = [one for one in found if self._worth(one) == best]
        # A real report prints 10 upheld, 1 corrected and a total of 0: nobody would change the parts.
        if any(one.kind == TOTAL_LEFT_ZERO for one in equal):
            equal = [one for one in equal if one.kind in (TOTAL_LEFT_ZERO, SWAPPED)]
        few = list(_few(sorted(equal, key=lambda one: one.rank)))
        return [replace(one, is_among=len(few) < len(equal)) for one in few]

    def _worth(self, one: Explanation) -> tuple[bool, int]:
        return not self._doubted.isdisjoint(one.would_be), one.gain

    def _single(self, n: int) -> Iterator[Explanation]:
        for at, sign in self.lines[n].signs.items():
            printed, would_be = self._values[at], self._values[at] - sign * self._rests[n]
            # No count is negative.
            if would_be >= 0 or CELLS[at[1]].endswith("/change"):
                kind = _kind(at[1], printed, would_be)
                # A figure printed as zero is less likely to be the wrong one.
                rank = KINDS.index(kind) + (kind == OFF_BY and printed == 0)
                yield from self._if_it_gains(n, kind, {at: would_be}, rank)

    def _swaps(self, n: int) -> Iterator[Explanation]:
        signs, rest = self.lines[n].signs, self._rests[n]
        for at, sign in signs.items():
            for other in (cell for strand in _strands(at) for cell in self._beside[strand]):
                together = sign - signs.get(other, 0)
                by = self._values[other] - self._values[at]
                mends = together != 0 and by != 0 and abs(rest + together * by) <= TOLERANCE
                # Of two cells of the line, the pair comes up twice: once from either.
                if mends and (other not in signs or at < other):
                    swapped = {at: self._values[other], other: self._values[at]}
                    in_order = dict(sorted(swapped.items()))
                    yield from self._if_it_gains(n, SWAPPED, in_order, KINDS.index(SWAPPED))

    def _if_it_gains(
        self, n: int, kind: str, would_be: Mapping[tuple[int, int], float], rank: int
    ) -> Iterator[Explanation]:
        """The explanation of a line, if the change mends more lines than it breaks."""
        gain = 0
        for other in {other for at in would_be for other in self._lines_of[at]}:
            line = self.lines[other]
            changes = (line.signs.get(at, 0) * (value - self._values[at]) for at, value in would_be.items())
            holds = abs(self._rests[other] + sum(changes)) < TOLERANCE
            if line.holds is not None:
                gain += holds - line.holds
        if gain > 0:
            yield Explanation(self.lines[n], kind, would_be, gain, rank)


def _strands(at: tuple[int, int]) -> tuple[tuple[int, str, str], tuple[int, str, str]]:
    """The row and the column of its table that a cell lies in."""
    table, item, measure = CELLS[at[1]].split("/")
    return (at[0], table, f"{item}/"), (at[0], table, f"/{measure}")


def _kind(column: int, printed: float, would_be: float) -> str:
    if printed == 0 and column in _TOTALS:
        return TOTAL_LEFT_ZERO
    if printed == 0 or would_be == 0 or not (printed.is_integer() and would_be.is_integer()):
        return OFF_BY
    a, b = sorted((str(int(printed)), str(int(would_be))), key=len)
    if len(a) == len(b):
        is_transposed = any(a[:n] + a[n + 1] + a[n] + a[n + 2 :] == b for n in range(len(a) - 1))
        return TRANSPOSED if is_transposed and a != b else OFF_BY
    return DIGIT if any(b[:n] + b[n + 1 :] == a for n in range(len(b))) else OFF_BY


def _few(explanations: Iterable[Explanation]) -> Iterator[Explanation]:
    """The likeliest, whole ranks at a time, MOST in all; of the first rank as many as fit."""
    count = 0
    for _, same in groupby(explanations, key=lambda one: one.rank):
        ones = list(same)
        if count and count + len(ones) > MOST:
            return
        yield from ones[:MOST]
        count += len(ones)


def _explained(check: Check, explanations: Sequence[Explanation], figures: Figures) -> Check:
    if not explanations:
        return check
    ones = joined((_sentence(one, figures) for one in explanations), " or with ", "，或")
    case = "among_others" if explanations[-1].is_among else "all"
    return check._replace(message=check.message + message("explained", case, ones=ones))


def _sentence(one: Explanation, figures: Figures) -> Said:
    # The check names its cells with the year where it is of two years.
    named = dict(zip(one.line.signs, one.line.check.cells, strict=True))
    parts, steps = [], []
    for at, would_be in one.would_be.items():
        printed = message("explained", "blank") if figures.blank[at] else amount(figures.value[at])
        case = "doubted" if figures.doubt[at] == BADLY_READ else "cell"
        cell = place_named(named.get(at, CELLS[at[1]]))
        parts.append(message("explained", case, cell=cell, would_be=amount(would_be), printed=printed))
        steps.append(abs(would_be - float(figures.blank_as_zero[at])))
    kind = message("kinds", one.kind, by=amount(max(steps)))
    return message("explained", "change", cells=joined(parts, " and ", "、"), kind=kind)


def place_named(cell: str) -> Said:
    """The official labels of a cell, after its year where it is named with one."""
    year, _, place = cell.rpartition(":")
    table_id, item, measure = place.split("/")
    table = next(t for t in reversed(TABLES[table_id].values()) if measure in t.cells_of.get(item, ()))
    row, column = short_label(table.item(item)), table.measure(measure).zh
    labels = say("{name}", "“{row}”行“{column}”栏", name=cell_name(table, place), row=row, column=column)
    return say("{year} {labels}", "{year}年{labels}", year=year, labels=labels) if year else labels
