-- Laid out like the later years (layouts/dsg.sql), but in millions of pounds: this one year is
-- multiplied here, so that the series is in pounds throughout.
SELECT DISTINCT label, area, area_name, '2019-20' AS period, (published::DOUBLE * 1e6)::TEXT AS published
FROM (
    SELECT
        "[C]", "[E]", "[H]",
        CASE
            WHEN "column 1" = 'ENGLAND' THEN 'E92000001'
            WHEN regexp_full_match("column 1", '[0-9]{3}') THEN "column 1"
        END AS area,
        if(regexp_full_match("column 1", '[0-9]{3}'), "column 2", upper("column 1")) AS area_name,
    FROM raw
    WHERE regexp_full_match("column 1", '[0-9]{3}|ENGLAND')
        OR plain_name("column 1") IN (
            SELECT area_name.name FROM area_name JOIN area USING (area_code) WHERE area.level = 'region'
        )
)
UNPIVOT INCLUDE NULLS (published FOR label IN ("[C]", "[E]", "[H]"))
