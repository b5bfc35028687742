-- England only, one column per destination. Names of the SEN groups change with the years.
SELECT
    concat(
        column_name, ': ',
        CASE breakdown
            WHEN 'Statement of SEN/Education Health and Care plan' THEN 'EHC plan'
            WHEN 'School Action/SEN support' THEN 'SEN support'
            WHEN 'No identified SEN' THEN 'No SEN'
        END
    ) AS label,
    country_code AS area,
    year_before(time_period) AS period,
    published,
FROM (
    SELECT *
    FROM raw
    WHERE breakdown_topic = 'SEN Provision'
        AND data_type = 'Percentage'
        AND institution_group = 'State-funded mainstream & special schools'
        AND time_period >= '201819'
)
UNPIVOT INCLUDE NULLS (
    published FOR column_name IN (fe, ssf, sfc, other_edu, appren, all_work, all_notsust, all_unknown)
)
