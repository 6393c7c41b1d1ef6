"""Make data/samples, and the golden records of what they print, anew: `make samples`.

PDFs are printed by a Chromium on PATH; --without-pdf leaves them out.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from scripts.samples import agencies, real
from scripts.samples.compose import Sample
from scripts.samples.golden import golden
from scripts.samples.writers import WRITERS

ROOT = Path(__file__).resolve().parents[1]


def all_samples() -> list[Sample]:
    """Every sample, in order of agency and year."""
    return sorted([*real.samples(), *agencies.samples()], key=lambda sample: (sample.agency, sample.year))


def make(samples: Path, records: Path, *, with_pdf: bool = True) -> list[Path]:
    """Write the samples and their golden records; returns the samples written."""
    written = []
    for sample in all_samples():
        _write(records / sample.agency / f"{sample.year}.json", golden(sample).encode())
        if with_pdf or sample.plan.format != "pdf":
            _write(samples / sample.path, WRITERS[sample.plan.format](sample))
            written.append(samples / sample.path)
    return written


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    part.replace(path)


def main() -> None:
    parser = argparse.ArgumentParser(description="Make data/samples and tests/golden anew.")
    parser.add_argument(
        "--samples", type=Path, default=ROOT / "data" / "samples", help="where the samples go"
    )
    parser.add_argument("--golden", type=Path, default=ROOT / "tests" / "golden", help="where the records go")
    parser.add_argument("--without-pdf", action="store_true", help="leave the PDFs out")
    options = parser.parse_args()
    written = make(options.samples, options.golden, with_pdf=not options.without_pdf)
    size = sum(path.stat().st_size for path in written) / 1024
    print(f"{len(written)} samples, {size:.0f} KB, in {options.samples}")


if __name__ == "__main__":
    main()
