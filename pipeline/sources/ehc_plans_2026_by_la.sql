-- The year stands in the name of the column.
SELECT
    label, old_la_code AS area, right(label, 4) AS period, published,
FROM raw
UNPIVOT INCLUDE NULLS (published FOR label IN (number_plans_january_2026))
