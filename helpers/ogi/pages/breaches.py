"""What does not hold, in words: the form's own sums first, then the soft rules, then our own doubts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import pandas as pd
from markupsafe import Markup

from ogi.checks import RULES, THEMES, Verdict, rule_name
from ogi.forms import EDITIONS, TABLES
from ogi.pages.cells import anchor, cell_label
from ogi.pages.frames import Frames
from ogi.pages.html import Html, label, render, say
from ogi.pages.places import Places
from ogi.said import known
from ogi.tables import SETTLED, matched, records

OFFICIAL, WARNING, NOTE = "official", "warning", "note"
LEVELS = (OFFICIAL, WARNING, NOTE, Verdict.UNDECIDED)
"""The most serious first: the agency's errors, what to ask about, what is worth a look, our doubts."""
FOLDED, DRAWN = (NOTE, Verdict.UNDECIDED), (OFFICIAL, WARNING, Verdict.UNDECIDED)
MOST_OPEN = 6
"""How many lines of one table stand there unfolded: as many as a screen holds with their pictures."""


def breaches(frames: Frames, language: str = "en") -> Html:
    """Every rule that is broken or undecided, with its figures, their place, picture and review mark."""
    standing = _graded(frames.checks)
    on, unmet = matched(standing, frames.marks)
    official = frames.checks[frames.checks["official"].astype(bool)]["verdict"]
    return render(
        "breaches",
        language,
        agency=frames.agency,
        levels=list(_levels(frames, standing.join(on), language)),
        folded=FOLDED,
        counts={level: int((standing["level"] == level).sum()) for level in LEVELS},
        settled=int((on["mark"].isin(SETTLED) & (standing["verdict"] == Verdict.BROKEN)).sum()),
        held=int(official.isin([Verdict.HOLDS, Verdict.HOLDS_BLANK_AS_ZERO]).sum()),
        as_zero=int((official == Verdict.HOLDS_BLANK_AS_ZERO).sum()),
        unmet=list(_unmet(unmet, frames.checks, language)),
    )


def counts(checks: pd.DataFrame) -> tuple[int, int, int]:
    """How many official rules are broken, how many soft ones that are warnings, how many are undecided."""
    levels = list(_graded(checks)["level"])
    return levels.count(OFFICIAL), levels.count(WARNING), levels.count(Verdict.UNDECIDED)


def _graded(checks: pd.DataFrame) -> pd.DataFrame:
    """What is broken or undecided, with its level."""
    standing = checks[checks["verdict"].isin([Verdict.BROKEN, Verdict.UNDECIDED])]
    level = standing["severity"].where(standing["severity"] == NOTE, WARNING).astype("object")
    level = level.mask(standing["official"].astype(bool), OFFICIAL)
    # A doubt is ours, whatever the rule: it comes last, and never among the agency's errors.
    return standing.assign(level=level.mask(standing["verdict"] == Verdict.UNDECIDED, Verdict.UNDECIDED))


def _levels(
    frames: Frames, standing: pd.DataFrame, language: str
) -> Iterator[tuple[str, int, list[dict[str, Any]]]]:
    """Each seriousness that there is, with the number of its lines and its parts.

    A line is a row of checks with its level and mark, and: `references`, label and place of each figure that
    it is about; `pages`, where they stand; `clips`, page and picture of the printed cells.
    """
    places = Places(frames)
    for level in LEVELS:
        lines = [
            {
                **row,
                "is_settled": row["mark"] in SETTLED,
                "references": list(_references(row, frames, language)),
                "pages": places.pages(row),
                "clips": (),
            }
            for row in records(standing[standing["level"] == level])
        ]
        if lines:
            yield level, len(lines), list(_parts(lines, places, level, language))


def _references(row: dict[str, Any], frames: Frames, language: str) -> Iterator[tuple[Markup, str]]:
    """Label and place on this page of each figure of one row of checks, in its order."""
    own = next((column.key for column in frames.columns if column.report_id == row["report_id"]), "")
    for cell in row["cells"]:
        year, _, place = cell.rpartition(":")
        table, item, measure = place.split("/")
        yield cell_label(cell, language), "#" + anchor(table, item, measure, year or own)


def _parts(
    lines: list[dict[str, Any]], places: Places, level: str, language: str
) -> Iterator[dict[str, Any]]:
    """The lines by table, within it the latest report first, what is settled last.

    Of each table those that are shown and those folded away, by case; `more`: how many lines are folded.
    """
    names = _part_names(language)

    def order(line: dict[str, Any]) -> tuple[Any, ...]:
        year = line["year"]
        return part_of(line), line["is_settled"], year is None, -(year or 0), line["report_id"]

    for part, of_part in groupby(sorted(lines, key=order), key=part_of):
        ordered = list(of_part)
        shown = ordered[:MOST_OPEN] if level not in FOLDED else ordered
        if level in DRAWN:
            shown = [{**line, "clips": places.clips(line)} for line in shown]
        folded = ordered[len(shown) :]
        cases = {"shown": list(_cases(shown, language)), "folded": list(_cases(folded, language))}
        yield {"name": names[part], **cases, "more": len(folded)}


def _cases(lines: Iterable[dict[str, Any]], language: str) -> Iterator[dict[str, Any]]:
    """One rule in one report each, with every line that does not hold."""
    for (report_id, rule_id), own in groupby(lines, key=itemgetter("report_id", "rule_id")):
        found = list(own)
        file, rule = report_id.rpartition("/")[2], rule_name(rule_id, known(language))
        yield {"year": found[0]["year"], "file": file, "rule": rule, "lines": found}


def part_of(row: dict[str, Any]) -> int:
    """The place among the parts of a page: the table of all its cells, else the theme of its rule."""
    tables = {cell.rpartition(":")[2].partition("/")[0] for cell in row["cells"]}
    if len(tables) == 1:
        return list(TABLES).index(tables.pop())
    return len(TABLES) + list(THEMES).index(RULES[row["rule_id"]].theme)


def _part_names(language: str) -> list[str]:
    tables = [label(editions[EDITIONS[-1]], language) for editions in TABLES.values()]
    return [*tables, *(zh if language == "zh" else en for zh, en in THEMES.values())]


def _unmet(unmet: pd.DataFrame, checks: pd.DataFrame, language: str) -> Iterator[dict[str, Any]]:
    """The marks on lines that are neither broken nor undecided, and what the verdict on them is now."""
    verdicts = {
        (row["year"], row["rule_id"], frozenset(row["cells"])): row["verdict"] for row in records(checks)
    }
    for row in records(unmet):
        verdict = verdicts.get((row["year"], row["rule_id"], frozenset(row["cells"])))
        now = say("m.gone", language)
        if verdict is not None:
            now = say("m.now", language, verdict=say(f"verdict.{verdict}", language))
        labels = [cell_label(cell, language) for cell in row["cells"]]
        # A reviewer may have named a rule that there is not.
        rule = rule_name(row["rule_id"], known(language)) if row["rule_id"] in RULES else row["rule_id"]
        yield {**row, "rule": rule, "now": now, "labels": labels}
