"""The process of a worker: how it starts, under which limits, and that it ends with its parent."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import warnings
from contextlib import suppress
from copy import copy
from multiprocessing import connection, get_all_start_methods, get_context, parent_process
from types import ModuleType
from typing import Any, NoReturn

import psutil
from pebble import ProcessPool

from ogi.workers.limits import WorkLimits

GUARDED = "OGIGUARDED"
"""Variable of the environment of a worker, and of the kernels that it starts: they work in their own process.

They are under limits, and to start workers of their own would take longer than what is asked of these."""
_LOG = logging.getLogger("ogi")
_PRELOADED = ["ogi.extract", "ogi.readers.html", "ogi.readers.pdf", "ogi.readers.text", "ogi.readers.word"]
"""Imported once, before the first worker is forked: a worker starts in milliseconds, for most formats."""


def new_pool(limits: WorkLimits, processes: int) -> ProcessPool:
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
    os.environ[GUARDED] = "1"
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
