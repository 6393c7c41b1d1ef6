from __future__ import annotations

from fnmatch import fnmatchcase

import pandas as pd
import pytest

from ogi import forms
from ogi.checks import check
from ogi.checks.words.mentions import mentions
from ogi.checks.words.sums import Meaning
from ogi.checks.words.vocabulary import wordings


def told(figures: pd.DataFrame, words: pd.DataFrame) -> list[dict[str, object]]:
    own = figures[["agency", "year"]].iloc[0].to_dict()
    checks = check(figures, narratives=words.assign(**{"number": "", "title": "", **own}))
    return checks[checks["rule_id"].str.startswith("told.")].to_dict("records")


def said(text: str) -> list[tuple[str, float]]:
    return [(mention.kind.id, mention.number) for mention in mentions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年新收政府信息公开申请312件，上年结转19件", [("new", 312), ("carried_in", 19)]),
        ("共受理政府信息公开申请859件", [("received", 859)]),
        ("全区收到政府信息公开申请 1,024 件", [("received", 1024)]),
        ("连同上年结转的12件，共办结政府信息公开申请258件", [("carried_in", 12), ("closed", 258)]),
        ("另有72件申请按照条例顺延到下年度答复", [("carried_out", 72)]),
        ("办结申请316件，结转下年度15件", [("closed", 316), ("carried_out", 15)]),
        (
            "申请中予以公开100件，部分公开5件，不予公开35件",
            [("granted", 100), ("partly_granted", 5), ("refused", 35)],
        ),
        ("申请中予以公开及部分公开258件", [("granted_in_full_or_part", 258)]),
        ("因本机关不掌握等原因无法提供265件", [("unavailable", 265)]),
        (
            "信息公开类行政复议7件，诉讼9件，均获维持",
            [("reconsideration", 7), ("litigation", 9), ("reconsideration", 7), ("litigation", 9)],
        ),
        ("因政府信息公开引起的行政复议1件、行政诉讼2件", [("reconsideration", 1), ("litigation", 2)]),
        ("制发规章13件，废止2件", [("regulations", 13), ("regulations", 2)]),
        ("作出行政许可决定550件", [("licences", 550)]),
    ],
)
def test_counts_of_requests_are_heard(text, expected):
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "主动公开政府信息1136条",
        "规章13件，行政规范性文件60件",
        "办理人大建议35件、政协提案20件",
        "申请中没有现成信息需要另行制作",
        "受理信访件120件",
        "申请数量较去年回落12.3%",
        "收到政府信息公开申请较上年增加12件",
        "收到申请20余件",
        "公示行政许可决定550件",
        "",
    ],
)
def test_other_things_and_differences_are_not(text):
    assert said(text) == []


def test_words_that_narrow_the_scope_are_kept():
    (mention,) = mentions("区政府办代表区政府受理政府信息公开申请17件")
    assert mention.scope == "代表区政府"


def figures(**values: float | None) -> pd.DataFrame:
    """A report of form 2021 whose total columns hold these values (by item), its other cells blank."""
    rows = []
    for editions in forms.TABLES.values():
        table = editions["2021"]
        for item, measure in table.cells():
            value = values.get(item.id.replace(".", "_")) if measure.id == "total" else None
            state = "blank" if value is None else "reported"
            rows.append((table.id, item.id, measure.id, state, value))
    frame = pd.DataFrame(rows, columns=["table", "item", "measure", "state", "value"])
    return frame.assign(report_id="a/1.html", agency="示例局", year=2023, form="2021")


def verdict(text: str, frame: pd.DataFrame, section: str = "overview") -> tuple[str, str]:
    words = pd.DataFrame({"report_id": ["a/1.html"], "section": [section], "text": [text]})
    (row,) = told(frame, words)
    return str(row["verdict"]), str(row["message"])


def test_received_may_mean_with_or_without_what_was_carried_in():
    frame = figures(new=100, carried_in=20)
    assert verdict("受理申请100件", frame)[0] == verdict("受理申请120件", frame)[0] == "holds"
    found, message = verdict("受理申请90件", frame)
    assert found == "broken"
    assert "100" in message
    assert verdict("新收申请120件", frame)[0] == "broken"


