"""Each rule of the catalogue has a sample that breaks it and one that keeps it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

import pandas as pd
import pytest

from ogi.checks import RULES, THEMES, check, rule_name
from ogi.checks.cells import _rows_named
from ogi.checks.misfiled import set_apart
from ogi.checks.words.sums import Meaning
from ogi.checks.words.vocabulary import Wording, wordings
from ogi.checks.years import _comparable, is_named
from ogi.columns import CELLS
from ogi.extract.report import Severity
from ogi.forms import EDITIONS, SECTIONS, TABLES
from ogi.said import LANGUAGES, packaged
from ogi.tables import from_rows
from tests.checks.made import (
    Cell,
    catalogue,
    findings,
    narratives,
    no_findings,
    of_rule,
    reports,
    sound_cells,
    whole,
)

Cells = dict[str, Cell]
MESSAGES = packaged("ogi.checks", "messages.yaml")


@dataclass(frozen=True)
class Case:
    """What breaks a rule and what keeps it: cells of the reports on 2022 and 2023, or other frames."""

    breaks: dict[str, Any] = field(default_factory=dict)
    keeps: dict[str, Any] = field(default_factory=dict)
    edition: str = "2021"


def given(told: dict[str, Any], edition: str) -> dict[str, Any]:
    """The arguments of `check`: two years, sound but for `last` and `this`; `again`: a second file."""
    rest = {name: value for name, value in told.items() if name not in ("last", "this", "again")}
    figures = [whole(told.get("last"), year=2022, edition=edition), whole(told.get("this"), edition=edition)]
    if "again" in told:
        figures.append(whole(told["again"], edition=edition, name="a/again.pdf"))
    return {"figures": pd.concat(figures, ignore_index=True), **rest}


def said(section: str, broken: str, kept: str, edition: str = "2021") -> Case:
    words = [{"narratives": narratives(**{section: text})} for text in (broken, kept)]
    return Case(*words, edition)


def without(section: str) -> pd.DataFrame:
    told = narratives()
    return told[told["section"] != section]


def renumbered(section: str, number: str) -> pd.DataFrame:
    told = narratives()
    return told.assign(number=told["number"].mask(told["section"] == section, number))


def retitled(section: str, title: str) -> pd.DataFrame:
    told = narratives()
    return told.assign(title=told["title"].mask(told["section"] == section, title))


def swapped() -> pd.DataFrame:
    return narratives().iloc[[0, 1, 3, 2, 4, 5]]


def edition_of(kind: Wording) -> str:
    """An edition whose tables have what the kind counts."""
    meaning = Meaning.parse(kind.means[0])
    is_new = any(fnmatchcase(i.id, meaning.items[0]) for i in TABLES[meaning.table]["2021"].items)
    return "2021" if is_new else "2019"


def counted(kind: Wording) -> int:
    """What the sound report's tables give for a kind: each part is 1, a row of requests adds up to 6."""
    meaning = Meaning.parse(kind.means[0])
    measure = next(iter(meaning.measures), "issued" if meaning.table == "proactive" else "total")
    names = [f"{item}/{measure}" for item in meaning.items]
    cells = sound_cells(meaning.table, edition_of(kind)).items()
    return int(sum(float(v or 0) for cell, v in cells if any(fnmatchcase(cell, name) for name in names)))


def phrased(kind: Wording) -> str:
    """The example of a kind in a sentence on requests, {} where its number stands."""
    lead = "政府信息公开申请中，" if kind.means[0].startswith("requests") else "因政府信息公开，"
    lead = "" if kind.means[0].startswith("proactive") else lead
    return lead + re.sub(r"\d[\d.]*(?=万?[件元个]\D*$)", "{}", kind.example.replace("上年", "2022年"))


TOLD = {kind.id: (phrased(kind), counted(kind), edition_of(kind)) for kind in wordings("kinds")}
"""Kind → words, the number that the sound report's tables give, and their edition."""
WRONG = 977

