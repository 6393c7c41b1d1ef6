"""The answer to each question as a fragment of the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from ogi import reported
from ogi.compare import paired
from ogi.pages.html import Html, number
from ogi.pages.levels import level_head
from ogi.pages.narrative import beside
from ogi.pages.styled import styled, texts_of, words_of_package
from ogi.review import copies, file_lists, lists
from ogi.review.asked import Asked, Reason, agencies_of, asked, astray, doubt_of_year, unsure
from ogi.review.data import Review
from ogi.review.listing import Listing, linked, official
from ogi.review.names import SECTION_NAMES
from ogi.review.pictures import Clips, pictures
from ogi.review.sent_back import slips, undecided, unwritten, written_to
from ogi.review.settings import SETTINGS
from ogi.review.slips import SENT_BACK
from ogi.review.words import likeness, render, worded
from ogi.said import Said, joined, told

_LACKS = ("reported", "by_kind", "by_region")
"""Lists of which it is no good news that they are empty: there was nothing to look at."""
_NAMES = 12
"""Agencies of a group of copies that are named above their passages."""


def look(data: Review) -> Html:
    """Style and font for the fragments in a notebook; an exported page needs nothing of it."""
    found = data.found
    frames = found.agencies, found.reports, found.standing, found.findings, found.slips, found.corrected
    passages = who_copied(data).striptags()
    return styled(Markup(), data.language, words_of_package() + texts_of(*frames) + passages)


def did_everybody_report(data: Review) -> Html:
    """Agencies × years, what is missing or late first."""
    makers = (file_lists.strange, file_lists.equal, file_lists.doubled)
    files = _lists(data, *(make(data) for make in makers), quiet=True)
    return Html(_lists(data, lists.reporting(data)) + files)


def what_to_send_back(data: Review) -> Html:
    """Who is written to and why; the first slips as cards, the others and corrections as lists."""
    listing = slips(data)
    first = listing.rows.head(SETTINGS.pictures)
    clips = pictures(data, first, SETTINGS.pictures)
    cards = []
    for number_, row in zip(first.index, first.to_dict("records"), strict=True):
        cards.append(_card({str(name): value for name, value in row.items()}, data, clips.get(number_, ())))
    rest = Listing(listing.id, listing.columns, listing.rows.iloc[len(first) :], listing.note)
    levels = [
        (level, told(level_head(level), data.language), [card for card in cards if card["level"] == level])
        for level in SENT_BACK
    ]
    why = told(_why(data), data.language)
    agencies = _lists(data, written_to(data), unwritten(data), quiet=True)
    doubt = doubt_of_year(data)
    doubted = "" if doubt is None else told(doubt, data.language)
    cards_shown = render("slips", data.language, levels=levels, why=why, agencies=agencies, doubted=doubted)
    return Html(cards_shown + _lists(data, rest, lists.corrected(data), quiet=True))


def _why(data: Review) -> Said:
    """How many agencies are written to, and for which reasons."""
    found, counts = asked(data), Counter(astray(data).values()) | Counter(unsure=len(unsure(data)))
    keys = [key for key in (*reported.ASTRAY, "unsure") if counts[key]]
    left = joined((worded(f"asked.{key}", n=number(counts[key])) for key in keys), "", "")
    if not found:
        return worded("asked.nobody", left=left)
    reasons = joined(_counts(data, agencies_of(found)), "; ", "，")
    return worded("asked.all", n=number(len(found)), of=_of(data, found), reasons=reasons, left=left)


def _of(data: Review, found: Mapping[str, Asked]) -> Said:
    """How many of them the head of the page counts as to be sent back, and why the others are written to."""
    counted = set(data.open_slips["agency"])
    others = Counter(one.reasons[0] for agency, one in found.items() if agency not in counted)
    reasons = {reason: others[reason] for reason in Reason if others[reason]}
    told_others = joined(_counts(data, reasons), "; ", "，")
    sent = len(counted & found.keys())
    if not sent:
        return worded("asked.none_sent_back")
    back = worded("asked.sent_back", n=number(sent), of=number(len(counted)))
    rest = [worded("asked.others", n=number(len(found) - sent), reasons=told_others)] if others else []
    return joined([back, *rest], ", ", "，")


def _counts(data: Review, agencies: Mapping[Reason, int]) -> list[Said]:
    what = file_lists.what_unread(data)
    return [worded(f"reason.{reason}", n=number(n), what=what) for reason, n in agencies.items()]


def _card(row: dict[str, Any], data: Review, clips: Clips) -> dict[str, Any]:
    names = ("rule", "told", "place", "mark_told", "also")
    said = {name: told(row[name], data.language) for name in names}
    agency = linked(row["agency"], data.with_page, row["anchor"])
    return {**row, **said, "agency": agency, "cell": official(row["cell"], data.language), "clips": clips}


def what_is_out_of_the_ordinary(data: Review) -> Html:
    """Sudden changes, shares far from their kind's median, blank tables, carry-overs that do not follow."""
    return _lists(data, lists.sudden(data), lists.far(data), lists.blank(data), lists.carried(data))


