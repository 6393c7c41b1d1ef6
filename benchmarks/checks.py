"""How long the checks take: the samples' reports, many times over (`python -m benchmarks.checks`).

Every rule runs, on figures, words and dates of publication; a few of the reports break some. Fails where
1,000 reports take longer than the limit, where twice as many take more than two and a half times as long, or
where the six reports of one agency take over three times as long alone as six among the most reports do.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pandas as pd

from ogi.checks import check
from ogi.ingest.reading import read_all
from ogi.ingest.sources import of_agencies
from ogi.tables import Filed, frames

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "samples"
SIZES = (250, 500, 1000, 2000)
LIMIT, MEASURED_AT = 10.0, 1000
STEEPEST = 2.5
ALONE, DEAREST_ALONE = 6, 3.0
"""Reports that are checked by themselves, as an agency's are, and how much dearer they may be then."""
_READ = ("figures", "reports", "narratives", "findings")


def samples() -> dict[str, pd.DataFrame]:
    """The samples, as the dataset holds them."""
    results = list(read_all(of_agencies(SAMPLES).sources))
    return frames([result for result in results if isinstance(result, Filed)])


def repeated(held: dict[str, pd.DataFrame], reports: int) -> dict[str, pd.DataFrame]:
    """As many reports, those of the samples over and over, each time as other agencies'."""
    once = held["reports"]["report_id"].nunique()
    copies = [_copy(held, n) for n in range(-(-reports // once))]
    many = {name: pd.concat([copy[name] for copy in copies], ignore_index=True) for name in _READ}
    kept = set(many["reports"]["report_id"].head(reports))
    cut = {name: frame[frame["report_id"].isin(kept)].reset_index(drop=True) for name, frame in many.items()}
    known = cut["reports"][["agency", "year"]]
    days = (known["year"] + 1).astype(str) + "-01-30"
    return {**cut, "catalogue": known.assign(kind="department", published=days, url="")}


def _copy(held: dict[str, pd.DataFrame], number: int) -> dict[str, pd.DataFrame]:
    names = ("agency", "report_id")
    return {t: held[t].assign(**{n: f"{number}-" + held[t][n] for n in names}) for t in _READ}


def measure(held: dict[str, pd.DataFrame], sizes: Sequence[int]) -> list[tuple[int, int, float]]:
    """Per size: reports, verdicts, seconds of one core; other work on the machine is not counted."""
    found = []
    for size in sizes:
        given = repeated(held, size)
        figures = given.pop("figures")
        start = time.process_time()
        checks = check(figures, **given)
        found.append((size, len(checks), time.process_time() - start))
    return found


def alone(held: dict[str, pd.DataFrame], times: int = 5) -> float:
    """Seconds for a few reports by themselves, at the best of some times."""
    return min(measure(held, [ALONE])[0][2] for _ in range(times))


def faults(found: Sequence[tuple[int, int, float]], few: float) -> list[str]:
    """What is slower than promised, a line each; `few`: the seconds that ALONE reports take."""
    slow = [
        f"{n} reports took {s:.1f} s, over {LIMIT:g} s" for n, _, s in found if n <= MEASURED_AT and s > LIMIT
    ]
    steep = [
        f"{n} reports took {s / before:.1f} times as long as {last}"
        for (last, _, before), (n, _, s) in pairwise(found)
        if s / before > STEEPEST * n / last / 2
    ]
    reports, _, seconds = found[-1]
    dearer = few / ALONE / (seconds / reports)
    dear = [f"{ALONE} reports alone took {dearer:.1f} times what {ALONE} among {reports} took"]
    return [*slow, *steep, *(dear if dearer > DEAREST_ALONE else ())]


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure how long the checks take.")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="numbers of reports")
    held, sizes = samples(), parser.parse_args().sizes
    found, few = measure(held, sizes), alone(held)
    print(f"{'reports':>8} {'verdicts':>9} {'seconds':>8} {'ms each':>8}")
    for reports, verdicts, seconds in found:
        print(f"{reports:>8} {verdicts:>9} {seconds:>8.2f} {seconds / reports * 1000:>8.2f}")
    among = found[-1][2] / found[-1][0] * ALONE
    print(f"{ALONE} reports alone: {few:.3f} s, among {found[-1][0]}: {among:.3f} s")
    print("\n".join(faults(found, few)) or "as promised")
    return 1 if faults(found, few) else 0


if __name__ == "__main__":
    sys.exit(main())
