"""The tile map: its layout looks like England, and it says what the figures say."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import tile_map
from dashboard.charts.model import LICENCE, Role
from dashboard.draw.screen import tiles
from tests.dashboard.make import MEDWAY, about, area, figure, group, metric

ROOT = Path(__file__).parents[3]
CODES = [f"E0600{number:04}" for number in range(1, 41)]
NORTH_OF = [
    ("Northumberland", "County Durham"),
    ("County Durham", "North Yorkshire"),
    ("Cumberland", "Westmorland and Furness"),
    ("Lancashire", "Cheshire East"),
    ("Liverpool", "Cheshire West and Chester"),
    ("Leeds", "Sheffield"),
    ("Sheffield", "Derbyshire"),
    ("Manchester", "Stoke-on-Trent"),
    ("Lincolnshire", "Peterborough"),
    ("Norfolk", "Suffolk"),
    ("Suffolk", "Essex"),
    ("Essex", "Kent"),
    ("Medway", "Kent"),
    ("Birmingham", "Oxfordshire"),
    ("Enfield", "Croydon"),
    ("Camden", "Lambeth"),
    ("Hertfordshire", "Surrey"),
    ("Oxfordshire", "Hampshire"),
    ("Hampshire", "Isle of Wight"),
    ("Somerset", "Plymouth"),
    ("Cornwall", "Isles of Scilly"),
]
WEST_OF = [
    ("Northumberland", "North Tyneside"),
    ("Cumberland", "County Durham"),
    ("Liverpool", "Manchester"),
    ("Manchester", "Sheffield"),
    ("Leeds", "East Riding of Yorkshire"),
    ("Shropshire", "Birmingham"),
    ("Birmingham", "Coventry"),
    ("Leicester", "Peterborough"),
    ("Cambridgeshire", "Norfolk"),
    ("Herefordshire, County of", "Worcestershire"),
    ("Hillingdon", "Havering"),
    ("Ealing", "City of London"),
    ("City of London", "Greenwich"),
    ("Reading", "Slough"),
    ("Bristol, City of", "Swindon"),
    ("Isles of Scilly", "Cornwall"),
    ("Cornwall", "Devon"),
    ("Devon", "Dorset"),
    ("Southampton", "Portsmouth"),
    ("West Sussex", "East Sussex"),
    ("East Sussex", "Kent"),
]


@pytest.fixture(scope="module")
def at(build):
    return {area.name: tiles.TILES[area.code] for area in build.local_authorities}


def test_each_local_authority_of_today_has_one_tile_of_its_own(build):
    assert tiles.TILES.keys() == {area.code for area in build.local_authorities}
    cells = {(tile["row"], tile["column"]) for tile in tiles.TILES.values()}
    assert len(cells) == len(tiles.TILES) == 153


def test_each_tile_has_a_short_label_of_its_own():
    labels = [tile["label"] for tile in tiles.TILES.values()]
    assert len(set(labels)) == len(labels)
    assert all(re.fullmatch(r"[A-Z&]{3}", label) for label in labels)


@pytest.mark.parametrize(("north", "south"), NORTH_OF)
def test_who_lies_north_of_another_does_so_on_the_map(at, north, south):
    assert at[north]["row"] < at[south]["row"]


@pytest.mark.parametrize(("west", "east"), WEST_OF)
def test_who_lies_west_of_another_does_so_on_the_map(at, west, east):
    assert at[west]["column"] < at[east]["column"]


def test_the_corners_are_where_a_reader_looks_for_them(at):
    rows = {name: tile["row"] for name, tile in at.items()}
    columns = {name: tile["column"] for name, tile in at.items()}
    assert rows["Northumberland"] == 0
    assert columns["Isles of Scilly"] == 0 == columns["Cornwall"] - 1
    assert columns["Norfolk"] == max(columns.values())
    assert columns["Kent"] >= max(columns.values()) - 1
    assert rows["Isle of Wight"] == max(rows.values())


def test_regions_hang_together_as_far_as_squares_let_them(build):
    pieces = 0
    for region in {a.region_code for a in build.local_authorities}:
        codes = [a.code for a in build.local_authorities if a.region_code == region]
        left = {(tiles.TILES[code]["row"], tiles.TILES[code]["column"]) for code in codes}
        while left:
            pieces += 1
            edge = [left.pop()]
            while edge:
                row, column = edge.pop()
                near = {(row + y, column + x) for y in (-1, 0, 1) for x in (-1, 0, 1)} & left
                left -= near
                edge.extend(near)
    assert pieces <= 11  # nine regions, and what an estuary or the sea cuts off


def test_the_style_has_as_many_rows_and_columns_as_the_layout():
    style = (ROOT / "dashboard" / "design" / "style.css").read_text(encoding="utf-8")
    rows, columns = (max(t[axis] for t in tiles.TILES.values()) + 1 for axis in ("row", "column"))
    assert f"grid-template: repeat({rows}, 1fr) / repeat({columns}, 1fr)" in style
    assert f"aspect-ratio: {columns} / {rows}" in style


def figures(values, **changes):
    return [
        figure(area_code=code, value=value, rank=1 if value is not None else None, **changes)
        for code, value in zip(CODES, values, strict=False)
    ]


VALUES = st.lists(st.integers(0, 30).map(float), min_size=1, max_size=len(CODES))


@given(VALUES)
def test_a_higher_value_is_never_in_a_lower_fifth_and_equal_ones_are_in_one(values):
    found = tile_map.compute_fifths(metric(), figures(values))
    pairs = sorted((value, found[code]) for value, code in zip(values, CODES, strict=False))
    assert [step for _, step in pairs] == sorted(step for _, step in pairs)
    assert len({value for value, _ in pairs}) == len(set(pairs))
    if values.count(max(values)) == 1:  # where the highest are many, their middle decides
        assert max(found.values()) == tile_map.FIFTHS - 1


def test_different_values_are_shared_out_evenly():
    found = tile_map.compute_fifths(metric(), figures(range(40)))
    assert sorted(found.values()) == sorted(list(range(5)) * 8)


def test_values_that_are_shown_alike_have_one_colour():
    found = tile_map.compute_fifths(metric(decimals=0), figures([1.4, 0.6, 1.0, 1.2, 0.9]))
    assert len(set(found.values())) == 1


def mapped(values, regions="NNNNNSSSSSEEEEEWWWWW", **about_changes):
    names = {"N": "North East", "S": "South West", "E": "London", "W": "Yorkshire and The Humber"}
    places = [
        area(code, f"Area {number}", region_code=region)
        for number, (code, region) in enumerate(zip(CODES, regions, strict=False))
    ]
    known = {a.code: a for a in places}
    known |= {code: area(code, name, level="region") for code, name in names.items()}
    shown = tile_map.Mapped(figures(values), places, known, places[0], group(CODES[1]))
    return tile_map.build_map(about(**about_changes), shown)


def test_the_title_says_which_region_has_most_of_the_highest_fifth_and_how_large_it_is():
    assert mapped(range(20)).title == (
        "4 of the 4 local authorities with the highest figures are in Yorkshire and The Humber, "
        "which has 5 of the 20 ranked"
    )
    assert "are in the South West," in mapped([*range(5), *range(20, 25), *range(5, 15)]).title
    assert "are in London," in mapped([*range(10), *range(20, 25), *range(10, 15)]).title


def test_the_title_names_two_regions_that_are_level_and_no_more():
    two = mapped([1, 1, 1, 9, 9, 1, 1, 1, 9, 9, *range(2, 7), *range(2, 7)])
    assert two.title == (
        "The North East and the South West each have 2 of the 4 local authorities with the "
        "highest figures"
    )
    every = mapped([9, 1, 2, 3, 4] * 4)
    assert every.title.startswith("No one region has most of the 4 local authorities")


def test_the_title_of_what_cannot_be_divided_says_so():
    assert (
        mapped([5.0] * 20).title == "The 20 local authorities that are ranked have the same figure"
    )
    assert mapped([]).title == "No local authority is ranked on this metric"
    assert mapped([None] * 20).title == "No local authority is ranked on this metric"


def test_the_legend_has_ranges_counts_and_the_better_end():
    labels = [(s.label, s.shown, s.count) for s in mapped(range(19)).steps]
    assert labels[0] == ("Highest fifth (best)", "15.0% to 18.0%", 4)
    assert labels[4] == ("Lowest fifth (worst)", "0.0% to 2.0%", 3)
    assert labels[5] == ("No figure, or not ranked", "", 1)
    low = mapped(range(20), polarity="low_is_good").steps
    assert (low[0].label, low[4].label) == ("Highest fifth (worst)", "Lowest fifth (best)")
    neither = mapped(range(20), polarity="no_judgement").steps
    assert (neither[0].label, neither[4].label) == ("Highest fifth", "Lowest fifth")


def test_fifths_that_ties_make_one_are_not_called_fifths():
    labels = [s.label for s in mapped([0] * 15 + [1, 2, 3, 4, 5]).steps]
    assert labels[0] == "Highest group (best)"
    assert labels[-1] == "Lowest group (worst)"
    assert not any("fifth" in label for label in labels)


def test_the_map_says_where_its_figures_are_from_and_who_is_outlined():
    model = mapped(range(20))
    assert model.source.startswith("Department for Education")
    assert model.licence == LICENCE
    assert "2024" in model.subtitle
    assert "Outlined: Area 0 and its statistical neighbours" in model.subtitle
    assert "Higher is better" in model.note
    assert "a count is no rate" in mapped(range(20), unit="count").note
    assert [row.role for row in model.rows[:3]] == [Role.FOCUS, Role.NEIGHBOUR, Role.OTHER]


def real(figures_, **changes):
    places = [area(), area(MEDWAY, "Medway <b>"), area("E06000053", "Isles of Scilly")]
    shown = tile_map.Mapped(figures_, places, {a.code: a for a in places}, places[0], group())
    return tiles.render_tiles(
        tile_map.build_map(about(**changes), shown), lambda code: f"metric?a=1&area={code}"
    )


def test_every_square_is_a_link_that_no_keyboard_stops_at():
    drawn = real([figure(), figure(area_code=MEDWAY, value=None, rank=None, status="suppressed")])
    squares = re.findall("<a [^>]*>", drawn)
    assert len(squares) == 3
    assert all('tabindex="-1"' in square for square in squares)
    assert '<div class="tiles" aria-hidden="true">' in drawn
    assert 'href="metric?a=1&amp;area=E10000016"' in drawn


def test_a_square_says_the_whole_name_the_figure_or_why_there_is_none():
    scilly = figure(area_code="E06000053", value=100.0, rank=None)
    drawn = real([figure(), scilly])
    assert 'title="Kent: 50.0%, 60th of 151"' in drawn
    assert 'title="Medway &lt;b&gt;: No figure for 2024"' in drawn
    assert 'title="Isles of Scilly: 100.0%, not ranked: very small numbers"' in drawn
    assert 'class="s-"' in drawn
    hidden = real([figure(area_code=MEDWAY, value=None, rank=None, status="suppressed"), figure()])
    assert "Suppressed, withheld by the publisher so that nobody can be identified" in hidden


def test_the_chosen_area_and_its_group_are_outlined_and_named_in_the_legend():
    drawn = real([figure(), figure(area_code=MEDWAY, value=40.0, rank=90)])
    assert re.search(r'<a class="s\d focus"[^>]*>KEN</a>', drawn)
    assert re.search(r'<a class="s\d neighbour"[^>]*>MED</a>', drawn)
    assert '<i class="focus"></i><span>Kent</span>' in drawn
    assert '<i class="neighbour"></i><span>statistical neighbour</span>' in drawn


def test_the_map_in_words_has_every_range():
    drawn = real([figure(), figure(area_code=MEDWAY, value=40.0, rank=90)])
    said = re.search('<p class="hide">(.*?)</p>', drawn)
    assert said
    assert "50.0%: 1" in said[1]
    assert "40.0%: 1" in said[1]


def test_the_small_map_has_every_square_and_names_only_those_that_are_marked(build):
    link = "local-area?area={}".format
    drawn = tiles.render_small_map(
        {"E10000016": "Kent", MEDWAY: "Medway: 1st <very close>"}, "E10000016", link
    )
    runs = re.findall(r"M(\d+) ([\d.]+)h(\d+)", drawn)
    assert sum(int(length) for _, _, length in runs) == len(build.local_authorities)
    assert drawn.count("<a ") == 2
    assert drawn.count('tabindex="-1"') == 2
    assert 'class="focus"' in drawn
    assert 'title="Medway: 1st &lt;very close&gt;"' in drawn
    assert '<div class="places" aria-hidden="true">' in drawn
    assert len(drawn) < 3000


def test_the_small_map_is_drawn_at_the_shape_the_style_gives_it():
    style = (ROOT / "dashboard" / "design" / "style.css").read_text(encoding="utf-8")
    places = re.search(r"\.places \{[^}]*aspect-ratio: (\d+) / (\d+)", style)
    assert places
    assert (int(places[1]), int(places[2])) == (tiles.COLUMNS, tiles.ROWS)


def test_the_note_of_the_map_by_boundaries_says_whose_they_are():
    by_squares = mapped(range(20))
    by_shapes = tile_map.use_boundaries(by_squares)
    assert tile_map.AS_SQUARES in by_squares.note
    assert tile_map.AS_SQUARES not in by_shapes.note
    assert "Boundaries: Office for National Statistics" in by_shapes.note
    assert "The darker, the higher. Higher is better" in by_shapes.note
    assert by_shapes.rows == by_squares.rows


def test_a_figure_that_most_areas_have_is_no_fifth_and_not_the_highest():
    values = [0.0] * 34 + [3.0, 4.0, 5.0, 6.0, 7.0, 8.0]
    figures = [figure(area_code=c, value=v) for c, v in zip(CODES, values, strict=True)]
    found = tile_map.compute_fifths(metric(), figures)
    assert found[CODES[0]] < max(found.values())
    places = [area(code, code) for code in CODES]
    named = {place.code: place for place in places} | {"E12000008": area("E12000008", "South East")}
    model = tile_map.build_map(about(), tile_map.Mapped(figures, places, named, None, None))
    assert [step.label for step in model.steps] == ["Highest group (best)", "Lowest group (worst)"]
    assert [step.count for step in model.steps] == [6, 34]
