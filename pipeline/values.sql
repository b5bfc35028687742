-- The figures of a build as git keeps them: those of a topic in an order that no other topic changes,
-- each with the number of its note, by the place where the note first stands within its metric.
CREATE VIEW figure AS FROM read_parquet(getvariable('figures'));

CREATE TABLE of_topic AS
SELECT id AS metric, topic
FROM read_parquet(getvariable('methods'))
WHERE id IN (SELECT metric FROM figure);

CREATE TABLE numbered_note AS
SELECT metric, row_number() OVER (PARTITION BY metric ORDER BY place)::SMALLINT AS number, note
FROM (
    SELECT metric, note, min(place) AS place
    FROM (SELECT metric, note, row_number() OVER () AS place FROM figure WHERE note IS NOT NULL)
    GROUP BY metric, note
);

CREATE VIEW chosen_figure AS
SELECT figure.* REPLACE (number AS note)
FROM figure
LEFT JOIN numbered_note USING (metric, note)
WHERE metric IN (SELECT metric FROM of_topic WHERE topic = getvariable('topic'))
ORDER BY metric, breakdown, period_end, area_code;
