"""Two releases of a dataset → what changed from one to the next, and why."""

from __future__ import annotations

from ogi.releases.difference import CAUSES, CHANGES, COLUMNS, Difference, differences
from ogi.releases.summary import Summary, in_rows, page

__all__ = ["CAUSES", "CHANGES", "COLUMNS", "Difference", "Summary", "differences", "in_rows", "page"]
