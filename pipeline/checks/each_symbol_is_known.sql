-- A cell that is not a number is a symbol whose meaning the source states.
SELECT
    source, file, concat(indicator, ' (', breakdown, '), ', area_name, ', ', time_period),
    concat('''', published, ''''), 'a number or a symbol this source explains',
FROM observation
WHERE status = 'unknown'
