"""A Dask worker killed at random moments: each run must leave what an undisturbed one leaves.

python -m tests.cluster.faults [TIMES]
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from distributed import LocalCluster

from ogi import cluster
from ogi.bulk import Choice, Job
from ogi.cluster import Cluster
from ogi.ingest import plan
from tests.bulk.faults import left, prepared


def run(folder: Path, out: str, moment: float | None = None) -> bool:
    """Make the pages of `folder` on two workers, one of them killed at a moment (seconds); was it there?

    They are made in one place, which their keys depend on, and moved to `out`.
    """
    typed: Any = LocalCluster
    job = Job(Path(), Path(), Path(), notebook=folder / "short.ipynb", reviews=False)
    with typed(n_workers=2, threads_per_worker=1, dashboard_address=None, memory_limit=0) as workers:
        places = (str(folder / name) for name in ("raw", "made/tables", "made/pages"))
        victim = next(iter(workers.workers.values())).pid
        killed: list[int] = []
        if moment is not None:
            threading.Thread(target=_kill, args=(victim, moment, killed), daemon=True).start()
        result = cluster.summarize(Cluster(*places, workers.scheduler_address, job=job), Choice())
        assert not result.failures, result.failures
    (folder / "made").rename(folder / out)
    return bool(killed)


def _kill(pid: int, moment: float, killed: list[int]) -> None:
    time.sleep(moment)
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:  # the run is over
        return
    killed.append(pid)


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    chance = random.Random(1)
    plan._FEWEST = plan._ONE_IN = 1  # a part for each agency, so that there are tasks for both
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepared(folder)
        run(folder, "warm")
        began = time.monotonic()
        run(folder, "whole")
        longest, whole = time.monotonic() - began, left(folder, "whole")
        hit = same = 0
        for n in range(times):
            hit += run(folder, f"killed{n}", chance.uniform(0, longest))
            same += left(folder, f"killed{n}") == whole
            shutil.rmtree(folder / f"killed{n}")
    print(f"dask worker: {hit} of {times} killed, {same} runs left the same", flush=True)


if __name__ == "__main__":
    main()
