"""Pages of many agencies: `ogi summarize` against what one would do without it, on the same data in one run.

python -m benchmarks.bulk [--agencies N] [--loop N] [--growth N …] [--unchanged N] [--out FILE]

`--out`: the tables are written there, as docs/performance.md is.

- ogi: `ogi summarize --no-reviews`, reading included: no other way makes a review.
- loop: `papermill` and `jupyter nbconvert` for one agency after the other, as a shell would.
- xargs: the same, two at a time.
- api: papermill's own interface in one process, with one exporter.
- bare: the notebook's calls in one process, without any notebook.

All but `ogi` are given a dataset that has been read, and the time of reading it is added. Those that take the
same time for each agency are run on the first `--loop` of them. CPU is that of all processes started, memory
the most that all held together (proportional set size).
"""

from __future__ import annotations

import argparse
import ctypes
import os
import platform
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.many import make
from ogi.files import write_whole

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOK = ROOT / "notebooks" / "2_agency_summary.ipynb"
BIN = Path(sys.executable).parent
_HEADS = "agencies | seconds | a minute | CPU seconds an agency | MB"
_SUBREAPER = 36
"""PR_SET_CHILD_SUBREAPER: processes whose parent has ended become this one's children, and are counted."""
_ONE = """
papermill -k python3 "$NOTEBOOK" "$OUT/$1.ipynb" -p agency "$1" -p reports "$RAW" -p tables "$TABLES" &&
jupyter nbconvert --to html --no-input --log-level ERROR "$OUT/$1.ipynb"
"""


@dataclass(frozen=True)
class Cost:
    """What some agencies took: seconds by the clock and of all processors, megabytes of all processes."""

    agencies: int
    seconds: float
    cpu: float
    megabytes: float

    @property
    def line(self) -> str:
        """A row of the table."""
        per_minute, cpu = 60 * self.agencies / self.seconds, self.cpu / self.agencies
        return f"{self.agencies} | {self.seconds:.1f} | {per_minute:.1f} | {cpu:.2f} | {self.megabytes:.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Pages of many agencies, made in several ways.")
    parser.add_argument("--agencies", type=int, default=100)
    parser.add_argument("--loop", type=int, default=6, help="agencies for the slow ways")
    parser.add_argument("--growth", type=int, nargs="*", default=[])
    parser.add_argument("--unchanged", type=int, default=0)
    parser.add_argument("--out", type=Path, help="write what was measured there, as Markdown")
    options = parser.parse_args()
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory() as folder:
        rows = [*_compared(Path(folder), options.agencies, options.loop)]
        grown = [*_grown(Path(folder), options.growth)]
        same = [*_unchanged(Path(folder) / "unchanged", options.unchanged)] if options.unchanged else []
    if options.out is not None:
        write_whole(options.out, _document(rows, grown, same).encode())


