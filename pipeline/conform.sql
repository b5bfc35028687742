-- Published text becomes a number or a reason, an area and a period. A symbol never becomes a
-- number unless its source says that it means zero.
INSERT INTO observation
WITH labelled AS (
    SELECT
        selection.* EXCLUDE (breakdown),
        row_number() OVER () AS row_number,
        indicator.indicator,
        indicator.period_kind,
        coalesce(selection.breakdown, indicator.breakdown) AS one_breakdown,
        trim(coalesce(published, '')) AS cell,
    FROM selection
    JOIN indicator USING (source, label)
),
-- Each way of writing a year or a name is read once, however many rows it stands in.
period_of AS (
    SELECT period_kind, period, time_period, period_end(time_period) AS period_end
    FROM (
        SELECT period_kind, period, period_label(period_kind, period) AS time_period
        FROM (SELECT DISTINCT period_kind, period FROM labelled)
    )
),
-- An abolished and a new authority can share a name: take the one that lived in the period.
named AS (
    SELECT
        each.area_name,
        each.period_end,
        arg_max(
            area_name.area_code,
            each.period_end BETWEEN coalesce(area_name.start, DATE '1900-01-01')
                AND coalesce(area_name."end", DATE '2999-01-01')
        ) AS area_code,
    FROM (
        SELECT DISTINCT labelled.area_name, period_of.period_end
        FROM labelled
        JOIN period_of USING (period_kind, period)
        WHERE labelled.area IS NULL
    ) AS each
    JOIN area_name ON area_name.name = plain_name(each.area_name)
    GROUP BY ALL
),
placed AS (
    SELECT
        labelled.*,
        period_of.time_period,
        period_of.period_end,
        if(labelled.area IS NULL, named.area_code, area_key.area_code) AS area_code,
        regexp_full_match(cell, '[+-]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?([eE][+-]?[0-9]+)?%?')
            AS is_number,
    FROM labelled
    JOIN period_of
        ON period_of.period_kind = labelled.period_kind
        AND period_of.period IS NOT DISTINCT FROM labelled.period
    LEFT JOIN area_key ON area_key.key = labelled.area
    LEFT JOIN named
        ON named.area_name = labelled.area_name AND named.period_end = period_of.period_end
),
remark AS (
    SELECT
        placed.row_number,
        string_agg(note.text, ' ' ORDER BY note.text) AS note,
        max(note.status) AS withheld,
    FROM placed
    JOIN note
        ON note.source = placed.source
        AND (note.indicators = [] OR list_contains(note.indicators, placed.indicator))
        AND (note.breakdowns = [] OR list_contains(note.breakdowns, placed.one_breakdown))
        AND (note.periods = [] OR list_contains(note.periods, placed.time_period))
    LEFT JOIN area USING (area_code)
    WHERE note.areas = [] OR list_contains(note.areas, coalesce(area.old_la_code, area.area_code))
    GROUP BY placed.row_number
)
SELECT
    placed.source,
    placed.file,
    indicator,
    one_breakdown,
    area,
    area_name,
    placed.area_code,
    time_period,
    period_end,
    cell,
    CASE
        WHEN withheld IS NOT NULL THEN NULL
        -- Rounding only where a source has floating noise: to round a large number adds some.
        WHEN is_number AND source.decimals IS NULL
            THEN replace(rtrim(cell, '%'), ',', '')::DOUBLE
        WHEN is_number THEN round(replace(rtrim(cell, '%'), ',', '')::DOUBLE, source.decimals)
        WHEN symbol.status = 'zero' THEN 0
    END,
    CASE
        WHEN withheld IS NOT NULL THEN withheld
        WHEN is_number OR symbol.status = 'zero' THEN 'ok'
        ELSE coalesce(symbol.status, 'unknown')
    END,
    nullif(concat_ws(' ', placed.note, remark.note), ''),
FROM placed
JOIN source ON source.id = placed.source
LEFT JOIN symbol ON symbol.source = source.id AND symbol.published = cell
LEFT JOIN area ON area.area_code = placed.area_code
LEFT JOIN remark USING (row_number)
-- A workbook may list an area in years before it was made or after it was abolished.
WHERE is_number
    OR area."start" IS NULL
    OR period_end BETWEEN area."start" AND coalesce(area."end", DATE '2999-01-01')