FEE = "proactive/fees/amount"
UNPAID = "requests/other.fee_unpaid/total"
CASES = {
    "requests.balance": Case({"this": {"requests/new/business": 30}}),
    "requests.outcomes": Case({"this": {"requests/granted/business": 30}}),
    "requests.applicants": Case({"this": {"requests/granted/total": 30}}),
    "review.results": Case({"this": {"review/reconsideration/total": 0}}),
    "requests.carry_over": Case({"this": {"requests/carried_in/research": 9}}),
    "proactive.items_last_year": Case(
        {"last": {"proactive/licences/change": -3}},
        {
            "last": {"proactive/licences/change": -1},
            "this": {"proactive/licences/items_last_year": 0},
        },
        "2019",
    ),
    "proactive.in_force": Case(
        {"this": {"proactive/regulations/in_force": 9}},
        {"this": {"proactive/regulations/in_force": 9, "proactive/regulations/issued": 9}},
    ),
    "figures.non_negative": Case(
        {"this": {"proactive/licences/decisions": -1}}, {"this": {"proactive/fees/change": -1}}, "2019"
    ),
    "figures.whole": Case({"this": {"review/reconsideration/pending": 1.5}}, {"this": {FEE: 1.5}}),
    "figures.complete": Case(
        {"findings": no_findings(), "this": {"review/reconsideration/pending": None}},
        {"findings": no_findings()},
    ),
    "figures.sudden_change": Case(
        {"this": {"proactive/licences/decisions": 101}, "last": {"proactive/licences/decisions": 20}},
        {"this": {"proactive/licences/decisions": 100}, "last": {"proactive/licences/decisions": 20}},
    ),
    "figures.same_year": Case({"again": {FEE: 7}}, {"again": {}}),
    "agency.name": Case(
        {"reports": reports("甲市乙局", "甲市丙局")}, {"reports": reports("甲市乙局", "乙局")}
    ),
    "sections.present": Case({"narratives": without("problems")}, {"narratives": narratives()}),
    "sections.order": Case({"narratives": swapped()}, {"narratives": narratives()}),
    "sections.numbers": Case(
        {"narratives": renumbered("review", "五")}, {"narratives": renumbered("review", "4")}
    ),
    "sections.titles": Case(
        {"narratives": retitled("review", "政府信息公开行政法复议、行政诉讼情况")},
        {"narratives": retitled("problems", "存在主要问题和改进情况")},
    ),
    "sections.problems": said("problems", "暂无。", "人手不足，下一步将增加人手。"),
    "sections.template": said("other", "（文字描述）", "（文字描述）本年度收取信息处理费20元。"),
    "words.leftovers": said("overview", "××局共公开信息20条。", "二○○八年以来共公开信息20条。"),
    "words.all_closed": Case(
        {"narratives": narratives(overview="所收申请已全部办结。")},
        {
            "narratives": narratives(overview="所收申请已全部办结。"),
            "this": {"requests/carried_out/total": 0},
        },
    ),
    "words.fee_notices": said(
        "other", "本年度未发出信息处理费收费通知。", "发出收费通知8件，收取信息处理费。"
    ),
    "dates.period": said(
        "overview",
        "本报告数据的统计期限为2022年1月1日至12月31日。",
        "数据统计自2023年1月1日起，至 2023 年12月31日止。",
    ),
    "dates.published": Case({"catalogue": catalogue("2024-02-01")}, {"catalogue": catalogue("2024-01-31")}),
    **{
        f"told.{kind}": said("overview", f"{words.format(WRONG)}。", f"{words.format(number)}。", edition)
        for kind, (words, number, edition) in TOLD.items()
    },
}


def test_every_rule_has_its_samples() -> None:
    # Each sample is an agency of its rule's name; whom a folder is named for has a test of its own.
    assert {*CASES, "agency.folder"} == set(RULES)


@cache
def judged(language: str, is_broken: bool) -> pd.DataFrame:
    """All samples that break, or that keep, a rule, each as an agency of that name, checked at once."""
    frames: dict[str, list[pd.DataFrame]] = {}
    for rule_id, case in CASES.items():
        for name, frame in given(case.breaks if is_broken else case.keeps, case.edition).items():
            own = frame.assign(agency=rule_id)
            if "report_id" in own:
                own["report_id"] = rule_id + own["report_id"].str[1:]
            frames.setdefault(name, []).append(own)
    whole_frames = {name: pd.concat(parts, ignore_index=True) for name, parts in frames.items()}
    checks = check(language=language, **whole_frames)
    return checks[checks["agency"] == checks["rule_id"]]


