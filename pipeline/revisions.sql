-- What differs between the tables before_* and after_*: one row in `difference` for each figure.
-- Values are alike within rounding noise, which another processor or library may add.
CREATE TABLE difference AS
SELECT
    metric,
    breakdown,
    area_code,
    time_period,
    coalesce(a.period_end, b.period_end) AS period_end,
    CASE
        WHEN b.value IS NULL AND a.value IS NULL THEN 'reason'
        WHEN b.value IS NULL THEN 'added'
        WHEN a.value IS NULL THEN 'withdrawn'
        ELSE 'revised'
    END AS what,
    b.value AS before_value,
    b.status AS before_status,
    a.value AS after_value,
    a.status AS after_status,
    metric NOT IN (SELECT id FROM after_metric) AS is_removed
FROM before_metric_value AS b
FULL JOIN after_metric_value AS a USING (metric, breakdown, area_code, time_period)
WHERE (a.value IS NULL) != (b.value IS NULL)
    OR abs(a.value - b.value) > 1e-9 * greatest(1, abs(b.value))
    OR (a.value IS NULL AND a.status != b.status);

CREATE TABLE file_change AS
SELECT
    path,
    CASE WHEN b.sha256 IS NULL THEN 'new' WHEN a.sha256 IS NULL THEN 'no longer read'
        ELSE 'replaced' END AS what,
    coalesce(a.publication_title, b.publication) AS publication_title,
    coalesce(a.publisher, b.publisher) AS publisher,
    b.release AS release_before,
    a.release AS release_after
FROM before_source_file AS b
FULL JOIN after_source_file AS a USING (path)
WHERE a.sha256 IS DISTINCT FROM b.sha256;

-- The periods that a metric has now and had not, in their order.
CREATE TABLE release_change AS
WITH counted AS (
    SELECT
        metric,
        count(*) FILTER (what = 'added') AS added,
        count(*) FILTER (what = 'revised') AS revised,
        count(*) FILTER (what = 'withdrawn') AS withdrawn,
        count(*) FILTER (what = 'reason') AS reasons
    FROM difference
    GROUP BY metric
),
reached AS (
    SELECT DISTINCT metric, time_period, period_end FROM difference WHERE what = 'added'
),
period AS (
    SELECT metric, list(time_period ORDER BY period_end) AS periods_added
    FROM reached
    ANTI JOIN (
        SELECT metric, time_period
        FROM before_metric_value
        WHERE value IS NOT NULL AND metric IN (SELECT metric FROM reached)
    ) AS held USING (metric, time_period)
    GROUP BY metric
),
known AS (
    SELECT
        id AS metric,
        coalesce(a.title, b.title) AS title,
        CASE WHEN b.id IS NULL THEN 'new' WHEN a.id IS NULL THEN 'removed' ELSE 'kept' END AS what,
        coalesce(a.position, 10000 + b.position) AS position,
        list_has_any(
            list_concat(coalesce(a.sources, []), coalesce(b.sources, [])),
            coalesce((SELECT list(path) FROM file_change), []::VARCHAR[])
        ) AS files_changed
    FROM before_metric AS b
    FULL JOIN after_metric AS a USING (id)
)
SELECT
    position,
    metric,
    title,
    known.what,
    coalesce(added, 0) AS added,
    coalesce(revised, 0) AS revised,
    coalesce(withdrawn, 0) AS withdrawn,
    coalesce(reasons, 0) AS reasons,
    coalesce(periods_added, []) AS periods_added,
    files_changed
FROM known
LEFT JOIN counted USING (metric)
LEFT JOIN period USING (metric)
WHERE known.what != 'kept' OR counted.metric IS NOT NULL;
