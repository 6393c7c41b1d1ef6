"""Accuracy, speed and memory on scans of PDFs whose figures are known: each is drawn, spoilt and read.

python -m benchmarks.scan [--manners NAME …] [--pdfs FOLDER TRUTH]

The PDFs are those of ../shared/reports where they are present, else two of data/samples. They are spoilt in
every manner of the layout corpus, or in those that are named. TRUTH is a file that gives the figures by the
PDF's name, or a folder of golden records. Prints how many figures are right, marked as doubtful, missing and
wrong, the seconds a page takes, and the peak memory.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2

from ogi.extract import read_report
from ogi.values import LEAST_CONFIDENCE, State
from tests.corpus.scans import SCANS, Scan, scanned

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "reports"
FEW = 2
"""Samples that are read where the real reports are not there."""

Told = tuple[str, float | None]
"""State and value of a figure."""


def truths(pdfs: Path, truth: Path) -> Iterator[tuple[Path, dict[str, Told]]]:
    """Each PDF with its true figures by id."""
    if truth.is_file():
        for name, one in json.loads(truth.read_text("utf-8")).items():
            if name.endswith(".pdf"):
                yield pdfs / name, {key: (State.REPORTED, value) for key, value in one["figures"].items()}
        return
    for path in sorted(pdfs.glob("*/*.pdf")):
        record = json.loads((truth / path.parent.name / f"{path.stem}.json").read_text("utf-8"))
        yield path, {key: (state, value) for key, (state, value, *_) in record["figures"].items()}


def judge(path: Path, truth: dict[str, Told]) -> Counter[str]:
    """How many figures are right, right but marked, missing, wrong and marked, or WRONG without a mark."""
    found = {figure.id: figure for figure in read_report(path).figures}
    count: Counter[str] = Counter()
    for key, told in truth.items():
        figure = found[key]
        is_right = (figure.state, figure.value) == told
        if not is_right and figure.state in (State.ABSENT, State.UNREADABLE):
            kind = "missing"
        elif figure.confidence < LEAST_CONFIDENCE:
            kind = "right, marked" if is_right else "wrong, marked"
        else:
            kind = "right" if is_right else "WRONG"
        count[kind] += 1
        if not is_right:
            print(f"      {kind}: {key} {told}, read {figure.printed!r} ({figure.confidence:.2f})")
    return count


def measure(scan: Scan, known: list[tuple[Path, dict[str, Told]]], folder: Path) -> None:
    """Print a line per report, and one for the manner of scanning."""
    total: Counter[str] = Counter()
    seconds, pages = 0.0, 0
    for path, truth in known:
        file = folder / f"{path.parent.name}-{path.stem}.{scan.extension}"
        file.write_bytes(scanned(path.read_bytes(), scan, random.Random(f"{scan.name} {path.name}")))
        with pypdfium2.PdfDocument(path) as document:
            pages += len(document)
        start = time.perf_counter()
        count = judge(file, truth)
        seconds += time.perf_counter() - start
        print(f"   {scan.name} {path.parent.name}/{path.name} {dict(count)}", flush=True)
        total += count
    print(f"{scan.name}: {dict(total)} {seconds / pages:.1f} s a page", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--manners", nargs="*", choices=SCANS, default=list(SCANS))
    parser.add_argument("--pdfs", nargs=2, type=Path, metavar=("FOLDER", "TRUTH"))
    options = parser.parse_args()
    samples = (ROOT / "data" / "samples", ROOT / "tests" / "golden")
    real = (SHARED, SHARED / "truth.json")
    folders = options.pdfs or (real if real[1].is_file() else samples)
    known = list(truths(*folders))[: FEW if folders == samples else None]
    with TemporaryDirectory(prefix="ogi-scans-") as folder:
        for name in options.manners:
            measure(SCANS[name], known, Path(folder))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"peak memory {peak} MB, drawing and spoiling included")


if __name__ == "__main__":
    main()
