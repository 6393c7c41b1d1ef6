"""The head of a page: agency and years, the verdict in a sentence, and five numbers with their course."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from ogi.charts import BROKEN
from ogi.checks.causes import OFFICIAL
from ogi.compare import INDICATORS, LEADING, Alike
from ogi.forms import REPORT_TITLE
from ogi.pages.filing import filing, settled_late, without_report
from ogi.pages.frames import Frames
from ogi.pages.html import Html, plain, render, say
from ogi.pages.named import doubled, printed_names, unnamed
from ogi.pages.tiles import DOUBTS, settled_in, tile
from ogi.pages.verdict import verdict
from ogi.said import known, told, worded


def cover(frames: Frames, language: str = "en", medians: str = "") -> Html:
    """Agency, years with and without a report, the verdict, and the tiles.

    `medians`: those of agencies of its kind in the latest year, as a run over many gives them; "" for none.
    """
    alike = Alike.of_text(medians) if medians else None
    told_filing = [told(line, language) for line in filing(frames)]
    tiles = [tile(frames, INDICATORS[id], known(language), alike) for id in LEADING]
    return render(
        "cover",
        language,
        frames=frames,
        kind_zh=REPORT_TITLE,
        printed=printed_names(frames, language),
        verdict=Markup(" ").join(verdict(frames, language)),
        filing=told_filing,
        notes=[*(told(line, language) for line in settled_late(frames)), *unnamed(frames, language)],
        strip=list(_strip(frames, language)),
        look=_look(frames, bool(told_filing)),
        tiles=tiles,
        legend=list(_legend(frames, tiles, language)),
    )


def _legend(frames: Frames, tiles: list[dict[str, Any]], language: str) -> Iterator[Markup]:
    """What the dotted lines and the signs on tiles mean, and by whom the broken sums are settled."""
    if any('class="f"' in one["course"] for one in tiles):
        yield Markup("┊ {}").format(say("t.dotted", language))
    for key, (sign, _) in DOUBTS.items():
        years = sorted({year for one in tiles for year in one["doubts"][key] if year is not None})
        if years:
            left = settled_in(frames.annual.settled, years, language) if sign == BROKEN else ""
            yield Markup("{} {}{}").format(sign, say(key, language), left)


def _strip(frames: Frames, language: str) -> Iterator[tuple[int, str]]:
    """Each year with "" where its report is there, else with what is there in its place."""
    gaps, unread = without_report(frames), frames.unread_years
    for year in sorted({*frames.years, *gaps}):
        there = plain("unread_file" if year in unread else "no_report", language)
        if year in frames.strange_years:
            there = told(worded("ogi", "there.misfiled"), language)
        yield year, there if year in gaps else ""


def _look(frames: Frames, is_asked: bool) -> str:
    """How the verdict looks: what is to be mended, else what is still to be asked about, else all well."""
    if any(slip.level == OFFICIAL and not slip.is_settled for slip in frames.slips):
        return "bad"
    is_odd = len(frames.strangers) or frames.doubted or any(doubled(frames, "en"))
    return "open" if is_asked or len(frames.misprints) or is_odd else "good"
