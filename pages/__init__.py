"""One module for each page: a page arranges what the dashboard gives it."""
