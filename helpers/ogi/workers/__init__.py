"""Work on a file in a process of its own, within limits: what it does to its reader costs that file alone.

A report comes from anywhere: it may crash a library, never come to an end or ask for all memory there is.
"""

from __future__ import annotations

import atexit
import os
import re
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import chain, islice
from pathlib import Path
from time import monotonic
from typing import Any, Concatenate, ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from ogi import said
from ogi.readers.document import UnreadableFile
from ogi.readers.document import worded as reader_worded
from ogi.workers.limits import CORES, MEGABYTES, SECONDS, WorkLimits, cores, limit
from ogi.workers.process import GUARDED, new_pool

__all__ = ["CORES", "MEGABYTES", "SECONDS", "WorkLimits", "close", "limit", "run", "run_each"]

worded = partial(said.worded, "ogi")
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


def run(function: Callable[Concatenate[Path, P], T], path: Path, *args: P.args, **kwargs: P.kwargs) -> T:
    """Return function(path, ...) as worked out in another process; in a worker, in its own.

    Raises:
        UnreadableFile: The function raised it, or the file took its process down or over a limit.
    """
    if GUARDED in os.environ:
        return function(path, *args, **kwargs)
    limits = WorkLimits.of_environment()
    for left in reversed(range(_TRIES)):
        began = monotonic()
        with _workers(limits, cores()) as pool:
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
    limits, processes = limits or WorkLimits.of_environment(), processes or cores()
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
    if asked not in _POOLS:
        _POOLS[asked] = new_pool(*asked)
        atexit.register(_close_own, os.getpid())
    pool = _POOLS[asked]
    with ExitStack() as interrupted:
        interrupted.callback(close)
        yield pool
        interrupted.pop_all()


def close(limits: WorkLimits | None = None) -> None:
    """End the workers under these limits, by default all; the next work starts new ones."""
    for asked in [one for one in _POOLS if limits in (None, one[0])]:
        pool = _POOLS.pop(asked)
        pool.stop()
        pool.join()


def _close_own(process: int) -> None:
    """End the workers before Pebble ends those of a process that ends, unless this is a fork of that one.

    Pebble stops each worker while the pool may still start a new one for it, which is then waited for without
    end.
    """
    if os.getpid() == process:
        close()


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
