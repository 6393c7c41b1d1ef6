"""The PDF reader against pdfplumber's `extract_tables` over all pages: time, memory, the text of every cell.

python benchmarks/pdf.py [FILES …]      (default: the shared reports, data/samples, the committed corpus)

Of the corpus those printed by LibreOffice, by a browser, and drawn; without tables that are pictures, which
only the reader reads, and those without ruling lines, in which pdfplumber finds no cell.

Both read each file in turn in one process; times are processor time, so that other work on the machine weighs
on both alike. The reader does more: paragraphs, titles, tables without lines. Memory is the peak of a process
of its own. A cell is compared where both find one at the same place, its text without white space.
"""

from __future__ import annotations

import argparse
import gc
import resource
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pdfplumber

from ogi.readers.document import Document, Grid, Paragraph
from ogi.readers.pdf import read

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "tests" / "corpus" / "committed"
LAYOUTS = ("docx_pdf", "pdf", "pdf_ruled")
NEAR = 4.0
"""Points by which the edges of one cell may differ between the two."""

HEAD = "pdfplumber ms  reader ms   ratio   cells  differ  elsewhere  lost  peak MB of each  file"

Place = tuple[int, float, float, float, float]
"""Page from 1, left, top, right, bottom."""


@dataclass(frozen=True)
class Comparison:
    """Cells found by both at one place; those that differ in text; the others of pdfplumber."""

    compared: int
    differing: list[tuple[Place, str, str]]
    elsewhere: int
    lost: list[tuple[Place, str]]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=9, help="how often each file is read by each")
    parser.add_argument("--peak", choices=READERS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peak is not None:
        READERS[options.peak](options.files[0])
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    report(options.files or default_files(), options.rounds)


def default_files() -> list[Path]:
    shared = sorted((ROOT.parent / "shared" / "reports").glob("*.pdf"))
    corpus = (path for layout in LAYOUTS for path in sorted((CORPUS / layout).glob("*.pdf")))
    samples = sorted((ROOT / "data" / "samples").rglob("*.pdf"))
    return [*shared, *samples, *(path for path in corpus if "pictured" not in path.name)]


def report(files: Sequence[Path], rounds: int) -> None:
    print(HEAD)
    ratios: dict[str, list[float]] = defaultdict(list)
    for file in files:
        ours, theirs = timed(file, rounds)
        ratio = statistics.median(slow / fast for slow, fast in zip(theirs, ours, strict=True))
        ratios[kind_of(file)].append(ratio)
        found = compare(file)
        peaks = ", ".join(f"{peak(file, name):.0f}" for name in READERS)
        print(
            f"{1000 * statistics.median(theirs):13.1f} {1000 * statistics.median(ours):10.1f} {ratio:7.1f}"
            f" {found.compared:7} {len(found.differing):7} {found.elsewhere:10} {len(found.lost):5}"
            f"   {peaks:>15}  {file.parent.name}/{file.name}"
        )
        for place, theirs_text, our_text in found.differing:
            print(f"    {shown(place)}: pdfplumber {theirs_text!r}, reader {our_text!r}")
        for place, text in found.lost:
            print(f"    {shown(place)}: pdfplumber {text!r}, reader nothing")
    for kind, some in ratios.items():
        print(f"median ratio {statistics.median(some):.1f} over {len(some)} files: {kind}")
    every = [ratio for some in ratios.values() for ratio in some]
    print(f"median ratio {statistics.median(every):.1f} over {len(every)} files: all")


def kind_of(file: Path) -> str:
    """Where a file is from, for the medians: the layout in the corpus, else the folder of folders."""
    return file.parent.name if file.is_relative_to(CORPUS.parent) else file.parent.parent.name


def shown(place: Place) -> str:
    page, *box = place
    return f"page {page}, {', '.join(f'{edge:.0f}' for edge in box)}"


# --- time and memory --------------------------------------------------------------------------------


def extract_tables(file: Path) -> list[list[list[str | None]]]:
    with pdfplumber.open(file) as pdf:
        return [table for page in pdf.pages for table in page.extract_tables()]


READERS: dict[str, Callable[[Path], object]] = {"pdfplumber": extract_tables, "reader": read}


def timed(file: Path, rounds: int) -> tuple[list[float], list[float]]:
    """Seconds of processor time by the reader and by pdfplumber, in turn; the first round warms both up."""
    ours, theirs = [], []
    for turn in range(rounds + 1):
        slow, fast = seconds(extract_tables, file), seconds(read, file)
        if turn:
            theirs.append(slow)
            ours.append(fast)
    return ours, theirs


def seconds(work: Callable[[Path], object], file: Path) -> float:
    gc.collect()  # so that neither is charged for what the other left behind
    start = time.process_time()
    work(file)
    return time.process_time() - start


def peak(file: Path, name: str) -> float:
    """The most memory (MB) that a process takes which reads the file, imports included."""
    command = [sys.executable, __file__, str(file), "--peak", name]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


# --- the same text? ---------------------------------------------------------------------------------


def compare(file: Path) -> Comparison:
    document = read(file)
    ours = dict(cells_of(document))
    running = {page: text_of(document, page) for page in range(1, 1 + max((p for p, *_ in ours), default=0))}
    compared, elsewhere = 0, 0
    differing, lost = [], []
    for place, theirs in pdfplumber_cells(file):
        same = next((other for other in ours if is_near(place, other)), None)
        if same is not None:
            compared += 1
            if ours[same] != theirs:
                differing.append((place, theirs, ours[same]))
        elif theirs in running.get(place[0], "") or theirs in text_of(document, None):
            elsewhere += 1
        else:
            lost.append((place, theirs))
    return Comparison(compared, differing, elsewhere, lost)


def is_near(place: Place, other: Place) -> bool:
    return place[0] == other[0] and all(abs(a - b) <= NEAR for a, b in zip(place[1:], other[1:], strict=True))


def cells_of(document: Document) -> Iterator[tuple[Place, str]]:
    for block in document.blocks:
        for cell in block.cells if isinstance(block, Grid) else ():
            if cell.box is not None:
                box = cell.box
                yield (box.page, box.x0, box.top, box.x1, box.bottom), compact(cell.text)


def text_of(document: Document, page: int | None) -> str:
    """All text of a page, in cells or outside; of all paragraphs where no page is named."""
    texts = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            texts += [block.text] if page in (None, block.page) else []
        elif page is not None and block.page == page:
            texts += [cell.text for cell in block.cells]
    return compact("".join(texts))


def pdfplumber_cells(file: Path) -> Iterator[tuple[Place, str]]:
    with pdfplumber.open(file) as pdf:
        for page in pdf.pages:
            for table in page.find_tables():
                for row, texts in zip(table.rows, table.extract(), strict=True):
                    for box, text in zip(row.cells, texts, strict=True):
                        if box is not None:
                            yield (page.page_number, *box), compact(text or "")


def compact(text: str) -> str:
    return "".join(text.split())


if __name__ == "__main__":
    main()
