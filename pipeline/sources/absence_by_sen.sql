-- The copy holds local authorities only. A group is a SEN group, in all schools or in schools of one phase; phases
-- are kept for persistent and severe absence alone.
SELECT
    concat(column_name, ': ', breakdown, phase) AS label,
    at_level(geographic_level, country_code, region_code, old_la_code) AS area,
    at_level(geographic_level, country_name, region_name, la_name) AS area_name,
    time_period AS period,
    published,
FROM (
    SELECT
        * EXCLUDE (education_phase),
        CASE education_phase
            WHEN 'Total' THEN ''
            WHEN 'State-funded primary' THEN ', primary'
            WHEN 'State-funded secondary' THEN ', secondary'
            ELSE ', special schools'
        END AS phase,
    FROM raw
    WHERE education_phase != 'Special' OR breakdown = 'EHC plan'  -- others are a handful of pupils
)
UNPIVOT INCLUDE NULLS (
    published FOR column_name IN (
        sess_overall_percent, enrolments_pa_10_exact_percent, enrolments_pa_50_exact_percent
    )
)
WHERE phase = '' OR column_name != 'sess_overall_percent'
