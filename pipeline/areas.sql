-- Every area once, under its current ONS code: England, nine regions, the local authorities of
-- today and those abolished since 2014. The keys find an area by any code or name in use.
CREATE TABLE area AS
WITH newest AS (
    SELECT
        *,
        min(valid_from) OVER (PARTITION BY old_la_code) AS first_from,
        row_number() OVER (PARTITION BY old_la_code ORDER BY valid_to DESC NULLS FIRST) AS age,
    FROM la_code
)
SELECT
    new_la_code AS area_code,
    old_la_code,
    la_name AS name,
    'local_authority' AS level,
    region_code,
    first_from AS start,
    valid_to AS "end",
    coalesce(
        (
            SELECT list(successor.new_la_code ORDER BY successor.new_la_code)
            FROM la_change
            JOIN newest AS successor ON successor.old_la_code = la_change.successor AND successor.age = 1
            WHERE la_change.predecessor = newest.old_la_code
        ),
        []
    ) AS successor_codes,
    authority_type,
FROM newest
WHERE age = 1 AND (valid_to IS NULL OR valid_to >= DATE '2014-01-01')
UNION ALL
SELECT DISTINCT
    region_code, NULL::TEXT, region_name, 'region', NULL::TEXT, NULL::DATE, NULL::DATE, []::TEXT[],
    NULL::TEXT,
FROM la_code
UNION ALL
SELECT area_code, NULL, name, 'nhs', NULL, NULL, NULL, [], NULL FROM nhs_area
UNION ALL
SELECT 'E92000001', NULL, 'England', 'country', NULL, NULL, NULL, [], NULL;

CREATE TABLE area_key AS
SELECT DISTINCT la_code.new_la_code AS key, area.area_code
FROM la_code
JOIN area USING (old_la_code)
UNION
SELECT old_la_code, area_code FROM area WHERE old_la_code IS NOT NULL
UNION
SELECT nhs_code, area_code FROM nhs_area
UNION
SELECT area_code, area_code FROM area;

CREATE TABLE area_name AS
SELECT DISTINCT plain_name(each_name) AS name, area_code, start, "end"
FROM (
    SELECT unnest([la_code.la_name, la_code.other_name]) AS each_name, area.*
    FROM la_code
    JOIN area USING (old_la_code)
    UNION ALL
    SELECT name, area.* FROM area WHERE level != 'local_authority'
)
WHERE each_name IS NOT NULL;

-- Which integrated care boards a local authority lies in, by its share of neighbourhoods.
CREATE TABLE area_overlap AS
SELECT area.area_code, overlap.nhs_area_code, overlap.share
FROM overlap
JOIN area ON area.old_la_code = overlap.area;

-- Which local authorities are in which programme, as far as the lists held say.
CREATE TABLE programme AS
SELECT membership.programme, area_name.area_code, membership.joined, membership.evidence,
FROM membership
JOIN area_name ON area_name.name = plain_name(membership.area_name) AND area_name."end" IS NULL;

-- How many local authorities there were on a day, without City of London and Isles of Scilly, which
-- some files leave out: a total made of fewer would be too low.
CREATE OR REPLACE MACRO local_authorities_on(day) AS (
    SELECT count(*)
    FROM area
    WHERE level = 'local_authority'
        AND old_la_code NOT IN ('201', '420')
        AND day BETWEEN coalesce("start", DATE '1900-01-01') AND coalesce("end", DATE '2999-01-01')
);
