-- Everyone who lives in a lower-tier area; only their proportions within a county are used.
SELECT "Code" AS district_code, "All ages"::BIGINT AS population
FROM raw
WHERE starts_with("Code", 'E')
    AND "Geography" IN (
        'Unitary Authority', 'London Borough', 'Metropolitan District', 'Non-metropolitan District'
    )
