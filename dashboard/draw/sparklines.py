"""The small pictures that stand in tables and cards. Pure.

Streamlit keeps HTML and drops SVG elements, so a line is an image and a strip is boxes placed by
percentages. Both repeat what the text beside them says.
"""

from collections.abc import Sequence
from functools import lru_cache

from dashboard.design import theme
from dashboard.domain.records import Metric, Series, Spread
from dashboard.words.numbers import format_average, format_value
from dashboard.words.ranks import name_areas

WIDTH, HEIGHT = theme.SPARK_WIDTH, theme.SPARK_HEIGHT
WIDE_ENOUGH = 12  # per cent of a bar, to be written on
SpreadKey = tuple[float, ...]  # lowest, quarter, median, three quarters, highest


@lru_cache(maxsize=2048)
def render_scale(metric: Metric, spread: SpreadKey) -> tuple[str, str]:
    """What stands on every strip of a metric, whatever the area: its marks, and its two ends."""
    low, lower, median, upper, high = spread
    q, r, m = (compute_place(spread, value) for value in (lower, upper, median))
    marks = f"--q:{q:g};--r:{r:g};--m:{m:g}"
    return marks, f"<small>{format_value(metric, low)}<i>{format_value(metric, high)}</i></small>"


def render_marked(
    metric: Metric, spread: SpreadKey, value: float | None, neighbours: float | None = None
) -> str:
    """A strip with its middle half, its median, a value and the neighbours' median.

    One element with its marks as numbers, which the style sheet draws: a page has up to four
    hundred, and each is sent at every choice.
    """
    marks, _ = render_scale(metric, spread)
    if neighbours is not None:
        marks += f";--n:{compute_place(spread, neighbours):g}"
    if value is not None:
        marks += f";--d:{compute_place(spread, value):g}"
    return f'<b class="at" style="{marks}"></b>'


def render_strip(
    metric: Metric, spread: Spread | None, value: float | None, neighbours: float | None
) -> str:
    """Where a value lies between the lowest and the highest local authority, both named below."""
    if spread is None:
        return ""
    key = spread[5:10]
    return render_marked(metric, key, value, neighbours) + render_scale(metric, key)[1]


def draw_stack(shares: Sequence[float]) -> str:
    """Shares of a whole in a row, per cent: each as wide as it is, and written on where it fits."""
    return "".join(
        f'<i class="c{place}" style="width:{share:.1f}%">'
        f"{f'{share:.0f}%' if share >= WIDE_ENOUGH else ''}</i>"
        for place, share in enumerate(shares)
        if share > 0
    )


def compute_place(spread: SpreadKey, number: float) -> float:
    """How far along a strip a number stands, in per cent of its width."""
    low, high = spread[0], spread[4]
    share = (number - low) / (high - low) if high > low else 0.5
    return round(100 * min(max(share, 0.0), 1.0), 1)


def describe_spread(metric: Metric, spread: Spread) -> str:
    """The spread in one sentence, for readers who cannot see it."""
    low, mid, high = _format_spread(metric, spread)
    return f"{spread.count} {name_areas(metric)} from {low} to {high}; the median is {mid}"


def draw_line(series: Series, row: int) -> tuple[str, str]:
    """A line of the series in its row of a sheet, and the dot at its end, as SVG paths.

    A gap is left where points do not join. Coordinates are half pixels; each point is given from
    the one before, in the fewest letters. Nothing for fewer than two points.
    """
    years, values, joins = series
    if len(values) < 2:  # noqa: PLR2004 - one point is no line
        return "", ""
    low, first = min(values), years[0]
    across = 2 * (WIDTH - 8) / (years[-1] - first)
    up = 2 * (HEIGHT - 8) / ((max(values) - low) or 1.0)
    floor = 2 * (HEIGHT * (row + 1) - 4)
    points = [
        (round(6 + across * (at - first)), round(floor - up * (value - low)))
        for at, value in zip(years, values, strict=True)
    ]
    x, y = points[0]
    path, before = f"M{x} {y}", "M"
    for (to_x, to_y), joined in zip(points[1:], joins[1:], strict=True):
        move = "l" if joined else "m"
        drawn = move == "l" and before in "lm"  # further pairs go on as a line
        path += f"{' ' if drawn else move}{to_x - x}{'' if to_y < y else ' '}{to_y - y}"
        x, y, before = to_x, to_y, move
    return path, f"M{x} {y}h0"


def render_spark(series: Series) -> str:
    """A line of the series alone, on a sheet of its own; nothing for fewer than two points."""
    drawn = draw_line(series, 0)
    return f'<i class="k" style="{render_sheet([drawn])};--y:0"></i>' if drawn[0] else ""


def render_sheet(sparks: Sequence[tuple[str, str]]) -> str:
    """The sparks of a table as one image below one another, for the style sheet to cut up."""
    if not any(path for path, _ in sparks):
        return ""
    lines, dots_ = ("".join(each) for each in zip(*sparks, strict=True))
    picture = (
        "<svg xmlns='http://www.w3.org/2000/svg' "
        f"viewBox='0 0 {2 * WIDTH} {2 * HEIGHT * len(sparks)}'>"
        f"<path d='{lines}' fill='none' stroke='{theme.QUIET}' stroke-width='3'/>"
        f"<path d='{dots_}' stroke='{theme.FOCUS}' stroke-width='10' stroke-linecap='round'/></svg>"
    )
    return f"--k:url(&quot;{_escape_address(picture)}&quot;)"


def _escape_address(svg: str) -> str:
    # These three are all that must be escaped here; quoting every character takes longer than
    # drawing a page's hundred lines.
    source = svg.replace("#", "%23").replace("<", "%3C").replace(">", "%3E")
    return f"data:image/svg+xml,{source}"


def _format_spread(metric: Metric, spread: Spread) -> tuple[str, str, str]:
    """The lowest, the median and the highest value as they are shown."""
    return (
        format_value(metric, spread.minimum),
        format_average(metric, spread.median),
        format_value(metric, spread.maximum),
    )
