-- Tranche 3 (12 areas) is not in the list: absence from it is no evidence.
SELECT
    'Delivering Better Value in SEND' AS programme,
    old_la_code AS area,
    local_authority AS area_name,
    concat('Tranche ', tranche) AS joined,
    evidence,
FROM raw
