-- The tool's dictionary: one row per indicator, a few of them under two topics. Its days are numbers
-- of a spreadsheet, or words ('New Data', 'TBC').
SELECT DISTINCT
    'lait' AS of_source,
    "Measure_short" AS label,
    "Last Update" AS published,
    "Next Update" AS next_release,
    'columns Last Update and Next Update' AS stated_in,
FROM raw
