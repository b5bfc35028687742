-- A unitary authority, London borough or metropolitan district is its own only district.
SELECT "LTLA23CD" AS district_code, "UTLA23CD" AS area
FROM raw
WHERE starts_with("LTLA23CD", 'E')
