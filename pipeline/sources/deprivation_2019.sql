-- One row per lower-tier area. A county's score is the mean of its districts', weighted by the people
-- who live in them (mid-2023): the index's own weights are not in the file.
SELECT
    'Score' AS label,
    district.area,
    '2019' AS period,
    if(count(*) = 1, any_value("Score"),
        (sum("Score"::DOUBLE * population) / sum(population))::TEXT) AS published,
    if(count(*) = 1, NULL, concat('The mean of its ', count(*), ' districts, weighted by population.')) AS note,
FROM raw
LEFT JOIN district ON district.district_code = raw.ltla23_code
LEFT JOIN district_population ON district_population.district_code = raw.ltla23_code
GROUP BY district.area
