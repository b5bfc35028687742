-- One row per area, need and group of placements. The file has some thirty kinds of placement and no
-- row for a kind that nobody has. They are put into six groups here, because a kind without a row has
-- to count as none, and only where every row is there: the kinds must add up to the area's plans.
WITH listed AS (
    SELECT
        time_period AS period,
        at_level(geographic_level, country_code, region_code, old_la_code) AS area,
        at_level(geographic_level, country_name, region_name, la_name) AS area_name,
        CASE
            WHEN breakdown_topic = 'All EHC plans' THEN 'all'
            WHEN starts_with(breakdown, 'Mainstream - ')
                AND regexp_matches(breakdown, ' \((SEN unit|resourced provision)\)$') THEN 'unit'
            WHEN starts_with(breakdown, 'Mainstream - ') THEN 'mainstream'
            WHEN breakdown IN ('Special - LA maintained', 'Special - Academy/free schools')
                THEN 'state_special'
            WHEN breakdown IN ('Special - independent', 'Special - non-maintained')
                THEN 'independent_special'
            WHEN starts_with(breakdown, 'FE - ') THEN 'further_education'
            WHEN breakdown = 'Placement not recorded' THEN 'not_recorded'
            WHEN starts_with(breakdown, 'AP/PRU - ') OR starts_with(breakdown, 'Educated elsewhere - ')
                OR breakdown = 'Non-maintained early years' THEN 'elsewhere'
            ELSE 'unknown'
        END AS placement,
        ehc_plans AS "Total",
        number_asd AS "Autistic spectrum disorder",
        number_hi AS "Hearing impairment",
        number_mld AS "Moderate learning difficulty",
        number_msi AS "Multi-sensory impairment",
        number_oth AS "Other difficulty or disability",
        number_pd AS "Physical disability",
        number_pmld AS "Profound and multiple learning difficulty",
        number_semh AS "Social, emotional and mental health",
        number_slcn AS "Speech, language and communication needs",
        number_sld AS "Severe learning difficulty",
        number_spld AS "Specific learning difficulty",
        number_vi AS "Vision impairment",
        number_need_unknown AS "Not recorded",
    FROM raw
    WHERE breakdown_topic IN ('All EHC plans', 'Type of placement') AND NOT ends_with(breakdown, ' - total')
),
grouped AS (
    SELECT period, area, area_name, placement, need, added_up(published) AS plans,
    FROM listed
    UNPIVOT INCLUDE NULLS (published FOR need IN (COLUMNS(* EXCLUDE (period, area, area_name, placement))))
    GROUP BY ALL
),
whole AS (
    SELECT
        period, area, area_name, need,
        -- A symbol among the placements is given wherever there is no row.
        coalesce(max(plans) FILTER (try_cast(plans AS BIGINT) IS NULL), '0') AS without_row,
        sum(try_cast(plans AS BIGINT)) FILTER (placement NOT IN ('all', 'not_recorded')) AS recorded,
        sum(try_cast(plans AS BIGINT)) FILTER (placement = 'all')
            = sum(try_cast(plans AS BIGINT)) FILTER (placement NOT IN ('all', 'unknown')) AS adds_up,
    FROM grouped
    GROUP BY ALL
)
SELECT
    label,
    whole.area,
    whole.area_name,
    whole.period,
    whole.need AS breakdown,
    if(without_row = '0' AND adds_up IS DISTINCT FROM true, 'placements do not add up to all plans',
        coalesce(grouped.plans, without_row)) AS published,
    if(recorded BETWEEN 1 AND 9,
        'Out of fewer than 10 plans: one plan more or less changes the percentage by more than 10 points.',
        NULL) AS note,
FROM whole
CROSS JOIN (
    SELECT unnest([
        'mainstream', 'unit', 'state_special', 'independent_special', 'further_education', 'elsewhere'
    ]) AS label
)
LEFT JOIN grouped
    ON grouped.placement = label
    AND grouped.period = whole.period
    AND grouped.area IS NOT DISTINCT FROM whole.area
    AND grouped.area_name IS NOT DISTINCT FROM whole.area_name
    AND grouped.need = whole.need
