"""The layout of the tile map, made from the boundaries of the build: `python -m scripts.tiles`.

England is stretched until every local authority has the same room (the diffusion cartogram of
Gastner and Newman, 2004), cut into as many square cells as there are authorities, and each of them
is given the cell nearest to it. Swaps that bring neighbours together, the right way round and
region by region, then mend what the cells tore apart. The same bytes come out each time.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise, product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.fft import dctn, idctn
from scipy.ndimage import map_coordinates
from scipy.optimize import linear_sum_assignment

from dashboard.domain.build import Build
from dashboard.store import data
from scripts.browser import ROOT

FILE = ROOT / "dashboard" / "draw" / "screen" / "tiles.toml"
HEAD = """\
# The tile map: every local authority of today on one square, rows from the north, columns from the
# west. Made by `python -m scripts.tiles` from the boundaries; not written by hand.
"""
KM_PER_DEGREE = 111.2
MIDDLE_LATITUDE = np.radians(52.8)
PIXELS, KM_PER_PIXEL = 512, 2.0
MOST_DENSE = 40.0  # times the mean: enough for a London borough; the City is made no larger
STEPS = 160
SCILLY, CORNWALL, WIGHT = "E06000053", "E06000052", "E06000046"
PORTSMOUTH = "E06000044"
NEAR, PLACED, TORN = 1.0, 0.8, 12.0  # what weighs in a swap: neighbours, the place, whole regions
PULL = 3.0
PULLED = {  # south and east: where the rest alone leaves a tile where no reader would look for it
    "E06000057": (-3, 0),  # Northumberland is the northernmost
    "E08000023": (1, 0),  # South Tyneside, south of the river
    CORNWALL: (1, -2),
    "E10000016": (1, 1),  # Kent
    "E10000020": (-1, 1),  # Norfolk
    "E10000012": (5, 1),  # Essex, south of Suffolk
    "E06000033": (2, 1),  # Southend, on the estuary
    "E06000034": (1, 1),  # Thurrock, south-east of Barking and Havering
}
SEEDS, REACH = range(1, 5), 3
HOLLOW, ASTRAY, LEAST_WAY, SPARE = 2.2, 6.0, 0.3, 14
HEATS, ROUNDS, LAST_ROUNDS = (5.0, 0.2), 80, 20
SIDES = ((-1, 0), (1, 0), (0, -1), (0, 1))

UNSAID = {"AND", "OF", "THE", "UPON", "ON", "WITH"}
COMPASS = {"NORTH", "SOUTH", "EAST", "WEST"}
FIXED = {  # as they are abbreviated elsewhere, or where the rule gives another word or a riddle
    "Barking and Dagenham": "BDG",
    "Bath and North East Somerset": "BNS",
    "Blackburn with Darwen": "BBD",
    "Bournemouth, Christchurch and Poole": "BCP",
    "Camden": "CMD",
    "City of London": "COL",
    "County Durham": "DUR",
    "Derbyshire": "DBS",
    "Haringey": "HGY",
    "Hartlepool": "HPL",
    "Isle of Wight": "IOW",
    "Isles of Scilly": "IOS",
    "Kensington and Chelsea": "K&C",
    "Kingston upon Hull, City of": "HUL",
    "Newcastle upon Tyne": "NCL",
    "Norfolk": "NFK",
    "Nottinghamshire": "NTS",
    "Southend-on-Sea": "SND",
    "St. Helens": "STH",
    "Stoke-on-Trent": "STO",
    "Suffolk": "SFK",
    "Westmorland and Furness": "WMF",
}

Numbers = npt.NDArray[np.float64]
Cell = tuple[int, int]
Ring = Numbers


class Country(NamedTuple):
    """The authorities in order of their codes: names, regions, shapes and who borders on whom."""

    codes: list[str]
    names: list[str]
    regions: list[str]
    rings: list[list[Ring]]
    neighbours: list[tuple[int, int]]


def main() -> None:
    """Write the layout and print it as a picture."""
    build = data.current()
    if build is None:
        raise SystemExit("there is no build to take the boundaries from")
    country = read(build)
    cells, labels = layout(country), short_labels(country.names)
    FILE.write_text(HEAD + as_toml(country.codes, cells, labels), encoding="utf-8")
    print(picture(cells, labels))


def read(build: Build) -> Country:
    """Read the authorities of today and their shapes, in kilometres from the north-west."""
    path = ROOT / "data" / "built" / build.id / "boundaries.json"
    shapes = {
        feature["id"]: [
            np.array(ring) for part in feature["geometry"]["coordinates"] for ring in part
        ]
        for feature in json.loads(path.read_text(encoding="utf-8"))["features"]
    }
    areas = sorted(build.local_authorities, key=lambda area: area.code)
    rings = [[projected(ring) for ring in shapes[area.code]] for area in areas]
    return Country(
        [area.code for area in areas],
        [area.name for area in areas],
        [area.region_code or "" for area in areas],
        rings,
        bordering([shapes[area.code] for area in areas]),
    )


def projected(ring: Numbers) -> Ring:
    """Turn degrees into pixels, east and south: over England a cosine is projection enough."""
    east, north = ring.T
    x = (east + 2.0) * np.cos(MIDDLE_LATITUDE) * KM_PER_DEGREE / KM_PER_PIXEL
    y = (52.9 - north) * KM_PER_DEGREE / KM_PER_PIXEL
    return np.column_stack([x, y]) + PIXELS / 2


def bordering(shapes: Sequence[Iterable[Iterable[Sequence[float]]]]) -> list[tuple[int, int]]:
    """Pairs of areas whose borders share points."""
    at: dict[tuple[float, ...], set[int]] = defaultdict(set)
    for number, rings in enumerate(shapes):
        for ring in rings:
            for point in ring:
                at[tuple(point)].add(number)
    return sorted({pair for held in at.values() for pair in combinations(sorted(held), 2)})


def layout(country: Country) -> list[Cell]:
    """Give each authority its row and column, the first of each being 0."""
    owner = painted(country.rings)
    placed, land = stretched(owner, country)
    mainland = [n for n, code in enumerate(country.codes) if code not in {SCILLY, WIGHT}]
    points, cells, spare = best_cut(placed, land, mainland)
    start = dict(zip(mainland, assigned(points, cells), strict=True))
    wanted = dict(zip(mainland, points, strict=True))
    tried = [Swaps(country, wanted, start, spare).run(seed) for seed in SEEDS]
    found = min(tried, key=lambda one: one[0])[1]
    add_islands(country, found)
    top, left = (min(cell[axis] for cell in found.values()) for axis in (0, 1))
    return [(found[n][0] - top, found[n][1] - left) for n in range(len(country.codes))]


def add_islands(country: Country, found: dict[int, Cell]) -> None:
    """Put the two islands where the sea is: beyond Cornwall, and south of Portsmouth."""
    at = {code: number for number, code in enumerate(country.codes)}
    row, column = found[at[CORNWALL]]
    found[at[SCILLY]] = (row + 1, column - 1)
    column = found[at[PORTSMOUTH]][1]
    found[at[WIGHT]] = (max(row for row, here in found.values() if here == column) + 1, column)


class Swaps:
    """Authorities change cells as long as neighbours come nearer to where they are to each other.

    A neighbour is best one cell away in its true direction. Swaps are drawn at random from a fixed
    seed and taken as in annealing, so that one bad swap on the way to a good one is allowed.
    """

    def __init__(
        self,
        country: Country,
        points: Mapping[int, Numbers],
        found: dict[int, Cell],
        spare: Sequence[Cell],
    ) -> None:
        """Start from some cells, with empty ones on the coast."""
        cells = self.cells = found | {-1 - at: cell for at, cell in enumerate(spare)}
        self.held = {cell: number for number, cell in cells.items()}
        self.points = {number: tuple(point.tolist()) for number, point in points.items()}
        self.pulled = {country.codes.index(code): way for code, way in PULLED.items()}
        self.regions = country.regions
        self.inside: dict[str, list[int]] = defaultdict(list)
        for number in found:
            self.inside[country.regions[number]].append(number)
        self.wanted: dict[int, list[tuple[int, float, float]]] = defaultdict(list)
        middles = [middle(rings) for rings in country.rings]
        for a, b in country.neighbours:
            if a in found and b in found:
                x, y = middles[b] - middles[a]
                length = float(np.hypot(x, y))
                self.wanted[a].append((b, float(y) / length, float(x) / length))
                self.wanted[b].append((a, -float(y) / length, -float(x) / length))

    def run(self, seed: int) -> tuple[float, dict[int, Cell]]:
        """Swap near cells, ever more choosily, and at last only for the better.

        Gives what is wrong with the outcome as a number, and the outcome.
        """
        draw = np.random.Generator(np.random.PCG64(seed))
        order = sorted(number for number in self.cells if number >= 0)
        for heat in (*np.geomspace(*HEATS, ROUNDS).tolist(), *([0.0] * LAST_ROUNDS)):
            for number, chance in zip(
                draw.permutation(np.repeat(order, 4)).tolist(),
                draw.random(4 * len(order)).tolist(),
                strict=True,
            ):
                down, along = draw.integers(-REACH, REACH, 2, endpoint=True).tolist()
                row, column = self.cells[number]
                other = self.held.get((row + down, column + along))
                if other is not None and other != number:
                    self._try(number, other, -heat * float(np.log(chance)))
        torn = sum(self._pieces(region) for region in self.inside)
        wrong = TORN * torn + HOLLOW * self._bays() + sum(map(self._misplaced, order))
        return round(wrong, 6), {number: self.cells[number] for number in order}

    def _try(self, a: int, b: int, allowed: float) -> None:
        before = self._cost(a, b)
        self._swap(a, b)
        if self._cost(a, b) - before > allowed:
            self._swap(a, b)

    def _swap(self, a: int, b: int) -> None:
        self.cells[a], self.cells[b] = self.cells[b], self.cells[a]
        self.held[self.cells[a]], self.held[self.cells[b]] = a, b

    def _cost(self, a: int, b: int) -> float:
        """What a swap of two can change of the whole."""
        if b < 0:
            return TORN * self._pieces(self.regions[a]) + self._misplaced(a) + HOLLOW * self._bays()
        torn = 0
        if self.regions[a] != self.regions[b]:
            torn = self._pieces(self.regions[a]) + self._pieces(self.regions[b])
        return TORN * torn + self._misplaced(a) + self._misplaced(b)

    def _bays(self) -> int:
        """Count how far the empty cells are shut in by land: a coast should be smooth."""
        shut = 0
        for number, (row, column) in self.cells.items():
            if number < 0:
                sides = sum(self.held.get((row + y, column + x), -1) >= 0 for y, x in SIDES)
                shut += max(sides - 1, 0) ** 2
        return shut

    def _misplaced(self, number: int) -> float:
        row, column = self.cells[number]
        y, x = self.points[number]
        near = 0.0
        for other, down, along in self.wanted[number]:
            at = self.cells[other]
            y_way, x_way = at[0] - row, at[1] - column
            near += (y_way - down) ** 2 + (x_way - along) ** 2
            near += ASTRAY * (y_way * down + x_way * along < LEAST_WAY)
        south, east = self.pulled.get(number, (0, 0))
        near -= PULL * (south * row + east * column)
        return NEAR * near + PLACED * ((row - y) ** 2 + (column - x) ** 2)

    def _pieces(self, region: str) -> int:
        """Count the pieces that a region is in."""
        left = {self.cells[number] for number in self.inside[region]}
        pieces = 0
        while left:
            pieces += 1
            edge = [left.pop()]
            while edge:
                row, column = edge.pop()
                near = {(row + down, column + along) for down, along in SIDES} & left
                left -= near
                edge.extend(near)
        return pieces


def middle(rings: Sequence[Ring]) -> Numbers:
    """The middle of an authority's largest part."""
    largest = max(rings, key=lambda ring: float(np.ptp(ring[:, 0]) * np.ptp(ring[:, 1])))
    x, y = largest[:-1].T
    after_x, after_y = largest[1:].T
    cross = x * after_y - after_x * y
    return np.array([((x + after_x) * cross).sum(), ((y + after_y) * cross).sum()]) / (
        3 * cross.sum()
    )


