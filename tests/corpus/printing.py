"""Quirks of the print: labels and heads misprinted, rows and tables put in, sections told otherwise."""

from __future__ import annotations

import random
from dataclasses import replace

from ogi import forms
from scripts.samples.compose import Part, Sample
from scripts.samples.drawn_picture import picture
from scripts.samples.grids import Cell, Grid
from scripts.samples.printed import FULL_WIDTH
from tests.corpus.edit import cells_changed, grids_changed, labels_changed, parts_changed, with_row

_NUMBERS = "0123456789.、．,（）()一二三四五六七八九十"
_SIMILAR = dict(zip("己公开信息政府理申请制结无行其定", "已工升倌恴攻附里甲清致洁元形真订", strict=True))
_SHORTEST = 6
"""Shorter labels are not misspelt: a letter more or less makes another word of them."""


def quoted(sample: Sample, rng: random.Random) -> Sample:
    """Straight, corner or no quotes for curly ones."""
    opened, closed = rng.choice(('""', "「」", "''", ("", ""), "〝〞"))
    return labels_changed(sample, lambda text: text.replace("“", opened).replace("”", closed))


def spaced(sample: Sample, rng: random.Random) -> Sample:
    """Blanks inside labels and heads, ordinary and wide ones, and around them."""

    def change(text: str) -> str:
        if len(text) < 2 or rng.random() < 0.4:
            return text
        at = rng.randrange(1, len(text))
        return text[:at] + rng.choice((" ", "　", "  ")) + text[at:] + rng.choice(("", " "))

    return labels_changed(sample, change, ("label", "head"))


def renumbered_groups(sample: Sample, rng: random.Random) -> Sample:
    """ASCII brackets around the numbers of groups, or full-width figures before items."""
    if rng.random() < 0.5:
        return labels_changed(sample, lambda text: text.replace("（", "(").replace("）", ")"))
    return labels_changed(sample, lambda text: text[:1].translate(FULL_WIDTH) + text[1:])


def misspelt(sample: Sample, rng: random.Random) -> Sample:
    """A typing error in several labels of items: a letter lost, changed, or two swapped."""
    labels = sorted({c.text for part in sample.parts for c in _labels(part) if _is_long(c.text)})
    wrong = {text: _error(text, rng) for text in rng.sample(labels, 4)}
    return labels_changed(sample, lambda text: wrong.get(text, text))


def misspelt_heads(sample: Sample, rng: random.Random) -> Sample:
    """A typing error in one of the longer column heads of each table."""
    for table in forms.TABLES:
        heads = sorted({c.text for c in _cells(sample, table) if c.kind == "head" and 4 <= len(c.text) < 12})
        names = {measure.zh for edition in forms.TABLES[table].values() for measure in edition.measures}
        heads = [text for text in heads if text in names]
        if heads:
            wrong = rng.choice(heads)
            error = _error(wrong, rng)
            sample = labels_changed(sample, lambda t, w=wrong, e=error: e if t == w else t, ("head",))
    return sample


def _labels(part: Part) -> list[Cell]:
    groups = {group.number + group.zh for group in (forms.GROUPS["results"], *forms.OUTCOME_GROUPS)}
    cells = part.grid.cells if part.grid is not None else ()
    return [cell for cell in cells if cell.kind == "label" and cell.text not in groups]


def _cells(sample: Sample, table: str) -> list[Cell]:
    return [c for p in sample.parts if p.grid is not None and p.grid.table == table for c in p.grid.cells]


def _is_long(text: str) -> bool:
    return len(text.lstrip(_NUMBERS)) >= _SHORTEST


def _error(text: str, rng: random.Random) -> str:
    start = len(text) - len(text.lstrip(_NUMBERS))
    at = rng.randrange(start, len(text) - 1)
    kind = rng.choice(("lost", "changed", "doubled"))
    if kind == "lost":
        return text[:at] + text[at + 1 :]
    if kind == "doubled":
        return text[:at] + text[at] + text[at:]
    return text[:at] + _SIMILAR.get(text[at], "囗") + text[at + 1 :]


def outcome_added(sample: Sample, rng: random.Random) -> Sample:
    """A locality's own reason of refusal, with figures that stand nowhere else."""
    return _with_requests_row(sample, "refused", "其他法定不予公开情形", rng)


def other_rows_added(sample: Sample, rng: random.Random) -> Sample:
    """A row 其他 under headings that have none on the form."""
    name = forms.TABLES["requests"]["2021"].item("other.other").zh
    for group in ("refused", "unavailable", "not_processed"):
        sample = _with_requests_row(sample, group, name, rng)
    return sample


def _with_requests_row(sample: Sample, group: str, name: str, rng: random.Random) -> Sample:
    items = [item for item in forms.TABLES["requests"]["2021"].items if item.group and item.group.id == group]
    figures = tuple(str(rng.randrange(470_000, 480_000)) for _ in range(7))

    def change(grid: Grid) -> Grid:
        if grid.table != "requests":
            return grid
        heading = next(g.number + g.zh for g in forms.OUTCOME_GROUPS if g.id == group)
        above = next((c for c in grid.cells if c.text == heading and c.rowspan > 1), None)
        if above is None:
            return grid
        return with_row(grid, above.row + above.rowspan, f"{len(items) + 1}.{name}", figures)

    return grids_changed(sample, change)


