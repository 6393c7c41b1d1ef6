"""The panel that researchers work with: a row for each agency and year, in the formats of their programs."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from ogi import tables as dataset
from ogi.agencies import Agencies
from ogi.panel import changes
from ogi.panel.changes import Changes
from ogi.panel.codebook import codebook, codebook_table
from ogi.panel.files import BATCH, NARRATIVES, Seen, gathered, hashed, read_parts, write_csv, write_parquet
from ogi.panel.notes import WARNINGS, Notes
from ogi.panel.package import FILES, NAME, PACKAGE, citation, created, datapackage, digest_of, version_of
from ogi.panel.rollup import against, rollup
from ogi.panel.rows import rows_of
from ogi.panel.sources import OTHER_AGENCY, Files
from ogi.panel.stata import write_stata
from ogi.panel.variables import ROLLED_UP, SCHEMA, VARIABLES, Variable
from ogi.progress import Progress, no_progress
from ogi.said import Refused, Said, worded
from ogi.tables import first_read
from ogi.tables import parts as store

__all__ = [
    "ROLLED_UP",
    "VARIABLES",
    "Variable",
    "against",
    "changed_files",
    "changes",
    "codebook",
    "export",
    "is_panel",
    "rows_of",
]

_TABLES = ("reports", "figures", "checks", "findings", "corrections", "review_marks")


@dataclass(frozen=True)
class Exported:
    """How many rows the panel has, how many sections the narratives, and how many reports are in neither.

    `undated`: reports of no known agency or year; `unread`: files that could not be read; `expected`: reports
    that are not there, though the agency is in the catalogue or has reported before; `others`: those of
    another agency than their folder's, of a year on which there is none of its own. `applied`, `refused`:
    corrections of the dataset, a line of their file each. `changes`: what is otherwise than in the panel that
    lay there before, None without one that can be read; `has_before`: was one there? `warnings`: what
    is to be looked at, as in warnings.csv. `aside`: the new names of files that somebody
    changed since the export before; they are kept.
    """

    rows: int
    sections: int
    undated: int
    unread: int
    expected: int
    applied: int
    refused: int
    others: int = 0
    has_before: bool = False
    changes: Changes | None = None
    aside: tuple[str, ...] = ()
    warnings: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=WARNINGS), repr=False)


def export(
    folder: Path,
    out: Path,
    step: Progress = no_progress,
    language: str = "en",
    typed: pd.DataFrame | None = None,
    lines: Sequence[tuple[str, Said]] = (),
) -> Exported:
    """Write the panel of the dataset in `folder` into the folder `out`, in place of an earlier one there.

    Works part by part of the dataset. `language`: that of the codebook and of Stata's labels.
    `typed`: the lines of the file of corrections that the dataset was made with, where it is as it was;
    without it, of one that was refused only what was printed is known. `lines`: as of `Notes`. Raises
    MissingTablesError where there is no dataset, and Refused where a file would be written over that no
    export wrote.
    """
    there = store.parts(folder)
    _refuse_others(out)
    out.mkdir(parents=True, exist_ok=True)
    working = Path(tempfile.mkdtemp(prefix=".ogi-export-", dir=out))
    try:
        exported = _write_all(folder, there, working, step, language, Notes(typed, lines))
        exported = _held_against(exported, out / "panel.parquet", working)
        exported = replace(exported, aside=_moved_aside(out))
        for name in (*FILES, changes.FILE, PACKAGE):  # the package last: it tells the others' checksums
            if (working / name).exists():
                (working / name).chmod(0o644)
                (working / name).replace(out / name)
    finally:
        shutil.rmtree(working, ignore_errors=True)
    return exported


def _held_against(exported: Exported, before: Path, working: Path) -> Exported:
    """The same with what has changed, of which a file is written; without one, where no panel was there."""
    if not before.exists():
        return exported
    found = changes.changes(before, working / "panel.parquet")
    if found is not None and found.is_none and before.with_name(changes.FILE).exists():
        return replace(exported, has_before=True, changes=found)  # the file tells of the last change still
    listed = changes.Changes().listed if found is None else found.listed
    (working / changes.FILE).write_text(dataset.to_csv(listed), "utf-8-sig")
    return replace(exported, has_before=True, changes=found)


def _write_all(
    folder: Path,
    there: list[store.Part],
    working: Path,
    step: Progress,
    language: str,
    notes: Notes,
) -> Exported:
    seen, rows, sections = Seen(), 0, 0
    catalogue = dataset.read(folder, "catalogue")
    files = Files(catalogue)
    panel = gathered(_panel(folder, there, Agencies(catalogue), step, notes, files), BATCH)
    for part in write_parquet(working / "panel.parquet", panel, SCHEMA):
        seen.see(part)
        rows += part.num_rows
    write_csv(working / "panel.csv", read_parts(working / "panel.parquet"))
    rows_, version = read_parts(working / "panel.parquet"), version_of(working)
    write_stata(working / "panel.dta", rows_, seen.widths, seen.words, language, version)
    narratives = (hashed(_narratives(folder, part)) for part in there)
    for table in write_parquet(working / "narratives.parquet", narratives, NARRATIVES):
        sections += table.num_rows
    lacking = files.lacking()
    notes.see_files(files.reports, first_read.known(folder))
    beside = {
        "missing.csv": lacking,
        "sources.csv": files.sources(),
        "corrections.csv": notes.corrections(),
        "warnings.csv": notes.warnings(),
        "rollup.csv": rollup(working / "panel.parquet", catalogue),
        "codebook.csv": codebook_table(language),
    }
    for name, table in beside.items():  # with the mark by which Excel and Stata know UTF-8
        (working / name).write_text(dataset.to_csv(table), "utf-8-sig")
    of_day = created(folder, set(files.own["report_id"]))
    cited = citation(version, of_day)
    (working / "codebook.md").write_text(codebook(language, cited), "utf-8")
    described = datapackage(working, seen.words, of_day, language)
    (working / PACKAGE).write_text(json.dumps(described, ensure_ascii=False, indent=1), "utf-8")
    unread, expected = len(files.unread), int(lacking["file"].isna().sum())
    others = int((lacking["status"] == OTHER_AGENCY).sum())
    counts = (rows, sections, len(files.unplaced), unread, expected, notes.applied, notes.refused)
    return Exported(*counts, others=others, warnings=notes.warnings())


def _panel(
    folder: Path,
    there: list[store.Part],
    agencies: Agencies,
    step: Progress,
    notes: Notes,
    files: Files,
) -> Iterator[pa.Table]:
    """The rows, part by part; `notes` and `files` take in what is told beside them."""
    for done, part in enumerate(there, 1):
        tables = {name: dataset.read_parts(folder, name, [part]) for name in _TABLES}
        files.see(tables)
        notes.see(tables)
        yield rows_of(tables, agencies)
        step(done, len(there), part.first)


def _narratives(folder: Path, part: store.Part) -> pd.DataFrame:
    """The sections of the part's reports whose agency is known."""
    return dataset.read_parts(folder, "narratives", [part]).dropna(subset=["agency"])


