"""A sentence with its units, sums and years put beside each count, or as it stands where that is unsure."""

from __future__ import annotations

import pytest

from ogi.checks.words.plain import plainly

REWRITTEN = [
    ("行政复议5件，维持3、纠正2件", "行政复议5件，维持3件、纠正2件"),
    ("2022年、2023年分别收到申请6件和9件", "2023年收到申请9件"),
    ("2021年至2023年申请分别为4件、6件、9件", "2023年申请为9件"),
    (
        "2022年和2023年收到申请分别为6件和9件，办结6件和8件",
        "2023年收到申请为9件，办结8件",
    ),
    ("因逾期不补正，不再处理其申请6件", "因逾期不补正不再处理其申请6件"),
    ("办结8件，1件待补正，结转下年", "办结8件，1件待补正结转下年"),
    ("属于行政执法案卷的，依法不予公开3件", "属于行政执法案卷的依法不予公开3件"),
    ("收到9件，除1件结转下年外，均已办结", "收到9件，1件结转下年，均已办结"),
    ("收到的7件申请均由自然人提出", "收到的7件申请，均由自然人提出"),
    ("维持2件，撤销并责令重新答复1件", "维持2件，结果纠正1件"),
    ("2021年至2023年，申请依次为4件、6件、9件", "2023年，申请为9件"),
    ("无政府信息公开申请、复议及诉讼", "无政府信息公开申请，无复议及诉讼"),
    ("予以公开的占47.7%，共41件", "予以公开的41件"),
    ("网上申请3件、信函申请2件，合计5件", "网上申请3件、信函申请2件，信息公开申请合计5件"),
]
AS_IT_STANDS = [
    "2021年、2022年分别收到申请4件和6件",
    "2022年、2023年分别开展培训2次、3次和4次",
    "2022年和2023年分别收到申请6件、9件，网上、信函、当面申请各2件、3件、1件",
    "维持6件、撤销并责令重新答复1件、确认违法1件",
    "办结8件，结转下年1件",
    "无因申请、复议引起的诉讼",
    "自然人占80%，20件为企业提出",
    "收到9件，除2件外，均已办结",
    "网上申请3件、窗口申请2件，合计5件，均为行政许可",
    "网上申请3件、信函申请2件，合计6件",
    "收到申请20件，其中5件申请均由自然人提出",
]


@pytest.mark.parametrize(("sentence", "plain"), REWRITTEN)
def test_each_count_stands_beside_its_words(sentence: str, plain: str) -> None:
    assert plainly(sentence, 2023) == plain


@pytest.mark.parametrize("sentence", AS_IT_STANDS)
def test_what_is_not_surely_so_stays_as_it_stands(sentence: str) -> None:
    assert plainly(sentence, 2023) == sentence
