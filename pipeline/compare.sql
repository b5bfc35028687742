-- Numbers are turned into names here, and the rows stand in the order of their numbers. Views,
-- because each is read once, when it is published.
CREATE VIEW comparison AS
SELECT
    figure.metric, figure.breakdown, figure.area_code, figure.time_period, figure.period_end,
    low::FLOAT AS low, high::FLOAT AS high, england, region,
    against_england::TINYINT AS against_england,
    neighbour_mean, neighbour_median, neighbours_with_value::TINYINT AS neighbours_with_value,
    against_neighbours::TINYINT AS against_neighbours,
    rank::SMALLINT AS rank, sharing::SMALLINT AS sharing,
    number_ranked::SMALLINT AS number_ranked, quartile::SMALLINT AS quartile,
    change, against_before::TINYINT AS against_before,
    getvariable('periods')[earlier::INTEGER] AS previous_time_period,
    trend::TINYINT AS trend, run::TINYINT AS run, funnel::TINYINT AS funnel, latest AS is_latest,
FROM metric_value AS figure
POSITIONAL JOIN compared;

CREATE VIEW benchmark AS
SELECT
    getvariable('models')[model::INTEGER] AS model, series.metric, series.breakdown, place.area_code,
    mean, median, number::TINYINT AS with_value,
    lowest::TINYINT + 1::TINYINT AS lowest, highest::TINYINT + 1::TINYINT AS highest,
    above::TINYINT AS above, below::TINYINT AS below, against::TINYINT AS against,
FROM benchmarked
JOIN series USING (series)
JOIN place USING (place)
ORDER BY benchmarked.model, benchmarked.series, benchmarked.place;

CREATE VIEW group_summary AS
SELECT
    getvariable('area_groups')[summed_up.area_group::INTEGER] AS area_group, series.metric,
    series.breakdown, series.time_period, series.period_end, mean, median,
    number::SMALLINT AS with_value, members::SMALLINT AS members,
    low_end.area_code AS lowest, high_end.area_code AS highest,
FROM summed_up
JOIN series USING (series)
JOIN place AS low_end ON low_end.place = summed_up.lowest
JOIN place AS high_end ON high_end.place = summed_up.highest
ORDER BY summed_up.area_group, summed_up.series;

CREATE VIEW signal AS
SELECT
    place.area_code, position::TINYINT AS position, is_strength, series.metric, series.breakdown,
    series.time_period, signalled.level::TINYINT AS level, level_p, usual_low, usual_high,
    change::TINYINT AS change, change_p, expected_low, expected_high, adjusted_p,
FROM signalled
JOIN series USING (series)
JOIN place USING (place)
ORDER BY signalled.place, is_strength, position;

CREATE VIEW signal_test AS
SELECT
    place.area_code, count(*)::SMALLINT AS tests, count(DISTINCT fact)::SMALLINT AS facts,
    list(DISTINCT series.metric ORDER BY series.metric) AS metrics,
FROM tested
JOIN series USING (series)
JOIN place USING (place)
GROUP BY tested.place, place.area_code
ORDER BY tested.place;

CREATE VIEW usual_spread AS
SELECT
    newest.metric, newest.breakdown, newest.time_period AS newest, series.time_period,
    series.period_end, spread,
FROM spread_out
JOIN series USING (series)
JOIN series AS newest ON newest.series = spread_out.newest
ORDER BY spread_out.newest, series.period_end;

CREATE VIEW area_index AS
SELECT
    place.area_code, getvariable('index_names')[indexed.name::INTEGER] AS name, value, held,
    rank::SMALLINT AS rank, ranked::SMALLINT AS number_ranked, best::SMALLINT AS rank_best,
    worst::SMALLINT AS rank_worst,
FROM indexed
JOIN place USING (place)
ORDER BY indexed.name, indexed.place;

CREATE TABLE index_part (
    name TEXT, theme TEXT, metric TEXT, breakdown TEXT, time_period TEXT, weight DOUBLE,
    sign TINYINT, varied SMALLINT, series INTEGER
);

CREATE TABLE funnel (
    metric TEXT, breakdown TEXT, time_period TEXT, areas SMALLINT, overall DOUBLE,
    dispersion DOUBLE, added_variance DOUBLE, sizes DOUBLE[], low998 DOUBLE[], low95 DOUBLE[],
    high95 DOUBLE[], high998 DOUBLE[]
);
