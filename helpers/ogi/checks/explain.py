"""The smallest set of cells that would explain a broken sum; nothing is ever repaired."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ogi.checks.lines import ACROSS
from ogi.checks.rows import Check
from ogi.checks.sentences import Verdict, amount, cell_name
from ogi.checks.suspects import KINDS, OFF, CellKey, SumLine, Sums, Suspicion
from ogi.figures import BADLY_READ, COLUMN, TOLERANCE, Figures
from ogi.forms import TABLES
from ogi.said import Said, say

_CELL = "{cell} {would_be} instead of {printed}", "{cell}为{would_be}而非{printed}"
_DOUBTED = (
    "{cell} {would_be} instead of {printed}, which was read with little confidence",
    "{cell}为{would_be}而非{printed}（该数字识读把握不大）",
)
_ALL = "{message} It would hold with {ones}.", "{message}若{ones}，则成立。"
_AMONG_OTHERS = "{message} It would hold, among others, with {ones}.", "{message}若{ones}等，则成立。"
_AND, _OR = ("{a} and {b}", "{a}、{b}"), ("{a} or with {b}", "{a}，或{b}")
_BLANK = Said("blank", "空白")

_RIGHT = {
    rule.id: len(rule.right)
    for rule in (
        *(rule for forms in TABLES.values() for table in forms.values() for rule in table.equations),
        *(across.equation for across in ACROSS),
    )
}
"""Rule that is a sum → how many cells, the last of each line's, stand on its right side."""


@dataclass(frozen=True)
class Explanation:
    """What would explain a sum that does not hold: these cells, if they were so and not as printed.

    `line`: the item or measure that the sum is about; `kind`: one of KINDS; `printed`: None for a blank;
    `is_among`: would others, that are not told, do as well?
    """

    check: Check
    line: str
    kind: str
    cells: tuple[str, ...]
    printed: tuple[float | None, ...]
    would_be: tuple[float, ...]
    is_doubted: tuple[bool, ...]
    is_among: bool


def explain(figures: Figures, checks: Sequence[Check]) -> list[Explanation]:
    """What would explain each sum that does not hold, the smallest changes; nothing is changed.

    A sum left undecided because a cell in it was badly read is explained by such a cell where one would do:
    the place to look at. All sums of the reports count: a cell whose change mends its row and its column
    comes before one that mends the row and breaks the column. A line that no such change explains has none.
    """
    added = [check for check in checks if check.rule_id in _RIGHT]
    broken = [check.of for check in added if _may_be_explained(check, figures)]
    reports, agencies = {of.report_id for of in broken}, {of.agency for of in broken} - {None}
    near = [check for check in added if check.of.report_id in reports or check.of.agency in agencies]
    lines = list(_lines(near, figures)) if broken else []
    sums = Sums(lines, figures)
    return [
        _explanation(line, suspicion, figures)
        for n, line in enumerate(lines)
        if line.verdict in (Verdict.BROKEN, OFF)
        for suspicion in sums.suspicions(n)
    ]


def with_explanations(checks: Sequence[Check], figures: Figures) -> list[Check]:
    """The checks, the message of every explained breach followed by what would explain it."""
    found: dict[int, list[Explanation]] = {}
    for explanation in explain(figures, checks):
        found.setdefault(id(explanation.check), []).append(explanation)
    return [_explained(check, found[id(check)]) if id(check) in found else check for check in checks]


def _explained(check: Check, explanations: list[Explanation]) -> Check:
    ones = _joined([_sentence(one) for one in explanations], _OR)
    frame = _AMONG_OTHERS if explanations[-1].is_among else _ALL
    return check._replace(message=say(*frame, message=check.message, ones=ones))


def _may_be_explained(check: Check, figures: Figures) -> bool:
    """Broken, or undecided though both sides are known and differ, where any cell was badly read."""
    return check.verdict == Verdict.BROKEN or (_is_off(check) and bool((figures.doubt == BADLY_READ).any()))


