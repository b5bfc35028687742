-- One row per area. Two columns, whether a written statement of action was required and what the
-- revisit found, become one category, which the metric names.
SELECT
    'outcome' AS label,
    "Local authority code" AS area,
    "Area name" AS area_name,
    '2022-08' AS period,
    CASE
        WHEN required = 'No' THEN '1'
        WHEN progress = 'Yes' THEN '2'
        WHEN progress = 'Some' THEN '3'
        WHEN progress = 'No' THEN '4'
        WHEN progress IS NULL AND "Revisit start date" = 'Not revisited yet' THEN '5'
    END AS published,
    concat(
        'Inspection began ', strftime("Inspection start date"::TIMESTAMP, '%-d %B %Y'),
        '; letter published ', strftime("Inspection publication date"::TIMESTAMP, '%-d %B %Y'), '.',
        if(
            required = 'No', '',
            concat(' Significant weaknesses: ', "Number significant weaknesses identified in written statement of action", '.')
        ),
        if(
            progress IS NULL, '',
            concat(
                ' Revisit began ', strftime("Revisit start date"::TIMESTAMP, '%-d %B %Y'),
                '; letter published ', strftime("Revisit publication date"::TIMESTAMP, '%-d %B %Y'),
                '; sufficient progress on ',
                "Number significant weaknesses where sufficient progress has been made", '.'
            )
        )
    ) AS note,
FROM (
    SELECT
        *,
        "Inspection outcome: written statement of action required?" AS required,
        "Revisit outcome: sufficient progress in addressing all significant weaknesses?" AS progress,
    FROM raw
)
