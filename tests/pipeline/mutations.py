"""The ways a published file may be broken, as functions of its rows or of its bytes."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from pipeline.readers import name_columns
from tests.lake.areas import AREAS, BOARDS, ENGLAND, LOCAL_AUTHORITIES, REGIONAL
from tests.lake.files import NUMBER
from tests.lake.geography import districts_of, parts_of
from tests.lake.numbers import year_of
from tests.lake.rows import Rows

EVERYWHERE = (*AREAS, *BOARDS)
NAMES = {
    *(area.name.lower() for area in EVERYWHERE),
    *(re.sub(r"^nhs | integrated care board$", "", board.name.lower()) for board in BOARDS),
}
CODES = {
    *(area.code for area in EVERYWHERE),
    *(area.old_code for area in EVERYWHERE if area.old_code),
    *(part for board in BOARDS for part in parts_of(board)),
    *(code for area in LOCAL_AUTHORITIES for code in districts_of(area)),
}
PERIODS = (
    *("time_period", "financial_year", "academic_year", "year", "Year", "Years", "cohort_19_in"),
    *("REPORTING_PERIOD_START", "Year ending"),
)
LOCAL = {word.lower() for word in NAMES | CODES} - {
    word.lower() for area in (ENGLAND, *REGIONAL) for word in (area.name, area.code)
}
NOT_COUNTS = {*PERIODS, "LA Number", "Geography", "tranche", "la_code_3"}


@dataclass(frozen=True)
class Sheet:
    """A sound table: its rows, which of them are headers, which columns the pipeline reads."""

    rows: Rows
    header_rows: tuple[int, ...]
    wanted: frozenset[str]

    @property
    def first(self) -> int:
        """Say where the rows below the header begin."""
        return max(self.header_rows)

    @cached_property
    def names(self) -> list[str]:
        """Name the columns as the pipeline does."""
        width = max(map(len, self.rows))
        header = [[*row, *[""] * (width - len(row))] for row in self.rows[: self.first]]
        return name_columns(header, self.header_rows)

    @cached_property
    def read(self) -> list[int]:
        """Find the columns that the pipeline reads."""
        return [i for i, name in enumerate(self.names) if name in self.wanted]

    def cells(self, column: int) -> list[str]:
        """List one column's cells."""
        return [row[column] for row in self.rows[self.first :] if len(row) > column]

    def _mostly(self, is_one: Callable[[str], bool]) -> list[int]:
        """Find the columns whose cells mostly are of a kind."""
        filled = {i: [cell for cell in self.cells(i) if cell] for i in self.read}
        return [i for i, cells in filled.items() if sum(map(is_one, cells)) > 0.8 * len(cells) > 0]

    @cached_property
    def codes(self) -> list[int]:
        """Find the columns of areas' codes, those with the most codes first."""
        found = self._mostly(CODES.__contains__)
        return sorted(found, key=lambda i: -len(set(self.cells(i))))

    @cached_property
    def areas(self) -> list[int]:
        """Find the columns of areas' names, those with the most names first."""
        found = self._mostly(lambda cell: cell.lower() in NAMES)
        return sorted(found, key=lambda i: -len(set(self.cells(i))))

    @cached_property
    def numbers(self) -> list[int]:
        """Find the columns of numbers that are counted or measured."""
        found = self._mostly(lambda cell: bool(NUMBER.fullmatch(cell)))
        return [i for i in found if i not in self.codes and self.names[i] not in NOT_COUNTS]

    @cached_property
    def period(self) -> int | None:
        """Find the column that says the period."""
        return next(
            (self.names.index(p) for p in PERIODS if p in self.wanted & {*self.names}), None
        )

    @cached_property
    def newest(self) -> str | None:
        """Give the newest period as it is written."""
        if self.period is None:
            return None
        return max(self.cells(self.period), key=lambda cell: (year_of(cell[-10:]), cell))

    @cached_property
    def rows_of_areas(self) -> list[int]:
        """Find rows of two local authorities or boards in the newest period, the first of each."""
        key = next(iter([*self.codes, *self.areas]), None)
        found: dict[str, int] = {}
        new = []
        for at, row in enumerate(self.rows[self.first :], start=self.first):
            if self.newest is None or row[self.period or 0] == self.newest:
                new.append(at)
                if key is not None and len(row) > key and row[key].lower() in LOCAL:
                    found.setdefault(row[key], at)
        places = list(found.values())
        middle = len(places) // 2
        return places[middle : middle + 2] if len(places) > 2 else new[:2]

    @property
    def row(self) -> int:
        """Find one row that is read."""
        return self.rows_of_areas[0]


