"""What an agency's page follows from, as hashes: a page with the same key is not made again."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.metadata import version

from ogi.bulk.agency import Job
from ogi.bulk.folders import worded
from ogi.files import code_digest
from ogi.said import Said

_SHOWN_WITH = ("ipython", "matplotlib", "nbconvert", "pandas", "papermill")
"""Packages whose other version may show the same figures in another way."""
_ENDINGS = (".py", ".yaml", ".j2", ".css", ".js")


@dataclass(frozen=True)
class PageKey:
    """Hashes of all that a page follows from.

    `own`: of the agency's reports and of what people say of it; `medians`: those of its kind that it shows,
    as text; `newest`: the newest year of all where it has no report on it, else 0. The others are the same
    for every agency.
    """

    own: str
    notebook: str
    program: str
    parameters: str
    medians: str = ""
    newest: int = 0


def page_keys(
    job: Job, own: Mapping[str, str], medians: Mapping[str, str], newest: Mapping[str, int]
) -> dict[str, PageKey]:
    """Agency → its page's key; `own`: agency → its key in the dataset; the others as in `bulk.medians`."""
    shared = (
        _hash(job.notebook.read_bytes()),
        program(),
        _hash(repr([job.language, _names(job), job.shared_assets]).encode()),
    )
    return {
        agency: PageKey(key, *shared, medians.get(agency, ""), newest.get(agency, 0))
        for agency, key in own.items()
    }


def _names(job: Job) -> list[str | None]:
    """What the folders and files are called that the notebook is given.

    The way to them is no part of it: the same folder may be typed from here, from elsewhere, or in full.
    What they hold is in the agency's own key.
    """
    places = (job.raw, job.tables, job.corrections, job.marks)
    return [None if place is None else place.absolute().name for place in places]


def why_anew(before: PageKey, now: PageKey | None) -> list[Said]:
    """Where the two keys differ, by its field in wordings.yaml."""
    if now is None:
        return [worded("own")]
    names = (field.name for field in fields(PageKey))
    return [worded(name) for name in names if getattr(before, name) != getattr(now, name)]


@cache
def program() -> str:
    """A hash of the code, and of the versions of what shows its figures."""
    versions = [sys.version, *(f"{name} {version(name)}" for name in _SHOWN_WITH)]
    return _hash(repr([code_digest("", endings=_ENDINGS), versions]).encode())


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]
