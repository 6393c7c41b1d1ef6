"""The sentences of reports: which stood in another report too, and how like two of them are.

One definition serves the comparison with last year's report and that among agencies: a sentence is compared
`normalised`, without the phrases that the law asks of every report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import blake2b
from typing import NamedTuple
from unicodedata import normalize

import pandas as pd
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

from ogi.extract.script import simplified
from ogi.forms import ALL_TABLES, SECTIONS
from ogi.said import packaged

FEWEST = 8
"""Characters as compared: a shorter sentence (无, 见附件, a heading) says too little to be a copy."""
LIKE = 0.7
"""From here on a sentence is told to be another one changed: they share seven tenths, in order."""
# A text without any mark is one sentence, and may be a megabyte.
LONGEST, MOST_PAIRS = 2_000, 1_000_000
"""Characters of a sentence that phrases are sought in; pairs of sentences that are compared by likeness."""
_END = re.compile(r"[^。！？!?；;\n]*[。！？!?；;\n]?")
_NUMBER = "[一二三四五六七八九十]{1,3}"
_MARKED = re.compile(rf"^(?:[（(]?(?:{_NUMBER}|\d{{1,2}})[）)、．.]|第?{_NUMBER}是)")
_HEADING = re.compile(rf"^(?:[（(]{_NUMBER}[）)]|{_NUMBER}、)[^。；;，,]{{2,24}}$")

_NOT_A_WORD = re.compile(r"[\W_]+")
_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")


class Sentence(NamedTuple):
    """One sentence of a report: the section it stands in, its text as printed and as compared."""

    section: str
    text: str
    plain: str

    @property
    def hash(self) -> int:
        """The same for the same sentence, in 64 bits; sentences that say different things differ."""
        return int.from_bytes(blake2b(self.plain.encode(), digest_size=8).digest(), signed=True)


class Pair(NamedTuple):
    """A sentence beside the one of the report before that it repeats or changes; either may be None.

    `likeness`: 1 for the same sentence, else under 1; 0 where one stands alone.
    """

    old: Sentence | None
    new: Sentence | None
    likeness: float


def normalised(text: str) -> str:
    """The text as it is compared: simplified, letters of one width, numerals as 0, no blanks or marks.

    Counts and years differ from report to report; what is copied are the words around them.
    """
    plain = _NUMERAL.sub("0", normalize("NFKC", simplified(text)).lower())
    return _NOT_A_WORD.sub("", plain)


def one_a_year(narratives: pd.DataFrame) -> pd.DataFrame:
    """The sections with words, each of the last file on its agency and year that has it.

    Of two files on a year, such as a report and its corrected one, the words would count twice. The last by
    its name is also the one that its agency's page shows as the year's.
    """
    rows = narratives[narratives["text"].fillna("") != ""]
    keys = ["agency", "year", "section"]
    last = rows.sort_values("report_id", kind="stable").drop_duplicates(keys, keep="last")
    return rows.merge(last[[*keys, "report_id"]], on=[*keys, "report_id"])


def sentences_of(section: str, text: str) -> list[Sentence]:
    """The sentences of a section, but for those that every report has, in their order.

    Lines broken by a page or a word processor are joined.
    """
    found = (Sentence(section, one, normalised(one)) for one in _split(text))
    return [one for one in found if len(_own(one.plain)) >= FEWEST]


def repeated(before: Sequence[Sentence], now: Sequence[Sentence]) -> float | None:
    """The share of a report's words that are sentences of the other; None where it has none to compare."""
    known, total = {one.plain for one in before}, sum(len(one.plain) for one in now)
    return sum(len(one.plain) for one in now if one.plain in known) / total if total else None


def paired(before: Sequence[Sentence], now: Sequence[Sentence]) -> list[Pair]:
    """Each sentence of this report beside the one it repeats or changes, then those that are gone.

    A sentence is paired once, the same before the alike, in whichever section it stands.
    """
    places: dict[str, list[int]] = {}
    for n, old in enumerate(before):
        places.setdefault(old.plain, []).append(n)
    partner = {at: (places[one.plain].pop(0), 1.0) for at, one in enumerate(now) if places.get(one.plain)}
    left = {n: before[n].plain for n in sorted(n for own in places.values() for n in own)}
    if len(left) * len(now) <= MOST_PAIRS:
        for at in (at for at in range(len(now)) if at not in partner):
            best = process.extractOne(now[at].plain, left, scorer=fuzz.ratio, score_cutoff=100 * LIKE)
            if best is not None:
                partner[at] = best[2], best[1] / 100
                del left[best[2]]
    pairs = [
        Pair(before[partner[at][0]], one, partner[at][1]) if at in partner else Pair(None, one, 0.0)
        for at, one in enumerate(now)
    ]
    return pairs + [Pair(before[n], None, 0.0) for n in left]


def difference(old: str, new: str) -> Iterator[tuple[str, str, str]]:
    """What was done to make one text of the other: (equal, delete, insert or replace; old part; new part).

    The parts put together again are exactly both texts.
    """
    # Marks and numbers too: this is what a reader sees, not what is compared.
    for step in Indel.opcodes(old, new):
        yield step.tag, old[step.src_start : step.src_end], new[step.dest_start : step.dest_end]


def _split(text: str) -> Iterator[str]:
    """The sentences of a text as printed, each on one line; a heading stands by itself."""
    lines: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        is_new = (
            not lines or lines[-1][-1] in "。！？!?；;：:" or _MARKED.match(line) or _HEADING.match(lines[-1])
        )
        lines.append(line) if is_new else lines.append(lines.pop() + line)
    for line in lines:
        yield from filter(None, (found[0].strip() for found in _END.finditer(line)))


def _own(plain: str) -> str:
    """What is left of a sentence as compared without the statutory phrases and the form's own headings."""
    rest = _statutory().sub("", plain) if len(plain) <= LONGEST else plain
    return "" if rest in _headings() else rest


@cache
def _statutory() -> re.Pattern[str]:
    return re.compile("|".join(packaged(__package__, "statutory.yaml")["phrases"]))


@cache
def _headings() -> frozenset[str]:
    """What the form itself prints: titles of sections and tables, labels of rows, columns and headings."""
    printed = [*(part.label for part in SECTIONS), *(alias for part in SECTIONS for alias in part.aliases)]
    for table in ALL_TABLES:
        printed += [table.zh, *(part.label for part in (*table.items, *table.measures))]
        printed += [group.label for part in (*table.items, *table.measures) for group in part.groups]
    return frozenset(normalised(text) for text in printed)
