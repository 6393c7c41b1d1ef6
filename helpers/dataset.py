"""The tables of one agency for a notebook; its reports are read first where the dataset lacks them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from helpers import tables as store
from helpers.checks import CONTEXT, check
from helpers.extract import PARSER_VERSION
from helpers.ingest import UNREADABLE_FILE, ingest, of_agencies
from helpers.pages import Frames

ROOT = Path(__file__).resolve().parents[1]
"""The top of the project."""


def of_agency(agency: str, reports: str, tables: str, language: str = "en") -> Frames:
    """The agency's tables. `reports`: a folder with a folder per agency; `tables`: where the dataset lies.

    Relative folders are sought where the notebook runs, then at the top of the project. A dataset of other
    reports is left as it is: these are then read into a folder inside it. ValueError where the reports hold
    nothing of the agency that can be read.
    """
    raw, folder = place(reports), place(tables)
    places = (folder, folder / raw.name)
    held = next((where for where in places if _holds(where, raw, agency)), None)
    if held is None:
        held = folder if _is_free(folder, agency) else folder / raw.name
        ingest(raw, held)
    frames = frames_of(held, agency, language)
    if frames.reports.empty:
        raise ValueError(f"{reports}: expected reports of {agency}, found none that can be read")
    return frames


def frames_of(folder: Path, agency: str, language: str = "en") -> Frames:
    """What the dataset in `folder` holds of one agency, and the checks with messages in the language."""
    names = ("reports", "figures", "findings", "narratives")
    read = {name: store.read(folder, name, agency) for name in names}
    context = {name: read[name] if name in read else store.read(folder, name, agency) for name in CONTEXT}
    return Frames(checks=check(read["figures"], language, **context), **read)


def place(path: str) -> Path:
    """A folder as named in a notebook: from where the notebook runs, else from the top of the project."""
    here = Path(path)
    return here if here.is_absolute() or here.exists() else ROOT / path


def _holds(folder: Path, raw: Path, agency: str) -> bool:
    """Does the dataset know each of the agency's files, with the bytes that it has now, as read today?"""
    try:
        reports, findings = (store.read(folder, name, agency) for name in ("reports", "findings"))
    except store.MissingTablesError:
        return False
    refused = set(findings.loc[findings["kind"] == UNREADABLE_FILE, "report_id"])
    digests = dict(zip(reports["report_id"], reports["sha256"], strict=True))
    files = {source.report_id: source.path for source in of_agencies(raw).sources if source.agency == agency}
    if set(files) != set(digests) | refused or (reports["parser_version"] != PARSER_VERSION).any():
        return False
    return all(_sha256(files[name]) == digest for name, digest in digests.items())


def _is_free(folder: Path, agency: str) -> bool:
    """Is there no dataset yet, or one that holds this agency?"""
    try:
        return not store.read(folder, "reports", agency).empty
    except store.MissingTablesError:
        return True


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
