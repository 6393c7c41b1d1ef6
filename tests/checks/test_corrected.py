"""What holds as printed and is broken by a correction alone is a doubt of ours, and no slip of the agency."""

from __future__ import annotations

import pandas as pd
import pytest

from ogi.checks import Verdict, check
from ogi.checks.causes import slips
from ogi.checks.corrected import grounds, to_look_at
from ogi.cli.checking import Checked
from ogi.cli.render import checks_text
from ogi.figures import Figures
from ogi.tables import apply_corrections, as_printed, from_rows
from ogi.tables.marks import ADDED as MARK_COLUMNS
from ogi.tables.misprints import DOUBTED, MISPRINT, UNCONFIRMED
from tests.checks.made import narratives, of_rule
from tests.reports_made import figures

UPHELD, TOTAL = "review/reconsideration/upheld", "review/reconsideration/total"
SOUND, BROKEN = {UPHELD: 307, TOTAL: 307}, {UPHELD: 307, TOTAL: 37}


def corrected(
    cells: dict[str, float], cell: str, to: str, reason: str = "印错", **read: object
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The figures of one report with a correction laid on them, and the correction."""
    there = figures("甲", 2023, cells, 0, {}).assign(**read)
    printed = str(
        there.loc[(there["table"] + "/" + there["item"] + "/" + there["measure"]) == cell, "printed"].iloc[0]
    )
    line = (None, "甲", 2023, *cell.split("/"), printed, to, reason, "原件", "张三", "2024-03-05")
    done = apply_corrections(there, from_rows("corrections", [line]).drop(columns="report_id"))
    assert len(done.applied) == 1
    return done.figures, done.applied


def verdict(own: pd.DataFrame, applied: pd.DataFrame, language: str = "en") -> tuple[str, str]:
    rows = of_rule(check(own, language, corrections=applied), "review.results")
    (row,) = [row for row in rows.to_dict("records") if TOTAL in row["cells"]]
    return row["verdict"], row["message"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            "As printed it holds; the correction by 张三 (行政复议 / 结果维持 306 instead of 307)",
        ),
        (
            "zh",
            "按年报原文本项成立，张三的更正（“行政复议”行“结果维持”栏为306而非307）使其不成立",
        ),
    ],
)
def test_a_correction_that_breaks_a_sum_is_doubted_and_not_the_agency(language: str, said: str) -> None:
    own, applied = corrected(SOUND, UPHELD, "306")
    found, message = verdict(own, applied, language)
    assert found == Verdict.UNDECIDED
    assert said in message
    assert "would hold" not in message
    assert "若" not in message, "that the sum would hold with what is printed is known"
    assert list(grounds(applied, own)["ground"]) == [DOUBTED]
    (finding,) = to_look_at(applied, own).to_dict("records")
    assert finding["message"].endswith(
        "from 307 to 306 (张三) breaks a sum that holds without it: look at it again"
    )
    assert finding["message_zh"].startswith(
        "甲2023年“行政复议”行“结果维持”栏（review/reconsideration/upheld）由307更正为306（张三）"
    )


def test_what_is_broken_as_printed_stays_a_slip() -> None:
    """It was a misprint, and its slip was reckoned with 306, which no report prints."""
    own, applied = corrected(BROKEN, UPHELD, "306")
    found, message = verdict(own, applied)
    assert found == Verdict.BROKEN
    assert "= 307, but 总计 = 37 (difference 270). It would hold with " in message
    assert message.endswith(
        " With the correction by 张三 (行政复议 / 结果维持 306 instead of 307) it does not hold either: "
        "look at it again."
    )
    assert list(grounds(applied, own)["ground"]) == [UNCONFIRMED]


@pytest.mark.parametrize(
    ("there", "reason", "kind", "en", "zh"),
    [
        (SOUND, "印错", "doubted", "breaks a sum that holds without it", "使原本成立的勾稽关系不成立"),
        (
            BROKEN,
            "印错",
            "unconfirmed",
            "is in a sum that holds neither as printed nor with it",
            "所涉勾稽关系按原文和更正后均不成立",
        ),
        (
            {"proactive/penalties/decisions": 286},
            "读错",
            "disputed",
            "says “misread”, though the report's own text prints what was read",
            "称识读有误，但年报原文的文字即如所读",
        ),
    ],
)
def test_every_correction_that_is_to_be_looked_at_is_a_finding(
    there: dict[str, float], reason: str, kind: str, en: str, zh: str
) -> None:
    """286 corrected to 2860 was named by the review alone, and by no run."""
    own, applied = corrected(there, min(there, key=len) if kind == "disputed" else UPHELD, "2860", reason)
    (finding,) = to_look_at(applied, own).to_dict("records")
    assert finding["kind"] == f"correction_{kind}"
    assert finding["message"].endswith(f"to 2860 (张三) {en}: look at it again")
    assert finding["message_zh"].endswith(f"更正为2860（张三），{zh}，请重新核对该更正")


@pytest.mark.parametrize("reason", ["印错", "读错，已核对原文"])
def test_a_correction_that_is_settled_is_no_finding(reason: str) -> None:
    own, applied = corrected(BROKEN, TOTAL, "307", reason)
    assert to_look_at(applied, own).empty


def test_of_what_was_misread_the_right_number_counts_although_its_sum_is_broken() -> None:
    own, applied = corrected(BROKEN, UPHELD, "306", "读错，已核对原文")
    found, message = verdict(own, applied)
    assert found == Verdict.BROKEN
    assert "= 306, but 总计 = 37" in message


def test_a_total_left_blank_is_open_whatever_a_person_puts_there() -> None:
    there = {UPHELD: 307, TOTAL: ("blank", "")}
    own, applied = corrected(there, TOTAL, "306")
    found, message = verdict(own, applied)
    assert found == Verdict.UNDECIDED
    assert "a total is blank" in message


def test_a_jump_that_a_correction_alone_makes_is_a_doubt_of_ours() -> None:
    """It was a broken rule of the agency, and stood first among what stands out."""
    cells = {f"requests/{row}/total": 350 for row in ("new", "outcome_total", "granted")}
    this, applied = corrected(cells, "requests/new/total", "35")
    both = pd.concat([figures("甲", 2022, cells, 0, {}), this], ignore_index=True)
    (row,) = (
        of_rule(check(both, corrections=applied), "figures.sudden_change")
        .query("cells.str.len() > 0")
        .to_dict("records")
    )
    assert row["verdict"] == Verdict.UNDECIDED
    assert "35 after 350 in 2022" in row["message"]
    assert "the correction by 张三" in row["message"]


def test_a_jump_as_printed_says_that_a_person_corrected_its_figure() -> None:
    """A page told 50 here and 55 everywhere else."""
    cells = {f"requests/{row}/total": 50 for row in ("new", "outcome_total", "granted")}
    this, applied = corrected(cells, "requests/new/total", "55")
    both = pd.concat([figures("甲", 2022, {}, 0, {}), this], ignore_index=True)
    rows = of_rule(check(both, corrections=applied), "figures.sudden_change")
    rows = rows[rows["verdict"] == Verdict.BROKEN]
    told = {row["cells"][-1].partition(":")[2]: row["message"] for row in rows.to_dict("records")}
    assert "50 after 0 in 2022" in told["requests/new/total"]
    assert "With the correction by 张三" in told["requests/new/total"]
    assert "55 instead of 50" in told["requests/new/total"]
    assert "张三" not in told["requests/granted/total"]


def test_that_a_mistyped_total_keeps_blanks_from_being_zero_is_told_once() -> None:
    """Dozens of blanks lost their zero without a word."""
    there = figures("甲", 2023, SOUND, 0, {})
    is_blank = (there["table"] == "review") & (there["value"] == 0)
    blank = there["state"].mask(is_blank, "blank"), there["printed"].mask(is_blank, "")
    there = there.assign(state=blank[0], printed=blank[1], value=there["value"].mask(is_blank))
    line = (None, "甲", 2023, *TOTAL.split("/"), "307", "370", "印错", "原件", "张三", "2024-03-05")
    done = apply_corrections(there, from_rows("corrections", [line]).drop(columns="report_id"))
    assert list(grounds(done.applied, done.figures)["zeros"]) == [13]
    (finding,) = to_look_at(done.applied, done.figures).to_dict("records")
    assert finding["message"].endswith(
        "; until then 13 blanks of the table, zero by its sums as printed, count as not known"
    )
    assert finding["message_zh"].endswith("13处空白按不明计")


def test_causes_reckon_with_what_is_printed_where_a_correction_mends_nothing() -> None:
    own, applied = corrected(BROKEN, UPHELD, "306")
    (slip,) = (
        one
        for one in slips(check(own, corrections=applied), own, corrections=applied)
        if one.level == "official"
    )
    assert list(slip.would_be) == [{UPHELD: 37}, {TOTAL: 307}], "of 306, which is printed nowhere, nothing"


def test_a_correction_that_mends_a_sum_is_a_misprint() -> None:
    own, applied = corrected(BROKEN, TOTAL, "307")
    assert verdict(own, applied)[0] == Verdict.HOLDS
    assert list(grounds(applied, own)["ground"]) == [MISPRINT]


def test_of_a_picture_it_is_said_that_it_was_read_so() -> None:
    own, applied = corrected(SOUND, UPHELD, "306", "误读", method="ocr")
    found, message = verdict(own, applied)
    assert found == Verdict.UNDECIDED
    assert "As read from the picture it holds" in message
    assert list(grounds(applied, own)["ground"]) == [DOUBTED]


def test_a_correction_that_breaks_a_sum_is_a_doubt_whatever_its_reason_says() -> None:
    own, applied = corrected(SOUND, UPHELD, "306", "读错，已核对原文")
    assert verdict(own, applied)[0] == Verdict.UNDECIDED
    assert list(grounds(applied, own)["ground"]) == [DOUBTED]


def test_blanks_that_count_as_zero_hold_as_printed() -> None:
    there = {UPHELD: 307, TOTAL: 307}
    own, applied = corrected(there, TOTAL, "306")
    blank = (own["table"] == "review") & (own["value"] == 0)
    own = own.assign(state=own["state"].mask(blank, "blank"), printed=own["printed"].mask(blank, ""))
    assert verdict(own, applied)[0] == Verdict.UNDECIDED


def test_a_figure_that_could_not_be_read_proves_nothing_as_printed() -> None:
    there = figures("甲", 2023, SOUND, 0, {})
    is_meant = (there["item"] == "reconsideration") & (there["measure"] == "upheld")
    there = there.assign(printed=there["printed"].mask(is_meant, "3O7"))
    line = (None, "甲", 2023, *UPHELD.split("/"), "3O7", "306", "误读", "原件", "张三", "2024-03-05")
    done = apply_corrections(there, from_rows("corrections", [line]).drop(columns="report_id"))
    assert verdict(done.figures, done.applied)[0] == Verdict.BROKEN


def test_words_that_agree_with_what_is_printed_are_no_slip_either() -> None:
    own, applied = corrected({}, "requests/carried_out/total", "5")
    words = narratives("甲/2023.pdf", 2023, overview="本年度收到的申请均已按期办结。").assign(agency="甲")
    words = words.assign(report_id=own["report_id"].iloc[0])
    rows = of_rule(check(own, narratives=words, corrections=applied), "words.all_closed")
    assert list(rows["verdict"]) == [Verdict.UNDECIDED]
    assert list(of_rule(check(own, narratives=words), "words.all_closed")["verdict"]) == [Verdict.BROKEN]


@pytest.mark.parametrize("value", ["-3", "1.5"])
def test_a_mistyped_correction_makes_no_unsound_number_of_the_agencys(value: str) -> None:
    own, applied = corrected({}, "proactive/licences/decisions", value)
    rows = check(own, corrections=applied)
    cells = rows[rows["rule_id"].isin(["figures.non_negative", "figures.whole"])]
    assert Verdict.BROKEN not in set(cells["verdict"])
    assert Verdict.UNDECIDED in set(cells["verdict"])


def test_next_years_carry_over_is_not_broken_by_a_correction_of_this_year() -> None:
    this, applied = corrected({}, "requests/carried_out/total", "9")
    both = pd.concat([this, figures("甲", 2024, {}, 0, {})], ignore_index=True)
    rows = of_rule(check(both, corrections=applied), "requests.carry_over")
    (row,) = rows[rows["verdict"] == Verdict.UNDECIDED].to_dict("records")
    assert row["year"] == 2024
    assert "the correction by 张三" in row["message"]
    assert Verdict.BROKEN not in set(rows["verdict"])


def test_without_its_corrections_a_figure_is_what_is_printed() -> None:
    own, applied = corrected(SOUND, UPHELD, "")
    assert Figures.of(own).number(str(own["report_id"].iloc[0]), UPHELD) is None
    before = as_printed(own, applied)
    assert Figures.of(before).number(str(own["report_id"].iloc[0]), UPHELD) == 307


GRANTED = {f"requests/granted/{one}": 5 for one in ("natural_person", "total")}
SUMS = {f"requests/{row}/{one}": 5 for row in ("outcome_total", "new") for one in ("natural_person", "total")}
DOUBT = Verdict.UNDECIDED


def test_the_lines_that_one_correction_leaves_undecided_are_one_matter() -> None:
    """Each was counted by itself, in `ogi check` and on the index, as no other cause is."""
    own, applied = corrected({**GRANTED, **SUMS}, "requests/granted/total", "4")
    checks = check(own, corrections=applied)
    undecided = checks[checks["verdict"] == Verdict.UNDECIDED]
    assert sorted(undecided["rule_id"]) == ["requests.applicants", "requests.outcomes"]
    assert len([slip for slip in slips(checks, own, corrections=applied) if slip.level == DOUBT]) == 1
    assert len([slip for slip in slips(checks, own) if slip.level == DOUBT]) == 2


def test_a_line_that_is_open_for_another_cause_is_none_of_the_correction() -> None:
    own, applied = corrected({**GRANTED, **SUMS}, "requests/granted/total", "4")
    checks = check(own, corrections=applied)
    is_open = checks["rule_id"] == "requests.outcomes"
    unknown = checks.assign(left=checks["left"].mask(is_open))
    assert len([slip for slip in slips(unknown, own, corrections=applied) if slip.level == DOUBT]) == 2


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", ", of the undecided 2 by 1 correction"), ("zh", "，其中未能判定2行系更正1条所致")],
)
def test_the_check_tells_how_many_lines_a_correction_leaves_undecided(language: str, told: str) -> None:
    own, applied = corrected({**GRANTED, **SUMS}, "requests/granted/total", "4")
    checks = check(own, language, corrections=applied)
    marks = pd.DataFrame(None, checks.index, [*MARK_COLUMNS], dtype="object")
    (report,) = own["report_id"].unique()
    reports = pd.DataFrame([{"report_id": report, "agency": "甲", "year": 2023}])
    applied = grounds(applied, own)
    head = checks_text(Checked(checks, marks, applied, [], []), reports, language).splitlines()[0]
    assert head.endswith(told)
    none = checks_text(Checked(checks, marks, applied.head(0), [], []), reports, language).splitlines()[0]
    assert head == none + told


@pytest.mark.parametrize(
    ("there", "to", "said"),
    [
        (SOUND, "306", "; breaks a sum that holds without it"),
        (BROKEN, "306", "; unconfirmed: a sum holds"),
        (BROKEN, "37", ""),
    ],
)
def test_a_correction_in_doubt_is_told_with_its_doubt_where_only_what_is_broken_is_shown(
    there: dict[str, float], to: str, said: str
) -> None:
    """`ogi check --broken` told the number, and left out the line that doubts it."""
    own, applied = corrected(there, UPHELD, to)
    checks = check(own, corrections=applied)
    marks = pd.DataFrame(None, checks.index, [*MARK_COLUMNS], dtype="object")
    (report,) = own["report_id"].unique()
    reports = pd.DataFrame([{"report_id": report, "agency": "甲", "year": 2023}])
    result = Checked(checks, marks, grounds(applied, own), [], []).of_broken
    (line,) = (line for line in checks_text(result, reports, "en").splitlines() if "corrected" in line)
    assert line.partition("2024-03-05)")[2].startswith(said) if said else line.endswith("2024-03-05)")
