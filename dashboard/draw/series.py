"""A chart as an office program has it: categories, series, axes and labels, said once. Pure.

PowerPoint and Excel are handed the same `Plot`; a kind of chart that they lack is a picture.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from dashboard.charts.model import ChartModel, Curve, Role, Row
from dashboard.design import theme
from dashboard.draw import axes, looks, times

MOST_NAMED = 30  # bars with a name each: more of them are columns without names
COLUMN_NAMES = (Role.FOCUS, Role.ENGLAND)
NEAR = 0.12  # of all columns: two names closer than this would touch
TOUCH = 0.07  # names at the ends of lines closer than this share of the axis would touch
MARK = 0.02  # how wide a rank's mark is, of the whole way from best to worst
MIDDLE = 0.5  # of the way from best to worst: words stand on the side with more room
BEST_TO_WORST = '[=0]"Best";[=1]"Worst";;'
SIGNED = "0.0;\N{MINUS SIGN}0.0;0.0"
NOTHING = (None, None, None)
Values = Sequence[float | None]
Pair = tuple[float, float]  # on a slide, which is seen from afar, and on a sheet


class Form(StrEnum):
    """What an office program draws."""

    LINES = "lines"
    LIST = "bars with names"
    COLUMNS = "columns without"
    WAY = "marks on the way from best to worst"
    POINTS = "points by size"


class Stroke(NamedTuple):
    """A line: its colour, its width in points, its dashes."""

    colour: str
    width: Pair
    dash: str = ""


class Marker(NamedTuple):
    """A point: its shape, its size in points, its colour and that of its rim."""

    shape: str
    size: Pair
    colour: str
    rim: str


class Label(NamedTuple):
    """Words at a point: their colour, and whether another's would touch them on a slide."""

    text: str
    colour: str = theme.INK
    is_bold: bool = False
    is_crowded: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """Some values that are drawn alike; of points, with where each lies across."""

    name: str
    values: Values
    heading: str = ""  # of its numbers in a sheet, where that is not its name
    sizes: Values = ()
    number_format: str | None = None
    stroke: Stroke | None = None
    marker: Marker | None = None
    fill: str = ""
    fills: Mapping[int, str] = field(default_factory=dict)  # of single bars
    labels: Mapping[int, Label] = field(default_factory=dict)  # of single points or bars


class Shade(NamedTuple):
    """A range as stacked parts: up to it without a colour, then above 0 and below 0."""

    name: str
    colour: str
    start: Values
    above: Values
    below: Values

    @property
    def parts(self) -> list[tuple[str, Values]]:
        """The parts by name in the order they are stacked; none below 0 where nothing is."""
        whole = [(f"{self.name}: starts at", self.start), (self.name, self.above)]
        return [*whole, (f"{self.name}: below 0", self.below)] if any(self.below) else whole


class Axis(NamedTuple):
    """An axis of numbers; an end or a step that is None is the program's own."""

    low: float | None = None
    high: float | None = None
    step: float | None = None
    number_format: str = ""
    title: str = ""
    is_log: bool = False


NO_AXIS = Axis()


@dataclass(frozen=True, slots=True)
class Plot:
    """All that is drawn, but for the words around it."""

    form: Form
    heading: str  # what the categories are
    categories: Sequence[str]
    number_format: str
    series: Sequence[Series]
    up: Axis
    across: Axis = NO_AXIS
    shades: Sequence[Shade] = ()  # the one that lies behind first


def build_lines(model: ChartModel) -> Plot:
    """Lines over time before their ranges, with the newest value of each."""
    drawn, places = times.build_times(model), times.places(model)
    ranges = sorted(drawn.ranges, key=lambda line: line.role is not Role.HALF)
    return Plot(
        Form.LINES,
        "Period",
        places,
        axes.number_format(model.unit, model.decimals),
        [_build_line(model, line, places, label) for line, label in _label_ends(model, drawn)],
        _build_value_axis(model),
        shades=[_build_shade(line, places) for line in ranges],
    )


