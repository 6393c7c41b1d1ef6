"""The smallest set of cells that would explain a broken sum; nothing is ever repaired."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import pandas as pd

from helpers.checks.lines import ACROSS
from helpers.checks.sentences import BROKEN, UNDECIDED, amount, cell_name, say
from helpers.forms import TABLES

COLUMNS = ("report_id", "rule_id", "line", "kind", "cells", "printed", "would_be")
TOTAL_LEFT_ZERO, TRANSPOSED, DIGIT = "total_left_zero", "digits_transposed", "digit_lost_or_added"
OFF_BY, SWAPPED = "one_cell_off_by", "two_cells_swapped"
MOST = 3
TOLERANCE = 1e-6

KINDS = {
    TOTAL_LEFT_ZERO: ("a total left at zero", "总计漏填"),
    SWAPPED: ("two figures swapped", "两数互换"),
    TRANSPOSED: ("two digits transposed", "数位颠倒"),
    DIGIT: ("a digit lost or added", "多写或漏写一位"),
    OFF_BY: ("off by {by}", "相差{by}"),
}
"""Kind → how it is called."""
_SENTENCES = {
    "cell": ("{cell} {would_be} instead of {printed}", "{cell}为{would_be}而非{printed}"),
    "one": ("{cells} ({kind})", "{cells}（{kind}）"),
    "all": (" It would hold with {ones}.", "若{ones}，则成立。"),
    "and": (" and ", "、"),
    "or": (" or with ", "，或"),
    "blank": ("blank", "空白"),
}

_RIGHT = {
    **{
        rule.id: len(rule.right)
        for forms in TABLES.values()
        for table in forms.values()
        for rule in table.equations
    },
    **{rule.id: len(rule.right) for rule in ACROSS},
}
"""Rule that is a sum → how many cells, the last of each line's, stand on its right side."""
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

Key = tuple[str, str]
"""Report id and table/item/measure."""


@dataclass(frozen=True)
class Line:
    """One line of a sum in one report: how each cell enters it (1 left, -1 right), and its verdict."""

    report_id: str
    rule_id: str
    signs: Mapping[Key, int]
    verdict: str
    cells: tuple[str, ...]

    @property
    def name(self) -> str:
        """The item or the measure that the line is about: what all of its cells share."""
        parts = [cell.rpartition(":")[2].split("/") for cell in self.cells]
        items, measures = {item for _, item, _ in parts}, {measure for _, _, measure in parts}
        return (items if len(items) == 1 else measures).pop()


@dataclass(frozen=True)
class Suspicion:
    """A change of one or two cells that would mend a broken line.

    `gain`: how many lines it mends, less those it breaks; `rank`: how readily it is believed, best first.
    """

    kind: str
    would_be: Mapping[Key, float]
    gain: int
    rank: int


class Sums:
    """All sums of some reports, with the printed numbers; a blank cell counts as zero."""

    def __init__(self, lines: Sequence[Line], printed: Mapping[Key, float | None]) -> None:
        self.lines, self.printed = lines, printed
        self.values = {key: 0.0 if value is None else value for key, value in printed.items()}
        self.of_cell: dict[Key, list[int]] = {}
        self.beside: dict[tuple[str, str], list[Key]] = {}
        for n, line in enumerate(lines):
            for key in line.signs:
                self.of_cell.setdefault(key, []).append(n)
        for key in self.of_cell:
            for strand in _strands(key):
                self.beside.setdefault(strand, []).append(key)
        self.rests = [sum(sign * self.values[key] for key, sign in line.signs.items()) for line in lines]

    def suspicions(self, line: int) -> list[Suspicion]:
        """The best explanations of a broken line: they mend most, then change fewest cells; at most MOST."""
        found = [*self._single(line), *self._swaps(line)]
        if not found:
            return []
        best = max(found, key=lambda one: (one.gain, -len(one.would_be)))
        equal = [one for one in found if (one.gain, len(one.would_be)) == (best.gain, len(best.would_be))]
        return list(_few(sorted(equal, key=lambda one: one.rank)))

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
                    yield Suspicion(SWAPPED, dict(sorted(swapped.items())), gain, 0)

    def _gain(self, would_be: Mapping[Key, float]) -> int:
        """How many broken lines the change mends, less those it breaks."""
        gain = 0
        for n in {n for key in would_be for n in self.of_cell[key]}:
            line = self.lines[n]
            shift = sum(
                line.signs.get(key, 0) * (value - self.values[key]) for key, value in would_be.items()
            )
            holds = abs(self.rests[n] + shift) < TOLERANCE
            if line.verdict == BROKEN:
                gain += holds
            elif line.verdict != UNDECIDED:
                gain -= not holds
        return gain


