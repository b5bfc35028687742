-- One row per area and year, by name. The column 'deficit' holds the same with the sign turned.
SELECT
    'balance' AS label,
    if(geographic_level = 'Local authority', la_name, region_name) AS area_name,
    financial_year AS period,
    "DSG cumulative balance as a % of the total income" AS published,
FROM raw
