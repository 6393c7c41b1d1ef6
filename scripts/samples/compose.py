"""A report put together: its title, period, six sections and three tables, each as it is to be printed."""

from __future__ import annotations

from dataclasses import dataclass

from ogi import forms
from scripts.samples import narrative
from scripts.samples.grids import Grid, grid
from scripts.samples.plan import Plan
from scripts.samples.printed import Printed, print_table
from scripts.samples.simulate import Values

TABLES = ("proactive", "requests", "review")


@dataclass(frozen=True)
class Part:
    """One section: its heading, its paragraphs, its table if it has one."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    grid: Grid | None = None
    picture: bytes | None = None
    """The table as a PNG, where it is pasted as a picture; there is no grid then."""


@dataclass(frozen=True)
class Sample:
    """One report, ready to be written in its format."""

    agency: str
    printed_agency: str
    year: int
    plan: Plan
    editions: dict[str, str]
    title: tuple[str, ...]
    period: str
    parts: tuple[Part, ...]
    printed: dict[str, Printed]
    values: Values
    """The numbers before anything is misprinted or left out."""

    @property
    def path(self) -> str:
        """Where the sample lies under data/samples."""
        return f"{self.agency}/{self.year}.{self.plan.extension}"

    @property
    def title_line(self) -> str:
        return "".join(self.title)

    def text(self) -> str:
        """Every character the report prints."""
        cells = [cell.text for part in self.parts if part.grid is not None for cell in part.grid.cells]
        texts = [text for part in self.parts for text in (part.heading, *part.paragraphs)]
        running = (self.plan.running_head, self.plan.interruption)
        return "".join([*self.title, self.period, *texts, *cells, *running])


def compose(
    agency: str,
    year: int,
    values: Values,
    plan: Plan,
    editions: dict[str, str],
    *,
    voice: int,
    real: bool,
) -> Sample:
    """Print an agency's figures of a year into the form, as the plan says."""
    printed: dict[str, Printed] = {}
    grids = {}
    for table_id in TABLES:
        table = forms.TABLES[table_id][editions[table_id]]
        cells = print_table(table, values, plan)
        grids[table_id] = grid(table, cells, plan)
        printed |= cells
    name = plan.printed_agency or agency
    texts = {
        "overview": narrative.overview(values, year, voice, real),
        "problems": narrative.problems(year, voice, real),
        "other": narrative.other_matters(year, voice, real),
    }
    title, period = _title(name, year, plan), narrative.period(year, voice)
    return Sample(
        agency, name, year, plan, editions, title, period, _parts(plan, texts, grids), printed, values
    )


def _parts(plan: Plan, texts: dict[str, list[str]], grids: dict[str, Grid]) -> tuple[Part, ...]:
    return tuple(
        Part(
            f"{section.number}、{plan.section_titles.get(section.id, section.zh)}",
            tuple(texts.get(section.id, ())),
            grids.get(section.table) if section.table is not None else None,
        )
        for section in forms.SECTIONS
    )


def _title(name: str, year: int, plan: Plan) -> tuple[str, ...]:
    return {
        "two lines": (name, f"{year}年{forms.REPORT_TITLE}"),
        "one line": (f"{name}{year}年{forms.REPORT_TITLE}",),
        "year first": (f"{year}年{name}{forms.REPORT_TITLE}",),
    }[plan.title]
