"""What the Department for Education's local authority interactive tool would show, beside ours.

Its documented formulas are written out here once more, as plainly as they can be, and run on its
own file: nothing of our pipeline is used but the list of its indicators that we show. Each
difference has one of the reasons below, and each reason its number; a difference that none of them
explains fails.
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from pipeline import catalogue
from tests.pipeline.conftest import RAW, needs_raw, table

pytestmark = [needs_raw, pytest.mark.exhaustive]  # every figure of the tool

TOOL = RAW / "local-authority-interactive-tool" / "2026-04"
NEIGHBOURS = RAW / "statistical-neighbours" / "2025-05" / "sn_may_2025.xlsx"
TINY = [201, 420]  # City of London, Isles of Scilly: in its ranks, not in ours
ABOLISHED = [835, 836, 837, 909, 928]
BANDS = {"A": 1, "B": 2, "C": 3, "D": 4}

SAME = "the same"
NEITHER = "no figure in either"
TINY_RANKED = "it ranks the City of London and the Isles of Scilly"
NOT_RANKED = "an area that we do not rank: one of those"
UNJUDGED = "it does not rank where neither way is better; here the highest is first"
OTHER_WAY = "it calls a low figure good; here neither way is better and the highest is first"
TOO_SMALL = "it gives no quarters where it calls the range too small"
ON_THE_CUT = "where high is good, it puts an area that lies on a cut in the worse quarter"
WITHHELD = "a figure that cannot be right is withheld here, with a note"
NO_SUCH_AREA = "the area had not been made yet, or was no more"
BREAK = "no change is given here across a break in the series"


# The tool's formulas.


def neighbour_mean(years, neighbours):
    """Give each area's plain mean of its neighbours that have a figure, for each year."""
    pairs = [(area, other) for area, near in neighbours.items() for other in near]
    areas, others = zip(*pairs, strict=True)
    return years.reindex(others).groupby(np.array(areas)).mean().reindex(years.index)


def change(years):
    """Give the newest year less the one before it in the list."""
    newest, before = sorted(years.columns, key=first_year, reverse=True)[:2]
    return years[newest] - years[before]


def rank(latest, polarity):
    return latest.rank(method="min", ascending=polarity == "Low")


def quartile(latest, polarity):
    """Give bands A to D by R's quantiles of type 7."""
    first, second, third = (type_7(np.sort(latest.dropna()), share) for share in (0.25, 0.5, 0.75))
    bands = "ABCD" if polarity == "Low" else "DCBA"
    found = pd.Series(bands[3], latest.index)
    for cut, band in ((third, bands[2]), (second, bands[1]), (first, bands[0])):
        found[latest <= cut] = band
    return found.map(BANDS).where(latest.notna())


def type_7(ordered, share):
    at = share * (len(ordered) - 1)
    low, high = ordered[int(np.floor(at))], ordered[int(np.ceil(at))]
    return low if low == high else (1 - at % 1) * low + at % 1 * high


# Its data, and ours of the same indicators.


def first_year(label):
    return int(label[:4])


def our_label(label, kind):
    """Write a year as we do: a bare year of a school census or a school year is its end."""
    year = first_year(label)
    if kind == "january":
        return f"January {year}"
    if kind == "calendar":
        return str(year)
    start = year if label[4:5] in {"/", "-"} else year - 1
    return f"{start}{'-' if kind == 'financial' else '/'}{(start + 1) % 100:02}"


@pytest.fixture(scope="module")
def tool():
    """Its figures by indicator, as areas by years."""
    rows = pd.read_parquet(TOOL / "bds_long_0.parquet")
    rows = rows[rows["LA Number"] < 970]
    rows["Values"] = pd.to_numeric(rows["Values"], errors="coerce")
    rows["LA Number"] = rows["LA Number"].astype(int)
    return {
        name: part.pivot(index="LA Number", columns="Years", values="Values")
        for name, part in rows.groupby("Short Desc")
    }


@pytest.fixture(scope="module")
def dictionary():
    rows = pd.read_csv(TOOL / "lait_data_dictionary.csv").drop_duplicates("Measure_short")
    return rows.set_index("Measure_short")


