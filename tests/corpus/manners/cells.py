"""Random numbers in the cells of a table, each shown in a random way: is one told that the picture does not show?

`python -m tests.corpus.manners.cells --count 2000` looks at so many tables; a few are in the tests.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ogi.readers import pdf
from ogi.readers.document import Cell, Grid
from ogi.values import LEAST_CONFIDENCE, State, parse
from scripts.samples.drawn import wide
from scripts.samples.drawn_pdf import _Writer
from tests.corpus.manners.marked import SAME
from tests.corpus.manners.pages import TRICKS, Place, Trick, file_of, ink_of, page_of

ROWS, COLUMNS = 7, 4
LEFT, TOP, WIDE, HIGH, PAGE = 60.0, 740.0, 110.0, 24.0, (595.0, 842.0)
_PLAIN = Trick("plain", lambda ink, at: ink.text(at))
_HEADS = "事项数量总计其他"
Shown = dict[tuple[int, int], tuple[str, Trick]]


def table(rng: random.Random) -> tuple[bytes, Shown]:
    """A PDF of one table below a line of heads, and by row and column the number and the way it is shown."""
    writer = _Writer()
    ink = ink_of(writer, f"{_HEADS} 0123456789")
    tree = len(writer.objects) + 1
    writer.add(b"")
    shown: Shown = {}
    content = ["0.6 w", *(_cell(row, column) for row in range(ROWS) for column in range(COLUMNS))]
    for column in range(COLUMNS):
        content.append(ink.text(_place(_HEADS[2 * column : 2 * column + 2], "", 0, column, 10)))
    for row in range(1, ROWS):
        for column in range(COLUMNS):
            number = str(rng.choice((rng.randrange(10), rng.randrange(1000), rng.randrange(10**6))))
            trick = rng.choice([_PLAIN, *(t for t in TRICKS if t.fits(number))])
            shown[row, column] = number, trick
            size = rng.choice((7.5, 9.0, 10.5, 12.0))
            content.append(trick.draw(ink, _place(number, str(rng.randrange(100)), row, column, size)))
    page = page_of(ink, tree, "\n".join(content), *PAGE)
    return file_of(ink, tree, [page], "表"), shown


def _cell(row: int, column: int) -> str:
    return f"{LEFT + WIDE * column} {TOP - HIGH * (row + 1)} {WIDE} {HIGH} re S"


def _place(text: str, other: str, row: int, column: int, size: float) -> Place:
    left = LEFT + WIDE * (column + 0.5) - wide(text, size) / 2
    return Place(text, other, left, TOP - HIGH * (row + 1) + 8, size)


def faults(rng: random.Random) -> Iterator[str]:
    """Each cell of a table of which something is told with confidence that does not show."""
    data, shown = table(rng)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.pdf"
        path.write_bytes(data)
        document = pdf.read(path)
    cells = [cell for block in document.blocks if isinstance(block, Grid) for cell in block.cells]
    for (row, column), (number, trick) in shown.items():
        for cell in cells:
            if cell.box is not None and _is_at(cell, row, column):
                read = parse(cell.text)
                told = read.value if read.state == State.REPORTED else None
                is_told = cell.confidence >= LEAST_CONFIDENCE and read.state in (State.REPORTED, State.BLANK)
                if is_told and told != (int(number) if trick.shows == SAME else None):
                    yield f"{trick.name}: {number} read as {cell.text!r} ({cell.confidence:.2f})"


def _is_at(cell: Cell, row: int, column: int) -> bool:
    box = cell.box
    x, y = LEFT + WIDE * (column + 0.5), PAGE[1] - TOP + HIGH * (row + 0.5)
    return box is not None and box.x0 < x < box.x1 and box.top < y < box.bottom


def main() -> None:
    parser = argparse.ArgumentParser(description="Look for numbers told that do not show.")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    found = 0
    for number in range(options.count):
        for fault in faults(random.Random(f"{options.seed} {number}")):
            print(f"{options.seed} {number}: {fault}", flush=True)
            found += 1
    print(f"{found} faults in {options.count * (ROWS - 1) * COLUMNS} cells")


if __name__ == "__main__":
    main()