@pytest.mark.parametrize("rule_id", CASES)
def test_a_rule_is_broken_by_its_one_sample_and_kept_by_the_other(rule_id: str) -> None:
    broken, kept = (of_rule(judged("en", is_broken), rule_id) for is_broken in (True, False))
    assert "broken" in set(broken["verdict"]), broken["message"].tolist()
    assert set(kept["verdict"]) == {"holds"}, kept["message"].tolist()
    wrong = broken[broken["verdict"] == "broken"]
    assert set(wrong["severity"]) == {RULES[rule_id].severity}
    assert set(broken["official"]) == {RULES[rule_id].official}
    assert wrong["difference"].notna().all()
    assert (wrong["difference"] != 0).all()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule_id", CASES)
def test_every_message_is_one_sentence_filled_in(rule_id: str, language: str) -> None:
    for is_broken in (True, False):
        messages = of_rule(judged(language, is_broken), rule_id)["message"]
        assert not messages.str.contains(r"[{}]|nan|None|\n").any(), messages.tolist()
        assert messages.str.endswith(("." if language == "en" else "。", "”")).all(), messages.tolist()


# --- the catalogue ----------------------------------------------------------------------------------


def test_a_rule_is_told_in_both_languages() -> None:
    for rule in RULES.values():
        assert rule.theme in THEMES
        assert rule.severity in Severity
        assert rule_name(rule.id, "zh") == rule.zh != rule.en == rule_name(rule.id, "en")
    assert (
        len({rule.zh for rule in RULES.values()}) == len({rule.en for rule in RULES.values()}) == len(RULES)
    )


@pytest.mark.parametrize("rule", MESSAGES)
def test_a_message_tells_the_same_in_both_languages(rule: str) -> None:
    for told in MESSAGES[rule].values():
        assert set(told) == {"en", "zh"}
        places = [set(re.findall(r"\{(\w+)\}", text)) for text in told.values()]
        assert places[0] == places[1]


def test_every_message_is_of_a_rule() -> None:
    shared = {"sums", "explained", "kinds", "corrected", "unsure", "told", "reasons", "marked"}
    own = {rule.id for rule in RULES.values() if rule.equation is None and rule.theme != "told"}
    assert set(MESSAGES) == shared | own


def test_the_sums_of_the_forms_are_rules_and_they_alone_are_official() -> None:
    equations = {r for forms in TABLES.values() for table in forms.values() for r in table.equations}
    official = {rule.id: (rule.zh, rule.en) for rule in RULES.values() if rule.official}
    assert official == {rule.id: (rule.zh, rule.en) for rule in equations}


def test_what_is_not_given_leaves_out_the_rules_that_need_it() -> None:
    figures = given({}, "2021")["figures"]
    themes = {RULES[rule_id].theme for rule_id in check(figures)["rule_id"]}
    assert themes == {"sums", "cells", "years"}
    assert "figures.complete" not in set(check(figures)["rule_id"])
    frames = {
        "narratives": narratives(),
        "reports": reports("甲", "甲"),
        "findings": no_findings(),
        "catalogue": catalogue("2024-01-01"),
    }
    everything = check(figures, **frames)
    assert {RULES[rule_id].theme for rule_id in everything["rule_id"]} >= {"sections", "words", "dates"}
    assert set(everything["verdict"]) == {"holds"}


# --- a doubt of ours is no error of the agency's ------------------------------------------------------


@pytest.mark.parametrize(("confidence", "verdict"), [(0.89, "undecided"), (0.9, "broken"), (1.0, "broken")])
def test_a_sum_over_a_badly_read_cell_is_undecided(confidence: float, verdict: str) -> None:
    figures = whole({"review/reconsideration/upheld": 5}).assign(method="ocr", confidence=1.0)
    upheld = (figures["item"] == "reconsideration") & (figures["measure"] == "corrected")
    figures.loc[upheld, "confidence"] = confidence
    row = of_rule(check(figures), "review.results").iloc[0]
    assert row["verdict"] == verdict
    assert ("little confidence" in row["message"]) == (verdict == "undecided")


def test_a_badly_read_cell_does_no_harm_where_the_sum_holds() -> None:
    figures = whole().assign(method="ocr", confidence=0.3)
    assert set(of_rule(check(figures), "review.results")["verdict"]) == {"holds"}


@pytest.mark.parametrize(
    ("finding", "verdict"),
    [
        (("label_unknown", "review"), "undecided"),
        (("head_strange", None), "undecided"),
        (("label_unknown", "requests"), "broken"),
        (("label_misspelt", "review"), "broken"),
    ],
)
def test_a_sum_beside_what_was_not_understood_is_undecided(
    finding: tuple[str, str | None], verdict: str
) -> None:
    figures = whole({"review/reconsideration/upheld": 5})
    checks = check(figures, findings=findings(finding))
    assert of_rule(checks, "review.results")["verdict"].iloc[0] == verdict


