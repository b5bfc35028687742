-- The share is of the local authority's neighbourhoods (lower layer super output areas of 2021).
SELECT
    old_la_code AS area,
    la_name AS area_name,
    icb24_code AS nhs_area_code,
    share_of_la_lsoas::DOUBLE AS share,
FROM raw
