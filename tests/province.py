"""A province that does not exist: agencies × three years, with faults planted in stated proportions.

Reports are made as `Report` objects, since documents of 20,000 agencies would take hours to read; from there
on their way into the dataset is that of any report. Each agency has one fault at most, told by its place
among a hundred (`PLAN`); all others have none. Figures follow from that place, words from an agency's name:
the first hundred go the whole way, the others have their rows under other names, and words of their own.
"""

from __future__ import annotations

import hashlib
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from itertools import chain, islice, product
from pathlib import Path

import pandas as pd

from ogi.agencies.regions import _units, by_code
from ogi.checks import check_tables
from ogi.extract.report import Figure, Finding, FindingKind, Narrative, Report, Severity
from ogi.forms import SECTIONS, TABLES
from ogi.ingest.by_hand import ByHand
from ogi.readers.document import Method
from ogi.said import Said
from ogi.tables import Filed, finding_row, first_read, frames, from_rows, joined, parts
from ogi.values import State

YEARS = (2021, 2022, 2023)
YEAR = YEARS[-1]
"""The year with the faults; all years are on the form of 2021."""
PLAN = {
    **{0: "total_left_zero", 1: "balance_off", 2: "outcome_off", 3: "explained", 4: "late", 5: "late"},
    **{6: "missing", 7: "missing", 8: "no_file", 9: "blank", 10: "sudden", 11: "far", 12: "carried"},
    **{13: "copied", 14: "copied", 15: "near", 16: "near", 17: "repeated", 18: "shared", 19: "shared"},
    **{20: "shared", 21: "changed", 22: "unread", 23: "told"},
}
"""Place among a hundred agencies → its fault: 24 in a hundred have one."""
SENT_BACK = {
    "total_left_zero": "review.results",
    "balance_off": "requests.balance",
    "outcome_off": "requests.balance",
    "carried": "requests.carry_over",
    "late": "dates.published",
    "told": "told.new",
}
"""Fault → the rule that it breaks."""
_HUNDRED = 100
"""Agencies of a part of the dataset, and after how many the faults begin anew."""
_BODIES = (
    "教育局",
    "财政局",
    "民政局",
    "司法局",
    "水利局",
    "审计局",
    "统计局",
    "林业局",
    "商务局",
    "人民政府",
)
_WORDS = tuple(
    "".join(pair)
    for pair in product(
        "栏目更新解读形式渠道培训检索目录文书样式台账会商", "机制流程质量水平方法人员范围频次标准时限"
    )
)
_USUAL = "下一步将持续加强队伍建设并不断提升公开的质量和水平。"
_OUTCOMES = {
    "granted": 0.5,
    "partly_granted": 0.1,
    "unavailable.not_held": 0.25,
    "not_processed.petition": 0.15,
}
_FAR = {"granted": 0.05, "partly_granted": 0.02, "unavailable.not_held": 0.63, "not_processed.petition": 0.3}


@dataclass
class Planted:
    """Fault → the agencies that have it; for copies, the groups of agencies that are alike."""

    agencies: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def of(self, *faults: str) -> set[str]:
        """The agencies with one of these faults."""
        return {name for fault in faults for name in self.agencies[fault]}

    def groups(self, fault: str, size: int) -> set[frozenset[str]]:
        """The agencies with a fault, so many together."""
        names = self.agencies[fault]
        return {frozenset(names[at : at + size]) for at in range(0, len(names), size)}


def make(tables: Path, agencies: int, each: Callable[..., Iterable[dict[str, str]]] = map) -> Planted:
    """Write the dataset of so many agencies into the folder, and say what was planted; a multiple of 100.

    `each`: what makes the parts, in other processes where it is that of an executor.
    """
    planted, names = Planted(), list(islice(_names(), agencies))
    for n, name in enumerate(names):
        if n % _HUNDRED in PLAN:
            planted.agencies[PLAN[n % _HUNDRED]].append(name)
    hundreds = [names[start : start + _HUNDRED] for start in range(0, agencies, _HUNDRED)]
    read = dict(chain.from_iterable(each(partial(_put, tables), range(len(hundreds)), hundreds)))
    read |= {f"{name}/{YEAR}.pdf": "0" * 64 for name in planted.agencies["changed"]}
    first_read.note(tables, read, date(2024, 2, 1))
    there = [parts.Part(f"{n:032x}", min(own) if n else "") for n, own in enumerate(hundreds)]
    parts.commit(tables, there)
    return planted