@pytest.fixture(scope="module")
def neighbours():
    workbook = CalamineWorkbook.from_path(NEIGHBOURS)
    rows = workbook.get_sheet_by_name("LA SN Groups").to_python()
    return {
        int(row[0]): [int(row[5 + 2 * i]) for i in range(10)]
        for row in rows[3:]
        if str(row[0]).strip() not in {"", "Old SNs:"}
    }


@pytest.fixture(scope="module")
def ours(committed):
    """Our figures of local authorities with their comparisons, by metric and group."""
    codes = {
        area["area_code"]: int(area["old_la_code"])
        for area in table(committed, "area")
        if area["level"] == "local_authority"
    }
    used = ["metric", "breakdown", "area_code", "time_period"]
    rows = pd.read_parquet(committed / "comparison.parquet").merge(
        pd.read_parquet(committed / "metric_value.parquet")[[*used, "value", "status"]], on=used
    )
    rows = rows[rows["area_code"].isin(codes)]
    rows["area"] = rows["area_code"].astype(str).map(codes)
    return {
        key: part.set_index(["area", "time_period"])
        for key, part in rows.groupby(["metric", "breakdown"], observed=True)
    }


@pytest.fixture(scope="module")
def shown(tool, dictionary, ours):
    """Give each of its indicators that a metric of ours shows as it is: theirs, ours, its words."""
    known = catalogue.load_catalogue()
    source = known.sources["lait"]
    taken = {m.numerator: m for m in known.metrics.values() if m.numerator and not m.denominator}
    return [
        Shown(
            taken[i.id,],
            dictionary.loc[label],
            tool[label],
            {year: our_label(year, i.period or source.period) for year in tool[label]},
            ours[i.id, i.breakdown],
        )
        for label, i in source.indicators.items()
        if (i.id,) in taken
    ]


@dataclass(frozen=True)
class Shown:
    """One indicator: its years as areas by years, what we call them, and our rows."""

    metric: catalogue.Metric
    words: pd.Series
    years: pd.DataFrame
    labels: dict
    ours: pd.DataFrame

    @property
    def latest(self):
        """Its latest year, found as text, as the tool does."""
        return max(self.years)

    @property
    def way(self):
        """Which way it says is better, if it says so."""
        polarity = self.words["Polarity"]
        return polarity if polarity in {"High", "Low"} else None

    @property
    def our_way(self):
        """Which end comes first here."""
        return "Low" if self.metric.polarity == "low_is_good" else "High"

    @property
    def kept(self):
        """Its figures without those that we withhold."""
        withheld = self.ours["status"].unstack("time_period") == "withheld"
        withheld = withheld.reindex(index=self.years.index, columns=list(self.labels.values()))
        return self.years.mask(withheld.eq(other=True).to_numpy())

    def mine(self, column):
        """Give a column of our latest rows."""
        latest = self.ours[self.ours["is_latest"]]
        assert set(latest.index.unique("time_period")) == {self.labels[self.latest]}
        return latest[column].droplevel("time_period").astype(float)

    def long(self, years):
        """Put areas by years under our own areas and years."""
        return years.rename(columns=self.labels).stack(future_stack=True)


# How they differ.


def count(mine, theirs, others):
    """Count the first of its results that is ours: as it stands, or for a reason."""
    assert mine.index.isin(theirs.index).all()
    own = mine.reindex(theirs.index)
    found = pd.Series(np.where(own.isna(), NEITHER, SAME), theirs.index)
    left = ~equal(own, theirs)
    for reason, result in others:
        there = theirs.index.isin(result.index)
        now = left & there & equal(own, result.reindex(theirs.index))
        found[now] = reason
        left &= ~now
    assert not left.any(), (own[left], theirs[left])
    return Counter(found)


def equal(one, other):
    return (one.isna() & other.isna()) | ((one - other).abs() < 1e-6)


def total(counts):
    """Add counts up."""
    return dict(sum(counts, Counter()))


