-- A report: one row per area, three columns per year under the year's title. The codes of five rows
-- are wrong, so a code counts only beside its own name and other authorities are found by name;
-- region titles and notes below have no counts. A row goes by today's code in every year: before the
-- authority was made, its name finds the one that had it then (Dorset up to 2018).
SELECT
    trim(regexp_extract(column_name, '[|] ([A-Za-z ]+)', 1)) AS label,
    CASE
        WHEN starts_with("Local Authority", 'England Total') THEN 'E92000001'
        WHEN (plain_name("Local Authority"), "LA code", left(column_name, 4)::INTEGER) IN (
            SELECT (area_name.name, area.old_la_code, each.year::INTEGER)
            FROM area_name
            JOIN area USING (area_code)
            JOIN range(2014, 2025) AS each(year) ON coalesce(year(area.start), 0) <= each.year
        ) THEN "LA code"
    END AS area,
    "Local Authority" AS area_name,
    left(column_name, 4) AS period,
    published,
FROM (SELECT * FROM raw WHERE "2014 | Appeals registered4" IS NOT NULL)
UNPIVOT INCLUDE NULLS (published FOR column_name IN (COLUMNS(* EXCLUDE ("Local Authority", "LA code"))))