Change = Callable[[Sheet], "Rows | None"]
CHANGES: dict[str, Change] = {}
BYTES: dict[str, Callable[[bytes], "bytes | None"]] = {}


def change(function: Change) -> Change:
    """Register a way to break the rows; it gives nothing where a table has no place for it."""
    CHANGES[function.__name__] = function
    return function


def edited(sheet: Sheet, at: int, cells: dict[int, str]) -> Rows:
    """Give the rows with some cells of one of them replaced."""
    rows = [*sheet.rows]
    rows[at] = [cells.get(i, cell) for i, cell in enumerate(rows[at])]
    return rows


def in_number(sheet: Sheet, text: str | Callable[[str], str]) -> Rows | None:
    """Replace a number."""
    row = sheet.rows[sheet.row]
    column = next((i for i in sheet.numbers if NUMBER.fullmatch(row[i])), None)
    if column is None:
        return None
    old = row[column]
    return edited(sheet, sheet.row, {column: text if isinstance(text, str) else text(old)})


def swapped(row: list[str], one: int, other: int) -> list[str]:
    """Exchange two cells."""
    row = [*row, *[""] * (max(one, other) + 1 - len(row))]
    row[one], row[other] = row[other], row[one]
    return row


# --- The header


@change
def a_column_is_dropped(sheet: Sheet) -> Rows:
    last = sheet.read[-1]
    return [row[:last] + row[last + 1 :] for row in sheet.rows]


@change
def the_first_column_is_dropped(sheet: Sheet) -> Rows:
    first = sheet.read[0]
    return [row[:first] + row[first + 1 :] for row in sheet.rows]


@change
def a_column_is_renamed(sheet: Sheet) -> Rows:
    column = sheet.read[-1]
    return edited(sheet, sheet.first - 1, {column: f"{sheet.rows[sheet.first - 1][column]} new"})


@change
def columns_are_turned_round(sheet: Sheet) -> Rows:
    width = max(map(len, sheet.rows))
    return [[*row, *[""] * (width - len(row))][::-1] for row in sheet.rows]


@change
def two_columns_change_places(sheet: Sheet) -> Rows | None:
    if len(sheet.read) < 2:
        return None
    one, *_, other = sheet.read
    return [swapped(row, one, other) for row in sheet.rows]


@change
def two_headers_of_numbers_are_exchanged(sheet: Sheet) -> Rows | None:
    if len(sheet.numbers) < 2:
        return None
    one, *_, other = sheet.numbers
    rows = [*sheet.rows]
    rows[sheet.first - 1] = swapped(rows[sheet.first - 1], one, other)
    return rows


@change
def headers_of_the_name_and_a_number_are_exchanged(sheet: Sheet) -> Rows | None:
    if not sheet.areas or not sheet.numbers:
        return None
    rows = [*sheet.rows]
    rows[sheet.first - 1] = swapped(rows[sheet.first - 1], sheet.areas[0], sheet.numbers[0])
    return rows


@change
def an_unknown_column_is_added_on_the_right(sheet: Sheet) -> Rows:
    return [[*row, "note" if i == sheet.first - 1 else "1"] for i, row in enumerate(sheet.rows)]


