"""The samples and the real reports: what their makers know to be wrong is found, and nothing else."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pandas as pd

from ogi.checks import Verdict, check, check_tables
from ogi.extract import read_report
from ogi.ingest.reading import read_all
from ogi.ingest.sources import of_agencies
from ogi.tables import Filed, alone, frames

ROOT = Path(__file__).resolve().parents[2]
SAMPLES, GOLDEN = ROOT / "data" / "samples", ROOT / "tests" / "golden"
HONGZE_ERRORS = [
    ("review/reconsideration/total", 11, 0),
    ("review/litigation_after_reconsideration/total", 5, 0),
]


@cache
def sample_checks() -> pd.DataFrame:
    filed = [one for one in read_all(of_agencies(SAMPLES).sources) if isinstance(one, Filed)]
    return checked(filed)


def checked(filed: list[Filed]) -> pd.DataFrame:
    tables = frames(filed)
    figures = tables.pop("figures")
    return check(figures, **tables)


def sound_reports() -> set[str]:
    """The samples that print every figure as it ought to be, and whose figures are the project's own."""
    told = {path: json.loads(path.read_text("utf-8")) for path in GOLDEN.glob("示例*/*.json")}
    return {golden["source"] for golden in told.values() if not golden["misprints"]}


def test_no_official_rule_breaks_on_a_sound_report() -> None:
    checks = sample_checks()
    sound = checks[checks["report_id"].isin(sound_reports())]
    assert sound["report_id"].nunique() == len(sound_reports()) > 30
    assert sound[(sound["verdict"] == Verdict.BROKEN) & sound["official"]].empty


def test_soft_rules_fire_on_under_one_in_a_hundred_of_what_they_judge() -> None:
    """Two of the samples are made to differ from what a report should be: a former name, a row left out."""
    checks = sample_checks()
    soft = checks[checks["report_id"].isin(sound_reports()) & ~checks["official"]]
    fired = soft[soft["verdict"] == Verdict.BROKEN]
    assert set(zip(fired["report_id"], fired["rule_id"], strict=True)) <= {
        ("示例区城市管理局/2022.docx", "agency.name"),
        ("示例镇人民政府/2022.txt", "figures.complete"),
        ("示例县卫生健康局/2023.html", "requests.carry_over"),
    }
    assert len(fired) < len(soft) / 100


def test_the_misprints_are_found_and_named() -> None:
    checks = sample_checks()
    own = checks[
        (checks["report_id"] == "示例区城市管理局/2022.docx") & (checks["verdict"] == Verdict.BROKEN)
    ]
    golden = json.loads((GOLDEN / "示例区城市管理局" / "2022.json").read_text("utf-8"))
    messages = "\n".join(own["message"])
    for true, wrong in golden["misprints"].values():
        assert f" {true:g} instead of {wrong:g} " in messages


def test_real_reports_are_judged_as_they_are_printed(shared_reports: Path) -> None:
    truth = json.loads((shared_reports / "truth.json").read_text("utf-8"))
    checks = checked([alone(read_report(shared_reports / name)) for name in truth])
    official = checks[(checks["verdict"] == Verdict.BROKEN) & checks["official"]]
    assert [(row.report_id, row.cells[-1], row.left, row.right) for row in official.itertuples()] == [
        ("hongze-2023.pdf", *error) for error in HONGZE_ERRORS
    ]
    shanghai = checks[checks["report_id"].str.startswith("shanghai")]
    assert (shanghai["verdict"] == "holds_blank_as_zero").sum() >= 13
    soft = shanghai[shanghai["verdict"] == Verdict.BROKEN]
    assert sorted(soft["rule_id"]) == ["told.granted_in_full_or_part", "told.unavailable"]
    others = checks[~checks["report_id"].isin([*shanghai["report_id"], "hongze-2023.pdf"])]
    assert Verdict.BROKEN not in set(others["verdict"])
    assert set(others.loc[others["verdict"] == Verdict.UNDECIDED, "rule_id"]) <= {
        "told.received",
        "requests.applicants",
        "requests.outcomes",
    }


def test_the_tables_of_a_dataset_are_judged_as_one_by_one() -> None:
    filed = [one for one in read_all(of_agencies(SAMPLES).sources) if isinstance(one, Filed)][:2]
    pd.testing.assert_frame_equal(check_tables(frames(filed)), checked(filed))
