"""Read, check, compare and present China's annual reports on open government information.

report = ogi.read("report.pdf")          # one file: report.figures, report.verdicts, report.where(cell)
data = ogi.dataset("data/tables")        # many: data.figures, data.series(agency, cell), data.sql(query)
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ogi.api import Dataset, ReadReport, dataset, labelled, read, use_font

__version__ = "0.2.0"
__all__ = ["Dataset", "ReadReport", "dataset", "labelled", "read", "use_font"]

# onnxruntime, which reads scans, tells its maker of each session. It heeds this only where it is set before
# the library is loaded; what is started from here, such as the kernel of a notebook, inherits it.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"


def __getattr__(name: str) -> Any:
    """What `ogi` offers, imported when it is first asked for: pandas alone would take half a second."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from ogi import api

    return getattr(api, name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
