-- Local authorities only, all schools together.
SELECT
    concat(column_name, ': ', sen_primary_need) AS label,
    new_la_code AS area,
    la_name AS area_name,
    time_period AS period,
    coalesce(published, '') AS published,
FROM raw
UNPIVOT INCLUDE NULLS (
    published FOR column_name IN (
        sess_overall_percent, enrolments_pa_10_exact_percent, enrolments_pa_50_exact_percent
    )
)
WHERE education_phase = 'Total'
