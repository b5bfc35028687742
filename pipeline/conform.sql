-- Published text becomes a number or a reason, an area and a period. A symbol never becomes a
-- number unless its source says that it means zero.
-- Each way of writing a year or a name is read once, however many rows it stands in.
CREATE OR REPLACE TEMP TABLE period_of AS
SELECT period_kind, period, time_period, period_end(time_period) AS period_end
FROM (
    SELECT period_kind, period, period_label(period_kind, period) AS time_period
    FROM (
        SELECT DISTINCT indicator.period_kind, selection.period
        FROM selection
        JOIN indicator USING (source, label)
    )
);

-- An abolished and a new authority can share a name: take the one that lived in the period.
CREATE OR REPLACE TEMP TABLE named AS
SELECT
    each.area_name,
    each.period_end,
    arg_max(
        area_name.area_code,
        each.period_end BETWEEN coalesce(area_name.start, DATE '1900-01-01')
            AND coalesce(area_name."end", DATE '2999-01-01')
    ) AS area_code,
FROM (
    SELECT DISTINCT selection.area_name, period_of.period_end
    FROM selection
    JOIN indicator USING (source, label)
    JOIN period_of USING (period_kind, period)
    WHERE selection.area IS NULL
) AS each
JOIN area_name ON area_name.name = plain_name(each.area_name)
GROUP BY ALL;

-- The notes that touch single rows, found first: few sources have any.
-- A figure that the publisher gives and we withhold: the note that says so leads with the figure.
CREATE OR REPLACE TEMP MACRO as_published(cell) AS CASE
    WHEN rtrim(cell, '%') ~ '^-?[0-9]+$' THEN format('{:,}', rtrim(cell, '%')::BIGINT)
    WHEN abs(TRY_CAST(replace(rtrim(cell, '%'), ',', '') AS DOUBLE)) >= 1000
        THEN format('{:,.0f}', replace(rtrim(cell, '%'), ',', '')::DOUBLE)
    WHEN TRY_CAST(rtrim(cell, '%') AS DOUBLE) IS NULL THEN cell
    ELSE round(rtrim(cell, '%')::DOUBLE, 2)::TEXT
END;

CREATE OR REPLACE TEMP TABLE remark AS
SELECT
    selection.rowid AS row_number,
    string_agg(note.text, ' ' ORDER BY note.text) AS note,
    max(note.status) AS instead,
FROM selection
JOIN note ON note.source = selection.source
JOIN indicator ON indicator.source = selection.source AND indicator.label = selection.label
JOIN period_of
    ON period_of.period_kind = indicator.period_kind
    AND period_of.period IS NOT DISTINCT FROM selection.period
LEFT JOIN area_key ON area_key.key = selection.area
LEFT JOIN named
    ON named.area_name = selection.area_name AND named.period_end = period_of.period_end
LEFT JOIN area
    ON area.area_code = if(selection.area IS NULL, named.area_code, area_key.area_code)
WHERE (note.indicators = [] OR list_contains(note.indicators, indicator.indicator))
    AND (
        note.breakdowns = []
        OR list_contains(note.breakdowns, coalesce(selection.breakdown, indicator.breakdown))
    )
    AND (note.periods = [] OR list_contains(note.periods, period_of.time_period))
    AND (
        note.areas = [] OR list_contains(note.areas, coalesce(area.old_la_code, area.area_code))
    )
GROUP BY selection.rowid;

-- Every small table is looked up for each row of the large one. Left to itself the planner guesses
-- the large one small after some joins and looks it up for each small one, at twice the cost.
SET disabled_optimizers = 'build_side_probe_side';

INSERT INTO observation
SELECT
    cells.source,
    cells.file,
    indicator.indicator,
    coalesce(cells.breakdown, indicator.breakdown),
    cells.area,
    cells.area_name,
    if(cells.area IS NULL, named.area_code, area_key.area_code) AS place,
    period_of.time_period,
    period_of.period_end,
    cell,
    CASE
        WHEN is_withheld THEN NULL
        -- Rounding only where a source has floating noise: to round a large number adds some.
        WHEN is_number AND source.decimals IS NULL
            THEN replace(rtrim(cell, '%'), ',', '')::DOUBLE
        WHEN is_number THEN round(replace(rtrim(cell, '%'), ',', '')::DOUBLE, source.decimals)
        WHEN symbol.status = 'zero' THEN 0
    END,
    CASE
        WHEN is_withheld THEN instead
        WHEN is_number OR symbol.status = 'zero' THEN 'ok'
        ELSE coalesce(symbol.status, 'unknown')
    END,
    nullif(
        concat_ws(
            ' ',
            cells.note,
            CASE
                WHEN is_withheld AND instead = 'withheld' THEN concat(
                    'Withheld by SEND System Health, not by the publisher, which gives ',
                    as_published(cell), ' (', indicator.words, ').'
                )
            END,
            remark.note
        ),
        ''
    ),
FROM (
    SELECT
        *, rowid AS row_number, trim(coalesce(published, '')) AS cell,
        regexp_full_match(
            cell, '[+-]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?([eE][+-]?[0-9]+)?%?'
        ) AS is_number,
    FROM selection
) AS cells
JOIN indicator USING (source, label)
JOIN period_of
    ON period_of.period_kind = indicator.period_kind
    AND period_of.period IS NOT DISTINCT FROM cells.period
LEFT JOIN area_key ON area_key.key = cells.area
LEFT JOIN named
    ON named.area_name = cells.area_name AND named.period_end = period_of.period_end
JOIN source ON source.id = cells.source
LEFT JOIN symbol ON symbol.source = cells.source AND symbol.published = cell
LEFT JOIN area ON area.area_code = if(cells.area IS NULL, named.area_code, area_key.area_code)
LEFT JOIN remark USING (row_number)
-- What the publisher withholds itself keeps the publisher's own reason.
CROSS JOIN LATERAL (
    SELECT
        remark.instead IS NOT NULL AND (is_number OR coalesce(symbol.status, '') = 'zero')
        AS is_withheld
)
-- A workbook may list an area in years before it was made or after it was abolished.
WHERE is_number
    OR area."start" IS NULL
    OR period_of.period_end BETWEEN area."start" AND coalesce(area."end", DATE '2999-01-01');

RESET disabled_optimizers;
