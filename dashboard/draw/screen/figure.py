"""A chart model in, the Plotly figure a browser draws out. Pure; holds no words of its own.

Figures are plain dictionaries and are sent as they are: making and checking go.Figure objects
costs more than the rest of a page. The tests give every dictionary to a real go.Figure.
"""

from plotly.basedatatypes import BaseFigure

from dashboard.charts.model import ChartModel
from dashboard.draw.kinds import KINDS

CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False, "doubleClick": False}


class RawFigure(BaseFigure):
    """A figure dictionary that st.plotly_chart sends as it is: no validation, no deep copy."""

    def __init__(self, spec: dict[str, object]) -> None:
        """Keep the dictionary; the parent's own set-up is what this class exists to skip."""
        self.__dict__["spec"] = spec  # the parent refuses attributes it does not know

    def to_dict(self) -> dict[str, object]:
        """The dictionary it was given."""
        return self.__dict__["spec"]


def draw_figure(model: ChartModel) -> dict[str, object]:
    """The Plotly figure of a chart model.

    Raises:
        KeyError: its kind is drawn as HTML.
    """
    draw = KINDS[model.kind].draw
    if draw is None:
        raise KeyError(model.kind)
    return draw(model)
