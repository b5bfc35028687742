-- One row per local authority; budget and outturn side by side, each cell in pounds and net of income.
-- Two more lines of headings stand above them. The four authorities abolished before the year have no figures. England and the regions are not in
-- the file: they are the sum of their local authorities. The publisher gives no total: the one made
-- here leaves out place funding, which the budget counts before and the outturn after recoupment.
WITH la AS (
    SELECT
        "column 3" AS area,
        regexp_replace("column 4", ' [(]New, .*', '') AS area_name,
        regexp_replace("column 2", '^(INNER|OUTER) ', '') AS region,
        "column 5"::DOUBLE AS population,
        "Section 251 outturn | Place funding"::DOUBLE AS outturn_place_funding,
        "Section 251 outturn | Top up funding (maintained schools, academies, free schools and colleges)"::DOUBLE AS outturn_top_up_state,
        "Section 251 outturn | Top up funding (non-maintained and independent schools and colleges)"::DOUBLE AS outturn_top_up_independent,
        "Section 251 outturn | SEN support and inclusion services"::DOUBLE AS outturn_sen_support,
        "Section 251 outturn | Alternative provision services"::DOUBLE AS outturn_alternative_provision,
        "Section 251 outturn | Hospital education services"::DOUBLE AS outturn_hospital,
        "Section 251 outturn | Therapies and other health related services"::DOUBLE AS outturn_therapies,
        outturn_top_up_independent AS top_up_independent,
        outturn_top_up_state + outturn_top_up_independent AS top_up_all,
        top_up_all + outturn_sen_support + outturn_alternative_provision + outturn_hospital
            + outturn_therapies AS outturn_without_places,
        "Section 251 budget | Top up funding (maintained schools, academies, free schools and colleges)"::DOUBLE AS budget_top_up_state,
        "Section 251 budget | Top up funding (non-maintained and independent schools and colleges)"::DOUBLE AS budget_top_up_independent,
        "Section 251 budget | SEN support and inclusion services"::DOUBLE AS budget_sen_support,
        budget_top_up_state + budget_top_up_independent + budget_sen_support
            + "Section 251 budget | Alternative provision services"::DOUBLE
            + "Section 251 budget | Hospital education services"::DOUBLE
            + "Section 251 budget | Therapies and other health related services"::DOUBLE
            AS budget_without_places,
    FROM raw
    WHERE regexp_full_match("column 3", '[0-9]{3}') AND "Section 251 outturn | Place funding" IS NOT NULL
),
summed AS (
    SELECT
        CASE WHEN grouping(area) = 0 THEN area WHEN grouping(region) = 1 THEN 'E92000001' END AS area,
        if(grouping(area) = 0, area_name, region) AS area_name,
        if(count(COLUMNS(* EXCLUDE (area, area_name, region))) = count(*),
            sum(COLUMNS(* EXCLUDE (area, area_name, region))), NULL),
        count(*) AS areas,
    FROM la
    GROUP BY GROUPING SETS ((area, area_name), (region), ())
)
SELECT
    label,
    area,
    if(area = 'E92000001', NULL, area_name) AS area_name,
    if(label = 'population', '2021', '2021-22') AS period,
    if(area = 'E92000001' AND areas < local_authorities_on(DATE '2022-03-31'),
        'not every local authority', published::TEXT) AS published,
    CASE
        WHEN regexp_full_match(area, '[0-9]{3}') THEN NULL
        WHEN label = 'population' THEN 'The population is that of the local authorities in the file.'
        ELSE 'The sum of its local authorities, without City of London and Isles of Scilly.'
    END AS note,
FROM summed
UNPIVOT INCLUDE NULLS (published FOR label IN (COLUMNS(* EXCLUDE (area, area_name, areas))))
