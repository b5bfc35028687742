-- What is installed: each release with its newest period, and what is said of its dates.
SELECT
    coalesce(f.publication_title, f.publication),
    coalesce(f.release, ''),
    max_by(r.time_period, r.period_end) AS newest,
    max(r.period_end) AS period_end,
    string_agg(DISTINCT r.published_words, '; ') AS published,
    string_agg(DISTINCT r.next_release_words, '; ') AS following
FROM read_parquet($files) AS f
LEFT JOIN read_parquet($fresh) AS r ON r.source_file = f.path AND r.metric IS NULL
GROUP BY 1, 2
ORDER BY lower(any_value(coalesce(f.publication_title, f.publication))), 2
