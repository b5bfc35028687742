-- The inspectorates' own list: areas by name, outcomes in words, no last day. Of several inspections
-- of an area the latest counts.
WITH listed AS (
    SELECT
        "Local area partnership" AS local_authority,
        CASE "Inspection outcome"
            WHEN 'Typically positive experiences and outcomes' THEN '1.0'
            WHEN 'Inconsistent experiences and outcomes' THEN '2.0'
            ELSE '3.0'
        END AS outcome_grade,
        strptime("Inspection start date", ['%Y-%m-%d', '%Y-%m-%d %H:%M:%S', '%d/%m/%Y']) AS began,
        strptime("Inspection publication date", ['%Y-%m-%d', '%Y-%m-%d %H:%M:%S', '%d/%m/%Y']) AS published,
    FROM raw
)
SELECT
    NULL::TEXT AS la_code,
    local_authority,
    outcome_grade,
    strftime(began, '%d/%m/%y') AS inspection_start_date,
    NULL::TEXT AS inspection_end_date,
    strftime(published, '%d/%m/%y') AS publication_date,
FROM listed
QUALIFY row_number() OVER (PARTITION BY local_authority ORDER BY began DESC, published DESC) = 1