def painted(rings: Sequence[Sequence[Ring]]) -> npt.NDArray[np.int64]:
    """Say whose each pixel is, -1 being the sea; the smallest have one pixel at least."""
    owner = np.full((PIXELS, PIXELS), -1)
    for number, parts in enumerate(rings):
        for row, left, right in spans(parts):
            owner[row, left:right] = number
    for number, parts in enumerate(rings):
        if not (owner == number).any():
            x, y = parts[0].mean(axis=0).astype(int)
            owner[y, x] = number
    return owner


def spans(rings: Sequence[Ring]) -> Iterator[tuple[int, int, int]]:
    """Give the runs of pixels whose middles are inside some rings, by the even-odd rule."""
    edges = np.array([(*a, *b) for ring in rings for a, b in pairwise(ring)])
    ax, ay, bx, by = edges.T
    for row in range(int(min(ay.min(), by.min())), int(max(ay.max(), by.max())) + 1):
        middle = row + 0.5
        over = (ay <= middle) != (by <= middle)
        share = (middle - ay[over]) / (by[over] - ay[over])
        crossed = np.sort(ax[over] + share * (bx[over] - ax[over]))
        for left, right in zip(crossed[::2], crossed[1::2], strict=True):
            yield row, int(np.ceil(left - 0.5)), int(np.ceil(right - 0.5))


