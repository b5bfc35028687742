-- Ten neighbours of each local authority, nearest first; a dash where the model has none.
-- The rows of abolished authorities stand below a blank row and a title without a number.
SELECT
    split_part(getvariable('file'), '/', 2) AS model,
    area,
    area_name,
    neighbour,
    position,
    concat(upper(left(closeness, 1)), lower(substr(closeness, 2))) AS closeness,
FROM (
    SELECT
        "LA num" AS area,
        "LA Name" AS area_name,
        unnest(["SN1", "SN2", "SN3", "SN4", "SN5", "SN6", "SN7", "SN8", "SN9", "SN10"]) AS neighbour,
        unnest(["SNP", "SNP (2)", "SNP (3)", "SNP (4)", "SNP (5)", "SNP (6)", "SNP (7)", "SNP (8)",
            "SNP (9)", "SNP (10)"]) AS closeness,
        unnest(range(1, 11)) AS position,
    FROM raw
    WHERE "LA num" IS NOT NULL
)
WHERE neighbour IS DISTINCT FROM '-'
