"""The samples' own short narrative: a few plain sentences around the figures, in several voices."""

from __future__ import annotations

from dataclasses import dataclass

from ogi import forms
from scripts.samples.simulate import Values

MADE_BY_PROJECT = "本样例由项目依据公开数字排印，文字为项目自拟，并非该机关所发布的文本。"
NOT_REPRINTED = "本样例不转载原报告关于本项的文字。"
FICTIONAL = "本样例中的机关和数字均为虚构，由项目自拟，仅供测试和演示。"

REQUESTS = (
    "{year}年新收政府信息公开申请{new}件，上年结转{carried_in}件；全年办结{outcome_total}件，结转下年度{carried_out}件。",
    "本年收到政府信息公开申请{new}件，加上上年结转{carried_in}件，已答复{outcome_total}件，另有{carried_out}件结转下年度继续办理。",
    "本年度新收申请{new}件。连同上年结转的{carried_in}件，共办结{outcome_total}件，尚有{carried_out}件结转下年度办理。",
)
NO_REQUESTS = "{year}年没有收到政府信息公开申请，也没有上年结转的申请。"
DISPUTES = (
    "因政府信息公开引起的行政复议{reconsideration}件、行政诉讼{litigation}件。",
    "本年度发生政府信息公开行政复议{reconsideration}件，行政诉讼{litigation}件。",
    "涉及政府信息公开的行政复议共{reconsideration}件，行政诉讼共{litigation}件。",
)
NO_DISPUTES = "没有发生因政府信息公开引起的行政复议和行政诉讼。"
DOCUMENTS = (
    "全年制发行政规范性文件{documents}件，均在网站专栏公布。",
    "新制发的行政规范性文件共{documents}件，印发后即上网公开。",
    "本年制发行政规范性文件{documents}件，并同步发布文字解读。",
)
PERIODS = (
    "本报告所列数据的统计期限为{year}年1月1日至{year}年12月31日。",
    "数据统计自{year}年1月1日起，至{year}年12月31日止。",
    "以下各项数据均统计自{year}年1月1日至12月31日。",
)
PROBLEMS = (
    ("答复文书的说理不够充分，公开目录更新偶有延迟。", "下一步将统一文书样式，按月核对目录，补齐缺项。"),
    ("政策解读的形式较为单一，部分栏目检索不便。", "今后将增加图表和问答形式的解读，并改进网站检索。"),
    ("经办人员轮换较快，办理经验积累不足。", "将编写办理手册，每半年组织一次业务交流。"),
    ("跨部门申请的会商用时偏长。", "拟建立会商台账，明确各环节的办理时限。"),
)
OTHER_MATTERS = (
    "本年度没有收取政府信息公开信息处理费。",
    "没有需要另行报告的事项。",
    "未收取信息处理费，也没有其他需要说明的情况。",
)

_DOCUMENTS_MADE = ("proactive/normative_documents/issued", "proactive/normative_documents/made")


@dataclass(frozen=True)
class Counts:
    """What section one tells, as the tables print it."""

    year: int
    new: float
    carried_in: float
    outcome_total: float
    carried_out: float
    reconsideration: float
    litigation: float
    documents: float | None

    @classmethod
    def of(cls, values: Values, year: int) -> Counts:
        """The counts of one report; a blank cell is told as none."""

        def number(key: str) -> float:
            value = values[key]
            return 0 if value is None else value

        review = forms.TABLES["review"]["2021"]
        cases = {i: sum(number(f"review/{i.id}/{m}") for m in review.equations[0].left) for i in review.items}
        return cls(
            year,
            number("requests/new/total"),
            number("requests/carried_in/total"),
            number("requests/outcome_total/total"),
            number("requests/carried_out/total"),
            sum(n for item, n in cases.items() if item.group is None),
            sum(n for item, n in cases.items() if item.group is not None),
            next((values[key] for key in _DOCUMENTS_MADE if key in values), None),
        )


def overview(values: Values, year: int, voice: int, real: bool) -> list[str]:
    """Section one: disclosure, requests and disputes, then where the figures come from."""
    counts = Counts.of(values, year)
    told = vars(counts)
    pending = counts.new + counts.carried_in
    requests = REQUESTS[voice % len(REQUESTS)] if pending else NO_REQUESTS
    disputed = counts.reconsideration + counts.litigation
    disputes = DISPUTES[voice % len(DISPUTES)] if disputed else NO_DISPUTES
    told_requests = requests.format(**told) + disputes.format(**told)
    if real:
        return [told_requests, MADE_BY_PROJECT]
    documents = [DOCUMENTS[voice % len(DOCUMENTS)].format(**told)] if counts.documents else []
    return [*documents, told_requests, FICTIONAL]


def period(year: int, voice: int) -> str:
    """The sentence that says which year the figures are about."""
    return PERIODS[voice % len(PERIODS)].format(year=year)


def problems(year: int, voice: int, real: bool) -> list[str]:
    """Section five: a problem and what is done about it; of a real body nothing is made up."""
    if real:
        return [NOT_REPRINTED]
    return list(PROBLEMS[(year + voice) % len(PROBLEMS)])


def other_matters(year: int, voice: int, real: bool) -> list[str]:
    """Section six; of a real body nothing is made up."""
    if real:
        return [NOT_REPRINTED]
    return [OTHER_MATTERS[(year + voice) % len(OTHER_MATTERS)]]
