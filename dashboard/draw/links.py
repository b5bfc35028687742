"""The row of downloads below a chart: one form with a button for each file. Pure.

A form names the chart's choices once, where links would repeat them nine times: it is half of the
bytes that a page sends for each chart. It asks with GET, so each file has an address of its own.
"""

from html import escape

from dashboard.charts.model import ChartModel

FORMS = {
    "png": "PNG",
    "svg": "SVG",
    "pdf": "PDF",
    "pptx": "PowerPoint",
    "xlsx": "Excel",
    "csv": "CSV",
    "txt": "Text",
}
OF_METRIC = {"all.xlsx": "Excel", "all.csv": "CSV"}


def render_downloads(model: ChartModel, name: str) -> str:
    """What to open below a chart to download it, and its whole metric where it has one."""
    choices = model.permalink.partition("?")[2]
    whole = f" Whole metric {_render_buttons(OF_METRIC)}" if "metric=" in choices else ""
    return (
        "<details class=get><summary>Download this chart</summary>"
        f"<form action=download/{name}><input type=hidden name=of "
        f'value="{escape(choices)}">{_render_buttons(FORMS)}{whole}</form></details>'
    )


def _render_buttons(forms: dict[str, str]) -> str:
    return "".join(f"<button name=as value={form}>{said}</button>" for form, said in forms.items())
