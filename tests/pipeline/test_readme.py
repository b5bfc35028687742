"""What the README says to paste works."""

import re
import shutil
import tomllib

from pipeline import catalogue
from pipeline.build import HERE, build
from tests.pipeline.conftest import ROOT, current_folder, table

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_metric_of_the_readme_can_be_added_and_built(lake, one_topic, tmp_path):
    _, example = README.split("## Add a metric")
    file = re.search(r"at the end of `(\w+\.toml)`", example)[1]
    [text] = re.findall(r"```toml\n(.*?)```", example, re.DOTALL)
    [(name, wanted)] = tomllib.loads(text).items()
    known = catalogue.load_catalogue()
    assert name not in known.metrics, "it is there already, so pasting it is refused"

    root = shutil.copytree(one_topic, tmp_path / "catalogue")
    for source in known.sources.values():
        if {wanted["numerator"], wanted["denominator"]} & {
            i.id for i in source.indicators.values()
        }:
            shutil.copy(HERE / "sources" / f"{source.id}.toml", root / "sources")
    with (root / "metrics" / file).open("a", encoding="utf-8") as metrics:
        metrics.write(f"\n{text}")
    build(lake, tmp_path / "built", root)

    rows = table(current_folder(tmp_path / "built"), "metric_value")
    assert [row["value"] for row in rows if row["metric"] == name and row["value"] is not None]
