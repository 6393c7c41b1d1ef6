"""Every quirk of practice, each a change of the draft (how it is to be printed) or of the print."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from ogi import forms
from ogi.forms import Item
from scripts.samples.compose import Sample
from scripts.samples.plan import Style
from tests.corpus import printing
from tests.corpus.figures import Draft

DraftChange = Callable[[Draft, random.Random], Draft]
PrintChange = Callable[[Sample, random.Random], Sample]

PDFS = frozenset(("pdf", "docx_pdf", "pdf_ruled", "pdf_unruled"))
PAGED = PDFS | {"docx"}
MARKS = ("/", "—", "无", "／", "－", "－－", "不适用")
NOTES = ("（其中修订16件）", "（含上年结转2件）", "(另有3件正在办理)", "（区分处理）")


@dataclass(frozen=True)
class Quirk:
    """A way in which reports differ from the form."""

    name: str
    draft: DraftChange | None = None
    printed: PrintChange | None = None
    edition: str | None = None
    """The edition whose form alone can show it."""
    layouts: frozenset[str] | None = None
    not_in: frozenset[str] = frozenset()

    def fits(self, layout: str) -> bool:
        """Can a report in that layout show it?"""
        return layout not in self.not_in and (self.layouts is None or layout in self.layouts)


def _style(**changes: object) -> DraftChange:
    return lambda draft, _: _styled(draft, replace(draft.plan.style, **changes))  # type: ignore[arg-type]


def _styled(draft: Draft, style: Style) -> Draft:
    return replace(draft, plan=replace(draft.plan, style=style))


def _cells(draft: Draft, tables: tuple[str, ...] = tuple(forms.TABLES)) -> list[str]:
    return [key for key in draft.printed_values() if key.partition("/")[0] in tables]


def _items(draft: Draft, *tables: str) -> list[Item]:
    return [item for table in tables for item in forms.TABLES[table][draft.editions[table]].items]


def _notes(draft: Draft, rng: random.Random) -> Draft:
    keys = _cells(draft)
    units = [key for key in rng.sample(keys, 14) if not key.startswith("proactive/procurement")]
    notes = {key: rng.choice(NOTES) for key in rng.sample(keys, 6)}
    return _styled(draft, replace(draft.plan.style, notes=notes, units=tuple(units)))


def _marks(draft: Draft, rng: random.Random) -> Draft:
    item = rng.choice(_items(draft, "proactive"))
    marks = {key: rng.choice(MARKS) for key in rng.sample(_cells(draft), 12)}
    return _styled(
        draft, replace(draft.plan.style, marks={**marks, f"proactive/{item.id}": rng.choice(MARKS)})
    )


def _amounts(draft: Draft, rng: random.Random) -> Draft:
    return _styled(draft, replace(draft.plan.style, amount_unit=rng.choice(("元", "万元"))))


def _padding(draft: Draft, _: random.Random) -> Draft:
    padding = (" {}", "{}　", "\u00a0{} ", "{}", "　{}　")
    return _styled(draft, replace(draft.plan.style, padding=padding))


def _numbering(draft: Draft, rng: random.Random) -> Draft:
    return replace(draft, plan=replace(draft.plan, number_mark=rng.choice("、．,")))


def _short_forms(draft: Draft, _: random.Random) -> Draft:
    labels = {i.id: i.number + i.aliases[0] for i in _items(draft, "proactive", "requests") if i.aliases}
    return replace(draft, plan=replace(draft.plan, labels={**draft.plan.labels, **labels}))


def _missing_rows(draft: Draft, rng: random.Random) -> Draft:
    gone = [rng.choice(_items(draft, "proactive")), *rng.sample(_items(draft, "requests"), 2)]
    return replace(draft, plan=replace(draft.plan, missing_rows=tuple(item.id for item in gone)))


def _added_row(draft: Draft, _: random.Random) -> Draft:
    return replace(draft, plan=replace(draft.plan, added_row=("其他主动公开文件", ("4711", "4712", "4713"))))


def _hybrid(draft: Draft, rng: random.Random) -> Draft:
    table = rng.choice(("proactive", "requests"))
    other = next(edition for edition in forms.EDITIONS if edition != draft.editions[table])
    return replace(draft, editions={**draft.editions, table: other})


def _large(draft: Draft, rng: random.Random) -> Draft:
    large = {
        key: rng.randrange(10_000_000, 99_999_999) for key in _cells(draft) if key.endswith("/decisions")
    }
    values = {edition: figures | large for edition, figures in draft.values.items()}
    return replace(draft, values=values)


def _misprints(draft: Draft, rng: random.Random) -> Draft:
    keys = _cells(draft, ("requests", "review"))
    wrong = {key: rng.randrange(1, 500) for key in rng.sample(keys, 4)}
    return replace(draft, plan=replace(draft.plan, misprints=wrong))


def _break(draft: Draft, rng: random.Random) -> Draft:
    names = [rng.choice(_items(draft, table)[3:]).id for table in ("proactive", "requests")]
    return replace(draft, plan=replace(draft.plan, break_before=tuple(names)))


def _page_numbers(draft: Draft, rng: random.Random) -> Draft:
    broken = _break(draft, rng)
    mark = rng.choice(("- 4 -", "— 12 —", "第3页 共7页"))
    return broken if draft.plan.format in PAGED else _interrupted(broken, mark)


def _running_head(draft: Draft, rng: random.Random) -> Draft:
    text = f"{draft.agency}{forms.REPORT_TITLE}"
    if draft.plan.format in PAGED:
        return replace(draft, plan=replace(draft.plan, running_head=text))
    return _interrupted(_break(draft, rng), text)


def _interrupted(draft: Draft, text: str) -> Draft:
    return replace(draft, plan=replace(draft.plan, interruption=text))


def _named(*quirks: str) -> DraftChange:
    return lambda draft, _: replace(
        draft, plan=replace(draft.plan, quirks=tuple(dict.fromkeys((*draft.plan.quirks, *quirks))))
    )


_LINES = frozenset(("txt_rows",))
"""A line is a row there: no cell can hold two."""
_WHOLE = frozenset(("md_groups",))
"""Tables already told group by group are not cut once more."""

QUIRKS = {
    quirk.name: quirk
    for quirk in (
        Quirk("none"),
        Quirk("blank_zeros", _style(zero="")),
        Quirk("wide_blanks", _style(zero="", blank="　")),
        Quirk("totals_only", _style(totals_only=True)),
        Quirk("notes_and_units", _notes),
        Quirk("full_width", _style(full_width=True)),
        Quirk("thousands", _style(thousands=True)),
        Quirk("not_applicable", _marks),
        Quirk("signed_change", edition="2019"),
        Quirk("amount_unit", _amounts, edition="2019"),
        Quirk("above_ten_million", _large),
        Quirk("padding", _padding),
        Quirk("numbering", _numbering, printing.renumbered_groups),
        Quirk("label_quotes", printed=printing.quoted),
        Quirk("label_blanks", printed=printing.spaced),
        Quirk("label_short", _short_forms),
        Quirk("label_errors", printed=printing.misspelt),
        Quirk("head_errors", printed=printing.misspelt_heads),
        Quirk("missing_rows", _missing_rows),
        Quirk("added_row", _added_row),
        Quirk("added_outcome", printed=printing.outcome_added),
        Quirk("other_rows", printed=printing.other_rows_added),
        Quirk("sections_renumbered", printed=printing.sections_renumbered),
        Quirk("sections_restarted", printed=printing.sections_restarted),
        Quirk("section_errors", printed=printing.sections_misspelt),
        Quirk("pictured", printed=printing.pictured, not_in=frozenset(("txt_cells", "txt_rows"))),
        Quirk("hybrid", _hybrid),
        Quirk("misprints", _misprints),
        Quirk("wrapped_heads", _named("wrapped_heads"), printing.wrapped, not_in=_LINES),
        Quirk("vertical_groups", printed=printing.vertical, not_in=_LINES),
        Quirk("page_numbers", _page_numbers, not_in=_WHOLE),
        Quirk("running_head", _running_head, not_in=_WHOLE),
        Quirk("page_break", _break, layouts=PDFS - {"docx_pdf"}),
        Quirk("boxed_text", _named("boxed_text"), layouts=PAGED | {"html"}),
        Quirk("uneven_colspans", _named("uneven_colspans"), layouts=frozenset(("html", "cms", "pdf"))),
        Quirk("nested_table", _named("nested_table"), layouts=frozenset(("docx", "docx_pdf"))),
        Quirk("foreign_table", printed=printing.foreign_table),
        Quirk("traditional", printed=printing.traditional),
        Quirk("traditional_words", printed=printing.traditional_words),
    )
}
"""In the order in which they are laid upon each other; Traditional characters come last."""
