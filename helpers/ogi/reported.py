"""Did everybody report? Agencies × years against the catalogue, and each report against its deadline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from ogi.checks import Verdict
from ogi.checks.misfiled import misfiled
from ogi.checks.words.dates import DEADLINES
from ogi.checks.years import is_named, plain_name
from ogi.extract.report import FindingKind
from ogi.said import Said, worded

DATES = "dates.published"
"""The rule on the day of publication."""
IN_TIME, LATE, LATE_SETTLED, NO_DEADLINE, UNDATED, NO_FILE, UNREAD, ELSEWHERE, MISFILED, MISSING = (
    "in_time",
    "late",
    "late_settled",
    "no_deadline",
    "undated",
    "no_file",
    "unread",
    "elsewhere",
    "misfiled",
    "missing",
)
STATUSES = (
    MISSING, MISFILED, ELSEWHERE, LATE, UNREAD, NO_FILE, UNDATED, NO_DEADLINE, LATE_SETTLED, IN_TIME,
)  # fmt: skip
"""What there is to say of an agency and year, what asks for something first: no report and none published, as
far as is known; another agency's report in its folder; its report, by a title, in another's; published
late; a file that cannot be read, or is of no known year; published, but not among the files; there, but of no
known day of publication; there, of a known day, but with no deadline set; late, which a review mark has
settled; in time."""
ASTRAY = (MISFILED, ELSEWHERE)
"""Where a report lies in a wrong folder: what to ask for is not known before a look."""
NOT_HERE = (MISSING, MISFILED, ELSEWHERE, UNREAD, NO_FILE)
"""What there is to say of an agency whose own report on a year is not there."""
COLUMNS = [
    "agency",
    "kind",
    "status",
    "published",
    "deadline",
    "deadline_by",
    "days_late",
    "url",
    "expected_by",
]
UNREAD_FILE, UNREAD_YEAR = "unread_file", "unread_year"
"""What UNREAD is of one agency: a file that cannot be read, or one that can, and tells no year."""
HAS_REPORT = "has_report"
"""What lies there of an agency and year whose own report is there."""
CATALOGUE, EARLIER, FILE = "catalogue", "earlier", "file"
"""Why a report is expected: the agency is in the catalogue, or has reported on a year before, or a file is
there that may be the report, but tells nothing."""
LAW, NONE = "law", ""
"""Who set a deadline that the catalogue did not: the law for a kind of agencies, or nobody that is known."""


_Misfiled = Set[tuple[str, int, str]]
_Doubted = Set[tuple[int, str]]


@dataclass(frozen=True)
class Filings:
    """What tells who has reported: tables of the dataset, and the agencies as `review.agencies` has them.

    `dates`: the verdicts of the rule on publication, on the year asked for. `misfiled`: of each report that
    is surely another agency's, the folder, the year and whom its title names; `doubted`: of each that may be
    another's, and is counted as its folder's, the year and whom its title names; `settled`: agencies whose
    lateness in the year a review mark has settled.
    """

    agencies: pd.DataFrame
    reports: pd.DataFrame
    catalogue: pd.DataFrame
    dates: pd.DataFrame
    findings: pd.DataFrame
    misfiled: _Misfiled = frozenset()
    doubted: _Doubted = frozenset()
    settled: frozenset[str] = frozenset()


def reported(found: Filings, year: int) -> pd.DataFrame:
    """A row with COLUMNS for each agency from which a report on the year is there or expected, by status.

    Dates are ISO dates; `days_late` is null where the report is in time, or not known to be late.
    """
    rows = found.agencies[["agency", "kind", "in_catalogue"]].copy()
    years = found.reports.dropna(subset=["year"]).groupby("agency")["year"].agg(["min", "max"])
    first = rows["agency"].map(years["min"])
    has_reported = first.le(year).fillna(False).astype(bool)
    rows["expected_by"] = has_reported.map({True: EARLIER, False: FILE}).mask(rows["in_catalogue"], CATALOGUE)
    elsewhere = _elsewhere(rows["agency"], year, found.misfiled, found.doubted)
    astray = _with_strangers(found, year) | elsewhere
    has_file = rows["agency"].isin(_with_unread_file(found, year) | astray)
    # Of whom nothing else is known, a file of no known year may be the one of any.
    has_file |= first.isna() & rows["agency"].isin(_with_strange_files(found, year))
    rows = rows[(rows["in_catalogue"] | has_reported | has_file).to_numpy()]
    rows = rows.merge(_days(found, year), on="agency", how="left")
    rows = rows.merge(_told(found, year), on="agency", how="left")
    for name in ("published", "deadline"):  # a report that was checked tells the days it was checked by
        rows[name] = rows[name].where(rows[name].notna(), rows[f"{name}_told"])
    by_law = rows["kind"].map({kind: date(year + 1, *day).isoformat() for kind, day in DEADLINES.items()})
    rows["deadline"] = rows["deadline"].where(rows["deadline"].notna(), by_law)
    by = pd.Series(NONE, index=rows.index, dtype="str").mask(by_law.notna(), LAW)
    rows["deadline_by"] = by.mask(rows["deadline_told"].notna(), CATALOGUE)
    rows["status"] = _statuses(rows, found, year, elsewhere)
    rows["days_late"] = rows["days_late"].where(rows["status"].isin((LATE, LATE_SETTLED)))
    order = {status: place for place, status in enumerate(STATUSES)}
    ordered = rows.sort_values(
        ["status", "days_late", "agency"],
        ascending=[True, False, True],
        key=lambda column: column.map(order) if column.name == "status" else column,
    )
    return ordered[COLUMNS].reset_index(drop=True)


def _days(found: Filings, year: int) -> pd.DataFrame:
    """What the rule on publication found: days of publication and deadline, counted from the year's end."""
    own = found.dates.drop_duplicates("agency")
    days = own["left"] - own["right"]
    return pd.DataFrame(
        {
            "agency": own["agency"],
            "published": own["left"].map(lambda days: day(year, days), na_action="ignore"),
            "deadline": own["right"].map(lambda days: day(year, days), na_action="ignore"),
            "days_late": days.where(own["verdict"] == Verdict.BROKEN),
            "is_checked": own["verdict"],
        }
    ).astype({"published": "object", "deadline": "object"})


