"""Make the corpus: `python -m tests.corpus.make --out tests/corpus/full --count 600 --seed 1`.

Every layout is crossed with every quirk that it can show; what is left of the count has several quirks at
random. Scans are asked for by number and made apart. A document lies in `<out>/<layout>/`, and beside it,
under the same name with .json, what it prints. `--committed` makes the small part that is kept in the
repository. DOCX → PDF needs LibreOffice, HTML → PDF a Chromium.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.corpus.layouts import LAYOUTS, write_all
from tests.corpus.mix import Document, committed, committed_scans, crossed, scans
from tests.corpus.scans import SCANS
from tests.corpus.scans import write as write_scan

HOME = Path(__file__).parent


def write(out: Path, documents: list[Document], *, drawn: bool = False) -> list[Path]:
    """Write the documents and their records; returns the documents. `drawn`: scans need no browser."""
    for document in documents:
        path = out / document.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(".json").write_text(document.record(), "utf-8")
    write_all((out / d.path, d.sample) for d in documents if d.layout not in SCANS)
    for document in documents:
        if document.layout in SCANS:
            scanned = write_scan(document.sample, SCANS[document.layout], document.rng(), drawn=drawn)
            (out / document.path).write_bytes(scanned)
    return [out / document.path for document in documents]


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the layout corpus.")
    parser.add_argument("--out", type=Path, default=None, help="default: full/ or committed/ beside this")
    parser.add_argument("--count", type=int, default=600, help="how many digital documents")
    parser.add_argument("--scans", type=int, default=0, help="how many scans besides")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--layouts", nargs="*", choices=LAYOUTS, default=LAYOUTS)
    parser.add_argument("--committed", action="store_true", help="the small part kept in the repository")
    options = parser.parse_args()
    out = options.out or HOME / ("committed" if options.committed else "full")
    if options.committed:
        written = write(out, [*committed(options.seed), *committed_scans(options.seed)], drawn=True)
    else:
        digital = crossed(options.count, options.seed, tuple(options.layouts))
        written = write(out, [*digital, *scans(options.scans, options.seed)])
    if not options.committed:
        made = f"--count {options.count} --scans {options.scans} --seed {options.seed}"
        (out / "README.md").write_text(f"`python -m tests.corpus.make {made}`\n", "utf-8")
    size = sum(path.stat().st_size for path in written) / 1024**2
    print(f"{len(written)} documents, {size:.1f} MB, in {out}")


if __name__ == "__main__":
    main()
