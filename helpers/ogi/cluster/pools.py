"""Where tasks are done: here, one after the other, or on the workers of a Dask cluster."""

from __future__ import annotations

import logging
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import cached_property
from itertools import chain, islice
from subprocess import PIPE
from typing import Any, TypeVar

from ogi import workers

_AHEAD = 2
"""Tasks handed to each thread of a worker in advance: none waits for work."""


Result = TypeVar("Result")


class Pool:
    """Does tasks and tells their results as they come.

    Without an address, one after the other, each on all cores of this machine. Else on the workers of a Dask
    cluster: each of their threads does a task at a time, on one core.

    `address`: of a scheduler that listens, or `local` for workers on so many cores of this machine, by
    default all; asked when there is a first task, and left when `held` is.
    """

    def __init__(self, address: str | None, processes: int | None, held: ExitStack) -> None:
        self._address, self._processes, self._held = address, processes, held

    @cached_property
    def _client(self) -> Any:
        import distributed

        dask: Any = distributed  # which is typed in part
        to: Any = self._address
        if to == "local":
            cores = self._processes or os.cpu_count() or 1
            to = self._held.enter_context(
                dask.LocalCluster(
                    n_workers=cores, threads_per_worker=1, memory_limit=0, silence_logs=logging.ERROR
                )
            )
        return self._held.enter_context(dask.Client(to, timeout=30, set_as_default=False))

    def results(self, tasks: Iterable[Callable[[], Result]]) -> Iterator[Result]:
        """The result of each task; on a cluster in no order, those of a worker that has died by another.

        Raises ChildProcessError once all else is done where tasks could be done by none: what the others made
        is kept.
        """
        if self._address is None:
            yield from (task() for task in tasks)
            return
        from distributed import as_completed

        failed: list[BaseException] = []
        rest = iter(tasks)
        if (first := next(rest, None)) is None:
            return
        rest = chain([first], rest)
        threads = sum(self._client.nthreads().values()) or 1
        waiting: Any = as_completed(  # type: ignore[no-untyped-call]
            self._submitted(islice(rest, _AHEAD * threads)), loop=self._client.loop
        )
        for future in waiting:
            error = future.exception()
            if error is None:
                yield future.result()
            else:
                failed.append(error)
            future.release()
            waiting.update(self._submitted(islice(rest, 1)))
        if failed:  # after all others: what they made is there for the next run
            raise ChildProcessError(f"{len(failed)} tasks failed: {failed[0]}") from failed[0]

    def _submitted(self, tasks: Iterable[Callable[[], Result]]) -> list[Any]:
        return [self._client.submit(apart, task, pure=False) for task in tasks]


def apart(function: Callable[..., Result], *arguments: object) -> Result:
    """Do a task in a process of its own, which may start others, as a worker of Dask may not.

    The process ends with the worker, however that ends. RuntimeError with its last line where it fails.
    """
    environment = {**os.environ, workers.CORES: "1"}
    command = [sys.executable, "-m", "ogi.cluster.apart"]
    with (
        tempfile.TemporaryFile() as told,
        subprocess.Popen(command, stdin=PIPE, stdout=PIPE, stderr=told, env=environment) as process,
    ):
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(pickle.dumps((function, arguments)))
        process.stdin.flush()  # it stays open: the process ends when it is closed
        answer = process.stdout.read()
        process.stdin.close()
        if process.wait() != 0 or not answer:
            told.seek(0)
            lines = told.read().decode(errors="replace").strip().splitlines()
            raise RuntimeError(lines[-1] if lines else f"a task ended with code {process.returncode}")
    result: Result = pickle.loads(answer)  # of our own process
    return result
