"""The read-only API: the build's figures for other programs, on the dashboard's own server."""
