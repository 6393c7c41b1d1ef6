"""Work on a file in a process of its own, within limits: what it does to its reader costs that file alone.

A report comes from anywhere: it may crash a library, never come to an end or ask for all memory there is.
"""

from __future__ import annotations

import logging
import os
import re
import signal
import sys
import threading
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from copy import copy
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from multiprocessing import (
    connection,
    get_all_start_methods,
    get_context,
    parent_process,
)
from pathlib import Path
from time import monotonic
from types import ModuleType
from typing import Any, Concatenate, NoReturn, ParamSpec, TypeVar

import psutil
from pebble import ProcessExpired, ProcessPool

from ogi import said
from ogi.readers.document import UnreadableFile
from ogi.readers.document import worded as reader_worded

SECONDS, MEGABYTES = "OGI_SECONDS", "OGI_MEGABYTES"
"""Variables of the environment that set the limits, so that the kernels of notebooks know them too."""
CORES = "OGI_CORES"
"""Variable of the environment: on how many cores files are read and pages made; by default on all."""
_GUARDED = "OGI_GUARDED"
"""Variable of the environment of a worker, and of the kernels that it starts: they work in their own process.

They are under limits, and to start workers of their own would take longer than what is asked of these."""
worded = partial(said.worded, "ogi")
_LOG = logging.getLogger("ogi")
_PRELOADED = ["ogi.extract", "ogi.readers.html", "ogi.readers.pdf", "ogi.readers.text", "ogi.readers.word"]
"""Imported once, before the first worker is forked: a worker starts in milliseconds, for most formats."""
_AHEAD = 4
"""Files handed to each worker in advance: none waits for work, and few results wait to be taken."""
_TRIES = 3
"""How often a pool may break over one file: it does where a worker that has no work is killed."""
_LAST_LINE = re.compile(r'File "([^"]+)", line (\d+)')

_POOLS: dict[tuple[WorkLimits, int], Any] = {}
"""Pools that are open, by limits and number of workers."""

P = ParamSpec("P")
T = TypeVar("T")
PathOrName = TypeVar("PathOrName", str, Path)


@dataclass(frozen=True)
class WorkLimits:
    """What the work on one file may take."""

    seconds: float = 100
    """By the clock. The slowest report, a scan of 20 pages, takes two thirds of it on one slow core.

    With the start of a worker and its end, which may have to be forced, a file costs two minutes at most.
    """
    megabytes: int = 1024
    """Of memory. A scan takes the most, some 700."""

    @classmethod
    def of_environment(cls) -> WorkLimits:
        """Return the limits that the environment sets, by default those above.

        ValueError where it sets no number.
        """
        seconds, megabytes = os.environ.get(SECONDS), os.environ.get(MEGABYTES)
        return cls(
            cls.seconds if seconds is None else float(seconds),
            cls.megabytes if megabytes is None else int(megabytes),
        )


def limit(seconds: float | None, megabytes: int | None) -> None:
    """Set the limits of this process and of all that it starts; None leaves one as it is."""
    for name, value in ((SECONDS, seconds), (MEGABYTES, megabytes)):
        if value is not None:
            os.environ[name] = str(value)


def run(function: Callable[Concatenate[Path, P], T], path: Path, *args: P.args, **kwargs: P.kwargs) -> T:
    """Return function(path, ...) as worked out in another process; in a worker, in its own.

    Raises:
        UnreadableFile: The function raised it, or the file took its process down or over a limit.
    """
    if _GUARDED in os.environ:
        return function(path, *args, **kwargs)
    limits = WorkLimits.of_environment()
    for left in reversed(range(_TRIES)):
        began = monotonic()
        with _workers(limits, _cores()) as pool:
            future = _handed(pool, limits, function, path, *args, **kwargs)
            error = future.exception()
        if not _is_of_the_pool(error, began, limits) or left == 0:
            break
        close()
    if error is not None:
        raise _refusal(path, error, limits) from error
    return future.result()


def run_each(
    function: Callable[..., T],
    items: Sequence[PathOrName],
    limits: WorkLimits | None = None,
    processes: int | None = None,
    beside: Callable[[PathOrName], tuple[object, ...]] = lambda item: (),
) -> Iterator[T | UnreadableFile]:
    """Yield function(item, *beside(item)) for each item in order, worked out on all cores; of failures, why.

    `items`: paths, or names; `beside`: what else is sent to the worker for one of them. Whoever stops early
    stops the work.
    """
    limits, processes = limits or WorkLimits.of_environment(), processes or _cores()
    rest, again, stuck = iter(items), list[PathOrName](), 0
    while True:
        of_these = chain(again, rest)
        left = yield from _run_each(function, of_these, limits, processes, beside, stuck == _TRIES)
        if not left:
            return
        stuck = stuck + 1 if left[0] in again[:1] else 1
        again = left
        close()


def _run_each(
    function: Callable[..., T],
    items: Iterator[PathOrName],
    limits: WorkLimits,
    processes: int,
    beside: Callable[[PathOrName], tuple[object, ...]],
    is_last: bool,
) -> Generator[T | UnreadableFile, None, list[PathOrName]]:
    """Yield as run_each does; return what was left when the pool broke, unless this is the last try."""
    waiting: deque[tuple[PathOrName, Future[T], float]] = deque()
    with _workers(limits, processes) as pool:

        def fill(number: int) -> None:
            for item in islice(items, number):
                waiting.append((item, _handed(pool, limits, function, item, *beside(item)), monotonic()))

        fill(_AHEAD * processes)
        while waiting:
            item, future, began = waiting[0]
            error = future.exception()
            if _is_of_the_pool(error, began, limits) and not is_last:
                return [of for of, *_ in waiting]
            waiting.popleft()
            yield future.result() if error is None else _refusal(Path(item), error, limits)
            fill(1)
    return []


