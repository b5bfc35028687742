-- When each file was published and the next is expected, as far as the files held say it, and the
-- newest period each reaches. Where a publication dates its indicators one by one, a row for each
-- metric that is made of them stands beside the file's own.
CREATE TABLE freshness AS
WITH reached AS (
    SELECT file, max((period_end, time_period)) AS newest
    FROM observation
    WHERE value IS NOT NULL
    GROUP BY file
),
whole AS (
    SELECT DISTINCT
        held.path, NULL::TEXT AS metric, newest, published, next_release, stated_in, archive_date,
    FROM (SELECT DISTINCT path, archive_date FROM source_file) AS held
    LEFT JOIN reached ON reached.file = held.path
    LEFT JOIN release_date ON release_date.file = held.path AND label IS NULL
),
part AS (
    SELECT id AS metric, unnest([numerator_indicator, denominator_indicator]) AS indicator FROM metric
),
-- Of several indicators in one metric, the one updated last is shown.
dated AS (
    SELECT
        source_file.path,
        part.metric,
        arg_max(published, coalesce(stated_day(published), DATE '1900-01-01')) AS published,
        arg_max(next_release, coalesce(stated_day(published), DATE '1900-01-01')) AS next_release,
        max(concat(parse_filename(release_date.file), ', ', stated_in)) AS stated_in,
        max(source_file.archive_date) AS archive_date,
    FROM part
    LEFT JOIN total ON total.total = part.indicator
    JOIN indicator ON indicator.indicator = coalesce(total.part, part.indicator)
    JOIN release_date
        ON release_date.of_source = indicator.source AND release_date.label = indicator.label
    JOIN source_file ON source_file.source = indicator.source
    GROUP BY source_file.path, part.metric
),
each AS (
    FROM whole
    UNION ALL BY NAME
    SELECT dated.*, newest
    FROM dated
    JOIN (
        SELECT metric, source_file AS path, max((period_end, time_period)) AS newest
        FROM metric_value
        WHERE value IS NOT NULL
        GROUP BY ALL
    ) USING (metric, path)
)
SELECT
    path AS source_file,
    metric,
    newest[2] AS time_period,
    newest[1] AS period_end,
    stated_day(published) AS published,
    stated_words(published) AS published_words,
    stated_day(next_release) AS next_release,
    stated_words(next_release) AS next_release_words,
    stated_in,
    archive_date,
FROM each
