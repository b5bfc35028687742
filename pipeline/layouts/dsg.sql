-- The allocation tables of the dedicated schools grant: a code and a name in two columns without a
-- heading, one row per local authority, a row for England and one per region. London stands twice,
-- as a region and as a kind of authority; the other kinds of authority are not areas.
SELECT DISTINCT label, area, area_name, {period} AS period, published
FROM (
    SELECT
        * EXCLUDE ("column 1", "column 2"),
        CASE
            WHEN "column 1" = 'ENGLAND' THEN 'E92000001'
            WHEN regexp_full_match("column 1", '[0-9]{3}') THEN "column 1"
        END AS area,
        if(regexp_full_match("column 1", '[0-9]{3}'), regexp_replace("column 2", ' (City|County) of$', ''), upper("column 1"))
            AS area_name,
    FROM raw
    WHERE regexp_full_match("column 1", '[0-9]{3}|ENGLAND')
        OR plain_name("column 1") IN (
            SELECT area_name.name FROM area_name JOIN area USING (area_code) WHERE area.level = 'region'
        )
)
UNPIVOT INCLUDE NULLS (published FOR label IN ({labels}))