def _build_line(
    model: ChartModel, line: times.Line, places: Sequence[str], label: Label | None
) -> Series:
    style: dict[str, Any] = line.style
    rows = [line.rows.get(place) for place in places]
    width = style["width"]
    size = 9 if line.role is Role.FOCUS else 5, 8 if line.is_main else 5
    return Series(
        line.label,
        [row.value if row else None for row in rows],
        number_format=axes.shown_format(model, list(line.rows.values())),
        stroke=None
        if times.has_forest(model)
        else Stroke(style["color"], (width * 0.9, width * 0.75), style.get("dash", "")),
        marker=Marker("circle", size, style["color"], style["color"]),
        labels={places.index(line.end.time_period): label} if label and line.end else {},
    )


def _label_ends(model: ChartModel, drawn: times.Times) -> list[tuple[times.Line, Label | None]]:
    """Each line with its newest value in words, left out where two would touch."""
    low, high = axes.compute_span(model)
    taken: list[float] = []
    labels: dict[str, Label] = {}
    for line in sorted(drawn.lines, key=lambda line: line.role not in {Role.FOCUS, Role.CHOSEN}):
        if line.end is None or line.end.value is None:
            continue
        place = (line.end.value - low) / (high - low)
        if all(abs(place - other) >= TOUCH for other in taken):
            taken.append(place)
            words = line.end_words(line.end)
            labels[line.label] = Label(words, line.ink, is_bold=line.role is Role.FOCUS)
    return [(line, labels.get(line.label)) for line in drawn.lines]


def _build_shade(line: times.Line, places: Sequence[str]) -> Shade:
    """A range as columns, for an area would fall to nought in a missing year."""
    rows = [line.rows.get(place) for place in places]
    parts = [stack_range(row.low, row.high) if row else NOTHING for row in rows]
    return Shade(line.label, str(line.style["color"]), *zip(*parts, strict=True))


def stack_range(
    low: float | None, high: float | None
) -> tuple[float, float, float] | tuple[None, None, None]:
    """How far a range starts from nought, how far it goes on above nought, and how far below.

    Office programs pile what is above nought and what is below it apart, both from nought. Nothing
    where an end of the range is missing.
    """
    if low is None or high is None:
        return NOTHING
    start = low if low > 0 else min(high, 0.0)
    return start, max(high, 0.0) - max(low, 0.0), min(low, 0.0) - min(high, 0.0)


def build_bars(model: ChartModel) -> Plot:
    """Bars in order: each with its name, or many as columns of which two are named."""
    rows, usual = model.rows, axes.shown_format(model, model.rows)
    low, high = axes.compute_extent(model)
    is_list = len(rows) <= MOST_NAMED
    # Left to itself a program may begin an axis near the lowest value, and bars then say nothing.
    ends = Axis(0 if low >= 0 else None, 0 if high <= 0 else None)
    bars = Series(
        model.subtitle,
        [row.value for row in rows],
        "Value",
        number_format=usual,
        fill=theme.OTHERS,
        fills={n: looks.BAR[row.role] for n, row in enumerate(rows) if row.role is not Role.OTHER},
        labels={} if is_list else _name_columns(rows),
    )
    return Plot(
        Form.LIST if is_list else Form.COLUMNS,
        "Area",
        [row.label for row in rows],
        usual,
        [bars],
        ends if is_list else _build_value_axis(model, (min(low, 0.0), max(high, 0.0))),
    )


def _name_columns(rows: Sequence[Row]) -> dict[int, Label]:
    """Names over the chosen area and over England; England's may touch the other."""
    own = next((n for n, row in enumerate(rows) if row.role is Role.FOCUS), None)
    return {
        number: Label(
            f"{row.label} {row.shown}",
            looks.BAR[row.role],
            is_bold=row.role is Role.FOCUS,
            is_crowded=row.role is Role.ENGLAND
            and own is not None
            and abs(number - own) < len(rows) * NEAR,
        )
        for number, row in enumerate(rows)
        if row.role in COLUMN_NAMES
    }


def compute_share_down(row: Row) -> float:
    """How far down the ranking a rank is: 0 for the first, 1 for the last."""
    return ((row.value or 1) - 1) / max((row.high or 1) - 1, 1)


