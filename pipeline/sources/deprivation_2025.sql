-- One row per lower-tier area. A county's score is the mean of its districts', weighted by the people
-- who live in them (mid-2023): the index's own weights are not in the file.
SELECT
    'imd_average_score' AS label,
    district.area,
    '2025' AS period,
    CASE
        WHEN count(imd_average_score) < count(*) THEN 'not every district'
        WHEN count(*) = 1 THEN any_value(imd_average_score)
        ELSE (sum(imd_average_score::DOUBLE * population) / sum(population))::TEXT
    END AS published,
    if(count(*) = 1, NULL, concat('The mean of its ', count(*), ' districts, weighted by population.')) AS note,
FROM raw
FULL JOIN district ON district.district_code = raw.ltla24_code
LEFT JOIN district_population ON district_population.district_code = raw.ltla24_code
GROUP BY district.area
