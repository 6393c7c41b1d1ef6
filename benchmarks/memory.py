"""The peak memory of reading a report, with and without the recogniser: each report in a process of its own.

python -m benchmarks.memory [FILES …]    (default: the largest of each layout of the corpus, the samples and
the shared reports, one through LibreOffice, and the largest pictures that are opened at all)

A peak is the resident memory of the reading process (VmHWM), libraries included. Of what it starts, as
LibreOffice, the largest child is stated apart: that is the office program's own. Fails where a peak is over
its limit.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageDraw
from pypdfium2 import PdfDocument

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "tests" / "corpus"
WITH_OCR, WITHOUT = 1024, 300
"""Megabytes that a report may take at the most."""
LARGEST = 2
"""Reports of each folder that are read."""
_READ = """
import json, resource, sys
from pathlib import Path
from ogi.extract import read_report
report = read_report(Path(sys.argv[1]))
status = Path("/proc/self/status").read_text().splitlines()
own = next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) // 1024
children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
print(json.dumps([own, children, "ogi.readers.scan" in sys.modules]))
"""


@dataclass(frozen=True)
class Peak:
    """What reading one report took, in MB. `ocr`: was the recogniser loaded?"""

    path: Path
    own: int
    children: int
    ocr: bool

    @property
    def limit(self) -> int:
        return WITH_OCR if self.ocr else WITHOUT


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    options = parser.parse_args()
    peaks = []
    print("peak MB  limit  children  file")
    with TemporaryDirectory(prefix="ogi-memory-") as folder:
        for path in options.files or [*default_files(), *extremes(Path(folder))]:
            one = peak(path)
            peaks.append(one)
            name = path.name if path.parent == Path(folder) else f"{path.parent.name}/{path.name}"
            print(f"{one.own:7}  {one.limit:5}  {one.children or '':>8}  {name}", flush=True)
    for ocr, what in ((False, "without the recogniser"), (True, "with it")):
        found = [one.own for one in peaks if one.ocr == ocr]
        if found:
            print(f"{what}: {max(found)} MB at the most, of {len(found)} reports")
    sys.exit(any(one.own > one.limit for one in peaks))


def peak(path: Path) -> Peak:
    """Read one report in a process of its own."""
    command = [sys.executable, "-c", _READ, str(path)]
    said = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout
    own, children, ocr = json.loads(said.splitlines()[-1])
    return Peak(path, own, children, ocr)


def default_files() -> list[Path]:
    """The largest reports of each layout, by the size of the file."""
    shared = ROOT.parent / "shared" / "reports"
    full = CORPUS / "full"
    corpus = full if full.is_dir() else CORPUS / "committed"
    folders = [shared, *sorted({path.parent for path in corpus.rglob("*.json")})]
    samples = sorted((ROOT / "data" / "samples").glob("*/*"))
    return [*(path for folder in folders for path in largest(folder.glob("*"))), *largest(samples)]


def extremes(folder: Path) -> Iterator[Path]:
    """A report for LibreOffice where that is installed, and A3 sheets at 600 dots an inch."""
    if shutil.which("soffice"):
        word = largest((ROOT / "data" / "samples").glob("*/*.docx"))[-1]
        yield shutil.copy(word, folder / "through LibreOffice.wps")
    printed = largest((ROOT / "data" / "samples").glob("*/*.pdf"))[-1]
    with PdfDocument(printed) as document:
        pages = [document[index].render(scale=600 / 72).to_pil() for index in (0, 1)]
    sheet = Image.new("RGB", (sum(page.width for page in pages), pages[0].height), "white")
    for place, page in enumerate(pages):
        sheet.paste(page, (place * page.width, 0))
    ImageDraw.Draw(sheet).ellipse((900, 2000, 1900, 3000), outline=(205, 35, 40), width=30)
    for mode, name in (("RGB", "A3 in colour.jpg"), ("L", "A3 in grey.png")):
        sheet.convert(mode).save(folder / name, dpi=(600, 600))
        yield folder / name


def largest(paths: Iterable[Path]) -> Sequence[Path]:
    """The largest files that are reports."""
    reports = [path for path in paths if path.is_file() and path.suffix not in (".json", ".md5")]
    return sorted(reports, key=lambda path: path.stat().st_size)[-LARGEST:]


if __name__ == "__main__":
    main()
