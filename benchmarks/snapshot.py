"""Show what a change to the code changes in what is read and judged, row by row.

    python -m benchmarks.snapshot take FOLDER... --out before     # with the old code
    python -m benchmarks.snapshot take FOLDER... --out after      # with the new code
    python -m benchmarks.snapshot compare before after            # exits 1 where any row differs

A snapshot is a folder of Parquet files: the figures, findings, narratives and reports of every document
below the folders, the reason where one was refused, and the checks of them all. Boxes and confidences are
held to 0.01.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import pandas as pd

from ogi.checks import check
from ogi.extract import read_report
from ogi.readers.document import UnreadableFile
from ogi.tables import frames, joined
from ogi.tables.frames import alone

TABLES = ("figures", "findings", "narratives", "reports")
KEYS = {
    "figures": ["report_id", "table", "item", "measure"],
    "narratives": ["report_id", "section"],
    "reports": ["report_id"],
    "findings": ["report_id", "kind", "message"],
    "checks": ["report_id", "rule_id", "cells"],
    "refused": ["report_id"],
}
IGNORED = ["parser_version", "seconds", "source"]
NO_DOCUMENTS = {".json", ".tsv", ".csv", ".py"}


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare what two versions of the code read.")
    commands = parser.add_subparsers(dest="command", required=True)
    take = commands.add_parser("take")
    take.add_argument("folders", nargs="+", type=Path)
    take.add_argument("--out", required=True, type=Path)
    take.add_argument(
        "--no-scans", action="store_true", help="leave out folders of the corpus that hold scans"
    )
    take.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    compare = commands.add_parser("compare")
    compare.add_argument("before", type=Path)
    compare.add_argument("after", type=Path)
    compare.add_argument("--shown", type=int, default=15, help="how many differences of a table are listed")
    options = parser.parse_args()
    if options.command == "take":
        write_snapshot(options.folders, options.out, options.workers, scans=not options.no_scans)
    else:
        sys.exit(1 if show_differences(options.before, options.after, options.shown) else 0)


def documents(folders: Iterable[Path], *, scans: bool) -> Iterator[tuple[str, Path]]:
    """Every document below the folders, with a name that is the same wherever the folders lie."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            is_scan = any("scan" in part or "photo" in part for part in path.relative_to(folder).parts[:-1])
            if (
                path.is_file()
                and path.suffix not in NO_DOCUMENTS
                and path.name != "README.md"
                and (scans or not is_scan)
            ):
                yield f"{folder.name}/{path.relative_to(folder).as_posix()}", path


def read(document: tuple[str, Path]) -> dict[str, pd.DataFrame] | tuple[str, str]:
    """The tables of one document, or its name and why it was refused."""
    name, path = document
    try:
        report = read_report(path)
    except UnreadableFile as refusal:
        return name, str(refusal).replace(str(path.parent), "")
    return frames([replace(alone(report, name), parser_version="")])


def write_snapshot(folders: list[Path], out: Path, workers: int, *, scans: bool) -> None:
    """Read all documents, check them, and write the tables to `out`."""
    with ProcessPoolExecutor(workers) as pool:
        results = list(pool.map(read, documents(folders, scans=scans), chunksize=4))
    sound = [result for result in results if isinstance(result, dict)]
    tables = {name: joined(name, [one[name] for one in sound]) for name in TABLES}
    context = {name: tables[name] for name in TABLES if name != "figures"}
    tables["checks"] = pd.concat(
        check(tables["figures"], language, **context).assign(language=language) for language in ("en", "zh")
    )
    refused = [result for result in results if isinstance(result, tuple)]
    tables["refused"] = pd.DataFrame(refused, columns=["report_id", "why"], dtype="str")
    out.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        _rounded(table).to_parquet(out / f"{name}.parquet")
    print(f"{len(sound)} documents read, {len(refused)} refused, {len(tables['figures'])} figures: {out}")


def _rounded(table: pd.DataFrame) -> pd.DataFrame:
    """The table without times, its boxes and confidences to 0.01, lists of cells as text."""
    kept = table.drop(columns=[name for name in IGNORED if name in table])
    if "cells" in kept:
        kept["cells"] = kept["cells"].map(" ".join)
    places = [name for name in ("x0", "top", "x1", "bottom", "confidence") if name in kept]
    return kept.assign(**{name: kept[name].astype("float64").round(2) for name in places})


def show_differences(before: Path, after: Path, shown: int) -> int:
    """Print the rows that differ, table by table; returns how many there are."""
    total = 0
    for name in KEYS:
        old, new = (
            _lines(pd.read_parquet(folder / f"{name}.parquet"), KEYS[name]) for folder in (before, after)
        )
        gone, come = old[~old.index.isin(new.index)], new[~new.index.isin(old.index)]
        total += len(gone) + len(come)
        print(f"{name}: {len(old)} rows before, {len(new)} after; {len(gone)} gone, {len(come)} come")
        both = pd.concat([gone.map("- {}".format), come.map("+ {}".format)]).sort_index(kind="stable")
        print(*both.head(shown), sep="\n", end="\n" if len(both) else "")
        if len(both) > shown:
            print(f"… and {len(both) - shown} more")
    return total


def _lines(table: pd.DataFrame, keys: list[str]) -> pd.Series[str]:
    """Each row as one line of text, its key first; the index tells equal rows apart by their number."""
    ordered = table[[*keys, *(name for name in table if name not in keys)]].astype("object")
    lines = ordered.apply(
        lambda row: " | ".join("" if pd.isna(value) else str(value) for value in row), axis=1
    )
    lines = lines if len(table) else pd.Series(dtype="str")
    number = lines.groupby(lines).cumcount().astype(str)
    return pd.Series(lines.to_numpy(), index=pd.Index(lines.to_numpy() + " #" + number.to_numpy()))


if __name__ == "__main__":
    main()