@change
def an_unknown_column_is_added_on_the_left(sheet: Sheet) -> Rows:
    return [["note" if i == sheet.first - 1 else "1", *row] for i, row in enumerate(sheet.rows)]


@change
def a_column_stands_twice(sheet: Sheet) -> Rows:
    column = sheet.read[-1]
    return [[*row, *row[column : column + 1]] for row in sheet.rows]


@change
def the_header_is_a_row_further_down(sheet: Sheet) -> Rows:
    return [["A new title"], *sheet.rows]


@change
def the_header_is_a_row_further_up(sheet: Sheet) -> Rows:
    return sheet.rows[1:]


@change
def there_is_only_a_header(sheet: Sheet) -> Rows:
    return sheet.rows[: sheet.first]


# --- Rows


@change
def a_row_stands_twice(sheet: Sheet) -> Rows:
    return [*sheet.rows, sheet.rows[sheet.row]]


@change
def every_row_stands_twice(sheet: Sheet) -> Rows:
    return [*sheet.rows, *sheet.rows[sheet.first :]]


@change
def a_row_stands_twice_with_another_number(sheet: Sheet) -> Rows | None:
    rows = in_number(sheet, lambda old: f"{float(old) + 1:.12g}")
    return rows and [*sheet.rows, rows[sheet.row]]


@change
def rows_are_in_another_order(sheet: Sheet) -> Rows:
    return [*sheet.rows[: sheet.first], *sheet.rows[: sheet.first - 1 : -1]]


