"""The tables of one agency for a notebook; its reports are read first where the dataset lacks them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ogi import tables as store
from ogi.agencies import refuse_unknown
from ogi.checks import check_tables
from ogi.checks.misfiled import misfiled, of_own, set_apart
from ogi.extract.report import FindingKind
from ogi.files import place
from ogi.ingest import ingest, is_current, unchanged
from ogi.ingest.by_hand import ByHand, by_hand
from ogi.ingest.sources import of_agencies, of_one
from ogi.pages import Frames
from ogi.said import known, told, worded

_READ = ("reports", "figures", "findings", "narratives")


def of_agency(
    agency: str,
    reports: str,
    tables: str,
    language: str = "en",
    corrections: str = "",
    marks: str = "",
    newest: int = 0,
) -> Frames:
    """The agency's tables. `reports`: a folder with a folder per agency; `tables`: where the dataset lies.

    `corrections` and `marks`: what people keep by hand, by default beside the folder of the reports; read on
    every call, so that a line written there is seen at once. Lines that are not sound go to standard error.
    `newest`: the newest year that others have reported on and this agency has not; a run over many gives it.

    Relative folders are sought where the notebook runs, then at the top of the project. A dataset of other
    reports is left as it is: these are then read into a folder inside it.

    Raises:
        UnknownAgency: The reports have no such agency; the nearest are named.
        ValueError: They hold nothing of the agency that can be read; or another language.
    """
    known(language)
    raw, folder = place(reports), place(tables)
    _refuse_unknown(agency, raw, language)
    hand = by_hand(raw, *(place(file) if file else None for file in (corrections, marks)))
    own = hand.where(lambda rows: rows["agency"] == agency)
    for fault in own.not_taken:
        print(fault, file=sys.stderr)
    current = next(
        (where for where in (folder, folder / raw.name) if is_current(where, raw, agency, own)), None
    )
    if current is None:
        made = held_in(
            folder, raw, lambda where: _holds(where, raw, agency), lambda where: _is_free(where, agency)
        )
        frames = _with_hand(made, agency, language, own)
    else:
        frames = frames_of(current, agency, language)
    if frames.reports.empty:
        raise ValueError(told(worded(__package__, "nothing_read", reports=reports, agency=agency), language))
    files = {source.report_id: source.path for source in of_one(raw, agency).sources}
    return replace(frames, files=files, newest=newest)


def dataset_of(agencies: Sequence[str], reports: str, tables: str, language: str = "en") -> tuple[Path, Path]:
    """The dataset that holds these agencies (none for all) as they are now, and the folder of the reports.

    The reports are read first where none does. Folders and faults as for `of_agency`.
    """
    known(language)
    raw, folder = place(reports), place(tables)
    for agency in agencies:
        _refuse_unknown(agency, raw, language)
    names = agencies or sorted({str(source.agency) for source in of_agencies(raw).sources})
    hand = by_hand(raw)
    own = {name: hand.where(lambda rows, name=name: rows["agency"] == name) for name in names}  # type: ignore[misc]

    def holds(where: Path) -> bool:
        return all(is_current(where, raw, name, own[name]) for name in names)

    return held_in(folder, raw, holds, lambda where: _is_free(where, names[0])), raw


def held_in(folder: Path, raw: Path, holds: Callable[[Path], bool], is_free: Callable[[Path], bool]) -> Path:
    """The dataset in the folder, or in one inside it, that holds the reports; they are read where none does.

    `is_free`: has the folder no dataset of other reports, which is left as it is?
    """
    held = next((where for where in (folder, folder / raw.name) if holds(where)), None)
    if held is None:
        held = folder if is_free(folder) else folder / raw.name
        ingest(raw, held)
    return held


def _refuse_unknown(agency: str, raw: Path, language: str) -> None:
    if not of_one(raw, agency).sources:
        names = (source.agency for source in of_agencies(raw).sources)
        refuse_unknown([agency], dict.fromkeys(name for name in names if name is not None), language)


def frames_of(folder: Path, agency: str, language: str = "en") -> Frames:
    """What the dataset in `folder` holds of one agency, as corrected, the checks told in the language."""
    rows: dict[str, Any] = {
        name: store.read(folder, name, agency) for name in (*_READ, "checks", "corrections")
    }
    rows["figures"] = store.as_corrected(rows["figures"], rows["corrections"]).figures
    there = store.read_folder(folder, ("reports",), agency)["reports"]
    rows |= {"strangers": misfiled(there), "checks": of_own(rows["checks"], there)}
    if known(language) == "zh":
        rows["checks"] = rows["checks"].assign(message=rows["checks"]["message_zh"])
    marks, catalogue = (store.read(folder, name, agency) for name in ("review_marks", "catalogue"))
    return Frames(marks=marks, catalogue=catalogue, **rows)


def _with_hand(folder: Path, agency: str, language: str, own: ByHand) -> Frames:
    """The same with other files kept by hand than the dataset was made with, checked anew."""
    there = set_apart(store.read_folder(folder, _READ, agency), own.marks)
    tables, _ = own.laid_on(there)
    checks = of_own(check_tables(tables, language), there["reports"])
    told: dict[str, Any] = {
        name: rows[rows["agency"] == agency].reset_index(drop=True)
        for name, rows in {**tables, "checks": checks}.items()
        if name in (*_READ, "checks", "corrections")
    }
    return Frames(marks=own.marks, catalogue=own.catalogue, strangers=misfiled(there["reports"]), **told)


def _holds(folder: Path, raw: Path, agency: str) -> bool:
    """Does the dataset know each of the agency's files, with the bytes that it has now, as read today?"""
    try:
        reports, findings = store.read_folder(folder, ("reports", "findings"), agency).values()
    except store.MissingTablesError:
        return False
    refused = set(findings.loc[findings["kind"] == FindingKind.UNREADABLE_FILE, "report_id"])
    sources = of_one(raw, agency).sources
    known = unchanged(sources, reports)
    return known == set(reports["report_id"]) and known | refused == {source.report_id for source in sources}


def _is_free(folder: Path, agency: str) -> bool:
    """Is there no dataset yet, or one that holds this agency?"""
    try:
        return not store.read_folder(folder, ("reports",), agency)["reports"].empty
    except store.MissingTablesError:
        return True
