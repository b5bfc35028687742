-- One row per group and destination.
SELECT
    concat(
        destination_raw, ': ',
        CASE characteristic
            WHEN 'EHC plan or Statement' THEN 'EHC plan'
            WHEN 'SEN support' THEN 'SEN support'
            WHEN 'No identified SEN' THEN 'No SEN'
        END
    ) AS label,
    country_code AS area,
    time_period AS period,
    "% of pupils" AS published,
FROM raw
WHERE characteristic != 'Identified SEN'
