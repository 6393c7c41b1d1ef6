"""How exactly reports are read: the whole layout corpus, by layout and by quirk (`make accuracy`).

The whole corpus where it was made (`make corpus`), else the committed part of it. Writes docs/accuracy.md and
lists the documents that were not read rightly.
"""

from __future__ import annotations

import argparse
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.sentences import TITLE, with_section
from tests.corpus.scans import SCANS
from tests.corpus.score import Score, score
from tests.corpus.verdicts import added

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "tests" / "corpus"
HEAD = (
    "documents", "figures", "right", "missing", "wrong", "wrong without a mark", "right, %",
    "seconds per report",
)  # fmt: skip
SUMS = ("broken as printed", "called broken", "undecided", "missed", "wrongly called broken")
TEXT = """# Accuracy

Made by `{command}`. Corpus: {corpus}.
{documents} documents, {figures} figures, every one of them known beforehand. How they are made, and what the
quirks are: `tests/corpus/`.

- **right**: state, value and unit are those printed. A row that is not in the document is rightly `absent`,
  and so is a table pasted as a picture where a finding says that the table was not found.
- **missing**: printed, but read as `absent` or `unreadable`.
- **wrong**: another value or state than printed.
- **wrong without a mark**: wrong, and neither the confidence (under 0.9) nor a finding on the row or cell
  says so.
- **seconds per report**: the median, of processor time.

## By layout

{layouts}

## By quirk

A document with several quirks counts under each.

{quirks}

## As documents are met outside

Made by `python -m tests.corpus.manners`: each odd manner (a number hidden, struck out, covered, drawn,
typed in a field, in a font that lies; a file of another kind than it is called; text as crawlers leave it) in
each layout that shows it.
A hidden number is right where it is blank, one that is struck out or covered where it is unreadable. What is
read from a picture counts as right or wrong as anything else does; if it is not sure, it has a mark.

{outside}

{manners}

## Errors of the report and errors of our reading

The sums and balances of the forms: the lines that do not add up as printed, how many of them are called
broken after reading, left undecided because a cell is in doubt, or missed; and the lines that do add up as
printed but are called broken, which would lay an error of ours at the agency's door.

{sums}

## Every quirk in every layout

The share of figures that are right, in %; scans are taken together. A dot: the layout cannot show the quirk.

{crossed}
"""
SCANNED = "scans"
OUTSIDE = "odd_"
"""What the layouts of tests/corpus/manners begin with."""


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how exactly the corpus is read.")
    parser.add_argument("--corpus", type=Path, default=None, help="a folder made by tests.corpus.make")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "accuracy.md")
    parser.add_argument("--shown", type=int, default=20, help="how many failing documents are listed")
    parser.add_argument("--only", nargs="*", default=None, help="these layouts alone; nothing is written")
    parser.add_argument("--digital", action="store_true", help="leave the scans out")
    options = parser.parse_args()
    full = CORPUS / "full"
    corpus = options.corpus or (full if full.is_dir() else CORPUS / "committed")
    paths = [p.with_name(name) for p in sorted(corpus.rglob("*.json")) if (name := _document(p)) is not None]
    wanted = [p for p in paths if options.only is None or p.parent.name in options.only]
    wanted = [p for p in wanted if not (options.digital and p.parent.name in SCANS)]
    with ProcessPoolExecutor(2) as pool:
        scores = list(pool.map(score, wanted, chunksize=4))
    print(table_of(scores, "layout", lambda s: [s.layout]))
    list_failures(scores, options.shown)
    if options.only is None:
        part = options.out.with_suffix(".part")
        part.write_text(_with_words(page(scores, corpus, digital=options.digital), options.out), "utf-8")
        part.replace(options.out)


def _with_words(made: str, before: Path) -> str:
    """The page with the section on counts in words that it had before, which another benchmark makes."""
    held = before.read_text("utf-8").partition(f"{TITLE}\n")[2] if before.is_file() else ""
    return with_section(made, f"{TITLE}\n{held.rstrip()}") if held else made


def _document(record: Path) -> str | None:
    """The name of the document that a record is about."""
    found = [p.name for p in record.parent.glob(f"{record.stem}.*") if p != record]
    return found[0] if found else None


