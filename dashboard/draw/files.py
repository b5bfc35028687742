"""A chart or a whole metric as the bytes of a file, in each form there is."""

from collections.abc import Callable

from dashboard.charts.model import ChartModel
from dashboard.domain.choices import View
from dashboard.draw import caption, safe, tidy
from dashboard.draw.office import slides, workbook
from dashboard.draw.picture import image

Made = tuple[str, bytes]  # the name of a file, and what is in it


def write_chart(model: ChartModel, form: str, view: View) -> Made:
    """A chart as a file; its definition, where a file has room for one, is its metric's."""
    return safe.make_filename(model, form), _CHART[form](model, view)


def write_metric(view: View, form: str, base: str) -> Made:
    """A whole metric as a file: xlsx or csv."""
    return safe.make_filename(view, form), _METRIC[form](view, base)


def _make_picture(form: str) -> Callable[[ChartModel, View], bytes]:
    return lambda model, view: image.draw_picture(model, form, build=view.build.id)


def _write_slide(model: ChartModel, view: View) -> bytes:
    is_of_metric = model.subtitle.startswith(view.metric.title)
    about = caption.list_definition(view.metric) if is_of_metric else []
    return slides.write_slides(model, build=view.build.id, definition=about)


_CHART: dict[str, Callable[[ChartModel, View], bytes]] = {
    **{form: _make_picture(form) for form in image.FORMS},
    "pptx": _write_slide,
    "xlsx": lambda model, view: workbook.write_chart(model, build=view.build.id),
    "csv": lambda model, view: tidy.write_chart_csv(model, build=view.build.id).encode(),
    "txt": lambda model, view: caption.compose_finding(model, build=view.build.id).encode(),
}
_METRIC: dict[str, Callable[[View, str], bytes]] = {
    "xlsx": lambda view, base: workbook.write_metric(view, view.build.id, base=base),
    "csv": lambda view, base: tidy.write_metric_csv(view, base=base).encode(),
}
