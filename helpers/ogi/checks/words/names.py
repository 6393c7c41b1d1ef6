"""The agency's name: the same in the title as the year before, and in the words as in the title."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product

import pandas as pd

from ogi.checks.rows import Check, Verdict, judged
from ogi.checks.words.report import ReportWords
from ogi.checks.words.text import LONGEST_SHOWN, compact_lines
from ogi.checks.words.vocabulary import pattern
from ogi.extract.report import Narrative
from ogi.extract.script import simplified
from ogi.figures import Identity
from ogi.values import shown


def names(reports: pd.DataFrame) -> Iterator[Check]:
    """For each report but an agency's first, whether its title names the agency as the one before did.

    A name within a name (with and without its city) is the same.
    """
    known = reports.dropna(subset=["agency", "year", "printed_agency"]).sort_values("year", kind="stable")
    for agency, own in known.groupby("agency", sort=False):
        titles = list(zip(own["report_id"], own["year"].astype(int), own["printed_agency"], strict=True))
        for (_, last, before), (report_id, year, this) in pairwise(titles):
            a, b = plain(str(before)), plain(str(this))
            is_same = a in b or b in a
            of, verdict = Identity(str(report_id), str(agency), int(year)), _verdict(is_same)
            sides = (1.0 if is_same else 2.0), 1.0
            yield judged(of, "agency.name", verdict, sides, this=this, before=before, last=last)


def names_in_words(words: ReportWords) -> Iterator[Check]:
    """Whether the words name the agency of the title as the one that compiled the report or tells its work.

    Only where the words say so in as many words (本报告由…编制; 2023年，…坚持…), not any agency they mention.
    """
    found = {plain(name): clause for passage in words.passages for name, clause in _named(passage)}
    if words.agency is None or not found:
        return
    title = words.agency
    other = [name for name in found if not may_be_one(name, plain(title))]
    named = (other or list(found))[0]
    # A recognised picture loses a sign of a name easily.
    verdict = Verdict.UNDECIDED if other and words.is_doubtful else _verdict(not other)
    values = {"words": named, "title": title, "clause": shown(found[named], LONGEST_SHOWN)}
    sides = 1.0 + len(other), 1.0
    yield judged(words.of, "agency.name_in_words", verdict, sides, **values)


def may_be_one(a: str, b: str) -> bool:
    """May two names be one agency's? In full and in short (城管局), with its city or not, with its office.

    The signs of the shorter stand in the longer in their order; a government counts as its own office.
    """
    ends = pattern("names.office"), pattern("names.government")
    both = all(any(end.search(name) for end in ends) for name in (a, b))
    pairs = product(_forms(a), _forms(b)) if both else [(a, b)]
    return any(_is_within(*sorted(pair, key=len)) for pair in pairs)


def plain(name: str) -> str:
    """The name in simplified characters, without blanks."""
    return "".join(simplified(name).split())


def _named(passage: Narrative) -> Iterator[tuple[str, str]]:
    """The agencies that a passage says it is of, each with the clause that says so."""
    text = compact_lines(passage.text)
    # Further on, 甲局2023年度…报告 may be another body's, sent or commented on.
    first = text.partition("。")[0].partition("\n")[0]
    places = [
        ("names.whose_report", first, ("preamble", "overview")),
        ("names.compiled", text, (passage.section,)),
        ("names.opens", text, ("overview",)),
    ]
    for name, within, sections in places:
        for match in pattern(name).finditer(within) if passage.section in sections else ():
            if pattern("names.own").search(match["name"]) is None:
                yield match["name"], match[0]


def _forms(name: str) -> set[str]:
    """The name, without its office, and without 人民政府: 甲区人民政府办公室, 甲区人民政府, 甲区."""
    own = pattern("names.office").sub("", name)
    return {form for form in (name, own, pattern("names.government").sub("", own)) if len(form) > 1}


def _is_within(short: str, long: str) -> bool:
    signs = iter(long)
    return all(sign in signs for sign in short)


def _verdict(is_same: bool) -> Verdict:
    return Verdict.HOLDS if is_same else Verdict.BROKEN
