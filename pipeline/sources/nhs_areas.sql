-- The NHS codes and the names are those of 2022; only two ONS codes have changed since (Surrey
-- Heartlands and Sussex, in 2023).
SELECT DISTINCT icb24_code AS area_code, icb24_code_nhs AS nhs_code, icb24_name AS name
FROM raw
