-- One row per area, with a pair of columns for each year: the newest are read. Districts of counties,
-- metropolitan counties and Wales are not areas of this dashboard.
SELECT label, area, area_name, '2023' AS period, published
FROM (
    SELECT
        * EXCLUDE ("Code", "Name", "Geography"),
        "Code" AS area,
        if("Geography" = 'Region', NULL, "Name") AS area_name,  -- 'EAST' is East of England
    FROM raw
    WHERE starts_with("Code", 'E')
        AND "Geography" NOT IN ('Metropolitan County', 'Non-metropolitan District')
)
UNPIVOT INCLUDE NULLS (
    published FOR label IN (
        "Area (sq km)", "Estimated Population mid-2023", "2023 people per sq. km"
    )
)