@change
def the_last_third_is_missing(sheet: Sheet) -> Rows:
    return sheet.rows[: len(sheet.rows) - (len(sheet.rows) - sheet.first) // 3]


@change
def one_row_is_missing(sheet: Sheet) -> Rows:
    return [*sheet.rows[: sheet.row], *sheet.rows[sheet.row + 1 :]]


@change
def a_row_of_the_oldest_period_is_missing(sheet: Sheet) -> Rows | None:
    key = next(iter([*sheet.codes, *sheet.areas]), None)
    if sheet.period is None or key is None:
        return None
    own = sheet.rows[sheet.row][key]
    at = next(i for i in range(sheet.first, sheet.row + 1) if sheet.rows[i][key] == own)
    return [*sheet.rows[:at], *sheet.rows[at + 1 :]]


@change
def the_newest_period_is_missing(sheet: Sheet) -> Rows | None:
    if sheet.period is None:
        return None
    body = [row for row in sheet.rows[sheet.first :] if row[sheet.period] != sheet.newest]
    return [*sheet.rows[: sheet.first], *body]


@change
def a_total_is_added(sheet: Sheet) -> Rows:
    total = [*sheet.rows[sheet.row]]
    for column in (*sheet.codes, *sheet.areas):
        total[column] = ""
    for column in sheet.areas[:1]:
        total[column] = "Total"
    return [*sheet.rows, total]


# --- Cells


@change
def a_symbol_is_new(sheet: Sheet) -> Rows | None:
    return in_number(sheet, "~~")


@change
def a_number_is_said_in_words(sheet: Sheet) -> Rows | None:
    return in_number(sheet, lambda old: f"about {old}")


@change
def a_number_is_infinite(sheet: Sheet) -> Rows | None:
    return in_number(sheet, "1e999")


@change
def a_number_is_missing(sheet: Sheet) -> Rows | None:
    return in_number(sheet, "")


@change
def a_number_is_below_nought(sheet: Sheet) -> Rows | None:
    return in_number(sheet, lambda old: f"-{old}")


@change
def a_number_is_far_too_large(sheet: Sheet) -> Rows | None:
    return in_number(sheet, lambda old: f"{float(old) * 1e6:.0f}")


@change
def a_number_has_commas(sheet: Sheet) -> Rows | None:
    """The same number, as people write it."""
    return in_number(sheet, lambda old: f"{int(old):,}" if old.isdigit() else old)


@change
def an_area_has_an_unknown_code(sheet: Sheet) -> Rows | None:
    return edited(sheet, sheet.row, {sheet.codes[0]: "999"}) if sheet.codes else None


@change
def an_area_has_the_code_of_another(sheet: Sheet) -> Rows | None:
    if not sheet.codes or len(sheet.rows_of_areas) < 2:
        return None
    column, (one, other) = sheet.codes[0], sheet.rows_of_areas
    return edited(sheet, one, {column: sheet.rows[other][column]})


@change
def two_areas_exchange_their_codes(sheet: Sheet) -> Rows | None:
    if not sheet.codes or len(sheet.rows_of_areas) < 2:
        return None
    column, (one, other) = sheet.codes[0], sheet.rows_of_areas
    rows = edited(sheet, one, {column: sheet.rows[other][column]})
    rows[other] = [sheet.rows[one][i] if i == column else c for i, c in enumerate(rows[other])]
    return rows


@change
def an_area_has_an_unknown_name(sheet: Sheet) -> Rows | None:
    return edited(sheet, sheet.row, {sheet.areas[0]: "Nowhere"}) if sheet.areas else None


@change
def an_area_has_the_name_of_another(sheet: Sheet) -> Rows | None:
    if not sheet.areas or len(sheet.rows_of_areas) < 2:
        return None
    column, (one, other) = sheet.areas[0], sheet.rows_of_areas
    return edited(sheet, one, {column: sheet.rows[other][column]})


@change
def a_period_is_unknown(sheet: Sheet) -> Rows | None:
    if sheet.period is None:
        return None
    old = sheet.rows[sheet.row][sheet.period]
    return edited(sheet, sheet.row, {sheet.period: f"{old}9"})


# --- Bytes


def of_bytes(function: Callable[[bytes], "bytes | None"]) -> Callable[[bytes], "bytes | None"]:
    """Register a way to break a file as it is stored."""
    BYTES[function.__name__] = function
    return function


@of_bytes
def nothing_is_left(_: bytes) -> bytes:
    return b""


@of_bytes
def it_is_cut_in_the_middle_of_a_line(data: bytes) -> bytes:
    end = len(data) * 2 // 3
    return data[: end - (data[end - 1 : end] == b"\n")]


@of_bytes
def it_is_cut_in_its_last_cell(data: bytes) -> bytes:
    return data.rstrip(b"\r\n")[:-1]


@of_bytes
def it_is_a_page_of_an_error(_: bytes) -> bytes:
    return b"<!DOCTYPE html>\n<html><title>404</title></html>\n"


def _text(function: Callable[[str], bytes]) -> Callable[[bytes], "bytes | None"]:
    """Break a text file; of others there is nothing to re-encode."""

    def broken(data: bytes) -> bytes | None:
        return function(data.decode("utf-8-sig")) if data.startswith(b"\xef\xbb\xbf") else None

    BYTES[function.__name__] = broken
    return broken


@_text
def it_is_utf_16(text: str) -> bytes:
    return text.encode("utf-16")


@_text
def it_is_latin_1(text: str) -> bytes:
    return text.encode("latin-1")


@_text
def it_has_no_byte_order_mark(text: str) -> bytes:
    return text.encode()


@_text
def its_lines_end_as_on_unix(text: str) -> bytes:
    return text.replace("\r\n", "\n").encode()


@_text
def its_lines_end_as_on_an_old_mac(text: str) -> bytes:
    return text.replace("\r\n", "\r").encode()


@_text
def its_cells_are_parted_by_semicolons(text: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(csv.reader(io.StringIO(text)))
    return out.getvalue().encode()


@_text
def every_cell_is_in_quotes(text: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(csv.reader(io.StringIO(text)))
    return out.getvalue().encode()


@_text
def a_quote_is_left_open(text: str) -> bytes:
    middle = text.index("\n", len(text) // 2) + 1
    return (text[:middle] + '"' + text[middle:]).encode()
