-- The first inspections under the 2023 framework, by name only. Outcomes become the grades of the later
-- list.
SELECT
    'outcome' AS label,
    "Local.area.partnership" AS area_name,
    '2023-08' AS period,
    CASE "Inspection.outcome"
        WHEN 'Typically positive experiences and outcomes' THEN '1'
        WHEN 'Inconsistent experiences and outcomes' THEN '2'
        WHEN 'Widespread and/or systemic failings' THEN '3'
    END AS published,
    concat(
        'Inspection began ', strftime(strptime("Inspection.start.date", '%d/%m/%Y'), '%-d %B %Y'),
        '; report published ', strftime(strptime("Inspection.publication.date", '%d/%m/%Y'), '%-d %B %Y'), '.',
        if(
            "Number.of.areas.for.priority.action" = 'NA', '',
            concat(' ', "Number.of.areas.for.priority.action", ' areas for priority action.')
        )
    ) AS note,
FROM raw
