"""Compare a local authority with others through the API, with the standard library alone.

    python examples/compare_areas.py Kent plans_issued_in_20_weeks --against region

needs a dashboard that is running (`make run`); `--server` names another one than this machine's.
"""

import argparse
import json
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator

Answer = dict


def main() -> int:
    """Print an area's newest figure of a metric, then those it is set beside, the highest first."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("area", help="a name or an ONS code, such as Kent or E10000016")
    parser.add_argument("metric", help="a metric's id, such as plans_issued_in_20_weeks")
    parser.add_argument("--against", default="neighbours", help="neighbours, region, type, england")
    parser.add_argument("--server", default="http://localhost:8501")
    asked = parser.parse_args()
    try:
        code = code_of(asked.server, asked.area)
        found = ask(
            asked.server, f"areas/{code}/metrics/{asked.metric}/comparison", against=asked.against
        )
    except LookupError as e:
        print(e, file=sys.stderr)
        return 1
    show(found)
    return 0


def show(found: Answer) -> None:
    """Print one comparison with its source. A figure that is not there has its reason instead."""
    item, own = found["item"], found["item"]["figure"]
    print(f"{own['title']}, {own['time_period']}")
    print(f"{own['area']}: {own['shown']}, {item['against_words']}")
    print(f"{item['group']['label']}: {item['with_value']} of {item['members']} have a figure")
    by_value = sorted(
        item["figures"],
        key=lambda figure: (figure["value"] is None, -(figure["value"] or 0), figure["area"]),
    )
    for figure in by_value:
        print(f"  {figure['area']:<32} {figure['shown']}")
    print(f"Source: {own['source']} ({own['release']}). {found['attribution']}")
    print(f"Build {found['build']}")


def code_of(server: str, area: str) -> str:
    """The ONS code of an area that is named by its name or by its code.

    Raises:
        LookupError: no area of today has that name.
    """
    for each in rows(server, "areas", current="true"):
        if area.lower() in {each["name"].lower(), each["code"].lower()}:
            return each["code"]
    raise LookupError(f"There is no area called {area}.")


def rows(server: str, path: str, **asked: str) -> Iterator[Answer]:
    """Every row of a list, page after page."""
    answer = ask(server, path, **asked)
    yield from answer["rows"]
    while answer["page"]["next"]:
        answer = read(server + answer["page"]["next"])
        yield from answer["rows"]


def ask(server: str, path: str, **asked: str) -> Answer:
    """The answer to one question; raises LookupError with the API's own words."""
    return read(f"{server}/api/{urllib.parse.quote(path)}?{urllib.parse.urlencode(asked)}")


def read(address: str) -> Answer:
    """One answer as JSON; raises LookupError with the API's own words."""
    try:
        with urllib.request.urlopen(address) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as e:
        raise LookupError(json.load(e)["title"]) from e


if __name__ == "__main__":
    sys.exit(main())
