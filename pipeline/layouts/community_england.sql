-- A report: one row per service, one column per band of waiting time. The row that adds up the
-- services for children and young people is kept; the number waiting over 52 weeks, which later
-- reports split in two, has to be added up here.
SELECT
    CASE band
        WHEN 'Total waiting list' THEN 'waiting list'
        WHEN 'Waiting >18-52 weeks' THEN '18 to 52 weeks'
        ELSE 'over 52 weeks'
    END AS label,
    'E92000001' AS area,
    month_counted() AS period,
    added_up(published) AS published,
FROM (
    SELECT
        "Service" AS service,
        COLUMNS(lambda c: c = 'Total waiting list' OR starts_with(c, 'Waiting ')),
    FROM raw
)
UNPIVOT INCLUDE NULLS (
    published FOR band IN (COLUMNS(lambda c: c = 'Total waiting list' OR starts_with(c, 'Waiting ')))
)
WHERE service = 'CYP services'
GROUP BY label
