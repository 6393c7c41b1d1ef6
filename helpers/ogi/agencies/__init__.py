"""What an agency is: its region and that region's code as of a year, its kind, the agency above it."""

from __future__ import annotations

from ogi.agencies.kinds import KINDS, kind_name, kind_of
from ogi.agencies.known import Agencies, Agency
from ogi.agencies.near import UnknownAgency, nearest, refuse_unknown
from ogi.agencies.regions import Resolved, by_code, is_code, last_year, resolve

__all__ = [
    "KINDS",
    "Agencies",
    "Agency",
    "Resolved",
    "UnknownAgency",
    "by_code",
    "is_code",
    "kind_name",
    "kind_of",
    "last_year",
    "nearest",
    "refuse_unknown",
    "resolve",
]
