-- What is made and read once, when a build is loaded.

-- name: make_figure
-- One row per figure: the comparison beside what the publisher gave, and whether its rank is shared.
CREATE TABLE figure AS
SELECT
    c.metric, c.breakdown, c.area_code, c.time_period, c.period_end, v.value, v.status,
    v.numerator, v.denominator, v.note, v.source_file, c.low, c.high,
    c.england, c.region, c.neighbour_mean, c.neighbour_median, c.neighbours_with_value,
    c.against_england, c.against_neighbours, c.rank, c.number_ranked, c.quartile, c.change,
    c.previous_time_period, c.against_before, c.trend, c.run, c.funnel, c.is_latest,
    coalesce(c.sharing > 1, false) AS tied
FROM comparison AS c
JOIN metric_value AS v USING (metric, breakdown, area_code, time_period)
ORDER BY c.metric, c.breakdown, c.area_code, c.period_end

-- name: make_latest
CREATE TABLE latest AS
SELECT DISTINCT metric, breakdown, time_period FROM figure WHERE is_latest

-- name: make_period
-- The periods in which areas of a metric's own level have figures: England's alone are none.
CREATE TABLE period AS
SELECT f.metric, f.breakdown, f.period_end
FROM figure AS f
JOIN metric AS m ON m.id = f.metric
JOIN area AS a ON a.area_code = f.area_code AND a.level = m.level
WHERE f.value IS NOT NULL
GROUP BY ALL

-- name: make_series
-- A point joins the one before unless years lie between them or a new series starts with it.
CREATE TABLE series AS
SELECT
    area_code, metric, breakdown, list(moment ORDER BY moment) AS years,
    list(value ORDER BY moment) AS "values", list(joins ORDER BY moment) AS joins
FROM (
    SELECT
        f.area_code, f.metric, f.breakdown, f.value,
        round(year(f.period_end) + dayofyear(f.period_end) / 366, 2) AS moment,
        NOT list_contains(m.breaks, f.time_period) AND date_diff('day', lag(f.period_end) OVER (
            PARTITION BY f.area_code, f.metric, f.breakdown ORDER BY f.period_end
        ), f.period_end) < 580 AS joins
    FROM figure AS f JOIN metric AS m ON m.id = f.metric
    WHERE f.value IS NOT NULL
)
GROUP BY ALL
ORDER BY area_code

-- name: make_ended_by
-- The last period of each metric that had ended by a day.
CREATE MACRO ended_by(day) AS TABLE
SELECT metric, breakdown, max(period_end) AS last_end
FROM period WHERE period_end <= day GROUP BY metric, breakdown

-- name: make_wanted
-- Which figures of a metric are wanted; nothing means all.
CREATE MACRO wanted(of_metric, of_areas, of_breakdown, of_period, only_latest) AS TABLE
SELECT * FROM figure
WHERE metric = of_metric
    AND (of_areas IS NULL OR list_contains(of_areas, area_code))
    AND (of_breakdown IS NULL OR breakdown = of_breakdown)
    AND (of_period IS NULL OR time_period = of_period)
    AND (NOT only_latest OR is_latest)

-- name: years
-- A year before which hardly anything was published would be a page of gaps.
SELECT year(period_end) AS ended FROM period
GROUP BY ended HAVING count(DISTINCT metric) >= ? ORDER BY ended DESC

-- name: newest
-- One row per metric, breakdown and area: the latest period's figure; where an area has none in
-- that period (an abolished local authority), its own last one.
SELECT {Figure}
FROM figure
QUALIFY row_number() OVER (
    PARTITION BY metric, breakdown, area_code ORDER BY is_latest DESC, period_end DESC
) = 1
ORDER BY area_code, metric, breakdown

-- name: latest_spreads
-- Over the local authorities that are ranked: City of London and Isles of Scilly are not.
SELECT
    metric, breakdown, time_period, period_end, count(*), min(value), quantile_cont(value, 0.25),
    median(value), quantile_cont(value, 0.75), max(value), list(value ORDER BY value)
FROM figure
WHERE rank IS NOT NULL AND is_latest
GROUP BY metric, breakdown, time_period, period_end
ORDER BY period_end

-- name: signals
SELECT area_code, {Signal} FROM signal ORDER BY area_code, is_strength, position

-- name: tests
SELECT {Tests} FROM signal_test

-- name: figures_in_years
SELECT f.area_code, s.place, s.year, f.value
FROM (
    SELECT
        metric, breakdown, time_period,
        dense_rank() OVER (ORDER BY metric, breakdown) - 1 AS place,
        row_number() OVER (PARTITION BY metric, breakdown ORDER BY period_end) - 1 AS year
    FROM usual_spread
) AS s
JOIN figure AS f USING (metric, breakdown, time_period)
JOIN metric AS m ON m.id = f.metric
WHERE f.value IS NOT NULL AND coalesce(CASE m.interval
    WHEN 'wilson' THEN f.denominator >= $least_out_of
    WHEN 'byar' THEN f.denominator * f.england / if(m.unit = 'per_1000', 1000, 100)
        >= $least_expected
END, true)

-- name: usual_spreads
SELECT
    metric, breakdown, list(time_period ORDER BY period_end), list(spread ORDER BY period_end)
FROM usual_spread
GROUP BY metric, breakdown
ORDER BY metric, breakdown

-- name: areas
SELECT
    area_code, old_la_code, replace(name, ' Integrated Care Board', ''), level, region_code, start,
    "end", coalesce(successor_codes, []), authority_type
FROM area
ORDER BY name

-- name: metrics
SELECT {Metric}
FROM (SELECT * REPLACE (coalesce(counts, []) AS counts) FROM metric)
ORDER BY position

-- name: sources
SELECT {Source} FROM source_file ORDER BY path

-- name: near
SELECT model, area_code, list(neighbour_code ORDER BY position)
FROM neighbour
GROUP BY model, area_code
ORDER BY model, area_code

-- name: peers
-- As the groups that are summed up: of today's local authorities, those that are ranked.
SELECT area_group, list(area_code ORDER BY name)
FROM (
    SELECT authority_type AS area_group, area_code, name FROM area WHERE "end" IS NULL
    UNION
    SELECT programme.programme, area_code, name FROM programme JOIN area USING (area_code)
    WHERE "end" IS NULL
)
WHERE area_group IS NOT NULL AND NOT list_contains(?, area_code)
GROUP BY area_group

-- name: boards
-- The integrated care boards an area lies in, the one with most of its neighbourhoods first.
SELECT area_code, list(nhs_area_code ORDER BY share DESC), list(share ORDER BY share DESC)
FROM area_overlap
GROUP BY area_code

-- name: programmes
-- A list that is held may be incomplete: that an area is not in it says nothing.
SELECT area_code, list(concat_ws(', ', programme, joined) ORDER BY programme)
FROM programme
GROUP BY area_code
