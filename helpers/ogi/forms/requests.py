"""The table of requests (收到和处理政府信息公开申请情况), editions 2019 and 2021."""

from __future__ import annotations

from ogi.forms.model import Carry, Equation, Group, Item, Measure, Table

RESULTS = Group("results", "本年度办理结果", "Outcomes of the year", "三、")
REFUSED = Group("refused", "不予公开", "Refused", "（三）", RESULTS)
UNAVAILABLE = Group("unavailable", "无法提供", "Unavailable", "（四）", RESULTS)
NOT_PROCESSED = Group("not_processed", "不予处理", "Not processed", "（五）", RESULTS)
OTHER = Group("other", "其他处理", "Other handling", "（六）", RESULTS)
OUTCOME_GROUPS = (REFUSED, UNAVAILABLE, NOT_PROCESSED, OTHER)

APPLICANTS = Group("applicants", "申请人情况", "Applicants")
ORGANISATIONS = Group(
    "organisations", "法人或其他组织", "Legal persons and other organisations", parent=APPLICANTS
)


def _outcome(id: str, number: str, zh: str, en: str, group: Group, *aliases: str, series: str = "") -> Item:
    return Item(id, zh, en, number, group, aliases, outcome=True, series=series)


_RECEIVED = (
    Item(
        "new",
        "本年新收政府信息公开申请数量",
        "Newly received requests",
        "一、",
        aliases=("本年新收申请数量",),
    ),
    Item(
        "carried_in",
        "上年结转政府信息公开申请数量",
        "Carried in from last year",
        "二、",
        aliases=("上年结转申请数量",),
    ),
)
_OUTCOMES = (
    _outcome("granted", "（一）", "予以公开", "Granted", RESULTS),
    _outcome(
        "partly_granted",
        "（二）",
        "部分公开（区分处理的，只计这一情形，不计其他情形）",
        "Partly granted",
        RESULTS,
        "部分公开",
    ),
    _outcome("refused.state_secret", "1.", "属于国家秘密", "State secret", REFUSED),
    _outcome(
        "refused.law_forbids", "2.", "其他法律行政法规禁止公开", "Other law forbids disclosure", REFUSED
    ),
    _outcome(
        "refused.safety_stability", "3.", "危及“三安全一稳定”", "Endangers safety or stability", REFUSED
    ),
    _outcome("refused.third_party", "4.", "保护第三方合法权益", "Third party's rights", REFUSED),
    _outcome("refused.internal_affairs", "5.", "属于三类内部事务信息", "Internal affairs", REFUSED),
    _outcome("refused.deliberative", "6.", "属于四类过程性信息", "Deliberative", REFUSED),
    _outcome("refused.enforcement_file", "7.", "属于行政执法案卷", "Enforcement file", REFUSED),
    _outcome("refused.administrative_inquiry", "8.", "属于行政查询事项", "Administrative inquiry", REFUSED),
    _outcome("unavailable.not_held", "1.", "本机关不掌握相关政府信息", "Not held", UNAVAILABLE),
    _outcome(
        "unavailable.needs_creation",
        "2.",
        "没有现成信息需要另行制作",
        "Would have to be created",
        UNAVAILABLE,
    ),
    _outcome(
        "unavailable.still_unclear", "3.", "补正后申请内容仍不明确", "Unclear after correction", UNAVAILABLE
    ),
    _outcome("not_processed.petition", "1.", "信访举报投诉类申请", "Petition or complaint", NOT_PROCESSED),
    _outcome("not_processed.repeated", "2.", "重复申请", "Repeated request", NOT_PROCESSED),
    _outcome(
        "not_processed.publication", "3.", "要求提供公开出版物", "Asks for a publication", NOT_PROCESSED
    ),
    _outcome("not_processed.excessive", "4.", "无正当理由大量反复申请", "Excessive requests", NOT_PROCESSED),
    _outcome(
        "not_processed.reconfirm",
        "5.",
        "要求行政机关确认或重新出具已获取信息",
        "Asks to reconfirm information already held",
        NOT_PROCESSED,
    ),
)
_OTHER_2019 = (_outcome("other", "（六）", "其他处理", "Other handling", RESULTS),)
_OTHER_2021 = (
    _outcome(
        "other.no_correction",
        "1.",
        "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "Not corrected in time",
        OTHER,
        "逾期不补正",
        series="other",
    ),
    _outcome(
        "other.fee_unpaid",
        "2.",
        "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "Fee not paid in time",
        OTHER,
        "逾期未缴费",
        "逾期不缴费",
        series="other",
    ),
    _outcome("other.other", "3.", "其他", "Other", OTHER, series="other"),
)
_CLOSING = (
    Item("outcome_total", "总计", "Total of outcomes", "（七）", RESULTS),
    Item("carried_out", "结转下年度继续办理", "Carried over to next year", "四、"),
)

MEASURES = (
    Measure("natural_person", "自然人", "Natural persons", "件", APPLICANTS),
    Measure("business", "商业企业", "Businesses", "件", ORGANISATIONS),
    Measure("research", "科研机构", "Research institutions", "件", ORGANISATIONS),
    Measure("public_interest", "社会公益组织", "Public interest organisations", "件", ORGANISATIONS),
    Measure("legal_service", "法律服务机构", "Legal service providers", "件", ORGANISATIONS),
    Measure("other_organisation", "其他", "Other organisations", "件", ORGANISATIONS),
    Measure("total", "总计", "Total", "件", APPLICANTS),
)

CARRY = Carry(
    "requests.carry_over",
    "requests",
    "carried_out",
    "carried_in",
    "上年报告的结转下年度继续办理，等于本年报告的上年结转",
    "What last year's report carried over is what this year's report carried in",
)


def _equations(outcomes: tuple[Item, ...]) -> tuple[Equation, ...]:
    applicants = tuple(m.id for m in MEASURES if m.id != "total")
    return (
        Equation(
            "requests.balance",
            "items",
            ("new", "carried_in"),
            ("outcome_total", "carried_out"),
            "第一项加第二项之和，等于第三项加第四项之和",
            "Received plus carried in equals outcomes plus carried over",
        ),
        Equation(
            "requests.outcomes",
            "items",
            tuple(i.id for i in outcomes),
            ("outcome_total",),
            "各项办理结果之和，等于（七）总计",
            "The outcomes add up to their total",
        ),
        Equation(
            "requests.applicants",
            "measures",
            applicants,
            ("total",),
            "各类申请人之和，等于总计",
            "The kinds of applicants add up to the total",
        ),
    )


def _table(edition: str, other: tuple[Item, ...]) -> Table:
    outcomes = (*_OUTCOMES, *other)
    items = (*_RECEIVED, *outcomes, *_CLOSING)
    return Table(
        "requests",
        edition,
        "收到和处理政府信息公开申请情况",
        "Requests received and handled",
        items,
        MEASURES,
        {i.id: tuple(m.id for m in MEASURES) for i in items},
        _equations(outcomes),
    )


REQUESTS = {"2019": _table("2019", _OTHER_2019), "2021": _table("2021", _OTHER_2021)}
