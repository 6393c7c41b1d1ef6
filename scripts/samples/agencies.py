"""Six agencies that do not exist, all named 示例…: their scale, and how each of their reports is printed."""

from __future__ import annotations

from ogi import forms
from scripts.samples.compose import Sample, compose
from scripts.samples.plan import Plan, Style
from scripts.samples.simulate import Body, Values, simulate

YEARS = range(2019, 2025)


def _years(*counts: int) -> dict[int, int]:
    return dict(zip(YEARS, counts, strict=True))


OFFICE = Body(
    "示例市人民政府办公室",
    _years(312, 268, 405, 537, 689, 871),
    regulations=46,
    normative=212,
    procurement=182.4,
    disputes=(0.035, 0.02, 0.012),
)
EDUCATION = Body(
    "示例市教育局",
    _years(96, 61, 84, 103, 118, 142),
    normative=38,
    decisions={"licences": 412, "other_services": 1260, "penalties": 9},
    fees=2140.35,
    procurement=964.2,
    services={"licences": 11, "other_services": 17, "penalties": 24, "coercive_measures": 1, "fees": 3},
)
POLICE = Body(
    "示例市公安局",
    _years(184, 203, 231, 198, 264, 305),
    normative=57,
    decisions={
        "licences": 1_284_300,
        "other_services": 642_800,
        "penalties": 12_460_000,
        "coercive_measures": 418_600,
    },
    fees=18_460.75,
    procurement=12_845.6,
    services={"licences": 38, "other_services": 46, "penalties": 412, "coercive_measures": 27, "fees": 9},
    disputes=(0.06, 0.02, 0.02),
)
HEALTH = Body(
    "示例县卫生健康局",
    _years(12, 31, 27, 18, 22, 35),
    normative=9,
    decisions={"licences": 236, "other_services": 310, "penalties": 54, "coercive_measures": 2},
    fees=86.4,
    procurement=318.7,
    services={"licences": 14, "other_services": 12, "penalties": 96, "coercive_measures": 5, "fees": 2},
    carried_share=0.15,
    unexplained={2023: 3},
)
CITY_MANAGEMENT = Body(
    "示例区城市管理局",
    _years(45, 58, 72, 66, 91, 103),
    normative=6,
    decisions={"licences": 1120, "other_services": 84, "penalties": 8460, "coercive_measures": 372},
    fees=412.88,
    procurement=705.3,
    services={"licences": 13, "other_services": 6, "penalties": 287, "coercive_measures": 9, "fees": 1},
    disputes=(0.08, 0.04, 0.03),
    editions={2021: "2019"},
)
TOWN = Body(
    "示例镇人民政府",
    _years(0, 2, 0, 3, 5, 1),
    normative=3,
    decisions={"licences": 21, "penalties": 4},
    services={"licences": 5, "other_services": 8},
    carried_share=0.3,
    disputes=(0.1, 0.0, 0.0),
)
BODIES = (OFFICE, EDUCATION, POLICE, HEALTH, CITY_MANAGEMENT, TOWN)

_NO_REGULATIONS = {"proactive/regulations": "/"}
_SHORT_FORMS = {
    "other.no_correction": "1.逾期不补正",
    "other.fee_unpaid": "2.逾期未缴费",
    "partly_granted": "（二）部分公开",
}
_ERRORS = {"refused.law_forbids": "2.其他法律行政止公开", "normative_documents": "规范性文件"}
_FORMER_NAME = "示例区城市管理行政执法局"
_NOTED = Style(
    thousands=True,
    marks=_NO_REGULATIONS,
    notes={"proactive/normative_documents/total_public": "（其中修订6件）"},
    units=("proactive/licences/decisions", "proactive/penalties/decisions", "requests/new/total"),
)

