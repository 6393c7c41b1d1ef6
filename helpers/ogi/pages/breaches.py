"""What does not hold, a card for each cause: the form's own sums first, then soft rules, then doubts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pandas as pd

from ogi.checks import RULES, THEMES, Verdict, failed_rule, rule_name
from ogi.checks.catalogue import no_rule
from ogi.checks.causes import LEVELS, NOTE, OFFICIAL, WARNING, CheckRow, Slip, counted, settled
from ogi.checks.marks import lines_of, on_no_rule, still_printed, unmet_marks
from ogi.checks.years import FOLDER
from ogi.extract.report import FindingKind
from ogi.forms import EDITIONS, TABLES
from ogi.pages.cells import cell_label
from ogi.pages.corrected import lines_refused, told_corrections
from ogi.pages.frames import Frames
from ogi.pages.html import Html, label, plain, render, say
from ogi.pages.levels import level_head
from ogi.pages.places import Places
from ogi.pages.references import references
from ogi.pages.verdict import has_open_sums
from ogi.said import Said, known, told
from ogi.tables import records
from ogi.tables.misprints import DOUBTED, UNCONFIRMED

FOLDED, DRAWN = (NOTE, Verdict.UNDECIDED), (OFFICIAL, WARNING, Verdict.UNDECIDED)
MOST_OPEN = 6
"""How many cards of one year stand there unfolded: as many as a screen holds with their pictures."""
FEW = 8
"""Figures of a further line of a card that are listed; all outcomes by name would fill the page."""


def breaches(frames: Frames, language: str = "en") -> Html:
    """A card for each cause of what is broken or undecided, with figures, place, picture and review mark.

    The year of the latest report stands open; earlier years, notes and doubts are folded away.
    """
    strange = on_no_rule(frames.marks)
    unmet = unmet_marks(frames.checks, frames.reports, frames.marks[~_of_strangers(frames)])
    found = frames.slips
    sums = frames.checks[frames.checks["official"].astype(bool)]
    official, corrected = sums["verdict"], list(_corrected(frames, language))
    holds = "w.none_broken_doubted" if has_open_sums(sums) else "w.none_broken_corrected"
    return render(
        "breaches",
        language,
        agency=frames.agency,
        levels=list(_levels(frames, found, language)),
        folded=FOLDED,
        few=FEW,
        has_errors=any(slip.level == OFFICIAL for slip in found),
        corrected=corrected,
        holds=holds if corrected else "w.no_broken",
        held=int(official.isin([Verdict.HOLDS, Verdict.HOLDS_BLANK_AS_ZERO]).sum()),
        as_zero=int((official == Verdict.HOLDS_BLANK_AS_ZERO).sum()),
        unmet=list(_unmet([mark for mark, why in unmet if why is None], frames.checks, language)),
        refused=[*_refused(strange, language), *_missed(unmet, language)],
        not_understood=lines_refused(frames, FindingKind.MARK_REFUSED, language),
    )


def _of_strangers(frames: Frames) -> pd.Series[bool]:
    """The marks on what agency.folder says of a report that is another agency's, which has no card here."""
    is_of_year = frames.marks["year"].isin(frames.strangers["year"])
    return (frames.marks["rule_id"] == FOLDER) & is_of_year


