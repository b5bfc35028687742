-- The copy holds local authorities only, one row per term. A group is a SEN group, in all schools or in schools of
-- one phase; phases are kept for the suspension rate alone.
SELECT
    concat(column_name, ': ', breakdown, phase) AS label,
    at_level(geographic_level, country_code, region_code, old_la_code) AS area,
    at_level(geographic_level, country_name, region_name, la_name) AS area_name,
    concat(time_identifier, ' ', time_period) AS period,
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
    WHERE education_phase NOT IN ('Special', 'State-funded special') OR breakdown = 'EHC plan'
)
UNPIVOT INCLUDE NULLS (published FOR column_name IN (susp_rate, one_plus_susp_rate, perm_excl_rate))
WHERE phase = '' OR column_name = 'susp_rate'
