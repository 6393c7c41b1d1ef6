"""The words beside a count: which of them name what is counted, which narrow it, which say nothing of it.

A count is held against the tables only where every word beside it is understood: each is found in one of the
tables below, or in the words of a kind. What is left over may narrow what is counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ogi.checks.kinds import KINDS, Told
from ogi.forms import TABLES
from ogi.forms.requests import APPLICANTS, ORGANISATIONS

LAST, THIS, NEXT, OTHER = "上年", "本年", "下年", "他年"
"""How a year is told beside the report's own; another year is OTHER."""
_YEARS = (
    (THIS, r"今年|本年度?|当年度?|(?:本)?报告(?:期内?|年度)"),
    (LAST, r"上一?年度?|去年度?|前一年度?"),
    (NEXT, r"下一?年度?|次年度?|明年度?|来年|翌年"),
    (
        OTHER,
        r"前年|往年|历年|近年来?|近[一二两三四五六七八九十\d]{1,3}年|[一二两三四五六七八九十\d]{1,3}年(?:来|间)",
    ),
)
_YEAR = re.compile(r"(20\d\d)(?:年度?|(?=[、和至到—～~-]+20\d\d年))", re.ASCII)
_DAYS = re.compile(r"\d{1,2}月\d{1,2}日|(?<!\d)1月?[-—–~～至到]12月份?")
PERIOD = re.compile("|".join((LAST, THIS, NEXT, OTHER, f"(?<!{THIS})以来")))
COMPARED = re.compile(
    rf"(?:较|比|同比|与|(?<!连)同|和|跟|相比于?|由|从)(?:{LAST}|{OTHER})(?![度的]?(?:结转|遗留|顺延|转入|未办结))"
    r"(?:度|同期)*(?:相比|比|持平|基本)*(?:的)?"
)

NARROW = re.compile(
    r"网[上络站页]|线[上下]|在线|平台|系统|互联网|信函|邮[寄件箱]|快递|EMS|寄[送来]|来函|传真|当面|现场|窗口|来人|上门|电话|口头|书面|纸质"
    r"|渠道|方式|形式|半年|季度|\d月|撤[回销]|补正|延期|告知|征求|转[办送来]|移[交送]|协[助办]|重新|逾期|超期|超时|到期"
    r"|抽查|不予受理|不属|非本|模板|范本|样本|指南|印发|制定|会商|审[核查]"
    r"|败诉|胜诉|驳回|终[止结]|和解|调解|一审|二审|再审"
)
"""Words that tell of a part that no cell of the tables holds."""

_ANYONE = re.compile(
    r"(?:公民|自然人)(?:(?:、|和|或者?|及|与|以及)(?:法人|企业|单位|其[他它]组织|社会组织|组织|社会公众|群众))+"
    r"|(?:单位|组织)(?:、|和|或者?|及)个人|个人(?:、|和|或者?|及)(?:单位|组织)"
)
"""Whoever may ask: no kind of applicant is meant."""
CITIZENS, NATURAL_PERSON = "公民", "natural_person"
"""Citizens alone are natural persons, or whoever may ask."""
_FILLERS = """
    任何 一切 针对 事务
    社会公众 人民群众 公民 依申请公开 政府信息公开 政府信息 信息公开 公开 申请 申请书 申请表 事项 案件
    信息 行政 工作 情况 方面 办件 案 件 类 引起 引发 导致 提起 提出 涉及 相关 有关 群众 申请人 当事人
    公众 各类 人 被 而 产生 发生 决定 结果 审理 全年 年内 全年度 年度 期间 截至 截止 年底 年末 底 末 度
    以来 现 目前 共计 合计 总计 累计 总共 一共 共 计 总 数量 件数 总量 数 量 为 是 有 达到 达 分别 均 各
    已 已经 全部 都 其中 其余 剩余 包括 包含 含 以及 和 及 与 的 了 等 在 中 于 并 对 向 由 将 所 因 就
    从 以 即 也 又 则 另 另外 还 尚 仍 只 仅 当中 里 内 前 后 同时 至 到 连同 加上 所有 收 登记 属 属于 系 作
    作出 做出 进行 完成 予以 给予 增 升 降 减 上升到 增加到 增长到 下降到 减少到 依法 依规 依法依规
    按期 按时 如期 及时 认真 规范 妥善 严格 积极 按规定 按照 按要求 法定 规定 期限 时限 条例 要求 准确
    正式 顺利 有序 高质量 我 本 该 继续 依 存在 出现 业务
""".split()
"""Words that neither name nor narrow what is counted."""
SCOPE = re.compile(
    r"代表[^，,。；]{0,8}?政府|[市区县]本级|本级|全[省市区县镇乡州盟旗]|全系统|系统内"
    r"|各[^，,。；]{0,8}?(?:部门|单位|街道|镇|区|县|市)|办公[厅室]机关|局机关|机关本身"
)
"""Words that tell whose requests are counted, where these may not be those of the tables."""
_OWN = re.compile(
    r"[我本该](?:行政|省|自治区|市|州|盟|县|旗|区|镇|乡|街道|局|委|办|厅|院|所|站|中心|单位|机关|部门|政府|公室|管委会|队|处|分局|社|会|开发区|系统内)+"
    r"|全(?:局|厅|委|院|办|署|街道|中心)(?!系统|上下|国)"
)
"""我局, 本机关: whoever reports."""
_REASONS = re.compile(r"(?:因|由于)[^，。；]{1,20}?等(?:原因|理由|情形|情况)")
"""The reasons of a whole kind, of which but the first is told."""
_FILLER = re.compile("|".join(sorted(map(re.escape, _FILLERS), key=len, reverse=True)))
_SIGNS = re.compile(r"[^\u4e00-\u9fffA-Za-z]")

