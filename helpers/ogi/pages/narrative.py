"""The words of the latest report beside the report before: what is repeated, changed, new and gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ogi.compare import Pair, Sentence, difference, paired, repeated, sentences_of
from ogi.forms import SECTIONS
from ogi.pages.frames import Column, Frames
from ogi.pages.html import Html, label, percent, render, say
from ogi.said import known

MOST = 9_000
"""Characters of both reports that are shown: a long report's five pages; the rest is counted."""


@dataclass(frozen=True)
class Beside:
    """One sentence beside the other: each with what differs marked, None where it stands alone."""

    old: Markup | None
    new: Markup | None
    is_same: bool


def words_compared(frames: Frames, language: str = "en") -> Html:
    """Each section of the latest report beside the report before, differences marked.

    Sentences that the law asks of every report are left out.
    """
    known(language)
    columns = [column for year in frames.years[-2:] if (column := frames.column_of(year)) is not None]
    now = _sentences(frames, columns[-1]) if columns else []
    before = _sentences(frames, columns[0]) if len(columns) > 1 else []
    share = repeated(before, now) if before else None
    return render(
        "narrative",
        language,
        agency=frames.agency,
        columns=columns,
        share=None if share is None else percent(share),
        is_whole=share == 1,
        sections=list(_sections(paired(before, now), before, language)) if before or now else [],
    )


def _sentences(frames: Frames, column: Column) -> list[Sentence]:
    own = frames.narratives[frames.narratives["report_id"] == column.report_id]
    texts = zip(own["section"].tolist(), own["text"].fillna("").tolist(), strict=True)
    return [one for section, text in texts for one in sentences_of(section, text)]


def _sections(pairs: list[Pair], before: list[Sentence], language: str) -> Iterator[dict[str, Any]]:
    """Each section: its sentences beside last year's, and the share of its words that are last year's."""
    names = {"preamble": say("preamble", language), **{part.id: label(part, language) for part in SECTIONS}}
    left = MOST
    for section, name in names.items():
        own = [pair for pair in pairs if _section(pair) == section]
        if not own:
            continue
        shown = []
        for pair in own:
            left -= sum(len(one.text) for one in (pair.old, pair.new) if one is not None)
            if left < 0:
                break
            shown.append(beside(pair))
        now = [pair.new for pair in own if pair.new is not None]
        share = repeated(before, now) if before and now else None
        told = "" if share is None else percent(share)
        yield {"name": name, "share": told, "pairs": shown, "left_out": len(own) - len(shown)}


def _section(pair: Pair) -> str:
    """The section of this report that it stands in, or stood in before."""
    (first, *_) = (one for one in (pair.new, pair.old) if one is not None)
    return first.section


def beside(pair: Pair) -> Beside:
    """A sentence beside the other, with what differs marked."""
    if pair.old is None or pair.new is None:
        old, new = (None if one is None else Markup("{}").format(one.text) for one in (pair.old, pair.new))
        return Beside(old, new, is_same=False)
    steps = list(difference(pair.old.text, pair.new.text))
    before = Markup("").join(_marked("del", tag, a) for tag, a, _ in steps)
    now = Markup("").join(_marked("ins", tag, b) for tag, _, b in steps)
    return Beside(before, now, is_same=pair.likeness == 1)


def _marked(element: str, tag: str, text: str) -> Markup:
    if not text or tag == "equal":
        return Markup("{}").format(text)
    return Markup(f"<{element}>{{}}</{element}>").format(text)
