"""A chart model in, the Plotly figure a browser draws out. Pure; holds no words of its own.

Figures are plain dictionaries and are sent as they are: making and checking go.Figure objects
costs more than the rest of a page. The tests give every dictionary to a real go.Figure.
"""

from plotly.basedatatypes import BaseFigure

from dashboard.charts.model import ChartModel, Kind
from dashboard.draw.screen import lines, points, ranks

CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False, "doubleClick": False}


class RawFigure(BaseFigure):
    """A figure dictionary that st.plotly_chart sends as it is: no validation, no deep copy."""

    def __init__(self, spec: dict[str, object]) -> None:
        """Keep the dictionary; the parent's own set-up is what this class exists to skip."""
        self.__dict__["spec"] = spec  # the parent refuses attributes it does not know

    def to_dict(self) -> dict[str, object]:
        """The dictionary it was given."""
        return self.__dict__["spec"]


def figure(model: ChartModel) -> dict[str, object]:
    """The Plotly figure of any chart model."""
    return {
        Kind.TREND: lines.trend,
        Kind.RANKED_BAR: ranks.ranked_bar,
        Kind.POSITIONS: ranks.positions,
        Kind.FUNNEL: points.funnel,
        Kind.SCATTER: points.funnel,
    }[model.kind](model)
