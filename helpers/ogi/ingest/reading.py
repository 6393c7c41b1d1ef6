"""Many files read one after the other, so that one that cannot be read costs only itself."""

from __future__ import annotations

import logging
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

from ogi.extract import PARSER_VERSION, read_report
from ogi.extract.report import Report
from ogi.ingest.sources import Failure, Source, one_line
from ogi.readers.document import UnreadableFile, worded
from ogi.said import Said, say
from ogi.tables import Filed

_LOG = logging.getLogger(__name__)

Progress = Callable[[int, int, str], None]
"""Called with how many are done, of how many, and what was done last."""


def no_progress(done: int, total: int, what: str) -> None:
    """Say nothing."""


def read_all(
    sources: Sequence[Source], progress: Progress = no_progress, executor: Executor | None = None
) -> Iterator[Filed | Failure]:
    """Each source as read, in order; a Failure for each that cannot be.

    `executor`: where the reading is done; one of several processes reads as many files at a time. It is
    shut down at the end.
    """
    with executor or ThreadPoolExecutor(max_workers=1) as workers:
        futures = [workers.submit(_timed, source.path) for source in sources]
        try:
            for done, (source, future) in enumerate(zip(sources, futures, strict=True), 1):
                error = future.exception()
                yield _filed(source, *future.result()) if error is None else _failed(source, error)
                progress(done, len(sources), source.report_id)
        finally:
            workers.shutdown(wait=False, cancel_futures=True)


def _timed(path: Path) -> tuple[Report, float]:
    if path.is_dir() or not path.exists():
        raise UnreadableFile(path, worded("file"), worded("folder" if path.is_dir() else "nothing_there"))
    start = time.perf_counter()
    report = read_report(path)
    twice = [cell for cell, times in Counter(figure.id for figure in report.figures).items() if times > 1]
    if twice:
        found = say("{cell} more than once", "多次出现的{cell}", cell=twice[0])
        raise UnreadableFile(path, Said("each cell once", "每个单元格仅出现一次"), found)
    return report, time.perf_counter() - start


def _filed(source: Source, report: Report, seconds: float) -> Filed:
    _LOG.debug("%s: %d figures in %.2f s", source.report_id, len(report.figures), seconds)
    agency = report.agency if source.agency is None else source.agency
    return Filed(source.report_id, agency, report, seconds, PARSER_VERSION)


def _failed(source: Source, error: BaseException) -> Failure:
    """An error as one line; one that no reader foresaw says where in the code it arose."""
    if isinstance(error, UnreadableFile):
        return Failure(one_line(error), source)
    if isinstance(error, OSError):
        found = worded("not_read", fault=error.strerror or str(error))
    else:
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}"
        fault = f"{where}: {type(error).__name__}: {error}"
        found = say("what no reader foresaw ({fault})", "程序未能预料的内容（{fault}）", fault=fault)
    return Failure(one_line(UnreadableFile(source.path, Said("an annual report", "年报"), found)), source)
