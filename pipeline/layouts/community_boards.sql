-- A report: one sheet per band of waiting time, one row per organisation, one column per service.
-- Until July 2023 the type of organisation stands on the first row of its block only, beside names
-- without titles. The rows of boards and of England are kept. A board's total is the sum of its
-- services and has to be made here, as the report gives it for England only (in another sheet); so
-- has the number waiting over 52 weeks, which later reports split in two.
WITH listed AS (
    SELECT
        sheet,
        rowid AS place,
        "Organisation Type" AS kind,
        "Organisation Name" AS name,
        COLUMNS(lambda c: starts_with(c, '(CYP)')),
    FROM raw
),
kept AS (
    SELECT
        * EXCLUDE (place),
        count(*) OVER (PARTITION BY name) = (SELECT count(DISTINCT sheet) FROM listed) AS is_whole,
    FROM (
        SELECT
            * REPLACE (last_value(kind IGNORE NULLS) OVER (PARTITION BY sheet ORDER BY place) AS kind),
        FROM listed
    )
    WHERE kind = 'ICB' OR name = 'England'
),
long AS (
    SELECT
        is_whole,
        CASE sheet
            WHEN 'Table 4' THEN 'waiting list'
            WHEN 'Table 4f' THEN '18 to 52 weeks'
            ELSE 'over 52 weeks'
        END AS label,
        name,
        unnest([replace(lower(service), '(cyp) ', ''), 'total']) AS service,
        published,
    FROM kept
    UNPIVOT INCLUDE NULLS (published FOR service IN (COLUMNS(lambda c: starts_with(c, '(CYP)'))))
)
SELECT
    label,
    if(name = 'England', 'E92000001', NULL) AS area,
    if(name = 'England', name, concat('NHS ', name, ' Integrated Care Board')) AS area_name,
    month_counted() AS period,
    CASE service
        WHEN 'total' THEN 'Total'
        WHEN 'community paediatric service' THEN 'Community paediatrics'
        WHEN 'therapy interventions: speech and language' THEN 'Speech and language therapy'
        WHEN 'therapy interventions: occupational therapy' THEN 'Occupational therapy'
        WHEN 'therapy interventions: physiotherapy' THEN 'Physiotherapy'
        WHEN 'therapy interventions: dietetics' THEN 'Dietetics'
        WHEN 'therapy interventions: orthotics' THEN 'Orthotics'
        WHEN 'audiology' THEN 'Audiology'
        WHEN 'vision screening' THEN 'Vision screening'
        WHEN 'new-born hearing screening' THEN 'New-born hearing screening'
        WHEN 'nursing and therapy teams support for long term conditions'
            THEN 'Nursing and therapy for long-term conditions'
        WHEN 'community nursing services (planned care and rapid response teams)' THEN 'Community nursing'
        WHEN 'wheelchair, orthotics, prosthetics and equipment' THEN 'Wheelchairs and equipment'
        ELSE service
    END AS breakdown,
    -- Blank where nobody submitted. What is in some sheets and not in others would be too low.
    CASE
        WHEN NOT bool_and(is_whole) THEN 'not in every sheet'
        WHEN count(published) > 0 THEN added_up(coalesce(published, '0'))
    END AS published,
FROM long
WHERE NOT (name = 'England' AND service = 'total')
GROUP BY label, name, service
