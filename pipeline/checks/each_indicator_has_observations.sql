-- Every column or label that a source names gives at least one observation.
SELECT
    indicator.source,
    (
        SELECT string_agg(source_file.path, ' and ' ORDER BY source_file.path)
        FROM source_file
        WHERE source_file.source = indicator.source
    ),
    concat('''', indicator.label, ''''),
    'no row', concat('rows for ', indicator.indicator, ' (', indicator.breakdown, ')'),
FROM indicator
ANTI JOIN observation
    ON observation.source = indicator.source
    AND observation.indicator = indicator.indicator
    AND observation.breakdown = indicator.breakdown
