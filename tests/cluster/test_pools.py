"""A task in a process of its own: its result, its failure, and its end with whoever asked for it."""

from __future__ import annotations

import subprocess
import sys
import time
from math import sqrt
from pathlib import Path

import psutil
import pytest

from ogi.cluster.pools import apart


def test_a_task_gives_its_result_each_time() -> None:
    assert [apart(sqrt, 4), apart(sqrt, 9)] == [2, 3]


def test_a_task_that_fails_tells_its_last_line() -> None:
    with pytest.raises(RuntimeError, match="ValueError: math domain error"):
        apart(sqrt, -1)


def test_a_task_ends_with_whoever_asked_for_it(tmp_path: Path) -> None:
    code = "import time; from ogi.cluster.pools import apart; apart(time.sleep, 600)"
    with subprocess.Popen([sys.executable, "-c", code]) as owner:
        task = _child(owner.pid)
        owner.kill()
    gone, _ = psutil.wait_procs([task], timeout=300)
    assert gone


def _child(pid: int) -> psutil.Process:
    """The first process that it starts, once it has begun its work."""
    end = time.monotonic() + 300
    while time.monotonic() < end:
        for child in psutil.Process(pid).children():
            if (
                child.is_running() and len(list(Path(f"/proc/{child.pid}/task").iterdir())) > 1
            ):  # its thread watches
                return child
        time.sleep(0.1)
    raise AssertionError("no task was started")
