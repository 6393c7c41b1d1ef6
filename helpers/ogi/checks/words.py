"""What the words of a report say of closed requests and of fees, against its tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from math import isclose

from ogi.checks.closed import sayings
from ogi.checks.flow import flowing
from ogi.checks.grid import BLANK, FILLED, Grid
from ogi.checks.numerals import in_digits
from ogi.checks.passages import Words
from ogi.checks.phrases import PERIOD, THIS, relative
from ogi.checks.rows import row
from ogi.checks.sentences import Verdict, amount, cell_name, say
from ogi.forms import TABLES

ALL_CLOSED = "words.all_closed"
FEE_NOTICES, FEE_AMOUNT = "words.fee_notices", "words.fee_amount"
TOTAL, TEN_THOUSAND = "total", 10_000
ROUNDED = 0.01
"""Amounts in 万元 that differ by less are rounded otherwise."""
Cell = tuple[str, str, str]
CARRIED_OUT: Cell = ("requests", "carried_out", TOTAL)
FEE_UNPAID: Cell = ("requests", "other.fee_unpaid", TOTAL)
FEES: Cell = ("proactive", "fees", "amount")

_SENTENCES = {
    (ALL_CLOSED, Verdict.HOLDS): ("“{clause}”, and {cell} = {number}.", "“{clause}”，{cell} = {number}。"),
    (ALL_CLOSED, Verdict.BROKEN): ("“{clause}”, but {cell} = {number}.", "“{clause}”，而{cell} = {number}。"),
    (ALL_CLOSED, Verdict.UNDECIDED): (
        "“{clause}”, and {cell} = {number}; the words may mean it otherwise.",
        "“{clause}”，{cell} = {number}；所述范围可能不同。",
    ),
    (FEE_NOTICES, Verdict.HOLDS): (
        "“{clause}” agrees with {cell} = {number}.",
        "“{clause}”与{cell} = {number}不矛盾。",
    ),
    (FEE_NOTICES, Verdict.BROKEN): (
        "“{clause}”, but {cell} = {number}.",
        "“{clause}”，而{cell} = {number}。",
    ),
    (FEE_NOTICES, Verdict.UNDECIDED): (
        "“{clause}”, and {cell} = {number}: such a request is told to have had a fee notice.",
        "“{clause}”，{cell} = {number}：此类申请应曾发出收费通知。",
    ),
    (FEE_AMOUNT, Verdict.HOLDS): (
        "“{clause}” agrees with {cell} = {number} 万元.",
        "“{clause}”与{cell} = {number}万元一致。",
    ),
    (FEE_AMOUNT, Verdict.BROKEN): (
        "“{clause}”, but {cell} = {number} 万元: 元 and 万元 seem confused.",
        "“{clause}”，而{cell} = {number}万元：元与万元似有混淆。",
    ),
    (FEE_AMOUNT, Verdict.UNDECIDED): (
        "“{clause}” is another amount than {cell} = {number} 万元; it may be another fee.",
        "“{clause}”与{cell} = {number}万元不同，所指或非同一收费。",
    ),
}

_CLAUSE = re.compile(r"[^，,。；;！？\n]+")
_NO_NOTICE = re.compile(r"(?:没有|未|无)(?:曾)?(?:发出|发过|发|开具|制发|下达)\w{0,6}收费通知")
_NOTICES = re.compile(
    r"收费通知书?的?(?:件数|数量)?[为共:：]*(?:合计|总计)?(\d{1,9})[件份]|(?<!\d)(\d{1,9})[件份](?:信息处理费)?收费通知"
    r"|收费通知[^，。；\d]{0,24}为(0)(?![.\d])|收费通知书?的?(?:件数|数量)[为是共:：]*(\d{1,9})(?![.\d万元])"
)
_NO_FEE = re.compile(r"(?:没有|未|不|无)(?:曾)?(?:产生|发生)\w{0,12}费")
_NO_INCOME = re.compile(r"标准|每|减|免|降|退|返还")
_FEE = re.compile(r"行政事业性收费[^。；\d]{0,16}(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(万?元)")


def contradictions(
    words: Iterable[Words], grids: Sequence[Grid], language: str
) -> Iterator[dict[str, object]]:
    """A row for each saying that the tables bear out or contradict: all closed, fee notices, fees."""
    carried, unpaid, fees = (_numbers(grids, cell) for cell in (CARRIED_OUT, FEE_UNPAID, FEES))
    for told in words:
        name = told.of.report_id
        if name in carried:
            yield from _all_closed(told, carried[name], language)
        if name in unpaid:
            yield from _fee_notices(told, unpaid[name], language)
        if name in fees:
            yield from _fee_amount(told, fees[name], language)


def _all_closed(told: Words, number: float, language: str) -> Iterator[dict[str, object]]:
    for saying in sayings(told):
        verdict = Verdict.HOLDS if number == 0 else Verdict.BROKEN if saying.is_plain else Verdict.UNDECIDED
        yield _row(told, ALL_CLOSED, verdict, saying.clause, CARRIED_OUT, (number, 0.0), language)


def _fee_notices(told: Words, number: float, language: str) -> Iterator[dict[str, object]]:
    for clause in _CLAUSE.findall(flowing(told.text("overview", "requests", "other"))):
        plain = in_digits(relative(clause, told.of.year))
        counted = _NOTICES.search(plain)
        sent = None if counted is None else float(next(filter(None, counted.groups())))
        if set(PERIOD.findall(plain)) - {THIS}:
            continue
        if sent is not None or _NO_NOTICE.search(plain):
            verdict, sides = (
                Verdict.HOLDS if number <= (sent or 0.0) else Verdict.BROKEN,
                (number, sent or 0.0),
            )
        elif _NO_FEE.search(plain) and "信息" in plain:
            verdict, sides = Verdict.UNDECIDED if number else Verdict.HOLDS, (number, 0.0)
        else:
            continue
        yield _row(told, FEE_NOTICES, verdict, clause, FEE_UNPAID, sides, language)


def _fee_amount(told: Words, number: float, language: str) -> Iterator[dict[str, object]]:
    text = flowing(told.text("overview", "proactive", "other"))
    for clause in re.findall(r"[^。；;\n]+", text):
        for match in _FEE.finditer(clause):
            before = relative(clause[: match.end()], told.of.year)
            if _NO_INCOME.search(before) or set(PERIOD.findall(before)) - {THIS}:
                continue
            printed = float(match[1].replace(",", ""))
            unit = 1 if match[2] == "万元" else TEN_THOUSAND
            fee, finest = printed / unit, 10.0 ** -len(match[1].partition(".")[2]) / unit
            verdict = Verdict.HOLDS if fee and abs(fee - number) <= finest / 2 else _compared(fee, number)
            yield _row(told, FEE_AMOUNT, verdict, match[0], FEES, (fee, number), language)


def _compared(fee: float, number: float) -> Verdict:
    """Two amounts in 万元: the same, one ten thousand times the other, or maybe of another fee."""
    if abs(fee - number) < ROUNDED:
        return Verdict.HOLDS
    shifted = ((fee * TEN_THOUSAND, number), (fee, number * TEN_THOUSAND))
    return Verdict.BROKEN if any(isclose(a, b, rel_tol=0.001) for a, b in shifted) else Verdict.UNDECIDED


def _row(
    told: Words,
    rule_id: str,
    verdict: Verdict,
    clause: str,
    cell: Cell,
    sides: tuple[float, float],
    language: str,
) -> dict[str, object]:
    table = next(t for t in reversed(TABLES[cell[0]].values()) if cell[2] in t.cells_of.get(cell[1], ()))
    number = sides[1] if rule_id == FEE_AMOUNT else sides[0]
    values = {"clause": clause.strip(), "cell": cell_name(table, *cell[1:]), "number": amount(number)}
    message = say(_SENTENCES[rule_id, verdict], language, **values)
    return row(told.of, rule_id, verdict, message, sides, ["/".join(cell)])


def _numbers(grids: Sequence[Grid], cell: Cell) -> dict[str, float]:
    """Report → the number of one cell; where a total is blank, the sum of its row; none where not known."""
    found: dict[str, float] = {}
    table, item, measure = cell
    for grid in grids:
        if grid.table.id != table or measure not in grid.table.cells_of.get(item, ()):
            continue
        row, column = (
            [i.id for i in grid.table.items].index(item),
            [m.id for m in grid.table.measures].index(measure),
        )
        states, values = grid.cells.states[:, row], grid.cells.values[:, row]
        for n, report_id in enumerate(grid.reports["report_id"]):
            if states[n, column] == FILLED:
                found[str(report_id)] = float(values[n, column])
            elif states[n, column] == BLANK and measure == TOTAL and (states[n] <= BLANK).all():
                found[str(report_id)] = float(values[n].sum())
    return found
