-- 31 of the 38 authorities: absence from the list is no evidence that an authority has no agreement.
SELECT
    'Safety Valve' AS programme,
    old_la_code AS area,
    local_authority AS area_name,
    financial_year AS joined,
    evidence,
FROM raw