def stretched(
    owner: npt.NDArray[np.int64], country: Country
) -> tuple[Numbers, tuple[Numbers, Numbers]]:
    """Stretch the land until all have the same room, one unit of area each.

    Gives each authority's middle, and the pixels of the land with the room each of them takes.
    """
    count = np.bincount(owner[owner >= 0], minlength=len(country.codes)).astype(float)
    land = owner >= 0
    mean = len(count) / land.sum()
    each = np.minimum(1 / count, MOST_DENSE * mean) / mean
    density = np.where(land, each[owner], 1.0)
    y, x = np.nonzero(land)
    moved = diffused(density, np.array([y, x], dtype=float))
    side = np.sqrt(1 / mean)
    middles = [moved[:, owner[land] == n].mean(axis=1) / side for n in range(len(count))]
    return np.array(middles), (moved / side, density[land] * mean)


def diffused(density: Numbers, points: Numbers) -> Numbers:
    """Carry points along while density evens itself out, as heat does."""
    wave = np.pi * np.arange(PIXELS) / PIXELS
    decay = wave[:, None] ** 2 + wave[None, :] ** 2
    spectrum = dctn(density, norm="ortho")
    times = np.concatenate([[0.0], np.geomspace(0.3, 6e4, STEPS)])
    for start, stop in pairwise(times):
        now = idctn(spectrum * np.exp(-decay * (start + stop) / 2), norm="ortho")
        flow = [-part / now for part in np.gradient(now)]
        half = points + (stop - start) / 2 * sampled(flow, points)
        points = points + (stop - start) * sampled(flow, half)
    return points


