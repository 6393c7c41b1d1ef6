"""The panel and the differences of a large dataset: time and peak memory, each in a process of its own.

python -m benchmarks.panel [--agencies 2000 20000]

The dataset is that of the samples over and over, each agency under another name, in parts of some 200 reports
as `ogi ingest` writes them. Of the second one, every tenth part has other figures. Memory must not grow with
the agencies: fails where the largest takes over LIMIT megabytes.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from ogi.ingest import ingest
from ogi.tables import SCHEMAS, parts, read

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "data" / "samples"
LIMIT = 700
"""Megabytes that a command may hold at the most; 250 of them are the libraries."""
_A_PART = 8
"""Times that the samples' 39 reports stand in a part."""
_EACH = 10
"""One part of so many has other figures in the second dataset."""
_RUN = """
import resource, sys, time
from ogi.cli import app
start = time.monotonic()
try:
    app(sys.argv[1:])
except SystemExit as end:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{time.monotonic() - start:.1f} {peak}", file=sys.stderr)
    raise
"""


def make(tables: dict[str, pd.DataFrame], folder: Path, agencies: int, is_second: bool) -> None:
    """Write a dataset of so many agencies."""
    folder.mkdir()
    own = len(tables["reports"]["agency"].unique())
    there = []
    for n in range(agencies // (own * _A_PART)):
        is_other = is_second and n % _EACH == 0
        key = hashlib.sha256(f"{n} {is_other}".encode()).hexdigest()[:32]
        copies = [{name: _named(f, f"{n:05}{c}") for name, f in tables.items()} for c in range(_A_PART)]
        whole = {name: pd.concat([copy[name] for copy in copies]) for name in tables}
        if is_other:
            whole["figures"] = whole["figures"].assign(value=whole["figures"]["value"] + 1)
        parts.put(folder, key, whole, parts.PartRecord())
        there.append(parts.Part(key, f"{n:05}" if n > 0 else ""))
    parts.commit(folder, there)


def _named(frame: pd.DataFrame, mark: str) -> pd.DataFrame:
    names = {name: mark + frame[name] for name in ("agency", "report_id") if name in frame}
    return frame.assign(**names)


def measured(*arguments: str | Path) -> tuple[float, int]:
    """Seconds and peak megabytes of a command."""
    run = [sys.executable, "-c", _RUN, *map(str, arguments)]
    with subprocess.Popen(run, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        lines = process.communicate()[1].splitlines()
    if process.returncode != 0:
        raise SystemExit("\n".join(lines[-20:]))
    seconds, peak = lines[-1].split()
    return float(seconds), int(peak)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--agencies", type=int, nargs="+", default=[2000, 20000])
    with TemporaryDirectory() as work:
        place = Path(work)
        ingest(SAMPLES, place / "samples")
        tables = {name: read(place / "samples", name) for name in SCHEMAS}
        worst = 0
        for agencies in parser.parse_args().agencies:
            old, new = (place / f"{agencies}{side}" for side in ("old", "new"))
            make(tables, old, agencies, is_second=False)
            make(tables, new, agencies, is_second=True)
            out = place / f"{agencies}out"  # a panel keeps to the dataset that it was made of
            for told in (("export", new, "--out", out), ("diff", old, new, "--format", "csv")):
                seconds, peak = measured(*told)
                worst = max(worst, peak)
                print(f"{agencies} agencies: {told[0]} {seconds:.0f} s, {peak} MB", flush=True)
    return int(worst > LIMIT)


if __name__ == "__main__":
    raise SystemExit(main())
