-- One row per ONS code a local authority has or had since 2009; 'x' is no three-digit code.
SELECT
    new_la_code,
    old_la_code,
    la_name,
    lait_name AS other_name,
    region_code,
    region_name,
    strptime(valid_from, '%d/%m/%Y')::DATE AS valid_from,
    strptime(valid_to, '%d/%m/%Y')::DATE AS valid_to,
    CASE
        WHEN inner_outer_london = 'Inner London' THEN 'inner_london'
        WHEN inner_outer_london = 'Outer London' THEN 'outer_london'
        WHEN ons_type = 'Shire county' THEN 'county'
        WHEN ons_type = 'Metropolitan district' THEN 'metropolitan'
        ELSE 'unitary'
    END AS authority_type,
FROM raw
WHERE old_la_code != 'x'
