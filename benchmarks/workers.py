"""What it costs to read in processes of their own: the same files here and in the workers, in turns.

python -m benchmarks.workers [FILES …] [--rounds N]    (default: the digital samples and shared reports)

The workers are warm, as after the first files of a run. `alone` is the time for the files handed over one by
one, so that nothing is gained by several cores; `all` that of the whole list. A ratio over 1 is slower.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

from ogi import workers
from ogi.extract import read_report

ROOT = Path(__file__).resolve().parents[1]
DIGITAL = {".pdf", ".html", ".docx", ".txt", ".md"}


def main() -> None:
    parser = argparse.ArgumentParser(description="Reading in workers against reading here.")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    files = options.files or default_files()
    ways: dict[str, Callable[[], object]] = {
        "here": lambda: [read_report(file) for file in files],
        "alone": lambda: [workers.run(read_report, file) for file in files],
        "all": lambda: list(workers.run_each(read_report, files)),
    }
    for way in ways.values():
        way()
    times = [{name: seconds(way) for name, way in ways.items()} for _ in range(options.rounds)]
    print(f"{len(files)} files, {options.rounds} rounds: least seconds; ratio to reading here")
    least = {name: min(one[name] for one in times) for name in ways}  # what else runs here only adds to it
    for name, taken in least.items():
        print(f"{name:6} {taken:7.2f} {taken / least['here']:6.2f}")


def seconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def default_files() -> Sequence[Path]:
    """The samples, and the shared reports where they are at hand."""
    folders = [ROOT / "data" / "samples", ROOT.parent / "shared" / "reports"]
    return sorted(file for folder in folders for file in folder.rglob("*") if file.suffix in DIGITAL)


if __name__ == "__main__":
    main()
