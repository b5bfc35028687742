"""The SEND context neighbours: the ten local authorities most alike in published context alone."""

import logging
import tomllib
from pathlib import Path
from typing import Any, Literal

import duckdb
import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field, ValidationError

from pipeline.errors import CatalogueError
from pipeline.methods import context
from pipeline.tables import run_step

log = logging.getLogger(__name__)

Floats = NDArray[np.float64]
Columns = dict[str, list[Any]]

WEIGHTS = Path(__file__).with_suffix(".toml")
MODEL = "context"
NEIGHBOURS = 10
DIGITS = 6  # of what is published, so that every machine gives the same bytes

SCORES = """
UPDATE context SET standardised = score.standardised
FROM score
WHERE score.area_code = context.area_code AND score.position = context.position
"""


class Variable(BaseModel, frozen=True, extra="forbid"):
    """One published figure that makes areas alike, and how much it counts."""

    theme: str
    metric: str
    breakdown: str = "Total"
    weight: float = Field(gt=0)
    transform: Literal["none", "log"]
    reason: str


def make(db: duckdb.DuckDBPyConnection) -> None:
    """Make the table of context and add the neighbours it gives to those of other models."""
    variables = load()
    keep_as_table(db, "context_variable", _list_variables(variables))
    run_step(db, "context.sql")
    codes = [code for (code,) in db.execute("FROM context_area").fetchall()]
    cells = np.array(db.execute("FROM context_cell").fetchall(), dtype=float)
    values = cells.reshape(len(variables), -1)
    scores = context.standardise(_transform(values, variables))
    _say_who_is_left_out(codes, scores)
    keep_as_table(db, "score", _list_scores(codes, scores))
    db.execute(SCORES)
    weights = np.array([variable.weight for variable in variables.values()])
    keep_as_table(db, "near", _list_nearest(codes, context.compute_distances(scores, weights)))
    db.execute("INSERT INTO neighbour BY NAME FROM near")


def load(path: Path = WEIGHTS) -> dict[str, Variable]:
    """Read the variables and their weights, in the order they are shown. Raises CatalogueError."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        return {name: Variable.model_validate(table) for name, table in tables.items()}
    except (tomllib.TOMLDecodeError, ValidationError) as e:
        raise CatalogueError(f"{path.name}: {e}") from e


def keep_as_table(db: duckdb.DuckDBPyConnection, name: str, columns: Columns) -> None:
    """Keep some columns as a temporary table: an Arrow table would cost the import of pandas."""
    parts = ", ".join(f"unnest(${column}) AS {column}" for column in columns)
    db.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT {parts}", columns)


def _list_variables(variables: dict[str, Variable]) -> Columns:
    """List the variables, with their shares of all weight, by column."""
    whole = sum(variable.weight for variable in variables.values())
    rows = [
        variable.model_dump()
        | {"variable": name, "position": i, "weight": round(variable.weight / whole, DIGITS)}
        for i, (name, variable) in enumerate(variables.items(), start=1)
    ]
    return {column: [row[column] for row in rows] for column in rows[0]}


def _transform(values: Floats, variables: dict[str, Variable]) -> Floats:
    is_log = np.array([variable.transform == "log" for variable in variables.values()])
    return np.where(is_log[:, None], context.take_logarithms(values), values)


def _say_who_is_left_out(codes: list[str], scores: Floats) -> None:
    lost = [code for code, score in zip(codes, scores.T, strict=True) if np.isnan(score).any()]
    log.info("context: left out, because too small or without every figure: %s", ", ".join(lost))


def _list_scores(codes: list[str], scores: Floats) -> Columns:
    """List the standardised values of the areas that have them."""
    variable, place = np.nonzero(~np.isnan(scores))
    return {
        "area_code": [codes[i] for i in place],
        "position": (variable + 1).tolist(),
        "standardised": scores[variable, place].round(DIGITS).tolist(),
    }


def _list_nearest(codes: list[str], distances: Floats) -> Columns:
    """List each area's neighbours, the nearest first."""
    places = context.find_nearest(distances, NEIGHBOURS)
    mine, column = np.nonzero(places >= 0)
    theirs = places[mine, column]
    return {
        "model": [MODEL] * len(mine),
        "area_code": [codes[i] for i in mine],
        "neighbour_code": [codes[i] for i in theirs],
        "position": (column + 1).tolist(),
        "distance": distances[mine, theirs].round(DIGITS).tolist(),
    }
