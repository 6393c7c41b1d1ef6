"""The figures of a chart for those who do not see it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class ChartTable:
    """The figures of a chart as a reader who does not see it has them: years, then named rows."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def html(self, caption: str) -> str:
        """The table as HTML, all of it escaped."""
        heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in self.heads)
        rows = "".join(_row(name, cells) for name, *cells in self.rows)
        return (
            f'<table class="told"><caption>{escape(caption)}</caption>'
            f"<thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        )


def _row(name: str, cells: list[str]) -> str:
    told = "".join(f"<td>{escape(cell)}" for cell in cells)  # HTML needs no end tags there
    return f'<tr><th scope="row">{escape(name)}</th>{told}</tr>'
