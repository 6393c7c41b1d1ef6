"""A Frictionless data package of the panel: what each file is, and each column of the CSV."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ogi.panel.codebook import printed_of
from ogi.panel.variables import VARIABLES, Variable
from ogi.said import told, worded

NAME = "ogi-panel"
PACKAGE = "datapackage.json"
FILES = {
    "panel.csv": "text/csv",
    "panel.parquet": "application/vnd.apache.parquet",
    "panel.dta": "application/x-stata-dta",
    "narratives.parquet": "application/vnd.apache.parquet",
    "missing.csv": "text/csv",
    "sources.csv": "text/csv",
    "rollup.csv": "text/csv",
    "codebook.csv": "text/csv",
    "codebook.md": "text/markdown",
}
"""File → its media type; the first is the one whose columns are told."""
_TYPES = {"text": "string", "whole": "integer", "flag": "integer", "number": "number"}
_KEY = ["agency", "year"]


def datapackage(folder: Path, words: Mapping[str, Sequence[str]], language: str = "en") -> dict[str, Any]:
    """The package of the files in the folder. `words`: variable → every word that it may be.

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
        "resources": resources,
    }


def _resource(path: Path, media: str) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "name": path.name.replace(".", "-"),
        "path": path.name,
        "type": "file",
        "format": path.suffix[1:],
        "mediatype": media,
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
    }


def _field(one: Variable, words: Sequence[str], language: str) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if one.name in _KEY else {}
    if one.values:
        constraints["enum"] = list(words) if one.type == "text" else list(one.values)
    field = {"name": one.name, "type": _TYPES[one.type], "title": one.label.zh}
    field["description"] = _means(one, language)
    return field | printed_of(one) | ({"constraints": constraints} if constraints else {})


def _means(one: Variable, language: str) -> str:
    values = one.values_in(language)
    of = f" [{one.of}]" if one.of else ""
    return f"{told(one.meaning, language)}{of}" + (f" ({values})" if values else "")
