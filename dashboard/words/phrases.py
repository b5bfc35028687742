"""Names that callers still use for what has moved."""

from dashboard.words.changes import CHANGED, SAME
from dashboard.words.changes import describe_change_verdict as change_verdict
from dashboard.words.changes import describe_figure_change as say_figure_change
from dashboard.words.changes import describe_move as moved
from dashboard.words.changes import describe_standing as standing
from dashboard.words.changes import describe_tested_change as change
from dashboard.words.changes import describe_verdict as verdict
from dashboard.words.changes import pick_joint as than_before
from dashboard.words.names import capitalise as capital
from dashboard.words.names import describe_no_figure as say_none
from dashboard.words.names import join_words as joined
from dashboard.words.names import make_possessive as possessive
from dashboard.words.names import name_licence as licence
from dashboard.words.names import name_metric as title
from dashboard.words.names import name_metric_briefly as short_title
from dashboard.words.names import name_place
from dashboard.words.numbers import (
    EACH,
    HALVES,
    MINUS,
    NO_PUBLISHED_FIGURE,
    NOTHING,
    NUDGE,
    NUMBERS,
    POINT,
    SIZED,
    STATUS_LABEL,
    STATUS_MEANING,
    UNIT_WORDS,
    spell_number,
)
from dashboard.words.numbers import describe_side as against
from dashboard.words.numbers import format_amount as amount
from dashboard.words.numbers import format_average as average
from dashboard.words.numbers import format_count as counted
from dashboard.words.numbers import format_ordinal as ordinal
from dashboard.words.numbers import format_short_amount as short_amount
from dashboard.words.numbers import format_value as value
from dashboard.words.numbers import format_whole as whole
from dashboard.words.numbers import round_as_shown as rounded
from dashboard.words.periods import MONTHS, OLD
from dashboard.words.periods import describe_age as say_age
from dashboard.words.periods import describe_period as say_period
from dashboard.words.periods import format_age as age
from dashboard.words.periods import format_period as period
from dashboard.words.ranks import NO_QUARTER, is_placed
from dashboard.words.ranks import describe_polarity as polarity
from dashboard.words.ranks import explain_no_rank as why_not_ranked
from dashboard.words.ranks import explain_rank as rank_meaning
from dashboard.words.ranks import format_quarter as quarter
from dashboard.words.ranks import format_quartile as quartile
from dashboard.words.ranks import format_rank as rank
from dashboard.words.ranks import name_areas as areas
from dashboard.words.ranks import name_one_area as one_area
from dashboard.words.signs import NO_CHANGE, NOUGHT, SIDES, SIGNS
from dashboard.words.signs import describe_beside as say_beside
from dashboard.words.signs import describe_beside_several as say_beside_several
from dashboard.words.signs import describe_change as say_change
from dashboard.words.signs import describe_change_briefly as say_change_briefly
from dashboard.words.signs import describe_direction as direction
from dashboard.words.signs import describe_extreme as say_extreme
from dashboard.words.signs import describe_level as say_level
from dashboard.words.signs import describe_run as say_run
from dashboard.words.signs import describe_trend as say_trend
from dashboard.words.signs import describe_way as say_way
from dashboard.words.signs import pick_arrow as arrow
from dashboard.words.signs import read_sign_words as sign_words

__all__ = [
    "CHANGED",
    "EACH",
    "HALVES",
    "MINUS",
    "MONTHS",
    "NOTHING",
    "NOUGHT",
    "NO_CHANGE",
    "NO_PUBLISHED_FIGURE",
    "NO_QUARTER",
    "NUDGE",
    "NUMBERS",
    "OLD",
    "POINT",
    "SAME",
    "SIDES",
    "SIGNS",
    "SIZED",
    "STATUS_LABEL",
    "STATUS_MEANING",
    "UNIT_WORDS",
    "against",
    "age",
    "amount",
    "areas",
    "arrow",
    "average",
    "capital",
    "change",
    "change_verdict",
    "counted",
    "direction",
    "is_placed",
    "joined",
    "licence",
    "moved",
    "name_place",
    "one_area",
    "ordinal",
    "period",
    "polarity",
    "possessive",
    "quarter",
    "quartile",
    "rank",
    "rank_meaning",
    "rounded",
    "say_age",
    "say_beside",
    "say_beside_several",
    "say_change",
    "say_change_briefly",
    "say_extreme",
    "say_figure_change",
    "say_level",
    "say_none",
    "say_period",
    "say_run",
    "say_trend",
    "say_way",
    "short_amount",
    "short_title",
    "sign_words",
    "spell_number",
    "standing",
    "than_before",
    "title",
    "value",
    "verdict",
    "whole",
    "why_not_ranked",
]