def who_copied(data: Review) -> Html:
    """Groups of agencies with like sections, their passages side by side, then all pairs; own last year's."""
    found = render(
        "copies", data.language, groups=list(_copied(data)), comma="、" if data.language == "zh" else ", "
    )
    return Html(found + _lists(data, lists.copied(data), lists.repeated(data)))


def _copied(data: Review) -> Iterator[dict[str, Any]]:
    few = [found for _, found in zip(range(SETTINGS.beside), copies.groups(data.copied), strict=False)]
    firsts = [own.iloc[0] for own, _ in few]
    names = data.found.agencies["agency"].to_numpy()
    rows = [(names[row[side]], row["section"]) for row in firsts for side in ("agency", "other")]
    wanted = pd.DataFrame(rows, columns=["name", "section"])
    texts = data.sentences(wanted) if len(wanted) else {}
    for first, (own, members) in zip(firsts, few, strict=True):
        one, other, section = names[first["agency"]], names[first["other"]], first["section"]
        shown = [one, other, *(name for name in names[members] if name not in (one, other))][:_NAMES]
        pairs = [pair for pair in paired(texts[other, section], texts[one, section]) if pair.old and pair.new]
        yield {
            "agencies": [linked(name, data.with_page) for name in shown],
            "left": len(members) - len(shown),
            "section": official(SECTION_NAMES[section], data.language),
            "share": told(_alike(own), data.language),
            "sides": (one, other),
            "pairs": [(both.new, both.old) for both in map(beside, pairs[: SETTINGS.passages])],
        }


def _alike(pairs: pd.DataFrame) -> Said:
    """How the sections of a group are alike; of several pairs that differ in it, the least and the most."""
    if pairs["how"].nunique() == 1 and pairs["share"].nunique() == 1:
        return worded(f"share.{pairs['how'].iloc[0]}", share=likeness(pairs["share"].iloc[0]))
    return worded("share.several", least=likeness(pairs["share"].min()), most=likeness(pairs["share"].max()))


def which_rules_break(data: Review) -> Html:
    """By rule and kind of agency, and how many reports of each kind and region have a broken sum."""
    own = (lists.broken_rules(data), lists.by_group(data, "kind"), lists.by_group(data, "region"))
    return _lists(data, *own)


def what_could_not_be_read(data: Review) -> Html:
    """Findings that are no notes, what is undecided, and files that changed after they were first read."""
    own = file_lists.unread(data), file_lists.by_hand(data), undecided(data), file_lists.altered(data)
    return _lists(data, *own)


def _lists(data: Review, *found: Listing, quiet: bool = False) -> Html:
    """The lists below each other; of one without rows, a word that there is nothing, unless `quiet`."""
    parts = []
    for listing in found:
        if len(listing.rows):
            parts.append(listing.html(data.language, data.with_page))
        elif not quiet:
            is_lack = listing.id in _LACKS
            parts.append(render("nothing", data.language, key=f"none.{listing.id}", is_lack=is_lack))
    return Html(Markup("").join(parts))
