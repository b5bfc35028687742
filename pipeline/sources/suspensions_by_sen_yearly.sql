-- The three terms of a year added up, and only where all three are there: the file has no year. A symbol among
-- them is given in place of a sum.
SELECT
    concat('three terms: ', breakdown) AS label,
    at_level(geographic_level, country_code, region_code, old_la_code) AS area,
    any_value(at_level(geographic_level, country_name, region_name, la_name)) AS area_name,
    time_period AS period,
    coalesce(
        max(coalesce(susp_rate, '')) FILTER (try_cast(susp_rate AS DOUBLE) IS NULL),
        round(sum(try_cast(susp_rate AS DOUBLE)), 3)::TEXT
    ) AS published,
FROM raw
WHERE education_phase = 'Total'
GROUP BY label, area, period
HAVING count(DISTINCT time_identifier) = 3
