-- The same report as for the rate by the old method; the appeals of 2024 and later are in the report
-- by the new method. The codes of five rows are wrong, so a code counts only beside its own name and
-- other authorities are found by name; region titles and notes below have no counts.
SELECT
    'Appeals registered' AS label,
    CASE
        WHEN starts_with("Local Authority", 'England Total') THEN 'E92000001'
        WHEN (plain_name("Local Authority"), "LA code") IN (
            SELECT (area_name.name, area.old_la_code) FROM area_name JOIN area USING (area_code)
        ) THEN "LA code"
    END AS area,
    "Local Authority" AS area_name,
    left(column_name, 4) AS period,
    published,
FROM (SELECT * FROM raw WHERE "2019 | Appeals registered4" IS NOT NULL)
UNPIVOT INCLUDE NULLS (published FOR column_name IN (COLUMNS(* EXCLUDE ("Local Authority", "LA code"))))