def _is_off(check: Check) -> bool:
    return check.verdict == Verdict.UNDECIDED and abs(check.difference or 0.0) > TOLERANCE


def _lines(checks: Sequence[Check], figures: Figures) -> Iterator[SumLine]:
    """The sums whose cells are all known: of years of which there is exactly one report."""
    files = _only_files(figures)
    for check in checks:
        keys = [_key(cell, check, files) for cell in check.cells]
        if not all(key is not None and _is_known(key, figures) for key in keys):
            continue
        first_right = len(keys) - _RIGHT[check.rule_id]
        signs = {key: 1 if n < first_right else -1 for n, key in enumerate(keys) if key is not None}
        is_off = _is_off(check) and any(_is_doubted(key, figures) for key in signs)
        yield SumLine(check, signs, OFF if is_off else check.verdict)


def _is_known(key: CellKey, figures: Figures) -> bool:
    at = figures.row_of[key[0]], COLUMN[key[1]]
    return bool(figures.reported[at] or figures.blank[at])


def _is_doubted(key: CellKey, figures: Figures) -> bool:
    return bool(figures.doubt[figures.row_of[key[0]], COLUMN[key[1]]] == BADLY_READ)


def _only_files(figures: Figures) -> dict[tuple[str, int], str]:
    """Agency and year → the report, where there is exactly one."""
    found: dict[tuple[str, int], list[str]] = {}
    for of in figures.reports:
        if of.agency is not None and of.year is not None:
            found.setdefault((of.agency, of.year), []).append(of.report_id)
    return {key: reports[0] for key, reports in found.items() if len(reports) == 1}


def _key(cell: str, check: Check, files: Mapping[tuple[str, int], str]) -> CellKey | None:
    year, _, place = cell.rpartition(":")
    file = files.get((str(check.of.agency), int(year))) if year else check.of.report_id
    return None if file is None else (file, place)


def _explanation(line: SumLine, suspicion: Suspicion, figures: Figures) -> Explanation:
    # The check names its cells with the year where it is of two years.
    named = dict(zip(line.signs, line.check.cells, strict=True))
    keys = list(suspicion.would_be)
    values = [float(figures.value[figures.row_of[report], COLUMN[cell]]) for report, cell in keys]
    return Explanation(
        line.check,
        line.name,
        suspicion.kind,
        tuple(named.get(key, key[1]) for key in keys),
        tuple(None if value != value else value for value in values),
        tuple(suspicion.would_be.values()),
        tuple(_is_doubted(key, figures) for key in keys),
        suspicion.is_among,
    )


def _sentence(one: Explanation) -> Said:
    changes = zip(one.cells, one.printed, one.would_be, one.is_doubted, strict=True)
    parts = [
        say(
            *(_DOUBTED if is_doubted else _CELL),
            cell=_named(cell),
            would_be=amount(would_be),
            printed=_BLANK if printed is None else amount(printed),
        )
        for cell, printed, would_be, is_doubted in changes
    ]
    by = max(abs(value - (printed or 0.0)) for value, printed in zip(one.would_be, one.printed, strict=True))
    kind = say(*KINDS[one.kind], by=amount(by))
    return say("{cells} ({kind})", "{cells}（{kind}）", cells=_joined(parts, _AND), kind=kind)


def _joined(parts: Sequence[Said], by: tuple[str, str]) -> Said:
    whole = parts[0]
    for part in parts[1:]:
        whole = say(*by, a=whole, b=part)
    return whole


def _named(cell: str) -> str:
    """The official labels of a cell, after its year where it is named with one."""
    year, _, place = cell.rpartition(":")
    table_id, item, measure = place.split("/")
    table = next(t for t in reversed(TABLES[table_id].values()) if measure in t.cells_of.get(item, ()))
    return f"{year} {cell_name(table, item, measure)}".strip()
