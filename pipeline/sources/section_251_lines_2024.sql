-- One row per local authority. Its total of third-party top-up is left alone: it is no published line.
-- Cumberland and Westmorland and Furness are nought throughout: they are not in the return.
SELECT label, new_la_code AS area, la_name AS area_name, '2023-24' AS period, coalesce(nullif(published, '0'), '') AS published,
FROM raw
UNPIVOT INCLUDE NULLS (
    published FOR label IN (topup_independent_1_2_3, educational_psychology, sen_administration, sen_transport)
)