def _put(tables: Path, hundred: int, names: list[str]) -> list[tuple[str, str]]:
    """Write a part of the dataset; the hash of the bytes of each report."""
    rows = _renamed(names)
    numbered = list(enumerate(names, hundred * _HUNDRED))
    words = (one for n, name in numbered for one in _filed(n, name, with_figures=False))
    rows["narratives"] = frames(words)["narratives"]
    keys = {name: f"{n:032x}" for n, name in numbered}
    parts.put(tables, f"{hundred:032x}", rows, parts.PartRecord(agencies=keys))
    return list(zip(rows["reports"]["report_id"], rows["reports"]["sha256"], strict=True))


def _renamed(names: list[str]) -> dict[str, pd.DataFrame]:
    """The rows of the first hundred agencies under other names, of the same kinds place by place."""
    first = list(islice(_names(), _HUNDRED))
    to = dict(zip(first, names, strict=True))
    ids = {f"{old}/{year}.pdf": f"{new}/{year}.pdf" for old, new in to.items() for year in YEARS}
    digests = {_digest(old, year): _digest(new, year) for old, new in to.items() for year in YEARS}
    maps = {"agency": to, "printed_agency": to, "report_id": ids, "sha256": digests}
    return {
        table: frame.assign(**{name: frame[name].map(of) for name, of in maps.items() if name in frame})
        for table, frame in _first_hundred().items()
    }


@cache
def _first_hundred() -> dict[str, pd.DataFrame]:
    return _rows(list(enumerate(islice(_names(), _HUNDRED))))


def _names() -> Iterator[str]:
    """Agencies of every county, ten each, county by county."""
    counties = {
        region.name
        for unit in _units()
        if unit.level == "county" and unit.first <= YEAR <= unit.last
        if (region := by_code(unit.code, YEAR)) is not None
    }
    yield from (f"{county}{body}" for county, body in product(sorted(counties), _BODIES))


def _rows(own: list[tuple[int, str]]) -> dict[str, pd.DataFrame]:
    """All tables of some agencies, as `ogi ingest` makes them of reports."""
    filed = [one for n, name in own for one in _filed(n, name)]
    tables = {**frames(filed)}
    unread = [_unread(name) for n, name in own if _fault(n) == "unread"]
    tables["findings"] = joined("findings", [tables["findings"], from_rows("findings", unread)])
    hand = ByHand(
        marks=from_rows("review_marks", [_marked(name) for n, name in own if _fault(n) == "explained"]),
        catalogue=from_rows("catalogue", list(chain.from_iterable(_known(n, name) for n, name in own))),
    )
    whole, _ = hand.laid_on(tables)
    return {**whole, "checks": check_tables(whole)}


def _fault(n: int) -> str:
    return PLAN.get(n % _HUNDRED, "")


def _filed(n: int, name: str, with_figures: bool = True) -> Iterator[Filed]:
    for year in YEARS:
        fault = _fault(n) if year == YEAR else ""
        if fault not in ("missing", "no_file", "unread"):
            yield Filed(f"{name}/{year}.pdf", name, _report(n, name, year, fault, with_figures), folder=name)


def _digest(name: str, year: int) -> str:
    """In place of that of the bytes: no two reports are one file."""
    return hashlib.sha256(f"{name}{year}".encode()).hexdigest()


def _report(n: int, name: str, year: int, fault: str, with_figures: bool) -> Report:
    told = _values(n, year, fault)
    figures = tuple(
        Figure(
            "2021", table, item.id, measure.id, *_cell(told, table, item.id, measure.id, measure.unit, fault)
        )
        for table in TABLES
        for item, measure in (TABLES[table]["2021"].cells() if with_figures else ())
    )
    forms: dict[str, str | None] = dict.fromkeys(TABLES, "2021")
    words = tuple(_narratives(n, name, year, told, fault))
    return Report(
        f"{year}.pdf",
        _digest(name, year),
        Method.PDF,
        f"{name}{year}年政府信息公开工作年度报告",
        name,
        name,
        year,
        forms,
        figures,
        words,
        (),
    )


def _cell(
    told: Mapping[str, float], table: str, item: str, measure: str, unit: str | None, fault: str
) -> tuple[float | None, str | None, State, str | None]:
    if fault == "blank" and table == "review":
        return None, unit, State.BLANK, ""
    value = float(told.get(f"{table}/{item}/{measure}", 0))
    return value, unit, State.REPORTED, f"{value:g}"


