"""What stands on each page, as HTML."""