def page(scores: list[Score], corpus: Path, *, digital: bool) -> str:
    """The benchmark's page; it says nothing of the day or the machine."""
    made = corpus / "README.md"
    outside = [one for one in scores if one.layout.startswith(OUTSIDE)]
    scores = [one for one in scores if not one.layout.startswith(OUTSIDE)]
    return TEXT.format(
        command="python -m benchmarks.accuracy --digital" if digital else "make accuracy",
        corpus=(made.read_text("utf-8").strip() if made.is_file() else "its committed part")
        + (", scans left out" if digital else ""),
        documents=len(scores),
        figures=sum(map(_figures, scores)),
        layouts=table_of(scores, "layout", lambda s: [s.layout]),
        quirks=table_of(scores, "quirk", lambda s: s.quirks),
        outside=table_of(outside, "layout", lambda s: [s.layout]),
        manners=table_of(outside, "manner", lambda s: s.quirks),
        sums=sums_of(scores),
        crossed=crossed(scores),
    )


def sums_of(scores: list[Score]) -> str:
    """A Markdown table with a row per layout: what was said of the forms' own sums."""
    layouts = sorted({one.layout for one in scores})
    lines = [_line(["layout", *SUMS]), _line(["---", *["---:"] * len(SUMS)])]
    lines += [_line([name, *_verdicts([s for s in scores if s.layout == name])]) for name in layouts]
    return "\n".join([*lines, _line(["**all**", *_verdicts(scores)])])


def _verdicts(scores: list[Score]) -> list[str]:
    told = added(one.sums for one in scores)
    return [str(n) for n in (told.broken, told.reported, told.undecided, told.missed, len(told.accused))]


def crossed(scores: list[Score]) -> str:
    """A Markdown table with a row per quirk, a column per layout, and the share that is right."""
    cells: dict[tuple[str, str], list[Score]] = defaultdict(list)
    for one in scores:
        for quirk in one.quirks:
            cells[quirk, _column(one)].append(one)
    columns, quirks = sorted({c for _, c in cells}), sorted({quirk for quirk, _ in cells})
    lines = [_line(["quirk", *columns]), _line(["---", *["---:"] * len(columns)])]
    lines += [
        _line([quirk, *(_share(cells.get((quirk, c), [])) or "·" for c in columns)]) for quirk in quirks
    ]
    return "\n".join(lines)


def _column(one: Score) -> str:
    return SCANNED if one.layout in SCANS else one.layout


def table_of(scores: list[Score], name: str, groups_of: Callable[[Score], Iterable[str]]) -> str:
    """A Markdown table with a row per group and one for all."""
    groups: dict[str, list[Score]] = defaultdict(list)
    for one in scores:
        for group in groups_of(one):
            groups[group].append(one)
    lines = [_line([name, *HEAD]), _line(["---", *["---:"] * len(HEAD)])]
    lines += [_line([group, *_counts(members)]) for group, members in sorted(groups.items())]
    return "\n".join([*lines, _line(["**all**", *_counts(scores)])])


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _figures(one: Score) -> int:
    return one.right + len(one.missing) + len(one.wrong)


def _counts(scores: list[Score]) -> list[str]:
    figures, right = sum(map(_figures, scores)), sum(s.right for s in scores)
    lost = (
        sum(len(part) for part in parts)
        for parts in zip(*[(s.missing, s.wrong, s.unmarked) for s in scores], strict=True)
    )
    seconds = f"{statistics.median(s.seconds for s in scores):.2f}" if scores else ""
    return [str(len(scores)), str(figures), str(right), *map(str, lost), _share(scores), seconds]


def _share(scores: list[Score]) -> str:
    """The figures that are right, in % and never rounded up; "" where there are none."""
    figures, right = sum(map(_figures, scores)), sum(s.right for s in scores)
    if figures == 0:
        return ""
    return "100" if right == figures else f"{int(100_000 * right / figures) / 1000:.3f}"


def list_failures(scores: list[Score], shown: int) -> None:
    """The documents read worst, with the first figures that differ."""
    failed = sorted(
        (s for s in scores if not s.is_right or s.sums.accused or s.sums.missed),
        key=lambda s: (-len(s.sums.accused), -len(s.unmarked), -len(s.wrong), -len(s.missing)),
    )
    print(f"\n{len(failed)} of {len(scores)} documents were not read rightly")
    for one in failed[:shown]:
        print(f"\n{one.path.parent.name}/{one.path.name}: {len(one.missing)} missing, {len(one.wrong)} wrong,"
              f" {len(one.unmarked)} of them unmarked; {', '.join(one.quirks)}")  # fmt: skip
        print(
            *(
                f"    {line}"
                for line in [
                    *([one.error] if one.error else []),
                    *one.sums.accused,
                    *one.unmarked,
                    *one.wrong,
                    *one.missing,
                ][:4]
            ),
            sep="\n",
        )


if __name__ == "__main__":
    main()
