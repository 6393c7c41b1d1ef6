"""Bars by year, drawn with their numbers, and with words where there is no number."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.text import Annotation
from matplotlib.ticker import MaxNLocator

from ogi.charts.style import DARK, GREY, WIDTH, short
from ogi.charts.words import gap, say
from ogi.charts.yearly import YearlyParts

SMALL = 9
"""Points, of the text on and beside bars."""

HEIGHT = 2.5
"""Inches, of a drawing alone: about half as high as it is wide."""

_POINTS = 72
_HANDLE = 26
"""Points, of a patch of colour in the legend with the room around it."""
_LINE = 0.19
"""Inches, of a line of the legend."""
_SCALE = 0.6
"""Inches, of the counts at the left at most."""
_EDGE, _TITLE, _YEARS, _BETWEEN = 0.06, 0.19, 0.23, 0.34
"""Inches, at the edges, of the title of a panel, of the years below, and between two panels."""
_RIGHT = 0.03
"""Inches, at the right."""

_FEWEST_PLACES = 4
_NARROW = " ,."


def stacks(
    ax: Axes,
    seen: YearlyParts,
    colours: Sequence[str],
    language: str,
    *,
    width: float = 0.66,
    shift: float = 0.0,
) -> None:
    """A stack per year, its sum above it; `+ ?` where a part is not known, `*` where it is not the total."""
    for year in seen.years:
        numbers = seen.numbers[year]
        if not numbers:
            write_gap(ax, year, seen.why(year), language)
            continue
        below = 0.0
        for part, colour in zip(seen.parts, colours, strict=True):
            count = numbers.get(part, 0.0)
            if count > 0:
                ax.bar(year + shift, count, width, below, color=colour, edgecolor="white", linewidth=0.8)
                below += count
        text = short(below, language) + (" + ?" if len(numbers) < len(seen.parts) else "")
        above(ax, year + shift, below, text + ("*" if year in seen.unequal else ""))


def above(ax: Axes, x: float, y: float, text: str) -> None:
    """A number above the end of a bar."""
    beside(ax, text, (x, max(y, 0)), (0, 2)).set(ha="center", va="bottom")


def write_gap(ax: Axes, year: int, state: str, language: str) -> None:
    """Words instead of a bar: why the year has no number."""
    words = beside(ax, gap(state, language).replace(" ", "\n"), (year, 0), (0, 3))
    words.set(ha="center", va="bottom", color=GREY, fontsize=SMALL - 1, linespacing=1.1)


def beside(ax: Axes, text: str, place: tuple[float, float], away: tuple[float, float]) -> Annotation:
    """Text so many points to the right of a place and above it."""
    return ax.annotate(text, place, away, textcoords="offset points", va="center", fontsize=SMALL, color=DARK)


def year_axis(ax: Axes, years: Sequence[int], language: str, *, ticks: int = 4, head: float = 0.14) -> None:
    """The years below, counts at the left, once all is drawn on every panel that shares the scale.

    `head` is the room above the bars, a share of their height.
    """
    ax.set_xticks(list(years), [str(year) for year in years])
    ax.set_xlim(years[0] - 0.6, years[0] + places(years) - 0.4)
    sharing = ax.get_shared_y_axes().get_siblings(ax)
    highest = max((each.dataLim.y1 for each in sharing if each.patches), default=1.0)
    top = highest * (1 + head)
    ax.set_ylim(0, top)
    if not any(each.patches for each in sharing):
        ax.set_yticks([])
        return
    shown = [tick for tick in MaxNLocator(ticks, integer=True).tick_values(0, top) if tick <= top]
    ax.set_yticks(shown, [short(tick, language) for tick in shown], fontsize=SMALL)
    ax.grid(axis="y")


def places(years: Sequence[int]) -> int:
    """How many years a year axis has room for: no fewer than some, so that a single year is no wall."""
    return max(years[-1] - years[0] + 1, _FEWEST_PLACES)


def fits(texts: Sequence[str], years: Sequence[int], share: float) -> bool:
    """Is each text narrower than that share of a year's place?"""
    place = (WIDTH - _SCALE) * _POINTS / places(years)
    return all(text_width(text) < share * place for text in texts)


