-- One row per lower-tier area. A county's score is the mean of its districts', weighted by the people
-- who live in them (mid-2023): the index's own weights are not in the file. The score of the income
-- domain is a share of people, published as a fraction: percentages are 0 to 100 here.
SELECT
    district.label,
    district.area,
    '2025' AS period,
    CASE
        WHEN count(score) < count(*) THEN 'not every district'
        WHEN count(*) = 1 AND district.label = 'imd_average_score' THEN any_value(score)
        ELSE (multiplier * sum(score::DOUBLE * population) / sum(population))::TEXT
    END AS published,
    if(count(*) = 1, NULL, concat('The mean of its ', count(*), ' districts, weighted by population.')) AS note,
FROM (
    FROM district
    CROSS JOIN (VALUES ('imd_average_score', 1), ('income_average_score', 100)) AS wanted (label, multiplier)
) AS district
FULL JOIN (
    FROM raw UNPIVOT INCLUDE NULLS (score FOR label IN (imd_average_score, income_average_score))
) AS given ON given.ltla24_code = district.district_code AND given.label = district.label
LEFT JOIN district_population ON district_population.district_code = given.ltla24_code
GROUP BY district.label, district.area, multiplier
