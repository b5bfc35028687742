-- Counts by sex, age, ethnicity and free school meals, one at a time; only all pupils are read. Free
-- school meals are of no use: in dozens of areas every pupil stands as not eligible.
SELECT
    fsm AS label,
    at_level(geographic_level, country_code, region_code, old_la_code) AS area,
    CASE geographic_level WHEN 'Regional' THEN region_name WHEN 'Local authority' THEN la_name END AS area_name,
    time_period AS period,
    number_of_pupils AS published,
FROM raw
WHERE gender = 'Total' AND age = 'Total' AND ethnicity_minor = 'Total' AND fsm = 'Total'
