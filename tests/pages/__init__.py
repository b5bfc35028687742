"""The pages, run inside their frame."""