_SECTION_MARKS = "第部分l （）" + _NUMBERS
_SECTION_NUMBERS = (
    ("l、", "二、", "三、", "四、", "五、", "六、"),
    ("1、", "2、", "3、", "4、", "5、", "6、"),
    ("1.", "2.", "3.", "4.", "5.", "6."),
    ("", "", "", "", "", ""),
    ("第一部分 ", "第二部分 ", "第三部分 ", "第四部分 ", "第五部分 ", "第六部分 "),
    ("一、", "二、", "三、", "四、", "五、", "五、"),
    ("一．", "二．", "三．", "四．", "五．", "六．"),
    ("一 、", "二 、", "三 、", "四 、", "五 、", "六 、"),
    ("（一）", "（二）", "（三）", "（四）", "（五）", "（六）"),
)


def sections_renumbered(sample: Sample, rng: random.Random) -> Sample:
    """Other numbers before the sections' titles, a letter l for 一 among them."""
    return _numbered(sample, rng.choice(_SECTION_NUMBERS))


def sections_restarted(sample: Sample, _: random.Random) -> Sample:
    """The tables as an appendix, counted from one again."""
    ordered = sorted(sample.parts, key=_holds_form)
    return _numbered(replace(sample, parts=tuple(ordered)), ("一、", "二、", "三、") * 2)


def _numbered(sample: Sample, numbers: tuple[str, ...]) -> Sample:
    parts = [
        replace(part, heading=number + part.heading.lstrip(_SECTION_MARKS))
        for part, number in zip(sample.parts, numbers, strict=True)
    ]
    return replace(sample, parts=tuple(parts))


def _holds_form(part: Part) -> bool:
    return part.picture is not None or (part.grid is not None and part.grid.table in forms.TABLES)


def sections_misspelt(sample: Sample, rng: random.Random) -> Sample:
    """及 for 和, a letter lost, a word more."""
    at = rng.randrange(len(sample.parts))
    changes = [part.heading.replace("和", "及") for part in sample.parts]
    changes[at] = _error(changes[at], rng) if len(changes[at]) > 8 else changes[at]
    parts = [replace(part, heading=text) for part, text in zip(sample.parts, changes, strict=True)]
    return replace(sample, parts=tuple(parts))


def pictured(sample: Sample, rng: random.Random) -> Sample:
    """One table, or all of them, pasted as a picture: sharper or coarser, as people copy them."""
    tables = rng.choice((("requests",), ("review",), tuple(forms.TABLES)))
    dpi = rng.choice((96, 110, 150))

    def change(part: Part) -> Part:
        if part.grid is None or part.grid.table not in tables:
            return part
        return replace(part, picture=picture(part.grid, sample, dpi), grid=None)

    return parts_changed(sample, change)


def wrapped(sample: Sample, rng: random.Random) -> Sample:
    """Heads and labels broken over two lines."""

    def change(text: str) -> str:
        if len(text) < 4 or "\n" in text or rng.random() < 0.3:
            return text
        places = [at for at in range(2, len(text)) if _may_break(text, at)]
        at = rng.choice(places or [len(text)])
        return (text[:at] + "\n" + text[at:]).strip()

    return labels_changed(sample, change, ("label", "head"))


def _may_break(text: str, at: int) -> bool:
    """May a line end there? Not after an opening sign nor before a closing one, nor within a number."""
    return text[at - 1] not in "（(“「" and text[at] not in "）)”」、，。：．." and not text[at - 1].isdigit()


def vertical(sample: Sample, _: random.Random) -> Sample:
    """The headings of outcome groups set from top to bottom, a letter a line."""
    return cells_changed(
        sample, lambda c: replace(c, text="\n".join(c.text)) if c.kind == "label" and c.rowspan > 1 else c
    )


def foreign_table(sample: Sample, rng: random.Random) -> Sample:
    """A table of the agency's own in section one, which holds no figure of the form."""
    rows = [("序号", "内容", "数量")]
    names = ("政务微博发布", "新闻发布会", "在线访谈", "政策解读", "其他")
    rows += [(str(n), name, str(rng.randrange(470_000, 480_000))) for n, name in enumerate(names, 1)]
    kinds = ("label", "label", "figure")
    cells = tuple(
        Cell(text, r, c, kind=kinds[c] if r else "head")
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    first, *others = sample.parts
    return replace(sample, parts=(replace(first, grid=Grid("own", cells, 3)), *others))


def traditional(sample: Sample, _: random.Random) -> Sample:
    """Every character in its Traditional form."""
    from tests.corpus.traditional import traditional as converted

    return converted(sample, "s2t")


def traditional_words(sample: Sample, _: random.Random) -> Sample:
    """Traditional characters, and the words that sites map with them."""
    from tests.corpus.traditional import traditional as converted

    return converted(sample, "s2twp")