def sampled(flow: Sequence[Numbers], points: Numbers) -> Numbers:
    """The flow at some points between the middles of pixels."""
    return np.array([map_coordinates(part, points, order=1, mode="nearest") for part in flow])


def best_cut(
    placed: Numbers, land: tuple[Numbers, Numbers], chosen: Sequence[int]
) -> tuple[Numbers, list[Cell], list[Cell]]:
    """Lay the grid where the cells that the land fills most suit the authorities best.

    Gives the authorities' middles on that grid, the cells, and spare ones along the coast.
    """
    points = placed[list(chosen)]
    tried = []
    for shift in product(np.arange(0, 1, 0.2), repeat=2):
        where = land[0] + np.array(shift)[:, None]
        rows, columns = np.floor(where).astype(int)
        filled: dict[Cell, float] = defaultdict(float)
        for row, column, room in zip(rows, columns, land[1], strict=True):
            filled[int(row), int(column)] += float(room)
        order = sorted(filled, key=lambda c: (-round(filled[c], 6), c))
        cells = sorted(order[: len(chosen)])
        moved = points + np.array(shift) - 0.5
        cost = distances(moved, cells)
        tried.append(
            (round(float(cost[linear_sum_assignment(cost)].sum()), 6), moved, cells, order)
        )
    _, moved, cells, order = min(tried, key=lambda one: one[0])
    return moved, cells, order[len(chosen) :][:SPARE]


