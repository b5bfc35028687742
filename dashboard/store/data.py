"""Names that callers still use for what has moved."""

from dashboard.domain.build import NEIGHBOUR_MODEL, Build
from dashboard.store.analyses import find_placement_mix as mix
from dashboard.store.analyses import load_associations as associations
from dashboard.store.analyses import load_index_parts as index_parts
from dashboard.store.analyses import load_indices as indices
from dashboard.store.analyses import load_provision as provision
from dashboard.store.figures import Wanted
from dashboard.store.figures import count_figures as count
from dashboard.store.figures import find_funnel as funnel
from dashboard.store.figures import list_newest_figures as scorecard
from dashboard.store.figures import list_periods as periods
from dashboard.store.figures import list_ranking as ranking
from dashboard.store.figures import load_area_history as area_history
from dashboard.store.figures import load_figures_then as scorecard_then
from dashboard.store.figures import load_history as history
from dashboard.store.figures import load_metric_figures as whole
from dashboard.store.figures import load_ranges as ranges
from dashboard.store.figures import load_series as sparks
from dashboard.store.figures import load_spreads as spreads
from dashboard.store.figures import load_spreads_then as spreads_then
from dashboard.store.figures import load_wanted_figures as values
from dashboard.store.figures import select_newest_figures as newest
from dashboard.store.groups import list_predecessors as predecessors
from dashboard.store.groups import load_benchmarks_of_area as benchmarks
from dashboard.store.groups import load_benchmarks_of_metric as benchmark
from dashboard.store.groups import load_context as context
from dashboard.store.groups import load_group_medians as middles
from dashboard.store.groups import load_group_summaries as group_summaries
from dashboard.store.groups import load_group_summaries_then as group_then
from dashboard.store.groups import load_memberships as memberships
from dashboard.store.groups import load_nearest_distances as nearest
from dashboard.store.groups import load_neighbours as neighbours
from dashboard.store.loading import load_build as _load
from dashboard.store.provenance import find_changes as since
from dashboard.store.provenance import find_changes_folder as _since
from dashboard.store.provenance import is_first_build as is_first
from dashboard.store.provenance import list_files_used as files_used
from dashboard.store.provenance import list_neighbour_files as neighbour_files
from dashboard.store.provenance import list_releases as releases
from dashboard.store.provenance import load_files_of_figures as files_of
from dashboard.store.provenance import load_freshness as freshness
from dashboard.store.provenance import load_reconciliation as reconciliation
from dashboard.store.provenance import load_remarks as remarks
from dashboard.store.provenance import load_revisions as revisions
from dashboard.store.served import SERVING
from dashboard.store.served import builds_folder as folder
from dashboard.store.served import check_published_file as sound_file
from dashboard.store.served import describe_refusal as refusal
from dashboard.store.served import find_current_build as current
from dashboard.store.served import list_published_files as published_files
from dashboard.store.served import load_boundaries as boundaries

__all__ = [
    "NEIGHBOUR_MODEL",
    "SERVING",
    "Build",
    "Wanted",
    "_load",
    "_since",
    "area_history",
    "associations",
    "benchmark",
    "benchmarks",
    "boundaries",
    "context",
    "count",
    "current",
    "files_of",
    "files_used",
    "folder",
    "freshness",
    "funnel",
    "group_summaries",
    "group_then",
    "history",
    "index_parts",
    "indices",
    "is_first",
    "memberships",
    "middles",
    "mix",
    "nearest",
    "neighbour_files",
    "neighbours",
    "newest",
    "periods",
    "predecessors",
    "provision",
    "published_files",
    "ranges",
    "ranking",
    "reconciliation",
    "refusal",
    "releases",
    "remarks",
    "revisions",
    "scorecard",
    "scorecard_then",
    "since",
    "sound_file",
    "sparks",
    "spreads",
    "spreads_then",
    "values",
    "whole",
]
