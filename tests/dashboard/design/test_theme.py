"""A colour and the word for it have one place, and everything else follows from there."""

import colorsys
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from dashboard.design import theme

ROOT = Path(__file__).parents[3]
NAMED = {name: value for name, value in vars(theme).items() if isinstance(value, theme.Colour)}
HUES = ((15, "red"), (45, "orange"), (70, "yellow"), (165, "green"), (190, "turquoise"))
MORE_HUES = ((255, "blue"), (300, "purple"), (345, "pink"), (361, "red"))
SAME = {
    "primaryColor": theme.FOCUS,
    "backgroundColor": theme.PAPER,
    "secondaryBackgroundColor": theme.WASH,
    "textColor": theme.INK,
    "linkColor": theme.LINK,
    "borderColor": theme.RULE,
}


def seen(value):
    """What a colour is called by whoever sees it: a hue or a grey, dark or light."""
    red, green, blue = (int(value[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, light, strong = colorsys.rgb_to_hls(red, green, blue)
    hue = 360 * hue
    plain = next(name for end, name in (*HUES, *MORE_HUES) if hue < end)
    name = "grey" if strong < 0.12 else plain
    return f"{'dark ' if light < 0.33 else 'light ' if light > 0.75 else ''}{name}"


@pytest.mark.parametrize("name", NAMED)
def test_the_word_for_a_colour_is_what_is_seen(name):
    assert seen(NAMED[name]) == NAMED[name].word


def test_a_word_that_is_wrong_would_be_noticed():
    assert seen("#7A1F5C") != "dark blue"
    assert seen("#12436D") == "dark blue"
    assert {seen(value) for value in theme.CATEGORICAL} > {"dark blue", "orange", "turquoise"}


def test_streamlit_has_the_same_colours():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert {name: config["theme"][name] for name in SAME} == SAME


def test_no_other_file_holds_a_colour_or_its_word():
    words = "|".join(colour.word for colour in NAMED.values() if " " in colour.word)
    wanted = re.compile(rf"#[0-9A-Fa-f]{{6}}\b|\b({words}|turquoise)\b")
    held = [
        (file.relative_to(ROOT).as_posix(), text)
        for file in (ROOT / "dashboard").rglob("*")
        if file.suffix in {".py", ".css", ".js", ".typ", ".toml"} and file.name != "theme.py"
        for text in wanted.findall(file.read_text(encoding="utf-8"))
    ]
    assert held == []


CHANGED = """
import io, sys, types, zipfile
from pathlib import Path
import dashboard.design

old, new = 'Colour("#12436D", "dark blue")', 'Colour("#7A1F5C", "plum")'
file = Path(dashboard.design.__file__).with_name("theme.py")
source = file.read_text(encoding="utf-8")
assert old in source
theme = types.ModuleType("dashboard.design.theme")
theme.__file__ = str(file)
sys.modules["dashboard.design.theme"] = dashboard.design.theme = theme
exec(compile(source.replace(old, new), str(file), "exec"), theme.__dict__)

from dashboard.charts import registry
from dashboard.domain import choices
from dashboard.draw import caption
from dashboard.draw.office import slides
from dashboard.draw.picture import image
from dashboard.store import served

view = choices.read_view(served.find_current_build(), {"area": "E10000016"})
model = registry.build_chart("beside", view)
deck = zipfile.ZipFile(io.BytesIO(slides.write_slides(model, build="b")))
drawn = image.draw_picture(model, "svg", build="b").decode().lower()
chart = "".join(deck.read(n).decode().lower() for n in deck.namelist() if "/charts/chart" in n)
print("\\n" + caption.describe_colours(model))
for text in (drawn, chart, theme.STYLE.lower()):
    print("12436d" in text, "7a1f5c" in text)
"""


def test_another_colour_is_in_the_words_and_in_the_picture_and_the_old_one_nowhere():
    done = subprocess.run(
        [sys.executable, "-c", CHANGED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    key, *found = done.stdout.splitlines()[-4:]  # DuckDB may have drawn a bar before
    assert key.startswith("Kent plum, ")
    assert "dark blue" not in key
    assert found == ["False True"] * 3