_RESULTS = (
    ("upheld", r"(?:结果)?维持"),
    ("corrected", r"(?:结果)?纠[正错]"),
    ("other", r"其[他它]结果"),
    ("pending", r"(?:尚|还)?未审结|(?:正在|尚在)审理|审理中"),
)
"""Measure of disputes → the words for it."""


def _applicants() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Measures of requests → the words for them: each kind of applicant, and all organisations together."""
    table = TABLES["requests"]["2021"]
    own = [m for m in table.measures if m.group is not None and m.zh != table.measure("total").zh]
    inside = tuple(m.id for m in own if m.group is ORGANISATIONS)
    single = [((m.id,), re.escape(m.zh)) for m in own if m.group in (APPLICANTS, ORGANISATIONS)]
    named = [(ids, words) for ids, words in single if words != table.measure("other_organisation").zh]
    return (
        *named,
        (("natural_person",), "公民?个人"),
        (("business",), "企业"),
        (inside, ORGANISATIONS.zh.replace("或", "(?:或者?|和|及|、)")),
    )


_MEASURES = {
    "requests": _applicants(),
    "review": tuple(((measure,), words) for measure, words in _RESULTS),
}


_KEPT = 4096
"""Reports repeat each other's phrases."""


@dataclass(frozen=True)
class Phrase:
    """What is understood of the words beside a count.

    `words`: as they stand; `kinds`: in the order in which they stand; `measures`: the columns they name, by
    table, none for the total; `unknown`: the words that nothing here explains; `is_narrow`: is it of a part
    that no cell holds?
    """

    words: str
    kinds: tuple[Told, ...]
    measures: dict[str, tuple[str, ...]]
    unknown: str
    is_narrow: bool

    @property
    def may_be_of(self) -> tuple[str, ...]:
        """The columns that the words name or not: what citizens asked for."""
        return (NATURAL_PERSON,) if CITIZENS in _ANYONE.sub("", self.words) and not self.measures else ()

    @property
    def special(self) -> tuple[Told, ...]:
        """The kinds that are counted: general ones (答复) do not count beside others (不予公开)."""
        least = min((kind.generality for kind in self.kinds), default=0)
        return tuple(kind for kind in self.kinds if kind.generality == least)


@lru_cache(_KEPT)
def relative(text: str, year: int | None) -> str:
    """The text with its years told beside the report's own: 2022年收到 → 上年收到, of a report on 2023."""
    told = _YEAR.sub(lambda match: _beside(int(match[1]), year) or match[0], _DAYS.sub("", text))
    for name, words in _YEARS:
        told = re.sub(words, name, told)
    return told


def _beside(told: int, year: int | None) -> str | None:
    return None if year is None else {-1: LAST, 0: THIS, 1: NEXT}.get(told - year, OTHER)


@lru_cache(_KEPT)
def understood(words: str, agency: str | None = None) -> Phrase:
    """The words beside a count, their years told as by `relative`; `agency`: whose report it is."""
    found, left = _kinds(_ANYONE.sub("", COMPARED.sub("", words)))
    measures: dict[str, tuple[str, ...]] = {}
    for table, told in _MEASURES.items():
        for ids, pattern in told:
            left, times = re.subn(pattern, " ", left)
            if times:
                measures[table] = (*measures.get(table, ()), *ids)
    unknown = _unknown(PERIOD.sub(" ", SCOPE.sub(" ", left)), agency)
    return Phrase(words.strip("、“”"), found, measures, unknown, NARROW.search(left) is not None)


def _kinds(words: str) -> tuple[tuple[Told, ...], str]:
    """The kinds that the words name, in their order, and the words without them."""
    found: dict[int, Told] = {}
    for kind in KINDS:
        for match in re.finditer(kind.words, words):
            found.setdefault(match.start(), kind)
        words = re.sub(kind.words, lambda match: " " * len(match[0]), words)
    ordered = [found[at] for at in sorted(found)]
    return tuple(dict.fromkeys(ordered)), words


def _unknown(words: str, agency: str | None) -> str:
    plain = _OWN.sub(" ", _REASONS.sub(" ", words))
    runs = _SIGNS.sub(" ", _FILLER.sub(" ", plain)).split()
    return "".join(run for run in runs if not _is_own(run, agency))


def _is_own(run: str, agency: str | None) -> bool:
    """Is it a piece of the agency's own name?"""
    return agency is not None and len(run) > 1 and run in agency
