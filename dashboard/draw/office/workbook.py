"""A chart as a sheet of Excel: its numbers as shown, a native chart, and where it is all from."""

import io
from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.charts import registry as charts
from dashboard.charts.model import LICENCE, ChartModel, source_line
from dashboard.design import theme
from dashboard.domain.choices import View
from dashboard.draw import caption, safe, tidy
from dashboard.draw.chart_rows import Table, build_sheet
from dashboard.draw.kinds import KINDS
from dashboard.draw.lettering import wrap_letters
from dashboard.draw.office import sheet_charts
from dashboard.draw.picture import image
from dashboard.store.figures import count_figures
from dashboard.words.names import name_metric
from dashboard.words.numbers import STATUS_LABEL, STATUS_MEANING
from pipeline import formulas

FONT = "Arial"
WIDE, NARROW = 40, 14
HEADING = 32  # points: two lines
LONGEST_LINE = 130  # letters, after which a line of words goes on in the next row
MOST_ROWS = 3_000  # of a whole metric; above it the sheet has the chosen group only
LONG = {"Notes", "Where it lies", "Value"}  # the last columns that hold words
FAR = 60  # columns to the right, where the numbers behind a chart are kept


def write_chart(model: ChartModel, *, build: str) -> bytes:
    """A workbook of one chart: its sheet and nothing else."""
    out = io.BytesIO()
    with make_workbook(out, model.title) as made:
        add_sheet(made, model, "Chart", build=build)
    return out.getvalue()


def write_metric(view: View, build: str, *, base: str = "") -> bytes:
    """A workbook of a whole metric: every figure, the chart over time, and notes.

    Args:
        view: whose metric, group and area are wanted.
        build: the id of the build.
        base: the dashboard's own address, for links; nothing where it is not known.
    """
    out = io.BytesIO()
    with make_workbook(out, name_metric(view.metric, view.breakdown)) as made:
        model = charts.build_trend(view)
        add_sheet(made, caption.make_absolute(model, base), "Chart", build=build)
        is_whole = _add_figures(made, view)
        _add_notes(made, view, build, is_whole=is_whole, base=base)
    return out.getvalue()


def make_workbook(out: io.BytesIO, title: str) -> Workbook:
    """An empty workbook in memory in which no text can become a formula, a link or a number."""
    made = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {"font_name": FONT, "font_size": 10},
        },
    )
    made.set_properties({"title": title, "author": caption.NAME, "comments": LICENCE})
    return made


