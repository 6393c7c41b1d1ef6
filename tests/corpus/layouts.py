"""The digital layouts of the corpus, written in bulk."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.sax.saxutils import escape

from scripts.samples import word
from scripts.samples.compose import Sample
from scripts.samples.report_font import COLLECTION
from scripts.samples.writers import WRITERS

LAYOUTS = tuple(WRITERS)
_BATCH = 24
_DATE = re.compile(rb"(?<=/CreationDate\(D:)\d{14}")
_CHECKSUM = re.compile(rb"(?<=<)[0-9A-F]{32}(?=>)|(?<=/DocChecksum /)[0-9A-F]{32}")
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir>
<alias><family>宋体</family><prefer><family>Noto Sans CJK SC</family></prefer></alias></fontconfig>
"""


def write_all(samples: Iterable[tuple[Path, Sample]]) -> None:
    """Write each report to its path; those for LibreOffice last, in batches."""
    for_office: list[tuple[Path, Sample]] = []
    others: list[tuple[Path, Sample]] = []
    for path, sample in samples:
        (for_office if sample.plan.format == "docx_pdf" else others).append((path, sample))
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # Chromium works outside this process
        list(pool.map(lambda task: _write(*task), others))
    for start in range(0, len(for_office), _BATCH):
        _print_by_office(for_office[start : start + _BATCH])


def _write(path: Path, sample: Sample) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(WRITERS[sample.plan.format](sample))


def _print_by_office(samples: list[tuple[Path, Sample]]) -> None:
    """DOCX → PDF by LibreOffice, which sees the project's own Chinese font and no other."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        words = [place / f"{number}.docx" for number in range(len(samples))]
        for file, (_, sample) in zip(words, samples, strict=True):
            file.write_bytes(word.write(sample))
        printed = converted(words, place)
        for file, (path, _) in zip(printed, samples, strict=True):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_undated(file.read_bytes()))


def _undated(printed: bytes) -> bytes:
    """The file without the date of its making, and without the names made from that date."""
    return _CHECKSUM.sub(b"0" * 32, _DATE.sub(b"20000101000000", printed))


def converted(words: list[Path], place: Path) -> Iterator[Path]:
    fonts = place / "fonts.conf"
    fonts.write_text(_FONTS.format(fonts=escape(str(COLLECTION.parent)), cache=escape(str(place / "cache"))))
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(place),
        *map(str, words),
    ]
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts), "HOME": str(place)}
    subprocess.run(command, check=True, capture_output=True, timeout=900, env=environment)
    return (file.with_suffix(".pdf") for file in words)
