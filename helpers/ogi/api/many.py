"""A dataset that `ogi ingest` or `ogi summarize` has made, asked from Python."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import duckdb
import pandas as pd
from PIL import Image

import ogi
from ogi import tables as store
from ogi.agencies import refuse_unknown
from ogi.api.derived import DERIVED, DerivedTables, by_year_of, corrected
from ogi.api.printed import ReadRow, printed_cell, refuse_unknown_cell
from ogi.api.yearly import by_year, on_rows
from ogi.checks.unsure import unsure_years
from ogi.checks.years import FOLDER
from ogi.columns import CELLS
from ogi.compare import annual, indicators
from ogi.figures import Figures
from ogi.files import place
from ogi.ingest import origin
from ogi.panel.named import cell_of
from ogi.said import Refused, Said, worded
from ogi.tables import to_frame


def dataset(tables: str | Path, reports: str | Path | None = None) -> Dataset:
    """Open the dataset in a folder; MissingTablesError where there is none.

    `reports`: the folder with a folder per agency that it was made from, for pictures of what is printed;
    by default that which `ogi ingest` or `ogi summarize` noted.
    Relative folders are sought where Python runs, then at the top of the project, as in notebooks.
    """
    folder = place(tables)
    noted = origin.reports_of(folder)
    raw = place(reports) if reports is not None else None if noted == folder else noted
    opened = Dataset(folder, raw)
    store.keys(opened.folder)  # is it one?
    return opened


@dataclass(frozen=True)
class Dataset:
    """Many reports. `folder`: where the tables lie; `raw`: the reports themselves, where that is known."""

    folder: Path
    raw: Path | None = None

    @cached_property
    def reports(self) -> pd.DataFrame:
        """A row for each report: its file, agency, year, and which edition each of its tables has."""
        return store.read(self.folder, "reports")

    @property
    def agencies(self) -> list[str]:
        """The agencies that have a report, in order."""
        return sorted(self.reports["agency"].dropna().unique())

    @cached_property
    def figures(self) -> pd.DataFrame:
        """A row for each cell of the statutory tables, as corrected; `corrected_by`: by whom.

        In SQL this is `figures_corrected`; what is called `figures` there is as printed, without marks.
        `conflict`, `broken_sum`, `doubted_correction` and `doubted_title` mark a row as `series` marks its
        year. `files`: how many reports there are on its agency and year. Each has a row of its own: to add up
        or compare, take `of_cell`, in SQL `annual`, where they are one.
        """
        return on_rows(self._all_corrected, self.annual)

    @cached_property
    def annual(self) -> Figures:
        """The figures by agency and year as indicators are computed from them: no frame, as `series` gives.

        Those that form 2021 divides are added up, beside their parts. A report of no known agency (null: its
        title surely names another than its folder) is left out, here as in the methods below.
        """
        return by_year_of(self._all_corrected, self._corrections(), self._unsure)

    @cached_property
    def verdicts(self) -> pd.DataFrame:
        """Every rule on every report, a row for each line: the table checks."""
        return store.read(self.folder, "checks")

    @cached_property
    def narratives(self) -> pd.DataFrame:
        """A row for each section of each report, with its text."""
        return store.read(self.folder, "narratives")

    @property
    def version(self) -> str:
        """The version of `ogi`, and a hash of all that the dataset follows from."""
        content = "\n".join(f"{agency} {key}" for agency, key in sorted(store.keys(self.folder).items()))
        return f"{ogi.__version__}+{hashlib.sha256(content.encode()).hexdigest()[:12]}"

    def sql(self, query: str, **frames: pd.DataFrame) -> pd.DataFrame:
        """Ask the tables in SQL: `figures` are as printed, `figures_corrected` as people corrected them.

        The latter are the same as `Dataset.figures`. Two files on a year have a row each in both. Not so in
        `annual`: a row for each agency, year and cell, as corrected, with the columns of `of_cell`, which
        mark what is in doubt; what form 2021 divides is there by its parts and added up. `indicators`, of the
        same figures, is there too. The column `table` bears a word of SQL and is written in quotes: "table".
        The first query that names one of the last three has all figures read and judged, part by part.

        Frames of your own take part under the names that they are given by: `data.sql("SELECT * FROM
        indicators JOIN pop USING (agency, year)", pop=frame)`. They hide no table: such a name is refused.

        Raises:
            Refused: There is no such table or function, and the tables are named; or it is not one SELECT; or
                a frame has the name of a table.
            duckdb.Error: The query has another fault.
        """
        _refuse_all_but_select(query)
        tables = (*store.SCHEMAS, *DERIVED)
        _refuse_taken(frames, tables)
        with store.connect(self.folder) as connection:
            # Else a table that is not there is sought among the variables of this module.
            connection.execute("SET python_enable_replacements = false")
            for name, frame in frames.items():
                connection.register(name, frame)
            for name in DERIVED:
                if name in query.lower():
                    self._derived.register(connection, name)
            try:
                return to_frame(connection.sql(query).to_arrow_table())
            except duckdb.CatalogException as fault:
                there = ", ".join((*tables, *frames))
                told = str(fault).partition("\n")[0].rstrip("!")
                raise Refused(worded(__package__, "no_table", told=told, tables=there)) from fault

    def series(self, agency: str, cell: str) -> pd.DataFrame:
        """One figure of an agency by year, from its first report to its last.

        `cell`: table/item/measure, its labels, or its variable in the panel, such as rq_new_tot.

        Columns: `value`, null unless `state` is reported; `unit`, as printed: amounts of two reports may
        differ in it; `state`, no_report where the year has no report, misfiled where another agency's lies
        in its place, elsewhere where, by the title, it lies in another's folder; `form`, the edition;
        `comparable`, does it mean the same in both editions; `blank_as_zero`, does the table show that the
        blank means zero;
        `conflict`, do several reports on the year disagree: then there is no value, and `state` is unreadable
        though each of them may be read; `broken_sum`, does it take part in a sum of the form that does not
        hold, whatever review marks say of it; `doubt`, was it read with doubt;
        `corrected`, has a person put another figure over a printed one; `doubted_correction`, does a sum of
        the form not hold with that one, and does it hold as printed; `doubted_title`, may the report be
        another agency's, by its title (the rule agency.folder is undecided, and no mark settles it).

        Raises:
            Refused: There is no such agency, or no such figure; the nearest are named.
        """
        refuse_unknown([agency], self.agencies)
        cell = cell_of(cell)
        refuse_unknown_cell(cell, CELLS)
        figures = self._corrected(agency)
        years = by_year_of(figures, self._corrections(agency), self._unsure)
        found = by_year(years, self.reports, cell)
        return found[found["agency"] == agency].drop(columns="agency").set_index("year")

    def of_cell(self, cell: str) -> pd.DataFrame:
        """One figure of every agency, named as for `series`: the columns agency and year, then those."""
        cell = cell_of(cell)
        refuse_unknown_cell(cell, CELLS)
        return by_year(self.annual, self.reports, cell)

    def indicators(self, agency: str | None = None) -> pd.DataFrame:
        """The field's indicators by agency and year, with numerator, denominator and why one is doubtful.

        Columns: `agency`, `year`, `indicator` (its id), `numerator`, `denominator` (null of a count), `value`
        (null where a figure is not known or the denominator is not above zero), `unit` of the value: count,
        share (from 0 to 1) or per_hundred (cases on each hundred); `small_denominator`, is it over fewer than
        30 cases; `blank_as_zero`, was a blank read as zero because the table's own sums show it; `missing`,
        the figures that are not known, as table/item/measure with a blank between; `broken_sum`, does a
        figure of it take part in a sum of the form that does not hold, whatever review marks say of it;
        `corrected`, has a person put another figure over one of them; `doubted_correction`, does a sum of the
        form not hold with that figure, and does it hold as printed; `doubt`, was one of them read with doubt;
        `conflict`, do several reports on the year disagree on one of them; `doubted_title`, as in `series`.

        Raises:
            Refused: There is no such agency; the nearest are named.
        """
        if agency is not None:
            refuse_unknown([agency], self.agencies)
        figures = self._all_corrected if agency is None else self._corrected(agency)
        return indicators(annual(figures, corrections=self._corrections(agency), unsure=self._unsure))

    def where(self, agency: str, year: int, cell: str) -> Image.Image | ReadRow:
        """The picture of a printed cell with its row's label and its column's head, named as for `series`.

        Of a file without pages, or of a figure in a line of text: its row as read, label, heads and cells.

        Raises:
            Refused: There is no such agency, or its report has no such figure, and the nearest are named; no
                report, or several, on that year; the report does not print the figure; the file is not the
                one that was read; the dataset was opened without `reports`.
        """
        refuse_unknown([agency], self.agencies)
        report = self._report(agency, year)
        path = self._file(report)
        figures = store.read(self.folder, "figures", agency)
        return printed_cell(path, figures[figures["report_id"] == report["report_id"]], cell_of(cell))

    @cached_property
    def _derived(self) -> DerivedTables:
        return DerivedTables(self.folder, lambda: self._unsure)

    @cached_property
    def _unsure(self) -> frozenset[tuple[str, int]]:
        # In SQL, as a large dataset has some hundred verdicts for each report.
        checks = self.sql(f"SELECT * FROM checks WHERE rule_id = '{FOLDER}'")
        return unsure_years(checks, store.read(self.folder, "review_marks"))

    @cached_property
    def _all_corrected(self) -> pd.DataFrame:
        return self._corrected()

    def _corrected(self, agency: str | None = None) -> pd.DataFrame:
        return corrected(store.read(self.folder, "figures", agency), self._corrections(agency))

    def _corrections(self, agency: str | None = None) -> pd.DataFrame:
        return store.read(self.folder, "corrections", agency)

    def _report(self, agency: str, year: int) -> pd.Series:
        own = self.reports[self.reports["agency"] == agency]
        found = own[own["year"] == year]
        if found.empty:
            years = ", ".join(map(str, sorted(own["year"].dropna().unique())))
            raise Refused(worded(__package__, "no_report", agency=agency, year=year, years=years))
        if len(found) > 1:
            names = ", ".join(found["report_id"])
            raise Refused(worded(__package__, "several", agency=agency, year=year, reports=names))
        return found.iloc[0]

    def _file(self, report: pd.Series) -> Path:
        """The file of a report, proved to be the one that was read."""
        if self.raw is None:
            raise Refused(worded(__package__, "no_folder", tables=str(self.folder)))
        path = self.raw / str(report["report_id"])
        if not path.is_file():
            raise Refused(worded(__package__, "gone", file=path, tables=str(self.folder)))
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != report["sha256"]:
                raise Refused(worded(__package__, "changed", file=path))
        return path


# A PIVOT is several statements to DuckDB; EXPLAIN tells how a SELECT would be answered.
_ANSWERED = ("SELECT", "MULTI", "EXPLAIN")


def _refuse_all_but_select(query: str) -> None:
    found = [statement.type.name for statement in duckdb.extract_statements(query)]
    if len(found) != 1 or found[0] not in _ANSWERED:
        raise Refused(worded(__package__, "no_select", found=_told(found)))


def _refuse_taken(names: Iterable[str], tables: Collection[str]) -> None:
    # To SQL, Figures is figures.
    taken = [name for name in names if name.lower() in tables]
    if taken:
        raise Refused(worded(__package__, "taken", name=taken[0], tables=", ".join(tables)))


def _told(statements: list[str]) -> Said:
    return Said.as_printed(", ".join(statements)) if statements else worded(__package__, "no_statement")
