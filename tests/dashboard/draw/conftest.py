"""One chart of each kind from the committed build, made as a download makes it."""

import pytest

from dashboard.charts import registry
from dashboard.domain import choices
from dashboard.draw import caption

BASE = "https://dashboard.test"
KENT = "E10000016"
ASKED = {
    "trend": ("trend", {"area": KENT}),
    "trend with gaps": ("trend", {"area": KENT, "metric": "ks2_reading_progress"}),
    "england": ("england", {}),
    "trends": ("trends", {"areas": f"{KENT},E06000035"}),
    "ranking": ("ranking", {"area": KENT}),
    "ranking of boards": ("ranking", {"metric": "community_health_waits_over_18_weeks"}),
    "beside": ("beside", {"area": KENT}),
    "positions": ("positions", {"area": KENT}),
    "funnel": ("funnel", {"area": KENT, "metric": "plans_discontinued_needs_met"}),
    "scatter": ("outcomes-and-spending", {"area": KENT}),
    "map": ("map", {"area": KENT}),
    "map by boundaries": ("map", {"area": KENT, "map": "boundaries"}),
}


@pytest.fixture(scope="session")
def models(build):
    return {
        name: caption.make_absolute(
            registry.build_chart(chart, choices.read_view(build, asked)), BASE
        )
        for name, (chart, asked) in ASKED.items()
    }


@pytest.fixture(params=ASKED)
def model(request, models):
    return models[request.param]


@pytest.fixture(params=[name for name in ASKED if not name.startswith("map")])
def native(request, models):
    """Every chart that PowerPoint and Excel can draw themselves."""
    return models[request.param]


def provenance(model, build):
    """What every file has to say of where it comes from."""
    return [model.source, model.release.split(", ")[0], model.licence, model.permalink, build.id]