def build_ranks(model: ChartModel) -> Plot:
    """A mark for each rank on the way from best to worst, as the middle of a stack."""
    shares = [compute_share_down(row) for row in model.rows]
    words = list(enumerate(Label(row.shown) for row in model.rows))
    parts = [
        Series(
            "From best (0) to worst (1)",
            [max(share - MARK / 2, 0) for share in shares],
            labels={n: label for n, label in words if shares[n] > MIDDLE},
        ),
        Series("Rank", [MARK] * len(shares), fill=theme.FOCUS),
        Series(
            "The rest of the way",
            [1 + MARK / 2 - share for share in shares],
            labels={n: label for n, label in words if shares[n] <= MIDDLE},
        ),
    ]
    names = [row.label for row in model.rows]
    return Plot(Form.WAY, "Metric", names, "0.00", parts, Axis(0, 1 + MARK, 0.25, BEST_TO_WORST))


def build_points(model: ChartModel) -> Plot:
    """Areas by their size, and the lines that are no area's."""
    by_role = [(role, [row for row in model.rows if row.role is role]) for role in looks.POINT]
    points = [_build_role(model, role, rows) for role, rows in by_role if rows]
    # Lines last: LibreOffice draws none at all where the last series is points.
    curves = [_build_curve(*each) for each in zip(model.curves, name_curves(model), strict=True)]
    usual = axes.number_format(model.unit, model.decimals)
    up = _build_value_axis(model)._replace(title=axes.value_title(model))
    return Plot(Form.POINTS, "Size", (), usual, [*points, *curves], up, _build_size_axis(model))


def _build_role(model: ChartModel, role: Role, rows: Sequence[Row]) -> Series:
    look: dict[str, Any] = looks.POINT[role]
    shape = "diamond" if role is Role.NEIGHBOUR else "circle"
    own = Label(f"{rows[0].label} {rows[0].shown}", theme.FOCUS, is_bold=True)
    return Series(
        name_role(model, role),
        [row.value for row in rows],
        sizes=[row.size for row in rows],
        marker=Marker(shape, (look["size"],) * 2, look["color"], look["line"]["color"]),
        labels={0: own} if role is Role.FOCUS else {},
    )


def _build_curve(curve: Curve, name: str) -> Series:
    colour, width = (theme.ENGLAND, (1.75, 1.5)) if curve.is_middle else (theme.QUIET, (1, 1))
    stroke = Stroke(colour, width, "dash" if curve.is_outer else "")
    return Series(name, curve.values, sizes=curve.sizes, stroke=stroke)


def _build_size_axis(model: ChartModel) -> Axis:
    if not model.kind.has_log_sizes:
        return Axis(title=model.across, number_format=SIGNED)
    sizes = [row.size for row in model.rows if row.size] or [1.0]
    low, high = axes.compute_powers(min(sizes), max(sizes))
    return Axis(low, high, None, "#,##0", f"{model.across} (log scale)", is_log=True)


def _build_value_axis(model: ChartModel, ends: tuple[float, float] | None = None) -> Axis:
    low, high, step = axes.compute_steps(*(ends or axes.compute_extent(model)))
    return Axis(low, high, step, axes.step_format(model.unit, step))


def name_role(model: ChartModel, role: Role) -> str:
    """What the points of one role are called: the chosen area by its name."""
    if role is Role.FOCUS:
        return next(row.label for row in model.rows if row.role is role)
    many = model.member if model.member.endswith("s") else f"{model.member}s"
    return f"{many[:1].upper()}{many[1:]}" if role is Role.NEIGHBOUR else "Others"


def name_curves(model: ChartModel) -> list[str]:
    """What each line without an area is called: 95% limit, lower."""
    middle = next((curve.values for curve in model.curves if curve.is_middle), ())
    return [_name_curve(curve, middle) for curve in model.curves]


def _name_curve(curve: Curve, middle: tuple[float, ...]) -> str:
    if not curve.label:
        return "Mean of local authorities"
    if curve.is_middle:
        return "All together"
    return f"{curve.label} limit, {'upper' if curve.values > middle else 'lower'}"
