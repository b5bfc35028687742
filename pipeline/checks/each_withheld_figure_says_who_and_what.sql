-- A figure that we withhold says that we do, and what the publisher gives.
SELECT
    source_of(metric_value.source_file), metric_value.source_file,
    concat(metric, ' (', breakdown, '), ', area.name, ', ', time_period),
    coalesce(note, 'no note'), 'a note with who withheld the figure and the published one',
FROM metric_value
JOIN area USING (area_code)
WHERE status = 'withheld'
    AND NOT coalesce(
        regexp_matches(note, 'Withheld by SEND System Health, not by the publisher, which gives -?[0-9]'),
        false
    )
