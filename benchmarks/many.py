"""Many agencies made of the samples: the same layouts and formats, other names, other bytes."""

from __future__ import annotations

import io
import os
import zipfile
from collections import defaultdict
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "data" / "samples"
YEARS = range(2019, 2025)
_FORMATS = (".txt", ".html", ".docx", ".pdf")
_PAST = 1_700_000_000
"""A time stamp as of files that have lain there for long."""


def make(out: Path, agencies: int, formats: tuple[str, ...] = _FORMATS) -> None:
    """Write a folder per agency with a report for each of six years, of these formats in turn."""
    sources = _by_year(formats)
    for n in range(agencies):
        folder = out / f"示例{n:05}局"
        folder.mkdir(parents=True)
        for year in YEARS:
            source = next(islice(sources[year], n % len(sources[year]), None))
            path = folder / f"{year}{source.suffix}"
            path.write_bytes(_varied(source, folder.name))
            os.utime(path, (_PAST, _PAST))


def _by_year(formats: tuple[str, ...]) -> dict[int, list[Path]]:
    found: defaultdict[int, list[Path]] = defaultdict(list)
    for path in sorted(SAMPLES.glob("*/*")):
        if path.suffix in formats and path.stem.isdigit():
            found[int(path.stem)].append(path)
    some = list(islice(cycle(path for paths in found.values() for path in paths), len(YEARS)))
    return {year: found[year] or [some[n]] for n, year in enumerate(YEARS)}


def _varied(source: Path, agency: str) -> bytes:
    """The same report with other bytes, and under another name where its text is UTF-8; else as it is."""
    content = source.read_bytes()
    if source.suffix == ".pdf":
        return content + f"\n% {agency}\n".encode()
    if source.suffix == ".docx":
        return _with_comment(content, agency)
    try:
        return content.decode("utf-8").replace(source.parent.name, agency).encode()
    except UnicodeDecodeError:
        return content


def _with_comment(content: bytes, agency: str) -> bytes:

    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.comment = agency.encode()
    return buffer.getvalue()
