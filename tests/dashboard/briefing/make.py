"""Briefings of the committed build, made once for each area and recipe, and hostile commentary."""

from functools import cache

from dashboard.briefing import compose, forms
from dashboard.domain import choices
from dashboard.store import served

BUILD = served.find_current_build()
KENT, RUTLAND, SCILLY, CUMBRIA = "E10000016", "E06000017", "E06000053", "E10000006"
SITE = "https://send.example.org"
HOSTILE = (
    '<script>alert("x")</script> & <b>bold</b>\n'
    '#panic("typst") *strong* _em_ $x^2$ @ref \\ `raw` //comment ]]] #{ 1 + 1 }\n'
    '=HYPERLINK("http://example.org","x") +1 -1 @SUM(A1)\n'
    "control \x00\x01\x08\x0b\x0c\x1f\x7f\ud800\ufffe and turned \u202eback\u202c\n"
    "Pupils’ “naïve” café – ½ £5 ≥ 3 Ω ж 中"
)
LONG = f"{'Supercalifragilistic' * 12} " + "A long remark that goes on. " * 60


@cache
def briefing(area=KENT, recipe="board", order="", against="", written=()):
    view = choices.read_view(
        BUILD, {"area": area, "brief": recipe, "order": order, "against": against}
    )
    assert not view.notes
    return compose.build_briefing(view, view.area, SITE, dict(written))


@cache
def rendered(form, *args, **more):
    return forms.render_file(briefing(*args, **more), form)
