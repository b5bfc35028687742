"""Numbers put into phrases and sentences."""