def add_sheet(made: Workbook, model: ChartModel, name: str, *, build: str = "") -> None:
    """A sheet with a chart's title, its table, Excel's own chart of it, and its source.

    Excel has no such maps: they are pictures with the same alternative text.
    """
    model, sheet, pens = (
        caption.flatten_groups(model),
        made.add_worksheet(safe.make_sheet_name(name)),
        Pens(made),
    )
    said = [
        caption.describe_measure(model),
        *caption.list_remarks(model),
        *caption.list_provenance(model, build),
    ]
    top = _write_heading(sheet, pens, model.title, said)
    table = build_sheet(model)
    _write_table(sheet, pens, table, top)
    sheet.set_column(0, 0, WIDE)
    sheet.set_column(1, len(table.heading) - 1, NARROW)
    for column in {len(table.heading) - 1} if table.heading[-1] in LONG else ():
        sheet.set_column(column, column, WIDE)
    sheet.freeze_panes(top + 1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    place = (top, len(table.heading) + 1)
    options = {"description": model.alt, "object_position": 3}
    build_plot = KINDS[model.kind].plot
    if build_plot is None:
        drawn = io.BytesIO(
            image.draw_picture(model, "png", build=build, width=8, height=6.5, furniture=False)
        )
        scale = {"x_scale": 0.9, "y_scale": 0.9}
        sheet.insert_image(*place, "map.png", {"image_data": drawn, **options, **scale})
        return
    sheet.insert_chart(
        *place,
        sheet_charts.add_sheet_chart(made, sheet, build_plot(model), (top, FAR), model.title),
        options,
    )


class Pens:
    """The formats of a workbook, each made once."""

    def __init__(self, made: Workbook) -> None:
        """Keep the workbook, and what has been made for it."""
        self._made = made
        self._held: dict[tuple[tuple[str, str | float | bool], ...], Format] = {}

    def pen(self, **look: str | float | bool) -> Format:
        """The format with this look."""
        key = tuple(sorted(look.items()))
        if key not in self._held:
            self._held[key] = self._made.add_format({"font_name": FONT, "font_size": 10, **look})
        return self._held[key]

    def text(self, said: str, **look: str | float | bool) -> Format:
        """The format of a text; one that looks like a formula stays text when it is edited."""
        return self.pen(**look, quote_prefix=True) if formulas.is_risky(said) else self.pen(**look)


def _write_heading(sheet: Worksheet, pens: Pens, title: str, said: Sequence[str]) -> int:
    """The title and the lines below it; returns the row after them."""
    look = {"bold": True, "font_size": 14, "font_color": theme.INK}
    sheet.write_string(0, 0, title, pens.text(title, **look))
    lines = [line for text in said for line in wrap_letters(text, LONGEST_LINE)]
    for number, line in enumerate(lines, start=1):
        sheet.write_string(number, 0, line, pens.text(line, font_color=theme.QUIET))
    return len(lines) + 2


def _write_table(sheet: Worksheet, pens: Pens, table: Table, top: int) -> None:
    """An Excel table: its first row is marked as the heading, for filters and screen readers."""
    bottom = top + max(len(table.rows), 1)
    head = pens.pen(bold=True, text_wrap=True, valign="top")
    columns = [{"header": name, "header_format": head} for name in table.heading]
    sheet.add_table(
        *(top, 0, bottom, len(table.heading) - 1),
        {"columns": columns, "style": "Table Style Light 1", "banded_rows": False},
    )
    sheet.set_row(top, HEADING)
    looks = [_make_pens(pens, table, column) for column in range(len(columns))]
    for at, row in enumerate(table.rows, start=top + 1):
        for column, value in enumerate(row):
            number, plain, risky = looks[column]
            if isinstance(value, str):
                sheet.write_string(at, column, value, risky if formulas.is_risky(value) else plain)
            elif value is not None:
                sheet.write_number(at, column, value, number)


def _make_pens(pens: Pens, table: Table, column: int) -> tuple[Format, Format, Format]:
    """How a column's numbers are written, its texts, and those that look like a formula."""
    text = {"valign": "top", "indent": 1 if column else 0}
    text |= {"text_wrap": True} if table.heading[column] == "Notes" else {}
    number = pens.pen(num_format=table.formats.get(column, "General"), valign="top")
    return number, pens.pen(**text), pens.pen(**text, quote_prefix=True)


def _add_figures(made: Workbook, view: View) -> bool:
    """Every figure of the metric; of the chosen group only, where a sheet would be too long."""
    is_whole = count_figures(view.build, view.metric.id) <= MOST_ROWS
    held = tidy.list_figures(view, "" if is_whole else view.breakdown)
    heading = (*tidy.OF_METRIC[2:], "release")
    sheet, pens = made.add_worksheet("Figures"), Pens(made)
    _write_table(
        sheet, pens, Table(heading, [[*line[2:], where[1]] for line, where in held], {}), 0
    )
    sheet.freeze_panes(1, 3)
    sheet.set_column(0, len(heading) - 1, NARROW)
    sheet.set_column(2, 2, WIDE)
    return is_whole


def _add_notes(made: Workbook, view: View, build: str, *, is_whole: bool, base: str) -> None:
    """What the metric means, what its statuses mean, and where it is from."""
    sheet, pens = made.add_worksheet("Notes"), Pens(made)
    sources = [
        view.build.sources[path] for path in view.metric.sources if path in view.build.sources
    ]
    link = f"{base.rstrip('/')}/metric?metric={view.metric.id}" if base else ""
    only = (
        ""
        if is_whole
        else f"The figures are of the group {view.breakdown} only; the CSV file has every group."
    )
    lines = [
        ("Metric", view.metric.title),
        *caption.list_definition(view.metric),
        *(
            (f"“{STATUS_LABEL[status]}” means", meaning)
            for status, meaning in STATUS_MEANING.items()
        ),
        ("Interval", "The limits of the 95% interval, where one can be made"),
        ("Source", source_line(sources)),
        ("Licence", LICENCE),
        (caption.NAME, link or "The dashboard’s own address is not given"),
        ("Build", build),
        *([("What is in the sheet", only)] if only else []),
    ]
    sheet.write_string(0, 0, "Notes", pens.pen(bold=True, font_size=14))
    for at, (name, text) in enumerate(lines, start=2):
        sheet.write_string(at, 0, name, pens.pen(bold=True, valign="top"))
        sheet.write_string(at, 1, text, pens.text(text, text_wrap=True, valign="top"))
    sheet.set_column(0, 0, WIDE)
    sheet.set_column(1, 1, 110)
