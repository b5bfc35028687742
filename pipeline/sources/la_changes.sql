-- One row per predecessor and successor. A recode keeps its three-digit code and is no change here.
SELECT
    effective_date::DATE AS effective_date,
    kind,
    pred_old_la_code AS predecessor,
    succ_old_la_code AS successor,
FROM raw
WHERE kind != 'recode'
