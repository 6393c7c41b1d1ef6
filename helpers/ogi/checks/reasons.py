"""What a report itself says on why a figure is not what the report before leads to expect."""

from __future__ import annotations

import re

import pandas as pd

from ogi.checks.flow import flowing
from ogi.checks.sentences import Verdict, say
from ogi.extract.report import Severity
from ogi.forms import CARRIES

_REASON = (
    r"口径|调整|更正|订正|勘误|[误漏错](?:统|计|填|报|登)|重复(?:统计|计算|登记)|不一致|不符|差异|出入"
    r"|机构改革|职能划转|划[入出转]|并入|合并|撤[销并]|整合"
)
_REVISION = r"清理|失效|到期|修订|修改|宣布|重新公布|纳入统计"
_ABOUT = {
    **{carry.id: (r"结转|上一?年度?(?:年报|数据|统计)|去年(?:年报|数据|统计)", _REASON) for carry in CARRIES},
    "proactive.items_last_year": (r"上一?年度?项目|(?:许可|处罚|强制|收费|服务)(?:项目|事项)", _REASON),
    "proactive.in_force": (r"规章|规范性文件", f"{_REASON}|{_REVISION}"),
}
"""Rule over two years → what a sentence must be about, and what it must tell, to explain a breach."""
_SENTENCE = re.compile(r"[^。！？\n]+")
_UNCHANGED = re.compile(r"(?:未|没有|无|不)(?:作|做|进行|发生|存在)?(?:任何)?(?:调整|变化|差异|出入)")
_COMMA = re.compile(r",(?!\d)")
_LONGEST_SHOWN = 80
_EXPLAINS = (" The report itself says: “{words}”.", "年报中称：“{words}”。")


def with_reasons(checks: pd.DataFrame, narratives: pd.DataFrame, language: str) -> pd.DataFrame:
    """The checks, each breach over two years that the report explains told with its words, as a note."""
    wanted = checks["rule_id"].isin(_ABOUT) & (checks["verdict"] == Verdict.BROKEN)
    reports = set(checks.loc[wanted, "report_id"])
    own = narratives[narratives["report_id"].isin(reports)]
    texts = own.groupby("report_id")["text"].agg(lambda parts: "\n".join(parts.dropna().astype(str)))
    if texts.empty:
        return checks
    messages, severities = checks["message"].tolist(), checks["severity"].tolist()
    found: dict[tuple[str, str], str | None] = {}
    for n in wanted.to_numpy().nonzero()[0]:
        key = str(checks["report_id"].iloc[n]), str(checks["rule_id"].iloc[n])
        if key not in found:
            found[key] = reason(str(texts.get(key[0], "")), key[1])
        words = found[key]
        if words is not None:
            messages[n] += say(_EXPLAINS, language, words=words)
            severities[n] = Severity.NOTE
    text = {
        name: pd.Series(told, dtype="str", index=checks.index)
        for name, told in (("message", messages), ("severity", severities))
    }
    return checks.assign(**text)


def reason(text: str, rule_id: str) -> str | None:
    """The first sentence by which a text explains a breach of a rule over two years; None where none does."""
    about, tells = _ABOUT[rule_id]
    for sentence in _SENTENCE.findall(flowing(text)):
        if re.search(about, sentence) and re.search(tells, sentence) and not _UNCHANGED.search(sentence):
            return _COMMA.sub("，", sentence[:_LONGEST_SHOWN])
    return None