def count_places(one, column, formula):
    """Count how its ranks or quarters differ, taking its known defects away one after the other.

    They are those of the figures that we show: one withheld would move all the others.
    """
    theirs, mine = one.kept[one.latest], one.mine(column)
    fewer = theirs.drop(TINY)
    fewest = fewer.drop(ABOLISHED)
    # Ours are the same from either side, best first, or highest first where neither way is better.
    last = formula(fewest if one.our_way == "Low" else -fewest, "Low")
    if formula is quartile:  # an area level with others across a cut has none here
        mine = mine.dropna()
        theirs = theirs.reindex(mine.index)
    if one.way is None:
        return count(mine, theirs * np.nan, [(UNJUDGED, last)])
    if formula is quartile and one.words["No_Quartile"] == "N":
        return count(mine, theirs * np.nan, [(TOO_SMALL, last)])
    others = [(NOT_RANKED, one.kept[one.latest][[*TINY, *ABOLISHED]] * np.nan), (OTHER_WAY, last)]
    if one.way == one.our_way:
        others[1:] = [
            (TINY_RANKED, formula(fewer, one.way)),
            (ON_THE_CUT, last),
        ]
    return count(mine, formula(one.kept[one.latest], one.way).reindex(theirs.index), others)


def count_changes(one):
    others = [(WITHHELD, change(one.kept))]
    if one.labels[one.latest] in one.metric.breaks:
        others.append((BREAK, one.years[one.latest] * np.nan))
    return count(one.mine("change"), change(one.years), others)


def count_means(one, neighbours):
    theirs = one.long(neighbour_mean(one.years, neighbours))
    others = [
        (NO_SUCH_AREA, theirs[~theirs.index.isin(one.ours.index)] * np.nan),
        (WITHHELD, one.long(neighbour_mean(one.kept, neighbours))),
    ]
    return count(one.ours["neighbour_mean"], theirs, others)


def count_figures(one):
    return count(one.ours["value"], one.long(one.years), [(WITHHELD, one.long(one.kept))])


def test_how_many_of_its_indicators_are_compared(shown):
    assert len(shown) == 82
    assert len({one.metric.id for one in shown}) == 42
    assert sum(one.words["Topic"] == "Children with SEN" for one in shown) == 44
    assert Counter(one.way for one in shown) == {"High": 48, "Low": 18, None: 16}
    ours = {"high_is_good": "High", "low_is_good": "Low"}
    otherwise = Counter(one.metric.id for one in shown if ours.get(one.metric.polarity) != one.way)
    # The tool says that high is good of the first, so its ranks are ours, and low of the other.
    assert otherwise == {"english_baccalaureate_entry": 3, "children_in_low_income_families": 1}


def test_figures_of_every_year(shown):
    assert total(count_figures(one) for one in shown) == {
        SAME: 98_690,
        NEITHER: 13_109,
        WITHHELD: 65,
    }


def test_neighbour_means_of_every_year(shown, neighbours):
    assert total(count_means(one, neighbours) for one in shown) == {
        SAME: 99_757,
        NEITHER: 8_079,
        NO_SUCH_AREA: 3_621,
        WITHHELD: 407,
    }


def test_changes_to_the_latest_year(shown):
    assert total(count_changes(one) for one in shown) == {
        SAME: 10_547,
        NEITHER: 604,
        BREAK: 1_797,
        WITHHELD: 8,
    }


def test_ranks_in_the_latest_year(shown):
    assert total(count_places(one, "rank", rank) for one in shown) == {
        SAME: 5_532,
        NEITHER: 548,
        NOT_RANKED: 57,
        TINY_RANKED: 4_263,
        OTHER_WAY: 151,
        UNJUDGED: 2_405,
    }


def test_quarters_in_the_latest_year(shown):
    found = total(count_places(one, "quartile", quartile) for one in shown)
    assert found == {
        SAME: 9_037,
        TINY_RANKED: 42,
        ON_THE_CUT: 16,
        OTHER_WAY: 146,
        TOO_SMALL: 60,
        UNJUDGED: 2_301,
    }
