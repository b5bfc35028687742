-- Answers become the numbers of categories, which the metrics name. Social care officers were first
-- asked about in 2025: before, every answer is 'n/a' and is left out.
SELECT
    label,
    old_la_code AS area,
    time_period AS period,
    CASE answer WHEN 'Yes' THEN '1' WHEN 'Recruiting' THEN '2' WHEN 'No' THEN '3' ELSE answer END AS published,
FROM raw
UNPIVOT (answer FOR label IN (des_med_off, des_clin_off, des_so_care_off))
WHERE answer != 'n/a'