@pytest.mark.parametrize(
    ("finding", "method", "verdict"),
    [
        (("label_unknown", "requests"), "pdf", "undecided"),
        (("reader_note", None), "pdf", "undecided"),
        (("label_misspelt", "requests"), "ocr", "undecided"),
        (("label_misspelt", "requests"), "pdf", "broken"),
    ],
)
def test_a_missing_row_is_the_agencys_only_where_all_else_was_understood(
    finding: tuple[str, str | None], method: str, verdict: str
) -> None:
    missing = {f"requests/other.other/{m.id}": None for m in TABLES["requests"]["2021"].measures}
    figures = whole(missing).assign(method=method, confidence=1.0)
    rows = of_rule(check(figures, findings=findings(finding)), "figures.complete")
    row = rows[rows["cells"].map(len) > 0].iloc[0]
    assert row["verdict"] == verdict
    assert row["cells"] == list(missing)
    assert (row["left"], row["right"]) == (168, 175)


def test_a_row_missing_from_a_table_without_lines_may_be_our_own_loss() -> None:
    missing = {f"requests/other.other/{m.id}": None for m in TABLES["requests"]["2021"].measures}
    figures = whole(missing).assign(confidence=0.95)
    rows = of_rule(check(figures, findings=no_findings()), "figures.complete")
    assert sorted(rows["verdict"]) == ["holds", "holds", "undecided"]


def test_a_whole_table_that_was_not_found_is_undecided() -> None:
    missing: Cells = {f"review/{i.id}/{m.id}": None for i, m in TABLES["review"]["2021"].cells()}
    rows = of_rule(check(whole(missing), findings=no_findings()), "figures.complete")
    assert list(rows["verdict"]) == ["holds", "holds", "undecided"]


@pytest.mark.parametrize(("doubt", "verdict"), [("reader_note", "undecided"), ("label_misspelt", "broken")])
def test_what_no_reader_could_read_may_hold_a_section(doubt: str, verdict: str) -> None:
    told = without("problems")
    checks = check(whole(), narratives=told, findings=findings((doubt, None)))
    assert list(of_rule(checks, "sections.present")["verdict"]) == [verdict]


def test_no_section_at_all_says_nothing() -> None:
    checks = check(whole(), narratives=narratives().iloc[:0])
    assert not checks["rule_id"].str.startswith(("sections.", "words.", "told.", "dates.")).any()


# --- grades and guards --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last", "this", "severity"),
    [(6, 4, "note"), (6, 8, "note"), (6, 9, "warning"), (100, 104, "note"), (100, 106, "warning")],
)
def test_a_carry_over_is_graded_by_size(last: float, this: float, severity: str) -> None:
    cells = {"requests/carried_out/total": last}, {"requests/carried_in/total": this}
    checks = check(pd.concat([whole(cells[0], year=2022), whole(cells[1])], ignore_index=True))
    broken = of_rule(checks[checks["verdict"] == "broken"], "requests.carry_over")
    assert list(broken["severity"]) == [severity]


@pytest.mark.parametrize(
    ("last", "this", "is_sudden"),
    [
        (3, 19, False),
        (3, 20, True),
        (0, 19, False),
        (0, 20, True),
        (100, 20, False),
        (100, 19, True),
        (19, "", False),
    ],
)
def test_small_numbers_and_blanks_are_not_sudden(last: Cell, this: Cell, is_sudden: bool) -> None:
    cell = "proactive/penalties/decisions"
    figures = pd.concat(
        [whole({cell: last}, year=2022, edition="2019"), whole({cell: this})], ignore_index=True
    )
    rows = of_rule(check(figures), "figures.sudden_change")
    assert (["2022:" + cell, "2023:" + cell] in list(rows["cells"])) == is_sudden


def test_series_breaks_are_not_sudden() -> None:
    last = {"proactive/fees/items_last_year": 500.0, "requests/other/total": 6.0}
    figures = pd.concat([whole(last, year=2022, edition="2019"), whole()], ignore_index=True)
    rows = of_rule(check(figures), "figures.sudden_change")
    assert set(rows["verdict"]) == {"holds"}


