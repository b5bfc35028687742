-- What a file says of its release is a day, or words; the next release comes after this one; and a
-- dictionary that dates the indicators of a source dates each of them, once.
SELECT source, file, coalesce(label, stated_in) AS place, coalesce(stated, 'nothing') AS found,
    'a day, or words' AS wanted
FROM (
    SELECT source, file, label, stated_in, unnest([published, next_release]) AS stated
    FROM release_date
    WHERE label IS NOT NULL
    UNION ALL
    SELECT source, file, NULL, stated_in, published FROM release_date WHERE label IS NULL
)
WHERE stated_day(stated) IS NULL AND (stated IS NULL OR NOT regexp_full_match(stated, '[A-Za-z ]+'))
UNION ALL
SELECT source, file, coalesce(label, stated_in), concat('next release ', stated_words(next_release)),
    concat('one after ', stated_words(published))
FROM release_date
WHERE stated_day(next_release) <= stated_day(published)
UNION ALL
SELECT dictionary.source, dictionary.file, indicator.label, concat(count(release_date.label), ' rows'),
    'one day of update'
FROM (SELECT DISTINCT source, file, of_source FROM release_date WHERE label IS NOT NULL) AS dictionary
JOIN indicator ON indicator.source = dictionary.of_source
LEFT JOIN release_date
    ON release_date.of_source = dictionary.of_source AND release_date.label = indicator.label
GROUP BY ALL
HAVING count(release_date.label) != 1
ORDER BY ALL
