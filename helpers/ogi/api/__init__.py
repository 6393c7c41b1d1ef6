"""What `import ogi` offers to Python: one report as read, a dataset of many, labels for their frames."""

from __future__ import annotations

from ogi.api.labels import labelled
from ogi.api.many import Dataset, dataset
from ogi.api.one import ReadReport, read

__all__ = ["Dataset", "ReadReport", "dataset", "labelled", "read", "use_font"]


def use_font() -> None:
    """Let matplotlib write Chinese from now on, in a font that this package brings along."""
    from ogi import fonts  # imports matplotlib

    fonts.use()
