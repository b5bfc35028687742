"""What is said of one comparator, wherever it is named: a program, run beside any dashboard."""

import json
import sys

from dashboard.api.app import api
from dashboard.charts import registry
from dashboard.domain import choices
from dashboard.draw import caption
from dashboard.store import comparators, served
from dashboard.words import findings
from tests.dashboard.make import KENT


def tell(name):
    """Where a comparator is offered and what is said with it, by place."""
    build = served.find_current_build()
    view = choices.read_view(build, {"area": KENT, "against": name})
    group = comparators.find_chosen_group(view)
    figure = build.newest[KENT][view.metric.id, view.breakdown]
    beside = comparators.build_comparator(view, group, figure)
    ranked = registry.build_ranking(view)
    return {
        "notes": view.notes,
        "chooser": comparators.list_options(view).get(name, ""),
        "address": view.link("local-area"),
        "group": group.id,
        "members": group.members,
        "sentence": findings.compose_beside(view.metric, figure, beside),
        "over time": registry.build_trend(view).title,
        "legend": ranked.member,
        "caption": caption.describe_colours(ranked),
        "api": json.dumps(api.openapi()),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(tell(sys.argv[1])))
