"""Files that a report without figures of its own carries or links: often the report itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from ogi.readers.document import Block, Grid, worded
from ogi.readers.settings import SETTINGS
from ogi.said import Said

_KIND = re.compile(r"\.(pdf|docx?|wps|xlsx?|ofd|rtf|zip|rar)(?=$|[?#&])", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d,.]*")


def kinds_of(names: Iterable[str]) -> list[str]:
    """The kind (pdf, docx …) of each file or link that may be a report, each name once."""
    found = (_KIND.search(name.strip()) for name in dict.fromkeys(names))
    return [match[1].lower() for match in found if match is not None]


def lacks_tables(blocks: Iterable[Block]) -> bool:
    """Are there hardly any figures? Files attached beside tables are other reports, too, and not named."""
    return figures_in(blocks) < SETTINGS.few_figures


def attachment_notes(kinds: list[str]) -> tuple[Said, ...]:
    """What is said of attached files that were not read."""
    if not kinds:
        return ()
    counts = [worded("attached.files", n=n, kind=kind) for kind, n in sorted(Counter(kinds).items())]
    named = Said(", ".join(counts), "、".join(count.zh for count in counts))
    return (worded("attached", n=len(kinds), named=named),)


def figures_in(blocks: Iterable[Block]) -> int:
    """How many cells hold a number alone."""
    cells = (cell for block in blocks if isinstance(block, Grid) for cell in block.cells)
    return sum(1 for cell in cells if _NUMBER.fullmatch(cell.text.strip()))
