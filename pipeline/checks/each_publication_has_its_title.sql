-- A reader is told a publication's title and not the name of its folder.
SELECT source, path AS file, 'MANIFEST.csv, publication' AS place, publication AS found,
    'one that publications.toml gives the title of, or publication in the file of the source' AS wanted
FROM source_file
WHERE publication_title IS NULL
ORDER BY ALL