def _corrected(frames: Frames, language: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The corrections that leave the report wrong, or may; then those that are in doubt themselves."""
    is_doubted = frames.misprints["ground"].isin((DOUBTED, UNCONFIRMED))
    for head, are in (("c.misprints", ~is_doubted), ("c.look_again", is_doubted)):
        if are.any():
            yield head, list(told_corrections(frames, frames.misprints[are], language))


def counts(frames: Frames) -> tuple[int, int, int]:
    """How many slips count: of the form's own sums, of soft rules that are warnings, and doubts."""
    found = counted(frames.slips)
    return found[OFFICIAL], found[WARNING], found[Verdict.UNDECIDED]


def _levels(frames: Frames, found: list[Slip], language: str) -> Iterator[tuple[Any, ...]]:
    """Each seriousness that there is, its look and heading, how many count and are settled, its years.

    Of each year how many, whether it stands open, and its cards: those shown and those folded.
    """
    places = Places(frames)
    latest = frames.years[-1] if frames.years else None
    for level in LEVELS:
        own = sorted((slip for slip in found if slip.level == level), key=_order)
        if own:
            years = []
            for year, of_year in groupby(own, key=lambda slip: slip.year):
                slips_of_year = list(of_year)
                is_open = year == latest or (level == OFFICIAL and year == own[0].year)
                cards = [_card(slip, frames, places, language) for slip in slips_of_year]
                count = _count(slips_of_year, language)
                years.append((year, count, is_open, cards[:MOST_OPEN], cards[MOST_OPEN:]))
            look = f"{level} settled" if settled(own) == len(own) else level
            yield level, look, told(level_head(level), language), _count(own, language), years


def _count(found: list[Slip], language: str) -> str:
    """How many count, and beside them how many a mark has settled."""
    n, left = sum(counted(found).values()), settled(found)
    return plain("b.count", language, n=n, settled=left) if left else str(n)


def _order(slip: Slip) -> tuple[Any, ...]:
    """The latest year first, within it by table, what is settled last."""
    line, year = slip.line, slip.year
    return year is None, -(year or 0), line["report_id"], slip.is_settled, part_of(line)


def _card(slip: Slip, frames: Frames, places: Places, language: str) -> dict[str, Any]:
    """What a card shows: the line that tells the cause best, its picture, and what else the cause breaks."""
    own = {column.report_id: column.key for column in frames.columns}
    lines = [
        {
            **line,
            "rule": told(failed_rule(line["rule_id"], line["verdict"]), language),
            "references": references(
                line["cells"], own.get(line["report_id"], ""), frames.by_applicant, language
            ),
        }
        for line in slip.lines
    ]
    return {
        "is_settled": slip.is_settled,
        "still": _still(slip, frames, language) if slip.is_settled else "",
        "first": lines[0],
        "others": lines[1:],
        "part": _part_names(language)[part_of(slip.line)],
        "file": slip.line["report_id"].rpartition("/")[2],
        "pages": places.pages(slip.line),
        "clips": places.clips(slip.line) if slip.level in DRAWN else (),
    }


def _still(slip: Slip, frames: Frames, language: str) -> str:
    """What the published report goes on to print, where a mark has explained a slip of its sums."""

    def printed(cell: str) -> str | None:
        figure = None if ":" in cell else frames.index.cell(slip.line["report_id"], cell)
        return None if figure is None else figure.printed

    still = still_printed(slip.line, slip.would_be, printed)
    return "" if still is None else told(still, language)


def part_of(row: CheckRow) -> int:
    """The place among the parts of a page: the table of all its cells, else the theme of its rule."""
    tables = {cell.rpartition(":")[2].partition("/")[0] for cell in row["cells"]}
    if len(tables) == 1:
        return list(TABLES).index(tables.pop())
    return len(TABLES) + list(THEMES).index(RULES[row["rule_id"]].theme)


def _part_names(language: str) -> list[str]:
    tables = [label(editions[EDITIONS[-1]], language) for editions in TABLES.values()]
    return [*tables, *(zh if language == "zh" else en for zh, en in THEMES.values())]


def _unmet(unmet: list[dict[str, Any]], checks: pd.DataFrame, language: str) -> Iterator[dict[str, Any]]:
    """The marks on rules that hold throughout now, and what the verdict on their line is."""
    for row in unmet:
        verdict = lines_of(row, checks)[0]["verdict"]
        yield _shown(row, say("m.now", language, verdict=say(f"verdict.{verdict}", language)), language)


def _missed(unmet: list[tuple[dict[str, Any], Said | None]], language: str) -> Iterator[dict[str, Any]]:
    """The marks that meet nothing though their rule does not hold throughout, and what would fit."""
    return (_shown(row, told(why, language), language) for row, why in unmet if why is not None)


def _shown(row: dict[str, Any], now: str, language: str) -> dict[str, Any]:
    labels = [cell_label(cell, language) for cell in row["cells"]]
    return {**row, "rule": rule_name(row["rule_id"], known(language)), "now": now, "labels": labels}


def _refused(strange: pd.DataFrame, language: str) -> Iterator[dict[str, Any]]:
    """The marks on rules that there are not, as they were typed, and what was expected."""
    for row in records(strange):
        yield {
            **row,
            "rule": row["rule_id"],
            "now": told(no_rule(row["rule_id"]), language),
            "labels": row["cells"],
        }