def explain(figures: pd.DataFrame, checks: pd.DataFrame) -> pd.DataFrame:
    """What would explain each broken sum: a row per line and explanation, of several equally small ones each.

    Columns: report_id, rule_id, line (the item or measure), kind (one of KINDS), cells (as in `checks`), and,
    in their order, what is printed (None for a blank) and what it would be. All sums of the reports count: a
    cell whose change mends its row and its column comes before one that mends the row and breaks the column.
    A line that no such change explains has no row.
    """
    rows = [
        (line.report_id, line.rule_id, line.name, suspicion.kind, *_told(line, suspicion, sums))
        for line, suspicion, sums in _explained(figures, checks)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def with_explanations(checks: pd.DataFrame, figures: pd.DataFrame, language: str) -> pd.DataFrame:
    """The checks, the message of every explained breach followed by what would explain it."""
    further: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for line, suspicion, sums in _explained(figures, checks):
        told = further.setdefault((line.report_id, line.rule_id, line.cells), [])
        told.append(_sentence(suspicion, sums, line, language))
    if not further:
        return checks
    messages = checks["message"].tolist()
    broken = (checks["verdict"] == BROKEN).to_numpy().nonzero()[0]
    for n, report_id, rule_id, cells in zip(
        broken, *(checks[c].iloc[broken] for c in ("report_id", "rule_id", "cells")), strict=True
    ):
        ones = further.get((report_id, rule_id, tuple(cells)))
        if ones is not None:
            joint = say(_SENTENCES["or"], language)
            messages[n] += say(_SENTENCES["all"], language, ones=joint.join(ones))
    return checks.assign(message=pd.Series(messages, dtype="str", index=checks.index))


def _explained(figures: pd.DataFrame, checks: pd.DataFrame) -> Iterator[tuple[Line, Suspicion, Sums]]:
    added = checks[checks["rule_id"].isin(_RIGHT)]
    broken = added.loc[added["verdict"] == BROKEN, "report_id"]
    if broken.empty:
        return
    agencies = added.loc[added["report_id"].isin(broken), "agency"].dropna()
    near = added[added["report_id"].isin(broken) | added["agency"].isin(agencies)]
    printed = _printed(figures[figures["report_id"].isin(near["report_id"])])
    files = _only_files(figures)
    lines = [
        line
        for one in _lines(near, files)
        if (line := one) is not None and all(key in printed for key in line.signs)
    ]
    sums = Sums(lines, printed)
    for n, line in enumerate(lines):
        if line.verdict == BROKEN:
            yield from ((line, suspicion, sums) for suspicion in sums.suspicions(n))


def _printed(figures: pd.DataFrame) -> dict[Key, float | None]:
    """The numbers of the cells that are known: None where a cell is blank, nothing where it was not read."""
    known = figures[figures["state"].isin(["reported", "blank", "not_applicable"])]
    ids = (
        known["table"].astype("object")
        + "/"
        + known["item"].astype("object")
        + "/"
        + known["measure"].astype("object")
    )
    values = [None if value != value else float(value) for value in known["value"]]
    return dict(zip(zip(known["report_id"], ids, strict=True), values, strict=True))


def _only_files(figures: pd.DataFrame) -> dict[tuple[str, int], str]:
    """Agency and year → the report, where there is exactly one."""
    reports = figures.drop_duplicates("report_id").dropna(subset=["agency", "year"])
    alone = reports[~reports.duplicated(["agency", "year"], keep=False)]
    return {
        (str(agency), int(year)): str(report)
        for agency, year, report in zip(alone["agency"], alone["year"], alone["report_id"], strict=True)
    }


def _lines(checks: pd.DataFrame, files: Mapping[tuple[str, int], str]) -> Iterator[Line]:
    columns = ("report_id", "agency", "rule_id", "verdict", "cells")
    for report_id, agency, rule_id, verdict, cells in zip(*(checks[name] for name in columns), strict=True):
        keys = [_key(cell, str(report_id), agency, files) for cell in cells]
        if all(key is not None for key in keys):
            first_right = len(cells) - _RIGHT[rule_id]
            signs = {key: 1 if n < first_right else -1 for n, key in enumerate(keys) if key is not None}
            yield Line(str(report_id), str(rule_id), signs, str(verdict), tuple(cells))


def _key(cell: str, report_id: str, agency: object, files: Mapping[tuple[str, int], str]) -> Key | None:
    year, _, place = cell.rpartition(":")
    file = files.get((str(agency), int(year))) if year else report_id
    return None if file is None else (file, place)


def _strands(key: Key) -> tuple[tuple[str, str], ...]:
    """The row and the column that a cell lies in."""
    table, item, measure = key[1].split("/")
    return (key[0], f"{table}/{item}/"), (key[0], f"{table}//{measure}")


def _kind(key: Key, printed: float, would_be: float) -> str:
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
    order = [TOTAL_LEFT_ZERO, TRANSPOSED, DIGIT, OFF_BY]
    return order.index(kind) + (kind == OFF_BY and printed == 0)


def _few(suspicions: Iterable[Suspicion]) -> Iterator[Suspicion]:
    """The likeliest, whole ranks at a time, MOST in all; of the first rank as many as fit."""
    count = 0
    for _, same in groupby(suspicions, key=lambda one: one.rank):
        ones = list(same)
        if count and count + len(ones) > MOST:
            return
        yield from ones[:MOST]
        count += len(ones)


def _told(line: Line, suspicion: Suspicion, sums: Sums) -> tuple[list[str], list[float | None], list[float]]:
    cells = [_as_named(key, line) for key in suspicion.would_be]
    return cells, [sums.printed[key] for key in suspicion.would_be], list(suspicion.would_be.values())


def _as_named(key: Key, line: Line) -> str:
    """The cell as the checks name it: with the year where the line is of two years."""
    named = dict(zip(line.signs, line.cells, strict=True))
    return named.get(key, key[1])


def _sentence(suspicion: Suspicion, sums: Sums, line: Line, language: str) -> str:
    parts = []
    for key, would_be in suspicion.would_be.items():
        printed = sums.printed[key]
        shown = say(_SENTENCES["blank"], language) if printed is None else amount(printed)
        year = _as_named(key, line).rpartition(":")[0]
        cell = f"{year} {_named(key)}".strip()
        parts.append(say(_SENTENCES["cell"], language, cell=cell, would_be=amount(would_be), printed=shown))
    by = max(abs(value - sums.values[key]) for key, value in suspicion.would_be.items())
    kind = say(KINDS[suspicion.kind], language, by=amount(by))
    return say(_SENTENCES["one"], language, cells=say(_SENTENCES["and"], language).join(parts), kind=kind)


def _named(key: Key) -> str:
    table_id, item, measure = key[1].split("/")
    table = next(t for t in reversed(TABLES[table_id].values()) if measure in t.cells_of.get(item, ()))
    return cell_name(table, item, measure)
