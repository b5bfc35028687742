-- One row per area with a column for each single year of age; the ages of two groups are added up.
-- Districts of counties, metropolitan counties and Wales are not areas of this dashboard.
SELECT label, area, area_name, period, published
FROM (
    SELECT
        "Code" AS area,
        if("Geography" = 'Region', NULL, "Name") AS area_name,  -- 'EAST' is East of England
        regexp_extract(getvariable('file'), '/([0-9]{4})/', 1) AS period,
        if("25"::BIGINT > "All ages"::BIGINT, 'more than all ages', ("0"::BIGINT + "1"::BIGINT + "2"::BIGINT + "3"::BIGINT + "4"::BIGINT + "5"::BIGINT + "6"::BIGINT + "7"::BIGINT + "8"::BIGINT + "9"::BIGINT + "10"::BIGINT + "11"::BIGINT + "12"::BIGINT + "13"::BIGINT + "14"::BIGINT + "15"::BIGINT + "16"::BIGINT + "17"::BIGINT + "18"::BIGINT + "19"::BIGINT + "20"::BIGINT + "21"::BIGINT + "22"::BIGINT + "23"::BIGINT + "24"::BIGINT + "25"::BIGINT)::TEXT)
            AS population_0_25,
        ("2"::BIGINT + "3"::BIGINT + "4"::BIGINT + "5"::BIGINT + "6"::BIGINT + "7"::BIGINT + "8"::BIGINT + "9"::BIGINT + "10"::BIGINT + "11"::BIGINT + "12"::BIGINT + "13"::BIGINT + "14"::BIGINT + "15"::BIGINT + "16"::BIGINT + "17"::BIGINT + "18"::BIGINT)::TEXT
            AS population_2_18,
    FROM raw
    WHERE starts_with("Code", 'E')
        AND "Geography" NOT IN ('Metropolitan County', 'Non-metropolitan District')
)
UNPIVOT INCLUDE NULLS (published FOR label IN (population_0_25, population_2_18))
