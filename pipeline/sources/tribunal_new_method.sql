-- Three columns per year. The codes of two rows are exchanged, so areas are found by name alone.
-- Appeals are given twice: for this rate, and for the series of appeals from 2019.
WITH long AS (
    SELECT
        left(column_name, length(column_name) - 5) AS label,
        la_name_as_published AS area_name,
        right(column_name, 4) AS period,
        published,
    FROM raw
    UNPIVOT INCLUDE NULLS (published FOR column_name IN (COLUMNS(* EXCLUDE (la_name_as_published))))
)
SELECT
    unnest(if(label = 'appeals_registered', [label, 'every appeal'], [label])) AS label,
    if(area_name = 'England Total', 'E92000001', NULL) AS area,
    area_name,
    period,
    published,
FROM long
