"""A pytest plugin, `-p tests.cost`: what each test cost in processor time, its programs included.

Processor time and not wall time, so that a busy machine says the same. Where there is no /proc (it
is Linux's), a server or a browser counts once it has ended.
"""

import os
from collections import Counter, defaultdict
from pathlib import Path

import pytest

LONGEST = 50
PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def spent():
    """Seconds of processor time of this process, of those it started and of those they started."""
    mine = os.times()
    running = descendants(os.getpid())
    return mine.user + mine.system + mine.children_user + mine.children_system + running


def descendants(pid):
    """Seconds of those that run still, with what they had waited for."""
    children, seconds = defaultdict(list), {}
    for stat in PROC.glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        child = int(stat.parent.name)
        children[int(fields[1])].append(child)
        seconds[child] = sum(map(int, fields[11:15])) / TICKS
    todo, total = [pid], 0.0
    while todo:
        below = children[todo.pop()]
        total += sum(seconds[child] for child in below)
        todo += below
    return total


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item):
    """Note what was spent before the test and what it sets up; its report says the rest."""
    item.cost_before = spent()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if call.when == "teardown":
        report.cost = spent() - item.cost_before
    return report


COSTS = {}


def pytest_runtest_logreport(report):
    if report.when == "teardown":
        COSTS[report.nodeid] = report.cost


def pytest_terminal_summary(terminalreporter):
    """List the slowest files and tests, and the total, imports and collection apart."""
    files = Counter()
    for name, seconds in COSTS.items():
        files[name.split("::")[0]] += seconds
    terminalreporter.section("seconds of processor time")
    for name, seconds in [*files.most_common(LONGEST), *Counter(COSTS).most_common(LONGEST)]:
        terminalreporter.line(f"{seconds:8.2f}  {name}")
    terminalreporter.line(f"{sum(COSTS.values()):8.2f}  in all, for {len(COSTS):,} tests")