def test_two_files_on_one_year_name_the_cells_that_differ() -> None:
    figures = pd.concat([whole(), whole({FEE: 7, UNPAID: ""}, name="a/again.pdf")], ignore_index=True)
    rows = of_rule(check(figures), "figures.same_year").set_index("verdict")
    broken = rows.loc["broken"]
    assert list(broken["report_id"]) == ["a/again.pdf"] * 2
    assert list(broken["cells"]) == [[FEE], [UNPAID]]
    assert "here as again.pdf : 2023.pdf: " in broken["message"].iloc[0]
    assert "7 : 1" in broken["message"].iloc[0]
    assert rows.loc["holds", "left"] == 0


def test_a_renamed_agency_is_told_once() -> None:
    names = reports("甲市乙局", "甲市乙局", "甲市丙局", "甲市丙局", first=2020)
    rows = of_rule(check(whole(), reports=names), "agency.name")
    assert list(zip(rows["year"], rows["verdict"], strict=True)) == [
        (2023, "holds"),
        (2021, "holds"),
        (2022, "broken"),
    ]
    assert list(zip(rows["left"], rows["right"], strict=True)) == [(1, 1), (1, 1), (2, 1)]


def test_two_files_on_one_year_are_no_renaming() -> None:
    """The second of two files was held against the first, as if a year had passed."""
    both = reports("甲市乙局", "甲市丙局").assign(year=2023)
    assert of_rule(check(whole(), reports=both), "agency.name").empty
    before = reports("甲市丙局").assign(year=2022, report_id="before.pdf")
    rows = of_rule(check(whole(), reports=pd.concat([before, both])), "agency.name")
    told = dict(zip(rows["message"].str.partition(",")[0], rows["verdict"], strict=True))
    assert told == {
        "The title names 甲市乙局; that of 2022 named 甲市丙局.": "broken",
        "The title names 甲市丙局": "holds",
    }
    after = reports("甲市丁局").assign(year=2024, report_id="after.pdf")
    (row,) = of_rule(check(whole(), reports=pd.concat([both, after])), "agency.name").to_dict("records")
    assert "named 甲市乙局, 甲市丙局" in row["message"]


@pytest.mark.parametrize(
    ("folder", "title", "verdicts"),
    [
        ("虚构市气象局", "示例市人民政府办公室", ["broken"]),
        ("虚構市氣象局", "虚构市气象局", ["holds"]),
        ("云溪区人民政府", "东岭市云溪区人民政府", ["holds"]),
        ("示例区城市管理局", "示例区综合行政执法局", ["undecided"]),
        ("示例区城市管理局", "示例县卫生健康局", ["broken"]),
        ("示例市民政局", "示例縣衛生健康局", ["undecided"]),
        ("示例市教育局", "示例市公安局", ["broken"]),
        ("示例区人社局", "示例区人力资源和社会保障局", ["holds"]),
        ("高新技术开发区管委会", "经济技术开发区管委会", ["undecided"]),
        ("示例市", "示例市教育局", ["holds"]),
        ("inbox", "示例市人民政府办公室", []),
        ("虚构市气象局", None, []),
    ],
)
def test_only_what_is_surely_another_agency_is_filed_wrongly_and_what_may_be_is_open(
    folder: str, title: str | None, verdicts: list[str]
) -> None:
    names = reports("").assign(agency=folder, printed_agency=title)
    rows = of_rule(check(whole(), reports=names), "agency.folder")
    assert list(rows["verdict"]) == verdicts


@pytest.mark.parametrize(
    ("agency", "title", "is_its"),
    [
        ("示例市教育局", "示例市 教育局", True),
        ("示例市教育局", "示例市敎育局", True),
        ("示例市財政局", "示例市财政局", True),
        ("示例市教育局", "示例市公安局", False),
    ],
)
def test_whom_a_title_names_is_known_by_its_plain_name(agency: str, title: str, is_its: bool) -> None:
    assert is_named(agency, title) == is_its


@pytest.mark.parametrize("mark", [None, "confirmed", "explained"])
def test_no_report_is_held_against_one_that_is_surely_another_agencys(mark: str | None) -> None:
    """A letter asked an agency why it carried in what another one had not carried over."""
    agency, other = "示例市教育局", "示例市公安局"
    both = pd.concat([whole({"requests/carried_out/total": 40}, year=2022), whole(year=2023)])
    rows = [] if mark is None else [(agency, 2022, "agency.folder", [], mark, "merged", "W", "2024-03-05")]
    tables = {
        "figures": both.assign(agency=agency).reset_index(drop=True),
        "reports": reports(other, agency).assign(agency=agency, folder=agency),
    }
    checks = check(**set_apart(tables, from_rows("review_marks", rows)))
    is_compared = mark == "explained"
    assert (len(of_rule(checks, "requests.carry_over")) > 0) == is_compared
    assert (len(of_rule(checks, "agency.name")) > 0) == is_compared
    assert list(of_rule(checks, "agency.folder")["verdict"]) == ["broken", "holds"]


