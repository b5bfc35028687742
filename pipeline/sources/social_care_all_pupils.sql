-- The groups of children are read from the file that has local authorities too; here only all pupils.
SELECT label, country_code AS area, country_name AS area_name, time_period AS period, published
FROM (SELECT * FROM raw WHERE social_care_group = 'All pupils comparison')
UNPIVOT INCLUDE NULLS (published FOR label IN (t_pupils, t_SEN_support, t_statement_or_EHC_plan))
