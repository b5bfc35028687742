"""What surrounds the pages, and the server."""