def _refuse_others(out: Path) -> None:
    names = [name for name in (*FILES, changes.FILE, PACKAGE) if (out / name).exists()]
    if names and not _is_ours(out / PACKAGE):
        raise Refused(worded(__package__, "not_ours", path=out / names[0]))


def is_panel(folder: Path) -> bool:
    """Did an export write what lies in the folder?"""
    return _is_ours(folder / PACKAGE)


def _moved_aside(out: Path) -> tuple[str, ...]:
    """Files that somebody has changed since the export, each renamed; the names they have now."""
    kept = []
    for file in changed_files(out):
        names = (file.with_name(f"{file.stem}.changed-{n}{file.suffix}") for n in count(1))
        aside = next(name for name in names if not name.exists())
        file.rename(aside)
        kept.append(aside.name)
    return tuple(kept)


def changed_files(out: Path) -> list[Path]:
    """The files of an export that are not as it wrote them."""
    hashes = {Path(str(one.get("path"))).name: one.get("hash") for one in _resources(out / PACKAGE)}
    there = [out / name for name in FILES if name in hashes and (out / name).is_file()]
    return [file for file in there if f"sha256:{digest_of(file)}" != hashes[file.name]]


def _resources(package: Path) -> list[dict[str, Any]]:
    if not package.exists():
        return []
    told = json.loads(package.read_text("utf-8")).get("resources", [])
    return [one for one in told if isinstance(one, dict)]


def _is_ours(package: Path) -> bool:
    try:
        told = json.loads(package.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(told, dict) and told.get("name") == NAME
