"""False alarms: what the rules say of the sound reports of the layout corpus (`python -m benchmarks.alarms`).

Sound are the documents printed without a fault: none misprinted, no row or table missing, no mark where a
number belongs, sections as the form has them. Every breach there is a false alarm; each rule's is listed.
Then the same of section texts as agencies phrase them, beside figures that they agree with or contradict.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pandas as pd

from ogi import tables
from ogi.checks import Verdict, check
from ogi.extract import read_report
from tests.checks.words.test_county import TEXTS, broken

CORPUS = Path(__file__).resolve().parents[1] / "tests" / "corpus"
FAULTS = {
    *("misprints", "missing_rows", "not_applicable"),
    *("section_errors", "sections_renumbered", "sections_restarted"),
}
"""Quirks that make a report unsound; `not_applicable` prints / for figures that are not zero."""


def main() -> None:
    """Check each sound report by itself; print how often official and soft rules break, and which."""
    full = CORPUS / "full"
    records = sorted((full if full.is_dir() else CORPUS / "committed").glob("*/*.json"))
    sound = [path for path in records if _is_sound(json.loads(path.read_text(encoding="utf-8")))]
    checks = pd.concat([_checked(path) for path in sound], ignore_index=True)
    broken = checks[checks["verdict"] == Verdict.BROKEN]
    for official, name in ((True, "official"), (False, "soft")):
        rows, judged = broken[broken["official"] == official], checks[checks["official"] == official]
        share, reports = 100 * len(rows) / len(judged), rows["report_id"].nunique()
        found = f"{len(rows)} of {len(judged)} verdicts broken ({share:.2f} %)"
        print(f"{name}: {found}, in {reports} of {len(sound)} reports")
    for rule, count in Counter(broken["rule_id"]).most_common():
        print(f"  {rule}: {count}, as {broken.loc[broken['rule_id'] == rule, 'report_id'].iloc[0]}")
    _texts()


def _texts() -> None:
    """Print how many texts that agree with the figures break a rule, and how many contradictions are told."""
    for verdict, name in (
        ("agrees", "texts that agree break a rule"),
        ("contradicts", "contradictions are told"),
    ):
        rules = [found for text, found in zip(TEXTS, broken(), strict=True) if text["verdict"] == verdict]
        print(f"words: {sum(map(bool, rules))} of {len(rules)} {name}")


def _is_sound(record: dict[str, object]) -> bool:
    quirks = set(record["quirks"]) if isinstance(record["quirks"], list) else set()
    return not quirks & FAULTS and not record["misprints"] and not record["pictured"]


def _checked(record: Path) -> pd.DataFrame:
    path = next(file for file in sorted(record.parent.glob(f"{record.stem}.*")) if file.suffix != ".json")
    frames = tables.frames([tables.alone(read_report(path))])
    found = check(
        frames["figures"],
        narratives=frames["narratives"],
        reports=frames["reports"],
        findings=frames["findings"],
    )
    return found.assign(report_id=f"{path.parent.name}/{path.name}")


if __name__ == "__main__":
    main()