def test_of_many_rows_the_first_are_named_and_of_few_all() -> None:
    table = TABLES["proactive"][EDITIONS[-1]]
    lacking = [f"proactive/{item.id}/x" for item in table.items]
    few = _rows_named(table, lacking[:3])
    assert not few.endswith("…")
    assert _rows_named(table, lacking[:4]) == f"{few}…"


def test_of_a_row_with_a_total_the_total_alone_is_compared_with_the_year_before() -> None:
    table = TABLES["requests"][EDITIONS[-1]]
    cells = {CELLS[column] for column in _comparable(table, table)}
    assert "requests/new/total" in cells
    assert not any(cell.endswith("/natural_person") for cell in cells)


# --- words --------------------------------------------------------------------------------------------


def verdicts(rule_id: str, section: str, text: str) -> list[str]:
    return list(of_rule(check(whole(), narratives=narratives(**{section: text})), rule_id)["verdict"])


def test_words_in_traditional_characters_are_held_against_the_tables_too() -> None:
    words = narratives(overview="全年收到信息公開申請7件，已答復信息公開申請126件。")
    told = check(whole(), narratives=words)
    assert list(of_rule(told, "told.received")["verdict"]) == ["broken"]
    assert list(of_rule(told, "told.closed")["verdict"]) == ["holds"]
    assert verdicts("words.all_closed", "overview", "信息公開申請均按期辦結。") == ["broken"]


@pytest.mark.parametrize(
    "text",
    [
        "详见www.xx.gov.cn/XX/a",
        "二○○九年印发",
        "甲、乙两局",
        "WX公众号",
        "（无）",
        "Excel表格",
        "X光",
        "王××不服",
        "3×5米",
    ],
)
def test_what_only_looks_like_a_blank_is_no_leftover(text: str) -> None:
    assert verdicts("words.leftovers", "overview", text) == ["holds"]


@pytest.mark.parametrize(
    "text",
    [
        "20XX年",
        "××局",
        "XXX件",
        "（单位名称）",
        "请填写本年数据",
        "〔 〕",
        "____件",
        "共xx件",
        "（不少于200字）",
        "201X年",
        "收到申请X件",
        "【请根据实际情况填写】",
        "［单位全称］",
    ],
)
def test_what_a_template_leaves_is_found(text: str) -> None:
    assert verdicts("words.leftovers", "overview", f"本年度{text}，工作有序。") == ["broken"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("受理申请20件，均按期办结。", ["broken"]),
        ("收到申请20件，已全部答复。", ["broken"]),
        ("申请办结率达100%。", []),
        ("收到申请20件，均未逾期。", []),
        ("应于本年办结的申请全部办结。", ["undecided"]),
        ("20件申请全部答复。", ["undecided"]),
        ("网上申请全部办结。", ["undecided"]),
        ("2022年的申请全部办结。", ["undecided"]),
        ("所有申请均按期办结。6件结转下年度。", ["undecided"]),
        ("收到申请20件，其余全部办结，6件结转下年度。", ["undecided"]),
        ("本级收到申请20件，全部办结。", ["undecided"]),
        ("收到申请20件，均在法定期限内予以答复。", ["broken"]),
        ("收到申请20件，其中网上申请5件、信函申请15件，皆已书面答复申请人。", ["broken"]),
        ("收到的20件申请悉数办理完毕。", ["broken"]),
        ("上年结转申请3件，均已答复。", ["undecided"]),
        ("收到申请20件，答复14件，均按期答复。", ["undecided"]),
        ("收到申请20件，均维持原答复。", []),
        ("收到申请20件，均未答复。", []),
        ("收到申请20件。办理建议提案30件，全部办结。", []),
    ],
)
def test_all_closed_means_requests_and_nothing_carried_over(text: str, expected: list[str]) -> None:
    assert verdicts("words.all_closed", "overview", text) == expected