def _compared(folder: Path, agencies: int, few: int) -> Iterator[str]:
    raw, names = folder / "raw", [f"示例{n:05}局" for n in range(agencies)]
    make(raw, agencies)
    print(f"way | {_HEADS}", flush=True)
    ours = measured(
        agencies,
        [_ogi("summarize", raw, "--no-reviews", "--out", folder / "out", "--tables", folder / "tables")],
    )
    yield _told(f"ogi | {ours.line} | |")
    read = measured(agencies, [_ogi("ingest", raw, "--tables", folder / "read")])
    yield _told(f"reading alone | {read.line} | |")
    ways: dict[str, Callable[[Path], list[list[str]]]] = {
        "loop": lambda out: [["sh", "-c", _ONE, "sh", name] for name in names[:few]],
        "xargs": lambda out: [["sh", "-c", _xargs(names[: few // 2 * 2])]],
        "api": lambda out: [_python("api", out, names[:few])],
        "bare": lambda out: [_python("bare", out, names[:few])],
    }
    for way, commands in ways.items():
        out = folder / way
        out.mkdir()
        environment = {"RAW": raw, "TABLES": folder / "read", "OUT": out, "NOTEBOOK": NOTEBOOK}
        cost = with_reading(measured(few, commands(out), environment), read)
        share = (ours.cpu / ours.agencies) / (cost.cpu / cost.agencies)
        yield _told(f"{way} | {cost.line} | {_ratio(cost, ours):.1f} | {share:.2f}")


def _ratio(other: Cost, ours: Cost) -> float:
    return (ours.agencies / ours.seconds) / (other.agencies / other.seconds)


def with_reading(cost: Cost, read: Cost) -> Cost:
    """The cost with its share of what reading all agencies took."""
    share = cost.agencies / read.agencies
    return Cost(
        cost.agencies, cost.seconds + read.seconds * share, cost.cpu + read.cpu * share, cost.megabytes
    )


def _summarized(folder: Path, agencies: int) -> Cost:
    make(folder / "raw", agencies)
    command = _ogi(
        "summarize", folder / "raw", "--no-reviews", "--out", folder / "out", "--tables", folder / "tables"
    )
    return measured(agencies, [command])


def _unchanged(folder: Path, agencies: int) -> Iterator[str]:
    """Small reports, pages that show nothing and the reviews; then the same command, which makes nothing."""
    make(folder / "raw", agencies, (".txt",))
    places = {name.upper(): folder / name for name in ("raw", "tables", "out")} | {"NOTEBOOK": NOTEBOOK}
    for name in ("made", "unchanged"):
        cost = measured(agencies, [[sys.executable, "-m", "benchmarks.bulk_ways", "plain"]], places)
        yield _told(f"{name} | {cost.line}")


def _grown(folder: Path, numbers: Iterable[int]) -> Iterator[str]:
    """More and more agencies, from nothing each time."""
    for number in numbers:
        yield _told(f"from nothing | {_summarized(folder / f'growth{number}', number).line}")


def _told(row: str) -> str:
    print(row, flush=True)
    return f"| {row} |"


def _document(rows: Sequence[str], grown: Sequence[str], same: Sequence[str]) -> str:
    """What was measured, as Markdown."""
    asked = " ".join(sys.argv[1:])
    shape = f"{platform.system()}, Python {platform.python_version()}, {os.cpu_count()} cores"
    parts = [
        "# How fast many agencies are done",
        f"Measured by `python -m benchmarks.bulk {asked}` ({shape}), all ways on the same data in one run: "
        "six reports an agency, "
        "text, web pages, Word and PDF in turn. What each way is stands at the head of `benchmarks/bulk.py`; "
        "ogi reads the reports as well, to the others the time of reading is added.",
        f"| way | {_HEADS} | ogi is so many times as fast | ogi's CPU is so many times theirs |\n"
        f"|---|{'--:|' * 7}",
    ]
    text = "\n\n".join(parts) + "\n" + "\n".join(rows) + "\n"
    for title, lines in (("Growth", grown), ("All made once, and then nothing changed", same)):
        if lines:
            text += f"\n## {title}\n\n| | {_HEADS} |\n|---|" + "--:|" * 5 + "\n" + "\n".join(lines) + "\n"
    return text


def _ogi(*words: object) -> list[str]:
    return [str(BIN / "ogi"), *map(str, words)]


def _python(way: str, out: Path, names: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "benchmarks.bulk_ways", way, *names]


def _xargs(names: Iterable[str]) -> str:
    return f"printf '%s\\n' {' '.join(names)} | xargs -P 2 -I NAME sh -c '{_ONE}' sh NAME"


def measured(agencies: int, commands: list[list[str]], environment: dict[str, Path] | None = None) -> Cost:
    """Run the commands one after the other."""
    own = {**os.environ, **{name: str(path) for name, path in (environment or {}).items()}}
    own["PATH"] = f"{BIN}{os.pathsep}{own['PATH']}"
    before, began, peak = _cpu(), time.monotonic(), [0.0]
    done = threading.Event()
    watch = threading.Thread(target=_watch, args=(peak, done))
    watch.start()
    try:
        for command in commands:
            ran = subprocess.run(command, cwd=ROOT, env=own, capture_output=True, text=True)
            if ran.returncode not in (0, 1):  # 1: done, but a report could not be read
                sys.exit(f"{command[:4]}: {ran.stderr[-2000:]}")
    finally:
        done.set()
        watch.join()
    seconds = time.monotonic() - began
    _reap()
    return Cost(agencies, seconds, _cpu() - before, peak[0])


def _watch(peak: list[float], done: threading.Event) -> None:
    while not done.wait(1):
        held = 0.0
        for process in psutil.Process().children(recursive=True):
            try:
                rollup = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
            except (OSError, psutil.Error):  # it has ended
                continue
            held += (
                sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / 1024
            )
        peak[0] = max(peak[0], held)


def _reap() -> None:
    """Wait for what the commands left behind, so that its processor time is known."""
    for _ in range(100):
        try:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.05)
        except ChildProcessError:
            return


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