def day(year: int, days: float) -> str:
    """The ISO date so many days after the end of the year."""
    return (date(year, 12, 31) + timedelta(days=days)).isoformat()


def _told(found: Filings, year: int) -> pd.DataFrame:
    """What the catalogue says of the year, else of the agency; a deadline as a date."""
    own = found.catalogue[found.catalogue["year"].eq(year).fillna(False) | found.catalogue["year"].isna()]
    own = own.sort_values("year", na_position="last").drop_duplicates("agency")
    deadline = own["deadline"].map(
        lambda day: day if len(day) > 5 else f"{year + 1}-{day}", na_action="ignore"
    )
    told = {"published_told": own["published"], "deadline_told": deadline, "url": own["url"]}
    return pd.DataFrame({"agency": own["agency"], **told})


def _statuses(rows: pd.DataFrame, found: Filings, year: int, elsewhere: set[str]) -> pd.Series[str]:
    of_year = found.reports["year"].eq(year).fillna(False)
    is_there = rows["agency"].isin(found.reports.loc[of_year, "agency"])
    is_late = is_there & rows["days_late"].notna()
    is_dated = is_there & rows["is_checked"].eq(Verdict.HOLDS).fillna(False)
    status = pd.Series(UNDATED, index=rows.index, dtype="str")
    has_day = is_there & rows["published"].notna() & rows["deadline"].isna()
    status = status.mask(has_day, NO_DEADLINE).mask(is_dated, IN_TIME).mask(is_late, LATE)
    status = status.mask(is_late & rows["agency"].isin(found.settled), LATE_SETTLED)
    status = status.mask(~is_there, MISSING).mask(~is_there & rows["published"].notna(), NO_FILE)
    status = status.mask(~is_there & rows["agency"].isin(_with_strange_files(found, year)), UNREAD)
    status = status.mask(~is_there & rows["agency"].isin(elsewhere), ELSEWHERE)
    return status.mask(~is_there & rows["agency"].isin(_with_strangers(found, year)), MISFILED)


def _with_strangers(found: Filings, year: int) -> set[str]:
    """Agencies in whose folders another's report on the year lies."""
    return {folder for folder, of, _ in found.misfiled if of == year}


def _elsewhere(agencies: Iterable[str], year: int, misfiled: _Misfiled, doubted: _Doubted) -> set[str]:
    """Those of the agencies whose report on the year lies in another's folder, by its title.

    `misfiled`, `doubted`: as of Filings. A title in doubt, as that of a body renamed is, names its agency in
    full: 区人社局 may be that of any district.
    """
    titles = {title for _, of, title in misfiled if of == year}
    whole = {plain_name(title) for of, title in doubted if of == year}
    names = {name: plain_name(name) in whole for name in agencies}
    return {name for name, is_its in names.items() if is_its or any(is_named(name, one) for one in titles)}


