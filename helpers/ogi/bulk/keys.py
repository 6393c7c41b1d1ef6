"""What an agency's page follows from, as two hashes: a page with the same key is not made again."""

from __future__ import annotations

import hashlib
import sys
from collections import defaultdict
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import ogi
from ogi import tables as store
from ogi.bulk.agency import Job

_SHOWN_WITH = ("ipython", "matplotlib", "nbconvert", "pandas", "papermill")
"""Packages whose other version may show the same figures in another way."""
_CODE = {".py", ".yaml", ".j2", ".css", ".js"}
_OWN_ROWS = (
    "SELECT agency, report_id, sha256, parser_version FROM reports",
    # Files that cannot be read have no other row; some say that this run could not read what another can.
    "SELECT agency, report_id, kind, message FROM findings WHERE kind IN ('unreadable_file', 'same_year')",
    "SELECT agency, * EXCLUDE agency FROM corrections",
    "SELECT agency, * EXCLUDE agency FROM review_marks",
    "SELECT agency, * EXCLUDE agency FROM catalogue",
)


@dataclass(frozen=True)
class PageKey:
    """`own`: of the agency's reports and of what people say of it; `shared`: of code and parameters."""

    own: str
    shared: str


def page_keys(job: Job) -> dict[str, PageKey]:
    """Agency → its key, for each that the dataset knows."""
    digests: defaultdict[str, Any] = defaultdict(hashlib.sha256)
    with store.connect(job.tables) as connection:
        for rows in _OWN_ROWS:
            for agency, *row in connection.sql(f"{rows} ORDER BY ALL").fetchall():
                digests[agency].update(f"{rows[-8:]}{row}\n".encode())
    shared = _shared(job)
    return {agency: PageKey(digest.hexdigest(), shared) for agency, digest in digests.items()}


def _shared(job: Job) -> str:
    digest = hashlib.sha256(job.notebook.read_bytes())
    package = Path(ogi.__file__).parent
    for file in sorted(path for path in package.rglob("*") if path.suffix in _CODE):
        digest.update(f"\n{file.relative_to(package).as_posix()}\n".encode() + file.read_bytes())
    versions = [sys.version, *(f"{name} {version(name)}" for name in _SHOWN_WITH)]
    digest.update(repr([job.language, job.parameters(""), versions]).encode())
    return digest.hexdigest()
