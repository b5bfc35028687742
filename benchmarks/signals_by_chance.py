"""How much stands out where there is nothing to find: python -m benchmarks.signals_by_chance.

Englands are made up in which no local authority differs from England, and the pipeline's own code
lists what stands out in them beyond chance. What is listed there is listed by chance alone. Real
are the local authorities, the measures, the periods and how many children, plans or schools are
behind each figure; drawn are the numbers counted, from England's own figure of the period, each
year by itself. A second England has the usual differences between local authorities as well, drawn
afresh for every measure and year: no authority stands out there either, though all differ. Figures
without published numbers are left as they are: no list that is counted here has them.
"""

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from pipeline import attention, cube
from pipeline.cube import NONE, Cube
from pipeline.methods import usual
from pipeline.tables import connect, run_step
from pipeline.values import VALUES, load_figures, read_values

ROOT = Path(__file__).parents[1]
WRITTEN = ROOT / "pipeline" / "signals_by_chance.toml"
# What decides the lists: a change of any of these files asks for the simulation again.
RULE = ("attention.py", "signals.toml", *(f"methods/{n}.py" for n in ("exact", "usual", "signals")))
SEED = 20_260
ENGLANDS = 40
MOST_BY_CHANCE, TIMES = 0.4, 5


@dataclass(frozen=True, slots=True)
class Tally:
    """What is listed in one England: for the worse and for the better, for each authority."""

    concerns: tuple[int, ...]
    strengths: tuple[int, ...]


def main() -> None:
    """Count what is listed in reality and in made-up Englands, and print both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--englands", type=int, default=ENGLANDS, help="how many are made up")
    parser.add_argument("--values", type=Path, default=VALUES, help="folder of figures")
    parser.add_argument("--write", action="store_true", help=f"publish it in {WRITTEN.name}")
    given = parser.parse_args()
    name, figures = read_values(given.values).shown.build, read(given.values)
    counted = count_all(figures, given.englands)
    if given.write:
        WRITTEN.write_text(format_published(name, counted), encoding="utf-8")
    print(report(name, counted))


def read(folder: Path) -> Cube:
    """Lay out the figures that git keeps as the pipeline does while it makes a build."""
    with connect() as db:
        load_figures(db, read_values(folder))
        run_step(db, "number.sql")
        return cube.read(db)


def count_all(figures: Cube, englands: int) -> dict[str, list[Tally]]:
    """Count what is listed in reality, by chance alone, and with the usual differences."""
    return {
        "reality": [count_listed(figures)],
        "chance": [
            count_listed(make_england_by_chance(figures, number)) for number in range(englands)
        ],
        "usual": [
            count_listed(make_england_by_chance(figures, number, usually=True))
            for number in range(englands)
        ],
    }


def count_listed(figures: Cube) -> Tally:
    """Count what the pipeline lists for each local authority."""
    listed, tested = attention.list_signals(figures)
    counted = Counter(zip(listed["place"].tolist(), listed["is_strength"].tolist(), strict=True))
    places = np.unique(tested["place"]).tolist()
    return Tally(
        tuple(counted[place, False] for place in places),
        tuple(counted[place, True] for place in places),
    )


def make_england_by_chance(figures: Cube, number: int, *, usually: bool = False) -> Cube:
    """Make up an England: its numbers drawn from England's figures, from a seed of its own.

    Args:
        figures: the real England.
        number: which England; the same number is the same England.
        usually: whether the usual differences between local authorities are drawn as well.
    """
    draws = np.random.default_rng([SEED, number, int(usually)])
    made_up = replace(figures, numerator=figures.numerator.copy(), value=figures.value.copy())
    places = attention.find_tested_places(figures)
    for i in iterate_tested_series(figures):
        given = attention.select_counts(figures, places, i)
        if given.there.sum() > 1:
            total = given.total[given.there]
            proportion = attention.is_proportion(figures, i)
            figure = np.full(len(total), given.overall)
            if usually:
                figure = draw_differing(draws, given, proportion=proportion)
            count = (
                draws.binomial(total.astype(int), figure)
                if proportion
                else draws.poisson(figure * total)
            )
            there = places[given.there]
            made_up.numerator[i, there] = count
            made_up.value[i, there] = figures.series[i]["multiplier"] * count / total
    return made_up


def iterate_tested_series(figures: Cube) -> Iterator[int]:
    """Give the series that are tested, and those of the year before each."""
    for i in attention.find_judged_series(figures).tolist():
        if attention.has_counts(figures, i):
            yield from (each for each in (i, int(figures.earlier[i])) if each != NONE)


def draw_differing(
    draws: np.random.Generator, given: attention.Counts, *, proportion: bool
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Draw a figure for each authority as far apart as authorities usually lie on this measure."""
    count, total = given.count[given.there], given.total[given.there]
    found = usual.estimate_usual(
        usual.transform_shares(count, total, proportion=proportion),
        usual.compute_chance_variance(total),
    )
    y = draws.normal(found.middle, np.sqrt(found.between), len(total))
    return usual.transform_back(y, proportion=proportion)


