-- One row per local authority and year. England and the regions are not in the file: they are the sum
-- of their local authorities, where every one that existed at the end of the year is there.
WITH spend AS (
    SELECT old_la_code, la_name, financial_year, net_pounds FROM raw WHERE bucket = 'High needs (SEND)'
),
wanted AS (
    SELECT area.old_la_code, area.region_code, years.financial_year
    FROM area
    JOIN (SELECT DISTINCT financial_year FROM spend) AS years
        ON make_date(left(years.financial_year, 4)::INTEGER + 1, 3, 31)
            BETWEEN coalesce(area."start", DATE '1900-01-01') AND coalesce(area."end", DATE '2999-01-01')
    WHERE area.level = 'local_authority'
)
SELECT
    'net_pounds' AS label, old_la_code AS area, la_name AS area_name, financial_year AS period,
    net_pounds AS published, NULL AS note,
FROM spend
UNION ALL
SELECT
    'net_pounds',
    coalesce(region_code, 'E92000001'),
    NULL,
    financial_year,
    if(count(net_pounds) = count(*), sum(net_pounds::BIGINT)::TEXT, NULL),
    if(count(net_pounds) = count(*), 'The sum of its local authorities.',
        concat('Not given: ', count(*) - count(net_pounds), ' of its local authorities are not in the file.')),
FROM wanted
LEFT JOIN spend USING (old_la_code, financial_year)
GROUP BY GROUPING SETS ((financial_year, region_code), (financial_year))
