"""The committed build, and metrics and figures to write with."""

import pytest

from dashboard.store import served
from tests.dashboard.make import figure, metric


@pytest.fixture(scope="session")
def build():
    found = served.find_current_build()
    assert found, "the tests need the build of the figures in data/values"
    return found


@pytest.fixture
def percent():
    return metric()


@pytest.fixture
def on_time():
    return figure(value=46.4, change=-3.9, previous_time_period="2023", rank=104)
