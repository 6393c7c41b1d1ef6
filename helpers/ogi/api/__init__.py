"""What `import ogi` offers to Python: one report as read, a dataset of many, labels for their frames."""

from __future__ import annotations

from ogi.api.font import use_font
from ogi.api.labels import labelled
from ogi.api.many import Dataset, dataset
from ogi.api.one import ReadReport, read

__all__ = ["Dataset", "ReadReport", "dataset", "labelled", "read", "use_font"]