def _values(n: int, year: int, fault: str) -> dict[str, float]:
    """table/item/measure → number; what is not named is zero. Every sum holds, but for the fault."""
    n %= _HUNDRED
    new = 90 + n % 37 + 3 * (year - YEARS[0])
    into, out = 10 + n % 5 + (year - YEARS[0]), 10 + n % 5 + (year - YEARS[0]) + 1
    if fault == "carried":
        into, new = into + 12, new - 12
    done = new + into - out
    shares = _FAR if _fault(n) == "far" else _OUTCOMES  # in every year, so that nothing jumps
    parts_ = {item: round(done * share) for item, share in shares.items()}
    parts_["granted"] += done - sum(parts_.values())
    requests = {"new": new, "carried_in": into, **parts_, "outcome_total": done, "carried_out": out}
    told = {
        f"requests/{item}/{who}": float(v)
        for item, v in requests.items()
        for who in ("natural_person", "total")
    }
    told |= {
        f"review/reconsideration/{m}": v for m, v in (("upheld", 5.0), ("corrected", 1.0), ("total", 6.0))
    }
    told |= {f"review/litigation_direct/{m}": v for m, v in (("upheld", 3.0), ("total", 3.0))}
    stock = 20 + n % 7 + (year - YEARS[0])
    told |= {
        f"proactive/normative_documents/{m}": v
        for m, v in (("issued", 2.0), ("repealed", 1.0), ("in_force", stock))
    }
    told["proactive/licences/decisions"] = 200.0 + n % 50 + (year - YEARS[0])
    return _with_fault(told, fault)


def _with_fault(told: dict[str, float], fault: str) -> dict[str, float]:
    if fault == "total_left_zero" or fault == "explained":
        told["review/reconsideration/total"] = 0.0
    elif fault == "balance_off":
        told["requests/carried_out/total"] += 7
    elif fault == "outcome_off":
        told["requests/outcome_total/natural_person"] += 2
    elif fault == "sudden":
        told["proactive/licences/decisions"] *= 6
    return told


def _narratives(n: int, name: str, year: int, told: Mapping[str, float], fault: str) -> Iterator[Narrative]:
    own = "本政府" if name.endswith("政府") else "本局"
    new = int(told["requests/new/total"]) + (5 if fault == "told" else 0)
    texts = {
        "overview": f"{year}年，{own}新收政府信息公开申请{new}件。"
        + "".join(_sentences(f"{name}{year}概况", 3)),
        "problems": _problems(n, name, year, fault) + _USUAL,
        "other": "没有其他需要报告的事项。",
    }
    for section in SECTIONS:
        yield Narrative(section.id, section.number, section.zh, texts.get(section.id, ""), 1)


def _problems(n: int, name: str, year: int, fault: str) -> str:
    """The section on problems: the agency's own, or a copy, nearly one, or mostly one."""
    group = f"{n // _HUNDRED}{fault}{YEAR}"
    if fault == "repeated":
        return "".join(_sentences(f"{name}{year - 1}问题", 5))
    if fault == "copied":
        return "".join(_sentences(group, 5))
    if fault == "near":
        return _changed("".join(_sentences(group, 5)), name)
    if fault == "shared":
        return "".join([*_sentences(group, 5), *_sentences(f"{name}{year}问题", 1)])
    return "".join(_sentences(f"{name}{year}问题", 5))


def _sentences(seed: str, count: int) -> list[str]:
    """So many sentences of drawn words, that no other seed draws."""
    drawn = random.Random(seed)
    return ["".join(drawn.choices(_WORDS, k=8)) + "。" for _ in range(count)]


def _changed(text: str, name: str) -> str:
    """A word in each sentence is another."""
    drawn = random.Random(name)
    return "。".join(one[:6] + drawn.choice(_WORDS) + one[8:] for one in text.split("。")[:-1]) + "。"


def _known(n: int, name: str) -> Iterator[tuple[object, ...]]:
    """What the catalogue says: that there is the agency, and when it published its report on the year."""
    fault, kind = _fault(n), "government" if name.endswith("政府") else "department"
    yield (name, None, kind, None, None, None, None, None, None)
    if fault not in ("missing", "unread"):
        day = "2024-04-20" if fault == "late" else "2024-01-25"
        yield (name, YEAR, kind, day, None, None, None, None, None)


def _marked(name: str) -> tuple[object, ...]:
    cells = [f"review/reconsideration/{m}" for m in ("upheld", "corrected", "other", "pending", "total")]
    return (name, YEAR, "review.results", cells, "explained", "两案合并计数", "李", "2024-05-01")


def _unread(name: str) -> tuple[object, ...]:
    said = Said("the file is damaged", "文件已损坏")
    found = Finding(FindingKind.UNREADABLE_FILE, Severity.ERROR, said)
    return finding_row((f"{name}/{YEAR}.pdf", name, None), found)
