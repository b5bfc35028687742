-- One row per authority of every kind, then totals by kind, which have no E-code. In thousands of
-- pounds: multiplied here, so that amounts per head can be in pounds.
SELECT
    label,
    "ONS Code" AS area,
    split_part(getvariable('file'), '/', 2) AS period,
    if(published = '[x]', published, (published::DOUBLE * 1000)::TEXT) AS published,
FROM (
    SELECT *
    FROM raw
    WHERE "Class" IN ('UA', 'MD', 'LB', 'SC') AND starts_with("E-code", 'E')
        OR "E-code" = 'Eng'
)
UNPIVOT INCLUDE NULLS (published FOR label IN (COLUMNS('Net Current')))
