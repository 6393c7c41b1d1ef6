"""A process that has everything imported and forks itself for each kernel.

Run as `python -m ogi.engine.template FD`: answers the requests that come over that socket, and ends with its
owner. A kernel is forked before the kernel application exists, so that it is as new as one started afresh.
"""

from __future__ import annotations

import gc
import importlib
import os
import signal
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NoReturn

_MODULES = """
    ipykernel.kernelapp ipykernel.debugger IPython pandas pyarrow.dataset duckdb matplotlib.figure
    ogi.notebook ogi.charts ogi.pages
"""
"""What every kernel imports, and most notebooks.

Never pyplot: imported before IPython's inline backend, it loses pictures."""
_REHEARSAL = "ogi.rehearsal"
"""The module whose `rehearse` does once what the first page would; known by its name alone."""
_ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}
"""For libraries that start threads when they are imported; a fork takes no thread along."""
_MOST_COLUMNS = 20
"""What pandas shows in a kernel."""
_LAUNCHER = "ipykernel_launcher"
_INLINE = "module://matplotlib_inline.backend_inline"


def can_fork(command: list[str]) -> bool:
    """Is it the command of a Python kernel of this interpreter, on a system that forks safely?"""
    safe = sys.platform.startswith("linux")  # macOS: its frameworks may not be used after a fork
    return safe and _LAUNCHER in command and os.path.realpath(command[0]) == os.path.realpath(sys.executable)


def main(handle: int) -> None:
    """Serve the socket with this number until its other end is closed."""
    os.environ["JPY_PARENT_PID"] = str(os.getpid())  # ipykernel looks when it is imported; it ends with us
    sys.path.pop(0)  # where this module was started from; a kernel puts its own folder there
    warm_up()
    gc.collect()
    gc.freeze()  # else the first collection in each kernel would copy all that is shared
    with Connection(handle) as owner:
        _serve(owner)


def warm_up() -> None:
    """Import and do once what each kernel would; starts no thread."""
    os.environ.update(_ONE_THREAD)
    for module in _MODULES.split():
        importlib.import_module(module)
    # pandas counts as in a terminal where it is imported outside a kernel, and would show all columns.
    importlib.import_module("pandas").set_option("display.max_columns", _MOST_COLUMNS)
    importlib.import_module(_REHEARSAL).rehearse()


def _serve(owner: Connection) -> None:
    """Answer what a kernel is made of with its process id, and a process id with how that kernel ended."""
    running: set[int] = set()
    while True:
        try:
            asked: int | tuple[list[str], str, dict[str, str], int | None] = owner.recv()
        except (EOFError, OSError):
            break
        if isinstance(asked, int):
            ended, status = os.waitpid(asked, os.WNOHANG) if asked in running else (asked, 0)
            running.discard(ended)
            owner.send(os.waitstatus_to_exitcode(status) if ended else None)
        else:
            process = os.fork()
            if process == 0:
                owner.close()
                _become_kernel(*asked)
            running.add(process)
            owner.send(process)
    for process in running:
        with suppress(ProcessLookupError):
            os.killpg(process, signal.SIGKILL)
    os._exit(0)  # DuckDB complains of all that is left at an ordinary end


def _become_kernel(
    command: list[str], folder: str, environment: dict[str, str], megabytes: int | None
) -> NoReturn:
    """Be the kernel of that command. `megabytes`: the memory that it may take beyond the template's."""
    code = 1
    try:
        os.setsid()
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        _limit(megabytes)
        # matplotlib looks at the environment when it is imported, which it is by now.
        sys.modules["matplotlib"].rcParams["backend"] = os.environ.get("MPLBACKEND", _INLINE)
        _forget_randomness()
        from ipykernel.kernelapp import IPKernelApp

        arguments = command[command.index(_LAUNCHER) + 1 :]
        IPKernelApp.launch_instance(argv=arguments)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _limit(megabytes: int | None) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if megabytes is not None:
        # The template has a gigabyte that Arrow only sets aside, which the system counts as if it were used.
        statm = Path("/proc/self/statm").read_text().split()
        bytes_ = megabytes * 1024**2 + int(statm[5]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_DATA, (bytes_, bytes_))


def _forget_randomness() -> None:
    """Give each kernel random numbers of its own, as one that is started afresh has."""
    import random

    random.seed()
    numpy: Any = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed()


if __name__ == "__main__":
    from ogi.engine import template  # under its own name, since each kernel has a __main__ of its own

    template.main(int(sys.argv[1]))
