"""A review of many agencies: what it finds, its time and peak memory, in a process of its own.

python -m benchmarks.review [--agencies 2000 20000]   (make bench-review)

The province of tests/province.py, of three years. Fails where a planted fault is missed, where anything
besides is found, or where time or memory for each agency is over GROWTH times that of the smallest province.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.province import make

GROWTH = 1.3
"""What an agency of a larger province may take more than one of the smallest."""
_RUN = """
import json, resource, sys, time
from pathlib import Path
from ogi import review
from ogi.review.gather import gathered
from tests.planted import differences
from tests.province import YEAR, Planted
tables, planted, out = (Path(name) for name in sys.argv[1:])
begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.monotonic()
data = review.Review(YEAR, "en", tables / "none", tables, gathered(tables, YEAR))
for answer in (review.cover, review.did_everybody_report, review.what_to_send_back, review.how_the_year_went,
               review.where_each_stands, review.what_is_out_of_the_ordinary, review.who_copied,
               review.which_rules_break, review.what_could_not_be_read):
    answer(data)
shown = time.monotonic()
review.save(data, str(out))
told = {"page": shown - start, "workbook": time.monotonic() - shown,
        "libraries": begun // 1024, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}
wanted = Planted()
wanted.agencies.update(json.loads(planted.read_text("utf-8")))
wrong = differences(data, wanted)
for name, (found, right) in wrong.items():
    print(f"{name}: found {str(found)[:300]}, planted {str(right)[:300]}", file=sys.stderr)
print(json.dumps({**told, "wrong": len(wrong)}))
"""


def measured(tables: Path, planted: Path, out: Path) -> dict[str, float]:
    """Seconds of page and workbook, megabytes, and how many questions had a wrong answer."""
    run = [sys.executable, "-c", _RUN, *map(str, (tables, planted, out))]
    done = subprocess.run(run, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"the review of {tables} failed")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--agencies", type=int, nargs="+", default=[2000, 20000])
    failed, first = False, dict[str, float]()
    with TemporaryDirectory() as work:
        for agencies in parser.parse_args().agencies:
            tables, planted = Path(work) / f"{agencies}", Path(work) / f"{agencies}.json"
            begun = time.monotonic()
            with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
                made = make(tables, agencies, pool.map)
            planted.write_text(json.dumps(made.agencies, ensure_ascii=False), "utf-8")
            print(f"{agencies} agencies × 3 years made in {time.monotonic() - begun:.0f} s", flush=True)
            found = measured(tables, planted, Path(work) / "review.xlsx")
            print("  " + ", ".join(f"{name} {value:.0f}" for name, value in found.items()), flush=True)
            each = {"seconds": (found["page"] + found["workbook"]) / agencies}
            each["megabytes"] = (found["megabytes"] - found["libraries"]) / agencies
            first = first or each
            grown = [name for name, value in each.items() if value > GROWTH * first[name]]
            print("".join(f"  {name} grow faster than the agencies\n" for name in grown), end="")
            failed |= found["wrong"] > 0 or bool(grown)
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
