"""A Frictionless data package of the panel: what each file is, and each column of the CSV."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import ogi
from ogi.extract import PARSER_VERSION
from ogi.panel.codebook import formula_of, printed_of, unit_of
from ogi.panel.variables import VARIABLES, Variable
from ogi.said import Said, told, worded
from ogi.tables import first_read

NAME = "ogi-panel"
PACKAGE = "datapackage.json"
FILES = {
    "panel.csv": "text/csv",
    "panel.parquet": "application/vnd.apache.parquet",
    "panel.dta": "application/x-stata-dta",
    "narratives.parquet": "application/vnd.apache.parquet",
    "missing.csv": "text/csv",
    "sources.csv": "text/csv",
    "corrections.csv": "text/csv",
    "warnings.csv": "text/csv",
    "rollup.csv": "text/csv",
    "codebook.csv": "text/csv",
    "codebook.md": "text/markdown",
}
"""File → its media type; the first is the one whose columns are told."""
_TYPES = {"text": "string", "whole": "integer", "flag": "integer", "number": "number"}
_KEY = ["agency", "year"]


def created(tables: Path, report_ids: Collection[str]) -> str | None:
    """The ISO date on which the last of these reports was first read, None where that was not noted.

    No clock is asked: of the same data the package is the same bytes.
    """
    known = first_read.known(tables)
    dates = known.loc[known["report_id"].isin(report_ids), "first_read"]
    return None if dates.empty else str(dates.max())


def version_of(folder: Path) -> str:
    """The version of the program, with a hash of the panel in the folder: the version of the dataset."""
    return f"{ogi.__version__}+{digest_of(folder / 'panel.parquet')[:12]}"


def citation(version: str, of_day: str | None) -> Said:
    """A line to copy that cites the panel; `of_day`: as `created`."""
    data = "" if of_day is None else worded(__package__, "cited.day", day=of_day)
    program = f"ogi {ogi.__version__}, parser_version {PARSER_VERSION}"
    return worded(__package__, "cited", version=version, program=program, data=data)


def datapackage(
    folder: Path, words: Mapping[str, Sequence[str]], of_day: str | None, language: str = "en"
) -> dict[str, Any]:
    """The package of the files in the folder. `words`: variable → every word that it may be.

    Its version is that of the program, with a hash of the panel; `of_day`: as `created`.
    Titles are Chinese, as in the forms; descriptions are in the language.
    """
    resources = [_resource(folder / name, media) for name, media in FILES.items()]
    fields = [_field(one, words.get(one.name, ()), language) for one in VARIABLES]
    schema = {"fields": fields, "primaryKey": _KEY, "missingValues": [""]}
    tabular = {"type": "table", "profile": "tabular-data-resource", "encoding": "utf-8", "schema": schema}
    resources[0] |= tabular
    return {
        "profile": "data-package",
        "name": NAME,
        "title": "政府信息公开工作年度报告：机关—年度面板",
        "description": told(worded(__package__, "package"), language),
        "version": version_of(folder),
        "citation": told(citation(version_of(folder), of_day), language),
        **({} if of_day is None else {"created": f"{of_day}T00:00:00Z"}),
        "licenses": [{"name": "MIT", "title": told(worded(__package__, "licence"), language)}],
        "sources": [{"title": told(worded(__package__, "sources"), language), "path": "sources.csv"}],
        "resources": resources,
    }


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _resource(path: Path, media: str) -> dict[str, Any]:
    return {
        "name": path.name.replace(".", "-"),
        "path": path.name,
        "type": "file",
        "format": path.suffix[1:],
        "mediatype": media,
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest_of(path)}",
    }


def _field(one: Variable, words: Sequence[str], language: str) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if one.name in _KEY else {}
    if one.values:
        constraints["enum"] = list(words) if one.type == "text" else list(one.values)
    field = {"name": one.name, "type": _TYPES[one.type], "title": one.labelled.zh}
    field["description"] = _means(one, language)
    return field | printed_of(one) | ({"constraints": constraints} if constraints else {})


def _means(one: Variable, language: str) -> str:
    of = f" [{one.of}]" if one.of else ""
    told_of = (formula_of(one, language), unit_of(one, language), one.values_in(language))
    beside = [text for text in told_of if text]
    return f"{told(one.meaning, language)}{of}" + "".join(f" ({text})" for text in beside)
