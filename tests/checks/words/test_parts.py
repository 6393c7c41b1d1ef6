"""Counts of a part of what the tables hold: none is called broken, and the whole beside them still is."""

from __future__ import annotations

import pytest

from tests.checks.words.sentences import Sentence, named, scored

BUREAU, OFFICE, COUNTY = "安槐市财政局", "石门县人民政府办公室", "宁泉县人民政府"
SHARED_OUT = [
    (BUREAU, "我局从网站、信函两种渠道分别收到政府信息公开申请21件和4件，共计25件。", "new=25"),
    (BUREAU, "一季度至四季度分别受理政府信息公开申请9件、3件、8件、5件，合计25件。", "new=25"),
    (BUREAU, "网上、当面、邮寄分别接收依申请公开申请21件，3件，1件。", ""),
    (
        BUREAU,
        "全年新收政府信息公开申请25件，自然人、商业企业分别为21件、4件。",
        "new=25 new@person=21 new@business=4",
    ),
    (BUREAU, "收到申请98件，其中公民申请90件、企业申请8件。", "new=98 new@person=90 new@business=8"),
    (
        BUREAU,
        "因政府信息公开引发的行政复议5件，维持、纠正分别为3件、2件。",
        "rec=5 rec.upheld=3 rec.corrected=2",
    ),
    (
        BUREAU,
        "新收政府信息公开申请25件，商业企业、自然人分别为4件、21件。",
        "new=25 new@person=21 new@business=4",
    ),
]
BY_BODY = [
    (
        COUNTY,
        "全县收到政府信息公开申请90件，其中县政府办公室收到31件，县直单位收到40件，各乡镇收到19件。",
        "new=90",
    ),
    (COUNTY, "2023年，全县各级各部门受理依申请公开90件：县直部门受理71件，乡镇受理19件。", "new=90"),
    (COUNTY, "各乡镇（街道）共受理政府信息公开申请19件。", ""),
    (COUNTY, "全县政府信息公开申请收到90件。县直部门收到政府信息公开申请71件。", "new=90"),
    (COUNTY, "全县受理政府信息公开申请90件，其中：县政府及县政府办受理31件；县直部门办理59件。", "new=90"),
    (COUNTY, "各镇、县直各部门共收到政府信息公开申请90件。", "new=90"),
]
IN_TIME = [
    (OFFICE, "全年答复政府信息公开申请45件，其中如期答复41件，延长期限答复4件。", "closed=45"),
    (OFFICE, "办结政府信息公开申请45件，其中5个工作日内办结30件，20个工作日内办结15件。", "closed=45"),
    (OFFICE, "收到政府信息公开申请45件，按时答复41件，延期答复4件。", "new=45"),
    (OFFICE, "收到政府信息公开申请45件，按时答复41件，逾期答复0件，结转下年4件。", "new=45 closed=41 out=4"),
    (OFFICE, "答复政府信息公开申请45件，其中按时答复41件，延期答复4件，均予以公开。", "closed=45 granted=45"),
    (OFFICE, "申请按时答复41件，延期答复4件，均予以公开。", ""),
]
SUMS = [
    (
        OFFICE,
        "申请办理结果：予以公开8件，部分公开2件，无法提供4件，合计14件。",
        "granted=8 part=2 unavailable=4 closed=14",
    ),
    (
        OFFICE,
        "对依申请公开，予以公开8件，不予公开2件，其他处理1件，总计11件。",
        "granted=8 refused=2 other=1 closed=11",
    ),
    (
        OFFICE,
        "信息公开申请予以公开8件，无法提供4件，结转下年2件，共计14件。",
        "granted=8 unavailable=4 out=2 handled=14",
    ),
    (OFFICE, "收到网上申请政府信息公开8件、信函申请6件，共计14件。", "new=14"),
]
SEVERAL = [
    (OFFICE, "办结申请20件，予以公开9件，其余11件作部分公开、不予公开等处理。", "closed=20 granted=9"),
    (OFFICE, "政府信息公开申请予以公开9件，无法提供、不予处理等情形11件。", "granted=9"),
    (OFFICE, "政府信息公开申请予以公开9件，作出不予公开等答复11件。", "granted=9"),
    (OFFICE, "政府信息公开申请予以公开9件，因本机关不掌握等原因无法提供11件。", "granted=9 unavailable=11"),
]
FIRST_OF_ALL = [
    (BUREAU, "对无证经营、短斤少两等违法行为作出行政处罚决定51件。", "pen=51"),
    (BUREAU, "收取不动产登记费等行政事业性收费73.2万元。", "fee=73.2"),
    (BUREAU, "未实施行政强制，办理施工许可等行政许可决定31件。", "coe=0 lic=31"),
    (BUREAU, "政府信息公开行政复议2件，申请人撤回申请等其他结果2件。", "rec=2 rec.other=2"),
    (BUREAU, "户政、交管等各类行政许可128件，治安、交通等行政处罚86件。", "lic=128 pen=86"),
    (BUREAU, "上半年取水许可等行政许可18件。", ""),
    (BUREAU, "上半年办理取水许可等行政许可18件。", ""),
    ("石门县白石镇人民政府", "镇综合执法队作出行政处罚决定3件。", "pen=3"),
    (COUNTY, "县综合行政执法局作出行政处罚决定3件。", ""),
    (COUNTY, "全县38个行政机关作出行政许可决定3200件。", "lic=3200"),
]
BESIDE_OTHERS = [
    (BUREAU, "受理网上取水许可申请20件，新收申请3件。", ""),
    (BUREAU, "受理信访申请26件，无法提供3件。", ""),
    (BUREAU, "受理建房申请7件。其中自然人6件。", ""),
    (BUREAU, "受理举报投诉件11件，不予处理2件。", ""),
    (BUREAU, "网上申请8件，答复8件。", ""),
    (BUREAU, "网上申请8件，占收到申请总数10件的80%，其余2件为邮寄。", "new=10"),
    (BUREAU, "办理涉诉案件12件。", ""),
    (BUREAU, "指导下属单位办理政府信息公开申请6件，我局收到政府信息公开申请9件。", "new=9"),
    (BUREAU, "公开行政处罚决定书3份，行政许可类12件。", ""),
    (BUREAU, "上年结转5件，本年度新增81件，较上年新增6件。", "in=5 new=81"),
    (BUREAU, "受理购房补贴申请57件，我局收到申请57件。", ""),
    (OFFICE, "收到向县政府提出的政府信息公开申请12件，收到向本办公室提出的申请3件。", ""),
    (OFFICE, "我办收到政府信息公开申请18件，各部门收到政府信息公开申请113件。", ""),
    (BUREAU, "2件申请均来自同一申请人。", ""),
    (BUREAU, "与2022年收到申请6件相比，2023年收到申请9件。", "new=9"),
]
NONE = [
    (BUREAU, "行政处罚决定6件，行政强制决定一件也没有。", "pen=6 coe=0"),
    (BUREAU, "全年一件政府信息公开申请都没有收到。", "new=0"),
    (BUREAU, "信息公开行政复议3件，被纠正的一件也没有。", "rec=3 rec.corrected=0"),
    (BUREAU, "收到申请4件，一件都没有超期答复。", "new=4"),
    (BUREAU, "依申请公开：2023年无。", "new=0"),
    (BUREAU, "政府信息公开行政复议、行政诉讼情况：均无。", "rec=0 lit=0"),
    (BUREAU, "没有发生一起因政府信息公开引起的行政复议和行政诉讼。", "rec=0 lit=0"),
    (BUREAU, "未收到任何形式的申请，未发生举报、投诉、行政复议、诉讼等情况。", "new=0 rec=0 lit=0"),
    (BUREAU, "无规章和规范性文件，无行政事业性收费项目。", "reg.issued=0 norm.issued=0 fee=0"),
    (BUREAU, "没有未公开的规范性文件，减免行政事业性收费32万元。", ""),
    (BUREAU, "未制发、未废止规范性文件。", "norm.issued=0 norm.repealed=0"),
    (BUREAU, "制定规范性文件2件，无废止文件。", "norm.issued=2 norm.repealed=0"),
    (BUREAU, "政府信息公开行政复议方面，无一件被复议机关纠正，共7件。", "rec.corrected=0 rec=7"),
]
APPLICANTS = [
    (BUREAU, "新收申请22件，自然人、法人或其他组织分别为19件和3件。", "new=22 new@person=19 new@org=3"),
    (BUREAU, "新收申请152件。其中自然人140件，法人或其他组织12件。", "new=152 new@person=140 new@org=12"),
    (BUREAU, "收到38件（自然人29件，法人或其他组织9件）。", "new=38 new@person=29 new@org=9"),
    (BUREAU, "收到38件（自然人29件，商业企业9件）企业登记材料。", ""),
    (BUREAU, "在全年办结的30件里，自然人申请的占28件，商业企业申请的占2件。", "closed=30"),
    (BUREAU, "收到申请31件，其中自然人申请28件、商业企业申请3件。", "new=31 new@person=28 new@business=3"),
    (
        BUREAU,
        "新收申请18件，已办结18件，结转下年0件；其中自然人17件、法律服务机构1件。",
        "new=18 closed=18 out=0 new@person=17 new@legal=1",
    ),
    (BUREAU, "收到申请45件。45件申请中予以公开10件，无法提供20件。", "new=45 granted=10 unavailable=20"),
    (BUREAU, "全部18件申请均来自自然人。", "new=18 new@person=18"),
    (BUREAU, "收到申请18件。从申请人类型看，均为公民个人申请。", "new=18 new@person=18"),
]
NUMBERS = [
    (BUREAU, "行政处罚决定共计四万零五百件，行政事业性收费1.06亿元。", "pen=40500 fee=10600"),
    (BUREAU, "接到依申请公开件二百零六件。", "new=206"),
    (BUREAU, "递交信息公开申请达一百一十五件次，回复一百一十件次。", "new=115"),
    (BUREAU, "收到申请四万五件。", ""),
]
DISPUTES = [
    (BUREAU, "政府信息公开行政复议及行政诉讼案件合计8件。", "disputes=8"),
    (
        BUREAU,
        "政府信息公开行政诉讼2件，均为未经复议直接起诉，目前尚未审结。",
        "lit=2 ld=2 ld.pending=2",
    ),
    (BUREAU, "政府信息公开行政复议2件，行政诉讼1件，目前尚未审结。", "rec=2 lit=1"),
    (
        BUREAU,
        "未经复议直接起诉的政府信息公开案件0件，复议后起诉1件，法院尚未判决。",
        "ld=0 la=1 la.pending=1",
    ),
    (BUREAU, "政府信息公开行政复议2件，1件被撤销并责令重新答复。", "rec=2 rec.corrected=1"),
]


@pytest.mark.parametrize(
    "given",
    [
        SHARED_OUT,
        BY_BODY,
        IN_TIME,
        SUMS,
        SEVERAL,
        FIRST_OF_ALL,
        BESIDE_OTHERS,
        NONE,
        APPLICANTS,
        NUMBERS,
        DISPUTES,
    ],
)
def test_parts_are_held_against_nothing_and_wholes_against_their_cells(
    given: list[tuple[str, str, str]],
) -> None:
    scores = scored(_sentence(*one) for one in given)
    assert [(one.sentence.text, one.alarms) for one in scores if one.alarms] == []
    assert [(one.sentence.text, one.lost) for one in scores if not all(one.seen)] == []


def _sentence(agency: str, text: str, told: str) -> Sentence:
    counts = (count.split("=") for count in told.split())
    tells = tuple((named(name, "2021"), float(number)) for name, number in counts)
    return Sentence("part", agency, 2023, text, tells)
