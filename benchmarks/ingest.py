"""Many reports read into a dataset: how many a second, and whether memory stays where it was.

python -m benchmarks.ingest [--agencies N]     (six reports an agency: text, web pages, Word and PDF in turn)

Memory is that of all processes (PSS), looked at every five seconds. Fails where the last tenth of the run
takes over 100 MB more than the second tenth, when all processes are there.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic, sleep

import psutil

from benchmarks.hostile import memory
from benchmarks.many import YEARS, make

MOST = 100
"""Megabytes by which memory may grow."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--agencies", type=int, default=10_000)
    agencies = parser.parse_args().agencies
    with TemporaryDirectory(prefix="ogi-ingest-") as name:
        raw, tables = Path(name) / "raw", Path(name) / "tables"
        make(raw, agencies)
        seconds, held = run([sys.executable, "-m", "ogi", "ingest", str(raw), "--tables", str(tables)])
    reports, cores = agencies * len(YEARS), os.cpu_count()
    print(f"{reports:,} reports in {seconds:.0f} s: {reports / seconds:.1f} a second on {cores} cores")
    tenth = max(1, len(held) // 10)
    early, late = median(held[tenth : 2 * tenth]), median(held[-tenth:])
    print(f"memory {early:.0f} MB in the second tenth, {late:.0f} MB in the last, {max(held):.0f} MB at most")
    sys.exit(late - early > MOST)


def run(command: list[str]) -> tuple[float, list[float]]:
    """The seconds that a command takes, and the megabytes that it and all below it hold meanwhile."""
    began, held = monotonic(), []
    process = psutil.Popen(command, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        held.append(memory(process) / 1024**2)
        sleep(5)
    assert process.returncode == 0
    return monotonic() - began, held


if __name__ == "__main__":
    main()
