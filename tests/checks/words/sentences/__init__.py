"""Sentences that tell counts, each beside a table that agrees with it and tables that contradict it.

Each line of a file is a sentence of one agency's report on a year, and what it `tells`: `new=31 refused=4`.
The names are those of CELLS, an item of a table (`refused.third_party`), or a result (`rec.upheld`). A name
that stands for several cells tells their sum. The sentences are made up. Those of tuned_on.tsv have been
learned from; those of held_out.tsv were written when that was done, in the words of published reports, and
scored before anything was changed for them. Nothing has been changed for those of unseen.tsv, which may be
none: they tell how new words fare, and no test holds a share of them. 均已答复 and 均按期答复 of what was
received tell `out=0`; a rate (按时答复率100%) and 无逾期 do not.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path

import pandas as pd

from ogi.checks import Verdict
from ogi.checks.words.dates import periods
from ogi.checks.words.report import words_of
from ogi.checks.words.sayings import all_closed, fee_notices
from ogi.checks.words.told import told
from ogi.figures import Figures, Identity
from ogi.forms import TABLES
from ogi.tables import from_rows
from tests.checks.made import whole

SETS = {name: Path(__file__).with_name(f"{name}.tsv") for name in ("tuned_on", "held_out")}
"""Name → file."""
UNSEEN = Path(__file__).with_name("unseen.tsv")
CELLS = {
    "in": "requests/carried_in/total",
    "out": "requests/carried_out/total",
    "closed": "requests/outcome_total/total",
    "part": "requests/partly_granted/total",
    "gp": "requests/granted/total requests/partly_granted/total",
    "handled": "requests/new/total requests/carried_in/total",
    "refused": "requests/refused.*/total",
    "unavailable": "requests/unavailable.*/total",
    "not_processed": "requests/not_processed.*/total",
    "other": "requests/other/total requests/other.*/total",
    "new@person": "requests/new/natural_person",
    "new@business": "requests/new/business",
    "new@research": "requests/new/research",
    "new@public": "requests/new/public_interest",
    "new@legal": "requests/new/legal_service",
    "new@other": "requests/new/other_organisation",
    "new@org": "requests/new/other_organisation requests/new/business requests/new/research"
    " requests/new/public_interest requests/new/legal_service",
    "rec": "review/reconsideration/*",
    "ld": "review/litigation_direct/*",
    "la": "review/litigation_after_reconsideration/*",
    "lit": "review/litigation_direct/* review/litigation_after_reconsideration/*",
    "disputes": "review/*/total",
    "reg": "proactive/regulations/*",
    "norm": "proactive/normative_documents/*",
    "proc": "proactive/procurement/*",
    "lic": "proactive/licences/decisions",
    "pen": "proactive/penalties/decisions",
    "coe": "proactive/coercive_measures/decisions",
    "fee": "proactive/fees/amount",
}
"""Name → the cells that it adds up; a star is what stands behind the name (`rec.upheld`), else the total."""
CHANGED = 7.0
"""By how much a contradicting table differs: more than what any sentence tells beside it could explain."""
RULES = (told, all_closed, fee_notices, periods)
"""The rules that hold words against tables."""
ASIDE = 5.0
"""What is in the cells of which a sentence tells nothing, in the second table that agrees with it."""


@dataclass(frozen=True)
class Sentence:
    """One line of a file."""

    kind: str
    agency: str
    year: int
    text: str
    tells: tuple[tuple[tuple[str, ...], float], ...]
    """The cells of each count told, and what they add up to."""

    @property
    def edition(self) -> str:
        return "2019" if self.year < 2021 else "2021"

    @cached_property
    def told(self) -> set[str]:
        """The cells of which it tells, alone or in a sum."""
        return {cell for cells, _ in self.tells for cell in cells}

    @cached_property
    def agreeing(self) -> dict[str, float]:
        """The cells of a table with which it agrees; all others are zero."""
        values: dict[str, float] = {}
        for cells, number in sorted(self.tells, key=lambda tell: len(tell[0])):
            free = next((cell for cell in cells if cell not in values), cells[0])
            rest = number - sum(values.get(cell, 0.0) for cell in cells)
            assert rest == 0 or free not in values, (self.text, cells, number)
            values.setdefault(free, rest)
        return _filled(values, self.edition, self.told)

    def with_others(self) -> dict[str, float]:
        """The cells of another table that agrees: what the sentence does not tell of is not zero."""
        names = [f"{table}/{item}/{measure}" for table, item, measure in _cells(self.edition)]
        rows = {cell.rpartition("/")[0] for cell in self.told}
        free = {name: ASIDE for name in names if name.rpartition("/")[0] not in rows}
        return self.agreeing | free

    def contradicting(self) -> Iterator[dict[str, float]]:
        """For each count told, the cells of a table in which it is another number."""
        for cells, _ in self.tells:
            yield _changed(self.agreeing, cells[0], self.told)


def _filled(values: dict[str, float], edition: str, given: set[str]) -> dict[str, float]:
    """The cells with those that balance them: what was received has an outcome, and parts add up."""

    def of(item: str) -> float:
        return values.get(f"requests/{item}/total", 0.0)

    filled = dict(values)
    outcomes = [item.id for item in TABLES["requests"][edition].items if item.outcome]
    told = sum(of(item) for item in outcomes)
    given_out = max(of("new") + of("carried_in") - of("carried_out"), told)
    closed = values.get("requests/outcome_total/total", given_out)
    row = next((item for item in outcomes if f"requests/{item}/total" not in given), outcomes[0])
    filled[f"requests/{row}/total"] = of(row) + max(closed - told, 0.0)
    filled.setdefault("requests/outcome_total/total", closed)
    filled.setdefault("requests/new/total", max(closed + of("carried_out") - of("carried_in"), 0.0))
    for table in ("requests", "review"):
        for row in {cell.rpartition("/")[0] for cell in filled if cell.startswith(table)}:
            parts = [f"{row}/{m.id}" for m in TABLES[table][edition].measures if m.id != "total"]
            rest = filled.get(f"{row}/total", 0.0) - sum(filled.get(part, 0.0) for part in parts)
            free = next((part for part in parts if part not in given), parts[0])
            filled[free] = filled.get(free, 0.0) + max(rest, 0.0)
    return filled


def _changed(values: dict[str, float], cell: str, told: set[str]) -> dict[str, float]:
    """The cells with one changed, and with it a part of which nothing is told: it still adds up."""
    table, item, measure = cell.split("/")
    changed = {cell}
    if measure == "total":
        parts = [f"{table}/{item}/{m.id}" for m in TABLES[table]["2021"].measures if m.id != "total"]
        changed.add(next((part for part in parts if part not in told), parts[0]))
    if item == "outcome_total":
        changed |= {f"requests/granted/{m}" for m in ("total", "natural_person")}
    return values | {name: values.get(name, 0.0) + CHANGED for name in changed}


def _cells(edition: str) -> list[tuple[str, str, str]]:
    return [(table, i.id, m.id) for table, forms in TABLES.items() for i, m in forms[edition].cells()]


def named(name: str, edition: str) -> tuple[str, ...]:
    """The cells that a name of a file stands for, in the edition."""
    head, _, result = name.partition(".")
    told = CELLS.get(name) or (CELLS.get(head, "") if CELLS.get(head, "").endswith("/*") else "")
    patterns = [p.replace("/*", f"/{result or 'total'}") if p.endswith("/*") else p for p in told.split()]
    patterns = patterns or [f"requests/{name}/total"]
    names = ["/".join(cell) for cell in _cells(edition)]
    found = tuple(dict.fromkeys(cell for p in patterns for cell in names if fnmatchcase(cell, p)))
    assert found, name
    return found


def sentences(path: Path) -> list[Sentence]:
    """The sentences of one file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_sentence(line) for line in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def _sentence(line: dict[str, str]) -> Sentence:
    year = int(line["year"])
    edition = "2019" if year < 2021 else "2021"
    counts = (told.split("=") for told in line["tells"].split())
    tells = tuple((named(name, edition), float(number)) for name, number in counts)
    return Sentence(line["kind"], line["agency"], year, line["sentence"], tells)


