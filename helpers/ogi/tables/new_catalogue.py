"""A first catalogue for a person to go on with: what the names of agencies tell of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from ogi.agencies import KINDS, kind_of, last_year, resolve
from ogi.files import write_new
from ogi.said import Said
from ogi.tables.catalogue import COLUMNS, OPTIONAL, read_catalogue
from ogi.tables.csv_rows import heads_of
from ogi.tables.export import to_csv
from ogi.tables.schema import HEADS

_KINDS = {kind.id: kind.label.zh for kind in KINDS.values()}


def new_catalogue(names: Iterable[str], path: Path, language: str = "en") -> pd.DataFrame:
    """Write a row for each agency, in their order, into a file that is not there yet; return the rows.

    Heads and kinds are in the language, of which either is read again. Region and code are those of the last
    year that is known, empty where the name does not tell them. FileExistsError where the file is there.
    """
    rows = pd.DataFrame([_row(name) for name in names], columns=[*COLUMNS, *OPTIONAL], dtype="str")
    told = _told(rows, language).rename(columns={} if language == "en" else HEADS)
    # With the mark by which a spreadsheet knows UTF-8.
    write_new(path, to_csv(told.fillna("")).encode("utf-8-sig"))
    return rows


def missing_rows(
    reports: Iterable[tuple[str, int | None]], path: Path, language: str = "en"
) -> tuple[str, list[Said]]:
    """What a catalogue lacks of these agencies and years: CSV to be pasted, under the file's own heads.

    Empty where it lacks nothing. Beside it the faults of the file, whose rows count as not there.
    """
    known, faults = read_catalogue(path)
    if known.empty and faults:  # nothing is known of a file that cannot be read
        return "", faults
    agencies = set(known["agency"])
    years = set(zip(known["agency"], known["year"], strict=True))
    told = sorted(set(reports), key=lambda one: (one[0], one[1] or 0))
    rows = [_row(name) for name in dict.fromkeys(name for name, _ in told) if name not in agencies]
    rows += [{"agency": a, "year": str(y)} for a, y in told if y is not None and (a, y) not in years]
    if not rows:
        return "", faults
    heads = heads_of(path)
    frame = pd.DataFrame(rows, columns=list(heads.values()), dtype="str")
    return to_csv(_told(frame, language).set_axis(list(heads), axis=1).fillna("")), faults


def _told(rows: pd.DataFrame, language: str) -> pd.DataFrame:
    return rows if language == "en" or "kind" not in rows else rows.replace({"kind": _KINDS})


def _row(name: str) -> dict[str, str]:
    region = resolve(name, last_year()).region
    place = {} if region is None else {"code": region.code, "region": region.name}
    return {"agency": name, "kind": kind_of(name), **place}