@pytest.mark.parametrize(
    ("text", "unpaid", "expected"),
    [
        ("发出收费通知3件。", 6, ["broken"]),
        ("发出收费通知6件。", 6, ["holds"]),
        ("未发出收费通知。", 0, ["holds"]),
        ("未发出收费通知。", "?", []),
        ("收费通知的件数和总金额均为0。", 6, ["broken"]),
        ("收费通知的件数和总金额均为零。", 6, ["broken"]),
        ("收费通知件数：6件。", 6, ["holds"]),
        ("发出收费通知十件。", 6, ["holds"]),
        ("收费通知数量为1，金额为0.05万元。", 6, ["broken"]),
        ("收费通知数量为6，金额为0.05万元。", 6, ["holds"]),
        ("2022年发出收费通知0件。", 6, []),
        ("未产生信息处理费。", 6, ["undecided"]),
        ("未收取信息处理费。", 6, []),
    ],
)
def test_fee_notices_are_held_against_unpaid_fees(text: str, unpaid: Cell, expected: list[str]) -> None:
    checks = check(whole({UNPAID: unpaid}), narratives=narratives(other=text))
    assert list(of_rule(checks, "words.fee_notices")["verdict"]) == expected


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("无", "broken"),
        ("本单位2023年度不存在突出问题。", "broken"),
        ("（一）存在的主要问题\n（二）改进措施", "broken"),
        ("", "broken"),
        ("（一）存在的主要问题：无。（二）改进措施：无。", "broken"),
        ("2023年，我局政府信息公开工作不存在主要问题。", "broken"),
        ("无存在的主要问题及改进情况。", "broken"),
        ("一、存在的主要问题 无 二、改进情况 无", "broken"),
        ("本机关2023年度政府信息公开工作未发现问题。", "broken"),
        ("详见附件。", "broken"),
        ("未发现重大问题，但个别栏目更新滞后，下一步将定期检查。", "holds"),
        ("（一）主要问题：人手不足。\n（二）改进措施：配备专人。", "holds"),
        ("无专职人员，业务水平有待提高。", "holds"),
        ("没有形成统一的机制，人员不足。", "holds"),
        ("（一）主要问题\n一是目录更新仍需进一步加快。", "holds"),
    ],
)
def test_the_section_on_problems_must_say_something(text: str, verdict: str) -> None:
    assert verdicts("sections.problems", "problems", text) == [verdict]


def test_headings_that_return_in_an_appendix_do_no_harm() -> None:
    told = narratives()
    again = told.iloc[[2]].assign(number="一")
    checks = check(whole(), narratives=pd.concat([told, again]))
    held = checks[checks["rule_id"].str.startswith("sections.")]
    assert set(held["verdict"]) == {"holds"}
    assert len(held) == 6


def test_a_section_without_a_number_is_not_wrongly_numbered() -> None:
    checks = check(whole(), narratives=renumbered("review", ""))
    row = of_rule(checks, "sections.numbers").iloc[0]
    assert (row["verdict"], row["left"], row["right"]) == ("holds", len(SECTIONS) - 1, len(SECTIONS) - 1)


# --- dates --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("统计期限为2023年1月1日至2022年12月31日。", ["broken"]),
        ("统计期限为2023年1月1日至2023年11月30日。", ["broken"]),
        ("本年报数据自２０２３年1月1日起至当年12月31日止。", ["holds"]),
        ("统计期限为2023年01月01日至2023年12月31日。", ["holds"]),
        ("统计期限：2023.1.1-2023.12.31", ["holds"]),
        ("统计期限：2022.01.01-2022.12.31", ["broken"]),
        ("统计期限：2023-01-01至2023-12-31", ["holds"]),
        ("统计期限：2022-01-01至2022-12-31", ["broken"]),
        ("统计期限自2023年1月至2023年12月。", ["holds"]),
        ("统计期限自2022年1月至2022年12月。", ["broken"]),
        ("统计期限为二〇二三年一月一日至十二月三十一日。", ["holds"]),
        ("统计期限为二○二二年一月一日至十二月三十一日。", ["broken"]),
        ("统计期限从2022年1月1日开始，到2022年12月31日为止。", ["broken"]),
        ("统计期限为2023年1月1日零时至2023年12月31日24时。", ["holds"]),
        ("数据统计期限自2022年1月1日至\n2022年12月31日止。", ["broken"]),
        ("专项行动自2022年3月1日至2022年5月1日开展。", []),
        ("数据较2022年有所增长。", []),
    ],
)
def test_only_the_period_of_the_figures_is_judged(text: str, expected: list[str]) -> None:
    assert verdicts("dates.period", "overview", text) == expected


