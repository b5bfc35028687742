-- The figures that git keeps, with the words of their notes again.
CREATE TABLE metric_value AS
SELECT figure.* REPLACE (note.note AS note)
FROM read_parquet(getvariable('topics')) AS figure
LEFT JOIN read_parquet(getvariable('notes')) AS note
    ON note.metric = figure.metric AND note.number = figure.note;
