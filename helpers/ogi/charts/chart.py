"""One drawn chart with its words, fit for a page, a notebook and a file."""

from __future__ import annotations

import html
import io
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure
from matplotlib.image import imread, imsave

from ogi import fonts
from ogi.charts import svg
from ogi.charts.style import TITLE_HEIGHT, TITLE_SIZE, WIDTH, house_style
from ogi.files import write_whole

_PNG_DPI = 200
"""Sharp in print at the width of a column."""


@dataclass(frozen=True)
class Chart:
    """A chart: `title`, what it asks; `alt`, the figures it shows; `notes`, how to read it.

    Title and notes stand above and below the drawing as text of the page; a saved file holds the title in
    the picture. `svg` is the drawing as an <svg> element: its text is text, its ids are its own.
    """

    name: str
    title: str
    alt: str
    notes: tuple[str, ...]
    figure: Figure = field(repr=False, compare=False)
    svg: str = field(repr=False)

    @classmethod
    def of(cls, name: str, title: str, alt: str, figure: Figure, notes: tuple[str, ...] = ()) -> Chart:
        """The chart of a finished figure. `name` begins its ids: ASCII letters, digits and hyphens."""
        return cls(name, title, alt, notes, figure, svg.inline(figure, name, alt))

    def _repr_html_(self) -> str:
        notes = "".join(f'<p class="chart-note">{html.escape(note)}</p>' for note in self.notes)
        title = f'<figcaption class="chart-title"><strong>{html.escape(self.title)}</strong></figcaption>'
        return (
            f'<figure class="chart" style="font-family: {fonts.CSS_STACK}">{title}{self.svg}{notes}</figure>'
        )

    @property
    def text(self) -> str:
        """All that the chart says, for embedding the characters it needs."""
        return "\n".join([self.title, self.alt, *self.notes, *svg.texts(self.svg)])

    def save(self, path: Path | str) -> Path:
        """Write the chart with its title as .svg (font embedded) or .png, whole or not at all."""
        target = Path(path)
        drawn = {".svg": self._svg_file, ".png": self._png_file}.get(target.suffix.lower())
        if drawn is None:
            raise ValueError(f"{target}: expected a name ending in .svg or .png")
        write_whole(target, drawn())
        return target

    def _svg_file(self) -> bytes:
        return svg.standalone(self.figure, self.name, self.alt, self.title, self.text).encode()

    def _png_file(self) -> bytes:
        with house_style():
            head = Figure(figsize=(WIDTH, TITLE_HEIGHT))
            head.text(0.01, 0.35, self.title, fontsize=TITLE_SIZE)
            picture = np.vstack([_pixels(head), _pixels(self.figure)])
        written = io.BytesIO()
        imsave(written, picture, format="png", dpi=_PNG_DPI)
        return written.getvalue()


def _pixels(figure: Figure) -> npt.NDArray[np.float32]:
    written = io.BytesIO()
    figure.savefig(written, format="png", dpi=_PNG_DPI)
    written.seek(0)
    pixels: npt.NDArray[np.float32] = imread(written, format="png")
    return pixels
