"""Make the corpus: `python -m tests.corpus.make --out tests/corpus/full --count 600 --seed 1`.

Every layout is crossed with every quirk that it can show; what is left of the count has several quirks at
random. A document lies in `<out>/<layout>/`, and beside it, under the same name with .json, what it prints.
DOCX → PDF needs LibreOffice, HTML → PDF a Chromium.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

from helpers import forms
from scripts.samples.compose import Sample, compose
from scripts.samples.golden import golden
from scripts.samples.plan import Plan
from tests.corpus.figures import draft as any_draft
from tests.corpus.layouts import LAYOUTS, write_all
from tests.corpus.quirks import QUIRKS

TITLES = ("two lines", "one line", "year first")
ENCODINGS = {
    "txt_cells": ("utf-8", "utf-8-sig", "utf-16", "gb18030"),
    "txt_rows": ("utf-8", "utf-8-sig", "utf-16", "gb18030"),
    "cms": ("utf-8", "gb18030"),
}
MOST_QUIRKS = 5


def plans(count: int, seed: int, layouts: tuple[str, ...] = LAYOUTS) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Layout and quirks of every document: each pair once, then several quirks at random."""
    pairs = [(layout, quirk) for quirk in QUIRKS.values() for layout in layouts if quirk.fits(layout)]
    random.Random(seed).shuffle(pairs)
    yield from ((layout, (quirk.name,)) for layout, quirk in pairs[:count])
    for number in range(count - len(pairs)):
        rng = random.Random(f"{seed} quirks {number}")
        layout = layouts[number % len(layouts)]
        fitting = [q.name for q in QUIRKS.values() if q.fits(layout) and q.name != "none"]
        chosen = set(rng.sample(fitting, rng.randint(2, MOST_QUIRKS)))
        yield layout, tuple(name for name in QUIRKS if name in chosen)


def sample_of(layout: str, quirks: tuple[str, ...], seed: object) -> Sample:
    """One report, composed and with its quirks."""
    rng = random.Random(f"{seed}")
    wanted = {QUIRKS[name].edition for name in quirks} - {None}
    plan = Plan(
        layout,
        title=rng.choice(TITLES),
        encoding=rng.choice(ENCODINGS.get(layout, ("utf-8",))),
        quirks=quirks,
    )
    draft = any_draft(rng, plan, next(iter(wanted), None))
    for name in quirks:
        change = QUIRKS[name].draft
        draft = draft if change is None else change(draft, rng)
    values = draft.printed_values()
    sample = compose(
        draft.agency, draft.year, values, draft.plan, draft.editions, voice=draft.voice, real=False
    )
    for name in quirks:
        printed = QUIRKS[name].printed
        sample = sample if printed is None else printed(sample, rng)
    return sample


def record(sample: Sample, layout: str, quirks: tuple[str, ...]) -> str:
    """The golden record: what is printed, which layout and quirks show it, which tables are pictures."""
    told = json.loads(golden(sample))
    shown = {part.grid.table for part in sample.parts if part.grid is not None}
    head = {key: told[key] for key in ("printed_agency", "year", "forms", "encoding", "misprints")}
    head = {
        "layout": layout,
        "quirks": list(quirks),
        **head,
        "pictured": [t for t in forms.TABLES if t not in shown],
    }
    lines = [f"{_json(key)}: {_json(value)}" for key, value in head.items()]
    figures = ",\n".join(f"{_json(key)}: {_json(value)}" for key, value in told["figures"].items())
    return "{\n" + ",\n".join(lines) + f',\n"figures": {{\n{figures}\n}}\n}}\n'


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def make(out: Path, count: int, seed: int, layouts: tuple[str, ...] = LAYOUTS) -> list[Path]:
    """Write the documents and their records; returns the documents."""
    tasks = []
    for number, (layout, quirks) in enumerate(plans(count, seed, layouts)):
        sample = sample_of(layout, quirks, f"{seed} {layout} {number}")
        name = f"{number:05}-{'-'.join(quirks) if len(quirks) < 3 else 'several'}"
        path = out / layout / f"{name}.{sample.plan.extension}"
        tasks.append((path, sample))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(".json").write_text(record(sample, layout, quirks), "utf-8")
    write_all(tasks)
    return [path for path, _ in tasks]


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the layout corpus.")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "full")
    parser.add_argument("--count", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--layouts", nargs="*", choices=LAYOUTS, default=LAYOUTS)
    options = parser.parse_args()
    written = make(options.out, options.count, options.seed, tuple(options.layouts))
    size = sum(path.stat().st_size for path in written) / 1024**2
    print(f"{len(written)} documents, {size:.1f} MB, in {options.out}")


if __name__ == "__main__":
    main()
