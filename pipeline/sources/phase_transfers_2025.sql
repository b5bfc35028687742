-- Counted in January 2026 of the plans there were. Nought in all four columns means that nothing was
-- recorded, not that no child moves on.
SELECT
    label,
    old_la_code AS area,
    '2026' AS period,
    if(nothing, 'not recorded', published) AS published,
FROM (
    SELECT *, greatest(due_25, due_26, final_25, final_26) = '0' AS nothing,
    FROM raw
)
UNPIVOT INCLUDE NULLS (published FOR label IN (due_26, final_25))
