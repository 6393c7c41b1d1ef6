"""The six sections: present, in order, rightly numbered, of substance; leftovers of a template."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from rapidfuzz.distance import Editop, Levenshtein

from ogi.checks.rows import Check, Verdict, judged, message
from ogi.checks.words.report import ReportWords
from ogi.checks.words.text import compact_lines
from ogi.checks.words.vocabulary import pattern, wordings
from ogi.extract.labels import label
from ogi.extract.report import Narrative
from ogi.forms import SECTIONS, Section
from ogi.values import shown

# The shortest problem that a report can name: 更新慢了, 人手不足.
FEWEST_CHARACTERS = 4
"""What the section on problems must say at least, beyond headings, stock phrases and good intentions."""
# Who reports on which year by which article fills one long sentence: what is longer tells more.
LONG_PREAMBLE = 100
"""Characters from which what stands before the first section may be the overview."""
# A longer clause says something; and patterns that may begin anywhere are tried on no more than this.
_LONGEST_EMPTY = 48
# Leftovers that a message shows, and characters on either side: enough to find them by with a search.
_MOST_SHOWN, _AROUND = 3, 8
# 措施 for 情况 differs in two.
_MOST_SLIPS = 1
_DIGITS = str.maketrans("123456", "一二三四五六")


def sections(words: ReportWords) -> Iterator[Check]:
    """The rows of the six rules on sections, for a report of which any section was found."""
    if words.passages:
        yield _present(words)
        yield _order(words)
        yield _numbers(words)
        yield _titles(words)
        yield from _problems(words)
        yield _template(words)


def _present(words: ReportWords) -> Check:
    found = {passage.section for passage in words.passages}
    missing = [section for section in SECTIONS if section.id not in found]
    retitled = {section: _retitled(section, words) for section in missing}
    lacking = [section for section, heading in retitled.items() if heading is None]
    is_broken = bool(lacking) and not words.is_doubtful
    verdict = Verdict.HOLDS if not missing else Verdict.BROKEN if is_broken else Verdict.UNDECIDED
    case = "retitled" if missing and not lacking else verdict
    values: dict[str, Any] = {
        "names": "；".join(section.heading for section in lacking or missing),
        "printed": "、".join(heading for heading in retitled.values() if heading is not None),
        "count": len(SECTIONS),
    }
    sides = float(len(SECTIONS) - len(missing)), float(len(SECTIONS))
    return judged(words.of, "sections.present", verdict, sides, case=case, **values)


def _retitled(section: Section, words: ReportWords) -> str | None:
    """The heading that may be a section's own in other words: with its number and some of its words.

    Of the overview: the text that stands before the other sections, where it is long.
    """
    # Two pairs of signs in common: one alone (情况) is in nearly every heading.
    for match in pattern("headings.numbered").finditer(words.text()):
        if match[1].translate(_DIGITS) == section.number and len(_pairs(match[2]) & _pairs(section.zh)) > 1:
            return f"“{match[0]}”"
    if section.id == "overview" and len(before := words.text("preamble")) >= LONG_PREAMBLE:
        return f"“{shown(before)}”"
    return None


def _pairs(title: str) -> set[str]:
    return {title[n : n + 2] for n in range(len(title) - 1)}


def _order(words: ReportWords) -> Check:
    """Headings may return (contents, appendices): the right order among them is enough."""
    printed = [passage.section for passage in words.passages]
    expected = [section.id for section in SECTIONS if section.id in printed]
    rest = iter(printed)
    in_order = sum(1 for section in expected if section in rest)
    verdict = Verdict.HOLDS if in_order == len(expected) else Verdict.BROKEN
    names = " → ".join(dict.fromkeys(passage.title for passage in words.passages if passage.title))
    sides = float(in_order), float(len(expected))
    return judged(words.of, "sections.order", verdict, sides, names=names)


def _numbers(words: ReportWords) -> Check:
    """A section is wrong where it is numbered and none of its headings has the right number."""
    wrong, judged_sections = [], 0
    for section in SECTIONS:
        own = [passage for passage in words.passages if passage.section == section.id]
        numbered = [p for p in own if p.number or pattern("headings.mistyped").search(p.title)]
        judged_sections += bool(numbered)
        if numbered and not any(p.number.translate(_DIGITS) == section.number for p in numbered):
            first = numbered[0]
            wrong.append(f"{first.number}、{first.title}" if first.number else first.title)
    verdict = Verdict.BROKEN if wrong else Verdict.HOLDS
    sides = float(judged_sections - len(wrong)), float(judged_sections)
    return judged(words.of, "sections.numbers", verdict, sides, names="；".join(wrong))


def _titles(words: ReportWords) -> Check:
    """A title is mistyped where a sign differs from the official one, and none of the small words."""
    slips = {p.title: slip for p in words.passages if (slip := _meant(p)) is not None}
    verdict = Verdict.BROKEN if slips else Verdict.HOLDS
    printed, names = ("；".join(f"“{title}”" for title in titles) for titles in (slips, slips.values()))
    sides = float(len(words.passages) - len(slips)), float(len(words.passages))
    return judged(words.of, "sections.titles", verdict, sides, printed=printed, names=names)


def _meant(passage: Narrative) -> str | None:
    """The official title that a mistyped one stands for; None where it is right, or in other words."""
    section = next((section for section in SECTIONS if section.id == passage.section), None)
    titles = () if section is None else (section.zh, *section.aliases)
    printed = label(re.sub(r"20\d\d年度?", "", passage.title)).name
    changes = {title: Levenshtein.editops(label(title).name, printed) for title in titles}
    nearest = min(changes, key=lambda title: len(changes[title]), default="")
    signs = [_signs(operation, label(nearest).name, printed) for operation in changes.get(nearest, ())]
    is_slip = 0 < len(signs) <= _MOST_SLIPS and not any(map(pattern("headings.small_words").search, signs))
    return nearest if is_slip else None


def _signs(operation: Editop, official: str, printed: str) -> str:
    """The signs that an edit takes out and puts in."""
    out = "" if operation.tag == "insert" else official[operation.src_pos]
    return out + ("" if operation.tag == "delete" else printed[operation.dest_pos])


def _problems(words: ReportWords) -> Iterator[Check]:
    section = next(section for section in SECTIONS if section.id == "problems")
    own = [passage.text for passage in words.passages if passage.section == section.id]
    if not own:
        return
    text = "\n".join(own).strip()
    length = substance(text)
    lost = Verdict.UNDECIDED if not text and words.is_doubtful else Verdict.BROKEN
    verdict = Verdict.HOLDS if length >= FEWEST_CHARACTERS else lost
    told = shown(text) or message("sections.problems", "nothing")
    values = {"number": section.number, "title": section.zh, "text": told}
    sides = float(length), float(FEWEST_CHARACTERS)
    yield judged(words.of, "sections.problems", verdict, sides, **values)


def _template(words: ReportWords) -> Check:
    """Sections in whose text only placeholders stand, such as （文字描述）; of the fifth more is demanded."""
    others = [section for section in SECTIONS if section.id != "problems"]
    bare = [section for section in others if _is_template(words.text(section.id))]
    verdict = Verdict.BROKEN if bare else Verdict.HOLDS
    names = "；".join(section.heading for section in bare)
    return judged(words.of, "sections.template", verdict, (float(len(bare)), 0.0), names=names)


def _is_template(text: str) -> bool:
    left = pattern("leftovers").sub("，", text)
    return left != text and substance(left) == 0


def substance(text: str) -> int:
    """How many characters are left without headings, stock phrases, marks and the word that there is none.

    Blanks part clauses; where they stand inside words, the text is read without them too.
    """
    return min(_substance(compact_lines(text)), _substance(text))


def _substance(text: str) -> int:
    clauses = pattern("parts.word").findall(pattern("stock").sub("，", text))
    return sum(len(re.sub(r"[^\w]|_", "", clause)) for clause in clauses if not _is_empty(clause))


def _is_empty(clause: str) -> bool:
    empty = wordings("empty_clauses") if len(clause) <= _LONGEST_EMPTY else ()
    return any(wording.pattern.search(clause) for wording in empty)


def leftovers(words: ReportWords) -> Iterator[Check]:
    """What looks like the blanks and instructions of a template, of a report with any words."""
    text = "\n".join([words.title, *(f"{p.title}\n{p.text}" for p in words.passages)])
    if text.strip():
        found = [_around(text, match) for match in pattern("leftovers").finditer(text)]
        verdict = Verdict.BROKEN if found else Verdict.HOLDS
        shown = "; ".join(f"“{clip}”" for clip in found[:_MOST_SHOWN])
        sides = float(len(found)), 0.0
        yield judged(words.of, "words.leftovers", verdict, sides, shown=shown)


def _around(text: str, match: re.Match[str]) -> str:
    start, end = max(match.start() - _AROUND, 0), match.end() + _AROUND
    return " ".join(text[start:end].split())
