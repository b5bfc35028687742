-- An area has a code as the Office for National Statistics makes them, and of its own.
SELECT
    coalesce((SELECT min(source) FROM la_code WHERE new_la_code = area_code), 'areas'),
    coalesce((SELECT min(file) FROM la_code WHERE new_la_code = area_code), 'areas'),
    any_value(name), concat('the code ''', area_code, ''' ', count(*), ' times'),
    'one like E06000001, once',
FROM area
GROUP BY area_code
HAVING NOT regexp_full_match(area_code, 'E[0-9]{8}') OR count(*) > 1
