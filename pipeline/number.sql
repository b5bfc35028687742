-- What is compared with one another (one metric and group in one period) and each area, under
-- numbers in the order of publishing: joining and sorting by them costs a third.
CREATE TABLE series AS
SELECT
    row_number() OVER (ORDER BY metric, breakdown, period_end)::INTEGER AS series,
    metric, breakdown, period_end, any_value(time_period) AS time_period,
FROM metric_value
GROUP BY metric, breakdown, period_end;

CREATE TABLE place AS
SELECT
    row_number() OVER (ORDER BY area_code)::INTEGER AS place,
    area_code, region_code,
    CASE level WHEN 'country' THEN 0 WHEN 'region' THEN 1 WHEN 'local_authority' THEN 2 ELSE 3 END
        ::TINYINT AS level,
    -- Very small populations are shown and never ranked: City of London, Isles of Scilly.
    level IN ('local_authority', 'nhs')
        AND old_la_code IS DISTINCT FROM '201'
        AND old_la_code IS DISTINCT FROM '420' AS is_ranked,
FROM area;

-- Only what a series and a place do not say: each sorted column of text costs as much as five numbers.
CREATE TABLE numbered AS
SELECT
    series, place, value, numerator, denominator, denominator_period, status, note, source_file,
    denominator_source_file
FROM metric_value
JOIN series USING (metric, breakdown, period_end)
JOIN place USING (area_code)
ORDER BY series, place;

DROP TABLE metric_value;

CREATE VIEW metric_value AS
SELECT
    metric, breakdown, area_code, time_period, period_end, value, numerator, denominator,
    denominator_period, status, note, source_file, denominator_source_file,
FROM numbered
JOIN series USING (series)
JOIN place USING (place);

-- What the cube reads of each series, each place, and the places' neighbours.
CREATE VIEW cube_series AS
SELECT
    series.metric, series.breakdown, series.time_period, series.period_end, metric.unit,
    metric.polarity, metric.multiplier, metric.interval, metric.is_published_ratio, metric.breaks,
    metric.gap, metric.of_metric, metric.level AS metric_level, metric.topic, metric.signals,
    metric.fact, metric.denominator_indicator IS NOT NULL AS is_ratio
FROM series JOIN metric ON metric.id = series.metric
ORDER BY series.series;

CREATE VIEW cube_place AS
SELECT
    place.area_code, place.level, place.is_ranked, region.place AS region,
    area."end" IS NULL AS is_current,
    list_concat(
        if(area.authority_type IS NULL, [], [area.authority_type]),
        coalesce((
            SELECT list(DISTINCT programme ORDER BY programme) FROM programme
            WHERE programme.area_code = place.area_code
        ), [])
    ) AS groups
FROM place
JOIN area USING (area_code)
LEFT JOIN place AS region ON region.area_code = place.region_code
ORDER BY place.place;

CREATE VIEW cube_neighbour AS
SELECT neighbour.model, mine.place, theirs.place, neighbour.position
FROM neighbour
JOIN place AS mine USING (area_code)
JOIN place AS theirs ON theirs.area_code = neighbour.neighbour_code
ORDER BY neighbour.model, mine.place, neighbour.position;
