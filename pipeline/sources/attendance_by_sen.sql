-- The copy holds local authorities only, one row per term. A group is a SEN group, in all schools or in schools of
-- one phase; phases are kept for the two kinds of session that are counted.
SELECT
    concat(column_name, ': ', sen, phase) AS label,
    at_level(geographic_level, country_code, region_code, old_la_code) AS area,
    at_level(geographic_level, country_name, region_name, la_name) AS area_name,
    concat(time_identifier, ' ', time_period) AS period,
    published,
FROM (
    SELECT
        * EXCLUDE (education_phase),
        CASE education_phase
            WHEN 'Total' THEN ''
            WHEN 'Primary' THEN ', primary'
            WHEN 'Secondary' THEN ', secondary'
            ELSE ', special schools'
        END AS phase,
    FROM raw
    WHERE education_phase != 'Special' OR sen = 'EHC plan'
)
UNPIVOT INCLUDE NULLS (
    published FOR column_name IN (
        possible_sessions, reason_c2_authorised_temp_reduced_timetable,
        reason_k_aea_education_arranged_by_la, attendance_perc, overall_absence_perc,
        unauthorised_absence_perc
    )
)
WHERE phase = '' OR NOT ends_with(column_name, '_perc')