def hash_rule() -> str:
    """Name the version of the rule: a hash of the files that decide the lists."""
    together = hashlib.sha256()
    for name in RULE:
        together.update((ROOT / "pipeline" / name).read_bytes())
    return together.hexdigest()[:12]


def compute_mean(given: Iterable[Tally], of: str = "concerns") -> float:
    """Give how many are listed per authority."""
    return float(np.mean([getattr(each, of) for each in given]))


def format_published(name: str, counted: dict[str, list[Tally]]) -> str:
    """Write what is published of a simulation."""
    lines = [
        "# What `python -m benchmarks.signals_by_chance --write` found. Never written by hand.",
        f'rule = "{hash_rule()}"',
        f'build = "{name}"',
        f"made_on = {date.today()}",
        f"seed = {SEED}",
        f"englands = {len(counted['chance'])}",
        f"authorities = {len(counted['reality'][0].concerns)}",
    ]
    for kind, given in counted.items():
        each = [round(compute_mean([one]), 4) for one in given]
        numbers = {**summarise_tallies(given), "concerns_in_each": each}
        lines += ["", f"[{kind}]", *(f"{key} = {json.dumps(n)}" for key, n in numbers.items())]
    return "\n".join(lines) + "\n"


def summarise_tallies(given: list[Tally]) -> dict[str, float]:
    """Sum up some Englands: means per authority, the share with nothing, and the most."""
    concerns = np.array([each.concerns for each in given])
    strengths = np.array([each.strengths for each in given])
    return {
        "concerns": round(float(concerns.mean()), 4),
        "strengths": round(float(strengths.mean()), 4),
        "without_concern": round(float((concerns == 0).mean()), 4),
        "with_nothing": round(float((concerns + strengths == 0).mean()), 4),
        "most_concerns": int(concerns.max()),
    }


def report(name: str, counted: dict[str, list[Tally]]) -> str:
    """Say what was found; the last line has the two figures that matter."""
    chance, real = compute_mean(counted["chance"]), compute_mean(counted["reality"])
    aim = f"(aim: by chance at most {MOST_BY_CHANCE}, in reality at least {TIMES} times as many)"
    words = {
        "reality": "in reality",
        "chance": "no authority differs",
        "usual": "only the usual differences",
    }
    return "\n".join(
        [
            f"What stands out beyond chance, per authority, build {name}, rule {hash_rule()},",
            f"{len(counted['chance'])} made-up Englands of each kind, seed {SEED} {aim}",
            "",
            f"{'':28}{'concerns':>10}{'strengths':>11}{'no concern':>12}{'nothing':>9}{'most':>6}",
            *(format_line(words[kind], given) for kind, given in counted.items()),
            "",
            f"by chance {chance:.2f} concerns per authority, in reality {real:.2f}",
        ]
    )


def format_line(name: str, given: list[Tally]) -> str:
    """Write one kind of England as a line of the table."""
    found = summarise_tallies(given)
    return (
        f"{name:28}{found['concerns']:>10.3f}{found['strengths']:>11.3f}"
        f"{found['without_concern']:>12.1%}{found['with_nothing']:>9.1%}"
        f"{found['most_concerns']:>6.0f}"
    )


if __name__ == "__main__":
    main()