def _with_unread_file(found: Filings, year: int) -> set[str]:
    """Agencies with a file that could not be read, whose name tells that it is of the year."""
    unread = unread_on(found.findings, year)
    return set(unread.loc[unread["year"].notna(), "agency"].dropna())


def _with_strange_files(found: Filings, year: int) -> set[str]:
    """Agencies with a file that could not be read, or whose year is not known: it may be the one missed."""
    unread = unread_on(found.findings, year)["agency"]
    undated = found.reports.loc[found.reports["year"].isna(), "agency"]
    return {*unread.dropna(), *undated.dropna()}


def of_another(report: Mapping[str, Any]) -> Said:
    """That the title of a report names another agency, and which."""
    return worded("ogi", "misfiled.one", file=report["report_id"], name=report["printed_agency"])


def astray(reports: pd.DataFrame, unsure: Set[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Agency and year → MISFILED or ELSEWHERE, where its own report on it is not in its folder.

    Of the agencies that have another report there. `reports`: the table of that name, whole; `unsure`: the
    agencies and years of which a report may be another's, as `unsure_years`.
    """
    placed = reports.dropna(subset=["agency", "year"])
    there = set(zip(placed["agency"], placed["year"].astype(int), strict=True))
    strange = misfiled(reports).dropna(subset=["year"])[["folder", "year", "printed_agency"]]
    agencies = set(placed["agency"])
    rows = {(folder, int(year), title) for folder, year, title in strange.itertuples(index=False, name=None)}
    titled = zip(placed["agency"], placed["year"].astype(int), placed["printed_agency"], strict=True)
    doubted = {(year, title) for agency, year, title in titled if (agency, year) in unsure}
    years = {year for _, year, _ in rows} | {year for year, _ in doubted}
    found = {(name, of): ELSEWHERE for of in years for name in _elsewhere(agencies, of, rows, doubted)}
    found |= {(folder, of): MISFILED for folder, of, _ in rows if folder in agencies}
    return {key: status for key, status in found.items() if key not in there}


def unread_on(findings: pd.DataFrame, year: int) -> pd.DataFrame:
    """The findings on files that could not be read and may be the report on the year, by their names."""
    is_of = findings["year"].eq(year).fillna(False) | findings["year"].isna()
    return findings[(findings["kind"] == FindingKind.UNREADABLE_FILE) & is_of.astype(bool)]


def as_found(finding: dict[Any, Any]) -> Said:
    """What a row of the table findings says."""
    return Said(finding["message"], finding["message_zh"])


def unread_files(
    findings: pd.DataFrame,
    reports: pd.DataFrame,
    year: int,
    words: Callable[[dict[Any, Any]], Said] = as_found,
) -> dict[str, list[Said]]:
    """Agency → each file that may be its report on the year, and why it tells nothing.

    `words`: puts the finding on a file that could not be read into words.
    """
    found: defaultdict[str, list[Said]] = defaultdict(list)
    for row in unread_on(findings, year).to_dict("records"):
        found[row["agency"]].append(words(row))
    for row in reports[reports["year"].isna()].to_dict("records"):
        file = row["report_id"].rpartition("/")[2]
        found[row["agency"]].append(worded("ogi", "no_year", file=file))
    return found


def status_name(status: str, is_undated: bool = False) -> Said:
    """What the status of an agency is called; `is_undated`: is it UNREAD since its file tells no year?"""
    if status == UNREAD:
        status = UNREAD_YEAR if is_undated else UNREAD_FILE
    return worded("ogi", f"status.{status}")


def there_name(lies: str) -> Said:
    """What lies there of an agency and year: HAS_REPORT, or what does in its place, such as MISSING."""
    return worded("ogi", f"there.{lies}")


def matrix(found: Filings, agencies: pd.Series[str], years: list[int]) -> pd.DataFrame:
    """Agency × year: "" where its report is there, else why not: MISSING, or what lies there in its place."""
    told = pd.DataFrame(MISSING, index=pd.Index(agencies), columns=years, dtype="object")
    unread = found.findings[found.findings["kind"] == FindingKind.UNREADABLE_FILE].dropna(subset=["year"])
    strange = [(folder, year) for folder, year, _ in found.misfiled]
    sets = found.misfiled, found.doubted
    elsewhere = ((name, year) for year in years for name in _elsewhere(agencies, year, *sets))
    placed = found.reports.dropna(subset=["agency", "year"])
    files, own = (zip(rows["agency"], rows["year"], strict=True) for rows in (unread, placed))
    for says, places in ((UNREAD, files), (ELSEWHERE, elsewhere), (MISFILED, strange), ("", own)):
        for agency, year in places:
            if agency in told.index and year in told.columns:
                told.loc[agency, year] = says
    return told