@dataclass(frozen=True)
class Score:
    """What the checks said of one sentence.

    `alarms`: how many of the two agreeing tables broke a rule on words; `seen`: for each count told, was the
    table that contradicts it called broken?
    """

    sentence: Sentence
    alarms: tuple[str, ...]
    seen: tuple[bool, ...]

    @property
    def lost(self) -> list[float]:
        """The counts told of which no contradiction was seen."""
        pairs = zip(self.sentence.tells, self.seen, strict=True)
        return [number for (_, number), is_seen in pairs if not is_seen]


def scored(given: Iterable[Sentence]) -> list[Score]:
    """The score of each sentence, all of them checked in one go."""
    held = list(given)
    tables = [[one.agreeing, one.with_others(), *one.contradicting()] for one in held]
    found = _broken([(one, cells) for one, own in zip(held, tables, strict=True) for cells in own])
    scores, at = [], 0
    for one, own in zip(held, tables, strict=True):
        rules = found[at : at + len(own)]
        at += len(own)
        scores.append(Score(one, tuple(rules[0] + rules[1]), tuple(map(bool, rules[2:]))))
    return scores


def _broken(cases: list[tuple[Sentence, dict[str, float]]]) -> list[list[str]]:
    """The rules on words that each sentence breaks beside each table; each stands in a report of its own."""
    blank = {edition: whole(edition=edition).assign(value=0.0) for edition in ("2019", "2021")}
    names = {of: frame["table"] + "/" + frame["item"] + "/" + frame["measure"] for of, frame in blank.items()}
    figures = [
        blank[one.edition].assign(report_id=str(n), value=names[one.edition].map(cells).fillna(0.0))
        for n, (one, cells) in enumerate(cases)
    ]
    keys = [(str(n), one.agency, one.year) for n, (one, _) in enumerate(cases)]
    texts = [
        (*key, "overview", "一", "总体情况", one.text, None)
        for key, (one, _) in zip(keys, cases, strict=True)
    ]
    words = words_of(
        {key[0]: Identity(*key) for key in keys},
        Figures.of(pd.concat(figures, ignore_index=True)),
        from_rows("narratives", texts),
        None,
    )
    checks = ([found for rule in RULES for found in rule(own)] for own in words)
    return [[one.rule_id for one in found if one.verdict == Verdict.BROKEN] for found in checks]
