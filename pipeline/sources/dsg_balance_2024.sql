-- One row per local authority. What is carried forward on line 1.9.3 is above zero where the grant was
-- overspent: the sign is turned here, so that a deficit is below zero as everywhere else. Cumberland and
-- Westmorland and Furness are nought on every line of this return: they are not in it.
SELECT
    'balance' AS label,
    new_la_code AS area,
    la_name AS area_name,
    '2023-24' AS period,
    CASE
        WHEN try_cast(net_pounds_1_9_3 AS BIGINT) = 0 THEN ''
        ELSE coalesce((-try_cast(net_pounds_1_9_3 AS BIGINT))::TEXT, net_pounds_1_9_3, '')
    END AS published,
FROM raw
