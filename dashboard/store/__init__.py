"""The figures: the only door to the database."""
