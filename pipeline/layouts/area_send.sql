-- One row per inspected area. The list has an inspection's dates and no date of its own: it is as at
-- the month its folder is named after. The ONS codes of some areas are those of their predecessors, so
-- areas are found by the three-digit code.
SELECT
    'outcome_grade' AS label,
    la_code AS area,
    nullif(local_authority, 'london corporation') AS area_name,
    split_part(getvariable('file'), '/', 2) AS period,
    split_part(outcome_grade, '.', 1) AS published,
    concat(
        if(
            inspection_start_date IS NULL,
            'The date of the inspection is not in the list held',
            concat(
                if(inspection_end_date IS NULL, 'Inspection began ', 'Inspected '),
                strftime(strptime(inspection_start_date, '%d/%m/%y'), '%-d %B %Y'),
                ' to ' || strftime(strptime(inspection_end_date, '%d/%m/%y'), '%-d %B %Y')
            )
        ),
        '; report published ', strftime(strptime(publication_date, '%d/%m/%y'), '%-d %B %Y'), '.'
    ) AS note,
FROM raw
