"""Files that may not be what their folder says: titles of other agencies, and two files on one year."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup, escape

from ogi.checks import Verdict
from ogi.checks.misfiled import unnamed as without_name
from ogi.checks.years import TWO_FILES
from ogi.pages.frames import Frames
from ogi.pages.html import listed, plain, say
from ogi.tables import records


def printed_names(frames: Frames, language: str) -> str:
    """The other names that the reports print, with their years where not all print the same; "" for none.

    Not those of titles in doubt: whether it is a former name is what `misfiled` leaves undecided.
    """
    years: dict[str, set[int]] = {}
    sure = frames.reports[~frames.reports["report_id"].isin(frames.doubted)]
    for row in records(sure.dropna(subset=["printed_agency", "year"])):
        years.setdefault(row["printed_agency"], set()).add(int(row["year"]))
    now = years.pop(frames.agency, set())
    if len(years) == 1 and not now:
        return plain("printed_as", language, names=next(iter(years)))
    told = []
    for name, own in sorted(years.items(), key=lambda one: min(one[1])):
        is_former = bool(now) and max(own) < min(now)
        when = max(own) if is_former else listed([str(year) for year in sorted(own)], language)
        told.append(plain("printed_until" if is_former else "printed_in", language, name=name, years=when))
    return ("；" if language == "zh" else "; ").join(told)


def unnamed(frames: Frames, language: str) -> Iterator[Markup]:
    """A sentence on the years whose reports name no agency; none where each does."""
    years = sorted({int(year) for year in without_name(frames.reports)["year"].dropna()})
    if years:
        told = listed([str(year) for year in years], language)
        yield say("v.unnamed", language, n=len(years), years=told)


def doubled(frames: Frames, language: str) -> Iterator[Markup]:
    """On each year that has several files their names, and in which cells they differ."""
    is_told = (frames.checks["rule_id"] == TWO_FILES) & (frames.checks["verdict"] != Verdict.HOLDS)
    differing = frames.checks[is_told]
    for year in frames.years:
        names = [one.file for one in frames.columns if one.year == year and one.file]
        if names:
            yield say("v.doubled", language, year=year, n=len(names), files=listed(names, language))
            yield from map(escape, differing.loc[differing["year"] == year, "message"].unique())


def misfiled(frames: Frames, language: str) -> Iterator[Markup]:
    """A sentence on each report whose title names another agency, surely so or perhaps."""
    unsure = frames.reports[frames.reports["report_id"].isin(frames.doubted)]
    for key, rows in (("v.misfiled", frames.strangers), ("v.doubted_title", unsure)):
        for row in records(rows):
            told = {
                "year": row["year"] or "?",
                "file": row["report_id"].rpartition("/")[2],
                "name": row["printed_agency"],
                "folder": frames.agency,
            }
            yield say(key, language, **told)