def test_words_that_agree_with_the_parts_of_a_wrong_total_are_right():
    frame = figures(reconsideration=0)
    parts = (frame["item"] == "reconsideration") & frame["measure"].isin(["upheld", "corrected"])
    frame.loc[parts, ["state", "value"]] = ["reported", 5]
    found, message = verdict("政府信息公开行政复议10件", frame)
    assert found == "holds_blank_as_zero"
    assert "结果维持 + 结果纠正" in message
    assert "signs for nothing (/, —, 无)" in message
    assert verdict("政府信息公开行政复议0件", frame)[0] == "holds"
    assert verdict("政府信息公开行政复议9件", frame)[0] == "broken"


def test_another_scope_is_no_error():
    frame = figures(new=95, carried_in=0)
    found, message = verdict("办公室代表区政府受理政府信息公开申请17件", frame)
    assert found == "undecided"
    assert "代表区政府" in message
    assert verdict("办公室代表区政府受理政府信息公开申请95件", frame)[0] == "holds"


def test_a_number_of_one_part_alone_is_named():
    frame = figures(unavailable_not_held=265, unavailable_needs_creation=47, unavailable_still_unclear=25)
    found, message = verdict("无法提供265件", frame)
    assert found == "broken"
    assert "337" in message
    assert "1.本机关不掌握相关政府信息" in message
    assert verdict("无法提供337件", frame)[0] == "holds"


def test_an_unknown_cell_decides_nothing():
    frame = figures(new=1)
    frame.loc[(frame["item"] == "outcome_total"), ["state", "value"]] = ["unreadable", None]
    assert verdict("办结申请9件", frame)[0] == "undecided"


def test_problems_and_other_sections_tell_of_other_things():
    words = pd.DataFrame({"report_id": ["a/1.html"], "section": ["problems"], "text": ["受理申请5件"]})
    assert told(figures(new=1), words) == []


@pytest.mark.parametrize("kind", wordings("kinds"), ids=lambda kind: kind.id)
def test_every_reading_names_items_of_the_forms(kind):
    for reading in map(Meaning.parse, kind.means):
        items = [item.id for edition in forms.EDITIONS for item in forms.TABLES[reading.table][edition].items]
        assert all(any(fnmatchcase(item, name) for item in items) for name in (*reading.items, *reading.less))


def test_the_counts_of_shanghai_2019(shared_reports):
    """Of thirteen counts told, eleven fit; 258 is natural persons alone, 265 one row of the group."""
    from ogi import tables
    from ogi.extract import read_report

    frames = tables.frames([tables.alone(read_report(shared_reports / "shanghai-office-2019.html"))])
    rows = told(frames["figures"], frames["narratives"])
    broken = {row["left"]: row["message"] for row in rows if row["verdict"] == "broken"}
    assert len(rows) == 13
    assert set(broken) == {258, 265}
    assert "（一）予以公开 / 自然人" in broken[258]
    assert "1.本机关不掌握相关政府信息" in broken[265]


def test_of_several_readings_that_fit_the_first_is_named():
    frame = figures(new=100, carried_in=0)
    words = pd.DataFrame({"report_id": ["a/1.html"], "section": ["overview"], "text": ["受理申请100件"]})
    (row,) = told(frame, words)
    assert (row["verdict"], row["cells"]) == ("holds", ["requests/new/total"])
    assert "一、本年新收政府信息公开申请数量 = 100" in row["message"]


def test_what_is_new_is_a_request_only_where_requests_are_told_of() -> None:
    assert said("全年新增政府信息公开申请120件") == [("new", 120)]
    assert said("全年新增规范性文件120件") == []
    assert said("新收政府信息公开申请120条") == [("new", 120)]
    assert said("新收政府信息120条") == [], "items of information are counted so"


def test_a_number_of_one_kind_of_applicants_is_held_against_their_column() -> None:
    frame = figures(new=20)
    frame.loc[(frame["item"] == "new") & (frame["measure"] == "natural_person"), ["state", "value"]] = [
        "reported",
        12,
    ]
    found = [verdict(f"收到自然人政府信息公开申请{number}件", frame)[0] for number in (12, 20)]
    assert found == ["holds", "broken"]