def _is_of_the_pool(error: BaseException | None, began: float, limits: WorkLimits) -> bool:
    """Is it no fault of the file's that it was not done: the pool broke, or the clock was put forward?

    Pebble looks at the time of day. `began`: when the file was handed to it, by a clock that nobody sets.
    """
    is_early = isinstance(error, TimeoutError) and monotonic() - began < limits.seconds
    return is_early or isinstance(error, BrokenProcessPool)


def _handed(
    pool: ProcessPool, limits: WorkLimits, function: Callable[..., T], *args: Any, **kwargs: Any
) -> Future[T]:
    try:
        future: Future[T] = pool.schedule(function, args, kwargs, timeout=limits.seconds)
    except RuntimeError as error:  # the pool has broken meanwhile
        future = Future()
        future.set_exception(BrokenProcessPool(str(error)))
    return future


@contextmanager
def _workers(limits: WorkLimits, processes: int) -> Iterator[ProcessPool]:
    """The pool; an interrupt stops the work as well as the waiting.

    The whole pool is stopped, for it would start a new worker for each that is, in a process that ends.
    """
    asked = limits, processes
    pool = _POOLS.get(asked) or _POOLS.setdefault(asked, _pool(*asked))
    try:
        yield pool
    except BaseException:
        close()
        raise


def close(limits: WorkLimits | None = None) -> None:
    """End the workers under these limits, by default all; the next work starts new ones."""
    for asked in [one for one in _POOLS if limits in (None, one[0])]:
        pool = _POOLS.pop(asked)
        pool.stop()
        pool.join()


def _refusal(path: Path, error: BaseException, limits: WorkLimits) -> UnreadableFile:
    """What went wrong as one line; an error that nobody foresaw says where in the code it arose."""
    if isinstance(error, UnreadableFile):
        return error
    bounds = {"seconds": f"{limits.seconds:g}", "megabytes": f"{limits.megabytes:,}"}
    if isinstance(error, TimeoutError):
        return UnreadableFile(path, worded("in_time", **bounds), worded("no_end", **bounds), passing=True)
    if isinstance(error, MemoryError):
        return UnreadableFile(path, worded("in_memory", **bounds), worded("more_memory"), passing=True)
    if isinstance(error, ProcessExpired):
        found = worded("crash", how=_ending(error.exitcode), **bounds)
    elif isinstance(error, OSError):
        found = reader_worded("not_read", fault=error.strerror or str(error))
    else:
        lines = _LAST_LINE.findall(str(error.__cause__))
        place = f"{Path(lines[-1][0]).name}:{lines[-1][1]}: " if lines else ""
        found = worded("unforeseen", fault=f"{place}{type(error).__name__}: {error}")
    is_own_fault = not isinstance(error, (ProcessExpired, OSError))
    return UnreadableFile(path, worded("annual_report"), found, passing=not is_own_fault)


def _ending(code: int) -> str:
    """How a process ended: by which signal, or with which code."""
    return signal.Signals(-code).name if code < 0 else f"code {code}"


def _cores() -> int:
    return int(os.environ.get(CORES) or os.cpu_count() or 1)


def _pool(limits: WorkLimits, processes: int) -> ProcessPool:
    """So many workers; they wait for the next work until this process ends."""
    has_forkserver = "forkserver" in get_all_start_methods()
    context: Any = copy(get_context("forkserver" if has_forkserver else "spawn"))
    if has_forkserver:
        context.set_forkserver_preload(_PRELOADED)
        context.Process = _process
    handler = next(iter(_LOG.handlers), None)
    told = _LOG.level, None if handler is None else handler.formatter
    return ProcessPool(processes, initializer=_begin, initargs=(limits, *told), context=context)


def _process(*args: Any, **kwargs: Any) -> Any:
    from multiprocessing.context import ForkServerProcess  # not on every system

    process: Any = ForkServerProcess(*args, **kwargs)
    process._Popen = _launched
    return process


def _launched(process: Any) -> Any:
    """Start a worker without the main module, which none needs: a script may then have no guard of its own.

    Python would run the script again in each worker, which is an error in one without `if __name__ == ...`.
    """
    from multiprocessing.popen_forkserver import Popen

    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        return Popen(process)
    finally:
        sys.modules["__main__"] = main


def _begin(limits: WorkLimits, level: int, formatter: logging.Formatter | None) -> None:
    """Put a worker under its limits; its log goes to standard error as its parent's does."""
    os.environ[_GUARDED] = "1"
    warnings.simplefilter("ignore")  # of a damaged file one line is told, not what libraries think of it
    with suppress(ModuleNotFoundError):  # Windows has no such limits
        import resource

        memory = limits.megabytes * 1024**2
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGTERM, lambda *_: _end())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if formatter is not None:
        handler = logging.StreamHandler()
        handler.setFormatter(formatter)
        _LOG.handlers = [handler]
        _LOG.setLevel(level)


def _end_with_parent() -> None:
    """A worker whose parent was killed would else go on with its file, for ever if that has no end."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        _end()


def _end() -> NoReturn:
    """End this worker and the programs that it has started, such as LibreOffice."""
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            child.kill()
    os._exit(1)
