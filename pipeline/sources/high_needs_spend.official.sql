-- The net lines 1.2 of each authority and year, added up. A line that no authority has a number for
-- was not part of that year's return; where others have one, a cell without, or no row for it, leaves
-- the sum unknown.
-- Older releases are in millions of pounds, with decimals.
WITH line AS (
    SELECT
        concat(left(time_period, 4), '-', right(time_period, 2)) AS financial_year,
        old_la_code,
        la_name,
        category_of_expenditure,
        TRY_CAST(net_expenditure AS DOUBLE) AS pounds,
        coalesce(net_expenditure = 'z', false) AS is_none,
    FROM raw
),
asked AS (
    SELECT financial_year, category_of_expenditure
    FROM line
    GROUP BY ALL
    HAVING count(pounds) > 0
),
in_pounds AS (
    SELECT
        financial_year,
        if(
            bool_or(pounds != round(pounds)),
            error('amounts of ' || financial_year || ' with decimals, wanted whole pounds'),
            true
        ) AS is_so,
    FROM line
    GROUP BY financial_year
)
SELECT
    financial_year,
    old_la_code,
    la_name,
    'High needs (SEND)' AS bucket,
    if(
        bool_and(pounds IS NOT NULL OR is_none) AND count(*) = any_value(in_year.lines),
        round(sum(pounds))::BIGINT::TEXT,
        NULL
    ) AS net_pounds,
FROM line
JOIN asked USING (financial_year, category_of_expenditure)
JOIN in_pounds USING (financial_year)
JOIN (SELECT financial_year, count(*) AS lines FROM asked GROUP BY financial_year) AS in_year
    USING (financial_year)
WHERE is_so
GROUP BY financial_year, old_la_code, la_name
