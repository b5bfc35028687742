"""From published files to checked Parquet. Knows nothing of screens."""