def distances(points: Numbers, cells: Sequence[Cell]) -> Numbers:
    """Squared distances from every point to every cell."""
    return ((points[:, None, :] - np.array(cells)[None, :, :]) ** 2).sum(axis=2)


def assigned(points: Numbers, cells: Sequence[Cell]) -> list[Cell]:
    """Give each point a cell so that the squares of the distances are least in all."""
    return [cells[at] for at in linear_sum_assignment(distances(points, cells))[1]]


def short_labels(names: Sequence[str]) -> list[str]:
    """Give each name three letters that no other has, the first ones as far as they go round."""
    options = [list(dict.fromkeys(abbreviations(name))) for name in names]
    every = sorted({option for listed in options for option in listed})
    cost = np.full((len(names), len(every)), 1e6)
    for row, listed in enumerate(options):
        for rank, option in enumerate(listed):
            cost[row, every.index(option)] = (rank + 1) ** 0.5
    _, chosen = linear_sum_assignment(cost)
    return [every[at] for at in chosen]


def abbreviations(name: str) -> Iterator[str]:
    """What a name can be cut to, the best first: its beginning, its initials, its consonants."""
    if name in FIXED:
        yield FIXED[name]
        return
    parts = name.replace("-", " ").replace(".", "").split(",")[0].upper().split()
    said = [part for part in parts if part not in UNSAID]
    first, rest = said[0], "".join(said[1:])
    if first in COMPASS and rest:
        yield first[0] + rest[:2]
        yield from (first[0] + rest[0] + letter for letter in rest[2:])
    if len(said) > 2:  # noqa: PLR2004 - three words have three initials
        yield "".join(part[0] for part in said[:3])
    if first not in COMPASS:
        yield first[:3]
    if rest:
        yield first[:2] + rest[0]
        yield first[0] + rest[:2]
    whole = "".join(said)
    yield from (whole[:2] + letter for letter in whole[3:] if letter not in "AEIOU")
    yield from (whole[0] + a + b for a, b in combinations(whole[1:], 2))


def as_toml(codes: Sequence[str], cells: Sequence[Cell], labels: Sequence[str]) -> str:
    """Write a line for each authority, in order of their codes."""
    return "".join(
        f'{code} = {{ row = {row}, column = {column}, label = "{label}" }}\n'
        for code, (row, column), label in zip(codes, cells, labels, strict=True)
    )


def picture(cells: Sequence[Cell], labels: Sequence[str]) -> str:
    """Draw the layout with letters, to be looked at."""
    at = dict(zip(cells, labels, strict=True))
    rows, columns = (range(max(cell[axis] for cell in cells) + 1) for axis in (0, 1))
    return "\n".join(" ".join(at.get((r, c), "   ") for c in columns).rstrip() for r in rows)


if __name__ == "__main__":
    main()
