"""Which documents the corpus holds: layouts crossed with quirks, each with figures of its own."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ogi import forms
from scripts.samples.compose import Sample, compose
from scripts.samples.golden import golden
from scripts.samples.plan import FORMATS, Plan
from tests.corpus.figures import draft as any_draft
from tests.corpus.layouts import LAYOUTS
from tests.corpus.quirks import QUIRKS, Quirk
from tests.corpus.scans import SCANS

TITLES = ("two lines", "one line", "year first")
ENCODINGS = {
    "txt_cells": ("utf-8", "utf-8-sig", "utf-16", "gb18030"),
    "txt_rows": ("utf-8", "utf-8-sig", "utf-16", "gb18030"),
    "cms": ("utf-8", "gb18030"),
}
MOST_QUIRKS = 5
COMMITTED = 30
"""Digital documents kept in the repository."""
_PRINTED_FOR_SCAN = "pdf_ruled"
_LINKED = frozenset(("md", "md_groups"))
"""A picture is only named there and lies in a file of its own, which no report is read from."""


@dataclass(frozen=True)
class Document:
    """One document of the corpus: layout, quirks, and the seed that tells all else."""

    layout: str
    quirks: tuple[str, ...]
    number: int
    seed: str

    def rng(self) -> random.Random:
        return random.Random(self.seed)

    @cached_property
    def sample(self) -> Sample:
        """The report, composed and with its quirks."""
        printed = _PRINTED_FOR_SCAN if self.layout in SCANS else self.layout
        return sample_of(printed, self.quirks, self.rng())

    @property
    def path(self) -> str:
        """Where it lies in the corpus."""
        name = "-".join(self.quirks) if len(self.quirks) < 4 else "several"
        if self.layout in SCANS:
            return f"scans/{self.layout}/{self.number:03}-{name}.{SCANS[self.layout].extension}"
        return f"{self.layout}/{self.number:03}-{name}.{FORMATS[self.layout]}"

    def record(self) -> str:
        """The golden record: what is printed, in which layout and quirks, which tables lie in other files."""
        told = json.loads(golden(self.sample))
        shown = {part.grid.table for part in self.sample.parts if part.grid is not None}
        head = {"layout": self.layout, "quirks": list(self.quirks)}
        head |= {key: told[key] for key in ("printed_agency", "year", "forms", "encoding", "misprints")}
        head["pictured"] = [t for t in forms.TABLES if t not in shown] if self.layout in _LINKED else []
        lines = [f"{_json(key)}: {_json(value)}" for key, value in head.items()]
        figures = ",\n".join(f"{_json(key)}: {_json(value)}" for key, value in told["figures"].items())
        return "{\n" + ",\n".join(lines) + f',\n"figures": {{\n{figures}\n}}\n}}\n'


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def sample_of(layout: str, quirks: tuple[str, ...], rng: random.Random) -> Sample:
    """A report of random figures in that layout, with those quirks laid upon each other."""
    edition = next((e for name in quirks if (e := QUIRKS[name].edition) is not None), None)
    encoding = rng.choice(ENCODINGS.get(layout, ("utf-8",)))
    draft = any_draft(rng, Plan(layout, title=rng.choice(TITLES), encoding=encoding, quirks=quirks), edition)
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


def crossed(count: int, seed: int, layouts: tuple[str, ...] = LAYOUTS) -> list[Document]:
    """Each layout with each quirk once, then several quirks at random."""
    pairs = [(layout, (quirk.name,)) for quirk in QUIRKS.values() for layout in layouts if quirk.fits(layout)]
    random.Random(seed).shuffle(pairs)
    mixed = [_mixed(layouts[n % len(layouts)], f"{seed} quirks {n}") for n in range(count - len(pairs))]
    return list(_documents([*pairs, *mixed][:count], f"{seed} digital"))


def _mixed(layout: str, seed: str) -> tuple[str, tuple[str, ...]]:
    rng = random.Random(seed)
    fitting = [quirk.name for quirk in QUIRKS.values() if quirk.fits(layout) and quirk.name != "none"]
    return layout, _ordered(rng.sample(fitting, rng.randint(2, MOST_QUIRKS)))


def _ordered(names: list[str]) -> tuple[str, ...]:
    return tuple(name for name in QUIRKS if name in names)


def _documents(pairs: list[tuple[str, tuple[str, ...]]], seed: str) -> Iterator[Document]:
    for number, (layout, quirks) in enumerate(pairs):
        yield Document(layout, quirks, number, f"{seed} {number}")


def scans(count: int, seed: int) -> list[Document]:
    """Each manner of scanning in turn: at first without any quirk, then with one, then with several."""
    names = [q.name for q in _scannable()]
    rng = random.Random(f"{seed} scans")
    pairs = []
    for n in range(count):
        turn = n // len(SCANS)
        several = rng.sample(names[1:], rng.randint(2, MOST_QUIRKS) if turn > 2 else 1)
        pairs.append((list(SCANS)[n % len(SCANS)], _ordered(several) if turn else ("none",)))
    return list(_documents(pairs, f"{seed} scan"))


def _scannable() -> list[Quirk]:
    return [quirk for quirk in QUIRKS.values() if quirk.fits(_PRINTED_FOR_SCAN) and quirk.name != "pictured"]


def committed(seed: int) -> list[Document]:
    """A few documents that show every digital layout and every quirk at least once."""
    chosen: list[list[str]] = [[] for _ in range(COMMITTED)]
    layouts = [LAYOUTS[n % len(LAYOUTS)] for n in range(COMMITTED)]
    for quirk in sorted(QUIRKS.values(), key=lambda q: sum(q.fits(layout) for layout in LAYOUTS)):
        fitting = [n for n, layout in enumerate(layouts) if quirk.fits(layout)]
        chosen[min(fitting, key=lambda n: (len(chosen[n]), n))].append(quirk.name)
    pairs = [(layout, _ordered(names)) for layout, names in zip(layouts, chosen, strict=True)]
    return list(_documents(pairs, f"{seed} committed"))


def committed_scans(seed: int) -> list[Document]:
    """Each manner of scanning once."""
    return list(_documents([(name, ("none",)) for name in SCANS], f"{seed} committed scan"))