@pytest.mark.parametrize(
    ("period", "told"),
    [
        ("2023年1月1日至11月30日", "ends on 2023-11-30: that is not the whole of 2023"),
        ("2023年1月1日至2024年1月15日", "ends on 2024-01-15: that is not the whole of 2023"),
        ("2022年12月1日至2023年11月30日", "begins on 2022-12-01 and ends on 2023-11-30"),
        ("2022年1月1日至12月31日", "but the report is on 2023"),
    ],
)
def test_a_period_that_begins_or_ends_on_another_day_is_told_as_that(period: str, told: str) -> None:
    words = narratives(overview=f"本报告数据的统计期限为{period}。")
    (row,) = of_rule(check(whole(), narratives=words), "dates.period").to_dict("records")
    assert row["verdict"] == "broken"
    assert told in row["message"]


@pytest.mark.parametrize(
    ("section", "title", "is_mistyped"),
    [
        ("review", "政府信息公开行政法复议、行政诉讼情况", True),
        ("requests", "收到和处理政府信息公开申情况", True),
        ("overview", "总休情况", True),
        ("overview", "整体情况", False),
        ("overview", "2023年总体情况", False),
        ("problems", "存在的主要问题及改进措施", False),
        ("requests", "收到和处理的政府信息公开申请情况", False),
        ("other", "其他需报告的事项", False),
    ],
)
def test_a_title_with_another_sign_is_mistyped(section: str, title: str, is_mistyped: bool) -> None:
    checks = check(whole(), narratives=retitled(section, title))
    (row,) = of_rule(checks, "sections.titles").to_dict("records")
    assert (row["verdict"] == "broken") == is_mistyped
    assert row["severity"] == "note"


@pytest.mark.parametrize(
    ("section", "title", "expected"),
    [
        ("overview", "2022年总体情况", ["broken"]),
        ("overview", "2023年总体情况", ["holds"]),
        ("problems", "存在的主要问题及2024年改进措施", []),
        ("review", "2024年行政复议、行政诉讼情况", ["broken"]),
    ],
)
def test_a_heading_may_name_the_next_year_only_to_look_ahead(
    section: str, title: str, expected: list[str]
) -> None:
    told = retitled(section, title)
    assert list(of_rule(check(whole(), narratives=told), "dates.period")["verdict"]) == expected


@pytest.mark.parametrize(
    ("day", "kind", "more", "verdict", "late"),
    [
        ("2024-03-31", "government", {}, "holds", 0),
        ("2024-04-02", "government", {}, "broken", 2),
        ("2024-01-21", "township", {"deadline": "2024-01-20"}, "broken", 1),
        ("2024-02-10", "department", {"deadline": "2024-02-15"}, "holds", -5),
        ("2024-02-10", "university", {}, "not_applicable", None),
    ],
)
def test_the_deadline_depends_on_the_kind_of_agency(
    day: str, kind: str, more: dict[str, str], verdict: str, late: float | None
) -> None:
    rows = of_rule(check(whole(), catalogue=catalogue(day, kind, **more)), "dates.published")
    assert list(rows["verdict"]) == [verdict]
    if late is None:
        assert rows["difference"].isna().all()
    else:
        assert list(rows["difference"]) == [late]


def test_an_agency_of_no_kind_has_no_deadline() -> None:
    told = catalogue("2024-02-10").assign(kind=None)
    (row,) = of_rule(check(whole(), catalogue=told), "dates.published").to_dict("records")
    assert row["verdict"] == "not_applicable"
    assert "None" not in row["message"]


def test_a_kind_without_a_deadline_is_told_by_its_name_in_each_language() -> None:
    """The page said 未设定government_office类机关的公布期限."""
    told = catalogue("2024-01-20", "government_office")
    (row,) = of_rule(check(whole(), catalogue=told), "dates.published").to_dict("records")
    assert row["message"].endswith("for agencies of the kind Office of a people's government.")
    assert row["message_zh"].endswith("“政府办公机构”类机关未设公布期限。")


def test_a_report_whose_day_is_not_known_is_not_judged() -> None:
    assert of_rule(check(whole(), catalogue=catalogue(None)), "dates.published").empty
    assert of_rule(check(whole(year=2022), catalogue=catalogue("2024-01-01")), "dates.published").empty
