"""Every hostile file through `ogi parse`, each by itself: how long it takes, what memory, and what is said.

python -m benchmarks.hostile FOLDER [--seconds 100] [--megabytes 1024]

FOLDER as `python -m tests.corpus.hostile FOLDER` makes it, or any other. Memory is the sum over all processes
of the command, each page of it counted once (PSS), looked at four times a second. Fails where a file takes
more than the limit and 20 seconds, or 1.5 GB, or where more than one line is said of it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from time import monotonic, sleep

import psutil

MOST_MB = 1536
COMMAND = "from ogi.cli import main\nif __name__ == '__main__':\n    main()\n"


@dataclass(frozen=True)
class Outcome:
    """What became of one file. `lines`: those of standard error but for the count of failures."""

    name: str
    code: int
    seconds: float
    megabytes: int
    lines: list[str]

    def faults(self, limit: float) -> Iterator[str]:
        if self.code not in (0, 1):
            yield f"ended with {self.code}"
        if self.code == 1 and len(self.lines) != 1:
            yield f"{len(self.lines)} lines"
        if any("Traceback" in line for line in self.lines):
            yield "traceback"
        if self.seconds > limit + 20:
            yield "too long"
        if self.megabytes > MOST_MB:
            yield "too much"


def main() -> None:
    parser = argparse.ArgumentParser(description="Read hostile files, each by itself.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=100)
    parser.add_argument("--megabytes", type=int, default=1024)
    options = parser.parse_args()
    failed = 0
    for path in sorted(path for path in options.folder.iterdir() if path.is_file()):
        found = outcome(path, options.seconds, options.megabytes)
        faults = list(found.faults(options.seconds))
        failed += bool(faults)
        told = found.lines[-1].rpartition(": ")[2] if found.lines else "read"
        print(
            f"{found.seconds:6.1f} s {found.megabytes:5} MB  {path.name}: {told[:110]}", *faults, flush=True
        )
    print(f"{failed} failed")
    sys.exit(failed > 0)


def outcome(path: Path, seconds: float, megabytes: int) -> Outcome:
    """Run `ogi parse` on the file."""
    command = [sys.executable, "-c", COMMAND, "--seconds", f"{seconds:g}", "--megabytes", str(megabytes)]
    began, peak = monotonic(), 0
    with TemporaryFile("w+", encoding="utf-8") as said:
        process = psutil.Popen([*command, "parse", str(path)], stdout=subprocess.DEVNULL, stderr=said)
        while process.poll() is None:
            peak = max(peak, memory(process))
            sleep(0.25)
        taken = monotonic() - began
        said.seek(0)
        lines = [line for line in said.read().splitlines() if not line.endswith("failed of 1:")]
    return Outcome(path.name, process.returncode, taken, peak // 1024**2, lines)


def memory(process: psutil.Process) -> int:
    """Bytes of a process and all below it, as far as they are there to be asked."""
    total = 0
    try:
        for one in (process, *process.children(recursive=True)):
            total += one.memory_full_info().pss
    except psutil.Error:
        pass
    return total


if __name__ == "__main__":
    main()
