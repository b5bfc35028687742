-- One row per area, year and group. Of those below Level 2 at 16 only the rate is published, so their
-- number is the cohort less those who had reached it. Three later cohorts are listed before they are
-- 19, with nought in each count. From 2019 on, the row with the code of the Dorset abolished in that
-- year stands beside the new Bournemouth, Christchurch and Poole and is the new Dorset.
SELECT
    concat(column_name, ': ', breakdown) AS label,
    CASE
        WHEN region = 'ALL' THEN 'E92000001'
        WHEN la_code_3 = '835' AND cohort_19_in >= '2019' THEN '838'
        WHEN la_code_3 != 'ALL' THEN la_code_3
    END AS area,
    CASE WHEN region = 'ALL' THEN NULL WHEN la_code_3 = 'ALL' THEN region ELSE la_name END AS area_name,
    cohort_19_in AS period,
    published,
FROM (
    SELECT
        *,
        CASE sen
            WHEN 'No SEN' THEN 'No SEN'
            WHEN 'SEN with statements or EHC plans' THEN 'EHC plan'
            ELSE 'SEN support'
        END AS breakdown,
        (number_in_ss_cohort::BIGINT - l2_em_by16::BIGINT)::TEXT AS below_at_16,
    FROM raw
    WHERE gender = 'ALL' AND fsm = 'ALL' AND sen != 'ALL' AND cohort_19_in BETWEEN '2015' AND '2022'
)
UNPIVOT INCLUDE NULLS (
    published FOR column_name IN (l2_em_by19_belowat16, below_at_16, l2_em_by19_belowat16_rate)
)