PLANS: dict[str, dict[int, Plan]] = {
    OFFICE.name: {
        2019: Plan("html"),
        2020: Plan("pdf", break_before=("unavailable.needs_creation",)),
        2021: Plan("pdf", title="one line", break_before=("unavailable.not_held",)),
        2022: Plan("docx"),
        2023: Plan("html", title="year first"),
        2024: Plan(
            "pdf", style=Style(thousands=True), break_before=("penalties", "not_processed.publication")
        ),
    },
    EDUCATION.name: {
        2019: Plan("docx"),
        2020: Plan("docx", title="one line", quirks=("nested_table",)),
        2021: Plan("md", title="one line"),
        2023: Plan("md_groups", labels=_SHORT_FORMS, number_mark="、", quirks=("short_forms",)),
        2024: Plan(
            "html",
            labels={**_SHORT_FORMS, **_ERRORS},
            quirks=("label_errors", "short_forms"),
        ),
    },
    POLICE.name: {
        2019: Plan(
            "pdf",
            title="one line",
            style=Style(thousands=True, marks=_NO_REGULATIONS),
            break_before=("unavailable.needs_creation",),
            quirks=("not_applicable", "above_ten_million"),
        ),
        2020: Plan("html", style=_NOTED, quirks=("notes_and_units", "not_applicable")),
        2021: Plan(
            "cms", style=Style(marks=_NO_REGULATIONS), encoding="gb18030", quirks=("gb18030", "split_digits")
        ),
        2022: Plan(
            "pdf",
            style=Style(
                full_width=True,
                marks={"proactive/regulations": "—", "proactive/coercive_measures/decisions": "无"},
                notes={"proactive/normative_documents/in_force": "（其中修订16件）"},
                units=("proactive/fees/amount", "review/reconsideration/total"),
            ),
            break_before=("refused.internal_affairs",),
            quirks=("notes_and_units", "not_applicable", "full_width", "above_ten_million"),
        ),
        2023: Plan(
            "docx",
            style=Style(thousands=True, units=("proactive/penalties/decisions",)),
            quirks=("above_ten_million",),
        ),
        2024: Plan("html", title="one line", quirks=("uneven_colspans",)),
    },
    HEALTH.name: {
        2019: Plan(
            "txt_cells", style=Style(zero=""), encoding="gb18030", quirks=("blank_for_zero", "gb18030")
        ),
        2020: Plan(
            "txt_rows", style=Style(zero="", totals_only=True), quirks=("blank_for_zero", "totals_only")
        ),
        2021: Plan("docx", style=Style(zero="", blank="\u3000"), quirks=("blank_for_zero",)),
        2022: Plan(
            "pdf",
            style=Style(zero=""),
            break_before=("unavailable.still_unclear",),
            quirks=("blank_for_zero",),
        ),
        2023: Plan("html", style=Style(zero="", totals_only=True), quirks=("totals_only", "carry_break")),
        2024: Plan("txt_rows", title="one line", encoding="utf-16", quirks=("utf_16",)),
    },
    CITY_MANAGEMENT.name: {
        2019: Plan("html", printed_agency=_FORMER_NAME, quirks=("renamed",)),
        2020: Plan("md", printed_agency=_FORMER_NAME, quirks=("renamed",)),
        2021: Plan(
            "pdf",
            printed_agency=_FORMER_NAME,
            requests_edition="2019",
            break_before=("unavailable.needs_creation",),
            quirks=("renamed", "hybrid"),
        ),
        2022: Plan(
            "docx",
            misprints={
                "requests/granted/total": 32,
                "requests/outcome_total/natural_person": 53,
                "review/reconsideration/total": 0,
            },
            quirks=("broken_sums",),
        ),
        2023: Plan("pdf", title="one line", break_before=("refused.deliberative",), quirks=("boxed_text",)),
        2024: Plan("cms", title="one line", encoding="gb18030", quirks=("gb18030", "split_digits")),
    },
    TOWN.name: {
        2019: Plan("txt_cells", style=Style(padding=(" {}", "{} ")), quirks=("padded",)),
        2020: Plan("md", number_mark="．"),
        2021: Plan("txt_cells", title="one line", encoding="utf-8-sig"),
        2022: Plan("txt_rows", missing_rows=("refused.administrative_inquiry",), quirks=("missing_row",)),
        2023: Plan("docx", added_row=("其他主动公开文件", ("4", "0", "31")), quirks=("added_row",)),
        2024: Plan("md_groups", title="one line"),
    },
}
"""How each report is printed; 示例市教育局 published none for 2022."""


def samples() -> list[Sample]:
    """All reports of the fictional agencies."""
    return [sample for voice, body in enumerate(BODIES) for sample in _samples(body, voice)]


def _samples(body: Body, voice: int) -> list[Sample]:
    years = simulate(body)
    return [
        compose(body.name, year, years[year], plan, _editions(year, plan), voice=voice, real=False)
        for year, plan in PLANS[body.name].items()
    ]


def _editions(year: int, plan: Plan) -> dict[str, str]:
    prescribed = forms.edition_of_year(year)
    return {"proactive": prescribed, "requests": plan.requests_edition or prescribed, "review": prescribed}


__all__ = ["BODIES", "PLANS", "Values", "samples"]
