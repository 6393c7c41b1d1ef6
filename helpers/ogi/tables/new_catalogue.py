"""A first catalogue for a person to go on with: what the names of agencies tell of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from ogi.agencies import KINDS, kind_of, last_year, resolve
from ogi.files import write_new
from ogi.tables.catalogue import COLUMNS, OPTIONAL
from ogi.tables.export import to_csv
from ogi.tables.schema import HEADS

_KINDS = {kind.id: kind.label.zh for kind in KINDS.values()}


def new_catalogue(names: Iterable[str], path: Path, language: str = "en") -> pd.DataFrame:
    """Write a row for each agency, in their order, into a file that is not there yet; return the rows.

    Heads and kinds are in the language, of which either is read again. Region and code are those of the last
    year that is known, empty where the name does not tell them. FileExistsError where the file is there.
    """
    rows = pd.DataFrame([_row(name) for name in names], columns=[*COLUMNS, *OPTIONAL], dtype="str")
    told = rows if language == "en" else rows.replace({"kind": _KINDS}).rename(columns=HEADS)
    # With the mark by which a spreadsheet knows UTF-8.
    write_new(path, to_csv(told.fillna("")).encode("utf-8-sig"))
    return rows


def _row(name: str) -> dict[str, str]:
    region = resolve(name, last_year()).region
    place = {} if region is None else {"code": region.code, "region": region.name}
    return {"agency": name, "kind": kind_of(name), **place}