def with_legend(
    height: float, names: Sequence[str], colours: Sequence[str], count: int = 1, *, titled: bool = False
) -> tuple[Figure, list[Axes]]:
    """Panels on one scale of `height` inches in all, above them what each colour means in reading order."""
    columns = next(n for n in range(len(names), 0, -1) if n == 1 or _legend_width(names, n) < WIDTH * _POINTS)
    rows = -(-len(names) // columns)
    by_column = [row * columns + column for column in range(columns) for row in range(rows)]
    places = [place for place in by_column if place < len(names)]
    figure, axes = canvas(height + rows * _LINE, count, above=rows * _LINE, titled=titled, sharey=True)
    figure.legend(
        [Patch(color=colours[place]) for place in places],
        [names[place] for place in places],
        loc="upper left",
        ncols=columns,
        fontsize=SMALL,
        handlelength=1,
        handleheight=0.9,
        columnspacing=1.2,
        borderpad=0,
        labelspacing=0.3,
    )
    return figure, axes


def _legend_width(names: Sequence[str], columns: int) -> float:
    """Points, of the legend in so many columns."""
    return sum(_HANDLE + max(text_width(name) for name in names[at::columns]) for at in range(columns))


def text_width(text: str, size: float = SMALL) -> float:
    """Points, nearly: a Chinese character is as wide as it is high, a Latin one about half."""
    return size * sum(
        1.0 if ord(character) > 0x2E7F else 0.28 if character in _NARROW else 0.56 for character in text
    )


def wrapped(text: str, points: float, size: float = SMALL) -> str:
    """The text broken into lines of that width: between words, or between Chinese characters."""
    even = text_width(text, size) / ceil(text_width(text, size) / points) + 2 * size
    lines = [""]
    for piece in text.split(" ") if text.isascii() else text:
        joined = f"{lines[-1]} {piece}".strip() if text.isascii() else lines[-1] + piece
        if lines[-1] != "" and text_width(joined, size) > min(points, even):
            lines.append(piece)
        else:
            lines[-1] = joined
    return "\n".join(lines)


def canvas(
    height: float, count: int = 1, *, above: float = 0.0, titled: bool = False, sharey: bool = False
) -> tuple[Figure, list[Axes]]:
    """A figure of that height in inches with empty panels below each other; `above`: inches for a legend.

    The places are reckoned here: a layout engine would draw everything twice more to find the same.
    """
    figure = Figure(figsize=(WIDTH, height))
    top = _EDGE + above + (_TITLE if titled else 0.0)
    each = (height - top - _YEARS - _BETWEEN * (count - 1)) / count
    places = {"top": 1 - top / height, "bottom": _YEARS / height, "hspace": _BETWEEN / each}
    axes = figure.subplots(count, 1, sharex=True, sharey=sharey, squeeze=False, gridspec_kw=places)[:, 0]
    for axis in (axis for ax in axes for axis in (ax.xaxis, ax.yaxis)):
        # They have no labels: given a place, none is sought beside the ticks of all panels.
        axis.set_label_coords(0, 0)
    return figure, list(axes)


def make_room(figure: Figure, right: float = _RIGHT) -> None:
    """Leave the room at the left that the scales take, and those inches at the right."""
    labels = [label for ax in figure.axes for label in ax.get_yticklabels()]
    widths = [text_width(each.get_text(), each.get_fontproperties().get_size_in_points()) for each in labels]
    left = _EDGE + _RIGHT + max(widths, default=0.0) / _POINTS
    figure.subplots_adjust(left=left / WIDTH, right=1 - right / WIDTH)


def instead(language: str, seen: Sequence[YearlyParts]) -> str | None:
    """The sentence that stands for a chart of nothing, None where there is something to draw."""
    if all(each.is_empty for each in seen):
        return say("no_figures", language)
    if all(each.is_all_zero for each in seen):
        first, last = seen[0].years[0], seen[0].years[-1]
        return say("all_zero", language, years=str(first) if first == last else f"{first}–{last}")
    return None


def sentence(text: str) -> Figure:
    """A figure that only says something."""
    figure = Figure(figsize=(WIDTH, 0.6))
    figure.text(0.01, 0.5, text, va="center", color=GREY)
    return figure
