-- School age only: plans of older young people are published for one year. Codes are written as decimals.
SELECT
    'discontinued_schoolage' AS label,
    CASE geographic_level WHEN 'National' THEN 'E92000001' WHEN 'Local authority' THEN left(old_la_code, 3) END AS area,
    if(geographic_level = 'Local authority', la_name, region_name) AS area_name,
    left(time_period, 4) AS period,
    discontinued_schoolage AS published,
FROM raw
