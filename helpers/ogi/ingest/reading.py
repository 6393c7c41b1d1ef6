"""Many files read at a time, each in a process of its own: one that cannot be read costs only itself."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from ogi import workers
from ogi.extract import PARSER_VERSION, read_report
from ogi.extract.report import Report
from ogi.ingest.sources import Failure, Source, one_line
from ogi.progress import Progress, no_progress
from ogi.readers import document
from ogi.readers.document import UnreadableFile
from ogi.tables import Filed

_LOG = logging.getLogger(__name__)


def read_all(sources: Sequence[Source], progress: Progress = no_progress) -> Iterator[Filed | Failure]:
    """Each source as read, in order; a Failure for each that cannot be."""
    results = workers.run_each(_timed, [source.path for source in sources])
    for done, (source, result) in enumerate(zip(sources, results, strict=True), 1):
        if isinstance(result, UnreadableFile):
            yield Failure(one_line(result), source, result.passing)
        else:
            yield _filed(source, *result)
        progress(done, len(sources), source.report_id)


def _timed(path: Path) -> tuple[Report, float]:
    if path.is_dir() or not path.exists():
        wanted, found = (
            document.worded(key) for key in ("file", "folder" if path.is_dir() else "nothing_there")
        )
        raise UnreadableFile(path, wanted, found, passing=True)
    start = time.perf_counter()
    report = read_report(path)
    return report, time.perf_counter() - start


def _filed(source: Source, report: Report, seconds: float) -> Filed:
    _LOG.debug("%s: %d figures in %.2f s", source.report_id, len(report.figures), seconds)
    agency = report.agency if source.agency is None else source.agency
    return Filed(source.report_id, agency, report, seconds, PARSER_VERSION, source.agency)
