"""The small pictures that stand in tables and cards. Pure.

Streamlit keeps HTML and drops SVG elements, so a line is an image and a strip is boxes placed by
percentages. Both repeat what the text beside them says.
"""

from functools import lru_cache
from html import escape

from dashboard import format as words
from dashboard import theme
from dashboard.model import Metric, Series, Spread

WIDTH, HEIGHT = theme.SPARK_WIDTH, theme.SPARK_HEIGHT
SpreadKey = tuple[float, ...]  # lowest, quarter, median, three quarters, highest


@lru_cache(maxsize=2048)
def scale(metric: Metric, spread: SpreadKey) -> tuple[str, str]:
    """What stands on every strip of a metric, whatever the area: its boxes, and its two ends."""
    low, lower, median, upper, high = spread
    left, right = place(spread, lower), 100 - place(spread, upper)
    boxes = (
        f'<i class="q" style="left:{left}%;right:{right:.3g}%"></i>'
        f'<i class="m" style="left:{place(spread, median)}%"></i>'
    )
    ends_ = f"<span>{words.value(metric, low)}</span><span>{words.value(metric, high)}</span>"
    return boxes, f'<span class="ends">{ends_}</span>'


def strip(
    metric: Metric, spread: Spread | None, value: float | None, neighbours: float | None
) -> str:
    """Where a value lies between the lowest and the highest local authority."""
    if spread is None:
        return ""
    key = spread[5:10]
    boxes, ends_ = scale(metric, key)
    if neighbours is not None:
        boxes += f'<i class="n" style="left:{place(key, neighbours)}%"></i>'
    if value is not None:
        boxes += f'<i class="d" style="left:{place(key, value)}%"></i>'
    return f'<span class="strip" aria-hidden="true">{boxes}</span>{ends_}'


def place(spread: SpreadKey, number: float) -> float:
    """How far along a strip a number stands, in per cent of its width."""
    low, high = spread[0], spread[4]
    share = (number - low) / (high - low) if high > low else 0.5
    return round(100 * min(max(share, 0.0), 1.0), 1)


def ends(metric: Metric, spread: Spread | None) -> str:
    """The lowest, median and highest value, below a picture of all."""
    if spread is None:
        return ""
    low, mid, high = _three(metric, spread)
    return (
        f'<span class="ends"><span>{low}</span><span>median {mid}</span><span>{high}</span></span>'
    )


def dots(metric: Metric, spread: Spread | None, value: float | None = None) -> str:
    """Every ranked local authority as a line on one scale, with one of them marked."""
    if spread is None:
        return ""
    key = spread[5:10]
    ticks = "".join(f"M{_across(key, number)} 8v16" for number in spread.values)
    own = ""
    if value is not None:
        own = (
            f"<circle cx='{_across(key, value)}' cy='16' r='6' fill='{theme.FOCUS}' "
            "stroke='#fff' stroke-width='2'/>"
        )
    picture = (
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 300 32'>"
        f"<path d='{ticks}' stroke='{theme.NEIGHBOUR}' stroke-opacity='.45' stroke-width='1.5'/>"
        f"<path d='M{_across(key, spread.median)} 3v26' stroke='{theme.INK}' stroke-width='2'/>"
        f"{own}</svg>"
    )
    return _image(picture, "dots", words_for_spread(metric, spread))


def _across(spread: SpreadKey, number: float) -> float:
    return round(6 + 2.88 * place(spread, number), 1)


def words_for_spread(metric: Metric, spread: Spread) -> str:
    """The spread in one sentence, for readers who cannot see it."""
    low, mid, high = _three(metric, spread)
    return f"{spread.count} {words.areas(metric)} from {low} to {high}; the median is {mid}"


def spark(series: Series) -> str:
    """A line of the series as an image: a dot at its end, gaps where points do not join."""
    years, values, joins = series
    if len(values) < 2:  # noqa: PLR2004 - one point is no line
        return ""
    low, first = min(values), years[0]
    across = (WIDTH - 8) / (years[-1] - first)
    up = (HEIGHT - 8) / ((max(values) - low) or 1.0)
    floor = HEIGHT - 4
    points = [
        f"{'L' if joined else 'M'}{3 + across * (at - first):.0f} {floor - up * (value - low):.1f}"
        for at, value, joined in zip(years, values, joins, strict=True)
    ]
    x, y = points[-1][1:].split(" ")
    picture = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {HEIGHT}'>"
        f"<path d='{''.join(points)}' fill='none' stroke='{theme.QUIET}' stroke-width='1.5'/>"
        f"<circle cx='{x}' cy='{y}' r='2.5' fill='{theme.FOCUS}'/></svg>"
    )
    return _image(picture, "spark", "")


def _image(svg: str, style: str, alt: str) -> str:
    """A drawing as an image, since SVG elements are not let through."""
    # These three are all that must be escaped here; quoting every character takes longer than
    # drawing a page's hundred lines.
    source = svg.replace("#", "%23").replace("<", "%3C").replace(">", "%3E")
    return f'<img class="{style}" alt="{escape(alt)}" src="data:image/svg+xml,{source}">'


def _three(metric: Metric, spread: Spread) -> tuple[str, str, str]:
    """The lowest, the median and the highest value as they are shown."""
    return (
        words.value(metric, spread.minimum),
        words.average(metric, spread.median),
        words.value(metric, spread.maximum),
    )
