"""A Frictionless data package of the panel: what each file is, and each column of the CSV."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ogi.panel.variables import VARIABLES, Variable

NAME = "ogi-panel"
PACKAGE = "datapackage.json"
FILES = {
    "panel.csv": "text/csv",
    "panel.parquet": "application/vnd.apache.parquet",
    "panel.dta": "application/x-stata-dta",
    "narratives.parquet": "application/vnd.apache.parquet",
    "rollup.csv": "text/csv",
    "codebook.csv": "text/csv",
    "codebook.md": "text/markdown",
}
"""File → its media type; the first is the one whose columns are told."""
_TYPES = {"text": "string", "whole": "integer", "flag": "integer", "number": "number"}
_KEY = ["agency", "year"]


def datapackage(folder: Path, words: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The package of the files in the folder. `words`: variable → every word that it may be."""
    resources = [_resource(folder / name, media) for name, media in FILES.items()]
    fields = [_field(one, words.get(one.name, ())) for one in VARIABLES]
    schema = {"fields": fields, "primaryKey": _KEY, "missingValues": [""]}
    tabular = {"type": "table", "profile": "tabular-data-resource", "encoding": "utf-8", "schema": schema}
    resources[0] |= tabular
    return {
        "profile": "data-package",
        "name": NAME,
        "title": "政府信息公开工作年度报告：机关—年度面板",
        "description": "Annual reports on open government information: a row for each agency and year.",
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


def _field(one: Variable, words: Sequence[str]) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if one.name in _KEY else {}
    if one.values:
        constraints["enum"] = list(words) if one.type == "text" else list(one.values)
    told = {"name": one.name, "type": _TYPES[one.type], "title": one.label.zh, "description": _means(one)}
    return told | ({"constraints": constraints} if constraints else {})


def _means(one: Variable) -> str:
    values = "; ".join(f"{value}: {meaning}" for value, meaning in one.values.items())
    of = f" [{one.of}]" if one.of else ""
    return f"{one.meaning}{of}" + (f" ({values})" if values else "")
